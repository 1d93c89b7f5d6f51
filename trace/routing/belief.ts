import { z } from "zod";
import { holds } from "../addresses";
import type { Objects } from "../objects";
import { workloadsBehind } from "../services";
import type { Arrival } from "./router";

/** schemeOf a visitor: what the controller was told where it believes that, else what the connection has. */
export function schemeOf({ request, tls }: Arrival, believes: boolean): "http" | "https" {
  const told = request.headers["x-forwarded-proto"];
  if (believes && (told === "http" || told === "https")) return told;
  return tls ? "https" : "http";
}

/** traefikBelieves peers that the entry point trusts, and nobody else. */
export function traefikBelieves(objects: Objects, { request, port, service }: Arrival): boolean {
  const entryPoint = String(port.targetPort ?? port.name);
  const flag = `--entrypoints.${entryPoint}.forwardedheaders.`;
  const args = service === undefined ? [] : workloadsBehind(objects, service).flatMap(argumentsOf);
  return args.some((argument) => {
    const [name = "", value = ""] = argument.split("=");
    if (name.toLowerCase() === `${flag}insecure`) return value !== "false";
    if (name.toLowerCase() !== `${flag}trustedips` || request.from === undefined) return false;
    const { from } = request;
    return value.split(",").some((peer) => holds(peer, from));
  });
}

/** istioBelieves whoever connects, where its gateway is told that a proxy stands in front. */
export function istioBelieves(objects: Objects, { service }: Arrival): boolean {
  const workloads = service === undefined ? [] : workloadsBehind(objects, service);
  return workloads.some(({ value }) => {
    const config = value.spec.template.metadata.annotations["proxy.istio.io/config"];
    return /"?numTrustedProxies"?:\s*[1-9]/.test(config ?? "");
  });
}

const configMap = z.looseObject({ data: z.record(z.string(), z.string()).default({}) });

/** nginxSettings, the ConfigMap beside the controller; with use-forwarded-headers it believes whoever connects. */
export function nginxSettings(objects: Objects, { service }: Arrival): Readonly<Record<string, string>> {
  return objects
    .all("/ConfigMap", configMap)
    .filter(({ ref, namespace }) => namespace === service?.namespace && ref.name === service.ref.name)
    .reduce((settings, { value }) => ({ ...settings, ...value.data }), {});
}

function argumentsOf({ value }: ReturnType<typeof workloadsBehind>[number]): readonly string[] {
  return value.spec.template.spec.containers.flatMap(({ args }) => args);
}
