export type { DhcpOptions } from "./dhcp";
export type { ClusterView, Inspection, MachineView } from "./inspection";
export { createMachineRoom, type GuestRoom, type MachineRoomOptions } from "./room";
