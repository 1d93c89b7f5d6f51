export type { Accounts, ApiToken, Grant, SshAccount } from "./access/accounts";
export type { KnownDownload } from "./cluster";
export type { Fault, RequestMatch } from "./faults";
export type { ForeignVm, OperatorsHand } from "./hand";
export type { RecordedRequest } from "./request-log";
export type { SshCommand } from "./ssh/ssh-host";
export { type ProxmoxLab, type ProxmoxOptions, startProxmox } from "./start-proxmox";
export type { LabState, VmState, VolumeState } from "./state";
export type { TaskFault } from "./tasks/tasks";
