import home from "../../cluster";

const [route] = home.routes ?? [];
const paths = { "/": "hello" } as const;

/** Names of every sort: behind the edge, inside only, wildcards, other domains, TLS that ends at the ingress. */
export default {
  ...home,
  certificates: {
    ...home.certificates,
    "example.net": { fromVariable: "example_net" },
    "example.org": { fromVariable: "example_org" },
  },
  routes: [
    route,
    { host: "*.example.net", paths, edge: { certificate: "example.net" } },
    { host: "example.org", paths, tls: "example.org", edge: { certificate: "example.org" } },
    { host: "inside.test.com", paths },
    { host: "*.inside.test.com", paths },
  ],
  edge: {
    ...home.edge,
    redirections: { "old.test.com": { to: "main.test.com", certificate: "test.com" } },
    notFound: { "gone.test.com": {} },
    streams: { raw: { port: 8443, to: { ingress: 443 } } },
  },
};
