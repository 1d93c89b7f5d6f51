import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { bootstrapScript } from "../../cloud-init/scripts";
import { unknownIn } from "./running/live-commands";
import { readPage } from "./running/page";

const folder = join(__dirname, "../../docs/how-to");
const live = readdirSync(folder).flatMap((page) =>
  readPage(page)
    .filter(({ kind }) => kind === "live")
    .map((block) => ({ ...block, page })),
);
/** mayBeLive: what a page may ask of a live cluster without a test that runs it. */
const mayBeLive =
  /^\s*(kubectl drain|.*rke2 (certificate|token|etcd-snapshot|server)|.*qm guest exec|guest )/m;

test("some pages have commands for a live cluster only", () => {
  expect(new Set(live.map(({ page }) => page)).size).toBeGreaterThan(1);
});

test.each(live)(
  "docs/how-to/$page, line $line: is a shell's, drains, rotates or restores, and has only flags with a source",
  ({ text }) => {
    expect(spawnSync("bash", ["-n"], { input: text, encoding: "utf8" })).toMatchObject({
      status: 0,
      stderr: "",
    });
    expect(text).toMatch(mayBeLive);
    expect(unknownIn(text)).toEqual([]);
  },
);

test("refuses a flag and a command that nobody has written down", () => {
  expect(unknownIn("/usr/local/bin/rke2 token rotate --token a --new b\nsudo qm reset 1\n")).toEqual([
    "rke2 token rotate --new",
    "sudo qm reset 1",
  ]);
});

test("replace-a-server.md shows a refusal as bootstrap.sh words it", () => {
  const page = readFileSync(join(folder, "replace-a-server.md"), "utf8");
  const [shown = ""] = /^server-1 refuses to begin[\s\S]*?(?=```)/m.exec(page) ?? [];
  const [worded = ""] = /(?<=fail ")\$NODE refuses to begin[\s\S]*?(?="\n)/.exec(bootstrapScript) ?? [];
  const values: Readonly<Record<string, string>> = {
    $NODE: "server-1",
    $1: "192.168.0.20 192.168.0.22 192.168.0.23",
    "$((age / 3600))": "48",
    $VM_ID: "1021",
    $VM_NAME: "home-server-1",
    '\\"': '"',
  };
  const said = Object.entries(values).reduce((text, [name, value]) => text.replaceAll(name, value), worded);
  expect(shown.trim()).toBe(said);
});
