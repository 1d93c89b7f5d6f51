import fc from "fast-check";
import type { Cluster } from "../../config/model";
import type { Edge } from "../../config/model/edge";
import { isIpv4 } from "../../config/network";
import { ClusterProblems } from "../../config/problem";
import { resolve } from "../../config/resolve";
import { exposed } from "../clusters/exposed";
import { home } from "../clusters/home";

const services = { one: { image: "one:1", port: 8080 } };

describe("routes that share hosts are one proxy host", () => {
  const hosts = fc.subarray(["a.com", "b.com", "c.com", "d.com", "e.com", "*.f.com"], { minLength: 1 });
  const routes = fc
    .array(
      hosts.chain((some) => fc.shuffledSubarray(some, { minLength: some.length })),
      {
        minLength: 1,
        maxLength: 6,
      },
    )
    .map((all) =>
      all.map((some, index) => ({
        hosts: some,
        paths: { [`/${index}`]: "one", ...catchAll(all, index) },
        edge: {},
      })),
    );

  test("each host and each route is in exactly one, and no two that share a host are apart", () => {
    fc.assert(
      fc.property(routes, (written) => {
        const cluster = resolved({ routes: written });
        const groups = edgeOf(cluster).hosts;
        expectPartition(
          groups.map((group) => group.hosts),
          written.flatMap((route) => route.hosts),
        );
        expectPartition(
          groups.map((group) => group.routes),
          cluster.routes.map(({ name }) => name),
        );
        for (const { hosts: own, name } of cluster.routes) {
          const [group] = groups.filter((one) => one.routes.includes(name));
          expect(group?.hosts).toEqual(expect.arrayContaining([...own]));
        }
      }),
    );
  });

  test("two routes are in one only where a chain of shared hosts leads from one to the other", () => {
    fc.assert(
      fc.property(routes, (written) => {
        const cluster = resolved({ routes: written });
        for (const {
          routes: [first, ...others],
        } of edgeOf(cluster).hosts) {
          const members = cluster.routes.filter(({ name }) => name === first || others.includes(name));
          let reached = new Set(members[0]?.hosts);
          for (let round = 0; round < members.length; round += 1) {
            const next = members.filter(({ hosts: own }) => own.some((host) => reached.has(host)));
            reached = new Set(next.flatMap(({ hosts: own }) => own));
          }
          for (const { hosts: own } of members) expect(own.every((host) => reached.has(host))).toBe(true);
        }
      }),
    );
  });

  test("hosts are sorted, and the order of a route's own hosts changes nothing but its name", () => {
    fc.assert(
      fc.property(routes, (written) => {
        const groups = edgeOf(resolved({ routes: written })).hosts;
        for (const { hosts: own } of groups) expect(own).toEqual([...own].sort());
        const turned = written.map((route) => ({ ...route, hosts: route.hosts.toReversed() }));
        const again = edgeOf(resolved({ routes: turned })).hosts;
        expect(again.map(({ hosts: own }) => own)).toEqual(groups.map(({ hosts: own }) => own));
      }),
    );
  });

  test("a route more leaves the name of every other proxy host as it is", () => {
    fc.assert(
      fc.property(routes, (written) => {
        const names = edgeOf(resolved({ routes: written })).hosts.map(({ name }) => name);
        const more = [...written, { hosts: ["new.com"], paths: { "/": "one" }, edge: {} }];
        expect(edgeOf(resolved({ routes: more })).hosts.map(({ name }) => name)).toEqual([
          ...names,
          "new-com",
        ]);
      }),
    );
  });
});

const characters = "abc.-*/:@_\"'`;{}()[]<>$#%\\ \n\t\r\0\u00e9\u202e,=?&|^~!";

/** Text that would leave its place in nginx's configuration, in JSON or in Terraform's language. */
const hostile = fc.oneof(
  fc.string({
    unit: fc.constantFrom(...Array.from(characters)),
    maxLength: 12,
  }),
  fc.constantFrom(
    "a.com; return 200",
    "a.com\nserver { listen 8080; }",
    "*.com*",
    "${file(1)}",
    "%{if true}",
    "/a { } location /b",
    "127.0.0.1:81",
    "http://a.com/;}",
    'https://a.com/"; include /etc/passwd; #',
    "a.com/../b",
    "A.com",
    "xn--a.com.",
    "$(reboot)",
    "..",
    "",
  ),
);

