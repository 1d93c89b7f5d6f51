import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { layOut } from "../../../lab/boot/stand-in/release";
import { decode, mode } from "../../../lab/guests/cloud-init/write-files";
import { readUserData } from "../../../lab/guests/cloud-init/user-data";
import { bootSubject } from "../../../cli/boot/subject";
import type { BootSubject } from "../../../lab/boot/subject";
import { skipped } from "../../skipped";

const python = "/usr/bin/python3";
const hasYaml = spawnSync(python, ["-c", "import yaml"]).status === 0;

/** address on loopback that no other test has. */
const address = "127.77.9.1";
const config = "etc/rancher/rke2/config.yaml";
const tls = "var/lib/rancher/rke2/server/tls";

let scratch: string;
let program: string;
let subject: BootSubject;

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "slipway-stand-in-"));
  layOut(scratch);
  program = join(scratch, "bin/rke2");
  subject = await bootSubject(false);
});

afterAll(() => {
  rmSync(scratch, { recursive: true });
});

if (hasYaml) {
  describe("RKE2's stand-in refuses", () => {
    test.each<[string, "server" | "agent", (root: string) => void, string]>([
      [
        "a server's setting on a worker",
        "agent",
        (root) => change(root, config, (text) => `${text}cni: canal\n`),
        "has cni, which `rke2 agent` does not know",
      ],
      [
        "a setting that nobody knows",
        "server",
        (root) => change(root, config, (text) => `${text}node_name: server-1\n`),
        "has node_name, which `rke2 server` does not know",
      ],
      [
        "a configuration that others may read",
        "server",
        (root) => execFileSync("chmod", ["0644", join(root, config)]),
        "/etc/rancher/rke2/config.yaml has mode 0644: it must be 0600",
      ],
      [
        "a token in its short form",
        "server",
        (root) => change(root, "etc/rancher/rke2/server-token", () => "only-the-password"),
        "the server token is not of the form K10<sha256 of the CA>::server:<password>",
      ],
      [
        "the agent's token in the place of the server's",
        "server",
        (root) =>
          change(root, "etc/rancher/rke2/server-token", (text) => text.replace("::server:", "::node:")),
        "the server token is a token of node, not of server",
      ],
      [
        "a token that pins another CA",
        "server",
        (root) =>
          change(root, "etc/rancher/rke2/server-token", (text) =>
            text.replace(/K10[0-9a-f]{64}/, `K10${"0".repeat(64)}`),
          ),
        `the server token pins a CA with sha256 ${"0".repeat(64)}`,
      ],
      [
        "a missing CA",
        "server",
        (root) => rmSync(join(root, tls, "client-ca.key")),
        "lacks client-ca.key: RKE2 would make another CA than the token pins",
      ],
      [
        "a CA with the key of another",
        "server",
        (root) => cpSync(join(root, tls, "client-ca.key"), join(root, tls, "server-ca.key")),
        "server-ca.key is not the key of",
      ],
      [
        "a CA's key that others may read",
        "server",
        (root) => execFileSync("chmod", ["0640", join(root, tls, "etcd/peer-ca.key")]),
        "etcd/peer-ca.key has mode 0640: it must be 0600",
      ],
      [
        "manifests without settings for the pod network",
        "server",
        (root) => rmSync(join(root, "var/lib/rancher/rke2/server/manifests/slipway-rke2-canal.yaml")),
        "has no settings for the chart rke2-canal",
      ],
    ])("%s", (_, role, spoil, reason) => {
      const root = rootOf(role === "server" ? "server-1" : "worker-1");
      spoil(root);
      const { status, stdout } = spawnSync(python, [program, role], environmentOf(root));
      expect(stdout).toContain("rke2 stand-in: REFUSED: ");
      expect(stdout).toContain(reason);
      expect(status).toBe(1);
      expect(verdictOf(root)).toMatchObject({ refused: expect.stringContaining(reason) });
    });
  });

  test("RKE2's stand-in begins a cluster with the documents as they are, and is there for who has a certificate", async () => {
    const root = rootOf("server-1");
    rmSync(join(root, "var/lib/rancher/rke2/server/manifests/kube-vip.yaml"));
    change(root, config, (text) => text.replace(/^node-ip: .*$/m, `node-ip: ${address}`));
    const server = spawn(python, [program, "server"], environmentOf(root));
    try {
      await new Promise<void>((resolve, reject) => {
        let said = "";
        server.stdout.on("data", (text: Buffer) => {
          said += text.toString();
          if (said.includes("server-1 is ready")) resolve();
        });
        server.once("exit", () => reject(new Error(said)));
      });
      const ca = ["--cacert", join(root, "etc/slipway/server-ca.crt")];
      const rejoin = [
        "--cert",
        join(root, "etc/slipway/rejoin.crt"),
        "--key",
        join(root, "etc/slipway/rejoin.key"),
      ];
      const kubelet = ["client-kubelet.crt", "client-kubelet.key"].map((name) =>
        join(root, "var/lib/rancher/rke2/agent", name),
      );
      const node = `https://${address}:6443/api/v1/nodes/server-1`;
      expect(asked([...ca, `https://${address}:9345/ping`])).toBe("pong 200");
      expect(asked([...ca, `https://${address}:6443/readyz`])).toMatch(/ 401$/);
      expect(asked([...ca, ...rejoin, `https://${address}:6443/readyz`])).toBe("ok 200");
      expect(asked([...ca, ...rejoin, node])).toMatch(/ 200$/);
      expect(asked([...ca, ...rejoin, node.replace("server-1", "server-2")])).toMatch(/ 403$/);
      const [cert = "", key = ""] = kubelet;
      expect(asked([...ca, "--cert", cert, "--key", key, node])).toMatch(/ 200$/);
      expect(asked([...ca, "--request", "DELETE", ...rejoin, node])).toMatch(/ 200$/);
      expect(asked([...ca, ...rejoin, node])).toMatch(/ 404$/);
    } finally {
      server.kill("SIGKILL");
    }
  }, 60_000);
} else {
  skipped("the stand-in's verdicts", `${python} cannot read YAML: apt-get install python3-yaml`);
}

/** rootOf a machine: what cloud-init would have written, but for whom it joins: nobody is asked beyond this computer. */
function rootOf(name: string): string {
  const machine = subject.machines.find((each) => each.name === name);
  if (machine === undefined) throw new Error(`no ${name}`);
  const root = mkdtempSync(join(scratch, `${name}-`));
  mkdirSync(join(root, tls, "etcd"), { recursive: true, mode: 0o700 });
  for (const file of readUserData(machine.seed.userData).write_files) {
    const target = join(root, file.path);
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, decode(file), { mode: mode(file.permissions) });
  }
  change(root, config, (text) => text.replace(/^server: .*$/m, `server: https://${address}:9345`));
  return root;
}

function change(root: string, path: string, edit: (text: string) => string): void {
  writeFileSync(join(root, path), edit(readFileSync(join(root, path), "utf8")));
}

function environmentOf(root: string) {
  const environment = {
    PATH: "/usr/bin:/bin:/usr/sbin:/sbin",
    STAND_IN_ROOT: root,
    STAND_IN_ADDRESS: address,
  };
  return { env: environment, encoding: "utf8", timeout: 30_000 } as const;
}

function verdictOf(root: string): unknown {
  const file = join(root, "run/rke2-stand-in.json");
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : undefined;
}

function asked(args: readonly string[]): string {
  return spawnSync("curl", ["--silent", "--noproxy", "*", "--write-out", " %{http_code}", ...args], {
    encoding: "utf8",
  }).stdout;
}
