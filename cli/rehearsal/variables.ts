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
  const texts = clusters.flatMap((cluster) => [...namesInSecrets(cluster), ...namesOnMachines(cluster)]);
  return [...certificates, ...[...new Set(texts)].map((name): SecretVariable => ({ kind: "text", name }))];
}

function namesInSecrets({ secrets }: Cluster): string[] {
  return secrets.flatMap(({ keys }) => Object.values(keys));
}

function namesOnMachines({ rke2, controlPlane }: Cluster): string[] {
  const store = controlPlane.snapshots?.s3;
  return [
    ...rke2.registries.configs.flatMap(({ auth }) => auth?.passwordVariable ?? []),
    ...(store === undefined ? [] : [store.accessKeyVariable, store.secretKeyVariable]),
  ];
}
