import type { Edge } from "../../../config/model/edge";
import { managedSections } from "../../../edge/login";
import { npmVersions } from "../../../versions";
import { type Finding, note, ok, problem, unchecked } from "../finding";
import { failureOf, type Reading } from "../reading";
import { type Certificate, certificateAt, silenceAt } from "./transport";

/** EdgeAnswers, all that the proxy in front was asked. */
export interface EdgeAnswers {
  readonly status: Reading<Status>;
  readonly certificate?: Certificate;
  /** user that the login is; absent = it was not tried. */
  readonly user?: Reading<User>;
}

interface Status {
  /** setup is done: somebody is its administrator. */
  readonly setup: boolean;
  readonly version: { readonly major: number; readonly minor: number; readonly revision: number };
}

interface User {
  readonly roles: readonly string[];
  /** permissions by section: hidden, view or manage; and visibility, all or user. */
  readonly permissions: Readonly<Record<string, unknown>>;
}

const where = "edge.nginxProxyManager";

/** edgeFindings: the proxy answers, is one that is supported, and its login may manage what a deploy makes. */
export function edgeFindings(edge: Edge, { status, certificate, user }: EdgeAnswers, now: Date): Finding[] {
  const api = { url: edge.url, where: `${where}.url`, name: "the proxy" };
  const login = (because: string): Finding => unchecked("the login at the proxy", because);
  if (status.kind === "silent") return [silenceAt(api, status), login("the proxy does not answer")];
  if (status.kind === "refused") {
    const found = `${edge.url} answers ${failureOf(status)}`;
    return [
      problem("doctor/no-answer", api.where, {
        found,
        why: "no Nginx Proxy Manager answers so",
        fix: "write the address of its own interface there, port 81 by default, without /api",
      }),
      login("the proxy is not one"),
    ];
  }
  return [
    ...(edge.url.startsWith("https:") ? [certificateAt(api, certificate, now)] : []),
    versionFinding(edge, status.value.version),
    ...(status.value.setup ? [] : [unclaimed(edge)]),
    user === undefined ? login("its variables are not set") : userFinding(edge, user),
  ];
}

function versionFinding({ url }: Edge, { major, minor, revision }: Status["version"]): Finding {
  const { oldest, tested } = npmVersions;
  const version = `Nginx Proxy Manager ${major}.${minor}.${revision}`;
  if (major !== 2 || minor < oldest) {
    return problem("doctor/old-proxy", where, {
      found: `the proxy at ${url} is ${version}`,
      why: `before 2.${oldest} it begins with a login that everybody knows, and its API is another`,
      fix: `upgrade it to 2.${tested}`,
    });
  }
  return minor === tested ? ok(version) : note(`${version}; Slipway was tried with 2.${tested}`);
}

function unclaimed({ url }: Edge): Finding {
  return problem("doctor/unclaimed-proxy", where, {
    found: `the proxy at ${url} has no administrator yet`,
    why: "whoever reaches it first becomes one",
    fix: "claim it now (docs/how-to/nginx-proxy-manager.md)",
  });
}

function userFinding({ defaultSite }: Edge, user: Reading<User>): Finding {
  if (user.kind !== "read") {
    return problem("doctor/proxy-login", "NGINXPROXYMANAGER_USERNAME", {
      found: `the proxy refuses the login: ${failureOf(user)}`,
      why: "edge in cluster.ts has hosts made in the proxy",
      fix: "export the e-mail address and password of a user of the proxy, without a second factor",
    });
  }
  const { roles, permissions } = user.value;
  if (roles.includes("admin")) return ok("the login is taken, an administrator");
  const lacking = managedSections.filter((section) => permissions[section] !== "manage");
  if (lacking.length > 0 || permissions["visibility"] !== "all") {
    return problem("doctor/proxy-permissions", "NGINXPROXYMANAGER_USERNAME", {
      found: `this user of the proxy may not manage ${lacking.length > 0 ? lacking.join(", ") : "what others made"}`,
      why: "the proxy would call it not found, and a deploy would make it anew",
      fix: "in Users of the proxy give it visibility All Items, and Manage for Proxy Hosts, Redirection Hosts, 404 Hosts, Streams and SSL Certificates",
    });
  }
  if (defaultSite === undefined) return ok("the login is taken, with every permission");
  return problem("doctor/proxy-permissions", "edge.defaultSite", {
    found: "this user of the proxy is no administrator",
    why: "only an administrator may set the default site",
    fix: "give the user of NGINXPROXYMANAGER_USERNAME that role, or take defaultSite out of cluster.ts and set it by hand",
  });
}
