import { createHash, generateKeyPairSync, randomBytes } from "node:crypto";
import { type AuthorityName, type SecretName } from "../../cloud-init/secrets";
import { rejoinUser } from "../../cloud-init/manifests/rejoin";
import type { Machine } from "../../config/model";
import { clientCertificate, type PemPair, selfSignedAuthority } from "../../lab/network/certificate";

/** Identity of a cluster, made for one boot test: what Terraform's providers would have made. */
export interface Identity {
  readonly authorities: Readonly<Record<AuthorityName, PemPair>>;
  readonly serviceAccountKey: string;
  readonly serverToken: string;
  readonly agentToken: string;
}

const hour = 3_600_000;

/** madeServiceAccountKey, one for every identity of a run: an RSA key takes longer to make than all the rest. */
let madeServiceAccountKey: string | undefined;

/** identityOf a cluster whose authorities began so many hours ago. */
export async function identityOf(name: string, ageHours: number): Promise<Identity> {
  const authority = (role: AuthorityName): Promise<PemPair> =>
    selfSignedAuthority(`rke2-${role}@${name}`, new Date(Date.now() - ageHours * hour));
  const server = await authority("server-ca");
  const digest = createHash("sha256").update(server.certificatePem).digest("hex");
  const token = (user: string): string => `K10${digest}::${user}:${randomBytes(24).toString("hex")}`;
  return {
    authorities: {
      "server-ca": server,
      "client-ca": await authority("client-ca"),
      "request-header-ca": await authority("request-header-ca"),
      "etcd-server-ca": await authority("etcd-server-ca"),
      "etcd-peer-ca": await authority("etcd-peer-ca"),
    },
    serviceAccountKey: (madeServiceAccountKey ??= rsaKey()),
    serverToken: token("server"),
    agentToken: token("node"),
  };
}

/** secretsOf a machine, each as the text of its file. */
export async function secretsOf(
  machine: Machine,
  { authorities, ...identity }: Identity,
): Promise<(name: SecretName) => string> {
  const client = authorities["client-ca"];
  const rejoin =
    machine.role === "server"
      ? await clientCertificate(client, { commonName: rejoinUser(machine) })
      : undefined;
  const balancer =
    machine.role === "load-balancer"
      ? await clientCertificate(client, { commonName: `slipway:load-balancer:${machine.name}` })
      : undefined;
  const values: Partial<Record<SecretName, string | undefined>> = {
    "server-token": identity.serverToken,
    "agent-token": identity.agentToken,
    "node-password": randomBytes(16).toString("hex"),
    "service-account.key": identity.serviceAccountKey,
    "rejoin.crt": rejoin?.certificatePem,
    "rejoin.key": rejoin?.keyPem,
    "load-balancer.pem": balancer && `${balancer.certificatePem}${balancer.keyPem}`,
  };
  for (const [name, pair] of Object.entries(authorities)) {
    Object.assign(values, { [`${name}.crt`]: pair.certificatePem, [`${name}.key`]: pair.keyPem });
  }
  return (name) => {
    const value = values[name];
    if (value === undefined) throw new Error(`${machine.name} has no secret ${name}`);
    return value;
  };
}

function rsaKey(): string {
  return generateKeyPairSync("rsa", { modulusLength: 2048 })
    .privateKey.export({ format: "pem", type: "pkcs1" })
    .toString();
}
