import fc from "fast-check";
import type { Cluster } from "../../config/model";
import { resolve } from "../../config/resolve";
import { home } from "../clusters/home";

const hostNames = ["pve1", "pve2", "pve3", "pve4"];

/** A pool of up to six machines in its own block of 16 addresses, some numbers retired. */
const pool = (block: number) =>
  fc.record({
    count: fc.integer({ min: 1, max: 6 }),
    first: fc.constant(`10.20.0.${block * 16}`),
    retired: fc.uniqueArray(fc.integer({ min: 1, max: 3 }), { maxLength: 2 }),
    on: fc.uniqueArray(fc.constantFrom(...hostNames), { minLength: 1 }),
    cores: fc.integer({ min: 2, max: 8 }),
    memory: fc.constantFrom("4 GiB", "8 GiB"),
    disk: fc.constantFrom("20 GiB", "60 GiB"),
  });

const cluster = fc
  .record({
    servers: fc.tuple(pool(1), fc.constantFrom(1, 3, 5)),
    workers: fc.tuple(pool(2), pool(3), pool(4)),
    names: fc.uniqueArray(fc.constantFrom("general", "gpu", "big", "worker"), { minLength: 1, maxLength: 3 }),
    template: fc.constantFrom({ cloudImage: "ubuntu-24.04" }, { iso: "ubuntu-24.04" }),
    disks: fc.constantFrom("tank", "rbd"),
  })
  .map(({ servers: [servers, count], workers, names, template, disks }) => ({
    ...home,
    proxmox: {
      ...home.proxmox,
      endpoint: "https://10.20.0.2:8006/",
      hosts: Object.fromEntries(
        hostNames.map((name, index) => [
          name,
          { address: `10.20.0.${index + 3}`, cores: 256, memory: "2 TiB", storage: { tank: "20 TiB" } },
        ]),
      ),
      disks,
      sharedStorage: { rbd: "90 TiB" },
    },
    network: {
      ...home.network,
      nodes: "10.20.0.0/24",
      gateway: "10.20.0.1",
      dns: ["10.20.0.1"],
      dhcp: undefined,
    },
    template,
    servers: { ...servers, count, retired: servers.retired.filter((number) => number <= count) },
    workers: Object.fromEntries(
      names.map((name, index) => {
        const { count: machines, ...rest } = workers[index] ?? workers[0];
        return [name, { ...rest, count: Math.max(machines, 3) }];
      }),
    ),
    api: { address: "10.20.0.250", through: "kube-vip" },
    loadBalancer: { addresses: "10.20.0.240-10.20.0.249" },
    ingress: { controller: "traefik", address: "10.20.0.240" },
    edge: undefined,
  }));

test("no two machines of a sound cluster share a name, an address, a VM id, a MAC or a snippet", () => {
  fc.assert(
    fc.property(cluster, (literal) => {
      const { servers, workers, template } = resolved(literal);
      const nodes = [...servers, ...workers];
      const installers = template.vms.flatMap(({ installer }) =>
        installer === undefined ? [] : [installer],
      );
      const all = [...nodes, ...template.vms, ...installers];
      expectDistinct(all.map(({ vmId }) => vmId));
      expectDistinct([
        ...nodes.map(({ vmName }) => vmName),
        ...[...template.vms, ...installers].map(({ name }) => name),
      ]);
      expectDistinct(nodes.map(({ address }) => address));
      expectDistinct([...nodes, ...installers].map(({ mac }) => mac));
      expectDistinct([...nodes, ...installers].map(({ snippets }) => snippets.userData));
    }),
  );
});

test("a larger pool keeps every machine that the smaller one has, to the last field", () => {
  fc.assert(
    fc.property(cluster, fc.integer({ min: 1, max: 4 }), (literal, more) => {
      const grown = Object.fromEntries(
        Object.entries(literal.workers).map(([name, one]) => [name, { ...one, count: one.count + more }]),
      );
      const before = resolved(literal);
      const after = new Map(
        resolved({ ...literal, workers: grown }).workers.map((node) => [node.name, node]),
      );
      expect(after.size).toBe(before.workers.length + more * Object.keys(grown).length);
      for (const node of before.workers) {
        // A pool that reaches a host for the first time brings that host's template; the node's own does not change.
        expect(after.get(node.name)).toEqual(node);
      }
    }),
  );
});

test("retiring a machine takes that one and no other", () => {
  fc.assert(
    fc.property(cluster, fc.nat(), (literal, pick) => {
      const [name = "", one] = Object.entries(literal.workers)[0] ?? [];
      if (one === undefined) throw new Error("a sound cluster here has a pool");
      const before = resolved(literal).workers;
      const members = before.filter(({ pool: of }) => of === name);
      const gone = members[pick % members.length];
      const retired = [...one.retired, Number(gone?.name.split("-").at(-1))];
      const after = resolved({
        ...literal,
        workers: { ...literal.workers, [name]: { ...one, count: one.count - 1, retired } },
      });
      expect(after.workers).toEqual(before.filter((node) => node !== gone));
    }),
  );
});

function resolved(literal: unknown): Cluster {
  const [model] = resolve([literal]).model.clusters;
  if (model === undefined) throw new Error("one literal makes one cluster");
  return model;
}

function expectDistinct(values: readonly (string | number)[]): void {
  expect(new Set(values).size).toBe(values.length);
}
