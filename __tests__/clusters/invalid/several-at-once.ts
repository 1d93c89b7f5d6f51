import { home } from "../home";

/** One value that cannot be read and two that can: all are told, in the file's order. */
export default {
  ...home,
  proxmox: { ...home.proxmox, disks: "local-lmv" },
  servers: { ...home.servers, memory: "8 GB" },
  rke2: { version: "v1.36.5" },
};
