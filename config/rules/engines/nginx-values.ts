import type { Capability } from "../../capabilities";
import { rewriteOf } from "../../draft/rewrite";
import type { Draft, DraftRoute } from "../../draft";
import type { DraftRule } from "../../draft/routes";
import type { Problem } from "../../problem";
import type { PolicyInput } from "../../schema/policy";
import { listOf } from "../../words";
import { ableAt, eachOnce, refused } from "./refusal";

/** nginxValues: what ingress-nginx' annotations cannot say to the letter, or refuse. */
export function nginxValues(draft: Draft): Problem[] {
  const values = draft.routes.flatMap((route) =>
    route.rules.flatMap((rule) => [...numbersOf(rule), ...textsOf(route, rule)]),
  );
  return eachOnce(
    values.map(({ keys, found, why, edit, asked }) =>
      refused(draft, "routes/engine-value", {
        keys: [keys],
        found,
        why,
        edit,
        able: ableAt([asked], ["ingress-nginx"]),
      }),
    ),
  );
}

interface Value {
  readonly keys: readonly string[];
  readonly found: string;
  readonly why: string;
  readonly edit: string;
  readonly asked: Capability;
}

/** statuses after which nginx asks another pod. @see https://nginx.org/en/docs/http/ngx_http_proxy_module.html#proxy_next_upstream */
const retried: readonly number[] = [403, 404, 429, 500, 502, 503, 504];

function numbersOf({ policy, policyKeys }: DraftRule): Value[] {
  const { retries, rateLimit, timeouts } = policy;
  const statuses = (retries?.statuses ?? []).filter((status) => !retried.includes(status));
  return [
    ...(statuses.length === 0
      ? []
      : [
          {
            keys: [...(policyKeys.retries ?? []), "statuses"],
            found: listOf(statuses.map(String)),
            why: `nginx asks another pod after ${listOf(retried.map(String))} only`,
            edit: "take it out",
            asked: "retries",
          } as const,
        ]),
    ...(rateLimit?.burst === undefined || rateLimit.burst % rateLimit.requests === 0
      ? []
      : [
          {
            keys: [...(policyKeys.rateLimit ?? []), "burst"],
            found: `${rateLimit.burst} with ${rateLimit.requests} requests`,
            why: "ingress-nginx counts the burst in multiples of requests",
            edit: `make it ${Math.ceil(rateLimit.burst / rateLimit.requests) * rateLimit.requests}, say`,
            asked: "rate-limit",
          } as const,
        ]),
    ...(["request", "connect"] as const).flatMap((which) => {
      const written = timeouts?.[which];
      if (written === undefined || written % 1000 === 0) return [];
      return [
        {
          keys: [...(policyKeys.timeouts ?? []), which],
          found: `${written}ms`,
          why: "ingress-nginx counts timeouts in whole seconds",
          edit: `make it ${Math.ceil(written / 1000)}s`,
          asked: `${which}-timeout`,
        } as const,
      ];
    }),
  ];
}

/**
 * textsOf a rule that become annotations with a pattern, behind which the whole Ingress is refused.
 * @see https://github.com/kubernetes/ingress-nginx/blob/main/internal/ingress/annotations/parser/validators.go
 */
function textsOf(route: DraftRoute, { condition, keys, policy, policyKeys }: DraftRule): Value[] {
  const { rewrite, basicAuth, externalAuth, sticky, cors } = policy;
  const realm = typeof basicAuth === "object" ? basicAuth.realm : undefined;
  const at = (field: keyof PolicyInput, ...within: readonly string[]) => [
    ...(policyKeys[field] ?? []),
    ...within,
  ];
  return [
    ...(condition?.headers ?? []).flatMap(({ name, kind, value }) =>
      kind === "exact" ? unlike(plainOrSpace, value, [...keys, "headers", name], "canary-header") : [],
    ),
    ...unlike(plain, rewrite && rewriteOf(rewrite).value, at("rewrite"), "rewrite"),
    ...unlike(plainOrSpace, basicAuth && (realm ?? route.hosts[0]), at("basicAuth"), "basic-auth"),
    ...unlike(url, externalAuth?.path, at("externalAuth", "path"), "external-auth"),
    ...unlike(
      plain,
      typeof sticky === "object" ? sticky.cookie : undefined,
      at("sticky", "cookie"),
      "sticky",
    ),
    ...(cors?.origins ?? []).flatMap((text) => unlike(origin, text, at("cors", "origins"), "cors")),
    ...(cors?.methods ?? []).flatMap((text) => unlike(letters, text, at("cors", "methods"), "cors")),
    ...(cors?.headers ?? []).flatMap((text) => unlike(headerName, text, at("cors", "headers"), "cors")),
  ];
}

interface Pattern {
  readonly is: RegExp;
  readonly words: string;
}

const plain: Pattern = { is: /^[-._~A-Za-z0-9/:]*$/, words: "letters, digits and -._~/:" };
const plainOrSpace: Pattern = { is: /^[-._~A-Za-z0-9/: ]*$/, words: "letters, digits, spaces and -._~/:" };
const url: Pattern = { is: /^[-._~A-Za-z0-9/:,?&=]*$/, words: "letters, digits and -._~/:,?&=" };
const letters: Pattern = { is: /^[A-Za-z]+$/, words: "letters" };
const headerName: Pattern = { is: /^[-_A-Za-z0-9]+$/, words: "letters, digits, - and _" };
const origin: Pattern = {
  is: /^([a-z]+:\/\/(\*\.)?[-.A-Za-z0-9]*(:\d+)?|\*|null)$/,
  words: "a scheme, a host and a port",
};

function unlike(
  { is, words }: Pattern,
  value: string | undefined,
  keys: readonly string[],
  asked: Capability,
): Value[] {
  if (value === undefined || is.test(value)) return [];
  return [
    {
      keys,
      found: `"${value}"`,
      why: `ingress-nginx takes only ${words} there, and refuses an Ingress with anything else`,
      edit: asked === "basic-auth" ? "give it a realm of these" : "write it with these",
      asked,
    },
  ];
}
