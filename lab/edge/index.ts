export type { EdgeAccount, EdgeHand, HostKind, LabEdge, ServedSite } from "./contract";
export { type EdgeOptions, startLabEdge } from "./start-edge";
export { startEdges } from "./edges";
