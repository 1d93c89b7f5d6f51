import { home } from "../home";

export default { ...home, proxmox: { ...home.proxmox, vlan: 5000 } };
