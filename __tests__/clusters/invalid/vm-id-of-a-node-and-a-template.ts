import { home } from "../home";

export default { ...home, proxmox: { ...home.proxmox, vmIds: { nodes: 8980 } } };
