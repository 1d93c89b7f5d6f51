/** LabSite is what the lab stands up: hosts, storages and one API token, as a real installation would have them. */
export interface LabSite {
  /** endpoint, the https URL at which the API answers; its host is one more name of the first host. */
  readonly endpoint: string;
  readonly hosts: readonly LabHost[];
  readonly storages: readonly LabStorage[];
  readonly bridges: readonly string[];
}

export interface LabHost {
  readonly name: string;
  readonly address: string;
}

export interface LabStorage {
  readonly id: string;
  readonly type: "lvmthin" | "dir" | "zfspool" | "nfs" | "rbd";
  /** shared: one set of volumes, seen by every host. */
  readonly shared: boolean;
  readonly content: readonly ("images" | "rootdir" | "import" | "iso" | "vztmpl" | "snippets" | "backup")[];
  readonly bytes: number;
}
