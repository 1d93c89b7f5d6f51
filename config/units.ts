/** MiB and GiB are whole numbers of binary units; Proxmox takes memory in MiB and disks in GiB. */
export type MiB = number & { readonly unit: "MiB" };
export type GiB = number & { readonly unit: "GiB" };
