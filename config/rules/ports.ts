import type { Draft, DraftService } from "../draft";
import { containerPorts, runningIn } from "../draft/services";
import { error } from "../problem";
import type { Place, Problem } from "../problem";
import type { HookInput, ProbeInput } from "../schema/containers";

/** ports: what is asked or exposed has one, and no two things in a pod have the same. */
export function ports(drafts: readonly Draft[]): Problem[] {
  return drafts.flatMap((draft) =>
    draft.services.flatMap((service) => [
      ...askedWithout(draft, service),
      ...selectsWithout(draft, service),
      ...exposedWithout(draft, service),
      ...twiceInPod(draft, service),
      ...twiceInService(draft, service),
    ]),
  );
}

/** askedWithout: a probe or hook that names no port asks the container's first. */
function askedWithout(draft: Draft, service: DraftService): Problem[] {
  return runningIn(service).flatMap(({ input, keys }) => {
    if (containerPorts(input).length > 0) return [];
    const asked = [
      ...Object.entries(input.probes ?? {}).map(([name, check]) => ({ at: ["probes", name], check })),
      ...Object.entries(input.lifecycle ?? {}).map(([name, check]) => ({ at: ["lifecycle", name], check })),
    ];
    return asked.flatMap(({ at, check }) => {
      const said = check === undefined ? undefined : portlessOf(check);
      if (said === undefined) return [];
      return [
        error("services/asked-without-port", [draft.at(...keys, ...at), draft.at(...keys)], {
          found: said.found,
          why: "it asks the container's first port, and the container has none",
          fix: `give the container its port, or ${said.edit}`,
        }),
      ];
    });
  });
}

function portlessOf(check: ProbeInput | HookInput): { found: string; edit: string } | undefined {
  if ("http" in check && check.port === undefined)
    return { found: `http "${check.http}"`, edit: "write the port beside http" };
  if ("tcp" in check && check.tcp === true) return { found: "tcp true", edit: "write the port for true" };
  if ("grpc" in check && check.grpc === true) return { found: "grpc true", edit: "write the port for true" };
  return undefined;
}

function selectsWithout(draft: Draft, { input, keys, ports: own }: DraftService): Problem[] {
  if (!("selects" in input) || own.length > 0) return [];
  return [
    error("services/selects-without-port", [draft.at(...keys)], {
      found: "selects, and neither port nor ports",
      why: "a Service leads to a port of the pods that it selects",
      fix: "add port, the one that those pods listen on",
    }),
  ];
}

function exposedWithout(draft: Draft, { input, keys, ports: own }: DraftService): Problem[] {
  if (!("expose" in input) || input.expose === undefined || "selects" in input || own.length > 0) return [];
  return [
    error("services/exposed-without-port", [draft.at(...keys, "expose"), draft.at(...keys)], {
      found: typeof input.expose === "string" ? input.expose : input.expose.type,
      why: "no container has a port, so there is no Service that could be reached",
      fix: "give the container its port, or take expose out",
    }),
  ];
}

interface Taken {
  /** as the pod or Service knows it: a name, or a number with its transport. */
  readonly as: string;
  readonly place: Place;
}

/** twiceInPod: containers of a pod share its network, and the Service in front of them calls each port by its name. */
function twiceInPod(draft: Draft, service: DraftService): Problem[] {
  const running =
    "selects" in service.input ? [{ input: service.input, keys: service.keys }] : runningIn(service);
  const taken = running.flatMap(({ input, keys }): Taken[] =>
    containerPorts(input).flatMap(({ name, targetPort, transport }, index) => {
      const unnamed = input.port !== undefined && index === 0;
      const place = unnamed ? draft.at(...keys, "port") : draft.at(...keys, "ports", name);
      return [
        { as: `"${name}"`, place },
        { as: `${transport} ${targetPort}`, place },
      ];
    }),
  );
  return repeated(taken).map(([later, earlier]) =>
    error("services/port-twice", [later.place, earlier.place], {
      found: `${later.as} for both`,
      why: "the containers of a pod share its ports, and its Service calls each by a name of its own",
      fix: later.as.startsWith('"')
        ? "name one of them otherwise: a port without a name has that of its protocol"
        : "let one of them listen on another port, or write the port once",
    }),
  );
}

/** twiceInService: its first port may be exposed as another. */
function twiceInService(draft: Draft, { keys, ports: own }: DraftService): Problem[] {
  const [first, ...others] = own;
  const other = others.find(({ port, transport }) => port === first?.port && transport === first.transport);
  if (first === undefined || other === undefined || first.port === first.targetPort) return [];
  return [
    error("services/port-twice", [draft.at(...keys, "expose", "port")], {
      found: `${first.port}, which is also the port "${other.name}"`,
      why: "a Service has each port once",
      fix: "expose the first port as another",
    }),
  ];
}

function repeated(taken: readonly Taken[]): [later: Taken, earlier: Taken][] {
  return taken.flatMap((later, index): [Taken, Taken][] => {
    const earlier = taken.slice(0, index).find(({ as }) => as === later.as);
    return earlier === undefined ? [] : [[later, earlier]];
  });
}
