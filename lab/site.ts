/** LabSite is what the lab stands up: hosts, storages and one API token, as a real installation would have them. */
export interface LabSite {
  /** endpoint, the https URL at which the API answers; its host is one more name of the first host. */
  readonly endpoint: string;
  readonly hosts: readonly LabHost[];
  readonly storages: readonly LabStorage[];
  readonly bridges: readonly string[];
  /** releases of RKE2 that the site keeps itself. @default none: machines ask the publisher */
  readonly releases?: readonly ReleaseFolder[];
  /** proxies over HTTP, by their URLs; with any, machines do not reach the outside directly. @default none */
  readonly proxies?: readonly string[];
  /** restartMilliseconds that a machine takes to start its services, when it is not for the first time. @default 0 */
  readonly restartMilliseconds?: number;
}

/** ReleaseFolder has one release's files at <from>/<version>/. */
export interface ReleaseFolder {
  /** from, a URL: https, http, or file for a folder of the template. */
  readonly from: string;
  readonly version: string;
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
