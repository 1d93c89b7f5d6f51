import { home, lab } from "../home";

export default [home, { ...lab, proxmox: { ...home.proxmox, pool: "lab" } }];
