import type { Backend } from "../../../../config/model/routes";
import { backend, prefix } from "../istio-and-nginx";
import { oneRule, plain, type Scenario } from "./scenario";

/** backends: what a route can lead to. */
export const backends = {
  "backend-protocol": {
    without: plain,
    with: leadingTo({ ...backend("hello"), port: 8443, protocol: "https" }),
    carries: ["8443"],
  },
  "backend-h2c": {
    without: plain,
    with: leadingTo({ ...backend("hello"), port: 8082, protocol: "h2c" }),
    carries: ["8082"],
  },
  "cross-namespace": {
    without: plain,
    with: leadingTo({ ...backend("hello"), namespace: "stock" }),
    carries: ["stock"],
  },
  "external-name": {
    without: plain,
    with: leadingTo({
      service: "navi",
      namespace: "shop",
      port: 443,
      protocol: "https",
      weight: 100,
      externalHost: "apis-navi.kakaomobility.com",
    }),
    carries: ["443", "apis-navi.kakaomobility.com"],
  },
} as const satisfies Record<string, Scenario>;

function leadingTo(one: Backend) {
  const home = { ...prefix("/home"), name: "home" };
  return oneRule(home, { ...prefix("/hello"), action: { kind: "forward", backends: [one] } });
}
