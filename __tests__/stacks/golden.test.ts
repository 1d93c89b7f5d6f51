import { basename } from "node:path";
import { expectGolden } from "../golden-file";
import { constructTree } from "./construct-tree";
import { type Block, modelOf, stackNamed, type SynthesizedStack, synthesize } from "./synthesized";

const examples = [
  "cluster.ts",
  "examples/ha.ts",
  "examples/ha-haproxy.ts",
  "examples/iso.ts",
  "examples/shared-storage.ts",
  "examples/two-clusters.ts",
  "examples/hello.ts",
  "examples/two-sites.ts",
  "examples/canary.ts",
  "examples/node-port.ts",
  "examples/external-api.ts",
  "examples/edge.ts",
  "examples/air-gap.ts",
  "examples/hardened.ts",
];

describe.each(examples)("%s", (file) => {
  const model = modelOf(file);
  const stacks = synthesize(model);
  const folder = basename(file, ".ts");

  it("has these plan addresses and no other", () => {
    expectGolden(`${folder}/inventory.txt`, stacks.map(inventoryOf).join("\n"));
  });

  it("is built of these constructs", () => {
    expectGolden(`${folder}/tree.txt`, constructTree(model));
  });
});

describe("one of each, as Terraform is told about it", () => {
  const home = stackNamed(synthesize(modelOf("cluster.ts")), "home-machines");
  const iso = stackNamed(synthesize(modelOf("examples/iso.ts")), "iso-machines");

  it.each(["server-1", "worker-1", "template-pve1", "image-pve1", "pool"])("%s", (id) => {
    expectGolden(`cluster/${id}.tf.json`, blocksOf(home, id));
  });

  it("load-balancer-1", () => {
    const haproxy = stackNamed(synthesize(modelOf("examples/ha-haproxy.ts")), "ha-haproxy-machines");
    expectGolden("ha-haproxy/load-balancer-1.tf.json", blocksOf(haproxy, "load-balancer-1"));
  });

  it("what is asked of Proxmox before a change", () => {
    expectGolden("cluster/preflight.tf.json", blocksOf(home, "preflight"));
  });

  it("a template from an installer's ISO", () => {
    expectGolden("iso/template-pve1.tf.json", blocksOf(iso, "template-pve1"));
  });

  it.each(["home-platform", "home-network", "home-edge"])("%s", (name) => {
    const stack = stackNamed(synthesize(modelOf("cluster.ts")), name);
    expectGolden(`cluster/${name.replace("home-", "")}.tf.json`, jsonOf([...stack.blocks]));
  });

  it("a Secret whose value is nowhere", () => {
    const external = stackNamed(synthesize(modelOf("examples/external-api.ts")), "external-network");
    expectGolden("external-api/secret.tf.json", blocksOf(external, "secret-navi-key.*"));
    expect(external.text).toContain('"ephemeral": true');
  });

  it("a cluster's identity", () => {
    const identity = stackNamed(synthesize(modelOf("cluster.ts")), "home-identity");
    expectGolden("cluster/identity.tf.json", jsonOf([...identity.blocks]));
  });
});

function inventoryOf(stack: SynthesizedStack): string {
  return `${[stack.name, ...[...stack.blocks.keys()].sort().map((address) => `  ${address}`)].join("\n")}\n`;
}

/** blocksOf one construct: those whose name is id or begins with it. */
function blocksOf(stack: SynthesizedStack, id: string): string {
  return jsonOf([...stack.blocks].filter(([address]) => new RegExp(`\\.${id}(_|$)`).test(address)));
}

function jsonOf(blocks: readonly (readonly [string, Block])[]): string {
  return `${JSON.stringify(Object.fromEntries([...blocks].sort(byAddress)), shortened, 2)}\n`;
}

function byAddress([a]: readonly [string, Block], [b]: readonly [string, Block]): number {
  return a < b ? -1 : 1;
}

/** shortened: whole documents are golden under cloud-init/, and asset folders are named by their content. */
function shortened(key: string, value: unknown): unknown {
  if (typeof value !== "string") return value;
  if (key === "data") return `${value.split("\n").length} lines, see golden/cloud-init`;
  return value.replace(/assets\/[^/]+\/[0-9A-F]{32}\//, "assets/…/");
}
