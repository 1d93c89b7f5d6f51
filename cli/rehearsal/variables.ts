import type { Cluster } from "../../config/model";
import type { SecretVariable } from "../../lab/rehearse/subject";

/** variablesOf clusters: every Terraform variable that holds a secret, each once. */
export function variablesOf(clusters: readonly Cluster[]): SecretVariable[] {
  const certificates = clusters.flatMap(({ certificates: all }) =>
    all.flatMap(({ source, names }): SecretVariable[] => {
      if (source.kind !== "variable") return [];
      return [{ kind: "certificate", certificate: source.certificate, key: source.key, names }];
    }),
  );
  const texts = clusters.flatMap(({ secrets }) => secrets.flatMap(({ keys }) => Object.values(keys)));
  return [...certificates, ...[...new Set(texts)].map((name): SecretVariable => ({ kind: "text", name }))];
}
