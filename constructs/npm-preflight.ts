import { type Postcondition, type Precondition, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import { DataNginxproxymanagerDeadHosts } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-dead-hosts";
import { DataNginxproxymanagerProxyHosts } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-proxy-hosts";
import { DataNginxproxymanagerRedirectionHosts } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-redirection-hosts";
import { DataNginxproxymanagerStreams } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-streams";
import { DataNginxproxymanagerUserMe } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-user-me";
import { DataNginxproxymanagerVersion } from "../.gen/providers/nginxproxymanager/data-nginxproxymanager-version";
import { managedSections } from "../edge/login";
import { npmVersions } from "../versions";
import { type ConstructId, constructId } from "./ids";

export interface NpmPreflightProps {
  /** url of the proxy's API, as messages name it. */
  readonly url: string;
  /** mark in the advanced config of every host of this cluster. */
  readonly mark: string;
  readonly streams: boolean;
  /** defaultSite is set, which only an administrator may do. */
  readonly defaultSite: boolean;
}

/** HostKind in the words of the proxy's own interface. */
export type HostKind = "proxy host" | "redirection host" | "404 host";

/** Adoptable, a kind of host that can be imported as it is, and the address in the stack that it would have. */
interface Adoptable {
  readonly kind: HostKind;
  readonly address: string;
}

interface Owned {
  readonly domainNames: readonly string[];
  /** adopt the host with this number. */
  readonly adopt?: number;
}

/**
 * What only the proxy knows, asked while planning. Without permission the proxy answers "not found" for each host and
 * certificate, and the provider would make every one again: so the login's permissions are looked at first, and whole
 * lists are read, which fail the plan.
 */
export class NpmPreflight extends Construct {
  private readonly url: string;
  /** strangers: lists of every host of the proxy that lacks the mark, with its domains and what it is. */
  private readonly strangers: readonly string[];

  constructor(scope: Construct, id: string, { url, mark, streams, defaultSite }: NpmPreflightProps) {
    super(scope, id);
    this.url = url;
    const unmarked = (name: ConstructId, kind: HostKind, list: string): string => {
      const host = `{ what = format("${kind} %d", host.id), domains = [for name in host.domain_names : lower(name)] }`;
      const value = `\${[for host in ${list} : ${host} if !startswith(host.advanced_config, "${mark}/")]}`;
      return new TerraformLocal(this, name, value).fqn;
    };
    const proxyHosts = new DataNginxproxymanagerProxyHosts(this, "proxy-hosts").fqn;
    const redirections = new DataNginxproxymanagerRedirectionHosts(this, "redirection-hosts").fqn;
    const deadHosts = new DataNginxproxymanagerDeadHosts(this, "dead-hosts").fqn;
    this.strangers = [
      unmarked(constructId("other-proxy-hosts"), "proxy host", `${proxyHosts}.proxy_hosts`),
      unmarked(
        constructId("other-redirection-hosts"),
        "redirection host",
        `${redirections}.redirection_hosts`,
      ),
      unmarked(constructId("other-dead-hosts"), "404 host", `${deadHosts}.dead_hosts`),
    ];
    if (streams) new DataNginxproxymanagerStreams(this, "streams");
    checkVersion(this, url);
    checkLogin(this, url, defaultSite);
  }

  /**
   * domainsAreOurs refuses to plan a host whose domain the proxy serves already for somebody else. One of a kind that can
   * be adopted says how; a 404 host cannot.
   */
  domainsAreOurs({ domainNames, adopt }: Owned, adoptable?: Adoptable): Precondition {
    const adopted = adopt === undefined ? "" : ` && host.what != "${adoptable?.kind} ${adopt}"`;
    const foreign = `[for host in concat(${this.strangers.join(", ")}) : format("%s is %s", join(" ", host.domains), host.what) if length(setintersection(host.domains, ${JSON.stringify(domainNames)})) > 0${adopted}]`;
    const handOver =
      adoptable === undefined
        ? ""
        : `; or, if it is a ${adoptable.kind}, hand it over: adopt: <its number> beside its hosts in cluster.ts imports it, as terraform import ${adoptable.address} <its number> does`;
    return {
      condition: `\${length(${foreign}) == 0}`,
      errorMessage: `In the proxy at ${this.url} \${join(", ", ${foreign})}, and not of this cluster. Fix: delete it there${handOver}.`,
    };
  }

  /** isOnline fails the deploy with nginx's own words: the proxy's API calls a host that nginx refused a success. */
  isOnline(domains: readonly string[], lookAt: string): Postcondition {
    return {
      condition: '${self.enabled && try(self.meta["nginx_online"], "") == "true"}',
      errorMessage: `${domains.join(", ")} is not served by the proxy at ${this.url}: \${self.enabled ? try(coalesce(self.meta["nginx_err"]), "nginx gives no reason") : "somebody disabled it there"}. Fix: ${lookAt}, then deploy again; until then visitors get the proxy's default site.`,
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

function checkLogin(scope: Construct, url: string, defaultSite: boolean): void {
  const isAdministrator = 'contains(self.roles, "admin")';
  const lacking = `[for section in ${JSON.stringify(managedSections)} : section if self.permissions[section] != "manage"]`;
  new DataNginxproxymanagerUserMe(scope, "login", {
    lifecycle: {
      postcondition: [
        {
          condition: `\${${isAdministrator} || length(${lacking}) == 0 && self.permissions.visibility == "all"}`,
          errorMessage: `NGINXPROXYMANAGER_USERNAME: in the proxy at ${url} this user may not manage all that a deploy looks after\${length(${lacking}) == 0 ? "" : format(", not %s", join(", ", ${lacking}))}; the proxy would call it not found, and it would be made anew. Fix: in Users of the proxy give it visibility All Items, and Manage for Proxy Hosts, Redirection Hosts, 404 Hosts, Streams and SSL Certificates.`,
        },
        ...(defaultSite
          ? [
              {
                condition: `\${${isAdministrator}}`,
                errorMessage: `edge.defaultSite: in the proxy at ${url} only an administrator may set it, and this user is none. Fix: give the user of NGINXPROXYMANAGER_USERNAME that role, or take defaultSite out of cluster.ts and set it by hand.`,
              },
            ]
          : []),
      ],
    },
  });
}
