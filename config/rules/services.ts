import type { Draft } from "../draft";
import { containerPorts, leavingSeconds, runningIn } from "../draft/services";
import type { Running } from "../draft/services";
import { error } from "../problem";
import type { Problem } from "../problem";
import { isDnsLabel, labelLike } from "../schema/literals";

/** services: their names become host names, and their pods have time to end. */
export function services(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) => [...names(draft), ...grace(draft)]);
}

function names(draft: Draft): Problem[] {
  const { services: entries, configMaps, secrets, issuers, loadBalancer, edge } = draft.input;
  const sections = {
    services: entries,
    configMaps,
    secrets,
    issuers,
    "edge.streams": edge?.streams,
    ...("pools" in loadBalancer ? { "loadBalancer.pools": loadBalancer.pools } : {}),
  };
  return Object.entries(sections).flatMap(([section, named]) =>
    Object.keys(named ?? {})
      .filter((name) => !isDnsLabel(name))
      .map((name) =>
        error("names/object-name", [draft.at(...section.split("."), name)], {
          found: `"${name}"`,
          why: "it becomes the name of an object and of hosts: at most 63 of a-z, 0-9 and dashes (RFC 1123)",
          fix: labelLike(name) === "" ? "give it a name such as hello" : `call it "${labelLike(name)}"`,
        }),
      ),
  );
}

/** grace: the time that Kubernetes gives a pod to end counts its preStop hook. */
function grace(draft: Draft): Problem[] {
  return draft.services.flatMap((service) => {
    const { input, keys } = service;
    if (!("gracePeriod" in input) || input.gracePeriod === undefined) return [];
    const sleep = Math.max(0, ...runningIn(service).map(sleepOf));
    if (input.gracePeriod > sleep) return [];
    return [
      error("services/no-time-to-end", [draft.at(...keys, "gracePeriod")], {
        found: `${input.gracePeriod / 1000}s, of which it sleeps ${sleep / 1000}s before the signal to end`,
        why: "what comes before the signal counts as part of it: the program would be killed before it is told to end",
        fix: `make it ${sleep / 1000 + 25}s, say`,
      }),
    ];
  });
}

/** sleepOf a container before it is told to end. One with a port and without a hook has a sleep of its own. */
function sleepOf({ input }: Running): number {
  const { preStop } = input.lifecycle ?? {};
  if (preStop === undefined) return containerPorts(input).length > 0 ? leavingSeconds * 1000 : 0;
  return "sleep" in preStop ? preStop.sleep : 0;
}
