import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { Cluster } from "../config/model";
import type { Route } from "../config/model/routes";
import type { IngressController } from "../kubernetes/ingress/engine";
import { networkObjects, type ObjectGroup, type Part } from "../kubernetes/network-objects";
import { secretDeclarations } from "../kubernetes/secret";
import { ClusterDns } from "./cluster-dns";
import { ClusterSecret } from "./cluster-secret";
import { SecretVariables } from "./secret-variables";
import { constructId } from "./ids";
import { IngressRoute } from "./ingress-route";
import { ManifestGroup } from "./manifest-group";
import { MetalLbPool } from "./metallb-pool";
import { UpgradePlan } from "./upgrade-plan";
import { WebService } from "./web-service";

export interface NetworkPartsProps {
  readonly cluster: Cluster;
  readonly controller: IngressController | undefined;
}

/** Everything in the cluster that follows from its file: pools, DNS, certificates, services and routes. */
export class NetworkParts extends Construct {
  /** entrance, what has to be there before the load balancer's address can be given. */
  readonly entrance: readonly ITerraformDependable[];
  private readonly made = new Map<string, readonly ITerraformDependable[]>();

  constructor(scope: Construct, id: string, { cluster, controller }: NetworkPartsProps) {
    super(scope, id);
    const groups = networkObjects(cluster, controller);
    const add = (group: ObjectGroup, needs: readonly string[]): void => {
      const name = `${group.part}-${group.name}`;
      const dependsOn = [...new Set([...namespacesOf(group), ...needs])].flatMap(
        (need) => this.made.get(need) ?? [],
      );
      this.made.set(name, new constructs[group.part](this, constructId(name), { group, dependsOn }).applied);
    };
    const addAll = (part: Part, needs: readonly string[]): void => {
      for (const group of groups) if (group.part === part) add(group, needs);
    };
    const named = (part: Part): string[] =>
      groups.flatMap((group) => (group.part === part ? [`${part}-${group.name}`] : []));

    addAll("namespace", []);
    const secrets = this.addSecrets(cluster, controller);
    addAll("pool", []);
    addAll("dns", []);
    addAll("issuer", secrets);
    addAll("certificate", named("issuer"));
    addAll("ingress", secrets);
    addAll("config-map", []);
    addAll("service", [...named("config-map"), ...secrets]);
    for (const group of groups) if (group.part === "route") add(group, needsOf(cluster.routes, group.name));
    addAll("upgrade", []);
    this.entrance = [...named("pool"), "ingress-ingress"].flatMap((name) => this.made.get(name) ?? []);
  }

  private addSecrets(cluster: Cluster, controller: IngressController | undefined): string[] {
    const variables = new SecretVariables(this, "variables", { ephemeral: true });
    return secretDeclarations(cluster, controller).map((secret) => {
      const name = `secret-${secret.name}.${secret.namespace}`;
      const dependsOn = this.made.get(`namespace-${secret.namespace}`) ?? [];
      this.made.set(name, [
        new ClusterSecret(this, constructId(name), { secret, variables, dependsOn }).applied,
      ]);
      return name;
    });
  }
}

const constructs: Readonly<Record<Part, typeof ManifestGroup>> = {
  namespace: ManifestGroup,
  pool: MetalLbPool,
  dns: ClusterDns,
  issuer: ManifestGroup,
  certificate: ManifestGroup,
  ingress: ManifestGroup,
  "config-map": ManifestGroup,
  service: WebService,
  route: IngressRoute,
  upgrade: UpgradePlan,
};

function namespacesOf({ objects }: ObjectGroup): string[] {
  return objects.flatMap(({ metadata }) =>
    metadata.namespace === undefined ? [] : [`namespace-${metadata.namespace}`],
  );
}

/** needsOf a route: what every route shares, and the services that it leads to. */
function needsOf(routes: readonly Route[], name: string): string[] {
  const backends = routes
    .filter((route) => route.name === name)
    .flatMap(({ rules, passthrough }) => [
      ...(passthrough === undefined ? [] : [passthrough]),
      ...rules.flatMap(({ action }) => (action.kind === "forward" ? action.backends : [])),
    ]);
  return ["ingress-ingress", ...backends.map(({ service }) => `service-${service}`)];
}
