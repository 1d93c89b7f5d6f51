import { home } from "../home";

const hosts: { pve9?: { address: string } } = {};
if (hosts.pve9 === undefined) throw new TypeError("pve9 is not declared");

export default home;
