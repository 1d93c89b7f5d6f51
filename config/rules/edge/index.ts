import type { Draft } from "../../draft";
import type { Problem } from "../../problem";
import { access } from "./access";
import { agreement } from "./agreement";
import { domains } from "./domains";
import { hsts } from "./hsts";
import { limits } from "./limits";
import { locations } from "./locations";
import { loops } from "./loops";
import { hasEdge, proxiesOf } from "./proxies";
import { raw } from "./raw";
import { streamPorts, streams } from "./streams";
import { tls } from "./tls";
import { visitors } from "./visitors";

/** edge: what the proxy in front would take and do otherwise, or not at all; it checks next to nothing itself. */
export function edge(drafts: readonly Draft[]): Problem[] {
  return [
    ...drafts
      .filter(hasEdge)
      .flatMap((draft) => [
        ...access(draft),
        ...agreement(draft),
        ...tls(draft),
        ...limits(draft),
        ...visitors(draft),
        ...locations(draft, drafts),
        ...raw(draft),
        ...streams(draft),
        ...loops(draft),
      ]),
    ...proxiesOf(drafts).flatMap((proxy) => [...domains(proxy), ...hsts(proxy), ...streamPorts(proxy)]),
  ];
}
