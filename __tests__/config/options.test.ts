import type { Cluster } from "../../config/model";
import { resolve } from "../../config/resolve";
import { home, lab } from "../clusters/home";
import { authority, optioned } from "../clusters/optioned";

const plain = only(home);
const full = only(optioned);

describe("options that the file leaves out", () => {
  test("etcd has RKE2's own snapshots: twice a day, the last five, on the server's disk", () => {
    expect(plain.controlPlane.snapshots).toEqual({ schedule: "0 0,12 * * *", retention: 5, compress: false });
  });

  test("no program has arguments, and no node a taint", () => {
    const none = { kubelet: {}, "kube-proxy": {} };
    const ofServers = { "kube-apiserver": {}, "kube-controller-manager": {}, "kube-scheduler": {}, etcd: {} };
    expect([...plain.servers, ...plain.workers].map(({ arguments: written }) => written)).toEqual([
      none,
      none,
      none,
      none,
    ]);
    expect(plain.controlPlane.arguments).toEqual(ofServers);
    expect(plain.servers[0]?.taints).toEqual([]);
  });

  test("upgrades follow rke2.version one worker at a time, drained, at any time", () => {
    expect(plain.upgrades).toEqual({ concurrency: 1, drain: true });
  });

  test("there is no audit, no proxy, no default storage, and the state is in files", () => {
    expect(plain.rke2.audit).toBeUndefined();
    expect(plain.network.proxy).toBeUndefined();
    expect(plain.storage).toBeUndefined();
    expect(plain.state).toEqual({ kind: "local" });
  });

  test("profile cis brings an audit of metadata, and a written one stays", () => {
    const audit = (rke2: object) =>
      only({ ...home, rke2: { ...home.rke2, profile: "cis", ...rke2 } }).rke2.audit;
    expect(audit({})).toBe("metadata");
    expect(audit({ audit: "request" })).toBe("request");
  });

  test("load balancers are two small machines with the template's disk, and VRRP has the address' last number", () => {
    const api = {
      address: "192.168.0.20",
      through: "haproxy",
      loadBalancers: { first: "192.168.0.18", on: ["pve1", "pve2"] },
    };
    const made = only({ ...home, api }).api;
    expect(made).toMatchObject({ through: "haproxy", routerId: 20 });
    expect(
      "loadBalancers" in made &&
        made.loadBalancers.map(({ name, vmName, address, host, cores, memory, disk }) => {
          return [name, vmName, address, host.name, cores, memory, disk].join(" ");
        }),
    ).toEqual([
      "load-balancer-1 home-load-balancer-1 192.168.0.18 pve1 1 1024 8",
      "load-balancer-2 home-load-balancer-2 192.168.0.19 pve2 1 1024 8",
    ]);
  });

  test("an address that ends with 0 has router id 255, which VRRP takes and 0 it does not", () => {
    const api = {
      address: "10.7.1.0",
      through: "haproxy",
      loadBalancers: { first: "10.7.1.1", on: ["pve1", "pve2"] },
    };
    const network = {
      ...home.network,
      nodes: "10.7.0.0/16",
      gateway: "10.7.0.1",
      dns: ["10.7.0.1"],
      dhcp: undefined,
    };
    const servers = { ...home.servers, first: "10.7.1.21" };
    const workers = { ...home.workers, first: "10.7.1.31" };
    const addresses = {
      loadBalancer: { addresses: "10.7.2.0-10.7.2.9" },
      ingress: { controller: "traefik", address: "10.7.2.0" },
    };
    expect(
      only({ ...home, ...addresses, api, network, servers, workers, edge: undefined }).api,
    ).toMatchObject({ routerId: 255 });
  });
});

