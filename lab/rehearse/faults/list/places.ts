import type { Cure, Fault } from "../fault";
import type { Field } from "../field";
import { call } from "./requests";

/** places where things are put: storages, the snippet folder, SSH, hosts. */
export const places: readonly Fault[] = [
  {
    name: "SSH is cut after 4000 bytes of an upload",
    phase: "change",
    inject: (field) => {
      field.hand.cutNextUpload(field.workersHost, 4000);
      return undefined;
    },
    says: /remote command exited without exit status/,
  },
  {
    name: "SSH is refused",
    phase: "change",
    inject: (field) => {
      const host = field.workersHost;
      field.hand.closeSsh(host);
      return () => field.hand.openSsh(host);
    },
    says: /unable to authenticate user "slipway" over SSH to "192\.168\.0\.12:22"/,
  },
  {
    name: "the folder for snippets is gone",
    phase: "change",
    inject: (field) => {
      const host = field.workersHost;
      field.hand.removeSnippetFolder("local", host);
      return () => field.hand.makeSnippetFolder("local", host);
    },
    says: /\/snippets\/[\w.-]+: No such file or directory/,
  },
  {
    name: "the storage for snippets is full",
    phase: "change",
    inject: full("local"),
    says: /No space left on device/,
  },
  {
    name: "the storage for disks is full",
    phase: "deploy",
    inject: full("local-lvm"),
    says: /free space in thin pool/,
  },
  {
    name: "the host is off",
    phase: "deploy",
    inject: (field) => off(field),
    says: /proxmox\.hosts: pve2 is not online\. Fix: bring the host back/,
  },
  {
    name: "the host goes off while it clones",
    phase: "deploy",
    inject: (field) => {
      const host = field.workersHost;
      field.hand.fail(call.clone(field), {
        kind: "meanwhile",
        when: "before",
        act: () => field.hand.hostDown(host),
      });
      return () => field.hand.hostUp(host);
    },
    says: /HTTP 595 response - Reason: No route to host/,
    shortened: { retries: 1 },
  },
  {
    name: "the host was rebooted",
    phase: "change",
    inject: async (field) => {
      const cure = await off(field);
      await cure?.();
      return undefined;
    },
  },
  {
    name: "Proxmox has lost its quorum",
    phase: "deploy",
    inject: (field) => {
      field.hand.loseQuorum();
      return () => field.hand.regainQuorum();
    },
    says: /cluster not ready - no quorum\?/,
    shortened: { retries: 1 },
  },
];

function full(storage: string): (field: Field) => Cure {
  return (field) => {
    field.hand.fillStorage(storage);
    return () => field.hand.freeStorage(storage);
  };
}

async function off(field: Field): Promise<Cure> {
  const host = field.workersHost;
  await field.hand.hostDown(host);
  return () => field.hand.hostUp(host);
}
