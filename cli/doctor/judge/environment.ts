import { utils } from "ssh2";
import type { Cluster } from "../../../config/model";
import type { SecretVariable } from "../../../lab/rehearse/subject";
import { edgeLogin, filled, isInsecure, proxmoxCredential, type SshLogin, sshLogin } from "../credentials";
import { type Finding, note, ok, problem } from "../finding";

type Environment = Readonly<Record<string, string | undefined>>;

/** environmentFindings: every variable that a deploy of these clusters reads. No value of one is ever shown. */
export function environmentFindings(
  clusters: readonly Cluster[],
  secrets: readonly SecretVariable[],
  environment: Environment,
): Finding[] {
  return [
    ...proxmoxFindings(environment),
    ...sshFindings(environment),
    ...secretFindings(secrets, environment),
    ...(clusters.some(({ edge }) => edge !== undefined) ? [edgeFinding(environment)] : []),
    ...stateFindings(clusters, environment),
    ...proxyFindings(environment),
  ];
}

function proxmoxFindings(environment: Environment): Finding[] {
  const insecure = isInsecure(environment)
    ? [note("PROXMOX_VE_INSECURE is on: the certificate of Proxmox is not checked")]
    : [];
  return [credentialFinding(environment), ...insecure];
}

function credentialFinding(environment: Environment): Finding {
  const credential = proxmoxCredential(environment);
  const why = "the provider and the gates log in to Proxmox with it";
  if (credential === undefined) {
    return problem("doctor/no-proxmox-credential", "PROXMOX_VE_API_TOKEN", {
      found: "it is not set, nor PROXMOX_VE_USERNAME with PROXMOX_VE_PASSWORD",
      why,
      fix: "export PROXMOX_VE_API_TOKEN='<user>@<realm>!<token>=<secret>' (docs/how-to/proxmox-token.md)",
    });
  }
  if (credential.kind === "token") {
    if (tokenForm.test(credential.token)) return ok("PROXMOX_VE_API_TOKEN is set");
    return problem("doctor/proxmox-credential-form", "PROXMOX_VE_API_TOKEN", {
      found: "it is not <user>@<realm>!<token>=<secret>",
      why,
      fix: "write it whole, in single quotes: the shell takes an exclamation mark for its own",
    });
  }
  if (credential.username.includes("@")) return ok("PROXMOX_VE_USERNAME and PROXMOX_VE_PASSWORD are set");
  return problem("doctor/proxmox-credential-form", "PROXMOX_VE_USERNAME", {
    found: "it names no realm",
    why,
    fix: "write it as <user>@<realm>, as root@pam",
  });
}

/** tokenForm. Source: bpg/terraform-provider-proxmox, proxmox/api/credentials.go */
const tokenForm = /^\S+@\S+!\S+=[a-zA-Z0-9-]+$/;

function sshFindings(environment: Environment): Finding[] {
  const login = sshLogin(environment);
  if (login !== undefined) return [loginFinding(login)];
  const named = filled(environment, "PROXMOX_VE_SSH_USERNAME") !== undefined;
  return [
    problem("doctor/no-ssh-credential", named ? "PROXMOX_VE_SSH_PRIVATE_KEY" : "PROXMOX_VE_SSH_USERNAME", {
      found: named
        ? "it is not set, nor PROXMOX_VE_SSH_AGENT=true with SSH_AUTH_SOCK, nor PROXMOX_VE_SSH_PASSWORD"
        : "it is not set",
      why: "cloud-init snippets are written over SSH: the API of Proxmox cannot",
      fix: named
        ? 'export PROXMOX_VE_SSH_PRIVATE_KEY="$(cat <file>)", or PROXMOX_VE_SSH_AGENT=true'
        : "export PROXMOX_VE_SSH_USERNAME=slipway (docs/how-to/proxmox-token.md)",
    }),
  ];
}

