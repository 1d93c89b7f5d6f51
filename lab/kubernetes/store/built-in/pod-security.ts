import type { JsonObject } from "../../contract";
import { at, isObject, listAt, numberAt, objectAt, textAt, textsAt } from "../../json";

export type Level = "baseline" | "restricted";

export function isLevel(text: string | undefined): text is Level {
  return text === "baseline" || text === "restricted";
}

/**
 * violations of a Pod Security Standard, in the words of the admission plugin. Not checked: SELinux options,
 * AppArmor, Windows, sysctls' safe list beyond names (kubernetes: pod-security-admission/policy).
 */
export function violations(spec: JsonObject, level: Level): readonly string[] {
  const containers = ["initContainers", "containers", "ephemeralContainers"].flatMap((field) =>
    listAt(spec, field).filter(isObject),
  );
  const isRestricted = level === "restricted";
  const more = isRestricted ? restrictedChecks(spec, containers) : [];
  return [...baselineChecks(spec, containers, isRestricted), ...more];
}

type Check = (container: JsonObject) => boolean;

function baselineChecks(
  spec: JsonObject,
  containers: readonly JsonObject[],
  isRestricted: boolean,
): readonly string[] {
  const namespaces = ["hostNetwork", "hostPID", "hostIPC"].filter((field) => spec[field] === true);
  const paths = volumesOf(spec).filter((volume) => volume["hostPath"] !== undefined);
  const ports = containers.flatMap((container) =>
    listAt(container, "ports").flatMap((port) => numberAt(port, "hostPort") ?? []),
  );
  const added = containers.filter((container) =>
    capabilities(container, "add").some((name) => !baselineAdds.has(name)),
  );
  const sysctls = listAt(spec, "securityContext", "sysctls").map((sysctl) => textAt(sysctl, "name") ?? "");
  const unsafe = sysctls.filter((name) => !safeSysctls.has(name));
  return [
    ...(namespaces.length === 0
      ? []
      : [`host namespaces (${namespaces.map((field) => `${field}=true`).join(", ")})`]),
    ...(paths.length === 0
      ? []
      : [
          `hostPath volumes (volume${plural(paths.length)} ${quoted(paths.map((volume) => textAt(volume, "name") ?? ""))})`,
        ]),
    ...(ports.filter((port) => port !== 0).length === 0
      ? []
      : [
          `hostPort (${who(containers, (container) => listAt(container, "ports").some((port) => (numberAt(port, "hostPort") ?? 0) !== 0))} uses hostPort${plural(ports.length)} ${[...new Set(ports)].join(", ")})`,
        ]),
    ...broken(
      containers,
      "privileged",
      (container) => at(container, "securityContext", "privileged") === true,
      "must not set securityContext.privileged=true",
    ),
    ...(added.length === 0 || isRestricted
      ? []
      : [
          `non-default capabilities (${names(added)} must not include ${quoted([...new Set(added.flatMap((container) => capabilities(container, "add")).filter((name) => !baselineAdds.has(name)))])} in securityContext.capabilities.add)`,
        ]),
    ...broken(
      containers,
      "procMount",
      (container) => (textAt(container, "securityContext", "procMount") ?? "Default") !== "Default",
      'must not set securityContext.procMount to a value other than "Default"',
    ),
    ...(unsafe.length === 0 ? [] : [`forbidden sysctls (${unsafe.join(", ")})`]),
    ...broken(
      containers,
      "seccompProfile",
      (container) => textAt(container, "securityContext", "seccompProfile", "type") === "Unconfined",
      'must not set securityContext.seccompProfile.type to "Unconfined"',
    ),
  ];
}

