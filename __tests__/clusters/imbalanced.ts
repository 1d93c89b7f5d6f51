import { home } from "./home";

/** Two of three servers on one host, whose cores are promised one and a half times, and the API at the first of them. */
export default {
  ...home,
  proxmox: { ...home.proxmox, overcommit: 1.75 },
  servers: { ...home.servers, count: 3, on: ["pve1", "pve2", "pve1"] },
  workers: { ...home.workers, count: 3, on: ["pve1"], cores: 5 },
  api: { address: "192.168.0.21", through: "first-server" },
} as const;
