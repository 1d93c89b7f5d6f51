import type { Cluster } from "../../../config/model";
import type { Ingress } from "../../../config/model/ingress";
import type { Backend, Policy, Route, RouteRule } from "../../../config/model/routes";
import { type Ipv4, type Ipv4Network, isIpv4, parseNetwork } from "../../../config/network";
import { type Milliseconds, parseDuration, parseGiB } from "../../../config/units";

/** Samples of the model for the engines that are tested beside the contract's suite. */
export const noPolicy: Policy = {
  headers: { request: { set: {}, remove: [] }, response: { set: {}, remove: [] } },
  timeouts: {},
  allow: [],
  websocket: false,
};

export function backend(service: string, weight = 100): Backend {
  return { service, namespace: "shop", port: 8080, protocol: "http", weight };
}

export function prefix(value: string, policy: Partial<Policy> = {}, service = "hello"): RouteRule {
  return {
    name: value.replaceAll("/", "-").replace(/^-/, "") || "root",
    path: { kind: "prefix", value },
    action: { kind: "forward", backends: [backend(service)] },
    policy: { ...noPolicy, ...policy },
  };
}

export function exact(value: string, policy: Partial<Policy> = {}): RouteRule {
  const rule = prefix(value, policy);
  return { ...rule, name: `${rule.name}-exact`, path: { kind: "exact", value } };
}

export function regex(value: string, policy: Partial<Policy> = {}): RouteRule {
  return { ...prefix("/", policy), name: "regex", path: { kind: "regex", value } };
}

export function route(hosts: readonly string[], rules: readonly RouteRule[], name?: string): Route {
  return { name: name ?? (hosts[0] ?? "").replaceAll(".", "-"), namespace: "shop", hosts, rules };
}

export function clusterOf(routes: readonly Route[], ingress: Partial<Ingress> = {}): Cluster {
  return { ...empty(), routes, ingress: { ...plainIngress, ...ingress } };
}

export function ipv4(text: string): Ipv4 {
  if (!isIpv4(text)) throw new Error(`${text} is no address`);
  return text;
}

export function network(text: string): Ipv4Network {
  return found(parseNetwork(text), text);
}

export function duration(text: string): Milliseconds {
  return found(parseDuration(text), text);
}

function found<T>(value: T | undefined, text: string): T {
  if (value === undefined) throw new Error(`${text} cannot be read`);
  return value;
}

export const plainIngress: Ingress = {
  engine: "istio",
  address: ipv4("192.168.0.240"),
  replicas: 2,
  trusts: [],
  proxyProtocol: [],
  accessLogs: true,
  metrics: true,
};

function empty(): Cluster {
  const store = { id: "local", shared: false };
  return {
    name: "home",
    protect: true,
    proxmox: {
      endpoint: "https://192.168.0.10:8006/",
      hosts: [],
      bridge: "vmbr0",
      disks: store,
      images: store,
      snippets: store,
      pool: "home",
    },
    network: {
      nodes: network("192.168.0.0/24"),
      gateway: ipv4("192.168.0.1"),
      dns: [],
      mtu: 1500,
      pods: network("172.29.0.0/16"),
      services: network("172.30.0.0/16"),
    },
    template: {
      source: { kind: "cloud-image", url: "https://images.test/a.img", fileName: "home-a.qcow2" },
      disk: found(parseGiB("4 GiB"), "4 GiB"),
      vms: [],
    },
    servers: [],
    workers: [],
    rke2: {
      version: "v1.36.5+rke2r1",
      cni: { kind: "canal", mtu: 1450 },
      initialise: "first-day",
      registries: { mirrors: [], configs: [] },
      embeddedRegistry: false,
    },
    controlPlane: {
      arguments: { "kube-apiserver": {}, "kube-controller-manager": {}, "kube-scheduler": {}, etcd: {} },
    },
    state: { kind: "local" },
    api: { address: ipv4("192.168.0.20"), through: "kube-vip" },
    loadBalancer: { pools: [] },
    namespaces: ["shop"],
    services: [],
    configMaps: [],
    secrets: [],
    issuers: [],
    certificates: [],
    routes: [],
  };
}
