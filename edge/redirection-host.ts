import type { EdgeRedirection } from "../config/model/edge";
import { anyHost } from "./any-host";
import type { RedirectionHost } from "./hosts";
import { domainWord, oneOf } from "./nginx/words";

/** redirectionHost, a name that leads to another. */
export function redirectionHost(cluster: string, redirection: EdgeRedirection): RedirectionHost {
  const { to, status, keepPath } = redirection;
  return {
    ...anyHost(cluster, redirection),
    forwardScheme: oneOf(["auto", "http", "https"], to.scheme),
    forwardDomainName: domainWord(to.host),
    forwardHttpCode: oneOf([301, 302, 303, 307, 308], status),
    preservePath: keepPath,
  };
}