/** Every place of a file whose text reaches the proxy's configuration or its plan. */
const places: Readonly<Record<string, (text: string) => object>> = {
  host: (text) => ({ routes: [{ host: text, paths: { "/": "one" }, edge: {} }] }),
  hosts: (text) => ({ routes: [{ hosts: ["a.com", text], paths: { "/": "one" }, edge: {} }] }),
  certificate: (text) => ({
    certificates: { [text]: { fromVariable: "a", names: ["a.com"] } },
    routes: [{ host: "a.com", paths: { "/": "one" }, edge: { certificate: text } }],
  }),
  "name in the proxy": (text) => ({
    certificates: { "a.com": { inProxy: text } },
    routes: [{ host: "a.com", paths: { "/": "one" }, edge: { certificate: "a.com" } }],
  }),
  variable: (text) => ({
    certificates: { "a.com": { fromVariable: text } },
    routes: [{ host: "a.com", paths: { "/": "one" }, edge: { certificate: "a.com" } }],
  }),
  location: (text) => ({
    routes: [{ host: "a.com", paths: { "/": "one" }, edge: { locations: { [text]: {} } } }],
  }),
  upstream: (text) => ({
    routes: [
      {
        host: "a.com",
        paths: { "/": "one" },
        edge: { locations: { "/a": { to: { address: text, port: 80 } } } },
      },
    ],
  }),
  allow: (text) => ({ routes: [{ host: "a.com", paths: { "/": "one" }, edge: { allow: [text] } }] }),
  redirection: (text) => ({ edge: { ...home.edge, redirections: { [text]: { to: "b.com" } } } }),
  "redirection's hosts": (text) => ({
    edge: { ...home.edge, redirections: { "a.com": { hosts: [text], to: "b.com" } } },
  }),
  "redirection's end": (text) => ({ edge: { ...home.edge, redirections: { "a.com": { to: text } } } }),
  "404 host": (text) => ({ edge: { ...home.edge, notFound: { [text]: {} } } }),
  stream: (text) => ({ edge: { ...home.edge, streams: { [text]: { port: 8443, to: { ingress: 443 } } } } }),
  "default site": (text) => ({ edge: { ...home.edge, defaultSite: { redirect: text } } }),
  "default site's path": (text) => ({
    edge: { ...home.edge, defaultSite: { redirect: `https://a.com/${text}` } },
  }),
  url: (text) => ({ edge: { nginxProxyManager: { url: text, address: "192.168.0.100" } } }),
  "url's end": (text) => ({
    edge: { nginxProxyManager: { url: `http://192.168.0.100:81${text}`, address: "192.168.0.100" } },
  }),
  address: (text) => ({ edge: { nginxProxyManager: { url: "http://192.168.0.100:81", address: text } } }),
  "ingress' address": (text) => ({ ingress: { controller: "traefik", address: text } }),
};

describe("refuses text that could leave its place at the proxy", () => {
  test.each(Object.entries(places))("%s", (_, literal) => {
    fc.assert(
      fc.property(hostile, (text) => {
        const edge = edgeOrRefusal(literal(text));
        if (edge !== undefined) expectTame(edge);
      }),
    );
  });

  test("and the fuzz sees what it should: a sound file passes, and every text of it is tame", () => {
    const { rawNginx, ...edge } = exposed.routes[0].edge;
    expect(rawNginx).toBeDefined();
    const { "/files": files } = edge.locations;
    const locations = { "/files": { ...files, rawNginx: undefined } };
    const tame = edgeOrRefusal({
      ...exposed,
      routes: [{ ...exposed.routes[0], edge: { ...edge, locations } }],
    });
    expect(tame).toBeDefined();
    if (tame !== undefined) expectTame(tame);
    expect(() => {
      expectTame({
        ...emptyEdge,
        streams: [{ name: "a b", port: 1, transports: ["TCP"], to: { address: "0.0.0.0", port: 1 } }],
      });
    }).toThrow();
  });
});

/** expectTame: text by text, what nginx, JSON and Terraform read as it stands. */
function expectTame(edge: object): void {
  for (const [path, text] of textsOf(edge)) {
    const field = path.filter((key) => Number.isNaN(Number(key))).at(-1) ?? "";
    const form = forms[field];
    if (form === undefined) throw new Error(`no form for ${path.join(".")}`);
    if (!form(text)) throw new Error(`${path.join(".")} is ${JSON.stringify(text)}`);
  }
}

const isHost = (text: string) => /^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)*$/.test(text);
const isWord = (text: string) => /^[a-zA-Z0-9._-]*$/.test(text);
const forms: Readonly<Record<string, (text: string) => boolean>> = {
  url: (text) => /^https?:\/\/[\w.:[\]-]+(\/[\w.~!*+,:@&=%/?#-]*)?$/.test(text),
  address: isIpv4,
  cidr: (text) => /^[\d.]+\/\d+$/.test(text),
  name: (text) => isHost(text),
  names: isHost,
  hosts: isHost,
  host: isHost,
  routes: isWord,
  certificate: (text) => isHost(text) || isWord(text),
  key: isWord,
  kind: isWord,
  idOrName: (text) => /^[^"'\\$%{};#`<>\p{C}]+$/u.test(text),
  path: (text) => /^\/[^"'\\$#`{};\s\p{C}]*$/u.test(text),
  scheme: isWord,
  clientIp: isWord,
  transports: isWord,
  page: isWord,
};

const emptyEdge = {
  url: "http://192.168.0.100:81",
  address: "192.168.0.100",
  certificates: [],
  hosts: [],
  redirections: [],
  notFound: [],
};

function textsOf(value: unknown, path: readonly string[] = []): [path: readonly string[], text: string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => textsOf(inner, [...path, key]));
}

function edgeOrRefusal(literal: object): Edge | undefined {
  try {
    return edgeOf(resolved(literal));
  } catch (error) {
    if (error instanceof ClusterProblems) return undefined;
    throw error;
  }
}

/** catchAll, so that a route of a host before a wildcard takes every path; only the first route of a host has it. */
function catchAll(all: readonly (readonly string[])[], index: number): object {
  const own = all[index] ?? [];
  return all.slice(0, index).some((some) => some.some((host) => own.includes(host))) ? {} : { "/": "one" };
}

function expectPartition(parts: readonly (readonly string[])[], whole: readonly string[]): void {
  expect(parts.flat().sort()).toEqual([...new Set(whole)].sort());
}

function edgeOf({ edge }: Cluster): Edge {
  if (edge === undefined) throw new Error("the file has a proxy");
  return edge;
}

function resolved(literal: object): Cluster {
  const [cluster] = resolve([{ ...home, services, ...literal }]).model.clusters;
  if (cluster === undefined) throw new Error("one literal makes one cluster");
  return cluster;
}
