import { home, lab } from "../home";

export default [
  { ...home, proxmox: { ...home.proxmox, overcommit: 3 } },
  { ...lab, proxmox: { ...lab.proxmox, overcommit: 2 } },
];
