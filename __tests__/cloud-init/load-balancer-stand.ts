import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer, request, type Server } from "node:https";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { TLSSocket } from "node:tls";
import { haproxyConfig } from "../../cloud-init/load-balancer/haproxy";
import { keepalivedConfig } from "../../cloud-init/load-balancer/keepalived";
import type { Cluster, LoadBalancerNode } from "../../config/model";
import { clientCertificate, serverCertificate } from "../../lab/network/certificate";
import { type Identity, identity } from "./living-cluster";

/** withoutPrograms tells why the real programs cannot run here; undefined = they can. */
export function withoutPrograms(): string | undefined {
  if (process.getuid?.() !== 0) return "haproxy and keepalived have to be started by root";
  const missing = ["haproxy", "keepalived"].filter((name) => spawnSync(name, ["-v"]).status !== 0);
  if (missing.length === 0) return undefined;
  return `${missing.join(" and ")} not on PATH: apt-get install ${missing.join(" ")}`;
}

/** placed is a haproxy.cfg whose files are in folder, and writes them there. */
export async function placed(folder: string, config: string, known?: Identity): Promise<string> {
  const { server, client } = known ?? (await identity("server-1"));
  const { certificatePem, keyPem } = await clientCertificate(client, { commonName: "slipway:load-balancer" });
  writeFileSync(join(folder, "server-ca.crt"), server.certificatePem);
  writeFileSync(join(folder, "load-balancer.pem"), `${certificatePem}\n${keyPem}`, { mode: 0o600 });
  return config.replaceAll("/etc/slipway/", `${folder}/`);
}

/** FakeServer is what answers at 6443 and 9345 of one server. */
export interface FakeServer {
  /** ready, what /readyz says. */
  ready: boolean;
  /** asked, every request at either port, with who asked. */
  readonly asked: string[];
}

/**
 * LoadBalancers are both machines, with the real programs, each in a network namespace of its own; the servers are at
 * their addresses on the bridge between them. To be used inside a namespace only.
 */
export class LoadBalancers {
  private readonly folder = mkdtempSync(join(tmpdir(), "slipway-vrrp-"));
  private readonly programs = new Map<string, ChildProcess[]>();
  private readonly servers: Server[] = [];

  constructor(
    private readonly cluster: Cluster,
    readonly known: Identity,
  ) {
    ip("link", "add", "br0", "type", "bridge");
    ip("link", "set", "br0", "up");
    for (const address of ["192.168.0.1", ...cluster.servers.map((server) => server.address)])
      ip("address", "add", `${address}/24`, "dev", "br0");
  }

  /** serve as a server at address, with a certificate for these names. */
  async serve(
    address: string,
    names = [address, this.cluster.api.address, "kubernetes.default.svc"],
  ): Promise<FakeServer> {
    const fake: FakeServer = { ready: true, asked: [] };
    const { certificatePem: cert, keyPem: key } = await serverCertificate(this.known.server, "rke2", names);
    const tls = {
      cert,
      key,
      requestCert: true,
      rejectUnauthorized: false,
      ca: this.known.client.certificatePem,
    };
    const api = createServer(tls, (request, response) => {
      const { method = "", url = "", socket } = request;
      const isKnown = socket instanceof TLSSocket && socket.authorized;
      const user = isKnown && socket instanceof TLSSocket ? socket.getPeerCertificate().subject.CN : "nobody";
      fake.asked.push(`${user} ${method} ${url}`);
      if (!isKnown) response.writeHead(401).end();
      else if (url === "/watch") response.writeHead(200).write("{}\n");
      else if (url === "/readyz") response.writeHead(fake.ready ? 200 : 500).end();
      else response.writeHead(404).end();
    });
    const supervisor = createServer({ cert, key }, (request, response) => {
      fake.asked.push(`supervisor ${request.url ?? ""}`);
      response.end("pong");
    });
    for (const [server, port] of [
      [api, 6443],
      [supervisor, 9345],
    ] as const) {
      server.listen(port, address);
      await once(server, "listening");
      this.servers.push(server);
    }
    return fake;
  }

