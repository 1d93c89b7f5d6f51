import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { createStage, eventually, install, machine, release, rootOf, type Stage } from "./stage";

jest.setTimeout(30_000);

let stage: Stage;
beforeEach(async () => {
  stage = await createStage();
});
afterEach(() => stage.close());

async function runs(...runcmd: (string | string[])[]): Promise<string> {
  const powered = machine({ name: "m", address: "192.168.0.31", userData: { runcmd } });
  await stage.powerOn(powered);
  await stage.says("m", "cloud-init: finished");
  return rootOf(powered);
}

test("RKE2's release is downloaded, agrees with its checksums and brings its units", async () => {
  const root = await runs(["bash", "-c", install]);
  expect(stage.view("m").errors).toEqual([]);
  expect(readFileSync(join(root, "usr/local/bin/rke2"), "utf8")).toContain("v1.36.5+rke2r1");
  expect(readFileSync(join(root, "usr/local/lib/systemd/system/rke2-agent.service"), "utf8")).toContain(
    "Restart=always",
  );
});

test.each([
  ["an unencoded plus", release.replace("%2B", "+")],
  ["a tag that is no release", release.replace("v1.36.5%2Brke2r1", "latest")],
])("refuses a download with %s", async (_, url) => {
  await runs(`curl --fail --silent --location --output /dev/null ${url}/sha256sum-amd64.txt`);
  expect(stage.view("m").errors).toHaveLength(1);
});

test("a download that does not follow GitHub's redirect gets nothing", async () => {
  const root = await runs(`curl --fail --silent --output "$ROOT/archive" ${release}/sha256sum-amd64.txt`);
  expect(readFileSync(join(root, "archive"), "utf8")).toBe("");
});

const pinned = "a".repeat(64);
const compare = (
  file: string,
): string => `curl -sL --output "$TMPDIR/${file}" ${release}/rke2.linux-amd64.tar.gz
printf '%s  %s\\n' "$1" "$TMPDIR/${file}" | sha256sum --check --status
`;

test("a pinned digest of the release is taken as it is, and the lab says that it did not compare", async () => {
  await runs(["bash", "-c", compare("rke2.linux-amd64.tar.gz"), "install", pinned]);
  expect(stage.view("m").errors).toEqual([]);
  expect(stage.room.inspect().notes).toEqual(["RKE2 release digest not compared (stand-in)"]);
});

test("refuses a digest that a script made up by itself", async () => {
  const script = compare("rke2.linux-amd64.tar.gz").replace('"$1"', '"$(printf b%.0s {1..64})"');
  await runs(["bash", "-c", script, "install", pinned]);
  expect(stage.view("m").errors).toHaveLength(1);
});

test("refuses a digest that any other file does not have", async () => {
  await runs(["bash", "-c", compare("another.tar.gz"), "install", pinned]);
  expect(stage.view("m").errors).toHaveLength(1);
  expect(stage.room.inspect().notes).toEqual([]);
});

test("refuses to enable or start a unit that nothing installed", async () => {
  await runs(["systemctl", "enable", "rke2-server"], ["systemctl", "start", "--no-block", "rke2-agent"]);
  expect(stage.view("m").console.filter((line) => line.includes("could not be found"))).toHaveLength(2);
});

test("refuses to start RKE2 whose binary is not there, and tries again as its unit says", async () => {
  await runs(
    ["bash", "-c", install],
    ["rm", "/usr/local/bin/rke2"],
    ["systemctl", "start", "--no-block", "rke2-server"],
  );
  await stage.says("m", "Failed to locate executable /usr/local/bin/rke2");
});

test("a start that waits fails with its unit, and is-active tells so", async () => {
  const root = await runs(
    ["bash", "-c", install],
    "systemctl start rke2-server || echo failed > /started",
    "systemctl is-active rke2-server > /state || true",
  );
  expect(readFileSync(join(root, "started"), "utf8")).toBe("failed\n");
  expect(readFileSync(join(root, "state"), "utf8")).toMatch(/^(activating|failed)\n$/);
});

test("a drop-in's environment reaches the script before the start, and an empty assignment clears the list", async () => {
  const folder = "/etc/systemd/system/rke2-server.service.d";
  await runs(
    ["bash", "-c", install],
    ["mkdir", "-p", folder],
    `printf '[Service]\\nExecStartPre=/bin/false\\nEnvironment=A=1\\n' > ${folder}/10.conf`,
    `printf '[Service]\\nExecStartPre=\\nExecStartPre=/bin/echo "A is \${A}"\\n' > ${folder}/20.conf`,
    ["systemctl", "start", "--no-block", "rke2-server"],
  );
  await stage.says("m", "A is 1");
});

describe("a service of the machine's own", () => {
  const service = (script: string, ...settings: string[]): string[] => [
    `printf '%s\\n' '#!/bin/bash' ${script.split("\n").map(quoted).join(" ")} > /usr/local/sbin/own`,
    "chmod 755 /usr/local/sbin/own",
    `printf '%s\\n' '[Service]' 'ExecStart=/usr/local/sbin/own now' ${settings.map(quoted).join(" ")} > /etc/systemd/system/own.service`,
  ];
  const quoted = (text: string): string => `'${text}'`;
  const endless = 'echo "$1 $$" >> "$ROOT/started"\nwhile true; do sleep 1; done';
  const state = "systemctl is-active own > /state || true";
  const read = (root: string, path: string): string => readFileSync(join(root, path), "utf8");

  test("is up as soon as it runs, and runs until the machine is switched off", async () => {
    const powered = machine({
      name: "m",
      address: "192.168.0.31",
      userData: {
        runcmd: [
          "mkdir -p /usr/local/sbin /etc/systemd/system",
          ...service(endless),
          "systemctl start own",
          state,
        ],
      },
    });
    const running = await stage.powerOn(powered);
    await stage.says("m", "cloud-init: finished");
    const root = rootOf(powered);
    expect(stage.view("m").errors).toEqual([]);
    expect(read(root, "state")).toBe("active\n");
    const process = await eventually(
      () => (existsSync(join(root, "started")) ? Number(read(root, "started").split(" ")[1]) : undefined),
      () => stage.view("m"),
    );
    expect(lives(process)).toBe(true);
    await running.powerOff();
    expect(lives(process)).toBe(false);
  });

  test("starts again after its end with Restart=always, and says how it ended", async () => {
    const root = await runs(
      "mkdir -p /usr/local/sbin /etc/systemd/system",
      ...service('echo again >> "$ROOT/started"\nexit 3', "Restart=always"),
      "systemctl start own",
    );
    await eventually(
      () => read(root, "started").split("\n").length > 3 || undefined,
      () => stage.view("m"),
    );
    expect(stage.view("m").console).toContain("own.service: main process exited with status 3");
  });

  test("try-restart starts one that runs anew and leaves a stopped one stopped", async () => {
    const started = 'until grep -c now "$ROOT/started" | grep -qx';
    const root = await runs(
      "mkdir -p /usr/local/sbin /etc/systemd/system",
      ...service(endless),
      "systemctl try-restart own",
      "systemctl start own",
      `${started} 1; do sleep 1; done`,
      "systemctl try-restart --no-block own",
      `${started} 2; do sleep 1; done`,
      "systemctl stop own",
      "systemctl try-restart own",
      state,
    );
    expect(stage.view("m").errors).toEqual([]);
    expect(read(root, "state")).toBe("inactive\n");
    expect(read(root, "started").match(/now/g)).toHaveLength(2);
  });
});

function lives(process: number): boolean {
  return spawnSync("kill", ["-0", String(process)]).status === 0;
}
