import type { Json, KubernetesObjectLike } from "../../contract";
import { listAt, textAt, textsAt } from "../../json";
import { changed, type Controller, keyOf, readKey } from "../controller";
import { ownerReference } from "../desk";
import { certManager, installed } from "./installation";

const ingress = "networking.k8s.io/v1";
const gateway = "gateway.networking.k8s.io/v1";

/** shimController makes Certificates for annotated Ingresses and Gateways; IngressRoutes are not looked at. */
export const shimController: Controller = {
  name: "cert-manager-shim",
  concerned(change, desk) {
    const object = changed(change);
    if (object.kind === "Ingress" || isGateway(object)) return [`${object.kind} ${keyOf(object)}`];
    if (object.kind !== "Deployment") return [];
    return [...desk.every(ingress, "Ingress"), ...desk.every(gateway, "Gateway")].map(
      (one) => `${one.kind} ${keyOf(one)}`,
    );
  },
  reconcile(key, desk) {
    const [kind = "", rest = ""] = key.split(" ");
    const { namespace, name } = readKey(rest);
    const object = desk.find(kind === "Ingress" ? ingress : gateway, kind, name, namespace);
    if (object === undefined || installed(desk) === undefined) return undefined;
    const { annotations = {} } = object.metadata;
    const cluster = annotations["cert-manager.io/cluster-issuer"];
    const issuer = cluster ?? annotations["cert-manager.io/issuer"];
    if (issuer === undefined) return undefined;
    for (const { secretName, hosts } of kind === "Ingress" ? ingressSecrets(object) : gatewaySecrets(object))
      desk.put({
        apiVersion: certManager,
        kind: "Certificate",
        metadata: { name: secretName, namespace, ownerReferences: [ownerReference(object)] },
        spec: {
          secretName,
          dnsNames: hosts,
          issuerRef: {
            group: "cert-manager.io",
            kind: cluster === undefined ? "Issuer" : "ClusterIssuer",
            name: issuer,
          },
          usages: ["digital signature", "key encipherment"],
        },
      });
    return undefined;
  },
};

interface Wanted {
  readonly secretName: string;
  readonly hosts: readonly string[];
}

function ingressSecrets(object: KubernetesObjectLike): readonly Wanted[] {
  return listAt(object, "spec", "tls").flatMap((tls) => {
    const secretName = textAt(tls, "secretName");
    return secretName === undefined ? [] : [{ secretName, hosts: textsAt(tls, "hosts") }];
  });
}

function gatewaySecrets(object: KubernetesObjectLike): readonly Wanted[] {
  const hosts = new Map<string, string[]>();
  for (const listener of listAt(object, "spec", "listeners"))
    for (const reference of certificatesOf(listener)) {
      const host = textAt(listener, "hostname");
      if (host !== undefined) hosts.set(reference, [...(hosts.get(reference) ?? []), host]);
    }
  return [...hosts].map(([secretName, names]) => ({ secretName, hosts: [...new Set(names)] }));
}

function certificatesOf(listener: Json): readonly string[] {
  return listAt(listener, "tls", "certificateRefs").flatMap((reference) => textAt(reference, "name") ?? []);
}

function isGateway({ apiVersion, kind }: KubernetesObjectLike): boolean {
  return kind === "Gateway" && apiVersion.startsWith("gateway.networking.k8s.io/");
}
