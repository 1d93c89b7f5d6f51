import type { Cluster } from "../config/model";
import type { Certificate } from "../config/model/certificates";
import type { Route, RouteTls } from "../config/model/routes";
import { issuerRef } from "./certificates/issuers";
import type { IngressController } from "./ingress/engine";
import type { KubernetesObject } from "./object";

/** ServedCertificate is a certificate in a Secret where the engine looks for it. */
export interface ServedCertificate {
  readonly certificate: Certificate;
  readonly secretName: string;
  readonly namespace: string;
}

/** servedCertificates that routes need, each once, in the order of the routes. */
export function servedCertificates(
  { routes, certificates }: Cluster,
  controller: IngressController,
): readonly ServedCertificate[] {
  const served = routes.flatMap((route) =>
    route.tls === undefined ? [] : [servedBy(route, route.tls, certificates, controller)],
  );
  return [...new Map(served.map((each) => [`${each.namespace}/${each.secretName}`, each])).values()];
}

/** certificateObject that cert-manager keeps its Secret by; none where the certificate is not of an issuer. */
export function certificateObject(served: ServedCertificate): readonly KubernetesObject[] {
  const { certificate, secretName, namespace } = served;
  const { source, names } = certificate;
  if (source.kind !== "issuer") return [];
  return [
    {
      apiVersion: "cert-manager.io/v1",
      kind: "Certificate",
      metadata: { name: secretName, namespace },
      spec: { secretName, dnsNames: names, issuerRef: issuerRef(source.issuer) },
    },
  ];
}

function servedBy(
  route: Route,
  { certificate: name, secretName }: RouteTls,
  certificates: readonly Certificate[],
  controller: IngressController,
): ServedCertificate {
  const certificate = certificates.find((each) => each.name === name);
  if (certificate === undefined) throw new Error(`route ${route.name} needs certificate ${name}`);
  return { certificate, secretName, namespace: controller.certificateNamespace(route) };
}
