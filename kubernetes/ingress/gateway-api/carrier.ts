import type { Cluster } from "../../../config/model";
import type { Ingress } from "../../../config/model/ingress";
import type { Route, RouteRule, RouteTls } from "../../../config/model/routes";
import type { Chart } from "../../chart";
import type { Json, KubernetesObject } from "../../object";
import type { ObjectName } from "../engine";

/**
 * Carrier makes a Gateway answer: a controller that implements Gateway API. The objects of the standard are the same
 * for every carrier and are made elsewhere; here stands what differs.
 */
export interface Carrier {
  /** charts that install it, after Gateway API's own CRDs. */
  charts(cluster: Cluster, ingress: Ingress): readonly Chart[];
  /** crds of its own kinds that `rule` and `objects` use. */
  readonly crds: readonly string[];
  /** deployment that has to be available before the network stack: the controller's own. */
  readonly deployment: ObjectName;
  /** service of type LoadBalancer that has the ingress address. */
  readonly service: ObjectName;
  /** gateway, the one shared Gateway. Certificates lie in its namespace. */
  readonly gateway: ObjectName;
  readonly gatewayClassName: string;
  /** ports of the Gateway's listeners, as this controller counts them: the Service's, or those of its own pod. */
  readonly ports: { readonly http: number; readonly https: number };
  /** infrastructure of the Gateway: what the controller takes over to the Deployment and Service it makes of it. */
  infrastructure(ingress: Ingress): Json | undefined;
  /** listenerOptions, `tls.options` of an HTTPS listener. */
  listenerOptions(tls: RouteTls): Readonly<Record<string, string>>;
  /** corsFilter: it implements the CORS filter; false = `rule` makes CORS in the carrier's own way. */
  readonly corsFilter: boolean;
  /** shared objects besides the Gateway. */
  shared(cluster: Cluster, ingress: Ingress): readonly KubernetesObject[];
  /** rule: what HTTPRoute has no field for, as filters of the rule and the objects that they name, in the route's namespace. */
  rule(route: Route, rule: RouteRule): CarriedRule;
  /** objects of a route that are bound to its services or its hosts, not to a filter. */
  objects(cluster: Cluster, route: Route): readonly KubernetesObject[];
}

export interface CarriedRule {
  /** filters of type ExtensionRef, in this order, after those of the headers and before the other standard ones. */
  readonly filters: readonly Json[];
  readonly objects: readonly KubernetesObject[];
}
