import { modelOf, stackNamed, synthesize } from "./synthesized";

const hardened = stackNamed(synthesize(modelOf("examples/hardened.ts")), "hardened-machines");
const airGap = stackNamed(synthesize(modelOf("examples/air-gap.ts")), "air-gap-machines");

test("a secret of the operator's is one sensitive variable, whatever number of machines takes it", () => {
  const sensitive = { type: "string", sensitive: true, nullable: false };
  expect(JSON.parse(airGap.text)).toHaveProperty("variable", { registry_password: sensitive });
  expect(JSON.parse(hardened.text)).toHaveProperty("variable", {
    snapshots_access_key: sensitive,
    snapshots_secret_key: sensitive,
  });
});

test("every node's registries name the password by its variable, inside what the engine encodes", () => {
  for (const node of ["server-1", "worker-1", "worker-2"])
    expect(userDataOf(airGap, node)).toContain(
      '"auth" = {"username" = "machines", "password" = var.registry_password}',
    );
});

test("the keys to the store of snapshots are on every server and on no worker", () => {
  const keys =
    '${base64encode(jsonencode({"etcd-s3-access-key" = var.snapshots_access_key, "etcd-s3-secret-key" = var.snapshots_secret_key}))}';
  for (const node of ["server-1", "server-2", "server-3"]) expect(userDataOf(hardened, node)).toContain(keys);
  for (const node of ["worker-1", "worker-2", "worker-3"])
    expect(userDataOf(hardened, node)).not.toContain("snapshots_");
});

function userDataOf(stack: typeof hardened, node: string): string {
  const found = [...stack.blocks].filter(([address]) =>
    address.startsWith(`proxmox_virtual_environment_file.${node}_cloud-init_user-data`),
  );
  expect(found).toHaveLength(1);
  return JSON.stringify(found[0]?.[1]).replaceAll('\\"', '"');
}
