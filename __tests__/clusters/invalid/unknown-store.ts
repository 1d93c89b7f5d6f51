import { home } from "../home";

export default { ...home, proxmox: { ...home.proxmox, disks: "local-lmv" } };
