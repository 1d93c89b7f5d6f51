import type { ITerraformDependable } from "cdktf";
import type { AnyHost } from "../edge/hosts";
import type { NpmPreflight } from "./npm-preflight";
import { literal } from "./terraform-text";

/** NpmHostProps of a host, a redirection or a 404 host in the proxy. */
export interface NpmHostProps<Host> {
  readonly host: Host;
  /** certificateId in the proxy; absent = plain HTTP. */
  readonly certificateId: number | undefined;
  readonly preflight: NpmPreflight;
  /** after these: the proxy takes one write at a time. */
  readonly after: readonly ITerraformDependable[];
}

/** hostAttributes that every kind of host has, all of them written out: what is left out the proxy keeps as it was. */
export function hostAttributes(host: AnyHost, certificateId: number | undefined) {
  return {
    enabled: true,
    domainNames: [...host.domainNames],
    ...(certificateId === undefined ? {} : { certificateId }),
    sslForced: host.sslForced,
    http2Support: host.http2Support,
    hstsEnabled: host.hstsEnabled,
    hstsSubdomains: host.hstsSubdomains,
    advancedConfig: literal(host.advancedConfig),
  };
}
