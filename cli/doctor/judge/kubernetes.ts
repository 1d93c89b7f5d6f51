import type { Cluster } from "../../../config/model";
import { type Finding, note, ok, problem, unchecked } from "../finding";
import { failureOf, type Reading, type Silent } from "../reading";
import { type Certificate, certificateAt, untrusted } from "./transport";

export type KubernetesAnswer =
  /** none: there is no kubeconfig, and why. */
  | { readonly kind: "none"; readonly says: string }
  | {
      readonly kind: "asked";
      readonly url: string;
      /** administrator's own certificate. */
      readonly administrator: Certificate;
      readonly version: Reading<{ readonly gitVersion: string }>;
      readonly certificate?: Certificate;
    };

/** kubernetesFindings: an API that was never made is no problem, one whose servers run and that is silent is. */
export function kubernetesFindings(
  cluster: Cluster,
  answer: KubernetesAnswer,
  /** servers that run in Proxmox; undefined = not known. */
  servers: readonly string[] | undefined,
  now: Date,
): Finding[] {
  if (answer.kind === "none") {
    const [why = ""] = answer.says.split("\n");
    return [unchecked("the API", `there is no kubeconfig to trust it by. ${why}`)];
  }
  const { url, administrator, version, certificate } = answer;
  const own = certificateAt(
    { name: "the administrator", where: `${cluster.name}-identity` },
    administrator,
    now,
  );
  if (version.kind === "silent") return [own, silence(url, version, servers)];
  const shown = certificateAt({ name: "the API", where: "api.address" }, certificate, now);
  if (version.kind === "read") return [own, ok(`the API answers, ${version.value.gitVersion}`), shown];
  return [
    own,
    shown,
    problem("doctor/kubernetes", "api.address", {
      found: `the API at ${url} answers ${failureOf(version)}`,
      why: "the administrator may ask it everything",
      fix: "look at rke2-server on the servers: journalctl -u rke2-server",
    }),
  ];
}

function silence(url: string, { code, says }: Silent, servers: readonly string[] | undefined): Finding {
  if (code === undefined) return unchecked("the API", "curl cannot be run, which asks it");
  if (untrusted.has(code)) {
    return problem("doctor/certificate", "api.address", {
      found: `the certificate at ${url} is not of this cluster's authority: ${says}`,
      why: "something else answers there, or the cluster was begun with other authorities",
      fix: `look at what holds the address: arp -n, or ./slipway addresses for what should`,
    });
  }
  if (servers === undefined)
    return unchecked(
      "the API",
      `nothing answers at ${url}, and Proxmox did not tell whether its servers run`,
    );
  if (servers.length === 0) return note(`nothing answers at ${url} yet: no server of the cluster runs`);
  return problem("doctor/no-kubernetes", "api.address", {
    found: `${url} does not answer: ${says}`,
    why: `${servers.join(", ")} ${servers.length === 1 ? "runs" : "run"} in Proxmox, and should answer there`,
    fix: "look at rke2-server on them (journalctl -u rke2-server), and at who holds the address (docs/how-to/api-address.md)",
  });
}
