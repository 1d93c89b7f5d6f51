import { home } from "../home";

export default { ...home, proxmox: { ...home.proxmox, sharedStorage: { rbd: "250 GiB" }, disks: "rbd" } };
