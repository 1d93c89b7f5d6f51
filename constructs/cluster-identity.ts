import { Password } from "@cdktf/provider-random/lib/password";
import { PrivateKey } from "@cdktf/provider-tls/lib/private-key";
import { Fn, Token } from "cdktf";
import { Construct } from "constructs";
import { CertificateAuthority } from "./certificate-authority";
import { type CertificateAndKey, ClientCertificate } from "./client-certificate";
import { constructId } from "./ids";
import type { AuthorityName } from "../cloud-init/secrets";

export interface ClusterIdentityProps {
  readonly clusterName: string;
  /** apiUrl that the kubeconfig names: `https://<API address>:6443`. */
  readonly apiUrl: string;
  readonly protect: boolean;
}

/**
 * What makes a cluster itself and outlives every machine: its authorities, tokens and the administrator's
 * certificate. Nothing here belongs to one node.
 */
export class ClusterIdentity extends Construct {
  readonly authorities: Readonly<Record<AuthorityName, CertificateAndKey>>;
  /** serviceAccountKey signs service account tokens. */
  readonly serviceAccountKey: string;
  /** serverToken, in full K10 form: it pins the server authority, so a joining machine knows whom it talks to. */
  readonly serverToken: string;
  /** agentToken, in full K10 form; it yields node certificates and nothing else. */
  readonly agentToken: string;
  readonly administrator: CertificateAndKey;
  readonly apiUrl: string;
  readonly kubeconfig: string;

  constructor(scope: Construct, id: string, props: ClusterIdentityProps) {
    super(scope, id);
    this.apiUrl = props.apiUrl;
    this.authorities = authorities(this, props);
    this.serviceAccountKey = serviceAccountKey(this, props);
    const caHash = Fn.sha256(this.authorities["server-ca"].certificate);
    const k10 = (user: "server" | "node", password: string): string =>
      Token.asString(Fn.format(`K10%s::${user}:%s`, [caHash, password]));
    this.serverToken = k10("server", secret(this, "server-token", props));
    this.agentToken = k10("node", secret(this, "agent-token", props));
    this.administrator = new ClientCertificate(this, constructId("administrator"), {
      user: "slipway:administrator",
      group: "slipway:administrators",
      authority: this.authorities["client-ca"],
      validityHours: 365 * day,
      renewalHours: 90 * day,
    });
    this.kubeconfig = kubeconfigOf(this, props);
  }
}

const day = 24;

/**
 * Five authorities that do not sign each other: with a common root above them, etcd would accept any
 * kubelet's certificate as a client.
 * @see https://docs.rke2.io/security/certificates
 */
function authorities(
  scope: Construct,
  props: ClusterIdentityProps,
): Record<AuthorityName, CertificateAndKey> {
  const authority = (name: AuthorityName): CertificateAuthority =>
    new CertificateAuthority(scope, constructId(name), {
      commonName: `rke2-${name}@${props.clusterName}`,
      protect: props.protect,
    });
  return {
    "server-ca": authority("server-ca"),
    "client-ca": authority("client-ca"),
    "request-header-ca": authority("request-header-ca"),
    "etcd-peer-ca": authority("etcd-peer-ca"),
    "etcd-server-ca": authority("etcd-server-ca"),
  };
}

function serviceAccountKey(scope: Construct, props: ClusterIdentityProps): string {
  return new PrivateKey(scope, constructId("service-account"), {
    algorithm: "RSA",
    rsaBits: 4096,
    lifecycle: { preventDestroy: props.protect },
  }).privateKeyPem;
}

function secret(scope: Construct, name: string, props: ClusterIdentityProps): string {
  return new Password(scope, constructId(name), {
    length: 48,
    special: false,
    lifecycle: { preventDestroy: props.protect },
  }).result;
}

function kubeconfigOf(identity: ClusterIdentity, props: ClusterIdentityProps): string {
  const name = props.clusterName;
  return Fn.yamlencode({
    apiVersion: "v1",
    kind: "Config",
    "current-context": name,
    clusters: [
      {
        name,
        cluster: {
          server: props.apiUrl,
          "certificate-authority-data": Fn.base64encode(identity.authorities["server-ca"].certificate),
        },
      },
    ],
    users: [
      {
        name,
        user: {
          "client-certificate-data": Fn.base64encode(identity.administrator.certificate),
          "client-key-data": Fn.base64encode(identity.administrator.key),
        },
      },
    ],
    contexts: [{ name, context: { cluster: name, user: name } }],
  });
}
