import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { z } from "zod";
import { run, type Finished } from "../../../lab/engine/run";
import { startStandIns, type StandIns } from "../../../lab/providers";
import { enginesUnderTest } from "./engines";

jest.setTimeout(120_000);

describe.each(enginesUnderTest())("with the real $name", ({ file }) => {
  if (typeof file !== "string") {
    it.skip(`stand-ins work (skipped: ${file.missing})`, () => undefined);
    return;
  }

  let standIns: StandIns;
  let folder: string;

  beforeEach(async () => {
    standIns = await startStandIns(["tls", "random", "null"]);
    folder = await mkdtemp(join(tmpdir(), "slipway-test-"));
  });

  afterEach(async () => {
    await standIns.close();
    await rm(folder, { recursive: true });
  });

  const engine = (...args: string[]): Promise<Finished> => {
    const environment = {
      PATH: process.env["PATH"] ?? "",
      HOME: folder,
      CHECKPOINT_DISABLE: "1",
      TF_IN_AUTOMATION: "1",
      TF_REATTACH_PROVIDERS: standIns.reattach,
    };
    return run({ file, args, cwd: folder, environment, seconds: 60 });
  };

  const configure = async (resources: unknown): Promise<void> => {
    const required = Object.fromEntries(
      ["tls", "random", "null"].map((name) => [name, { source: `hashicorp/${name}` }]),
    );
    const config = { terraform: { required_providers: required }, resource: resources };
    await writeFile(join(folder, "main.tf.json"), JSON.stringify(config));
  };

  const must = async (...args: string[]): Promise<string> => {
    const finished = await engine(...args);
    if (finished.code !== 0) throw new Error(finished.output);
    return finished.stdout;
  };

  const apply = async (resources: unknown): Promise<string> => {
    await configure(resources);
    await must("init", "-input=false", "-no-color");
    return must("apply", "-auto-approve", "-input=false", "-no-color");
  };

  const planned = async (): Promise<Record<string, readonly string[]>> => {
    await must("plan", "-input=false", "-out=plan.bin");
    const plan = planFile.parse(JSON.parse(await must("show", "-json", "plan.bin")));
    const changes = plan.resource_changes.map((each) => [each.address, each.change.actions] as const);
    return Object.fromEntries(changes.filter(([, actions]) => actions.join() !== "no-op"));
  };

  it("applies, then plans nothing, then destroys to nothing", async () => {
    const output = await apply(everything);
    expect(output).toContain("Apply complete! Resources: 12 added, 0 changed, 0 destroyed.");
    expect(output).toContain("provisioned for n-");
    expect((await engine("plan", "-detailed-exitcode", "-input=false")).code).toBe(0);

    expect(await must("destroy", "-auto-approve", "-no-color")).toContain(
      "Destroy complete! Resources: 12 destroyed.",
    );
    expect(await must("state", "list")).toBe("");
  });

  it("keeps secrets out of what it prints", async () => {
    const output = await apply(everything);
    const state = stateFile.parse(JSON.parse(await readFile(join(folder, "terraform.tfstate"), "utf8")));
    const secrets = state.resources.flatMap(({ instances }) =>
      instances.flatMap(({ attributes }) =>
        ["result", "private_key_pem", "private_key_pem_pkcs8", "private_key_openssh", "base64"].flatMap(
          (name) => {
            const secret = attributes[name];
            return typeof secret === "string" && secret !== "" ? [secret] : [];
          },
        ),
      ),
    );
    expect(secrets.length).toBeGreaterThan(10);
    const shown = output + (await must("show", "-no-color"));
    for (const secret of secrets) expect(shown).not.toContain(secret.split("\n")[1] ?? secret);
  });

  it("replaces what a changed argument must replace, and nothing else", async () => {
    await apply(everything);
    await configure({
      ...everything,
      null_resource: {
        ...everything.null_resource,
        gate: { ...everything.null_resource.gate, triggers: { revision: "2" } },
      },
      random_password: {
        ...everything.random_password,
        token: { ...everything.random_password.token, length: 33 },
      },
    });
    expect(await planned()).toEqual({
      "null_resource.gate": ["delete", "create"],
      "random_password.token": ["delete", "create"],
    });
  });

  it("re-issues along the chain when an authority's key changes", async () => {
    await apply(everything);
    await configure({
      ...everything,
      tls_private_key: { ...everything.tls_private_key, ca: { algorithm: "ED25519" } },
    });
    expect(await planned()).toEqual({
      "tls_private_key.ca": ["delete", "create"],
      "tls_self_signed_cert.ca": ["delete", "create"],
      "tls_locally_signed_cert.admin": ["delete", "create"],
    });
    await must("apply", "-auto-approve", "plan.bin");
    expect((await engine("plan", "-detailed-exitcode", "-input=false")).code).toBe(0);
  });

  it("changes early_renewal_hours in place", async () => {
    await apply(everything);
    const admin = { ...everything.tls_locally_signed_cert.admin, early_renewal_hours: 2 };
    await configure({ ...everything, tls_locally_signed_cert: { admin } });
    expect(await planned()).toEqual({ "tls_locally_signed_cert.admin": ["update"] });
    await must("apply", "-auto-approve", "plan.bin");
    expect(await planned()).toEqual({});
  });

  it("plans to re-issue a certificate that is within its early renewal, and only that", async () => {
    const admin = { ...everything.tls_locally_signed_cert.admin, early_renewal_hours: 24 };
    await apply({ ...everything, tls_locally_signed_cert: { admin } });
    expect(await planned()).toEqual({ "tls_locally_signed_cert.admin": ["delete", "create"] });
  });

  it("refuses what the provider refuses, naming the attribute", async () => {
    await configure({
      random_password: { short: { length: 2, min_lower: 3 } },
      tls_private_key: { odd: { algorithm: "DSA" } },
    });
    await must("init", "-input=false");
    const { code, stdout } = await engine("validate", "-json");
    expect(code).toBe(1);
    const found = validation.parse(JSON.parse(stdout)).diagnostics;
    expect(
      new Set(found.map(({ summary, detail, snippet }) => [summary, detail, highlighted(snippet)])),
    ).toEqual(
      new Set([
        [
          "Invalid Attribute Value",
          "Attribute length value must be at least sum of min_upper + min_lower + min_numeric + min_special, got: 2",
          "2",
        ],
        [
          "Invalid Attribute Value Match",
          'Attribute algorithm value must be one of: ["RSA" "ECDSA" "ED25519"], got: "DSA"',
          '"DSA"',
        ],
      ]),
    );
  });

  it("refuses at apply what only the apply can tell, and keeps the rest", async () => {
    await configure({
      tls_private_key: { key: { algorithm: "ED25519" } },
      tls_self_signed_cert: {
        broken: {
          private_key_pem: "${tls_private_key.key.public_key_pem}",
          allowed_uses: [],
          validity_period_hours: 1,
        },
      },
    });
    await must("init", "-input=false");
    const { code, output } = await engine("apply", "-auto-approve", "-no-color");
    expect(code).toBe(1);
    expect(output).toContain("Error: Failed to parse private key PEM");
    expect(await must("state", "list")).toBe("tls_private_key.key\n");
  });
});

