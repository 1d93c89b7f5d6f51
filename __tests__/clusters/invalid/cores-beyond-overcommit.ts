import { home } from "../home";

export default {
  ...home,
  proxmox: { ...home.proxmox, overcommit: 1.25 },
  servers: { ...home.servers, cores: 8 },
  workers: { ...home.workers, cores: 8 },
};
