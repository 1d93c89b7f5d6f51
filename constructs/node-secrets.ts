import { Password } from "@cdktf/provider-random/lib/password";
import { Construct } from "constructs";
import { composedFile } from "../cloud-init/composed";
import { isComposed, type SecretName } from "../cloud-init/secrets";
import type { Cluster, ClusterNode } from "../config/model";
import { type CertificateAndKey, ClientCertificate } from "./client-certificate";
import type { ClusterIdentity } from "./cluster-identity";
import { constructId } from "./ids";
import type { SecretVariables } from "./secret-variables";
import { secretFile, terraformFile } from "./terraform-text";

export interface NodeSecretsProps {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  readonly identity: ClusterIdentity;
  readonly variables: SecretVariables;
}

/**
 * What one node proves itself with: its node password, so that a rebuilt machine may keep its name, and for a
 * server a credential that can remove its own stale Node and nothing else.
 * @see https://docs.rke2.io/advanced#agent-node-registration
 */
export class NodeSecrets extends Construct {
  private readonly values: Readonly<Partial<Record<SecretName, string>>>;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: NodeSecretsProps,
  ) {
    super(scope, id);
    const password = new Password(this, constructId("node-password"), { length: 32, special: false }).result;
    this.values =
      props.node.role === "server"
        ? { ...serverValues(props.identity, rejoinCredential(this, props)), "node-password": password }
        : { "agent-token": props.identity.agentToken, "node-password": password };
  }

  /** file with that secret, as base64 text for a document. */
  file(name: SecretName): string {
    if (isComposed(name)) {
      const { cluster, variables } = this.props;
      return terraformFile(composedFile(name, cluster), (variable) => variables.reference(variable));
    }
    const value = this.values[name];
    if (value === undefined) throw new Error(`${this.node.path} has no secret ${name}`);
    return secretFile(value);
  }
}

function rejoinCredential(scope: Construct, { node, identity }: NodeSecretsProps): CertificateAndKey {
  return new ClientCertificate(scope, constructId("rejoin"), {
    user: `slipway:rejoin:${node.name}`,
    authority: identity.authorities["client-ca"],
    // It stands in the first boot of a machine that is rebuilt years later.
    validityHours: 10 * 365 * 24,
    renewalHours: 0,
  });
}

function serverValues(
  identity: ClusterIdentity,
  rejoin: CertificateAndKey,
): Partial<Record<SecretName, string>> {
  const { authorities } = identity;
  return {
    "server-token": identity.serverToken,
    "agent-token": identity.agentToken,
    "service-account.key": identity.serviceAccountKey,
    "rejoin.crt": rejoin.certificate,
    "rejoin.key": rejoin.key,
    "server-ca.crt": authorities["server-ca"].certificate,
    "server-ca.key": authorities["server-ca"].key,
    "client-ca.crt": authorities["client-ca"].certificate,
    "client-ca.key": authorities["client-ca"].key,
    "request-header-ca.crt": authorities["request-header-ca"].certificate,
    "request-header-ca.key": authorities["request-header-ca"].key,
    "etcd-peer-ca.crt": authorities["etcd-peer-ca"].certificate,
    "etcd-peer-ca.key": authorities["etcd-peer-ca"].key,
    "etcd-server-ca.crt": authorities["etcd-server-ca"].certificate,
    "etcd-server-ca.key": authorities["etcd-server-ca"].key,
  };
}
