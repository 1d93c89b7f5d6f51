import fc from "fast-check";
import home from "../../cluster";
import { clusterOf, rendered, type Rendered } from "./clusters";

const counts = fc.record({
  servers: fc.constantFrom(1, 3, 5),
  workers: fc.integer({ min: 4, max: 8 }),
  retired: fc.uniqueArray(fc.integer({ min: 1, max: 4 }), { maxLength: 2 }),
});

function machines(servers: number, workers: number, retired: readonly number[] = []): Rendered[] {
  return rendered(
    clusterOf({
      ...home,
      proxmox: {
        ...home.proxmox,
        hosts: {
          ...home.proxmox.hosts,
          pve3: {
            address: "192.168.0.13",
            cores: 64,
            memory: "512 GiB",
            storage: { "local-lvm": "9000 GiB" },
          },
        },
      },
      servers: { ...home.servers, count: servers, on: ["pve3"] },
      workers: { ...home.workers, count: workers, on: ["pve3"], retired: [...retired] },
    }),
  );
}

test("a further worker changes no other machine's documents", () => {
  fc.assert(
    fc.property(counts, ({ servers, workers, retired }) => {
      const before = machines(servers, workers, retired);
      const after = machines(servers, workers + 1, retired);
      expect(after.length).toBe(before.length + 1);
      expect(after.filter((each) => before.some((old) => old.machine === each.machine))).toEqual(before);
    }),
    { numRuns: 25 },
  );
});

test("further servers change of the others only the list of servers they ask", () => {
  const before = machines(1, 3);
  const after = machines(3, 3);
  const changed = before.flatMap((old) => {
    const now = after.find((each) => each.machine === old.machine);
    const lines = now?.userData.split("\n") ?? [];
    expect(now).toMatchObject({ metaData: old.metaData, networkConfig: old.networkConfig });
    return lines.filter((line, index) => line !== old.userData.split("\n")[index]);
  });
  expect(changed.map((line) => line.trim())).toEqual(['PEERS="192.168.0.22 192.168.0.23"']);
});

test("two workers differ only in their name, address, MAC and id", () => {
  const [first, second] = machines(1, 3).filter((each) => each.machine.startsWith("worker-"));
  const neutral = (each: Rendered | undefined, last: string) =>
    JSON.stringify(each)
      .replaceAll(/worker-\d/g, "worker-N")
      .replaceAll(`192.168.0.3${last}`, "ADDRESS")
      .replaceAll(/([0-9a-f]{2}:){5}[0-9a-f]{2}/g, "MAC")
      .replaceAll(`103${last}`, "ID");
  expect(neutral(first, "1")).toBe(neutral(second, "2"));
  expect(first).not.toEqual(second);
});
