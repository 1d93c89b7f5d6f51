import { spawnSync } from "node:child_process";
import { everything } from "./clusters";
import { readUserData } from "./read-document";
import { skipped } from "../skipped";

const program = spawnSync("shellcheck", ["--version"]);
const reason = "shellcheck is not on PATH: apt-get install shellcheck";

const scripts = everything.flatMap((each) =>
  readUserData(each.userData)
    .write_files.filter((file) => file.content.startsWith("#!"))
    .map((file) => [`${each.cluster}/${each.machine}: ${file.path}`, file.content] as const),
);

if (program.error === undefined) {
  test.each(scripts)("shellcheck has nothing to say about %s", (_, script) => {
    expect(shellcheck(script)).toBe("");
  });

  test("refuses a script with an unquoted variable", () => {
    expect(shellcheck("#!/bin/bash\nrm -rf $1\n")).toContain("SC2086");
  });
} else {
  skipped("shellcheck has nothing to say about any script", reason);
}

test.each([
  ["server", "server-1", ["install-rke2", "bootstrap"]],
  ["worker", "worker-1", ["install-rke2", "keep-registered"]],
])("every %s carries its scripts", (_, machine, names) => {
  const carried = scripts.map(([name]) => name).filter((name) => name.startsWith(`ha/${machine}:`));
  expect(carried).toEqual(names.map((name) => `ha/${machine}: /usr/local/sbin/slipway-${name}`));
});

function shellcheck(script: string): string {
  const { stdout, stderr } = spawnSync("shellcheck", ["-"], { input: script, encoding: "utf8" });
  return stdout + stderr;
}
