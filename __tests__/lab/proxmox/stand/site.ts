import { deployRole } from "../../../../lab/credentials";
import type { LabSite } from "../../../../lab/site";
import type { Accounts } from "../../../../lab/proxmox";

export const GIB = 1024 ** 3;

export const TOKEN = { id: "terraform@pve!slipway", secret: "11111111-2222-3333-4444-555555555555" };

export const IMAGE = "https://cloud-images.example.org/noble/noble-server-cloudimg-amd64.img";

/** trialSite: three hosts, local and shared storages. */
export const trialSite: LabSite = {
  endpoint: "https://pve.example.org:8006/",
  hosts: [
    { name: "pve1", address: "192.168.0.11" },
    { name: "pve2", address: "192.168.0.12" },
    { name: "pve3", address: "192.168.0.13" },
  ],
  storages: [
    {
      id: "local",
      type: "dir",
      shared: false,
      content: ["import", "iso", "vztmpl", "snippets"],
      bytes: 100 * GIB,
    },
    { id: "local-lvm", type: "lvmthin", shared: false, content: ["images", "rootdir"], bytes: 500 * GIB },
    { id: "tank", type: "zfspool", shared: false, content: ["images"], bytes: 500 * GIB },
    {
      id: "nas",
      type: "nfs",
      shared: true,
      content: ["images", "import", "iso", "snippets"],
      bytes: 900 * GIB,
    },
    { id: "ceph", type: "rbd", shared: true, content: ["images"], bytes: 900 * GIB },
  ],
  bridges: ["vmbr0", "vmbr1"],
};

/** PRIVILEGES of the role that a deploy needs, and those of routes that only these tests ask. */
export const PRIVILEGES: readonly string[] = [
  ...deployRole,
  "Sys.Audit",
  "VM.GuestAgent.Audit",
  "VM.Migrate",
];

/** accounts: a token that may everything the program needs, at "/". */
export const accounts = (sshPublicKey = ""): Accounts => ({
  rootPassword: "correct horse",
  tokens: [{ ...TOKEN, grants: [{ path: "/", privileges: PRIVILEGES }] }],
  ssh: { user: "root", publicKeys: sshPublicKey === "" ? [] : [sshPublicKey] },
});
