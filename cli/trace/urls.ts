import { loadModel } from "../../load-cluster";

/** urlsOf a cluster file's routes, one for each path that can be asked for as it is written. */
export function urlsOf(cluster: string | undefined): string[] {
  const { clusters } = loadModel(cluster).model;
  const urls = clusters.flatMap(({ routes }) =>
    routes.flatMap(({ hosts, rules, tls, edge }) => {
      const scheme = edge?.scheme === "http" || (edge === undefined && tls === undefined) ? "http" : "https";
      const paths = rules.flatMap(({ path: { kind, value } }) => (kind === "regex" ? [] : [value]));
      return hosts.filter(isExact).flatMap((host) => paths.map((path) => `${scheme}://${host}${path}`));
    }),
  );
  return [...new Set(urls)];
}

function isExact(host: string): boolean {
  return !host.startsWith("*.");
}
