import { fillSecrets } from "../../cloud-init/secrets";
import { serverUserData } from "../../cloud-init/server";
import { type Block, blockAt, modelOf, stackNamed, type SynthesizedStack, synthesize } from "./synthesized";

const home = modelOf("cluster.ts");
const machines = stackNamed(synthesize(home), "home-machines");
const ha = stackNamed(synthesize(modelOf("examples/ha.ts")), "ha-machines");

describe("order", () => {
  it("each server waits for the gate of the one before", () => {
    expect(dependenciesOf(ha, "server-1")).not.toContainEqual(expect.stringMatching(/^null_resource\./));
    expect(dependenciesOf(ha, "server-2")).toContainEqual(
      expect.stringMatching(/^null_resource\.server-1_ready_/),
    );
    expect(dependenciesOf(ha, "server-3")).toContainEqual(
      expect.stringMatching(/^null_resource\.server-2_ready_/),
    );
  });

  it.each(["worker-1", "worker-2", "worker-3"])(
    "%s waits for the first server's gate and no other",
    (worker) => {
      const gates = dependenciesOf(ha, worker).filter((address) => address.startsWith("null_resource."));
      expect(gates).toEqual([expect.stringMatching(/^null_resource\.server-1_ready_/)]);
    },
  );

  it("everything that changes Proxmox comes after the check of the credential's privileges", () => {
    const gate = [...machines.blocks.keys()].find((address) => address.includes("preflight_privileges"));
    expect(blockAt(machines, "proxmox_virtual_environment_pool.pool")["depends_on"]).toEqual([gate]);
    for (const [address, block] of machines.blocks) {
      if (!/^proxmox_/.test(address) || address.endsWith("_pool.pool")) continue;
      expect([address, reaches(machines, block, "proxmox_virtual_environment_pool.pool")]).toEqual([
        address,
        true,
      ]);
    }
  });
});

describe("a running machine", () => {
  it("names its snippets by text, so that an edited snippet does not replace it", () => {
    const worker = blockAt(machines, "proxmox_virtual_environment_vm.worker-1");
    expect(JSON.stringify(worker["initialization"])).not.toContain("${");
    expect(worker["initialization"]).toMatchObject({
      user_data_file_id: "local:snippets/home-worker-1-user-data.yaml",
      meta_data_file_id: "local:snippets/home-worker-1-meta-data.yaml",
      network_data_file_id: "local:snippets/home-worker-1-network-config.yaml",
    });
  });

  it("has a network device with all eleven keys", () => {
    const [device] = blockAt(machines, "proxmox_virtual_environment_vm.worker-1")[
      "network_device"
    ] as Block[];
    expect(Object.keys(device ?? {}).sort()).toEqual([
      "bridge",
      "disconnected",
      "enabled",
      "firewall",
      "mac_address",
      "model",
      "mtu",
      "queues",
      "rate_limit",
      "trunks",
      "vlan_id",
    ]);
  });
});

describe("a template", () => {
  it.each(["template-pve1", "template-pve2"])(
    "%s has no cloud-init of its own and is never started",
    (id) => {
      const template = blockAt(machines, `proxmox_virtual_environment_vm.${id}`);
      expect(template).toMatchObject({ template: true, started: false });
      expect(template).not.toHaveProperty("initialization");
      expect(template).not.toHaveProperty("cdrom");
    },
  );

  it("is one for all hosts when the disk store is shared, and cloned by each of them", () => {
    const shared = stackNamed(synthesize(modelOf("examples/shared-storage.ts")), "shared-machines");
    const templates = [...shared.blocks].filter(([, block]) => block["template"] === true);
    expect(templates).toHaveLength(1);
    const sources = [...shared.blocks.values()].flatMap((block) => (block["clone"] ? [block["clone"]] : []));
    expect(new Set(sources.map((clone) => JSON.stringify(clone))).size).toBe(1);
  });
});

describe("text that Terraform would read as its own", () => {
  it("a snippet is the rendered document, its secrets filled in and everything else literal", () => {
    const [cluster] = home.clusters;
    const [server] = cluster?.servers ?? [];
    if (!cluster || !server) throw new Error("cluster.ts has no server");
    const [, file] =
      [...machines.blocks].find(([address]) => address.includes("server-1_cloud-init_user-data")) ?? [];
    const { data } = file?.["source_raw"] as { data: string };
    const filled = data.replace(/\$\{base64encode\(sensitive\(.*?\)\)\}/g, "SECRET");
    expect(filled.replaceAll("$${", "${").replaceAll("%%{", "%{")).toBe(
      fillSecrets(serverUserData(cluster, server), () => "SECRET"),
    );
    expect(filled).not.toMatch(/(?<!\$)\$\{|(?<!%)%\{/);
  });
});

describe("protect", () => {
  const unprotected = synthesize({
    clusters: home.clusters.map((cluster) => ({ ...cluster, protect: false })),
  });

  it("keeps servers, authorities and tokens from being destroyed, not workers and what renews", () => {
    const kept = synthesize(home).flatMap(({ blocks }) =>
      [...blocks].filter(([, block]) => JSON.stringify(block["lifecycle"] ?? {}).includes("prevent_destroy")),
    );
    expect(kept.map(([address]) => address).sort()).toEqual([
      "proxmox_virtual_environment_vm.server-1",
      "random_password.agent-token",
      "random_password.server-token",
      expect.stringMatching(/^tls_private_key\.client-ca_key/),
      expect.stringMatching(/^tls_private_key\.etcd-peer-ca_key/),
      expect.stringMatching(/^tls_private_key\.etcd-server-ca_key/),
      expect.stringMatching(/^tls_private_key\.request-header-ca_key/),
      expect.stringMatching(/^tls_private_key\.server-ca_key/),
      "tls_private_key.service-account",
      "tls_self_signed_cert.client-ca",
      "tls_self_signed_cert.etcd-peer-ca",
      "tls_self_signed_cert.etcd-server-ca",
      "tls_self_signed_cert.request-header-ca",
      "tls_self_signed_cert.server-ca",
    ]);
  });

  it("is the only thing that `protect: false` takes away", () => {
    const without = (stack: SynthesizedStack): string =>
      stack.text.replace(/"prevent_destroy": (true|false)/g, "");
    for (const stack of unprotected) expect(stack.text).not.toContain('"prevent_destroy": true');
    expect(unprotected.map((stack) => [...stack.blocks.keys()])).toEqual(
      synthesize(home).map((stack) => [...stack.blocks.keys()]),
    );
    expect(without(stackNamed(unprotected, "home-identity"))).toBe(
      without(stackNamed(synthesize(home), "home-identity")),
    );
  });
});

function dependenciesOf(stack: SynthesizedStack, node: string): readonly string[] {
  return blockAt(stack, `proxmox_virtual_environment_vm.${node}`)["depends_on"] as readonly string[];
}

/** reaches: following depends_on from block leads to address. */
function reaches(stack: SynthesizedStack, block: Block, address: string): boolean {
  const next = (block["depends_on"] ?? []) as readonly string[];
  return next.includes(address) || next.some((other) => reaches(stack, blockAt(stack, other), address));
}
