import { createServer } from "node:net";
import { type ConnectProxy, createConnectProxy } from "../../lab/network/connect-proxy";
import { listenOnLoopback } from "../../lab/network/loopback";
import { join, splice } from "../../lab/network/tunnel";

/** FakeLoadBalancer is a port on loopback that is led as HAProxy leads one. */
export interface FakeLoadBalancer {
  /** door, its address and port. */
  readonly door: string;
  /** leadsTo a port of loopback; with none, a connection is taken and closed. */
  leadsTo: number | undefined;
  /** proxy through which nothing but the door is reached. */
  readonly proxy: ConnectProxy;
  /** shut the door: nobody takes connections any more. */
  shut(): Promise<void>;
  close(): Promise<void>;
}

export async function startLoadBalancer(): Promise<FakeLoadBalancer> {
  const server = createServer((client) => {
    const { leadsTo } = fake;
    if (leadsTo === undefined) {
      client.destroy();
      return;
    }
    void join(leadsTo).then((upstream) => {
      splice(client, upstream);
    });
  });
  const bound = await listenOnLoopback(server);
  const proxy = await createConnectProxy((_, port) => (port === bound.port ? port : undefined));
  const fake: FakeLoadBalancer = {
    door: `127.0.0.1:${bound.port}`,
    leadsTo: undefined,
    proxy,
    shut: () => bound.close(),
    async close() {
      await Promise.all([bound.close(), proxy.close()]);
    },
  };
  return fake;
}
