import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Edge } from "../config/model/edge";
import type { ProxySettings } from "../edge/hosts";
import { GateScript } from "./gate";
import { constructId } from "./ids";
import { NpmCertificate } from "./npm-certificate";
import { NpmDeadHost } from "./npm-dead-host";
import { NpmDefaultSite } from "./npm-default-site";
import { NpmPreflight } from "./npm-preflight";
import { NpmProxyHost } from "./npm-proxy-host";
import { NpmCertificatesInProxy } from "./npm-certificates-in-proxy";
import { NpmRedirectionHost } from "./npm-redirection-host";
import { NpmStream } from "./npm-stream";
import { SecretVariables } from "./secret-variables";

export interface EdgePartsProps {
  readonly cluster: string;
  readonly edge: Edge;
  readonly settings: ProxySettings;
}

/** Everything in the proxy that follows from cluster.ts, written one after another: the proxy has no lock of its own. */
export class EdgeParts extends Construct {
  private readonly certificateIds = new Map<string, number>();
  private last: readonly ITerraformDependable[];

  constructor(scope: Construct, id: string, { cluster, edge, settings }: EdgePartsProps) {
    super(scope, id);
    const { mark, proxyHosts, redirectionHosts, deadHosts, streams, defaultSite } = settings;
    const preflight = new NpmPreflight(this, "preflight", {
      url: edge.url,
      mark,
      streams: streams.length > 0,
      defaultSite: defaultSite !== undefined,
    });
    this.last = this.addCertificates(cluster, edge);

    for (const host of proxyHosts) {
      this.add(new NpmProxyHost(this, constructId(host.name), { host, ...this.shared(host, preflight) }));
    }
    for (const host of redirectionHosts) {
      const name = constructId(`redirection-${host.name}`);
      this.add(new NpmRedirectionHost(this, name, { host, ...this.shared(host, preflight) }));
    }
    for (const host of deadHosts) {
      const name = constructId(`not-found-${host.name}`);
      this.add(new NpmDeadHost(this, name, { host, ...this.shared(host, preflight) }));
    }
    for (const stream of streams) {
      const name = constructId(`stream-${stream.name}`);
      this.add(new NpmStream(this, name, { stream, ...this.shared(stream, preflight) }));
    }
    if (defaultSite !== undefined)
      new NpmDefaultSite(this, "default-site", { defaultSite, after: this.last });
  }

  /** addCertificates returns what the first host has to wait for. */
  private addCertificates(cluster: string, edge: Edge): ITerraformDependable[] {
    const variables = new SecretVariables(this, "variables", { ephemeral: false });
    const inProxy = new NpmCertificatesInProxy(this, "certificates-in-proxy", edge);
    const script = new GateScript(this, "certificate.mjs");
    return edge.certificates.flatMap(({ name, names, source }) => {
      if (source.kind === "in-proxy") {
        this.certificateIds.set(name, inProxy.idOf(source.idOrName));
        return [];
      }
      const id = constructId(`certificate-${name}`);
      const made = new NpmCertificate(this, id, { cluster, name, names, source, variables, script });
      this.certificateIds.set(name, made.certificateId);
      return [made.uploaded];
    });
  }

  private shared({ certificate }: { readonly certificate?: string }, preflight: NpmPreflight) {
    const certificateId = certificate === undefined ? undefined : this.certificateIds.get(certificate);
    return { certificateId, preflight, after: this.last };
  }

  private add({ written }: { readonly written: ITerraformDependable }): void {
    this.last = [written];
  }
}
