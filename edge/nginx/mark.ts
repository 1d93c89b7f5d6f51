import { nginx, type NginxText } from "./text";
import { nameWord } from "./words";

/** markOf a cluster, what the advanced config of all its hosts begins with; a slash and the host's name follow. */
export function markOf(cluster: string): string {
  return `# slipway ${nameWord(cluster)}`;
}

/** markLines of one host: the first for the program, the second for whoever reads it in the proxy. */
export function markLines(cluster: string, name: string): readonly NginxText[] {
  return [
    nginx`# slipway ${nameWord(cluster)}/${nameWord(name)}`,
    nginx`# Written from cluster.ts: what is changed here is overwritten by the next deploy.`,
  ];
}
