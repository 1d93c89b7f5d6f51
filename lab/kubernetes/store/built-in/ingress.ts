import type { KubernetesObjectLike } from "../../contract";
import { at, listAt, objectAt, textAt } from "../../json";
import type { Admission } from "../admission";
import { type FieldProblem, invalid, notSupported, required } from "../problem";

const defaultClass = "ingressclass.kubernetes.io/is-default-class";

/** admitIngress checks an Ingress' rules and gives one without a class the default IngressClass. */
export function admitIngress(ingress: KubernetesObjectLike, admission: Admission): KubernetesObjectLike {
  const problems = listAt(ingress, "spec", "rules").flatMap((rule, index) =>
    listAt(rule, "http", "paths").flatMap((path, at) =>
      pathProblems(path, `spec.rules[${index}].http.paths[${at}]`),
    ),
  );
  if (problems.length > 0) throw invalid(admission.kind, ingress.metadata.name, problems);
  const isNew = admission.before === undefined;
  const hasClass =
    textAt(ingress, "spec", "ingressClassName") !== undefined ||
    textAt(ingress, "metadata", "annotations", "kubernetes.io/ingress.class") !== undefined;
  const byDefault = admission.reader
    .every("IngressClass")
    .find(({ metadata }) => metadata.annotations?.[defaultClass] === "true");
  if (!isNew || hasClass || byDefault === undefined) return ingress;
  return { ...ingress, spec: { ...objectAt(ingress, "spec"), ingressClassName: byDefault.metadata.name } };
}

function pathProblems(path: Parameters<typeof at>[0], field: string): readonly FieldProblem[] {
  const types = ["Exact", "ImplementationSpecific", "Prefix"];
  const type = textAt(path, "pathType");
  const service = at(path, "backend", "service");
  return [
    ...(type === undefined ? [required(`${field}.pathType`, "pathType must be specified")] : []),
    ...(type !== undefined && !types.includes(type) ? [notSupported(`${field}.pathType`, type, types)] : []),
    ...(at(path, "backend") === undefined ? [required(`${field}.backend`)] : []),
    ...(service !== undefined && textAt(service, "name") === undefined
      ? [required(`${field}.backend.service.name`)]
      : []),
  ];
}
