import { BlockList, isIPv4 } from "node:net";

/** ProxySettings as programs read them from their environment. */
export interface ProxySettings {
  readonly http?: string;
  readonly https?: string;
  readonly except: string;
}

/** proxySettings of an environment; curl reads http_proxy in lower case alone, Go both spellings. */
export function proxySettings(
  environment: Readonly<Record<string, string>>,
  reader: "curl" | "go",
): ProxySettings {
  const named = (name: string): string | undefined => {
    const upper = reader === "curl" && name === "http_proxy" ? undefined : environment[name.toUpperCase()];
    const value = environment[name] ?? upper;
    return value === "" ? undefined : value;
  };
  const [http, https] = [named("http_proxy"), named("https_proxy")];
  return {
    ...(http === undefined ? {} : { http }),
    ...(https === undefined ? {} : { https }),
    except: named("no_proxy") ?? "",
  };
}

/** proxyFor a URL, or undefined where it is asked directly. Networks in NO_PROXY as Go and curl from 7.86 read them. */
export function proxyFor(settings: ProxySettings, url: URL): URL | undefined {
  const proxy = url.protocol === "https:" ? settings.https : settings.http;
  const except = settings.except.split(",").map((entry) => entry.trim());
  if (proxy === undefined || except.some((entry) => covers(entry, url.hostname))) return undefined;
  return new URL(proxy);
}

function covers(entry: string, host: string): boolean {
  if (entry === "") return false;
  if (entry === "*") return true;
  const [address = "", prefix] = entry.split("/");
  if (prefix !== undefined && isIPv4(address)) {
    const network = new BlockList();
    network.addSubnet(address, Number(prefix));
    return isIPv4(host) && network.check(host);
  }
  const domain = entry.replace(/^\./, "");
  return host === domain || host.endsWith(`.${domain}`);
}
