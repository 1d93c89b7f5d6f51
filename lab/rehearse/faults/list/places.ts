import type { Cure, Fault } from "../fault";
import type { Field } from "../field";
import { call, withoutTemplate } from "./requests";

const templateToo: Pick<Fault, "touches"> = { touches: (field) => [field.worker.vmId, field.template] };

/** places where things are put: storages, the snippet folder, SSH, hosts. */
export const places: readonly Fault[] = [
  ...[1, 300, 4000].map((bytes): Fault => ({
    name: `SSH is cut after ${bytes} bytes of an upload`,
    phase: "change",
    inject: (field) => {
      field.hand.cutNextUpload(field.workersHost, bytes);
      return undefined;
    },
    says: /failed to upload file|EOF|exited without exit status|remote command/,
  })),
  {
    name: "SSH is refused",
    phase: "change",
    inject: (field) => {
      const host = field.workersHost;
      field.hand.closeSsh(host);
      return () => field.hand.openSsh(host);
    },
    says: /failed to (dial|open SSH)|unable to authenticate|SSH|ssh/,
  },
  {
    name: "the folder for snippets is gone",
    phase: "change",
    inject: (field) => {
      const host = field.workersHost;
      field.hand.removeSnippetFolder("local", host);
      return () => field.hand.makeSnippetFolder("local", host);
    },
    says: /snippets.*No such file or directory/,
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
    name: "the storage for images is full",
    phase: "deploy",
    inject: async (field) => {
      await withoutTemplate(field);
      return full("library")(field);
    },
    says: /No space left on device/,
    ...templateToo,
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
    says: /595.*No route to host/,
    shortened: { retries: 1 },
  },
  {
    name: "the host was rebooted, and its machine is off",
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
