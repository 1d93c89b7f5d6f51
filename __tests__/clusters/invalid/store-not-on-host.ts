import { home } from "../home";

export default {
  ...home,
  proxmox: {
    ...home.proxmox,
    hosts: { ...home.proxmox.hosts, pve2: { ...home.proxmox.hosts.pve2, storage: { tank: "2 TiB" } } },
  },
};
