import { z } from "zod";
import { port, ports, protocol } from "./containers";
import { exposure } from "./exposure";
import { domain, literal } from "./literals";
import { entryFields, workload } from "./workloads";

/** external: a name outside under a name inside. */
const external = z.strictObject({
  ...entryFields,
  /** external, the DNS name outside. */
  external: domain,
  /** port there. */
  port,
  /** protocol there; with https its certificate has to be for that name. @default - "https" on 443, else "http" */
  protocol: protocol.optional(),
});

/** selecting: a Service in front of pods that other entries run. */
const selecting = z.strictObject({
  ...entryFields,
  /** selects pods that have all these labels. */
  selects: z.record(z.string(), z.string()),
  /** port of the pods. @default - none */
  port: port.optional(),
  /** ports by name, where there are several. @default - none. @error services/port-twice */
  ports: ports.optional(),
  /** protocol that `port` speaks. @default "http" */
  protocol: protocol.optional(),
  /** expose, how it is reached. @default "ClusterIP". @change in place; never to or from headless */
  expose: exposure.optional(),
});

/** services by name: workloads with what is in front of them, Services before other pods, names outside. */
export const service = z.union([workload, selecting, external]);

export const configMap = z.union([
  z.strictObject({
    /** namespace that it is in; one that is only texts is in "apps". @change replaces it */
    namespace: z.string(),
    /** data: file or variable name → text. */
    data: z.record(z.string(), z.string()),
  }),
  z.record(z.string(), z.string()),
]);

/** variable of Terraform that holds a value; the value itself never stands in the file. */
export const variable = literal(
  (text) => (/^[a-z_][a-z0-9_]*$/.test(text) ? text : undefined),
  () => ({
    code: "names/not-a-variable",
    why: "it is the name of a Terraform variable, of a-z, 0-9 and underscores; a secret never stands in the file",
    fix: "write a name such as navi_api_key, and put the value into TF_VAR_navi_api_key",
  }),
).meta({ description: "the name of a Terraform variable", problems: ["names/not-a-variable"] });

/** secretText, one secret: it is in that Terraform variable, which reads TF_VAR_<name>. */
export const secretText = z.strictObject({
  /** fromVariable, the variable's name. */
  fromVariable: variable,
});

const secretFields = {
  /** revision: a larger one writes the variables' present values. @default 1. @unit number that only grows. @change in place */
  revision: z.int().min(1).optional(),
  /** namespace that it is in. @default - cert-manager's where an issuer reads it, else "apps". @change replaces it */
  namespace: z.string().optional(),
};

export const secret = z.union([
  z.strictObject({
    /**
     * keys → the Terraform variables that hold their values.
     * @change in place, once revision is larger
     * @error names/not-a-variable
     */
    keys: z.record(z.string(), variable),
    ...secretFields,
  }),
  z.strictObject({
    /**
     * htpasswd, the variable that holds lines of user and hashed password, as the program of that name prints
     * them.
     * @change in place, once revision is larger
     */
    htpasswd: variable,
    ...secretFields,
  }),
]);

export type ServiceInput = z.output<typeof service>;
export type ConfigMapInput = z.output<typeof configMap>;
export type SecretInput = z.output<typeof secret>;
