import type { Cluster } from "../../../../config/model";
import { type Finding, ok, problem } from "../../finding";
import { failureOf } from "../../reading";
import { certificateAt, silenceAt } from "../transport";
import type { ProxmoxAnswers } from "./answers";

/** accessFindings: whether the API answers, by a certificate that is trusted, and takes the credential. */
export function accessFindings(
  { proxmox }: Cluster,
  { version, certificate, hasCredential }: ProxmoxAnswers,
  now: Date,
): Finding[] {
  const api = { url: proxmox.endpoint, where: "proxmox.endpoint", name: "the Proxmox API" };
  if (version.kind === "silent") return [silenceAt(api, version)];
  const reached = [ok("the API answers"), certificateAt(api, certificate, now)];
  if (version.kind === "read") return [...reached, ok("the credential is taken")];
  // Without a credential the environment's own line says so.
  if (!hasCredential) return reached;
  const isLogin = version.status === 401;
  return [
    ...reached,
    problem(
      isLogin ? "doctor/proxmox-credential" : "doctor/no-answer",
      isLogin ? "PROXMOX_VE_API_TOKEN" : api.where,
      {
        found: `${proxmox.endpoint} answers ${failureOf(version)}`,
        why: isLogin
          ? "Proxmox does not know this token, or its secret is another"
          : "the API does not tell its version, which every login may ask",
        fix: isLogin
          ? "look at Datacenter > Permissions > API Tokens, make the token again and export it (docs/how-to/proxmox-token.md)"
          : "look at the host's journal: journalctl -u pveproxy -u pvedaemon",
      },
    ),
  ];
}
