import { home } from "../home";

export default {
  ...home,
  proxmox: { ...home.proxmox, hosts: { "pve1.home.arpa": home.proxmox.hosts.pve1 } },
  servers: { ...home.servers, on: ["pve1.home.arpa"] },
  workers: { ...home.workers, on: ["pve1.home.arpa"] },
};