function restrictedChecks(spec: JsonObject, containers: readonly JsonObject[]): readonly string[] {
  const odd = volumesOf(spec).filter((volume) =>
    Object.keys(volume).some(
      (type) => type !== "name" && type !== "hostPath" && !restrictedVolumes.has(type),
    ),
  );
  const drops = containers.filter((container) => !capabilities(container, "drop").includes("ALL"));
  const adds = containers.filter((container) =>
    capabilities(container, "add").some((name) => name !== "NET_BIND_SERVICE"),
  );
  const unrestricted = [
    ...(drops.length === 0 ? [] : [`${names(drops)} must set securityContext.capabilities.drop=["ALL"]`]),
    ...(adds.length === 0
      ? []
      : [
          `${names(adds)} must not include ${quoted([...new Set(adds.flatMap((container) => capabilities(container, "add")))])} in securityContext.capabilities.add`,
        ]),
  ];
  const podNonRoot = at(spec, "securityContext", "runAsNonRoot") === true;
  const podProfile = isConfined(objectAt(spec, "securityContext"));
  const roots = containers.filter((container) => numberAt(container, "securityContext", "runAsUser") === 0);
  return [
    ...broken(
      containers,
      "allowPrivilegeEscalation != false",
      (container) => at(container, "securityContext", "allowPrivilegeEscalation") !== false,
      "must set securityContext.allowPrivilegeEscalation=false",
    ),
    ...(unrestricted.length === 0 ? [] : [`unrestricted capabilities (${unrestricted.join("; ")})`]),
    ...(odd.length === 0
      ? []
      : [
          `restricted volume types (volume${plural(odd.length)} ${quoted(odd.map((volume) => textAt(volume, "name") ?? ""))} use${odd.length === 1 ? "s" : ""} restricted volume type ${quoted([...new Set(odd.flatMap((volume) => Object.keys(volume).filter((type) => type !== "name")))])})`,
        ]),
    ...broken(
      containers,
      "runAsNonRoot != true",
      (container) => (at(container, "securityContext", "runAsNonRoot") ?? podNonRoot) !== true,
      "must set securityContext.runAsNonRoot=true",
      "pod or ",
    ),
    ...(numberAt(spec, "securityContext", "runAsUser") === 0
      ? ["runAsUser=0 (pod must not set runAsUser=0)"]
      : roots.length === 0
        ? []
        : [`runAsUser=0 (${names(roots)} must not set runAsUser=0)`]),
    ...broken(
      containers,
      "seccompProfile",
      (container) =>
        at(container, "securityContext", "seccompProfile") === undefined
          ? !podProfile
          : !isConfined(objectAt(container, "securityContext")),
      'must set securityContext.seccompProfile.type to "RuntimeDefault" or "Localhost"',
      "pod or ",
    ),
  ];
}

function broken(
  containers: readonly JsonObject[],
  title: string,
  check: Check,
  must: string,
  prefix = "",
): readonly string[] {
  const found = containers.filter(check);
  return found.length === 0 ? [] : [`${title} (${prefix}${names(found)} ${must})`];
}

function who(containers: readonly JsonObject[], check: Check): string {
  return names(containers.filter(check));
}

function names(containers: readonly JsonObject[]): string {
  return `container${plural(containers.length)} ${quoted(containers.map((container) => textAt(container, "name") ?? ""))}`;
}

function quoted(texts: readonly string[]): string {
  return texts.map((text) => JSON.stringify(text)).join(", ");
}

function plural(count: number): string {
  return count === 1 ? "" : "s";
}

function capabilities(container: JsonObject, side: "add" | "drop"): readonly string[] {
  return textsAt(container, "securityContext", "capabilities", side);
}

function isConfined(context: JsonObject): boolean {
  return ["RuntimeDefault", "Localhost"].includes(textAt(context, "seccompProfile", "type") ?? "");
}

function volumesOf(spec: JsonObject): readonly JsonObject[] {
  return listAt(spec, "volumes").filter(isObject);
}

const baselineAdds = new Set([
  ...[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
  ],
  ...["SETGID", "SETPCAP", "SETUID", "SYS_CHROOT"],
]);
const restrictedVolumes = new Set([
  ...[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "persistentVolumeClaim",
    "projected",
    "secret",
  ],
]);
const safeSysctls = new Set([
  ...["kernel.shm_rmid_forced", "net.ipv4.ip_local_port_range", "net.ipv4.ip_unprivileged_port_start"],
  ...["net.ipv4.tcp_syncookies", "net.ipv4.ping_group_range", "net.ipv4.ip_local_reserved_ports"],
  ...["net.ipv4.tcp_keepalive_time", "net.ipv4.tcp_fin_timeout", "net.ipv4.tcp_keepalive_intvl"],
  ...["net.ipv4.tcp_keepalive_probes", "net.ipv4.tcp_rmem", "net.ipv4.tcp_wmem"],
]);