describe("options that the file says", () => {
  test("a proxy is gone past for the machine itself, the cluster's own networks, its API and what is named", () => {
    expect(full.network.proxy).toEqual({
      url: "http://192.168.0.3:3128",
      except: [
        "localhost",
        "127.0.0.0/8",
        "192.168.0.0/24",
        "172.29.0.0/16",
        "172.30.0.0/16",
        "192.168.0.20",
        ".svc",
        ".cluster.local",
        ".test.com",
        "git.test.com",
        "10.0.0.0/8",
        "192.168.1.7",
      ],
    });
  });

  test("dedicated servers have the taint that their own parts tolerate, before what is written", () => {
    const servers = { ...home.servers, dedicated: true, taints: ["own=true:NoSchedule"] };
    expect(only({ ...home, servers }).servers[0]?.taints).toEqual([
      "CriticalAddonsOnly=true:NoExecute",
      "own=true:NoSchedule",
    ]);
  });

  test("arguments are lists, for servers and for each pool of workers their own", () => {
    expect(full.servers[0]?.arguments.kubelet["max-pods"]).toEqual(["150"]);
    expect(full.workers[0]?.arguments["kube-proxy"]).toEqual({ "proxy-mode": ["nftables"] });
    expect(full.controlPlane.arguments["kube-apiserver"]["runtime-config"]).toEqual([
      "api/beta=true",
      "api/alpha=false",
    ]);
  });

  test("secrets of a store and of a registry are names of variables, and authorities are certificates", () => {
    expect(full.controlPlane.snapshots?.s3).toMatchObject({
      folder: "clusters/home",
      accessKeyVariable: "s3_access_key",
      secretKeyVariable: "s3_secret_key",
      ca: authority,
    });
    expect(full.rke2.registries.configs).toEqual([
      {
        host: "registry.test.com:5000",
        auth: { username: "nodes", passwordVariable: "registry_password" },
        ca: authority,
        insecureSkipVerify: false,
      },
    ]);
  });

  test("a store of snapshots is Amazon's, in a folder of the cluster's name, unless it says otherwise", () => {
    const keys = { accessKey: { fromVariable: "a" }, secretKey: { fromVariable: "b" } };
    const etcd = { snapshots: { s3: { bucket: "etcd", ...keys } } };
    expect(only({ ...home, servers: { ...home.servers, etcd } }).controlPlane.snapshots?.s3).toMatchObject({
      endpoint: "s3.amazonaws.com",
      region: "us-east-1",
      folder: "home",
    });
  });

  test("snapshots and upgrades can be none", () => {
    const servers = { ...home.servers, etcd: { snapshots: false } };
    expect(only({ ...home, servers }).controlPlane.snapshots).toBeUndefined();
    expect(only({ ...home, upgrades: false }).upgrades).toBeUndefined();
  });

  test("a window is open on every day and in UTC unless it says otherwise", () => {
    const window = { startTime: "02:00", endTime: "05:00" };
    expect(only({ ...home, upgrades: { window } }).upgrades?.window).toEqual({
      days: ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"],
      ...window,
      timeZone: "UTC",
    });
  });

  test.each([
    [{ pg: {} }, { kind: "pg", schema: "slipway" }],
    [
      { s3: { bucket: "states", region: "eu-central-1" } },
      { kind: "s3", bucket: "states", region: "eu-central-1", folder: "home" },
    ],
    [
      { http: { address: "https://git.test.com/state/" } },
      { kind: "http", address: "https://git.test.com/state" },
    ],
  ])("the state of %j is said out", (state, said) => {
    expect(only({ ...home, state }).state).toEqual(said);
  });

  test("artifacts' address has no slash at its end, and their images come too", () => {
    expect(full.rke2.artifacts).toEqual({ from: "https://releases.test.com/rke2", images: true });
  });
});

test("every option together has no problem", () => {
  expect(resolve([optioned]).warnings.map(({ code }) => code)).toEqual([]);
});

test("two clusters may keep their states in one place: stacks begin with the cluster's name", () => {
  const state = { s3: { bucket: "states", region: "eu-central-1", folder: "all" } };
  expect(
    resolve([
      { ...home, state },
      { ...lab, state },
    ]).warnings.map(({ code }) => code),
  ).not.toContain("state/plain-http");
});

function only(literal: unknown): Cluster {
  const [cluster] = resolve([literal]).model.clusters;
  if (cluster === undefined) throw new Error("one literal makes one cluster");
  return cluster;
}
