import { z } from "zod";
import type { Cluster } from "../../../config/model";
import { hostNamesOf } from "../../../constructs/proxmox-uses";
import { privilegesByPath } from "../../../constructs/proxmox-privileges";
import { attempt } from "../../trace/curl";
import { isInsecure, proxmoxCredential } from "../credentials";
import type { HostAnswers, ProxmoxAnswers, Version } from "../judge/proxmox/answers";
import type { Certificate } from "../judge/transport";
import type { Reading } from "../reading";
import { certificateOf, readingOf } from "./api";

type Environment = Readonly<Record<string, string | undefined>>;

/** askProxmox all that a deploy of the cluster rests on there. It only reads; a login by password gets a ticket. */
export async function askProxmox(cluster: Cluster, environment: Environment): Promise<ProxmoxAnswers> {
  const api = new ProxmoxApi(cluster.proxmox.endpoint, environment);
  const credential = proxmoxCredential(environment);
  const { version, certificate } = await api.greet();
  const answers: ProxmoxAnswers = {
    version,
    ...(credential === undefined ? {} : { credential: credential.kind }),
    ...(certificate === undefined ? {} : { certificate }),
  };
  if (version.kind !== "read") return answers;
  const paths = [...privilegesByPath(cluster).keys()];
  const [hosts, vms, snippets, ...held] = await Promise.all([
    api.get("nodes", hostsSchema),
    api.get("cluster/resources?type=vm", vmsSchema),
    api.get(`storage/${cluster.proxmox.snippets.id}`, storageSchema),
    ...paths.map((path) => api.privilegesAt(path)),
  ]);
  const online = hosts.kind === "read" ? hosts.value.filter(({ status }) => status === "online") : [];
  const asked = hostNamesOf(cluster).filter((name) => online.some(({ node }) => node === name));
  const byHost = await Promise.all(
    asked.map(async (name): Promise<[string, HostAnswers]> => {
      const [hostVersion, storages, network] = await Promise.all([
        api.get(`nodes/${name}/version`, versionSchema),
        api.get(`nodes/${name}/storage`, storagesSchema),
        api.get(`nodes/${name}/network?type=include_sdn`, networkSchema),
      ]);
      return [name, { version: hostVersion, storages, network }];
    }),
  );
  return {
    ...answers,
    inside: {
      privileges: new Map(
        paths.flatMap((path, index) => held.slice(index, index + 1).map((one) => [path, one])),
      ),
      hosts,
      vms,
      snippets,
      byHost: new Map(byHost),
    },
  };
}

interface Greeting {
  readonly version: Reading<Version>;
  readonly certificate: Certificate | undefined;
}

class ProxmoxApi {
  private login: readonly (readonly [string, string])[] = [];

  constructor(
    private readonly endpoint: string,
    private readonly environment: Environment,
  ) {}

  /** greet the API with the credential; without one it answers 401, which tells that it is there. */
  async greet(): Promise<Greeting> {
    const credential = proxmoxCredential(this.environment);
    if (credential?.kind === "token")
      this.login = [["header", `Authorization: PVEAPIToken=${credential.token}`]];
    if (credential?.kind === "password") {
      const asked = await attempt(this.argumentsFor("access/ticket"), [
        ["data-urlencode", `username=${credential.username}`],
        ["data-urlencode", `password=${credential.password}`],
      ]);
      const opened = readingOf(asked, dataOf(ticketSchema));
      if (opened.kind !== "read") return { version: opened, certificate: certificateOf(asked) };
      this.login = [["cookie", `PVEAuthCookie=${opened.value.ticket}`]];
    }
    const asked = await attempt(this.argumentsFor("version"), this.login);
    return { version: readingOf(asked, dataOf(versionSchema)), certificate: certificateOf(asked) };
  }

  async get<T>(path: string, schema: z.ZodType<T>): Promise<Reading<T>> {
    return readingOf(await attempt(this.argumentsFor(path), this.login), dataOf(schema));
  }

  async privilegesAt(path: string): Promise<Reading<ReadonlySet<string>>> {
    const schema = permissionsSchema.transform((tree) => new Set(Object.keys(tree[path] ?? {})));
    return this.get(`access/permissions?path=${encodeURIComponent(path)}`, schema);
  }

  private argumentsFor(path: string): readonly string[] {
    const insecure = isInsecure(this.environment) ? ["--insecure"] : [];
    return [...insecure, "--connect-timeout", "5", `${this.endpoint.replace(/\/$/, "")}/api2/json/${path}`];
  }
}

function dataOf<T>(schema: z.ZodType<T>): z.ZodType<T> {
  return z.object({ data: schema }).transform(({ data }) => data);
}

const versionSchema = z.object({ version: z.string() });
const ticketSchema = z.object({ ticket: z.string() });
const permissionsSchema = z.record(z.string(), z.record(z.string(), z.unknown()));
const hostsSchema = z.array(z.object({ node: z.string(), status: z.string() }));
const storageSchema = z.object({ path: z.string().optional() });
const vmsSchema = z.array(
  z.object({
    vmid: z.number(),
    name: z.string().default(""),
    node: z.string(),
    tags: z.string().default(""),
    status: z.string().default("unknown"),
  }),
);
const flag = z.union([z.number(), z.boolean()]).transform(Boolean);
const storagesSchema = z.array(
  z.object({
    storage: z.string(),
    content: z.string().transform((list) => list.split(",")),
    shared: flag.default(false),
    active: flag.default(true),
    enabled: flag.default(true),
  }),
);
const networkSchema = z.array(
  z.object({
    iface: z.string(),
    type: z.string(),
    active: flag.default(true),
    priority: z.number().default(0),
    address: z.string().optional(),
    gateway: z.string().optional(),
  }),
);
