/** PRIVILEGES of Proxmox VE 9; a grant naming another one is refused when the lab starts. */
export const PRIVILEGES: ReadonlySet<string> = new Set(
  [
    "Datastore.Allocate Datastore.AllocateSpace Datastore.AllocateTemplate Datastore.Audit",
    "Group.Allocate Mapping.Audit Mapping.Modify Mapping.Use Permissions.Modify Pool.Allocate Pool.Audit",
    "Realm.Allocate Realm.AllocateUser SDN.Allocate SDN.Audit SDN.Use",
    "Sys.AccessNetwork Sys.Audit Sys.Console Sys.Incoming Sys.Modify Sys.PowerMgmt Sys.Syslog User.Modify",
    "VM.Allocate VM.Audit VM.Backup VM.Clone VM.Console VM.Migrate VM.PowerMgmt VM.Replicate",
    "VM.Config.CDROM VM.Config.CPU VM.Config.Cloudinit VM.Config.Disk VM.Config.HWType VM.Config.Memory",
    "VM.Config.Network VM.Config.Options VM.Snapshot VM.Snapshot.Rollback",
    "VM.GuestAgent.Audit VM.GuestAgent.FileRead VM.GuestAgent.FileSystemMgmt VM.GuestAgent.FileWrite VM.GuestAgent.Unrestricted",
  ].flatMap((line) => line.split(" ")),
);
