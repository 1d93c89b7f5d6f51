import { slipway } from "./slipway";

const commands = ["validate", "addresses", "bill", "pin", "rehearse", "kubeconfig"];

test("the help names every command", () => {
  const { status, stdout } = slipway(["--help"]);
  expect(status).toBe(0);
  for (const command of commands) expect(stdout).toContain(`\n  ${command}`);
});

test.each(commands)("%s --help says what it does and which file it reads", (command) => {
  const { status, stdout } = slipway([command, "--help"]);
  expect(status).toBe(0);
  expect(stdout).toContain("--cluster <file>");
});

test("refuses an unknown command with a suggestion and status 1", () => {
  const { status, stderr } = slipway(["valdate"]);
  expect(status).toBe(1);
  expect(stderr).toContain("Did you mean validate?");
});

test("refuses a file that is not there, without a stack", () => {
  const { status, stderr, stdout } = slipway(["addresses", "--cluster", "nowhere.ts"]);
  expect(status).toBe(1);
  expect(stdout).toBe("");
  expect(stderr).toContain("nowhere.ts: 1 problem");
  expect(stderr).not.toMatch(/^\s+at /m);
});

test("nothing written into a pipe has colours", () => {
  const answers = [
    slipway(["validate"]),
    slipway(["addresses"]),
    slipway(["validate", "--cluster", "nowhere.ts"]),
  ];
  for (const { stdout, stderr } of answers) expect(stdout + stderr).not.toContain("\u001b");
});
