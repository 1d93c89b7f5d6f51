import { home, lab } from "../home";

export default [home, { ...lab, proxmox: { ...lab.proxmox, pool: "home" } }];
