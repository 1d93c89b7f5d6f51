import { home } from "../home";

export default { ...home, proxmox: { ...home.proxmox, sharedStorage: { "local-lvm": "4 TiB" } } };
