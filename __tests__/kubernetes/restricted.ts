import { z } from "zod";

/**
 * violationsOf the `restricted` Pod Security Standard, `baseline` included, by a pod's spec: control by control, as
 * the documentation lists them. An empty list passes.
 * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
 */
export function violationsOf(spec: unknown): readonly string[] {
  const pod = podSpec.parse(spec);
  const containers = [...pod.initContainers, ...pod.containers, ...pod.ephemeralContainers];
  return [
    ...(pod.hostNetwork || pod.hostPID || pod.hostIPC ? ["host namespaces"] : []),
    ...pod.volumes
      .filter((volume) => !allowedVolumes.some((kind) => kind in volume))
      .map(() => "volume types"),
    ...(pod.securityContext.sysctls.length > 0 ? ["sysctls"] : []),
    ...(pod.securityContext.runAsUser === 0 ? ["running as non-root user"] : []),
    ...[pod.securityContext, ...containers.map(({ securityContext }) => securityContext)].flatMap(
      sharedControls,
    ),
    ...containers.flatMap((container) => {
      const { securityContext: own } = container;
      return [
        ...(own.privileged ? ["privileged containers"] : []),
        ...(own.allowPrivilegeEscalation ? ["privilege escalation"] : []),
        ...((own.runAsNonRoot ?? pod.securityContext.runAsNonRoot) ? [] : ["running as non-root"]),
        ...((own.seccompProfile ?? pod.securityContext.seccompProfile) === undefined ? ["seccomp"] : []),
        ...(own.capabilities.drop.includes("ALL") ? [] : ["capabilities: drop ALL"]),
        ...(own.capabilities.add.some((name) => name !== "NET_BIND_SERVICE") ? ["capabilities: add"] : []),
        ...(own.procMount === "Default" ? [] : ["/proc mount type"]),
        ...(container.ports.some(({ hostPort }) => hostPort !== 0) ? ["host ports"] : []),
        ...(hostsOf(container).some((host) => host !== "") ? ["host probes and lifecycle hooks"] : []),
      ];
    }),
  ];
}

/** sharedControls that a pod and each of its containers can break. */
function sharedControls(context: z.infer<typeof securityContext>): string[] {
  return [
    ...(context.runAsNonRoot === false ? ["running as non-root"] : []),
    ...(context.runAsUser === 0 ? ["running as non-root user"] : []),
    ...(["RuntimeDefault", "Localhost", undefined].includes(context.seccompProfile?.type) ? [] : ["seccomp"]),
    ...(["RuntimeDefault", "Localhost", undefined].includes(context.appArmorProfile?.type)
      ? []
      : ["AppArmor"]),
    ...(context.windowsOptions?.hostProcess === true ? ["HostProcess"] : []),
    ...(Object.keys(context.seLinuxOptions).some((key) => ["user", "role"].includes(key)) ? ["SELinux"] : []),
  ];
}

const allowedVolumes = [
  "configMap",
  "csi",
  "downwardAPI",
  "emptyDir",
  "ephemeral",
  "image",
  "persistentVolumeClaim",
  "projected",
  "secret",
];

function hostsOf({
  livenessProbe,
  readinessProbe,
  startupProbe,
  lifecycle,
}: z.infer<typeof container>): string[] {
  return [livenessProbe, readinessProbe, startupProbe, lifecycle.postStart, lifecycle.preStop].flatMap(
    (handler) => (handler === undefined ? [] : [handler.httpGet.host, handler.tcpSocket.host]),
  );
}

const profile = z.looseObject({ type: z.string() });
const securityContext = z.looseObject({
  runAsNonRoot: z.boolean().optional(),
  runAsUser: z.number().optional(),
  seccompProfile: profile.optional(),
  appArmorProfile: profile.optional(),
  seLinuxOptions: z.record(z.string(), z.string()).default({}),
  windowsOptions: z.looseObject({ hostProcess: z.boolean().optional() }).optional(),
});
const place = z.looseObject({ host: z.string().default("") }).default({ host: "" });
const handler = z.looseObject({ httpGet: place, tcpSocket: place }).optional();
const container = z.looseObject({
  securityContext: securityContext
    .extend({
      privileged: z.boolean().default(false),
      allowPrivilegeEscalation: z.boolean().default(true),
      procMount: z.string().default("Default"),
      capabilities: z
        .looseObject({ add: z.array(z.string()).default([]), drop: z.array(z.string()).default([]) })
        .default({ add: [], drop: [] }),
    })
    .default({
      privileged: false,
      allowPrivilegeEscalation: true,
      procMount: "Default",
      seLinuxOptions: {},
      capabilities: { add: [], drop: [] },
    }),
  ports: z.array(z.looseObject({ hostPort: z.number().default(0) })).default([]),
  livenessProbe: handler,
  readinessProbe: handler,
  startupProbe: handler,
  lifecycle: z.looseObject({ postStart: handler, preStop: handler }).default({}),
});
const podSpec = z.looseObject({
  hostNetwork: z.boolean().default(false),
  hostPID: z.boolean().default(false),
  hostIPC: z.boolean().default(false),
  securityContext: securityContext
    .extend({ sysctls: z.array(z.unknown()).default([]) })
    .default({ seLinuxOptions: {}, sysctls: [] }),
  initContainers: z.array(container).default([]),
  containers: z.array(container),
  ephemeralContainers: z.array(container).default([]),
  volumes: z.array(z.record(z.string(), z.unknown())).default([]),
});
