import { home } from "../home";

export default { ...home, proxmox: { ...home.proxmox, pool: "home lab" } };
