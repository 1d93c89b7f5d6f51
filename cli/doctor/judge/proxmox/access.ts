import type { Cluster } from "../../../../config/model";
import { type Finding, ok, problem } from "../../finding";
import { failureOf } from "../../reading";
import { certificateAt, silenceAt } from "../transport";
import type { ProxmoxAnswers } from "./answers";

/** accessFindings: whether the API answers, by a certificate that is trusted, and takes the credential. */
export function accessFindings(
  { proxmox }: Cluster,
  { version, certificate, credential }: ProxmoxAnswers,
  now: Date,
): Finding[] {
  const api = { url: proxmox.endpoint, where: "proxmox.endpoint", name: "the Proxmox API" };
  if (version.kind === "silent") return [silenceAt(api, version)];
  const reached = [ok("the API answers"), certificateAt(api, certificate, now)];
  if (version.kind === "read") return [...reached, ok("the credential is taken")];
  // Without a credential the environment's own line says so.
  if (credential === undefined) return reached;
  const found = `${proxmox.endpoint} answers ${failureOf(version)}`;
  if (version.status === 401)
    return [
      ...reached,
      problem("doctor/proxmox-credential", wheres[credential], { found, ...refusals[credential] }),
    ];
  return [
    ...reached,
    problem("doctor/no-answer", api.where, {
      found,
      why: "the API does not tell its version, which every login may ask",
      fix: "look at the host's journal: journalctl -u pveproxy -u pvedaemon",
    }),
  ];
}

const wheres = { token: "PROXMOX_VE_API_TOKEN", password: "PROXMOX_VE_PASSWORD" } as const;

const refusals = {
  token: {
    why: "Proxmox does not know this token, or its secret is another",
    fix: "look at Datacenter > Permissions > API Tokens, make the token again and export it (docs/how-to/proxmox-token.md)",
  },
  password: {
    why: "Proxmox does not know PROXMOX_VE_USERNAME with this password, or wants a second factor",
    fix: "export the right ones, or a token instead (docs/how-to/proxmox-token.md)",
  },
} as const;
