import { readFileSync } from "node:fs";
import { join } from "node:path";
import { slipway } from "../cli/slipway";
import { readPage } from "./running/page";

const page = readFileSync(join(__dirname, "../../docs/how-to/dns-and-router.md"), "utf8");
const cluster = join(__dirname, "../clusters/named.ts");
const commands = readPage("dns-and-router.md")
  .filter(({ kind }) => kind === "sh")
  .flatMap(({ text }) => [...text.matchAll(/^\.\/slipway (.+)$/gm)].map(([, args = ""]) => args));

it("docs/how-to/dns-and-router.md has commands", () => {
  expect(commands.length).toBeGreaterThan(4);
});

it.each(commands)("./slipway %s does what the page says of it", (args) => {
  const { status, stdout } = slipway([...args.split(" "), "--cluster", cluster]);
  expect(status).toBe(0);
  const wanted = args.startsWith("trace") ? "Answered by apps/hello:8080." : "main.test.com";
  expect(stdout).toContain(wanted);
});

it("names the ports that ./slipway dns says the router must forward", () => {
  const said = /must forward to \S+: (.*)\.$/m.exec(slipway(["dns", "--cluster", cluster]).stdout)?.[1] ?? "";
  const fixed = said.split(", ").filter((port) => !port.includes("stream"));
  expect(fixed).toEqual(["TCP 80", "TCP 443"]);
  for (const port of fixed) expect(page).toMatch(new RegExp(`^\\| ${port} +\\|`, "m"));
});
