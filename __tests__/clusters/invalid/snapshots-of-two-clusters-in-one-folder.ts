import { lab } from "../home";
import { optioned } from "../optioned";

const { etcd } = optioned.servers;

export default [
  optioned,
  { ...lab, proxmox: { ...lab.proxmox, overcommit: 2 }, servers: { ...lab.servers, etcd } },
];
