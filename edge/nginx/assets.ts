import type { Upstream } from "../../config/model/edge";
import { NginxText, nginx } from "./text";
import { passTo } from "./upstream";

/**
 * cachedAssets within a location, whose headers they inherit. The proxy's own switch is not used: its location for
 * assets passes on what visitors say about themselves, asks the host's upstream for those of another location, and
 * keeps an answer with its cookies (nginx-proxy-manager, conf.d/include/assets.conf).
 */
export function cachedAssets(upstream: Upstream): NginxText {
  return NginxText.block(nginx`location ~* \.(css|js|jpe?g|gif|png|webp|woff2?|eot|ttf|svg|ico)$`, [
    nginx`proxy_cache public-cache;`,
    nginx`proxy_cache_key $scheme$host$request_uri;`,
    nginx`proxy_cache_valid 200 30m;`,
    nginx`proxy_cache_bypass $http_authorization;`,
    nginx`proxy_no_cache $http_authorization;`,
    passTo(upstream),
  ]);
}
