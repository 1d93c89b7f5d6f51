import type { ControlPlane, RegistryConfig, Rke2 } from "../config/model/rke2";
import { paths } from "./paths";
import type { ComposedName } from "./secrets";

/** Composed is a file's content as data in which some texts stand in Terraform variables. */
export type Composed =
  string | boolean | FromVariable | readonly Composed[] | { readonly [key: string]: Composed };

/** FromVariable is a text that only Terraform knows: the value of its variable. */
export class FromVariable {
  constructor(readonly variable: string) {}
}

/** composedFile is what stands in a file that is text around secrets. */
export function composedFile(
  name: ComposedName,
  cluster: { readonly rke2: Rke2; readonly controlPlane: ControlPlane },
): Composed {
  return name === "registries.yaml" ? registries(cluster.rke2) : snapshotStore(cluster.controlPlane);
}

/** composedText is the file as a machine finds it, with its secrets: JSON, which is YAML too. */
export function composedText(data: Composed, value: (variable: string) => string): string {
  return JSON.stringify(data, (_, part: unknown) =>
    part instanceof FromVariable ? value(part.variable) : part,
  );
}

/** registryAuthority is the file with the certificate that signed a registry's. */
export function registryAuthority(host: string): string {
  return `${paths.registryAuthorities}/${host.replace(/[^\w.-]/g, "_")}.crt`;
}

/** registries.yaml. @see https://docs.rke2.io/install/private_registry */
function registries({ registries: { mirrors, configs } }: Rke2): Composed {
  return {
    mirrors: Object.fromEntries(
      mirrors.map(({ registry, endpoint, rewrite }): [string, Composed] => [
        registry,
        {
          ...(endpoint.length === 0 ? {} : { endpoint }),
          ...(Object.keys(rewrite).length === 0 ? {} : { rewrite }),
        },
      ]),
    ),
    configs: Object.fromEntries(configs.map((config) => [config.host, registryConfig(config)])),
  };
}

function registryConfig({ host, auth, ca, insecureSkipVerify }: RegistryConfig): Composed {
  return {
    ...(auth === undefined
      ? {}
      : { auth: { username: auth.username, password: new FromVariable(auth.passwordVariable) } }),
    ...(ca === undefined && !insecureSkipVerify
      ? {}
      : {
          tls: {
            ...(ca === undefined ? {} : { ca_file: registryAuthority(host) }),
            ...(insecureSkipVerify ? { insecure_skip_verify: true } : {}),
          },
        }),
  };
}

/** snapshotStore, the two keys of config.yaml that are secrets. @see https://docs.rke2.io/datastore/backup_restore */
function snapshotStore({ snapshots }: ControlPlane): Composed {
  if (snapshots?.s3 === undefined) throw new Error("a cluster without a snapshot store has no keys to one");
  const { accessKeyVariable, secretKeyVariable } = snapshots.s3;
  return {
    "etcd-s3-access-key": new FromVariable(accessKeyVariable),
    "etcd-s3-secret-key": new FromVariable(secretKeyVariable),
  };
}
