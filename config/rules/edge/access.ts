import { contains, ipv4Number, isIpv4, parseNetwork } from "../../network";
import { error, warning } from "../../problem";
import type { Problem } from "../../problem";
import type { EdgeDraft } from "./proxies";

/** access to the proxy's API, and the one URL that it hands on. */
export function access(draft: EdgeDraft): Problem[] {
  return [...malformedUrl(draft), ...plainUrl(draft), ...unsafeRedirect(draft)];
}

function malformedUrl({ edge, at }: EdgeDraft): Problem[] {
  const { url } = edge.input.nginxProxyManager;
  const { username, password, protocol, host } = new URL(url);
  const place = at("edge", "nginxProxyManager", "url");
  const bare = `${protocol}//${host}`;
  if (username !== "" || password !== "") {
    return [
      error("edge/credentials-in-url", [place], {
        found: "a user or password, which is not repeated here",
        why: "the file is read by many, and the program takes both from the environment",
        fix: `write "${bare}", and set NGINXPROXYMANAGER_USERNAME and NGINXPROXYMANAGER_PASSWORD`,
      }),
    ];
  }
  if (/^https?:\/\/[\w.:[\]-]+\/?$/.test(url)) return [];
  return [
    error("edge/url-with-path", [place], {
      found: JSON.stringify(url),
      why: "the provider adds /api itself, and asks nowhere else",
      fix: `write "${bare}"`,
    }),
  ];
}

/** plainUrl: the password goes over the wire as it is; inside a house or a tunnel it may. */
function plainUrl({ edge, at }: EdgeDraft): Problem[] {
  const { protocol, hostname, host } = new URL(edge.input.nginxProxyManager.url);
  if (protocol === "https:" || staysInside(hostname)) return [];
  return [
    warning("edge/plain-url", [at("edge", "nginxProxyManager", "url")], {
      found: `http://${host}`,
      why: "user and password of the proxy go there unencrypted, and whoever reads them owns the proxy",
      fix: `write https, or its private address`,
    }),
  ];
}

/** insideNames that no public zone has. Sources: RFC 8375, RFC 6762, and ICANN's .internal */
const insideNames = /(^|\.)(localhost|home\.arpa|local|internal|lan)$/;
const insideNetworks = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "127.0.0.0/8", "100.64.0.0/10"];

function staysInside(host: string): boolean {
  if (!isIpv4(host)) return insideNames.test(host) || /^\[(::1|f[cd])/.test(host);
  const address = ipv4Number(host);
  return insideNetworks.some((cidr) => {
    const network = parseNetwork(cidr);
    return network !== undefined && contains(network, address);
  });
}

/** unsafeRedirect of the default site: the proxy writes it into its configuration as it is. */
function unsafeRedirect({ edge, at }: EdgeDraft): Problem[] {
  const { defaultSite } = edge.input;
  if (typeof defaultSite !== "object" || safeUrl.test(defaultSite.redirect)) return [];
  return [
    error("edge/unsafe-redirect", [at("edge", "defaultSite", "redirect")], {
      found: JSON.stringify(defaultSite.redirect),
      why: "the proxy writes it into its configuration as it is, where quotes, braces, semicolons, spaces and $ mean something",
      fix: "write those as %22, %7B, %7D, %3B, %20 and %24",
    }),
  ];
}

const safeUrl = /^https?:\/\/[\w.:[\]-]+(\/[\w.~!*+,:@&=%/?#-]*)?$/;