const subject = [{ common_name: "lab-ca" }];
const key = { algorithm: "ECDSA", ecdsa_curve: "P256" };

const everything = {
  tls_private_key: { ca: key, admin: key, service: { algorithm: "RSA" } },
  tls_self_signed_cert: {
    ca: {
      private_key_pem: "${tls_private_key.ca.private_key_pem}",
      is_ca_certificate: true,
      set_subject_key_id: true,
      allowed_uses: ["cert_signing", "digital_signature", "key_encipherment"],
      validity_period_hours: 87600,
      subject,
    },
  },
  tls_cert_request: {
    admin: {
      private_key_pem: "${tls_private_key.admin.private_key_pem}",
      dns_names: ["api.${random_id.cluster.hex}.lab"],
      subject: [{ common_name: "admin", organization: "system:masters" }],
    },
  },
  tls_locally_signed_cert: {
    admin: {
      cert_request_pem: "${tls_cert_request.admin.cert_request_pem}",
      ca_cert_pem: "${tls_self_signed_cert.ca.cert_pem}",
      ca_private_key_pem: "${tls_private_key.ca.private_key_pem}",
      allowed_uses: ["client_auth", "digital_signature"],
      validity_period_hours: 24,
    },
  },
  random_password: {
    token: { length: 32, special: false },
    node: { length: 20, keepers: { key: "${tls_private_key.service.id}" } },
  },
  random_id: { cluster: { byte_length: 4 } },
  random_bytes: { secret: { length: 32 } },
  null_resource: {
    gate: {
      triggers: { revision: "1" },
      provisioner: [{ "local-exec": { command: "echo provisioned for n-${random_id.cluster.hex}" } }],
    },
    bare: {},
  },
};

const planFile = z.object({
  resource_changes: z.array(
    z.object({ address: z.string(), change: z.object({ actions: z.array(z.string()) }) }),
  ),
});

const stateFile = z.object({
  resources: z.array(
    z.object({ instances: z.array(z.object({ attributes: z.record(z.string(), z.unknown()) })) }),
  ),
});

const snippet = z.object({
  code: z.string(),
  highlight_start_offset: z.number(),
  highlight_end_offset: z.number(),
});

const validation = z.object({
  diagnostics: z.array(z.object({ summary: z.string(), detail: z.string(), snippet })),
});

function highlighted({
  code,
  highlight_start_offset,
  highlight_end_offset,
}: z.infer<typeof snippet>): string {
  return code.slice(highlight_start_offset, highlight_end_offset);
}
