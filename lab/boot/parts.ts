import type { Part } from "../engine/part";
import type { Facts } from "./judge/facts";

/** partsOf a boot test: what was the real thing, by its own word, and what something else stood in for. */
export function partsOf(facts: readonly Facts[]): Part[] {
  const [first] = facts;
  const versions = new Map(facts.flatMap(({ versions: found }) => Object.entries(found)));
  const real = (name: string, version: string | undefined): Part[] =>
    version === undefined ? [] : [{ name, kind: "real", version }];
  return [
    ...real("kernel", first && `Linux ${first.kernel}`),
    ...real("systemd", versions.get("systemd")),
    ...real("cloud-init", versions.get("cloud-init")),
    ...real("haproxy", versions.get("haproxy")),
    ...real("keepalived", versions.get("keepalived")),
    ...real("documents, RKE2's config.yaml, scripts", "as an operator deploys them, all secrets filled in"),
    ...real("network", "an Ethernet of their own, TLS by the cluster's authorities"),
    ...real("guest agent", "qemu-guest-agent, spoken to as Proxmox does"),
    { name: "Ubuntu 24.04", kind: "stand-in", version: first?.system ?? "Debian" },
    { name: "packages", kind: "stand-in", version: "apt runs, but all of them lie on the disk already" },
    {
      name: "RKE2, Kubernetes, kube-vip",
      kind: "stand-in",
      version: "checks its configuration, plays 9345 and 6443",
    },
    {
      name: "Proxmox VE",
      kind: "stand-in",
      version: "QEMU with an emulated processor, the same cloud-init drive",
    },
  ];
}
