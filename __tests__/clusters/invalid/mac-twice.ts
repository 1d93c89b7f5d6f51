import { home, lab } from "../home";

export default [
  home,
  {
    ...lab,
    proxmox: { ...lab.proxmox, vmIds: { templates: 9100, nodes: 2000 } },
    network: {
      ...lab.network,
      nodes: "10.168.0.0/24",
      gateway: "10.168.0.1",
      dns: ["10.168.0.1"],
      dhcp: "10.168.0.50-10.168.0.99",
    },
    servers: { ...lab.servers, first: "10.168.0.31" },
    workers: { ...lab.workers, first: "10.168.0.131" },
    api: { ...lab.api, address: "10.168.0.20" },
    loadBalancer: { addresses: "10.168.0.240-10.168.0.250" },
    ingress: { ...lab.ingress, address: "10.168.0.240" },
  },
];
