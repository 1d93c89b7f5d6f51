import type { Json, JsonObject, KubernetesObjectLike } from "../../contract";
import { isObject, listAt, numberAt, objectAt, textAt } from "../../json";
import type { Admission } from "../admission";
import { addressOf, contains, dynamicFirst, rangeOf } from "../cluster-ranges";
import { duplicate, type FieldProblem, invalid, invalidValue, notSupported, required } from "../problem";
import { portProblems } from "./pod-problems";

const types = ["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"];

/** admitService checks a Service and gives it its cluster address and node ports. */
export function admitService(service: KubernetesObjectLike, admission: Admission): KubernetesObjectLike {
  const kept = keptFromBefore(objectAt(service, "spec"), admission.before);
  const problems = serviceProblems(kept, admission);
  if (problems.length > 0) throw invalid(admission.kind, service.metadata.name, problems);
  const type = textAt(kept, "type");
  if (type === "ExternalName") return { ...service, spec: kept };
  const others = admission.reader
    .every("Service")
    .filter(
      ({ metadata }) =>
        metadata.name !== service.metadata.name || metadata.namespace !== service.metadata.namespace,
    );
  const clusterIP = textAt(kept, "clusterIP") ?? freeAddress(others, admission);
  const wantsNodePorts =
    type === "NodePort" || (type === "LoadBalancer" && kept["allocateLoadBalancerNodePorts"] !== false);
  return {
    ...service,
    spec: {
      ipFamilies: ["IPv4"],
      ipFamilyPolicy: "SingleStack",
      ...kept,
      clusterIP,
      clusterIPs: [clusterIP],
      ...(wantsNodePorts ? { ports: withNodePorts(service.metadata.name, kept, others, admission) } : {}),
    },
    status: { loadBalancer: {}, ...objectAt(service, "status") },
  };
}

/** keptFromBefore: an address or a node port that a writer leaves out stays, while the type needs one. */
function keptFromBefore(spec: JsonObject, before: KubernetesObjectLike | undefined): JsonObject {
  if (before === undefined || textAt(spec, "type") === "ExternalName") return spec;
  const old = objectAt(before, "spec");
  const isPublic = textAt(spec, "type") !== "ClusterIP";
  const oldPorts = listAt(old, "ports").filter(isObject);
  const ports = listAt(spec, "ports").map((port): Json => {
    const same = oldPorts.find(
      (one) => isObject(port) && one["port"] === port["port"] && one["protocol"] === port["protocol"],
    );
    if (!isObject(port) || !isPublic || port["nodePort"] !== undefined || same?.["nodePort"] === undefined)
      return port;
    return { ...port, nodePort: same["nodePort"] };
  });
  const { clusterIP, clusterIPs } = old;
  return {
    ...spec,
    ...(spec["clusterIP"] === undefined && clusterIP !== undefined ? { clusterIP, clusterIPs } : {}),
    ...(ports.length === 0 ? {} : { ports }),
  };
}

