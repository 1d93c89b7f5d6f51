import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import { z } from "zod";
import type { RunningService } from "../system/service-manager";
import { readConfig } from "./config";
import { describeKubelet, type Kubelet, nodePassword } from "./kubelet";
import { trustedAuthority } from "./membership";
import { registration } from "./node-object";
import { askPeer, basic } from "./peer-client";
import { readToken, type Token } from "./token";
import { type Guest, violate, type World } from "./world";

interface Joined {
  readonly api: string;
  readonly serverCa: string;
  readonly certificate: { readonly cert: string; readonly key: string };
}

const issued = z.object({ certificatePem: z.string(), keyPem: z.string(), clientCa: z.string() });
const pollMs = 500;

/** startAgent is `rke2 agent`: it joins through `server:` and joins again whenever the cluster does not know it. */
export async function startAgent(world: World, guest: Guest, version: string): Promise<RunningService> {
  const config = readConfig(guest.root, "agent");
  const kubelet = describeKubelet(guest, config, "agent", version);
  const [peer, secret] = [config.text("server"), config.secret("token")];
  if (peer === undefined) throw new Error("--server is required");
  if (secret === undefined) throw new Error("--token is required");
  const token = readToken(secret);
  if (token.user === "server")
    violate(world, `${guest.machine} is an agent and holds the server token: it could become a server`);
  let joined = await joinAsAgent(guest, kubelet, peer, token);
  world.kubelets.add(kubelet.bootId);
  guest.console.say(`rke2: agent ${kubelet.name} ${version} joined through ${peer}`);

  const power = new AbortController();
  const ended = (async () => {
    while (await passes(pollMs, power.signal)) {
      try {
        const { status } = await askApi(guest, joined, `/api/v1/nodes/${kubelet.name}`);
        if (status !== 404 && status !== 401) continue;
        joined = await joinAsAgent(guest, kubelet, peer, token);
        guest.console.say(`rke2: agent ${kubelet.name} joined again through ${peer}`);
      } catch (error) {
        guest.console.say(`rke2: ${error instanceof Error ? error.message : String(error)}`);
      }
    }
  })();
  return {
    died: new Promise(() => undefined),
    async stop() {
      power.abort();
      world.kubelets.delete(kubelet.bootId);
      await ended;
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
  const api = `https://${new URL(peer).hostname}:6443`;
  const joined = { api, serverCa, certificate: { cert: certificatePem, key: keyPem } };
  const { status, text } = await askApi(guest, joined, "/api/v1/nodes", registration(kubelet));
  if (status !== 201)
    throw new Error(`Unable to register node ${kubelet.name} with API server: ${status} ${text.trim()}`);
  return joined;
}

function askApi(
  guest: Guest,
  { api, serverCa, certificate }: Joined,
  path: string,
  body?: object,
): ReturnType<typeof askPeer> {
  return askPeer(guest, {
    url: `${api}${path}`,
    ca: serverCa,
    certificate,
    ...(body === undefined ? {} : { method: "POST" as const, body }),
  });
}

/** passes: the time went by and nobody switched the machine off. */
function passes(milliseconds: number, signal: AbortSignal): Promise<boolean> {
  return pause(milliseconds, true, { signal, ref: false }).catch(() => false);
}

function keep(root: string, files: Readonly<Record<string, string>>): void {
  const folder = join(root, "var/lib/rancher/rke2/agent");
  mkdirSync(folder, { recursive: true });
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(folder, name), content, { mode: 0o600 });
}
