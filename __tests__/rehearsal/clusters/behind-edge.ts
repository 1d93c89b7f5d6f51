import { home } from "../../clusters/home";

/** behindEdge is a sound cluster with a route for each host, all of them in the proxy in front; `edge` is more of the proxy. */
export function behindEdge(
  hosts: Readonly<Record<string, object>>,
  edge: object = {},
  more: readonly object[] = [],
  certificate: object = { fromVariable: "test_com" },
): object {
  return {
    ...home,
    services: { hello: { image: "docker.io/traefik/whoami:v1.11.0", port: 8080 } },
    certificates: { "test.com": certificate },
    routes: [
      ...Object.entries(hosts).map(([host, inFront]) => ({ host, paths: { "/": "hello" }, edge: inFront })),
      ...more,
    ],
    edge: { ...home.edge, ...edge },
  };
}
