import { readFileSync } from "node:fs";
import { join } from "node:path";
import { StepFailed } from "../../lab/rehearse/step-failed";
import { editStack, flipByte, replaceOnce, snippet, type StackJson, waitSeconds } from "./stand/stack-file";
import { buildingMilliseconds, clusterFile, rehearsing, stand, type Standing } from "./stand/standing";

interface Breakage {
  readonly node: string;
  readonly edit: (json: StackJson) => void;
  /** says, on the machine's console or in what the engine prints about it. */
  readonly says: RegExp;
}

/** userData of one node, edited. */
const userData =
  (node: string, edit: (text: string) => string) =>
  (json: StackJson): void => {
    const file = snippet(json, node, "user-data");
    file.data = edit(file.data);
  };

const agentToken = "/etc/rancher/rke2/agent-token";

/** breakages, one thing each, each on a worker of its own: the first worker stays whole. */
const breakages: Readonly<Record<string, Breakage>> = {
  "a byte of the agent token": {
    node: "worker-2",
    edit: userData("worker-2", (text) => flipByte(text, agentToken, 80)),
    says: /client-kubelet\.crt: 401 not authorized/,
  },
  "a byte of the CA hash in the agent token": {
    node: "worker-3",
    edit: userData("worker-3", (text) => flipByte(text, agentToken, 20)),
    says: /token CA hash does not match the Cluster CA certificate hash/,
  },
  "the node's address": {
    node: "worker-4",
    edit: (json) => {
      const file = snippet(json, "worker-4", "network-config");
      file.data = replaceOnce(file.data, "192.168.0.34/24", "192.168.0.94/24");
    },
    says: /failed to find interface with specified node ip 192\.168\.0\.34/,
  },
  "the name of a snippet": {
    node: "worker-5",
    edit: (json) => {
      const file = snippet(json, "worker-5", "user-data");
      file.file_name = replaceOnce(file.file_name, "user-data", "userdata");
    },
    says: /volume 'local:snippets\/small-worker-5[^']*' does not exist/,
  },
  "the MAC of the machine's network device": {
    node: "worker-6",
    edit: ({ resource }) => {
      const [device] = resource.proxmox_virtual_environment_vm["worker-6"]?.network_device ?? [];
      if (device === undefined) throw new Error("worker-6 has no network device");
      device.mac_address = replaceOnce(device.mac_address, "02:24", "02:25");
    },
    says: /qemu-guest-agent .*not installed/,
  },
  "a server's key in an agent's config.yaml": {
    node: "worker-7",
    edit: userData("worker-7", (text) =>
      replaceOnce(
        text,
        "      node-ip: 192.168.0.37\n",
        "      node-ip: 192.168.0.37\n      etcd-snapshot-retention: 3\n",
      ),
    ),
    says: /flag provided but not defined: -etcd-snapshot-retention \(in \/etc\/rancher\/rke2\/config\.yaml, role agent\)/,
  },
  "the address of the server to join": {
    node: "worker-8",
    edit: userData("worker-8", (text) =>
      replaceOnce(text, "https://192.168.0.20:9345", "https://192.168.0.19:9345"),
    ),
    says: /192\.168\.0\.19:9345.*no route to host/,
  },
};

rehearsing("a worker with one thing broken", () => {
  let standing: Standing;
  let failure: unknown;

  beforeAll(async () => {
    standing = await stand(clusterFile("eight-workers"));
    await editStack(standing.scratch, "small-machines", (json) => {
      waitSeconds(json, 20);
      for (const { edit } of Object.values(breakages)) edit(json);
    });
    failure = await standing.deploy().catch((error: unknown) => error);
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test("fails the deploy", () => {
    expect(failure).toBeInstanceOf(StepFailed);
  });

  test.each(Object.entries(breakages))("refuses %s, and says why", (_, { node, says }) => {
    expect(standing.lab.readyNodes(["192.168.0.21"])).not.toContain(node);
    const console = standing.lab.consoles().get(`small-${node}`) ?? refusals(standing);
    expect(console.join("\n")).toMatch(says);
  });

  test("leaves the worker beside them, with the same short wait, Ready, and opens its gate only", () => {
    expect(standing.lab.readyNodes(["192.168.0.21"])).toEqual(["server-1", "worker-1"]);
    expect(openGates(standing.scratch)).toEqual(["server-1", "worker-1"]);
  });
});

/** refusals of Proxmox, for a machine that never booted. */
function refusals({ lab }: Standing): string[] {
  return lab.proxmox.requests.filter(({ status }) => status >= 400).map(({ reason }) => reason);
}

/** openGates, the nodes whose gate is in the state and not tainted. */
function openGates(scratch: string): string[] {
  const state: State = JSON.parse(readFileSync(join(scratch, "terraform.small-machines.tfstate"), "utf8"));
  return state.resources
    .filter(({ type, instances: [instance] }) => type === "null_resource" && instance?.status !== "tainted")
    .flatMap(({ name }) => /^(.*)_ready_/.exec(name)?.[1] ?? [])
    .sort();
}

interface State {
  readonly resources: readonly {
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly status?: string }[];
  }[];
}
