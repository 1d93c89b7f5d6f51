import { readdirSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import { type Manual, manualOf } from "../../cli/manual";
import { slipway as program } from "../../cli/program";
import { slipway } from "./slipway";

const plans = join(__dirname, "..", "plans");
const stored = readdirSync(plans)
  .filter((file) => file.startsWith("route-added.") && file.endsWith(".json"))
  .map((file) => join(plans, file));

/** asked, a line of each command that answers without credentials; docs/reference/commands.md has its keys. */
const asked: Readonly<Record<string, readonly string[]>> = {
  validate: [],
  addresses: [],
  bill: [],
  dns: [],
  trace: ["https://main.test.com/hello"],
  review: ["--plan", ...stored],
};

/** listOfDigests, as Ubuntu and RKE2 keep theirs. */
const listOfDigests = ["ubuntu-24.04-server-cloudimg-amd64.img", "rke2.linux-amd64.tar.gz"]
  .map((file) => `${"3f".repeat(32)}  ${file}\n`)
  .join("");

it.each(Object.entries(asked))(
  "%s --json prints the keys that its manual has, and no other",
  (name, args) => {
    const { status, stdout } = slipway([name, ...args, "--json"]);
    expect(status).toBe(0);
    expect(keysIn(stdout, jsonOf(name))).toEqual(new Set(Object.keys(jsonOf(name).keys)));
  },
);

it("pin --json prints the keys that its manual has, from what the publishers list", async () => {
  const said = jest.spyOn(process.stdout, "write").mockReturnValue(true);
  jest.spyOn(globalThis, "fetch").mockImplementation(() => Promise.resolve(new Response(listOfDigests)));
  try {
    await program().parseAsync(["pin", "--json"], { from: "user" });
    const [[printed] = []] = said.mock.calls;
    expect(keysIn(String(printed), jsonOf("pin"))).toEqual(new Set(Object.keys(jsonOf("pin").keys)));
  } finally {
    jest.restoreAllMocks();
    process.exitCode = undefined;
  }
});

it("refuses --json together with another format", () => {
  const { status, stderr } = slipway(["dns", "--json", "--format", "hosts"]);
  expect(status).toBe(1);
  expect(stderr).toContain("option '--json' cannot be used with option '--format <format>'");
});

function jsonOf(name: string): NonNullable<Manual["json"]> {
  const command = program().commands.find((each) => each.name() === name);
  const json = command === undefined ? undefined : manualOf(command)?.json;
  if (json === undefined) throw new Error(`${name} prints no JSON`);
  return json;
}

function keysIn(printed: string, { form }: NonNullable<Manual["json"]>): Set<string> {
  const keyed = z.record(z.string(), z.unknown());
  const value: unknown = JSON.parse(printed);
  const objects = form === "an object" ? [keyed.parse(value)] : z.array(keyed).nonempty().parse(value);
  return new Set(objects.flatMap((object) => Object.keys(object)));
}
