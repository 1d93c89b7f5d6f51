import { home } from "../home";

export default { ...home, proxmox: { ...home.proxmox, bridge: "vm bridge" } };
