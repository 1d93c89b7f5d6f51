import { lab } from "../home";
import { optioned } from "../optioned";

export default [
  optioned,
  {
    ...lab,
    proxmox: { ...lab.proxmox, overcommit: 2 },
    api: {
      address: "192.168.0.77",
      through: "haproxy",
      loadBalancers: { first: "192.168.0.118", on: ["pve1", "pve2"] },
    },
    network: { ...lab.network, dhcp: "192.168.0.50-192.168.0.70" },
  },
];
