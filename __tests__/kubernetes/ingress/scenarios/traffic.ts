import { backend, duration } from "../istio-and-nginx";
import { policy, type Scenario } from "./scenario";

/** traffic: how requests reach the pods. */
export const traffic = {
  retries: policy({ retries: { attempts: 3, statuses: [503] } }, ["attempts: 3", "503"], {
    traefik: ["attempts: 4", "503"],
    "gateway-api/traefik": ["attempts: 4", "503"],
    "ingress-nginx": ['"4"', "503"],
  }),
  "request-timeout": policy({ timeouts: { request: duration("17s") } }, ["17"]),
  "connect-timeout": policy({ timeouts: { connect: duration("13s") } }, ["13"]),
  "circuit-breaker": policy({ circuitBreaker: { failures: 5, pause: duration("45s") } }, ["5", "45s"]),
  "max-concurrent": policy({ maxConcurrent: 11 }, ["11"]),
  "rate-limit": policy({ rateLimit: { requests: 120, per: "minute", burst: 240 } }, ["120"], {
    traefik: ["average: 120", "period: 1m", "burst: 240"],
    "gateway-api/traefik": ["average: 120", "period: 1m", "burst: 240"],
  }),
  sticky: policy({ sticky: { cookie: "seat", seconds: 3600 } }, ["seat", "3600"]),
  balance: policy({ balance: "least-request" }, ["LEAST_REQUEST"], { traefik: ["strategy: p2c"] }),
  "body-size": policy({ maxBodyBytes: 8_388_608 }, ["8388608"], { "ingress-nginx": ["8"] }),
  mirror: policy({ mirror: { backend: backend("shadow"), percent: 100 } }, ["shadow"]),
  "mirror-percent": policy({ mirror: { backend: backend("shadow"), percent: 25 } }, ["shadow", "25"]),
  websocket: policy({ websocket: true }, []),
  "error-pages": policy(
    { errorPages: { backend: backend("sorry"), statuses: [502, 503], path: "/{status}.html" } },
    ["sorry", "502", "503"],
  ),
} as const satisfies Record<string, Scenario>;
