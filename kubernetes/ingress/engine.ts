import type { Cluster } from "../../config/model";
import type { Ingress } from "../../config/model/ingress";
import type { Route } from "../../config/model/routes";
import type { Chart } from "../chart";
import type { KubernetesObject } from "../object";

/**
 * IngressController turns routes into objects of its own kinds. What it cannot do never reaches it: the rules refuse
 * that by the capability data, so an implementation drops nothing.
 */
export interface IngressController {
  /** charts that install it, in order. */
  charts(cluster: Cluster, ingress: Ingress): readonly Chart[];
  /** crds that the network stack needs before it is planned: `ingressroutes.traefik.io`. */
  readonly crds: readonly string[];
  /** deployment that has to be available before the network stack: the controller's own. */
  readonly deployment: ObjectName;
  /** service of type LoadBalancer that has the ingress address. */
  readonly service: ObjectName;
  /** shared objects that every route needs, with what of them follows from the routes (a Gateway's listeners). */
  shared(cluster: Cluster, ingress: Ingress): readonly KubernetesObject[];
  /** route's own objects; Secrets and certificates are made elsewhere. */
  route(cluster: Cluster, route: Route): readonly KubernetesObject[];
  /** certificateNamespace, where the Secret of a route's certificate has to lie. */
  certificateNamespace(route: Route): string;
}

export interface ObjectName {
  readonly namespace: string;
  readonly name: string;
}
