import type { Draft } from "../draft";
import { runningIn } from "../draft/services";
import { nearest } from "../nearest";
import { error, warning } from "../problem";
import type { Problem } from "../problem";

/** registries: each is a name that images begin with, and is spoken to as it should be. */
export function registries(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [
    ...notRegistries(draft),
    ...nothingMirrored(draft),
    ...loginsInClear(draft),
    ...unverified(draft),
    ...unused(draft),
  ]);
}

/** notRegistries. What makes a name a registry: rke2-docs, docs/install/private_registry.md */
function notRegistries(draft: Draft): Problem[] {
  const { registries: written, systemDefaultRegistry } = draft.input.rke2;
  const named = [
    ...Object.keys(written?.mirrors ?? {}).map((name) => ({
      name,
      keys: ["registries", "mirrors", name],
      host: false,
    })),
    ...Object.keys(written?.configs ?? {}).map((name) => ({
      name,
      keys: ["registries", "configs", name],
      host: true,
    })),
    ...(systemDefaultRegistry === undefined
      ? []
      : [{ name: systemDefaultRegistry, keys: ["systemDefaultRegistry"], host: false }]),
  ];
  return named
    .filter(({ name, host, keys }) => !isRegistry(name, host) || (name === "*" && keys.length === 1))
    .map(({ name, keys }) => {
      const host = name.replace(/^\w+:\/\//, "").replace(/\/.*$/, "");
      return error("rke2/not-a-registry", [draft.at("rke2", ...keys)], {
        found: `"${name}"`,
        why: "it is what images' names begin with: a host with a dot or a port, without https:// and without a path",
        fix:
          isRegistry(host, false) && host !== "*"
            ? `call it "${host}"`
            : 'call it as in "registry.test.com:5000"',
      });
    });
}

function isRegistry(name: string, host: boolean): boolean {
  if (name === "*") return true;
  return /^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/.test(name) && (host || /[.:]/.test(name));
}

/** nothingMirrored: nodes share the images of mirrored registries only (rke2-docs: docs/install/registry_mirror.md). */
function nothingMirrored(draft: Draft): Problem[] {
  const { embeddedRegistry, registries: written } = draft.input.rke2;
  if (embeddedRegistry !== true || Object.keys(written?.mirrors ?? {}).length > 0) return [];
  return [
    error("rke2/nothing-mirrored", [draft.at("rke2", "embeddedRegistry"), draft.at("rke2", "registries")], {
      found: "true without a mirror",
      why: "nodes give each other the images of registries that stand in mirrors, and of no other",
      fix: 'write mirrors: { "*": {} } in rke2.registries for all of them',
    }),
  ];
}

function loginsInClear(draft: Draft): Problem[] {
  return configsOf(draft).flatMap(({ host, auth, keys }) => {
    const plain = endpointsOf(draft).find(
      (endpoint) => endpoint.startsWith("http:") && hostOf(endpoint) === host,
    );
    if (auth === undefined || plain === undefined) return [];
    return [
      warning("rke2/login-in-clear", [draft.at(...keys, "auth")], {
        found: `a login for ${plain}`,
        why: "every node sends it unencrypted with every image: whoever is on the way can push images of their own",
        fix: "let the registry speak HTTPS, and write its https:// address in mirrors",
      }),
    ];
  });
}

function unverified(draft: Draft): Problem[] {
  return configsOf(draft)
    .filter(({ tls }) => tls?.insecureSkipVerify === true)
    .map(({ host, keys }) =>
      warning("rke2/registry-unverified", [draft.at(...keys, "tls", "insecureSkipVerify")], {
        found: `${host} may be anybody`,
        why: "whoever answers in its place decides what runs on every node",
        fix: "take it out, and write the certificate that signed the registry's as tls.ca",
      }),
    );
}

/** unused configs that are one spelling, or a port, away from a registry that is asked. */
function unused(draft: Draft): Problem[] {
  const asked = askedHosts(draft);
  return configsOf(draft).flatMap(({ host, keys }) => {
    if (host === "*" || !isRegistry(host, true) || asked.includes(host)) return [];
    const meant = asked.find((other) => nameOf(other) === nameOf(host)) ?? nearest(host, asked);
    if (meant === undefined) return [];
    return [
      warning("rke2/registry-unused", [draft.at(...keys)], {
        found: `"${host}", and images are fetched from "${meant}"`,
        why: "login and certificate are for exactly this host and port, so they would be used for none",
        fix: `call it "${meant}"`,
      }),
    ];
  });
}

function configsOf({ input }: Draft) {
  return Object.entries(input.rke2.registries?.configs ?? {}).map(([host, config]) => {
    return { host, ...config, keys: ["rke2", "registries", "configs", host] };
  });
}

function endpointsOf({ input }: Draft): string[] {
  return Object.values(input.rke2.registries?.mirrors ?? {}).flatMap(({ endpoint }) => endpoint ?? []);
}

/** askedHosts: mirrors' endpoints, and the registries that images of the file name. */
function askedHosts(draft: Draft): string[] {
  const { registries: written, systemDefaultRegistry } = draft.input.rke2;
  const images = draft.services.flatMap((service) => runningIn(service).map(({ input }) => input.image));
  const named = [
    ...endpointsOf(draft).map(hostOf),
    ...Object.keys(written?.mirrors ?? {}),
    ...(systemDefaultRegistry === undefined ? [] : [systemDefaultRegistry]),
    ...images.flatMap((image) => /^([^/]*[.:][^/]*)\//.exec(image)?.[1] ?? []),
  ];
  return [...new Set(named)].filter((name) => name !== "*" && isRegistry(name, true));
}

/** hostOf a URL with its port as written: it is compared as it stands. */
function hostOf(endpoint: string): string {
  return endpoint.replace(/^\w+:\/\//, "").replace(/[/?#].*$/, "");
}

function nameOf(host: string): string {
  return host.replace(/:\d+$/, "");
}
