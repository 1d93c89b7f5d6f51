import { backendOf } from "../../cli/stacks/left-behind";

const identity = { name: "home-identity", folder: "/clone/cdktf.out/stacks/home-identity", needs: [] };

test.each([
  [
    "local",
    { path: "../../../terraform.home-identity.tfstate" },
    { path: "/clone/terraform.home-edge.tfstate" },
  ],
  [
    "s3",
    { bucket: "states", key: "clusters/home-identity.tfstate", use_lockfile: true },
    { bucket: "states", key: "clusters/home-edge.tfstate", use_lockfile: true },
  ],
  [
    "http",
    { address: "https://git.test/home-identity", lock_address: "https://git.test/home-identity/lock" },
    { address: "https://git.test/home-edge", lock_address: "https://git.test/home-edge/lock" },
  ],
  [
    "pg",
    { schema_name: "slipway_home-identity" },
    {
      schema_name: "slipway_home-edge",
      skip_schema_creation: true,
      skip_table_creation: true,
      skip_index_creation: true,
    },
  ],
])("another stack's state is looked for beside the one that is known, in %s", (kind, settings, beside) => {
  expect(backendOf({ [kind]: settings }, identity, "home-edge")).toEqual({ [kind]: beside });
});
