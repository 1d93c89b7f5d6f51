const authorities = [
  "server-ca",
  "client-ca",
  "request-header-ca",
  "etcd-server-ca",
  "etcd-peer-ca",
] as const;

/** AuthorityName of RKE2: the five authorities that sign for a cluster. */
export type AuthorityName = (typeof authorities)[number];

/** AuthorityFile is a certificate or key of an authority. Every certificate in it is public; the rest is secret. */
export type AuthorityFile = `${AuthorityName}.crt` | `${AuthorityName}.key`;

const composed = ["registries.yaml", "snapshot-store.yaml"] as const;

/** ComposedName of a file that is data around secrets: `composedFile` tells the data, Terraform puts the secrets in. */
export type ComposedName = (typeof composed)[number];

/** SecretName of every file that a document places without knowing its content. */
export type SecretName =
  | "server-token"
  | "agent-token"
  | "node-password"
  | "service-account.key"
  | "rejoin.crt"
  | "rejoin.key"
  | "load-balancer.pem"
  | AuthorityFile
  | ComposedName;

/** authorityFiles, certificate and key of each authority. */
export const authorityFiles: readonly AuthorityFile[] = authorities.flatMap((name): AuthorityFile[] => [
  `${name}.crt`,
  `${name}.key`,
]);

export const secretNames: readonly SecretName[] = [
  "server-token",
  "agent-token",
  "node-password",
  "service-account.key",
  "rejoin.crt",
  "rejoin.key",
  "load-balancer.pem",
  ...authorityFiles,
  ...composed,
];

export function isComposed(name: SecretName): name is ComposedName {
  return composed.some((each) => each === name);
}

/** secretSlot stands in a document where the base64 text of that file's content goes. */
export function secretSlot(name: SecretName): string {
  return `secret(${name})`;
}

/**
 * fillSecrets puts value(name) into every slot; literal is applied to the text around the slots, which is how
 * a construct makes `${` and `%{` mean themselves in Terraform.
 */
export function fillSecrets(
  document: string,
  value: (name: SecretName) => string,
  literal: (text: string) => string = (text) => text,
): string {
  return document
    .split(slots)
    .map((part, index) => (index % 2 === 0 ? literal(part) : value(secretName(part))))
    .join("");
}

/** secretsIn lists the secrets of a document, each once, in the order of their first slot. */
export function secretsIn(document: string): SecretName[] {
  return [...new Set(document.split(slots).filter((_, index) => index % 2 === 1))].map(secretName);
}

const slots = /\bsecret\(([^)\s]*)\)/;

function secretName(text: string): SecretName {
  const name = secretNames.find((known) => known === text);
  if (name === undefined)
    throw new Error(`'${text}' is no secret of a document; there are ${secretNames.join(", ")}`);
  return name;
}