function loginFinding({ agent, privateKey, password }: SshLogin): Finding {
  const parsed = privateKey === undefined ? undefined : utils.parseKey(privateKey);
  if (!(parsed instanceof Error)) {
    const by = [
      ...(agent === undefined ? [] : ["the agent"]),
      ...(privateKey === undefined ? [] : ["the private key"]),
      ...(password === undefined ? [] : ["the password"]),
    ];
    return ok(`SSH is by ${by.join(", then ")}`);
  }
  const encrypted = /encrypted|passphrase/i.test(parsed.message);
  return problem("doctor/ssh-key", "PROXMOX_VE_SSH_PRIVATE_KEY", {
    found: encrypted ? "its key has a passphrase" : "it holds no private key that can be read",
    why: "the provider reads a key without a passphrase, as PEM or as OpenSSH writes it",
    fix: 'export PROXMOX_VE_SSH_PRIVATE_KEY="$(cat <file>)" of such a key, or unset it and export PROXMOX_VE_SSH_AGENT=true',
  });
}

/** secretFindings: a missing one each, and how many there are. */
function secretFindings(secrets: readonly SecretVariable[], environment: Environment): Finding[] {
  const names = secrets
    .flatMap((secret) => (secret.kind === "text" ? [secret.name] : [secret.certificate, secret.key]))
    .map((name) => `TF_VAR_${name}`);
  const missing = names.filter((name) => filled(environment, name) === undefined);
  const set = names.filter((name) => !missing.includes(name));
  return [
    ...(set.length === 0 ? [] : [ok(`${set.join(", ")} ${set.length === 1 ? "is" : "are"} set`)]),
    ...missing.map((name) =>
      problem("doctor/no-secret", name, {
        found: "it is not set",
        why: "cluster.ts names this secret, and Terraform asks for it at every run",
        fix: `export ${name}=…, or "$(cat <file>)" for what lies in a file`,
      }),
    ),
  ];
}

function edgeFinding(environment: Environment): Finding {
  if (edgeLogin(environment) !== undefined)
    return ok("NGINXPROXYMANAGER_USERNAME and NGINXPROXYMANAGER_PASSWORD are set");
  const missing = ["NGINXPROXYMANAGER_USERNAME", "NGINXPROXYMANAGER_PASSWORD"].filter(
    (name) => filled(environment, name) === undefined,
  );
  return problem("doctor/no-proxy-login", missing.join(", "), {
    found: missing.length === 1 ? "it is not set" : "they are not set",
    why: "edge in cluster.ts has hosts made in the proxy",
    fix: `export ${missing.map((name) => `${name}=…`).join(" ")} (docs/how-to/nginx-proxy-manager.md)`,
  });
}

function stateFindings(clusters: readonly Cluster[], environment: Environment): Finding[] {
  const shared = clusters.filter(({ state }) => state.kind !== "local");
  const findings: Finding[] = [];
  if (shared.length > 0 && environment["SLIPWAY_STATE"] === "local") {
    findings.push(
      problem("doctor/state-of-a-rehearsal", "SLIPWAY_STATE", {
        found: "it is local, and cluster.ts keeps the state elsewhere",
        why: "a deploy would not see what it has made, and would make it again; only rehearsals set it",
        fix: "unset SLIPWAY_STATE",
      }),
    );
  }
  if (shared.some(({ state }) => state.kind === "pg")) {
    findings.push(
      filled(environment, "PG_CONN_STR") === undefined
        ? problem("doctor/no-state-login", "PG_CONN_STR", {
            found: "it is not set",
            why: "cluster.ts keeps the state in PostgreSQL",
            fix: "export PG_CONN_STR='postgres://…' (docs/how-to/move-state.md)",
          })
        : ok("PG_CONN_STR is set"),
    );
  }
  return findings;
}

/** proxyFindings: what leads requests elsewhere; at night that is worth a line. */
function proxyFindings(environment: Environment): Finding[] {
  const set = [
    "HTTPS_PROXY",
    "HTTP_PROXY",
    "NO_PROXY",
    "KUBE_PROXY_URL",
    "PROXMOX_VE_SSH_SOCKS5_SERVER",
  ].filter((name) => (filled(environment, name) ?? filled(environment, name.toLowerCase())) !== undefined);
  return set.length === 0 ? [] : [note(`requests are led by ${set.join(", ")}`)];
}
