/** definition of a custom kind; without a schema it takes anything. */
export function definition(
  group: string,
  version: string,
  kind: string,
  plural: string,
  more: { readonly scope?: "Cluster"; readonly spec?: object } = {},
): object {
  const open = { type: "object", "x-kubernetes-preserve-unknown-fields": true };
  const schema = more.spec === undefined ? open : { type: "object", properties: { spec: more.spec } };
  return {
    apiVersion: "apiextensions.k8s.io/v1",
    kind: "CustomResourceDefinition",
    metadata: { name: `${plural}.${group}` },
    spec: {
      group,
      scope: more.scope ?? "Namespaced",
      names: { kind, plural, singular: kind.toLowerCase(), listKind: `${kind}List` },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: schema },
          subresources: { status: {} },
        },
      ],
    },
  };
}
