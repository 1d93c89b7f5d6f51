import type { Draft } from "../draft";
import { containersOf } from "../draft/services";
import { error } from "../problem";
import type { Problem } from "../problem";
import type { Referred } from "../schema/references";
import { didYouMean, listOf } from "../words";

/** references: what one entry names, another one is. */
export function references(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [...unknown(draft), ...unknownKeys(draft), ...withoutHtpasswd(draft)]);
}

const codes: Readonly<Record<Referred, string>> = {
  service: "references/unknown-service",
  certificate: "references/unknown-certificate",
  issuer: "references/unknown-issuer",
  secret: "references/unknown-secret",
  configMap: "references/unknown-config-map",
  pool: "references/unknown-pool",
};

const sections: Readonly<Record<Referred, string>> = {
  service: "services",
  certificate: "certificates",
  issuer: "issuers",
  secret: "secrets",
  configMap: "configMaps",
  pool: "loadBalancer.pools",
};

function unknown(draft: Draft): Problem[] {
  return draft.references.flatMap(({ to, name, keys }) => {
    const known = entriesOf(draft, to);
    if (known.includes(name)) return [];
    return [
      error(codes[to], [draft.at(...keys)], {
        found: `"${name}"`,
        why: `${sections[to]} has ${listOf(known) || "no entry"}`,
        fix: didYouMean(name, known) ?? `name one of them, or add "${name}" to ${sections[to]}`,
      }),
    ];
  });
}

function entriesOf({ input, addressPools }: Draft, to: Referred): string[] {
  if (to === "pool") return addressPools.map(({ name }) => name);
  const { services, certificates, issuers, secrets, configMaps } = input;
  const entries = {
    service: services,
    certificate: certificates,
    issuer: issuers,
    secret: secrets,
    configMap: configMaps,
  };
  return Object.keys(entries[to] ?? {});
}

/** unknownKeys of secrets and ConfigMaps: a pod that asks for one never starts. */
function unknownKeys(draft: Draft): Problem[] {
  return draft.services.flatMap(({ name: service, input, keys }) => {
    if ("external" in input || "selects" in input) return [];
    const single = !("containers" in input);
    return Object.entries(containersOf(input, service)).flatMap(([container, { env }]) =>
      Object.entries(env ?? {}).flatMap(([variable, source]) => {
        if (typeof source === "string" || !("key" in source)) return [];
        const [section, name] =
          "secret" in source
            ? (["secrets", source.secret] as const)
            : (["configMaps", source.configMap] as const);
        const known = keysOf(draft, section, name);
        if (known === undefined || known.includes(source.key)) return [];
        const at = single ? keys : [...keys, "containers", container];
        return [
          error(
            "references/unknown-key",
            [draft.at(...at, "env", variable, "key"), draft.at(section, name)],
            {
              found: `"${source.key}"`,
              why: `${name} has ${listOf(known) || "no key"}, and a pod that asks for another never starts`,
              fix:
                didYouMean(source.key, known) ??
                `name one of them, or add "${source.key}" to ${section}.${name}`,
            },
          ),
        ];
      }),
    );
  });
}

/** keysOf an entry; undefined = there is no such entry. */
function keysOf({ input }: Draft, section: "secrets" | "configMaps", name: string): string[] | undefined {
  if (section === "secrets") {
    const secret = input.secrets?.[name];
    if (secret === undefined) return undefined;
    return "htpasswd" in secret ? ["auth"] : Object.keys(secret.keys);
  }
  const map = input.configMaps?.[name];
  if (map === undefined) return undefined;
  return Object.keys(typeof map["data"] === "object" ? map["data"] : map);
}

function withoutHtpasswd(draft: Draft): Problem[] {
  const secrets = draft.input.secrets ?? {};
  const readers = draft.routes.flatMap(({ rules }) =>
    rules.flatMap(({ policy, policyKeys }) => {
      const { basicAuth } = policy;
      if (basicAuth === undefined) return [];
      const short = typeof basicAuth === "string";
      const keys = policyKeys.basicAuth ?? [];
      return [{ name: short ? basicAuth : basicAuth.secret, keys: short ? keys : [...keys, "secret"] }];
    }),
  );
  const places = new Map(readers.map((reader) => [reader.keys.join("\n"), reader]));
  return [...places.values()].flatMap(({ name, keys }) => {
    const secret = secrets[name];
    if (secret === undefined || "htpasswd" in secret) return [];
    return [
      error("references/no-htpasswd", [draft.at(...keys), draft.at("secrets", name)], {
        found: `"${name}"`,
        why: "basicAuth reads lines of user and hashed password, and this secret has keys of its own",
        fix: `declare it as { htpasswd: "…" } with the variable that holds those lines`,
      }),
    ];
  });
}
