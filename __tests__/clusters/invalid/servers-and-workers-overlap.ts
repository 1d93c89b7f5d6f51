import { home } from "../home";

export default {
  ...home,
  servers: { ...home.servers, count: 3, on: ["pve1", "pve2", "pve3"], first: "192.168.0.29" },
  proxmox: {
    ...home.proxmox,
    hosts: { ...home.proxmox.hosts, pve3: { ...home.proxmox.hosts.pve2, address: "192.168.0.13" } },
  },
};
