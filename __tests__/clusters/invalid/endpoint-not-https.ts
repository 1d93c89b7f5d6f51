import { home } from "../home";

export default { ...home, proxmox: { ...home.proxmox, endpoint: "http://192.168.0.10:8006/" } };
