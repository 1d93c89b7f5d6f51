import type { JsonObject, KubernetesObjectLike } from "../../contract";
import { at, numberAt, objectAt, recordAt, textAt, textsAt, withoutFields } from "../../json";
import { selfSignedAuthority, type PemPair } from "../../../network/certificate";
import { changed, type Controller, keyOf, readKey } from "../controller";
import { type Desk, hasCondition } from "../desk";
import { challengeProblem } from "./acme";
import { certManager, installed, pairIn, readiness, secretHome } from "./installation";
import { signed } from "./signing";

const concerns = new Set(["Issuer", "ClusterIssuer", "Secret", "IngressClass"]);
const hour = 3_600_000;

/** certificateController signs what Certificates ask for and keeps it in their Secrets. */
export function certificateController(): Controller {
  let acme: Promise<PemPair> | undefined;
  const acmeAuthority = (): Promise<PemPair> =>
    (acme ??= selfSignedAuthority("ACME authority of the lab, known to nobody"));
  return {
    name: "cert-manager-certificates",
    concerned(change, desk) {
      const object = changed(change);
      if (object.apiVersion === certManager && object.kind === "Certificate") return [keyOf(object)];
      return concerns.has(object.kind) ? desk.every(certManager, "Certificate").map(keyOf) : [];
    },
    async reconcile(key, desk) {
      const { namespace, name } = readKey(key);
      const certificate = desk.find(certManager, "Certificate", name, namespace);
      const home = installed(desk);
      if (
        certificate === undefined ||
        home === undefined ||
        certificate.metadata.deletionTimestamp !== undefined
      )
        return undefined;
      const secret = desk.find("v1", "Secret", textAt(certificate, "spec", "secretName") ?? "", namespace);
      const isCurrent =
        pairIn(secret) !== undefined &&
        recordAt(secret, "metadata", "annotations")[hashNote] === wish(certificate);
      if (isCurrent && hasCondition(certificate, "Ready")) return undefined;
      const issuer = issuerOf(certificate, desk);
      const problem = problemOf(certificate, issuer, home.clusterNamespace, desk);
      if (issuer === undefined || problem !== undefined) {
        desk.setStatus(certificate, {
          ...objectAt(certificate, "status"),
          conditions: readiness(certificate, "False", "DoesNotExist", problem ?? ""),
        });
        return undefined;
      }
      const authority = await authorityOf(issuer, home.clusterNamespace, desk, acmeAuthority);
      await issue(certificate, authority, desk);
      return undefined;
    },
  };
}

/** hashNote says for which wishes a Secret was signed. */
const hashNote = "cert-manager.io/lab-request";

function wish(certificate: KubernetesObjectLike): string {
  const spec = withoutFields(objectAt(certificate, "spec"), "secretTemplate");
  return Buffer.from(JSON.stringify(spec)).toString("base64url");
}

function issuerOf(certificate: KubernetesObjectLike, desk: Desk): KubernetesObjectLike | undefined {
  const kind = textAt(certificate, "spec", "issuerRef", "kind") ?? "Issuer";
  const namespace = kind === "Issuer" ? certificate.metadata.namespace : undefined;
  return desk.find(certManager, kind, textAt(certificate, "spec", "issuerRef", "name") ?? "", namespace);
}

function problemOf(
  certificate: KubernetesObjectLike,
  issuer: KubernetesObjectLike | undefined,
  clusterNamespace: string,
  desk: Desk,
): string | undefined {
  const reference = objectAt(certificate, "spec", "issuerRef");
  const named = `${textAt(reference, "kind") ?? "Issuer"} "${textAt(reference, "name") ?? ""}"`;
  if (issuer === undefined)
    return `Issuing certificate as Secret does not exist: referenced ${named} not found`;
  if (!hasCondition(issuer, "Ready"))
    return `Issuing certificate as Secret does not exist: ${named} is not ready`;
  if (at(issuer, "spec", "acme") === undefined) return undefined;
  const secrets = secretHome(issuer, clusterNamespace);
  return namesOf(certificate)
    .map((name) => challengeProblem(issuer, name, secrets, desk))
    .find((problem) => problem !== undefined);
}

