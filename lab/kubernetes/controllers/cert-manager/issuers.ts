import { generateKeyPairSync } from "node:crypto";
import type { JsonObject, KubernetesObjectLike } from "../../contract";
import { isObject, objectAt, textAt } from "../../json";
import { changed, type Controller, type Key } from "../controller";
import type { Desk } from "../desk";
import { certManager, installed, pairIn, readiness, secretHome } from "./installation";

const kinds = ["Issuer", "ClusterIssuer"];

/** issuerController makes issuers Ready, or says what they lack; nobody is asked over any network. */
export const issuerController: Controller = {
  name: "cert-manager-issuers",
  concerned(change, desk) {
    const object = changed(change);
    if (object.apiVersion === certManager && kinds.includes(object.kind)) return [keyOfIssuer(object)];
    const concerns = object.kind === "Deployment" || object.kind === "Secret";
    return concerns ? kinds.flatMap((kind) => desk.every(certManager, kind).map(keyOfIssuer)) : [];
  },
  reconcile(key, desk) {
    const [kind = "", namespace = "", name = ""] = key.split("/");
    const issuer = desk.find(certManager, kind, name, namespace === "" ? undefined : namespace);
    const home = installed(desk);
    if (issuer === undefined || home === undefined) return undefined;
    const spec = objectAt(issuer, "spec");
    const secrets = secretHome(issuer, home.clusterNamespace);
    if (isObject(spec["selfSigned"])) ready(issuer, desk, "IsReady", "");
    else if (isObject(spec["ca"])) checkAuthority(issuer, secrets, desk);
    else if (isObject(spec["acme"])) registerAccount(issuer, secrets, desk);
    return undefined;
  },
};

function keyOfIssuer({ kind, metadata: { namespace = "", name } }: KubernetesObjectLike): Key {
  return `${kind}/${namespace}/${name}`;
}

function checkAuthority(issuer: KubernetesObjectLike, namespace: string, desk: Desk): void {
  const name = textAt(issuer, "spec", "ca", "secretName") ?? "";
  const secret = desk.find("v1", "Secret", name, namespace);
  if (pairIn(secret) !== undefined) {
    ready(issuer, desk, "KeyPairVerified", "Signing CA verified");
    return;
  }
  const why =
    secret === undefined ? `secret "${name}" not found` : `no key pair in secret "${namespace}/${name}"`;
  unready(issuer, desk, "ErrGetKeyPair", `Error getting keypair for CA issuer: ${why}`);
}

/** registerAccount keeps the account's key as cert-manager does; the server is the lab's own. */
function registerAccount(issuer: KubernetesObjectLike, namespace: string, desk: Desk): void {
  const name = textAt(issuer, "spec", "acme", "privateKeySecretRef", "name") ?? "";
  if (desk.find("v1", "Secret", name, namespace) === undefined) {
    const { privateKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
    const key = privateKey.export({ format: "pem", type: "pkcs8" }).toString();
    desk.create({
      apiVersion: "v1",
      kind: "Secret",
      metadata: { name, namespace },
      type: "Opaque",
      stringData: { "tls.key": key },
    });
  }
  const server = textAt(issuer, "spec", "acme", "server") ?? "";
  const message = `The ACME account was registered with the lab's own authority: ${server} was not asked`;
  ready(issuer, desk, "ACMEAccountRegistered", message, { acme: { uri: `${server}#lab` } });
}

function ready(
  issuer: KubernetesObjectLike,
  desk: Desk,
  reason: string,
  message: string,
  more: JsonObject = {},
): void {
  desk.setStatus(issuer, { ...more, conditions: readiness(issuer, "True", reason, message) });
}

function unready(issuer: KubernetesObjectLike, desk: Desk, reason: string, message: string): void {
  desk.setStatus(issuer, { conditions: readiness(issuer, "False", reason, message) });
}
