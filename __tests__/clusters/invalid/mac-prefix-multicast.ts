import { home } from "../home";

export default { ...home, proxmox: { ...home.proxmox, macPrefix: "01:24:11" } };
