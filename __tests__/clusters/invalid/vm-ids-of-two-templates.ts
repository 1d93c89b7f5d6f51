import { home } from "../home";

export default {
  ...home,
  proxmox: {
    ...home.proxmox,
    hosts: { ...home.proxmox.hosts, pve2: { ...home.proxmox.hosts.pve2, address: "10.0.0.11" } },
  },
};
