import { home } from "../home";

export default {
  ...home,
  proxmox: {
    ...home.proxmox,
    hosts: { ...home.proxmox.hosts, pve2: { ...home.proxmox.hosts.pve2, templateId: 9511 } },
  },
  template: { iso: "ubuntu-24.04" },
};
