import { join } from "node:path";
import { z } from "zod";
import { filesBelow, found } from "./stand/found";
import { editStack, snippet } from "./stand/stack-file";
import {
  buildingMilliseconds,
  clusterFile,
  project,
  rehearsing,
  stand,
  type Standing,
} from "./stand/standing";

rehearsing("a secret", () => {
  /** secrets of the deployed cluster by what they are. */
  let secrets: ReadonlyMap<string, string>;
  let standing: Standing;
  /** states of the deployed stacks, the one place where secrets belong. */
  let states: [string, string][];
  /** texts that were printed or written in the cluster's life, by what they are. */
  const texts = new Map<string, string>();

  beforeAll(async () => {
    standing = await stand(clusterFile("with-secrets"));
    await standing.deploy();
    states = [...filesBelow(standing.scratch, /^terraform\..*\.tfstate$/)];
    secrets = new Map([
      ...states.flatMap(([, text]) => secretsOfState(text)),
      ...secretsOfEnvironment(standing.environment),
    ]);
    for (const [file, text] of filesBelow(join(standing.scratch, "cdktf.out"), /^[^.].*\.json$/))
      texts.set(file, text);

    await editStack(standing.scratch, "small-machines", (json) => {
      for (const node of ["server-1", "worker-1", "worker-2"]) {
        const file = snippet(json, node, "user-data");
        file.data = `${file.data}# edited\n`;
      }
    });
    const planned = await standing.terraform("small-machines", "plan", "-input=false", "-no-color");
    texts.set("the plan of edited user-data", planned.output);
    await standing.program.synth(clusterFile("edited-with-secrets"));
    await standing.deploy();
    // As the README says: pods of a Node that is gone for good would keep their namespace from being destroyed.
    await standing.lab
      .cluster(["192.168.0.21"])
      .deleteObject({ apiVersion: "v1", kind: "Node", name: "worker-2" });
    await standing.destroy(clusterFile("edited-with-secrets"));

    texts.set("everything that cdktf and its gates printed", standing.printed.join("\n"));
    texts.set("consoles", [...standing.lab.consoles().values()].flat().join("\n"));
    texts.set("complaints", standing.lab.complaints().join("\n"));
    texts.set("requests to Proxmox", JSON.stringify(standing.lab.proxmox.requests));
    for (const [file, text] of filesBelow(join(project, "__tests__/golden"), /./)) texts.set(file, text);
  }, buildingMilliseconds);
  afterAll(() => standing.close());

  test("is of every kind that a cluster has", () => {
    const kinds = [...secrets.keys()].join("\n");
    expect(kinds).toContain("random_password.server-token");
    expect(kinds).toContain("random_password.agent-token");
    expect(kinds).toMatch(/random_password\.worker-2_secrets_node-password_\w+/);
    for (const authority of ["server-ca", "client-ca", "request-header-ca", "etcd-peer-ca", "etcd-server-ca"])
      expect(kinds).toContain(`tls_private_key.${authority}_key`);
    expect(kinds).toContain("tls_private_key.service-account");
    expect(kinds).toMatch(/tls_private_key\.server-1_secrets_rejoin_key_\w+/);
    expect(kinds).toMatch(/tls_private_key\.administrator_key_\w+/);
    expect(kinds).toContain("output kubeconfig");
    expect(kinds).toContain("PROXMOX_VE_API_TOKEN");
    expect(kinds).toContain("PROXMOX_VE_SSH_PRIVATE_KEY");
    for (const name of ["registry_password", "snapshots_access_key", "snapshots_secret_key"])
      expect(kinds).toContain(`TF_VAR_${name}`);
  });

  test("would be found in a state and in user-data, if it stood there", () => {
    expect(new Set(found(states, secrets).map((line) => line.split(" in ")[0]))).toEqual(
      new Set([...secrets.keys()].filter((what) => !what.startsWith("PROXMOX_VE"))),
    );
    for (const [what, secret] of secrets) {
      const userData = `content: ${Buffer.from(secret).toString("base64")}`;
      expect(found([["user-data", userData]], secrets)).toContain(`${what} in user-data`);
    }
  });

  test("never appears in JSON, plans, logs, consoles, requests or goldens", () => {
    expect(texts.size).toBeGreaterThan(20);
    expect(texts.get("everything that cdktf and its gates printed")).toContain("server-1: ready");
    expect(found([...texts], secrets)).toEqual([]);
  });

  test("makes a plan of edited user-data say (sensitive value), and nothing of it", () => {
    const plan = texts.get("the plan of edited user-data") ?? "";
    expect(plan.match(/_cloud-init_user-data_\w+ .*must be replaced/g)).toHaveLength(3);
    expect(plan.match(/[~-] data += +\(sensitive value\)/g)).toHaveLength(3);
    expect(plan).not.toContain("#cloud-config");
  });
});

const stateSchema = z.object({
  outputs: z.record(z.string(), z.object({ value: z.unknown() })),
  resources: z.array(
    z.object({
      mode: z.string(),
      type: z.string(),
      name: z.string(),
      instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()) })),
    }),
  ),
});

function secretsOfState(text: string): [string, string][] {
  const { outputs, resources } = stateSchema.parse(JSON.parse(text));
  const made = resources
    .filter(({ type }) => type === "random_password" || type === "tls_private_key")
    .flatMap(({ type, name, instances: [instance] }): [string, string][] => {
      const attribute = type === "random_password" ? "result" : "private_key_pem";
      return [[`${type}.${name}`, String(instance?.attributes[attribute])]];
    });
  const key = /client-key-data"?: "?([^"\s]+)/.exec(String(outputs["kubeconfig"]?.value))?.[1];
  return key === undefined ? made : [...made, ["output kubeconfig", key]];
}

function secretsOfEnvironment(environment: Readonly<Record<string, string>>): [string, string][] {
  const variables = Object.entries(environment).filter(([name]) => name.startsWith("TF_VAR_"));
  const token = environment["PROXMOX_VE_API_TOKEN"]?.split("=")[1] ?? "";
  const key = environment["PROXMOX_VE_SSH_PRIVATE_KEY"] ?? "";
  return [["PROXMOX_VE_API_TOKEN", token], ["PROXMOX_VE_SSH_PRIVATE_KEY", key], ...variables];
}
