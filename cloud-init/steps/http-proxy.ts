import type { MachineProxy, NodeNetwork } from "../../config/model";
import type { Step } from "../document";

/**
 * The proxy that packages, RKE2, containerd and Kubernetes' programs reach the outside through.
 * @see https://docs.rke2.io/advanced#configuring-an-http-proxy
 */
export function httpProxy({ proxy }: NodeNetwork, service: "rke2-server" | "rke2-agent"): Step {
  if (proxy === undefined) return {};
  return {
    aptProxy: proxy.url,
    files: [{ path: `/etc/default/${service}`, permissions: "0644", content: environmentFile(proxy) }],
  };
}

/** throughProxy is a command whose curl asks the proxy. */
export function throughProxy(proxy: MachineProxy | undefined, command: readonly string[]): readonly string[] {
  if (proxy === undefined) return command;
  // curl reads http_proxy in lower case alone
  return [
    "env",
    `http_proxy=${proxy.url}`,
    `https_proxy=${proxy.url}`,
    `no_proxy=${proxy.except.join(",")}`,
    ...command,
  ];
}

function environmentFile({ url, except }: MachineProxy): string {
  return `HTTP_PROXY=${url}
HTTPS_PROXY=${url}
NO_PROXY=${except.join(",")}
`;
}
