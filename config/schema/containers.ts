import { z } from "zod";
import { cpu, duration } from "./amounts";
import { memory, portNumber } from "./literals";
import { reference } from "./references";

const command = z.array(z.string()).min(1);

/** protocol that a port speaks. */
export const protocol = z.enum(["http", "https", "h2c", "grpc"]);

export const port = portNumber;

/** ports by name; the short form is a TCP port that speaks HTTP. */
export const ports = z.record(
  z.string(),
  z.union([
    portNumber,
    z.strictObject({
      /** port that the container listens on. */
      port: portNumber,
      /** transport below it. @default "TCP" */
      transport: z.enum(["TCP", "UDP"]).optional(),
      /** protocol that it speaks. @default "http" */
      protocol: protocol.optional(),
    }),
  ]),
);

const probeTimes = {
  /** initialDelay before the first check. @default "0s" */
  initialDelay: duration.optional(),
  /** period between checks. @default "10s" */
  period: duration.optional(),
  /** timeout of one check. @default "1s" */
  timeout: duration.optional(),
  /** failures in a row that count. @default 3. @unit checks */
  failures: z.int().min(1).optional(),
  /** successes in a row that count; more than one for readiness only. @default 1. @unit checks */
  successes: z.int().min(1).optional(),
};

/** Probe: one of four checks; a port that is not named is the container's first. */
const probe = z.union([
  z.strictObject({
    /** http, the path that answers 200 to 399. */
    http: z.string(),
    /** port that is asked. @default - the container's first port */
    port: portNumber.optional(),
    /** scheme that is spoken there. @default "HTTP" */
    scheme: z.enum(["HTTP", "HTTPS"]).optional(),
    ...probeTimes,
  }),
  z.strictObject({
    /** tcp, the port that takes connections; true = the container's first. */
    tcp: z.union([z.literal(true), portNumber]),
    ...probeTimes,
  }),
  z.strictObject({
    /** grpc, the port that answers gRPC's health protocol; true = the container's first. */
    grpc: z.union([z.literal(true), portNumber]),
    ...probeTimes,
  }),
  z.strictObject({
    /** exec, a command that ends with 0. */
    exec: command,
    ...probeTimes,
  }),
]);

const hook = z.union([
  z.strictObject({
    /** sleep this long. */
    sleep: duration,
  }),
  z.strictObject({
    /** exec, a command in the container. */
    exec: command,
  }),
  z.strictObject({
    /** http, a path to ask for. */
    http: z.string(),
    /** port that is asked. @default - the container's first port */
    port: portNumber.optional(),
  }),
]);

const quantities = z.strictObject({
  /** cpu: cores, or thousandths of one. @default - in requests 50m, or the limit where that is less; in limits none */
  cpu: cpu.optional(),
  /** memory of the container. @default - in requests 64 MiB, or the limit where that is less; in limits none */
  memory: memory.optional(),
});

const environment = z.record(
  z.string(),
  z.union([
    z.string(),
    z.strictObject({
      /** secret of this file that the value is in. */
      secret: reference<"secret">(),
      /** key of that entry. @error references/unknown-key */
      key: z.string(),
    }),
    z.strictObject({
      /** configMap of this file that the value is in. */
      configMap: reference<"configMap">(),
      /** key of that entry. @error references/unknown-key */
      key: z.string(),
    }),
    z.strictObject({
      /** field of the pod itself, such as `metadata.name` or `status.podIP`. */
      field: z.string(),
    }),
  ]),
);

const plainFields = {
  /** image with its tag or digest. @change in place, by the strategy */
  image: z.string(),
  /** command instead of the image's entry point. @default - the image's */
  command: command.optional(),
  /** args of the command. @default - the image's */
  args: z.array(z.string()).optional(),
  /** port that it listens on; its name is its protocol. @default - none */
  port: port.optional(),
  /** ports by name, where there are several. @default - none. @error services/port-twice */
  ports: ports.optional(),
  /** protocol that `port` speaks. @default "http" */
  protocol: protocol.optional(),
  /** env, its environment: values, keys of a secret or a ConfigMap, fields of the pod. @default {} */
  env: environment.optional(),
  /** resources: what it is promised and what it may not exceed. @default - requests alone: cpu 50m, memory 64 MiB */
  resources: z
    .strictObject({
      /** requests, by which nodes are chosen. @default - cpu 50m, memory 64 MiB */
      requests: quantities.optional(),
      /** limits. @default - none: a container that reaches its memory limit is killed, so it is said by who knows it */
      limits: quantities.optional(),
    })
    .optional(),
  /** mounts of the service's volumes in this container alone: volume → path. @default {} */
  mounts: z.record(z.string(), z.string()).optional(),
  /** writableRoot lets it write to its image's files. @default false */
  writableRoot: z.boolean().optional(),
};

/** containerFields, what one container is; a service with one container has them itself. */
export const containerFields = {
  ...plainFields,
  /**
   * probes by which Kubernetes knows that it has started, lives and is ready.
   * @default - none
   * @error services/asked-without-port
   */
  probes: z
    .strictObject({
      /** startup: until it passes, the others wait. @default - none */
      startup: probe.optional(),
      /** liveness: a container that fails it is started again. @default - none */
      liveness: probe.optional(),
      /** readiness: a pod that fails it gets no requests. @default - none */
      readiness: probe.optional(),
    })
    .optional(),
  /**
   * lifecycle: hooks when it starts and before it ends.
   * @default - a container with a port sleeps 5s before it ends
   * @error services/asked-without-port
   */
  lifecycle: z
    .strictObject({
      /** postStart, at the same time as the entry point; the container waits for its end. @default - none */
      postStart: hook.optional(),
      /** preStop, before the signal to end. @default - a container with a port sleeps 5s, so that proxies learn of its end first */
      preStop: hook.optional(),
    })
    .optional(),
};

export const container = z.strictObject(containerFields);

/** initContainer runs to its end before the next one; a sidecar begins before the others and stays. */
export const initContainer = z.union([
  z.strictObject(plainFields),
  z.strictObject({
    ...containerFields,
    /** sidecar: it keeps running. */
    sidecar: z.literal(true),
  }),
]);

export type ContainerInput = z.output<typeof container>;
export type InitContainerInput = z.output<typeof initContainer>;
export type ProbeInput = z.output<typeof probe>;
export type HookInput = z.output<typeof hook>;
export type PortsInput = z.output<typeof ports>;
