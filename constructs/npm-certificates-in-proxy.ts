import { Token } from "cdktf";
import { Construct } from "constructs";
import { DataNginxproxymanagerCertificates } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-certificates";
import type { Edge } from "../config/model/edge";
import { literal } from "./terraform-text";

/**
 * Certificates that lie in the proxy already, found by number or name. The proxy takes a number that does not exist and
 * serves plain HTTP; here it fails the plan. The list is read only where cluster.ts names one: the proxy's answer holds
 * the keys of the certificates that were uploaded, and so does the state of this stack from then on.
 */
export class NpmCertificatesInProxy extends Construct {
  private readonly list: string | undefined;

  constructor(scope: Construct, id: string, { url, certificates }: Edge) {
    super(scope, id);
    const wanted = certificates.flatMap(({ name, source }) =>
      source.kind === "in-proxy" ? [{ name, ...source }] : [],
    );
    if (wanted.length === 0) return;
    const data = new DataNginxproxymanagerCertificates(this, "Default", {
      lifecycle: {
        postcondition: wanted.map(({ name, idOrName }) => ({
          condition: `\${length(${idsOf("self.certificates", idOrName)}) == 1}`,
          errorMessage: `certificates["${literal(name)}"].inProxy: the proxy at ${url} has none, or more than one, that is ${literal(String(idOrName))}. Fix: write the number that it has in the proxy's list of certificates.`,
        })),
      },
    });
    this.list = `${data.fqn}.certificates`;
  }

  idOf(idOrName: number | string): number {
    if (this.list === undefined) throw new Error(`no list was read that could hold certificate ${idOrName}`);
    return Token.asNumber(`\${one(nonsensitive(sensitive(${idsOf(this.list, idOrName)})))}`);
  }
}

function idsOf(list: string, idOrName: number | string): string {
  const condition =
    typeof idOrName === "number"
      ? `each.id == ${idOrName}`
      : `each.nice_name == ${JSON.stringify(literal(idOrName))}`;
  return `[for each in ${list} : each.id if ${condition}]`;
}
