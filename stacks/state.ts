import { LocalBackend, TerraformBackend, TerraformRemoteState, type TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import type { Cluster, Model } from "../config/model";
import type { State } from "../config/model/state";

/**
 * keepState of a stack where the cluster's file says. The local path is relative to the folder the engine runs in:
 * cdktf's own default writes the working copy's absolute path into every stack.
 */
export function keepState(stack: TerraformStack, state: State): void {
  const name = stack.node.id;
  if (state.kind === "local") new LocalBackend(stack, { path: `../../../terraform.${name}.tfstate` });
  else new SharedBackend(stack, state.kind, settingsOf(state, name));
}

/** withLocalState: the same clusters, whose state is in files wherever the engine runs. */
export function withLocalState({ clusters }: Model): Model {
  return { clusters: clusters.map((cluster): Cluster => ({ ...cluster, state: { kind: "local" } })) };
}

type Settings = Readonly<Record<string, string | boolean | Readonly<Record<string, string>>>>;

type Shared = Exclude<State, { readonly kind: "local" }>;

/** settingsOf a backend as the engine names them. What logs in stays in the engine's own environment variables. */
function settingsOf(state: Shared, stack: string): Settings {
  switch (state.kind) {
    case "pg":
      return { schema_name: `${state.schema}_${stack}` };
    case "s3":
      return {
        bucket: state.bucket,
        region: state.region,
        key: `${state.folder}/${stack}.tfstate`,
        use_lockfile: true,
        ...(state.endpoint === undefined ? { encrypt: true } : another(state.endpoint)),
      };
    case "http":
      return lockedAtLock(`${state.address}/${stack}`);
  }
}

/**
 * another store than Amazon's has its own regions and no account to ask, puts the bucket in the path, and refuses a
 * write that asks for encryption where it has no keys, or that brings a checksum it does not know.
 */
function another(endpoint: string): Settings {
  return {
    endpoints: { s3: endpoint },
    use_path_style: true,
    skip_credentials_validation: true,
    skip_metadata_api_check: true,
    skip_region_validation: true,
    skip_requesting_account_id: true,
    skip_s3_checksum: true,
  };
}

/** lockedAtLock: as GitLab has it, and whoever copies GitLab. Source: docs.gitlab.com, user/infrastructure/iac/terraform_state */
function lockedAtLock(address: string): Settings {
  const lock = `${address}/lock`;
  return {
    address,
    lock_address: lock,
    lock_method: "POST",
    unlock_address: lock,
    unlock_method: "DELETE",
  };
}

/** SharedBackend writes a backend's arguments by the engine's names: cdktf's classes lack new ones, and ask for logins. */
class SharedBackend extends TerraformBackend {
  constructor(
    stack: TerraformStack,
    kind: Shared["kind"],
    private readonly settings: Settings,
  ) {
    super(stack, "backend", kind);
  }

  protected override synthesizeAttributes(): Settings {
    return this.settings;
  }

  override getRemoteStateDataSource(scope: Construct, id: string): TerraformRemoteState {
    return new RemoteState(scope, id, this.name, { ...this.settings, workspace: "${terraform.workspace}" });
  }
}

class RemoteState extends TerraformRemoteState {}
