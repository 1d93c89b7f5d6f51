import { randomUUID } from "node:crypto";
import { utils } from "ssh2";
import type { EdgeAccount } from "./edge";
import type { Accounts } from "./proxmox";

/** Credentials of a site: what its hosts know, and the environment of whoever may use them. */
export interface Credentials {
  readonly accounts: Accounts;
  /** edge, the login at the proxies in front. */
  readonly edge: EdgeAccount;
  readonly environment: Readonly<Record<string, string>>;
}

/**
 * freshCredentials are a token with the role that docs/how-to/proxmox-token.md describes, an SSH user with sudo, and the
 * login that docs/how-to/nginx-proxy-manager.md describes: an administrator's only where the default site is set.
 */
export function freshCredentials(edgeRole: EdgeAccount["role"] = "user"): Credentials {
  const token = { id: "slipway@pve!deploy", secret: randomUUID() };
  // ssh2 writes about one ed25519 key in 256 so that it cannot be read back.
  const key = utils.generateKeyPairSync("ecdsa", { bits: 256 });
  const user = "slipway";
  const edge: EdgeAccount = { email: "slipway@example.net", password: randomUUID(), role: edgeRole };
  return {
    accounts: {
      rootPassword: randomUUID(),
      tokens: [{ ...token, grants: [{ path: "/", privileges: deployRole }] }],
      ssh: { user, publicKeys: [key.public], sudo: true },
    },
    edge,
    environment: {
      NGINXPROXYMANAGER_USERNAME: edge.email,
      NGINXPROXYMANAGER_PASSWORD: edge.password,
      PROXMOX_VE_API_TOKEN: `${token.id}=${token.secret}`,
      PROXMOX_VE_SSH_USERNAME: user,
      PROXMOX_VE_SSH_PRIVATE_KEY: key.private,
    },
  };
}

/** deployRole, the privileges of the role SlipwayDeploy and no other. */
export const deployRole: readonly string[] = [
  "Datastore.Allocate",
  "Datastore.AllocateSpace",
  "Datastore.AllocateTemplate",
  "Datastore.Audit",
  "Pool.Allocate",
  "Pool.Audit",
  "SDN.Use",
  "Sys.AccessNetwork",
  "VM.Allocate",
  "VM.Audit",
  "VM.Clone",
  "VM.Config.CDROM",
  "VM.Config.CPU",
  "VM.Config.Cloudinit",
  "VM.Config.Disk",
  "VM.Config.HWType",
  "VM.Config.Memory",
  "VM.Config.Network",
  "VM.Config.Options",
  "VM.PowerMgmt",
];
