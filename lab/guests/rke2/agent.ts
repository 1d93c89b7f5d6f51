import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { z } from "zod";
import type { RunningService } from "../system/service-manager";
import { readConfig } from "./config";
import { describeKubelet, type Kubelet, nodePassword } from "./kubelet";
import { trustedAuthority } from "./membership";
import { nodeStatus, registration } from "./node-object";
import { askPeer, basic } from "./peer-client";
import { checkStart } from "./start-checks";
import { readToken, type Token } from "./token";
import { type Guest, violate, type World } from "./world";

interface Joined {
  readonly api: string;
  readonly serverCa: string;
  readonly certificate: { readonly cert: string; readonly key: string };
}

const issued = z.object({ certificatePem: z.string(), keyPem: z.string(), clientCa: z.string() });

/**
 * startAgent is `rke2 agent`: it joins through `server:`, and its kubelet registers its Node. Once: a kubelet that
 * runs never makes a Node that went missing again (kubernetes: pkg/kubelet/kubelet_node_status.go).
 */
export async function startAgent(world: World, guest: Guest, version: string): Promise<RunningService> {
  const config = readConfig(guest.root, "agent");
  checkStart(guest, config, "agent", version);
  const kubelet = describeKubelet(guest, config, "agent", version);
  const [peer, secret] = [config.text("server"), config.secret("token")];
  if (peer === undefined) throw new Error("--server is required");
  if (secret === undefined) throw new Error("--token is required");
  const token = readToken(secret);
  if (token.user === "server")
    violate(world, `${guest.machine} is an agent and holds the server token: it could become a server`);
  const joined = await joinAsAgent(guest, kubelet, peer, token);
  await register(guest, kubelet, joined);
  world.kubelets.start(kubelet.bootId);
  guest.console.say(`rke2: agent ${kubelet.name} ${version} joined through ${peer}`);
  return {
    died: new Promise(() => undefined),
    stop() {
      world.kubelets.stop(kubelet.bootId);
      return Promise.resolve();
    },
  };
}

async function joinAsAgent(guest: Guest, kubelet: Kubelet, peer: string, token: Token): Promise<Joined> {
  const serverCa = await trustedAuthority(guest, peer, token);
  const answer = await askPeer(guest, {
    url: new URL("/v1-rke2/client-kubelet.crt", peer).href,
    ca: serverCa,
    headers: {
      ...basic(token.user ?? "node", token.password),
      "rke2-node-name": kubelet.name,
      "rke2-node-password": nodePassword(guest.root),
      "rke2-node-ip": kubelet.address,
    },
  });
  if (answer.status !== 200)
    throw new Error(`${peer}/v1-rke2/client-kubelet.crt: ${answer.status} ${answer.text}`);
  const { certificatePem, keyPem, clientCa } = issued.parse(JSON.parse(answer.text));
  keep(guest.root, {
    "client-kubelet.crt": certificatePem,
    "client-kubelet.key": keyPem,
    "client-ca.crt": clientCa,
    "server-ca.crt": serverCa,
  });
  return {
    api: `https://${new URL(peer).hostname}:6443`,
    serverCa,
    certificate: { cert: certificatePem, key: keyPem },
  };
}

/** register makes the Node, or brings one that is there up to date: its labels and taints stay as they are. */
async function register(guest: Guest, kubelet: Kubelet, joined: Joined): Promise<void> {
  const nodes = `${joined.api}/api/v1/nodes`;
  const session = { ca: joined.serverCa, certificate: joined.certificate };
  const made = await askPeer(guest, { ...session, method: "POST", url: nodes, body: registration(kubelet) });
  const isKnown = made.status === 409;
  const { status, text } = isKnown
    ? await askPeer(guest, {
        ...session,
        method: "PATCH",
        url: `${nodes}/${kubelet.name}/status`,
        headers: { "content-type": "application/merge-patch+json" },
        body: { status: nodeStatus(kubelet) },
      })
    : made;
  if (status !== 201 && status !== 200)
    throw new Error(`Unable to register node ${kubelet.name} with API server: ${status} ${text.trim()}`);
}

function keep(root: string, files: Readonly<Record<string, string>>): void {
  const folder = join(root, "var/lib/rancher/rke2/agent");
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), content, { mode: 0o600 });
}
