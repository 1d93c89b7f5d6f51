/** VERSION of Proxmox VE that the lab plays. */
export const VERSION = { version: "9.2.3", release: "9.2", repoid: "8e6fd8bd4b8ed1ab" } as const;
