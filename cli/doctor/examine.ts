import type { Cluster } from "../../config/model";
import { hostNamesOf } from "../../constructs/proxmox-uses";
import { variablesOf } from "../rehearsal/variables";
import { askEdge } from "./ask/edge";
import { askKubernetes } from "./ask/kubernetes";
import { askProxmox } from "./ask/proxmox";
import { askSsh } from "./ask/ssh";
import { askTools } from "./ask/tools";
import { sshLogin } from "./credentials";
import { type Finding, type Section, unchecked } from "./finding";
import { edgeFindings } from "./judge/edge";
import { environmentFindings } from "./judge/environment";
import { kubernetesFindings } from "./judge/kubernetes";
import type { HostAnswers, Inside, ProxmoxAnswers } from "./judge/proxmox/answers";
import { proxmoxFindings } from "./judge/proxmox/findings";
import { runningServers } from "./judge/proxmox/vm-ids";
import { sshAddress, sshFindings } from "./judge/ssh";
import { toolFindings } from "./judge/tools";

type Environment = Readonly<Record<string, string | undefined>>;

/** examine all that a deploy of these clusters rests on; what fails keeps nothing else from being looked at. */
export async function examine(clusters: readonly Cluster[], environment: Environment): Promise<Section[]> {
  const [tools, ...byCluster] = await Promise.all([
    askTools(environment),
    ...clusters.map((cluster) => sectionsOf(cluster, environment)),
  ]);
  return [
    { title: "tools", findings: toolFindings(tools) },
    {
      title: "environment",
      findings: environmentFindings(clusters, variablesOf(clusters), environment),
    },
    ...byCluster.flat(),
  ];
}

async function sectionsOf(cluster: Cluster, environment: Environment): Promise<Section[]> {
  const { name, edge, proxmox, api } = cluster;
  const now = new Date();
  const [answers, kubernetes, proxy] = await Promise.all([
    askProxmox(cluster, environment),
    askKubernetes(cluster),
    edge === undefined ? undefined : askEdge(edge.url, environment),
  ]);
  const servers = runningServers(cluster, answers.inside);
  return [
    { title: `${name}: Proxmox at ${proxmox.endpoint}`, findings: proxmoxFindings(cluster, answers, now) },
    { title: `${name}: SSH to its hosts`, findings: await ssh(cluster, answers, environment) },
    {
      title: `${name}: Kubernetes at ${api.address}`,
      findings: kubernetesFindings(cluster, kubernetes, servers, now),
    },
    ...(edge === undefined || proxy === undefined
      ? []
      : [{ title: `${name}: the proxy at ${edge.url}`, findings: edgeFindings(edge, proxy, now) }]),
  ];
}

/** ssh to each host that a machine is on, at the address and to the folder that Proxmox tells, where it does. */
async function ssh(
  cluster: Cluster,
  { inside }: ProxmoxAnswers,
  environment: Environment,
): Promise<Finding[]> {
  const login = sshLogin(environment);
  const used = hostNamesOf(cluster);
  if (login === undefined)
    return used.map((name) => unchecked(`SSH to ${name}`, "its variables are not set"));
  const hosts = cluster.proxmox.hosts.filter(({ name }) => used.includes(name));
  const found = await Promise.all(
    hosts.map(async (host) => {
      const told = inside?.byHost.get(host.name);
      if (inside?.hosts.kind === "read" && told === undefined)
        return [unchecked(`SSH to ${host.name}`, `${host.name} is not there or not online`)];
      const address = addressTold(told) ?? host.address;
      const folder = takesSnippets(cluster, told) ? snippetFolder(inside) : undefined;
      const answer = await askSsh(environment, login, address, folder);
      const { username } = login;
      return sshFindings({ host, address, username, ...(folder === undefined ? {} : { folder }) }, answer);
    }),
  );
  return found.flat();
}

/** takesSnippets: otherwise their store's own line says so, and its folder need not be there. */
function takesSnippets({ proxmox: { snippets } }: Cluster, answers: HostAnswers | undefined): boolean {
  const rows = answers?.storages.kind === "read" ? answers.storages.value : [];
  return rows.some(({ storage, content }) => storage === snippets.id && content.includes("snippets"));
}

function snippetFolder(inside: Inside | undefined): string | undefined {
  const path = inside?.snippets.kind === "read" ? inside.snippets.value.path : undefined;
  return path === undefined ? undefined : `${path.replace(/\/$/, "")}/snippets`;
}

function addressTold(answers: HostAnswers | undefined): string | undefined {
  return answers?.network.kind === "read" ? sshAddress(answers.network.value) : undefined;
}
