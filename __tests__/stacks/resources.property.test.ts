import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformDataSource, TerraformResource } from "cdktf";
import fc from "fast-check";
import homeCluster from "../../cluster";
import type { Model } from "../../config/model";
import { resolve } from "../../config/resolve";
import { addClusters } from "../../stacks/cluster-chain";
import { type Block, blockAt, type SynthesizedStack, stackNamed, synthesize } from "./synthesized";

// From two workers on every host has its template: a worker on a new host brings that too.
const counts = fc.record({ servers: fc.constantFrom(1, 3, 5), workers: fc.integer({ min: 2, max: 6 }) });

it("no resource of any cluster is lost because two ids became one", () => {
  fc.assert(
    fc.property(counts, ({ servers, workers }) => {
      const model = modelWith(servers, workers);
      const blocks = synthesize(model)
        .flatMap(addresses)
        .filter((address) => !address.includes("terraform_remote_state"));
      expect(blocks).toHaveLength(resourcesIn(model));
    }),
    { numRuns: 8 },
  );
});

it("one worker more adds that worker's addresses, and leaves every other block's text as it was", () => {
  fc.assert(
    fc.property(counts, ({ servers, workers }) => {
      const before = synthesize(modelWith(servers, workers));
      const after = synthesize(modelWith(servers, workers + 1));
      const known = new Set(before.flatMap(addresses));
      const added = after.flatMap(addresses).filter((address) => !known.has(address));
      expect(added).toContain(`home-machines proxmox_virtual_environment_vm.worker-${workers + 1}`);
      for (const address of added)
        expect(address).toMatch(new RegExp(`^home-machines .*\\.worker-${workers + 1}(_|$)`));
      for (const stack of before) {
        const grown = stackNamed(after, stack.name);
        for (const [address, block] of stack.blocks)
          expect([address, grown.blocks.get(address)]).toEqual([address, block]);
      }
    }),
    { numRuns: 8 },
  );
});

it("workers are alike but for name, address, MAC, id and host", () => {
  const machines = stackNamed(synthesize(modelWith(1, 4)), "home-machines");
  const [first, ...others] = [1, 2, 3, 4].map((number) => impersonal(machines, number));
  for (const other of others) expect(other).toBe(first);
});

/** impersonal: a worker's machine with everything that is its own struck out. */
function impersonal(stack: SynthesizedStack, number: number): string {
  const block: Block = blockAt(stack, `proxmox_virtual_environment_vm.worker-${number}`);
  return JSON.stringify(block)
    .replaceAll(`worker-${number}`, "NAME")
    .replace(/"mac_address":"[^"]+"/, "MAC")
    .replaceAll(String(1030 + number), "ID")
    .replace(/9011|9012/g, "TEMPLATE")
    .replace(/pve[12]/g, "HOST")
    .replace(/_[0-9A-F]{8}(?=["[])/g, "_HASH");
}

function modelWith(servers: number, workers: number): Model {
  return resolve([
    {
      ...homeCluster,
      servers: { ...homeCluster.servers, count: servers, on: ["pve1"], cores: 2, memory: "4 GiB" },
      workers: {
        count: workers,
        first: "192.168.0.31",
        on: ["pve1", "pve2"],
        cores: 2,
        memory: "4 GiB",
        disk: "40 GiB",
      },
    },
  ]).model;
}

function resourcesIn(model: Model): number {
  const outdir = mkdtempSync(join(tmpdir(), "slipway-count-"));
  try {
    const app = new App({ outdir });
    addClusters(app, model);
    return app.node
      .findAll()
      .filter(
        (construct) => construct instanceof TerraformResource || construct instanceof TerraformDataSource,
      ).length;
  } finally {
    rmSync(outdir, { recursive: true });
  }
}

function addresses(stack: SynthesizedStack): string[] {
  return [...stack.blocks.keys()].map((address) => `${stack.name} ${address}`);
}
