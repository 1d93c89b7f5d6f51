import {
  clientCertificate,
  selfSignedAuthority,
  serverCertificate,
} from "../../../../lab/network/certificate";
import { createLabNetwork } from "../../../../lab/network";
import { kubernetesProvider } from "../../../../lab/providers/kubernetes";
import { attach } from "../../../../lab/providers/protocol/attach";
import { fakeApi, type FakeApi } from "../../kubernetes/fake-api";
import { openWorkspace, type Workspace } from "../workspace";

/** Stand is an API that answers in the lab's network, and a workspace whose kubernetes provider is the stand-in. */
export interface Stand {
  readonly api: FakeApi;
  readonly workspace: Workspace;
  /** configuration with these resources, for the provider's block that leads to the API. */
  configuration(resource: unknown, more?: Readonly<Record<string, unknown>>): unknown;
  /** fails runs a command that must not succeed, and gives what it printed in one line. */
  fails(...args: string[]): Promise<string>;
  /** disconnect takes the API out of the network. */
  disconnect(): Promise<void>;
  close(): Promise<void>;
}

const address = "192.168.0.10";

export async function openStand(
  engine: string,
  variables: Readonly<Record<`TF_VAR_${string}`, string>> = {},
): Promise<Stand> {
  const authority = await selfSignedAuthority("server-ca");
  const clients = await selfSignedAuthority("client-ca");
  const user = await clientCertificate(clients, { commonName: "admin", organization: "system:masters" });
  const api = fakeApi(await serverCertificate(authority, "api", [address]), clients.certificatePem);
  for (const kind of kinds) api.kinds.add(kind);
  const network = await createLabNetwork();
  const disconnect = await network.attach(address, 6443, api.server);
  const standIns = await attach([kubernetesProvider], { KUBE_PROXY_URL: network.httpProxyUrl });
  const workspace = await openWorkspace(engine, standIns, variables);
  return {
    api,
    workspace,
    disconnect,
    configuration: (resource, more = {}) => ({
      terraform: { required_providers: { kubernetes: { source: "hashicorp/kubernetes" } } },
      provider: {
        kubernetes: {
          host: `https://${address}:6443`,
          cluster_ca_certificate: authority.certificatePem,
          client_certificate: user.certificatePem,
          client_key: user.keyPem,
        },
      },
      resource,
      ...more,
    }),
    async fails(...args) {
      const { code, output } = await workspace.engine(...args);
      if (code === 0) throw new Error(output);
      return output.replace(/[│╷╵]/g, " ").replace(/\s+/g, " ");
    },
    async close() {
      await workspace.close();
      await standIns.close();
      await network.close();
    },
  };
}

const kinds = [
  { apiVersion: "v1", kind: "Namespace", plural: "namespaces", namespaced: false },
  { apiVersion: "v1", kind: "Service", plural: "services", namespaced: true },
  { apiVersion: "v1", kind: "Secret", plural: "secrets", namespaced: true },
  { apiVersion: "apps/v1", kind: "Deployment", plural: "deployments", namespaced: true },
];

export const poolKind = {
  apiVersion: "metallb.io/v1beta1",
  kind: "IPAddressPool",
  plural: "ipaddresspools",
  namespaced: true,
};
