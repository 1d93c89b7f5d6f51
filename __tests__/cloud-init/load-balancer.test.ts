import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import haproxyExample from "../../examples/ha-haproxy";
import { loadBalancerUserData } from "../../cloud-init/load-balancer";
import { haproxyConfig } from "../../cloud-init/load-balancer/haproxy";
import { keepalivedConfig } from "../../cloud-init/load-balancer/keepalived";
import { secretsIn } from "../../cloud-init/secrets";
import type { LoadBalancerNode } from "../../config/model";
import type { HaProxy } from "../../config/model/api";
import { skipped } from "../skipped";
import { clusterOf } from "./clusters";
import { readUserData } from "./read-document";
import { placed, withoutPrograms } from "./load-balancer-stand";

const cluster = clusterOf(haproxyExample);
const { api, nodes } = inFront();

function inFront(): { api: HaProxy; nodes: readonly LoadBalancerNode[] } {
  if (cluster.api.through !== "haproxy") throw new Error("the example has no load balancers");
  return { api: cluster.api, nodes: cluster.api.loadBalancers };
}

describe("the two machines in front of the servers", () => {
  const [first, second] = nodes.map((node) => loadBalancerUserData(cluster, api, node));

  test("hold the servers' authority and a credential of their own, and no token", () => {
    for (const document of [first, second])
      expect(secretsIn(document ?? "")).toEqual(["server-ca.crt", "load-balancer.pem"]);
  });

  test("install no RKE2", () => {
    expect(first).not.toContain("rke2");
  });

  test("fetch their packages through the proxy where there is one", () => {
    const proxy = { url: "http://192.168.0.5:3128", except: [] };
    const behind = { ...cluster, network: { ...cluster.network, proxy } };
    const documents = nodes.map((node) => loadBalancerUserData(behind, api, node));
    for (const document of documents) expect(document).toContain(`https_proxy: ${proxy.url}`);
    expect(first).not.toContain("_proxy:");
  });

  test("differ in their names, addresses and priorities only", () => {
    const differing = (first ?? "").split("\n").filter((line) => !(second ?? "").split("\n").includes(line));
    expect(differing.map((line) => line.trim())).toEqual([
      "hostname: load-balancer-1",
      "router_id load-balancer-1",
      "priority 101",
      "unicast_src_ip 192.168.0.18",
      "192.168.0.19",
    ]);
  });

  test("have their configuration before their packages, which keep it, and start both", () => {
    const { write_files: files, runcmd } = readUserData(first ?? "");
    expect(files.map(({ path }) => path)).toEqual(
      expect.arrayContaining(["/etc/haproxy/haproxy.cfg", "/etc/keepalived/keepalived.conf"]),
    );
    expect(runcmd.map((command) => [command].flat().join(" "))).toEqual([
      "systemctl start qemu-guest-agent",
      "systemctl enable haproxy",
      "systemctl start --no-block haproxy",
      "systemctl enable keepalived",
      "systemctl start --no-block keepalived",
    ]);
  });
});

const lacks = withoutPrograms();
if (lacks !== undefined) skipped("haproxy and keepalived accept their configuration files", lacks);
else {
  const folder = mkdtempSync(join(tmpdir(), "slipway-load-balancer-"));
  afterAll(() => {
    rmSync(folder, { recursive: true });
  });

  const haproxy = (text: string): { status: number | null; said: string } => {
    const file = join(folder, "haproxy.cfg");
    writeFileSync(file, text);
    const { status, stdout, stderr } = spawnSync("haproxy", ["-c", "-f", file], { encoding: "utf8" });
    return { status, said: stdout + stderr };
  };
  /** keepalived's complaints; its exit status tells nothing, for it ends itself by a signal. */
  const keepalived = (text: string): string => {
    const file = join(folder, "keepalived.conf");
    writeFileSync(file, text);
    const { stdout, stderr } = spawnSync("setsid", ["keepalived", "--config-test", "--use-file", file], {
      encoding: "utf8",
    });
    return stdout + stderr;
  };

  test("haproxy accepts its configuration, without a warning", async () => {
    const { status, said } = haproxy(await placed(folder, haproxyConfig(cluster)));
    expect(said).not.toMatch(/WARNING|ALERT/);
    expect(status).toBe(0);
  });

  test("haproxy refuses one with a misspelt keyword", async () => {
    const wrong = (await placed(folder, haproxyConfig(cluster))).replace("slowstart", "slowstrt");
    expect(haproxy(wrong)).toMatchObject({ status: 1, said: expect.stringContaining("slowstrt") });
  });

  test.each(nodes.map((node) => [node.name, node] as const))("keepalived accepts that of %s", (_, node) => {
    expect(keepalived(keepalivedConfig(api, node))).toBe("");
  });

  test("keepalived refuses one with a misspelt keyword", () => {
    const [node] = nodes;
    if (node === undefined) throw new Error("no load balancer");
    expect(keepalived(keepalivedConfig(api, node).replace("nopreempt", "nopreemt"))).toContain("nopreemt");
  });
}
