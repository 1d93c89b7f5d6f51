import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join, relative } from "node:path";

/** Variants of an operator's file, each the one before with one edit. */
export interface Variants {
  readonly oneMoreWorker: string;
  readonly editedCloudInit: string;
  readonly unprotected: string;
}

/** writeVariants writes them to build/rehearsal/, as files that import the one before and override its fields. */
export async function writeVariants(original: string): Promise<Variants> {
  await mkdir(folder, { recursive: true });
  const oneMoreWorker = await writeVariant("one-more-worker", original, workerEdit);
  const editedCloudInit = await writeVariant("edited-cloud-init", oneMoreWorker, dnsEdit);
  const unprotected = await writeVariant(
    "unprotected",
    editedCloudInit,
    "const edited = (cluster) => ({ ...cluster, protect: false });",
  );
  return { oneMoreWorker, editedCloudInit, unprotected };
}

const folder = join(__dirname, "..", "..", "build", "rehearsal");

const workerEdit = `
const more = (pool) => ({ ...pool, count: pool.count + 1 });
const firstOf = ([name, pool]) => ({ [name]: more(pool) });
const edited = ({ workers, ...cluster }) => ({
  ...cluster,
  workers: typeof workers.count === "number" ? more(workers) : { ...workers, ...firstOf(Object.entries(workers)[0]) },
});`;

const dnsEdit = `
const another = (dns) => (dns.includes("9.9.9.9") ? "149.112.112.112" : "9.9.9.9");
const edited = ({ network, ...cluster }) => ({
  ...cluster,
  network: { ...network, dns: [...network.dns, another(network.dns)] },
});`;

async function writeVariant(name: string, before: string, edit: string): Promise<string> {
  const file = join(folder, `${name}.ts`);
  const module = relative(dirname(file), before).replace(/\.ts$/, "");
  const specifier = module.startsWith(".") ? module : `./${module}`;
  const lines = [
    `import before from ${JSON.stringify(specifier)};`,
    edit.trim(),
    "export default Array.isArray(before) ? before.map(edited) : edited(before);",
  ];
  await writeFile(file, `${lines.join("\n")}\n`);
  return file;
}
