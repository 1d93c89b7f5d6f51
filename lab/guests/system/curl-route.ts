import type { Guest } from "../rke2/world";
import type { Program } from "./bus";
import { proxyFor, proxySettings } from "./http-proxy";

/**
 * curlRoute tells a machine's curl which proxy of the lab to ask: its own way into the network, or, where its environment
 * names a proxy for the URL, that one.
 */
export function curlRoute(reach: Guest["reach"], ownWay: string): Program {
  return ([http = "", https = "", except = "", ...args]) => {
    const url = args.find((word) => /^https?:\/\//.test(word) && URL.canParse(word));
    const settings = proxySettings({ http_proxy: http, https_proxy: https, no_proxy: except }, "curl");
    const proxy = url === undefined ? undefined : proxyFor(settings, new URL(url));
    if (proxy === undefined) return { code: 0, text: ownWay };
    const port = reach(proxy.hostname, Number(proxy.port || 80));
    if (port === undefined) return { code: 7, text: `curl: (7) Failed to connect to proxy ${proxy.host}` };
    return { code: 0, text: `http://127.0.0.1:${port}` };
  };
}
