import type { Postcondition, Precondition } from "cdktf";
import { Construct } from "constructs";
import { DataNginxproxymanagerDeadHosts } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-dead-hosts";
import { DataNginxproxymanagerProxyHosts } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-proxy-hosts";
import { DataNginxproxymanagerRedirectionHosts } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-redirection-hosts";
import { DataNginxproxymanagerStreams } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-streams";
import { DataNginxproxymanagerVersion } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-version";
import { npmVersions } from "../versions";

export interface NpmPreflightProps {
  /** url of the proxy's API, as messages name it. */
  readonly url: string;
  /** mark in the advanced config of every host of this cluster. */
  readonly mark: string;
  readonly streams: boolean;
}

/** HostKind by the provider's type of resource. */
export type HostKind = keyof typeof kinds;

/** kinds in the words of the proxy's own interface. */
const kinds = {
  nginxproxymanager_proxy_host: "proxy host",
  nginxproxymanager_redirection_host: "redirection host",
  nginxproxymanager_dead_host: "404 host",
} as const;

/**
 * What only the proxy knows, asked while planning. Reading whole lists is the permission guard: without permission the
 * proxy answers "not found" for a single host, and the provider would make every host again; a list fails the plan.
 */
export class NpmPreflight extends Construct {
  private readonly url: string;
  private readonly mark: string;
  private readonly lists: Readonly<Record<HostKind, string>>;

  constructor(scope: Construct, id: string, { url, mark, streams }: NpmPreflightProps) {
    super(scope, id);
    this.url = url;
    this.mark = mark;
    this.lists = {
      nginxproxymanager_proxy_host: `${new DataNginxproxymanagerProxyHosts(this, "proxy-hosts").fqn}.proxy_hosts`,
      nginxproxymanager_redirection_host: `${new DataNginxproxymanagerRedirectionHosts(this, "redirection-hosts").fqn}.redirection_hosts`,
      nginxproxymanager_dead_host: `${new DataNginxproxymanagerDeadHosts(this, "dead-hosts").fqn}.dead_hosts`,
    };
    if (streams) new DataNginxproxymanagerStreams(this, "streams");
    checkVersion(this, url);
  }

  /** domainsAreOurs refuses to plan a host whose domain the proxy serves already for somebody else. */
  domainsAreOurs(domains: readonly string[], kind: HostKind, adopt: number | undefined): Precondition[] {
    return Object.entries(this.lists).map(([each, list]) => {
      const own = each === kind && adopt !== undefined ? ` && host.id != ${adopt}` : "";
      const word = isHostKind(each) ? kinds[each] : each;
      const foreign = `[for host in ${list} : host if length(setintersection([for name in host.domain_names : lower(name)], ${JSON.stringify(domains)})) > 0 && !startswith(host.advanced_config, "${this.mark}/")${own}]`;
      const named = `join(", ", [for host in ${foreign} : "\${join(" ", host.domain_names)} is ${word} \${host.id}"])`;
      return {
        condition: `\${length(${foreign}) == 0}`,
        errorMessage: `In the proxy at ${this.url} \${${named}}, and not of this cluster. Fix: delete it there${each === kind ? `, or hand it over: adopt: <its number> beside its hosts in cluster.ts imports it (as would: terraform import ${kind}.<name in the plan> <its number>)` : ""}.`,
      };
    });
  }

  /** isOnline fails the deploy with nginx's own words: the proxy's API calls a host that nginx refused a success. */
  isOnline(domains: readonly string[], lookAt: string): Postcondition {
    return {
      condition: '${self.enabled && try(self.meta["nginx_online"], "") == "true"}',
      errorMessage: `${domains.join(", ")} is not served by the proxy at ${this.url}: \${self.enabled ? try(self.meta["nginx_err"], "nginx gives no reason") : "somebody disabled it there"}. Fix: ${lookAt}, then deploy again; until then visitors get the proxy's default site.`,
    };
  }
}

function checkVersion(scope: Construct, url: string): void {
  const { oldest, tested } = npmVersions;
  const version = new DataNginxproxymanagerVersion(scope, "version", {
    lifecycle: {
      postcondition: [
        {
          condition: `\${self.major == 2 && self.minor >= ${oldest}}`,
          errorMessage: `edge.nginxProxyManager: the proxy at ${url} is version \${self.version}. Fix: upgrade it to 2.${tested}; before 2.${oldest} it begins with a login that everybody knows, and its API is another.`,
        },
      ],
    },
  });
  // A check warns and lets the plan go on; cdktf has no class for it.
  version.cdktfStack.addOverride("check.proxy_version", {
    assert: [
      {
        condition: `\${${version.fqn}.minor == ${tested}}`,
        error_message: `The proxy at ${url} is version \${${version.fqn}.version}; Slipway was tried with 2.${tested}.`,
      },
    ],
  });
}

function isHostKind(kind: string): kind is HostKind {
  return Object.hasOwn(kinds, kind);
}
