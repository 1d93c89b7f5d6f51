import { createConnectServer } from "../network/connect-proxy";
import type { LabNetwork } from "../network/contract";

/** openHouseProxies stands the site's own HTTP proxies up; asked is told what each is asked for. */
export async function openHouseProxies(
  network: LabNetwork,
  proxies: readonly string[],
  asked: (target: string, proxy: string) => void,
): Promise<() => Promise<void>> {
  const detach = await Promise.all(
    [...new Set(proxies)].map((proxy) => {
      const { hostname, port, host } = new URL(proxy);
      const server = createConnectServer((target, at) => {
        asked(`${target}:${at}`, host);
        return network.lookup(target, at);
      });
      return network.attach(hostname, Number(port || 80), server);
    }),
  );
  return async () => {
    await Promise.all(detach.map((each) => each()));
  };
}
