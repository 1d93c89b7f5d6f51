import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { everything } from "./clusters";

const folder = join(__dirname, "../golden/cloud-init");

/** One machine per role, and what only one example shows: a later server, an installer, every optional setting. */
const shown = [
  "home/server-1",
  "home/worker-1",
  "ha/server-2",
  "iso/installer-pve1",
  "lab/server-1",
  "lab/worker-1",
];

test.each(shown)("%s starts with the reviewed user-data, meta-data and network-config", (name) => {
  const machine = everything.find((each) => `${each.cluster}/${each.machine}` === name);
  if (machine === undefined) throw new Error(`no example has ${name}`);
  expectReviewed(`${name}.user-data.yaml`, machine.userData);
  expectReviewed(`${name}.meta-data.yaml`, machine.metaData);
  expectReviewed(`${name}.network-config.yaml`, machine.networkConfig);
});

function expectReviewed(file: string, text: string): void {
  const path = join(folder, file);
  if (process.env["GOLDEN"] === "write") {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  }
  expect(existsSync(path) ? readFileSync(path, "utf8") : `no ${file}: npm run golden`).toBe(text);
}
