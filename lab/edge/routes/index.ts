import type { Route } from "../api/route";
import { deadHost } from "../kinds/dead-host";
import { proxyHost } from "../kinds/proxy-host";
import { redirectionHost } from "../kinds/redirection-host";
import { stream } from "../kinds/stream";
import { accessListRoutes } from "./access-lists";
import { certificateRoutes } from "./certificates";
import { hostRoutes } from "./hosts";
import type { RouteParts } from "./parts";
import { sessionRoutes } from "./session";
import { settingRoutes } from "./settings";

/** routesOf the proxy's API, below `/api`: those that a provider uses. */
export function routesOf(parts: RouteParts): readonly Route[] {
  return [
    ...sessionRoutes(parts),
    ...hostRoutes(proxyHost, parts),
    ...hostRoutes(redirectionHost, parts),
    ...hostRoutes(deadHost, parts),
    ...hostRoutes(stream, parts),
    ...certificateRoutes(parts),
    ...accessListRoutes(parts),
    ...settingRoutes(parts),
  ];
}
