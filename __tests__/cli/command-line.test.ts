import { slipway } from "./slipway";

test("refuses an unknown command with a suggestion and status 1", () => {
  const { status, stderr } = slipway(["valdate"]);
  expect(status).toBe(1);
  expect(stderr).toContain("Did you mean validate?");
});

test("an empty SLIPWAY_CLUSTER is none", () => {
  const { status, stdout } = slipway(["trace", "https://main.test.com/hello"], { SLIPWAY_CLUSTER: "" });
  expect([status, stdout.trimEnd().split("\n").at(-1)]).toEqual([0, "Answered by apps/hello:8080."]);
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
