export type { LabAuthority, LabNetwork } from "./contract";
export { createLabAuthority } from "./lab-authority";
export { createLabNetwork } from "./lab-network";