  /** start a machine: its card on the bridge, HAProxy and keepalived. */
  async start(node: LoadBalancerNode): Promise<void> {
    const { api } = this.cluster;
    if (api.through !== "haproxy") throw new Error("a cluster without load balancers");
    const namespace = namespaceOf(node);
    ip("netns", "add", namespace);
    ip("link", "add", `v-${node.vmId}`, "type", "veth", "peer", "name", "eth0", "netns", namespace);
    ip("link", "set", `v-${node.vmId}`, "master", "br0", "up");
    for (const device of ["lo", "eth0"]) ip("-n", namespace, "link", "set", device, "up");
    ip("-n", namespace, "address", "add", `${node.address}/24`, "dev", "eth0");
    const own = join(this.folder, node.name);
    mkdirSync(own);
    writeFileSync(join(own, "haproxy.cfg"), await placed(own, haproxyConfig(this.cluster), this.known));
    writeFileSync(join(own, "keepalived.conf"), keepalivedConfig(api, node));
    const pids = ["pid", "vrrp_pid", "checkers_pid"].map((name) => `--${name}=${join(own, name)}`);
    this.programs.set(node.name, [
      this.haproxyOf(node),
      inside(
        node,
        "keepalived",
        "--dont-fork",
        "--vrrp",
        ...pids,
        "--use-file",
        join(own, "keepalived.conf"),
      ),
    ]);
  }

  private haproxyOf(node: LoadBalancerNode): ChildProcess {
    return inside(node, "haproxy", "-db", "-f", join(this.folder, node.name, "haproxy.cfg"));
  }

  /** holders of the API address, by name. */
  holders(): string[] {
    const { api } = this.cluster;
    const nodes = api.through === "haproxy" ? api.loadBalancers : [];
    return nodes
      .filter(({ name }) => this.programs.has(name))
      .filter((node) =>
        ip("-n", namespaceOf(node), "-brief", "address", "show", "dev", "eth0").includes(`${api.address}/`),
      )
      .map(({ name }) => name);
  }

  /** killHaproxy of a machine that runs on. */
  killHaproxy({ name }: LoadBalancerNode): void {
    kill(this.programs.get(name)?.[0]);
  }

  /** restartHaproxy as systemd does. */
  restartHaproxy(node: LoadBalancerNode): void {
    const [, keepalived] = this.programs.get(node.name) ?? [];
    if (keepalived !== undefined) this.programs.set(node.name, [this.haproxyOf(node), keepalived]);
  }

  /** watch through the API address, as a client that keeps its connection. */
  async watch(): Promise<{ readonly ended: boolean }> {
    const { certificatePem: cert, keyPem: key } = await clientCertificate(this.known.client, {
      commonName: "watcher",
    });
    const asked = request({
      host: this.cluster.api.address,
      port: 6443,
      path: "/watch",
      cert,
      key,
      ca: this.known.server.certificatePem,
      agent: false,
    });
    asked.on("error", () => undefined);
    asked.end();
    await once(asked, "response");
    let ended = false;
    asked.once("close", () => (ended = true));
    return {
      get ended() {
        return ended;
      },
    };
  }

  /** cut a machine off, as a host that loses its power does. */
  cut(node: LoadBalancerNode): void {
    ip("link", "set", `v-${node.vmId}`, "down");
    for (const program of this.programs.get(node.name) ?? []) kill(program);
    this.programs.delete(node.name);
  }

  close(): void {
    for (const program of [...this.programs.values()].flat()) kill(program);
    for (const server of this.servers) {
      server.close();
      server.closeAllConnections();
    }
    if (this.cluster.api.through === "haproxy")
      for (const node of this.cluster.api.loadBalancers)
        spawnSync("ip", ["netns", "delete", namespaceOf(node)]);
    spawnSync("ip", ["link", "delete", "br0"]);
    rmSync(this.folder, { recursive: true });
  }
}

function namespaceOf({ vmId }: LoadBalancerNode): string {
  return `slipway-${process.pid}-${vmId}`;
}

function inside(node: LoadBalancerNode, ...command: readonly string[]): ChildProcess {
  return spawn("ip", ["netns", "exec", namespaceOf(node), ...command], { stdio: "ignore", detached: true });
}

function kill(program: ChildProcess | undefined): void {
  if (program?.pid === undefined || program.exitCode !== null || program.signalCode !== null) return;
  process.kill(-program.pid, "SIGKILL");
}

function ip(...args: readonly string[]): string {
  const { status, stdout, stderr } = spawnSync("ip", args, { encoding: "utf8" });
  if (status !== 0) throw new Error(`ip ${args.join(" ")}: ${stderr}`);
  return stdout;
}
