import { home, lab } from "../home";

export default [
  home,
  {
    ...lab,
    proxmox: {
      ...lab.proxmox,
      hosts: { ...home.proxmox.hosts, pve2: { ...home.proxmox.hosts.pve2, memory: "32 GiB" } },
    },
  },
];
