import { z } from "zod";
import type { Read } from "../objects";
import { type Hop, lost } from "../trace";
import { istioBelieves, schemeOf } from "./belief";
import { redirected } from "./redirect";
import { type Arrival, type Choice, matchesHost, type Router } from "./router";

const stringMatch = z.looseObject({
  exact: z.string().optional(),
  prefix: z.string().optional(),
  regex: z.string().optional(),
});

const conditions = z.looseObject({
  uri: stringMatch.optional(),
  method: stringMatch.optional(),
  headers: z.record(z.string(), stringMatch).default({}),
  queryParams: z.record(z.string(), stringMatch).default({}),
});

const http = z.looseObject({
  match: z.array(conditions).optional(),
  redirect: z
    .looseObject({
      scheme: z.string().optional(),
      authority: z.string().optional(),
      port: z.number().optional(),
      uri: z.string().optional(),
      redirectCode: z.number().default(301),
    })
    .optional(),
  route: z
    .array(
      z.looseObject({
        destination: z.looseObject({
          host: z.string(),
          port: z.looseObject({ number: z.number() }).optional(),
        }),
        weight: z.number().default(1),
      }),
    )
    .default([]),
});

const virtualService = z.looseObject({
  spec: z.looseObject({
    hosts: z.array(z.string()),
    gateways: z.array(z.string()).default([]),
    http: z.array(http).default([]),
  }),
});

const gateway = z.looseObject({
  spec: z.looseObject({
    servers: z.array(
      z.looseObject({
        hosts: z.array(z.string()),
        port: z.looseObject({ number: z.number(), protocol: z.string() }),
        tls: z.looseObject({ httpsRedirect: z.boolean().default(false) }).optional(),
      }),
    ),
  }),
});

type Gateway = Read<z.infer<typeof gateway>>;
type VirtualService = Read<z.infer<typeof virtualService>>;

/** istio: a Gateway lets the host in, the first rule of a VirtualService that takes the request leads it on. */
export const istio: Router = (objects, arrival) => {
  const { url } = arrival.request;
  const { hostname } = url;
  const told = schemeOf(arrival, istioBelieves(objects, arrival));
  for (const entrance of objects.all("networking.istio.io/Gateway", gateway)) {
    const server = entrance.value.spec.servers.find(
      ({ hosts, port }) =>
        (port.protocol === "HTTPS") === arrival.tls &&
        hosts.some((pattern) => matchesHost(pattern.split("/").at(-1) ?? "", hostname)),
    );
    if (server === undefined) continue;
    const hop: Hop = {
      at: "route",
      object: entrance.ref,
      says: `lets ${hostname} in on ${server.port.number}`,
    };
    if (server.tls?.httpsRedirect === true && told !== "https")
      return {
        hops: [hop],
        action: { kind: "redirect", status: 301, to: redirected(url, { scheme: "https" }) },
      };
    const chosen = objects
      .all("networking.istio.io/VirtualService", virtualService)
      .filter((candidate) => bound(candidate, entrance) && serves(candidate, hostname))
      .map((candidate) => choiceOf(candidate, hop, arrival))
      .find((choice) => choice !== undefined);
    if (chosen !== undefined) return chosen;
  }
  return undefined;
};

function bound({ namespace, value }: VirtualService, { ref }: Gateway): boolean {
  return value.spec.gateways.some((name) => {
    const [home = "", short] = name.split("/");
    return short === undefined
      ? home === ref.name && namespace === ref.namespace
      : home === ref.namespace && short === ref.name;
  });
}

function serves({ value }: VirtualService, hostname: string): boolean {
  return value.spec.hosts.some((pattern) => matchesHost(pattern, hostname));
}

function choiceOf(from: VirtualService, entrance: Hop, { request }: Arrival): Choice | undefined {
  const chosen = from.value.spec.http.find(
    ({ match }) => match === undefined || match.some((each) => holds(each, request)),
  );
  if (chosen === undefined) return undefined;
  const hops: Hop[] = [entrance, { at: "route", object: from.ref, says: printed(chosen.match) }];
  if (chosen.redirect !== undefined) {
    const { redirectCode: status, scheme, authority: host, port, uri: path } = chosen.redirect;
    const to = redirected(request.url, { scheme, host, port, path });
    return { hops, action: { kind: "redirect", status, to } };
  }
  const to = chosen.route.map(({ destination, weight }) => {
    const [service = "", namespace = from.namespace] = destination.host.split(".");
    return { service, namespace, port: destination.port?.number ?? 80, weight };
  });
  if (to.length === 0) return lost(`VirtualService ${from.ref.name} has a rule that leads nowhere`);
  return { hops, action: { kind: "forward", to } };
}

function holds(
  { uri, method, headers, queryParams }: z.infer<typeof conditions>,
  { url, ...request }: Arrival["request"],
): boolean {
  return (
    is(uri, url.pathname) &&
    is(method, request.method) &&
    Object.entries(headers).every(([name, wanted]) => is(wanted, request.headers[name.toLowerCase()])) &&
    Object.entries(queryParams).every(([name, wanted]) => is(wanted, url.searchParams.get(name) ?? undefined))
  );
}

function is(wanted: z.infer<typeof stringMatch> | undefined, value: string | undefined): boolean {
  if (wanted === undefined) return true;
  if (value === undefined) return false;
  if (wanted.exact !== undefined) return value === wanted.exact;
  if (wanted.prefix !== undefined) return value.startsWith(wanted.prefix);
  return wanted.regex === undefined || new RegExp(`^(?:${wanted.regex})$`).test(value);
}

function printed(match: z.infer<typeof http>["match"]): string {
  return (
    (match ?? []).map(({ uri }) => uri?.exact ?? uri?.prefix ?? uri?.regex ?? "/").join(" or ") ||
    "every path"
  );
}