async function authorityOf(
  issuer: KubernetesObjectLike,
  clusterNamespace: string,
  desk: Desk,
  acme: () => Promise<PemPair>,
): Promise<PemPair | undefined> {
  if (at(issuer, "spec", "acme") !== undefined) return acme();
  const secret = textAt(issuer, "spec", "ca", "secretName");
  return secret === undefined
    ? undefined
    : pairIn(desk.find("v1", "Secret", secret, secretHome(issuer, clusterNamespace)));
}

async function issue(
  certificate: KubernetesObjectLike,
  authority: PemPair | undefined,
  desk: Desk,
): Promise<void> {
  const spec = objectAt(certificate, "spec");
  const notBefore = new Date();
  const notAfter = new Date(notBefore.getTime() + hours(textAt(spec, "duration") ?? "2160h") * hour);
  const names = namesOf(certificate);
  const algorithm = textAt(spec, "privateKey", "algorithm") ?? "RSA";
  const pair = await signed(
    {
      commonName: textAt(spec, "commonName") ?? (names.length === 0 ? certificate.metadata.name : ""),
      names,
      isCa: spec["isCA"] === true,
      key: { algorithm, size: numberAt(spec, "privateKey", "size") ?? (algorithm === "ECDSA" ? 256 : 2048) },
      notBefore,
      notAfter,
    },
    authority,
  );
  if (desk.again(certificate) === undefined) return;
  desk.put(secretOf(certificate, pair, authority ?? pair));
  desk.setStatus(certificate, {
    conditions: readiness(certificate, "True", "Ready", "Certificate is up to date and has not expired"),
    notBefore: seconds(notBefore),
    notAfter: seconds(notAfter),
    renewalTime: seconds(new Date(notAfter.getTime() - (notAfter.getTime() - notBefore.getTime()) / 3)),
    revision: (numberAt(certificate, "status", "revision") ?? 0) + 1,
  });
}

function secretOf(
  certificate: KubernetesObjectLike,
  pair: PemPair,
  authority: PemPair,
): KubernetesObjectLike {
  const { name, namespace } = certificate.metadata;
  const spec = objectAt(certificate, "spec");
  const annotations: JsonObject = {
    ...recordAt(spec, "secretTemplate", "annotations"),
    "cert-manager.io/alt-names": textsAt(spec, "dnsNames").join(","),
    "cert-manager.io/certificate-name": name,
    "cert-manager.io/common-name": textAt(spec, "commonName") ?? "",
    "cert-manager.io/ip-sans": textsAt(spec, "ipAddresses").join(","),
    "cert-manager.io/issuer-kind": textAt(spec, "issuerRef", "kind") ?? "Issuer",
    "cert-manager.io/issuer-name": textAt(spec, "issuerRef", "name") ?? "",
    [hashNote]: wish(certificate),
  };
  const labels = { ...recordAt(spec, "secretTemplate", "labels"), "controller.cert-manager.io/fao": "true" };
  return {
    apiVersion: "v1",
    kind: "Secret",
    metadata: {
      name: textAt(spec, "secretName") ?? "",
      ...(namespace === undefined ? {} : { namespace }),
      annotations: recordAt({ annotations }, "annotations"),
      labels,
    },
    type: "kubernetes.io/tls",
    stringData: {
      "tls.crt": pair.certificatePem,
      "tls.key": pair.keyPem,
      "ca.crt": authority.certificatePem,
    },
  };
}

function namesOf(certificate: KubernetesObjectLike): readonly string[] {
  return [...textsAt(certificate, "spec", "dnsNames"), ...textsAt(certificate, "spec", "ipAddresses")];
}

/** hours of a Go duration such as `2160h` or `90h30m`. */
function hours(duration: string): number {
  const [, whole = "0", minutes = "0"] = /^(?:(\d+)h)?(?:(\d+)m)?(?:0s)?$/.exec(duration) ?? [];
  return Number(whole) + Number(minutes) / 60;
}

function seconds(date: Date): string {
  return date.toISOString().replace(/\.\d+Z$/, "Z");
}
