import { IMAGE } from "../../proxmox/stand/site";
import type { Resources } from "./workspace";

/** Block is the JSON of one resource or nested block. */
export type Block = Readonly<Record<string, unknown>>;

export const poolName = "home";

export const pool: Resources = {
  proxmox_virtual_environment_pool: { pool: { pool_id: poolName, comment: "Slipway cluster home" } },
};

/** image as the machines stack downloads it. */
export const image = (more: Block = {}): Resources => ({
  proxmox_download_file: {
    image: {
      content_type: "import",
      datastore_id: "local",
      file_name: "home-ubuntu-24.04.qcow2",
      node_name: "pve1",
      overwrite: false,
      upload_timeout: 3600,
      url: IMAGE,
      ...more,
    },
  },
});

/** machine, what every VM of the machines stack has in common. */
export const machine = (more: Block = {}): Block => ({
  agent: { enabled: true, wait_for_ip: { disabled: true } },
  boot_order: ["scsi0"],
  cpu: { cores: 2, type: "x86-64-v2-AES" },
  memory: { dedicated: 2048 },
  node_name: "pve1",
  on_boot: false,
  operating_system: { type: "l26" },
  scsi_hardware: "virtio-scsi-single",
  serial_device: [{ device: "socket" }],
  stop_on_destroy: true,
  ...more,
});

export const systemDisk = (more: Block = {}): Block => ({
  datastore_id: "local-lvm",
  discard: "on",
  interface: "scsi0",
  iothread: true,
  size: 8,
  ssd: true,
  ...more,
});

/** networkDevice with all eleven keys. */
export const networkDevice = {
  bridge: "vmbr0",
  disconnected: false,
  enabled: true,
  firewall: false,
  mac_address: "02:24:11:A8:00:1F",
  model: "virtio",
  mtu: 0,
  queues: 0,
  rate_limit: 0,
  trunks: "",
  vlan_id: 0,
};

/** vms by name, as `resource`. */
export const vms = (machines: Readonly<Record<string, Block>>): Resources => ({
  proxmox_virtual_environment_vm: machines,
});

/** template made of the downloaded image. */
export const template = (more: Block = {}): Block =>
  machine({
    depends_on: ["proxmox_download_file.image"],
    disk: [systemDisk({ import_from: "${proxmox_download_file.image.id}" })],
    name: "home-template-pve1",
    started: false,
    tags: ["slipway-home", "template"],
    template: true,
    vm_id: 9011,
    ...more,
  });

/** node cloned from that template, without cloud-init. */
export const node = (more: Block = {}): Block =>
  machine({
    clone: { full: true, node_name: "pve1", retries: 3, vm_id: 9011 },
    depends_on: ["proxmox_virtual_environment_vm.template"],
    disk: [systemDisk({ size: 80 })],
    name: "home-worker-1",
    network_device: [networkDevice],
    on_boot: true,
    tags: ["agent", "slipway-home"],
    vm_id: 1031,
    ...more,
  });

/** snippet on pve1. */
export const snippet = (fileName: string, data: string, more: Block = {}): Block => ({
  content_type: "snippets",
  datastore_id: "local",
  node_name: "pve1",
  source_raw: { data, file_name: fileName },
  ...more,
});

export const snippets = (files: Readonly<Record<string, Block>>): Resources => ({
  proxmox_virtual_environment_file: files,
});
