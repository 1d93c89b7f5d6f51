import { z } from "zod";
import { startStandIns, type StandIns } from "../../../lab/providers";
import { surroundings } from "./surroundings";
import { enginesUnderTest } from "./engines";
import { skipped } from "../../skipped";
import { openWorkspace, type Workspace } from "./workspace";

describe.each(enginesUnderTest())("with the real $name", ({ file }) => {
  if (typeof file !== "string") {
    skipped("stand-ins work", file.missing);
    return;
  }

  let standIns: StandIns;
  let workspace: Workspace;

  beforeEach(async () => {
    standIns = await startStandIns(["tls", "random", "null"], surroundings);
    workspace = await openWorkspace(file, standIns);
  });

  afterEach(async () => {
    await workspace.close();
    await standIns.close();
  });

  it("applies, then plans nothing, then destroys to nothing", async () => {
    const output = await workspace.apply(configuration(everything));
    expect(output).toContain("Apply complete! Resources: 12 added, 0 changed, 0 destroyed.");
    expect(output).toContain("provisioned for n-");
    expect((await workspace.engine("plan", "-detailed-exitcode")).code).toBe(0);

    const destroyed = await workspace.must("destroy", "-auto-approve");
    expect(destroyed).toContain("Destroy complete! Resources: 12 destroyed.");
    expect(await workspace.must("state", "list")).toBe("");
  });

  it("keeps secrets out of what it prints", async () => {
    const output = await workspace.apply(configuration(everything));
    const secrets = Object.values(await workspace.state()).flatMap((attributes) =>
      ["result", "private_key_pem", "private_key_pem_pkcs8", "private_key_openssh", "base64"].flatMap(
        (name) => {
          const secret = attributes[name];
          return typeof secret === "string" && secret !== "" ? [secret.split("\n")[1] ?? secret] : [];
        },
      ),
    );
    expect(secrets.length).toBeGreaterThan(10);
    const shown = output + (await workspace.must("show"));
    for (const secret of secrets) expect(shown).not.toContain(secret);
  });

  it("replaces what a changed argument must replace, and nothing else", async () => {
    await workspace.apply(configuration(everything));
    const { gate, bare } = everything.null_resource;
    const { token, node } = everything.random_password;
    const changed = {
      ...everything,
      null_resource: { bare, gate: { ...gate, triggers: { revision: "2" } } },
      random_password: { node, token: { ...token, length: 33 } },
    };
    await workspace.configure(configuration(changed));
    expect(await workspace.planned()).toEqual({
      "null_resource.gate": ["delete", "create"],
      "random_password.token": ["delete", "create"],
    });
  });

  it("re-issues along the chain when an authority's key changes", async () => {
    await workspace.apply(configuration(everything));
    const keys = { ...everything.tls_private_key, ca: { algorithm: "ED25519" } };
    await workspace.configure(configuration({ ...everything, tls_private_key: keys }));
    expect(await workspace.planned()).toEqual({
      "tls_private_key.ca": ["delete", "create"],
      "tls_self_signed_cert.ca": ["delete", "create"],
      "tls_locally_signed_cert.admin": ["delete", "create"],
    });
    await workspace.must("apply", "-auto-approve", "plan.bin");
    expect(await workspace.planned()).toEqual({});
  });

  it("changes early_renewal_hours in place", async () => {
    await workspace.apply(configuration(everything));
    const before = (await workspace.state())["tls_locally_signed_cert.admin"];
    await workspace.configure(configuration(renewing(2)));
    expect(await workspace.planned()).toEqual({ "tls_locally_signed_cert.admin": ["update"] });
    await workspace.must("apply", "-auto-approve", "plan.bin");
    expect((await workspace.state())["tls_locally_signed_cert.admin"]).toEqual({
      ...before,
      early_renewal_hours: 2,
    });
    expect(await workspace.planned()).toEqual({});
  });

  it("plans to re-issue a certificate that is within its early renewal, and only that", async () => {
    await workspace.apply(configuration(renewing(24)));
    expect(await workspace.planned()).toEqual({ "tls_locally_signed_cert.admin": ["delete", "create"] });
  });

  it("refuses what the provider refuses, naming the attribute", async () => {
    const wrong = {
      random_password: { short: { length: 2, min_lower: 3 } },
      tls_private_key: { odd: { algorithm: "DSA" } },
    };
    await workspace.configure(configuration(wrong));
    await workspace.must("init");
    const { code, stdout } = await workspace.engine("validate", "-json");
    const found = validation.parse(JSON.parse(stdout)).diagnostics;
    expect(code).toBe(1);
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
    const broken = {
      private_key_pem: "${tls_private_key.key.public_key_pem}",
      allowed_uses: [],
      validity_period_hours: 1,
    };
    const wrong = { tls_private_key: { key: { algorithm: "ED25519" } }, tls_self_signed_cert: { broken } };
    await workspace.configure(configuration(wrong));
    await workspace.must("init");
    const { code, output } = await workspace.engine("apply", "-auto-approve");
    expect(code).toBe(1);
    expect(output).toContain("Error: Failed to parse private key PEM");
    expect(await workspace.must("state", "list")).toBe("tls_private_key.key\n");
  });
});

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
      subject: [{ common_name: "lab-ca" }],
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

function configuration(resource: unknown): unknown {
  const required_providers = {
    tls: { source: "hashicorp/tls", version: "~> 4.0" },
    random: { source: "hashicorp/random", version: "~> 3.5" },
    null: { source: "null", version: "~> 3.2" },
  };
  return { terraform: { required_providers }, resource };
}

function renewing(early_renewal_hours: number): unknown {
  const admin = { ...everything.tls_locally_signed_cert.admin, early_renewal_hours };
  return { ...everything, tls_locally_signed_cert: { admin } };
}

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
