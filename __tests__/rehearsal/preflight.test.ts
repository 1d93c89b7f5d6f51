import type { Lab } from "../../lab";
import type { LabSite } from "../../lab/site";
import { buildingMilliseconds, clusterFile, rehearsing, stand, type Standing } from "./stand/standing";
import { wordsOf } from "./stand/words";

interface Disturbance {
  readonly disturb: (lab: Lab, site: OpenSite) => Promise<void> | void;
  readonly restore: (lab: Lab, site: OpenSite) => Promise<void> | void;
  readonly says: string;
}

/** OpenSite is the lab's site, in a test's hands while it stands. */
type OpenSite = ReturnType<typeof opened>;

const disturbances: Readonly<Record<string, Disturbance>> = {
  "a host that Proxmox does not have": {
    disturb: (_, site) => void site.hosts.splice(1, 1),
    restore: (_, site) => void site.hosts.push({ name: "pve2", address: "192.168.0.12" }),
    says: "proxmox.hosts: Proxmox at https://192.168.0.10:8006/ has no host pve2; it has pve1. Fix: use Proxmox's own host names in proxmox.hosts of cluster.ts.",
  },
  "a host that is off": {
    disturb: ({ proxmox }) => proxmox.hand.hostDown("pve2"),
    restore: ({ proxmox }) => proxmox.hand.hostUp("pve2"),
    says: "proxmox.hosts: pve2 is not online. Fix: bring the host back, or move its nodes to another host in cluster.ts.",
  },
  "a storage that a host does not have": {
    disturb: (_, site) => void (storage(site, "local-lvm").id = "ssd"),
    restore: (_, site) => void (storage(site, "ssd").id = "local-lvm"),
    says: 'proxmox.disks: pve2 has no storage "local-lvm"; it has library, local, ssd. Fix: name one of these in cluster.ts, or in Proxmox add pve2 to the storage\'s nodes.',
  },
  "a disk storage that takes no images": {
    disturb: (_, site) => void (storage(site, "local-lvm").content = ["rootdir"]),
    restore: (_, site) => void (storage(site, "local-lvm").content = ["rootdir", "images"]),
    says: 'proxmox.disks: storage "local-lvm" on pve1 does not take images. Fix: Datacenter > Storage > local-lvm > Content, add images (pvesm set local-lvm --content <its list>,images), or name another storage in cluster.ts.',
  },
  "an image storage that takes no imports": {
    disturb: (_, site) => void (storage(site, "library").content = ["iso"]),
    restore: (_, site) => void (storage(site, "library").content = ["iso", "import"]),
    says: 'proxmox.images: storage "library" on pve1 does not take import. Fix: Datacenter > Storage > library > Content, add import (pvesm set library --content <its list>,import), or name another storage in cluster.ts.',
  },
  "a snippet storage that takes no snippets": {
    disturb: (_, site) => void (storage(site, "local").content = ["vztmpl"]),
    restore: (_, site) => void (storage(site, "local").content = ["snippets"]),
    says: 'proxmox.snippets: storage "local" on pve1 does not take snippets. Fix: Datacenter > Storage > local > Content, add snippets (pvesm set local --content <its list>,snippets), or name another storage in cluster.ts.',
  },
  "a storage that is shared, and each host's own in cluster.ts": {
    disturb: (_, site) => void (storage(site, "local-lvm").shared = true),
    restore: (_, site) => void (storage(site, "local-lvm").shared = false),
    says: 'proxmox.disks: storage "local-lvm" on pve1 is shared in Proxmox, cluster.ts says otherwise. Fix: list it in proxmox.sharedStorage instead of under the hosts\' storage.',
  },
  "somebody else's VM with a node's id": {
    disturb: ({ proxmox }) => proxmox.hand.addVm({ id: 1032, host: "pve1", name: "nas" }),
    restore: ({ proxmox }) => proxmox.hand.deleteVm(1032),
    says: "proxmox.vmIds: VM 1032 is already another VM, nas on pve1. Fix: choose another range with proxmox.vmIds in cluster.ts, or remove that VM.",
  },
  "somebody else's VM with a template's id": {
    disturb: ({ proxmox }) => proxmox.hand.addVm({ id: 9011, host: "pve2", name: "golden" }),
    restore: ({ proxmox }) => proxmox.hand.deleteVm(9011),
    says: "proxmox.vmIds: VM 9011 is already another VM, golden on pve2. Fix: choose another range with proxmox.vmIds in cluster.ts, or remove that VM.",
  },
  "somebody else's pool with the name of ours": {
    disturb: ({ proxmox }) => proxmox.hand.addPool("small", "invoices"),
    restore: ({ proxmox }) => proxmox.hand.deletePool("small"),
    says: 'proxmox.pool: "small" is already another pool, with the comment "invoices". Fix: choose another name with proxmox.pool in cluster.ts. If it is this cluster\'s: pveum pool modify small --comment "Slipway cluster small".',
  },
};

rehearsing("what only Proxmox knows", () => {
  let site: OpenSite;
  let standing: Standing;

  beforeAll(async () => {
    standing = await stand(clusterFile("two-workers"), { site: (original) => (site = opened(original)) });
    await standing.terraform("small-identity", "init", "-input=false");
    await standing.terraform("small-identity", "apply", "-input=false", "-auto-approve");
    await standing.terraform("small-machines", "init", "-input=false");
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test.each(Object.entries(disturbances))("refuses %s, and changes nothing", async (_, disturbance) => {
    await disturbance.disturb(standing.lab, site);
    const planned = await standing.terraform("small-machines", "plan", "-input=false", "-no-color");
    await disturbance.restore(standing.lab, site);
    expect(wordsOf(planned.output)).toContain(disturbance.says);
    expect(planned.code).toBe(1);
    expectUntouched(standing.lab);
  });

  test("refuses to deploy too, and changes nothing", async () => {
    await standing.lab.proxmox.hand.hostDown("pve2");
    await expect(standing.deploy()).rejects.toThrow("cdktf deploy * --skip-synth failed");
    await standing.lab.proxmox.hand.hostUp("pve2");
    expectUntouched(standing.lab);
  });

  test("takes the same site undisturbed, and its own VMs in the next plan", async () => {
    await standing.deploy();
    expect(await standing.program.plan()).toEqual([]);
  });
});

function expectUntouched({ proxmox }: Lab): void {
  expect(proxmox.requests.filter(({ method }) => method !== "GET")).toEqual([]);
  expect(proxmox.isEmpty()).toEqual({ empty: true, left: [] });
}

function storage(site: OpenSite, id: string): OpenSite["storages"][number] {
  const found = site.storages.find((candidate) => candidate.id === id);
  if (found === undefined) throw new Error(`the site has no storage ${id}`);
  return found;
}

function opened(site: LabSite) {
  return { ...site, hosts: [...site.hosts], storages: site.storages.map((one) => ({ ...one })) };
}
