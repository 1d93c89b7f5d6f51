import type { Host } from "../../../config/model";
import { type Finding, note, ok, problem, unchecked } from "../finding";
import type { InterfaceRow } from "./proxmox/answers";

/** SshAnswer of one host. */
export type SshAnswer =
  | { readonly kind: "silent"; readonly says: string }
  /** other key than the one that known_hosts has for the host. */
  | { readonly kind: "other key" }
  | { readonly kind: "refused" }
  | {
      readonly kind: "in";
      readonly rights: "root" | "sudo" | "none";
      /** mayWrite snippets by sudo; absent = not asked. */
      readonly mayWrite?: boolean;
      readonly folder: FolderState;
    };

/** FolderState of the snippets' folder; one that may not be seen is unknown. */
export type FolderState = "there" | "missing" | "unknown";

/** Asked at one host. */
export interface SshAsked {
  readonly host: Pick<Host, "name" | "address">;
  /** address that the provider would speak to. */
  readonly address: string;
  /** folder of snippets; absent = Proxmox did not tell it. */
  readonly folder?: string;
  readonly username: string;
}

/**
 * sshAddress, as the provider finds it: the first interface with an address and a gateway, else the first with an
 * address. Source: bpg/terraform-provider-proxmox v0.111.1, fwprovider/provider.go
 */
export function sshAddress(network: readonly InterfaceRow[]): string | undefined {
  const sorted = network.toSorted((a, b) => a.priority - b.priority);
  const [found] = [
    ...sorted.filter(({ address, gateway }) => address !== undefined && gateway !== undefined),
    ...sorted.filter(({ address }) => address !== undefined),
  ];
  return found?.address;
}

/** sshFindings of one host: the login that snippets are written by, and the folder that they go to. */
export function sshFindings(asked: SshAsked, answer: SshAnswer): Finding[] {
  const { host, address } = asked;
  const moved =
    address === host.address
      ? []
      : [note(`the provider speaks SSH to ${host.name} at ${address}; cluster.ts says ${host.address}`)];
  if (answer.kind === "in") {
    const { rights } = answer;
    return [...moved, rightsFinding(asked, rights, answer.mayWrite), folderFinding(asked, answer.folder)];
  }
  return [
    ...moved,
    closed(asked, answer),
    unchecked(`the snippets' folder on ${host.name}`, "nobody could log in there"),
  ];
}

function closed({ host, address, username }: SshAsked, answer: Exclude<SshAnswer, { kind: "in" }>): Finding {
  switch (answer.kind) {
    case "silent":
      return problem("doctor/no-ssh", `proxmox.hosts.${host.name}`, {
        found: `no SSH at ${address}:22: ${answer.says}`,
        why: "cloud-init snippets are written over SSH: the API of Proxmox cannot",
        fix: `systemctl start ssh on ${host.name}, and let port 22 through from here`,
      });
    case "other key":
      return problem("doctor/ssh-host-key", `proxmox.hosts.${host.name}`, {
        found: `${address} shows another host key than the one in ~/.ssh/known_hosts`,
        why: "the provider does not log in then: it may be another machine",
        fix: `if ${host.name} was installed again: ssh-keygen -R ${address}`,
      });
    case "refused":
      return problem("doctor/ssh-login", "PROXMOX_VE_SSH_USERNAME", {
        found: `${host.name} refuses the login of ${username}`,
        why: "cloud-init snippets are written by it",
        fix: `put its public key into ~${username}/.ssh/authorized_keys on ${host.name} (docs/how-to/proxmox-token.md)`,
      });
  }
}

function rightsFinding({ host, username, folder }: SshAsked, rights: string, mayWrite?: boolean): Finding {
  const login = `${host.name} takes the SSH login of ${username}`;
  if (rights === "root") return ok(login);
  const where = "PROXMOX_VE_SSH_USERNAME";
  const why = "the folder of snippets is root's";
  if (rights === "none") {
    return problem("doctor/ssh-sudo", where, {
      found: `${login}, and gives it no sudo without a password`,
      why,
      fix: `write /etc/sudoers.d/${username} on ${host.name} (docs/how-to/proxmox-token.md)`,
    });
  }
  if (mayWrite === false) {
    return problem("doctor/ssh-sudo", where, {
      found: `${login}, and its sudo lets it write no file in ${folder ?? "the folder of snippets"}`,
      why,
      fix: `add to /etc/sudoers.d/${username} on ${host.name}: ${username} ALL=(root) NOPASSWD: /usr/bin/tee ${folder ?? ""}/*`,
    });
  }
  return ok(`${login}, with sudo`);
}

function folderFinding({ host, folder }: SshAsked, state: FolderState): Finding {
  if (folder === undefined)
    return unchecked(`the snippets' folder on ${host.name}`, "Proxmox did not tell of a store for them");
  if (state === "unknown")
    return unchecked(`the snippets' folder on ${host.name}`, `the login may not look at ${folder}`);
  if (state === "there") return ok(`${host.name} has ${folder}`);
  return problem("doctor/no-snippets-folder", "proxmox.snippets", {
    found: `${host.name} has no folder ${folder}`,
    why: "Proxmox does not make it, nor does the provider",
    fix: `mkdir -p ${folder} on ${host.name}`,
  });
}
