import type { Draft, DraftRoute } from "../draft";
import { rewriteOf } from "../draft/rewrite";
import type { DraftRule } from "../draft/routes";
import { error } from "../problem";
import type { Place, Problem } from "../problem";
import { listOf } from "../words";

/** routes: each request has one answer, and somebody there to give it. */
export function routes(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [
    ...withoutIngress(draft),
    ...withoutEdge(draft),
    ...malformedPaths(draft),
    ...prefixOfExpression(draft),
    ...twice(draft),
    ...weights(draft),
    ...withoutPort(draft),
    ...websocketCut(draft),
  ]);
}

function withoutIngress(draft: Draft): Problem[] {
  if (draft.input.ingress !== undefined || draft.routes.length === 0) return [];
  return [
    error("routes/no-ingress", [draft.at("routes")], {
      found: `${draft.routes.length} of them`,
      why: "a route is served by an ingress controller, and the file has none",
      fix: 'add ingress: { controller: "traefik", address: … } with an address of the load balancer',
    }),
  ];
}

function withoutEdge(draft: Draft): Problem[] {
  if (draft.input.edge !== undefined) return [];
  return draft.routes.flatMap(({ input, hosts, keys }) =>
    input.edge === undefined
      ? []
      : [
          error("routes/no-edge", [draft.at(...keys, "edge")], {
            found: listOf(hosts),
            why: "the file has no proxy in front of the cluster that could serve it",
            fix: "add edge with nginxProxyManager, or take edge out of the route",
          }),
        ],
  );
}

function malformedPaths(draft: Draft): Problem[] {
  return eachPath(draft).flatMap(({ path: { kind, value }, pathKeys }): Problem[] => {
    const place = draft.at(...pathKeys);
    if (kind === "regex") {
      if (isExpression(value)) return [];
      return [
        error("routes/not-an-expression", [place], {
          found: `"${value}"`,
          why: 'with match: "regex" the path is a regular expression (RE2), and this is none',
          fix: "correct it, or leave match away",
        }),
      ];
    }
    if (/^\/[^?#\s]*$/.test(value)) return [];
    return [
      error("routes/not-a-path", [place], {
        found: `"${value}"`,
        why: "a path begins with a slash and has no query, fragment or space",
        fix: `write it as "/${value.replace(/^\/+/, "").replace(/[?#\s].*$/, "")}"`,
      }),
    ];
  });
}

/** prefixOfExpression: an expression matches the whole path, so that no part of it is left to replace. */
function prefixOfExpression(draft: Draft): Problem[] {
  return draft.routes.flatMap(({ rules }) =>
    rules.flatMap(({ path, pathKeys, keys, action, condition, policy, policyKeys }) => {
      if (path.kind !== "regex") return [];
      const replaced = [
        ...(action.kind === "redirect" && action.path?.kind === "prefix"
          ? [{ at: [...keys, "redirect", "path"], value: action.path.value }]
          : []),
        ...(policy.rewrite !== undefined &&
        condition === undefined &&
        rewriteOf(policy.rewrite).kind === "prefix"
          ? [{ at: policyKeys.rewrite ?? [], value: rewriteOf(policy.rewrite).value }]
          : []),
      ];
      return replaced.map(({ at, value }) =>
        error("routes/prefix-of-expression", [draft.at(...at), draft.at(...pathKeys, "match")], {
          found: `"${value}" instead of a prefix`,
          why: "an expression matches the whole path: there is no prefix that could be replaced",
          fix: `write { full: "${value}" }, or make the path a prefix`,
        }),
      );
    }),
  );
}

/** eachPath once: its conditions have its policy. */
function eachPath(draft: Draft): DraftRule[] {
  return draft.routes.flatMap(({ rules }) => rules.filter(({ condition }) => condition === undefined));
}

function isExpression(text: string): boolean {
  try {
    new RegExp(text);
    return true;
  } catch {
    return false;
  }
}

/** twice: one host with the same path under the same condition, in one route or in two. */
function twice(draft: Draft): Problem[] {
  const seen = new Map<string, Place>();
  return draft.routes.flatMap((route) =>
    requestsOf(route).flatMap(({ request, host, rule }): Problem[] => {
      const place = draft.at(...(rule === undefined ? [...route.keys, "passthrough"] : rule.keys));
      const earlier = seen.get(request);
      if (earlier === undefined) {
        seen.set(request, place);
        return [];
      }
      return [
        error("routes/twice", [place, earlier], {
          found: rule === undefined ? host : `${host}${rule.path.value}`,
          why: "both take the same requests, and engines choose between them as they like",
          fix: "take one of them out, or give it another path or condition",
        }),
      ];
    }),
  );
}

function requestsOf(route: DraftRoute) {
  return route.hosts.flatMap((host) => [
    ...route.rules.map((rule) => ({
      host,
      rule,
      request: JSON.stringify([host, rule.path.kind, rule.path.value, rule.condition ?? null]),
    })),
    ...("passthrough" in route.input ? [{ host, rule: undefined, request: JSON.stringify([host]) }] : []),
  ]);
}

function weights(draft: Draft): Problem[] {
  return draft.routes.flatMap(({ rules }) =>
    rules.flatMap(({ action }): Problem[] => {
      if (action.kind !== "forward") return [];
      const [first] = action.targets;
      const sum = action.targets.reduce((total, { weight }) => total + weight, 0);
      if (first === undefined || sum === 100) return [];
      const said = action.targets.map(({ service, weight }) => `${service} ${weight}`);
      return [
        error("routes/weights", [draft.at(...first.keys.slice(0, -1))], {
          found: `${listOf(said)}: ${sum} together`,
          why: "weights are shares of a hundred requests",
          fix: `make them 100 together: ${first.service} ${Math.max(0, first.weight + 100 - sum)}, say`,
        }),
      ];
    }),
  );
}

function withoutPort(draft: Draft): Problem[] {
  const portless = draft.services.filter(({ ports }) => ports.length === 0);
  return draft.references.flatMap(({ to, name, keys }) => {
    const service = to === "service" ? portless.find((candidate) => candidate.name === name) : undefined;
    if (service === undefined) return [];
    return [
      error("routes/no-port", [draft.at(...keys), draft.at(...service.keys)], {
        found: `"${name}"`,
        why:
          service.kind === "Job" || service.kind === "CronJob"
            ? `a ${service.kind} answers nobody`
            : "it listens on no port, so it has no Service",
        fix: "lead to a service with a port, or give this one its port",
      }),
    ];
  });
}

function websocketCut(draft: Draft): Problem[] {
  return eachPath(draft).flatMap(({ policy, policyKeys }): Problem[] => {
    if (policy.websocket !== true || policy.timeouts?.request === undefined) return [];
    return [
      error(
        "routes/websocket-cut",
        [draft.at(...(policyKeys.timeouts ?? []), "request"), draft.at(...(policyKeys.websocket ?? []))],
        {
          found: `a timeout, and websocket`,
          why: "engines count an open WebSocket as one request, and the timeout would cut it",
          fix: "give the path with the WebSocket an entry of its own, without timeouts.request",
        },
      ),
    ];
  });
}
