import type { DraftService } from "../../draft";
import type { DraftStream } from "../../draft/edge";
import { error, warning } from "../../problem";
import type { Place, Problem } from "../../problem";
import { counted, listOf } from "../../words";
import type { EdgeDraft } from "./proxies";

/** streams lead to an address of the load balancer, by what speaks there. */
export function streams(draft: EdgeDraft): Problem[] {
  return draft.edge.streams.flatMap((stream) => [
    ...toIngress(draft, stream),
    ...toService(draft, stream),
    ...certificateUnder(draft, stream),
    ...visitorLost(draft, stream),
  ]);
}

/** streamPorts of one proxy, of all clusters behind it. */
export function streamPorts(proxy: readonly EdgeDraft[]): Problem[] {
  const listening = proxy.flatMap((draft) =>
    draft.edge.streams.map(({ input, keys }) => ({ draft, input, place: draft.at(...keys, "port") })),
  );
  const seen = new Map<string, Place>();
  return listening.flatMap(({ draft, input, place }) => {
    const taken = takenPorts(draft).find(({ port }) => port === input.port);
    const transports = [...new Set(input.transports ?? (["TCP"] as const))];
    const earlier = transports.flatMap((transport) => {
      const key = `${transport} ${input.port}`;
      const place_ = seen.get(key);
      seen.set(key, place_ ?? place);
      return place_ === undefined ? [] : [{ place: place_, transport }];
    });
    const [clash] = earlier;
    return [
      ...(taken === undefined ? [] : [portTaken(place, input.port, taken.by)]),
      ...(clash === undefined
        ? []
        : [
            error("edge/stream-twice", [place, clash.place], {
              found: `${clash.transport} ${input.port} for both`,
              why: "the proxy takes both, and the first one written gets every connection",
              fix: "give one of them another port",
            }),
          ]),
    ];
  });
}

/** takenPorts of the proxy's machine, among them where its backend listens. Source: Nginx Proxy Manager, backend/index.js */
function takenPorts({ edge }: EdgeDraft): { readonly port: number; readonly by: string }[] {
  const { port } = new URL(edge.input.nginxProxyManager.url);
  return [
    { port: 80, by: "its sites" },
    { port: 443, by: "its sites" },
    { port: 81, by: "its own interface" },
    { port: 3000, by: "its own backend" },
    ...(port === "" ? [] : [{ port: Number(port), by: "its API" }]),
  ];
}

function portTaken(place: Place, port: number, by: string): Problem {
  return error("edge/stream-port", [place], {
    found: `${port}, which the proxy has for ${by}`,
    why: "nginx could not listen there, and would keep its old configuration for every later change too, without a word",
    fix: `set ${place.keys.join(".")} to ${port < 1000 ? 8000 + port : port + 1}`,
  });
}

function toIngress(draft: EdgeDraft, { input: { to, transports }, keys }: DraftStream): Problem[] {
  if (!("ingress" in to)) return [];
  const place = draft.at(...keys, "to", "ingress");
  if (draft.input.ingress === undefined) {
    return [
      error("edge/stream-target", [place], {
        found: `port ${to.ingress} of the ingress`,
        why: "the file has no ingress",
        fix: 'add ingress: { controller: "traefik", address: … }, or lead to a service',
      }),
    ];
  }
  return transports?.includes("UDP") === true
    ? [
        error("edge/stream-transport", [draft.at(...keys, "transports"), place], {
          found: "UDP to the ingress",
          why: "the ingress answers TCP only",
          fix: "take transports out",
        }),
      ]
    : [];
}

function toService(draft: EdgeDraft, stream: DraftStream): Problem[] {
  const { to } = stream.input;
  const service = "service" in to ? draft.services.find(({ name }) => name === to.service) : undefined;
  if (!("service" in to) || service === undefined || service.ports.length === 0) return [];
  const place = draft.at(...stream.keys, "to", "service");
  const { exposure } = service;
  if (exposure?.address === undefined) {
    return [
      error("edge/stream-target", [place, draft.at(...service.keys)], {
        found: `"${service.name}", which has no address of the load balancer`,
        why: "the proxy is outside the cluster, and needs an address that stays",
        fix: 'give the service expose: { type: "LoadBalancer", address: … }',
      }),
    ];
  }
  return portOf(draft, stream, service, to.port);
}

function portOf(
  draft: EdgeDraft,
  { input, keys }: DraftStream,
  service: DraftService,
  asked?: number,
): Problem[] {
  const numbers = [...new Set(service.ports.map(({ port }) => port))];
  const [only] = numbers;
  const place = draft.at(...keys, "to", ...(asked === undefined ? [] : ["port"]));
  if (asked === undefined ? numbers.length > 1 : !numbers.includes(asked)) {
    return [
      error("edge/stream-target", [place, draft.at(...service.keys)], {
        found: asked === undefined ? `${counted(numbers.length, "port")} to choose from` : String(asked),
        why: `the Service ${service.name} has ${listOf(numbers.map(String))}`,
        fix: `write port: ${only ?? 1}, say`,
      }),
    ];
  }
  const spoken = service.ports
    .filter(({ port }) => port === (asked ?? only))
    .map(({ transport }) => transport);
  const silent = (input.transports ?? (["TCP"] as const)).filter((transport) => !spoken.includes(transport));
  if (silent.length === 0) return [];
  return [
    error(
      "edge/stream-transport",
      [
        draft.at(...keys, ...(input.transports === undefined ? [] : ["transports"])),
        draft.at(...service.keys),
      ],
      {
        found: `${listOf(silent)} to a port of ${listOf(spoken)}`,
        why: `nothing of ${service.name} answers there`,
        fix: `write transports: ${JSON.stringify(spoken)}`,
      },
    ),
  ];
}

function certificateUnder(draft: EdgeDraft, { input, keys }: DraftStream): Problem[] {
  const { certificate, transports, to } = input;
  if (certificate === undefined) return [];
  const udp = transports?.includes("UDP") === true;
  const unopened = "ingress" in to && to.ingress === 443;
  if (!udp && !unopened) return [];
  return [
    error(
      "edge/stream-certificate",
      [draft.at(...keys, "certificate"), draft.at(...keys, udp ? "transports" : "to")],
      {
        found: udp ? "a certificate, and UDP" : "a certificate, and port 443 of the ingress",
        why: udp
          ? "the proxy ends TLS of TCP connections only"
          : "the proxy would open TLS and go on in plain text, where the ingress waits for TLS",
        fix: udp
          ? "take certificate out, or make UDP a stream of its own"
          : "take certificate out, or lead to port 80",
      },
    ),
  ];
}

function visitorLost(draft: EdgeDraft, { input, keys }: DraftStream): Problem[] {
  return [
    warning("edge/stream-hides-visitor", [draft.at(...keys)], {
      found: `port ${input.port}`,
      why: "connections of a stream come from the proxy's address: nothing behind it sees whose they are",
      fix: "forward the port to the load balancer's address in the router, where that matters",
    }),
  ];
}