function serviceProblems(
  spec: JsonObject,
  { before, reader, ranges, kind }: Admission,
): readonly FieldProblem[] {
  const type = textAt(spec, "type") ?? "";
  const ports = listAt(spec, "ports").filter(isObject);
  const names = ports.map((port) => textAt(port, "name") ?? "");
  const clusterIP = textAt(spec, "clusterIP");
  const oldAddress = textAt(before, "spec", "clusterIP");
  const isHeadless = clusterIP === "None";
  const taken = reader
    .every("Service")
    .some(
      ({ metadata, spec: other }) =>
        metadata.uid !== before?.metadata.uid && textAt(other, "clusterIP") === clusterIP,
    );
  const range = rangeOf(ranges.serviceCidr);
  return [
    ...(types.includes(type) ? [] : [notSupported("spec.type", type, types)]),
    ...(type === "ExternalName" && textAt(spec, "externalName") === undefined
      ? [required("spec.externalName")]
      : []),
    ...(type !== "ExternalName" && !isHeadless && ports.length === 0 ? [required("spec.ports")] : []),
    ...ports.flatMap((port, index) => [
      ...portProblems(port["port"], `spec.ports[${index}].port`),
      ...(ports.length > 1 && names[index] === "" ? [required(`spec.ports[${index}].name`)] : []),
      ...(names[index] !== "" && names.indexOf(names[index] ?? "") !== index
        ? [duplicate(`spec.ports[${index}].name`, names[index])]
        : []),
      ...(type === "ClusterIP" && port["nodePort"] !== undefined
        ? [
            {
              field: `spec.ports[${index}].nodePort`,
              reason: "FieldValueForbidden" as const,
              message: "Forbidden: may not be used when `type` is 'ClusterIP'",
            },
          ]
        : []),
    ]),
    ...(oldAddress !== undefined && oldAddress !== "" && clusterIP !== oldAddress && type !== "ExternalName"
      ? [invalidValue("spec.clusterIPs[0]", [clusterIP ?? ""], "may not change once set")]
      : []),
    ...(clusterIP !== undefined && !isHeadless && before === undefined
      ? range !== undefined && contains(range, clusterIP)
        ? taken
          ? [
              invalidValue(
                "spec.clusterIPs",
                [clusterIP],
                `failed to allocate IP ${clusterIP}: provided IP is already allocated`,
              ),
            ]
          : []
        : [
            invalidValue(
              "spec.clusterIPs",
              [clusterIP],
              `failed to allocate IP ${clusterIP}: the provided IP (${clusterIP}) is not in the valid range. The range of valid IPs is ${ranges.serviceCidr}`,
            ),
          ]
      : []),
    ...(kind.kind === "Service" && isHeadless && type !== "ClusterIP"
      ? [invalidValue("spec.clusterIPs[0]", "None", `may not be set to 'None' for ${type} services`)]
      : []),
  ];
}

function freeAddress(others: readonly KubernetesObjectLike[], { ranges }: Admission): string {
  const range = rangeOf(ranges.serviceCidr) ?? { first: 0, last: 0 };
  const used = new Set(others.map(({ spec }) => textAt(spec, "clusterIP")));
  const upper = dynamicFirst(range.first, range.last, 16, 256);
  for (const [from, to] of [
    [upper, range.last - 1],
    [range.first + 1, upper - 1],
  ] as const)
    for (let number = from; number <= to; number++)
      if (!used.has(addressOf(number))) return addressOf(number);
  throw new Error(`failed to allocate a serviceIP: range is full (${ranges.serviceCidr})`);
}

function withNodePorts(
  name: string,
  spec: JsonObject,
  others: readonly KubernetesObjectLike[],
  admission: Admission,
): readonly Json[] {
  const [first, last] = admission.ranges.nodePortRange;
  const of = (port: Json): string => `${textAt(port, "protocol") ?? ""} ${numberAt(port, "nodePort") ?? 0}`;
  const used = new Set(others.flatMap((other) => listAt(other, "spec", "ports").map(of)));
  const upper = dynamicFirst(first, last, 32, 128);
  return listAt(spec, "ports").map((port, index) => {
    const field = `spec.ports[${index}].nodePort`;
    const asked = numberAt(port, "nodePort");
    const refuse = (why: string): never => {
      throw invalid(admission.kind, name, [invalidValue(field, asked, why)]);
    };
    if (asked !== undefined) {
      if (asked < first || asked > last)
        refuse(`provided port is not in the valid range. The range of valid ports is ${first}-${last}`);
      if (used.has(of(port))) refuse("provided port is already allocated");
      used.add(of(port));
      return port;
    }
    for (const [from, to] of [
      [upper, last],
      [first, upper - 1],
    ] as const)
      for (let number = from; number <= to; number++) {
        const candidate = { ...(isObject(port) ? port : {}), nodePort: number };
        if (used.has(of(candidate))) continue;
        used.add(of(candidate));
        return candidate;
      }
    return refuse("range is full");
  });
}
