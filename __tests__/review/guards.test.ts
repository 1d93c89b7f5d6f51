import { judge } from "../../review/guards";
import { changing, planOf } from "./plans";

test("refuses to go over a minor where nodes are upgraded by hand, told by what new ones begin with", () => {
  const userData = (version: string) => ({
    source_raw: [{ data: `#cloud-config\n  VERSION=${version}\n`, file_name: "worker-1.yaml" }],
  });
  const change = changing("proxmox_virtual_environment_file", "worker-1_cloud-init_user-data_0A", {
    before: userData("v1.35.7+rke2r1"),
    after: userData("v1.37.0+rke2r1"),
  });
  expect(judge([planOf([change])])).toEqual([expect.objectContaining({ guard: "version-jump" })]);
});

test("refuses to take Longhorn away, and a claim", () => {
  const claim = { manifest: { kind: "PersistentVolumeClaim", metadata: { name: "scratch" } } };
  const plan = planOf([
    changing("helm_release", "longhorn", { before: { version: "1.10.0" } }),
    changing("kubernetes_manifest", "service-notes_persistentvolumeclaim_0A", { before: claim }),
  ]);
  expect(judge([plan]).map(({ guard, found }) => `${guard}: ${found}`)).toEqual([
    "disks: every volume on Longhorn and volume scratch would be destroyed",
  ]);
});

test("refuses to take a disk from a machine that stays", () => {
  const disks = (...interfaces: string[]) => ({
    tags: ["agent"],
    disk: interfaces.map((name) => ({ interface: name })),
  });
  const change = changing("proxmox_virtual_environment_vm", "worker-1", {
    before: disks("scsi0", "scsi1"),
    after: disks("scsi0"),
  });
  expect(judge([planOf([change])])).toEqual([
    expect.objectContaining({ guard: "disks", found: "disk scsi1 of worker-1 would be destroyed" }),
  ]);
});

test("refuses to make the only server again", () => {
  const server = { tags: ["server"], node_name: "pve1" };
  const change = changing(
    "proxmox_virtual_environment_vm",
    "server-1",
    { before: server, after: server },
    "replace",
  );
  expect(judge([planOf([change])])).toEqual([
    expect.objectContaining({ guard: "quorum", found: "server-1 is the only server, and etcd ends with it" }),
  ]);
});
