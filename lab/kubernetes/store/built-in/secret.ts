import type { KubernetesObjectLike } from "../../contract";
import { at, objectAt, recordAt, sameJson, textAt } from "../../json";
import type { Admission } from "../admission";
import { type FieldProblem, invalid, invalidValue, required } from "../problem";

const wanted: Readonly<Record<string, readonly string[]>> = {
  "kubernetes.io/tls": ["tls.crt", "tls.key"],
  "kubernetes.io/dockerconfigjson": [".dockerconfigjson"],
  "kubernetes.io/ssh-auth": ["ssh-privatekey"],
};

/** admitSecret turns stringData into data and holds a Secret to its type. */
export function admitSecret(secret: KubernetesObjectLike, admission: Admission): KubernetesObjectLike {
  const { stringData, ...rest } = secret;
  const plain = Object.entries(recordAt({ stringData }, "stringData")).map(
    ([key, text]): [string, string] => [key, Buffer.from(text).toString("base64")],
  );
  const data = { ...objectAt(rest, "data"), ...Object.fromEntries(plain) };
  const problems = [...dataProblems(secret, data), ...changes(secret, data, admission.before)];
  if (problems.length > 0) throw invalid(admission.kind, secret.metadata.name, problems);
  return {
    ...rest,
    apiVersion: secret.apiVersion,
    kind: secret.kind,
    metadata: secret.metadata,
    ...(Object.keys(data).length === 0 ? {} : { data }),
  };
}

function dataProblems(
  secret: KubernetesObjectLike,
  data: ReturnType<typeof objectAt>,
): readonly FieldProblem[] {
  const keys = wanted[textAt(secret, "type") ?? ""] ?? [];
  return [
    ...keys.filter((key) => data[key] === undefined).map((key) => required(`data[${key}]`)),
    ...Object.entries(data).flatMap(([key, value]) =>
      typeof value === "string" && /^[A-Za-z0-9+/\s]*={0,2}\s*$/.test(value)
        ? []
        : [invalidValue(`data[${key}]`, "<secret contents redacted>", "illegal base64 data")],
    ),
  ];
}

function changes(
  secret: KubernetesObjectLike,
  data: ReturnType<typeof objectAt>,
  before: KubernetesObjectLike | undefined,
): readonly FieldProblem[] {
  if (before === undefined) return [];
  const isFixed = at(before, "immutable") === true && !sameJson(before["data"], data);
  return [
    ...(before["type"] === secret["type"]
      ? []
      : [invalidValue("type", secret["type"], "field is immutable")]),
    ...(isFixed
      ? [
          {
            field: "data",
            reason: "FieldValueForbidden" as const,
            message: "Forbidden: field is immutable when `immutable` is set",
          },
        ]
      : []),
  ];
}
