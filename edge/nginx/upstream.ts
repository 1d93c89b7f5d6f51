import type { Upstream } from "../../config/model/edge";
import { nginx, type NginxText } from "./text";
import { addressWord, oneOf, portWord, schemeWord, type Word } from "./words";

interface Forward {
  readonly forwardScheme: "http" | "https";
  readonly forwardHost: Word;
  readonly forwardPort: number;
}

/** forward to an upstream. The proxy writes the host into its configuration unquoted and unchecked (its issue 5595). */
export function forward({ scheme, address, port }: Upstream): Forward {
  return {
    forwardScheme: oneOf(["http", "https"], scheme),
    forwardHost: addressWord(address),
    forwardPort: Number(portWord(port)),
  };
}

/** passTo an upstream, for a location of our own. */
export function passTo({ scheme, address, port }: Upstream): NginxText {
  return nginx`proxy_pass ${schemeWord(scheme)}://${addressWord(address)}:${portWord(port)};`;
}

/** serverNameIndication: towards https nginx names nobody unless told, and an ingress chooses its certificate by name. */
export function serverNameIndication({ scheme }: Upstream): readonly NginxText[] {
  return scheme === "https" ? [nginx`proxy_ssl_server_name on;`, nginx`proxy_ssl_name $host;`] : [];
}
