import { ClusterProblems } from "../../config/problem";
import type { Problem } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { exposed } from "../clusters/exposed";
import { home, lab } from "../clusters/home";
import { optioned } from "../clusters/optioned";

/** Every value of a sound file is made unreadable in turn: the one problem is told, and none is invented. */
describe("a value that cannot be read is one problem and no more", () => {
  const full = {
    ...home,
    proxmox: { ...home.proxmox, vlan: 7, macPrefix: "02:24:11", vmIds: { nodes: 1000, templates: 9000 } },
    workers: {
      general: { ...home.workers, retired: [2], labels: { tier: "web" }, taints: ["gpu:NoSchedule"] },
    },
    ...exposed,
  };

  test.each(
    leaves(full)
      .filter(([section]) => section !== "accept")
      .map((path) => [path.join("."), path]),
  )("%s", (_, path) => {
    const problems = problemsOf([replaced(full, path, () => null), lab]);
    expect(problems.map(({ places }) => places[0].keys.join("."))).toEqual([named(path)]);
  });

  test.each(
    leaves(optioned)
      .filter(([section]) => section !== "accept")
      .map((path) => [path.join(" "), path]),
  )("option %s", (_, path) => {
    const problems = problemsOf([replaced(optioned, path, () => null), lab]);
    expect(problems.map(({ places }) => places[0].keys.join("."))).toEqual([named(path)]);
  });
});

describe("a field that is left out is one problem and no more", () => {
  const required = leaves(home)
    .filter((path) => !/dhcp|cni|storage|accept/.test(path.join(".")))
    .filter((path) => Number.isNaN(Number(path.at(-1))));

  test.each(required.map((path) => [path.join("."), path]))("%s", (_, path) => {
    const problems = problemsOf([replaced(home, path, () => undefined)]);
    expect(problems.map(({ code, places }) => `${code} ${places[0].keys.join(".")}`)).toEqual([
      `schema/missing ${named(path)}`,
    ]);
  });
});

test("a misread value hides no mistake elsewhere, in its own cluster or another", () => {
  const broken = {
    ...home,
    network: { ...home.network, nodes: "192.168.0.0" },
    workers: { ...home.workers, on: ["pve1", "pve7"], cores: 1 },
  };
  const other = { ...lab, rke2: { version: "latest" } };
  expect(problemsOf([broken, other]).map(({ code }) => code)).toEqual([
    "addresses/not-a-network",
    "hosts/unknown-host",
    "machines/too-few-cores",
    "rke2/unknown-version",
  ]);
});

test.each([
  [["routes", "0", "paths", "/new", "retries", "attempts"]],
  [["routes", "1", "paths", "/", "circuitBreaker", "failures"]],
  [["routes", "1", "tls", "certificate"]],
  [["services", "hello", "probes", "readiness", "http"]],
  [["services", "db", "volumes", "data", "size"]],
  [["issuers", "own", "acme", "dns01", "rfc2136", "nameserver"]],
])("a value deep inside that cannot be read hides no mistake of its cluster: %j", (path) => {
  const broken = replaced({ ...home, ...exposed }, path, () => null);
  const problems = problemsOf([{ ...broken, workers: { ...home.workers, cores: 1 } }]);
  expect(problems.map(({ places }) => places[0].keys.join("."))).toEqual(
    expect.arrayContaining([named(path), "workers.cores"]),
  );
  expect(problems).toHaveLength(2);
});

test("a sum over a value that cannot be read is not told", () => {
  const pve = { ...home.proxmox.hosts.pve1, memory: "20 GiB" };
  const proxmox = { ...home.proxmox, hosts: { pve1: pve, pve2: { ...pve, address: "192.168.0.12" } } };
  const literal = { ...home, proxmox, workers: { ...home.workers, memory: "6 GB" } };
  expect(problemsOf([literal]).map(({ code }) => code)).toEqual(["units/size"]);
});

test("a slip of the pen is told once, and its value is judged all the same", () => {
  const { count, ...rest } = home.servers;
  expect(problemsOf([{ ...home, servers: { ...rest, cuont: count + 1 } }]).map(({ code }) => code)).toEqual([
    "schema/unknown-field",
    "machines/even-servers",
  ]);
});

test.each([[undefined], [null], [7], [[]], ["home"]])(
  "refuses %p as a cluster, without a stack of ours",
  (literal) => {
    expect(problemsOf([literal])).toHaveLength(1);
  },
);

function problemsOf(literals: readonly unknown[]): readonly Problem[] {
  try {
    return resolve(literals).warnings;
  } catch (error) {
    if (error instanceof ClusterProblems) return error.problems;
    throw error;
  }
}

function leaves(value: unknown, path: readonly string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [[...path]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}

function replaced(value: object, path: readonly string[], change: () => unknown): object;
function replaced(value: unknown, path: readonly string[], change: () => unknown): unknown;
function replaced(value: unknown, [key, ...rest]: readonly string[], change: () => unknown): unknown {
  if (key === undefined) return change();
  if (Array.isArray(value)) {
    return value.map((inner: unknown, index) =>
      String(index) === key ? replaced(inner, rest, change) : inner,
    );
  }
  if (typeof value !== "object" || value === null) throw new Error("a path leads through objects");
  const fields = Object.entries(value).map(([name, inner]: [string, unknown]) => {
    return [name, name === key ? replaced(inner, rest, change) : inner] as const;
  });
  return Object.fromEntries(fields);
}

/** named: an element of a list is where the list is, unless the path goes on inside it. */
function named(path: readonly string[]): string {
  return path.slice(0, path.findLastIndex((key) => !/^\d+$/.test(key)) + 1).join(".");
}
