import { error, warning } from "../../problem";
import type { Place, Problem } from "../../problem";
import { isHostName } from "../../schema/certificates";
import { entriesOf, takenBy } from "./proxies";
import type { EdgeDraft, ProxyEntry } from "./proxies";

/** domains of one proxy, of all clusters behind it: it has each name once, and one default site. */
export function domains(proxy: readonly EdgeDraft[]): Problem[] {
  const entries = proxy.flatMap(entriesOf);
  return [
    ...proxy.flatMap(malformedNames),
    ...twice(entries),
    ...coveredByWildcard(entries),
    ...adoptedTwice(proxy),
    ...twoAddresses(proxy),
    ...defaultSiteTwice(proxy),
  ];
}

/** malformedNames: the name of a redirection is its host unless it says others, and its plan address. */
function malformedNames({ edge: { redirections, notFound }, at }: EdgeDraft): Problem[] {
  return [...redirections, ...notFound].flatMap(({ keys }) => {
    const name = keys.at(-1) ?? "";
    if (isHostName(name)) return [];
    return [
      error("names/not-a-host", [at(...keys)], {
        found: JSON.stringify(name),
        why: "a host is a DNS name in lower case; a wildcard is one whole label in front of it",
        fix: 'write it as "main.test.com" or "*.test.com"',
      }),
    ];
  });
}

/** twice: two routes of two clusters are `routes/twice-at-the-edge`. */
function twice(entries: readonly ProxyEntry[]): Problem[] {
  const seen = new Map<string, ProxyEntry>();
  return entries.flatMap((entry) =>
    [...new Set(entry.hosts)].flatMap((host) => {
      const name = host.toLowerCase();
      const earlier = seen.get(name);
      seen.set(name, earlier ?? entry);
      if (earlier === undefined || (earlier.kind === "proxy host" && entry.kind === "proxy host")) return [];
      return [
        error("edge/domain-twice", [entry.place, earlier.place], {
          found: `${host} for a ${entry.kind} and a ${earlier.kind}`,
          why: "the proxy has each name once, over routes, redirections and notFound, and answers 400 to the second",
          fix: "take it out of one of them",
        }),
      ];
    }),
  );
}

function coveredByWildcard(entries: readonly ProxyEntry[]): Problem[] {
  const hosts = entries.filter(({ kind }) => kind === "proxy host");
  const wildcards = hosts.flatMap((entry) =>
    entry.hosts.filter((host) => host.startsWith("*.")).map((wildcard) => ({ wildcard, entry })),
  );
  return hosts.flatMap((entry) =>
    entry.hosts.flatMap((host) => {
      const covering = wildcards.find((one) => one.entry !== entry && takenBy(one.wildcard, host));
      if (covering === undefined) return [];
      return [
        warning("edge/wildcard-covers", [entry.place, covering.entry.place], {
          found: `${host}, and ${covering.wildcard}`,
          why: "the proxy takes the exact name first, so the wildcard's settings are not in force for it",
          fix: "take it out where the wildcard's settings would do",
        }),
      ];
    }),
  );
}

/** adoptedTwice: proxy hosts and redirections are numbered each by themselves. */
function adoptedTwice(proxy: readonly EdgeDraft[]): Problem[] {
  const adopted = proxy.flatMap(({ edge, at }) => [
    ...edge.hosts.map(({ routes: [{ edge: input, keys }] }) => ({
      kind: "proxy host",
      input,
      place: at(...keys, "adopt"),
    })),
    ...edge.redirections.map(({ input, keys }) => ({
      kind: "redirection",
      input,
      place: at(...keys, "adopt"),
    })),
  ]);
  const seen = new Map<string, Place>();
  return adopted.flatMap(({ kind, input: { adopt }, place }) => {
    if (adopt === undefined) return [];
    const earlier = seen.get(`${kind} ${adopt}`);
    seen.set(`${kind} ${adopt}`, earlier ?? place);
    if (earlier === undefined) return [];
    return [
      error("edge/adopted-twice", [place, earlier], {
        found: `${adopt} for both`,
        why: `it is the number of one ${kind} in the proxy, and two would write over each other`,
        fix: "give each its own number, or take adopt out of one",
      }),
    ];
  });
}

/** twoAddresses of one url: the ingress of one cluster would believe a stranger, and not the proxy. */
function twoAddresses([first, ...others]: readonly EdgeDraft[]): Problem[] {
  return others.flatMap((draft) => {
    if (first === undefined) return [];
    const [one, other] = [first, draft].map(({ edge }) => edge.input.nginxProxyManager.address);
    if (one === other) return [];
    const keys = ["edge", "nginxProxyManager", "address"];
    return [
      error("edge/two-addresses", [draft.at(...keys), first.at(...keys)], {
        found: `${other} and ${one} for one url`,
        why: "it is one proxy, its requests come from one address, and the ingress believes that address alone",
        fix: `set edge.nginxProxyManager.address of ${draft.input.name} to "${one}"`,
      }),
    ];
  });
}

function defaultSiteTwice(proxy: readonly EdgeDraft[]): Problem[] {
  const [first, ...others] = proxy.filter(({ edge }) => edge.input.defaultSite !== undefined);
  return others.flatMap((draft) =>
    first === undefined
      ? []
      : [
          error(
            "edge/default-site-twice",
            [draft.at("edge", "defaultSite"), first.at("edge", "defaultSite")],
            {
              found: `one of ${draft.input.name} and one of ${first.input.name}`,
              why: "the proxy has one default site, and the two clusters would write over each other",
              fix: "take it out of one of them",
            },
          ),
        ],
  );
}
