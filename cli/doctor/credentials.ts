type Environment = Readonly<Record<string, string | undefined>>;

/** ProxmoxCredential as the provider and the gates take it from the environment. */
export type ProxmoxCredential =
  | { readonly kind: "token"; readonly token: string }
  | { readonly kind: "password"; readonly username: string; readonly password: string };

/** proxmoxCredential: a token goes before a password. */
export function proxmoxCredential(environment: Environment): ProxmoxCredential | undefined {
  const token = filled(environment, "PROXMOX_VE_API_TOKEN");
  if (token !== undefined) return { kind: "token", token };
  const username = filled(environment, "PROXMOX_VE_USERNAME");
  const password = filled(environment, "PROXMOX_VE_PASSWORD");
  return username === undefined || password === undefined
    ? undefined
    : { kind: "password", username, password };
}

/** isInsecure: the check of Proxmox's certificate is switched off. */
export function isInsecure(environment: Environment): boolean {
  return isOn(environment["PROXMOX_VE_INSECURE"]);
}

/** SshLogin at the hosts, as the provider takes it; tried in the order of the fields. */
export interface SshLogin {
  readonly username: string;
  readonly agent?: string;
  readonly privateKey?: string;
  readonly password?: string;
}

/** sshLogin: who logs in to Proxmox by password logs in to its hosts by the same, unless something else is said. */
export function sshLogin(environment: Environment): SshLogin | undefined {
  const credential = proxmoxCredential(environment);
  const user = credential?.kind === "password" ? credential : undefined;
  const username = filled(environment, "PROXMOX_VE_SSH_USERNAME") ?? user?.username.split("@")[0];
  const agent = isOn(environment["PROXMOX_VE_SSH_AGENT"])
    ? (filled(environment, "SSH_AUTH_SOCK") ?? filled(environment, "PROXMOX_VE_SSH_AUTH_SOCK"))
    : undefined;
  const privateKey = filled(environment, "PROXMOX_VE_SSH_PRIVATE_KEY");
  const password = filled(environment, "PROXMOX_VE_SSH_PASSWORD") ?? user?.password;
  if (username === undefined || (agent ?? privateKey ?? password) === undefined) return undefined;
  return {
    username,
    ...(agent === undefined ? {} : { agent }),
    ...(privateKey === undefined ? {} : { privateKey }),
    ...(password === undefined ? {} : { password }),
  };
}

export interface EdgeLogin {
  readonly identity: string;
  readonly secret: string;
}

export function edgeLogin(environment: Environment): EdgeLogin | undefined {
  const identity = filled(environment, "NGINXPROXYMANAGER_USERNAME");
  const secret = filled(environment, "NGINXPROXYMANAGER_PASSWORD");
  return identity === undefined || secret === undefined ? undefined : { identity, secret };
}

/** filled variable; an empty one is as good as none. */
export function filled(environment: Environment, name: string): string | undefined {
  const value = environment[name];
  return value === "" ? undefined : value;
}

/** isOn as the provider reads a boolean variable. Source: bpg/terraform-provider-proxmox, utils/env.go */
function isOn(value: string | undefined): boolean {
  return value === "1" || value === "true";
}
