import { mkdir, writeFile } from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { shortHash } from "../../lab/engine/cache";

/** Variants of an operator's file, each the one before with one edit. */
export interface Variants {
  readonly oneMoreWorker: string;
  readonly oneMoreRoute: string;
  readonly newVersion: string;
  readonly upgraded: string;
  readonly editedCloudInit: string;
  readonly initialiseAllowed: string;
  readonly unprotected: string;
}

/**
 * writeVariants writes them to a folder of that file in build/rehearsal/: each imports the one before and overrides its
 * fields. Services in `replaced` get another image, clusters in `upgraded` another RKE2.
 */
export async function writeVariants(
  original: string,
  replaced: readonly string[],
  upgraded: readonly string[],
): Promise<Variants> {
  const folder = join(
    __dirname,
    "..",
    "..",
    "build",
    "rehearsal",
    `${basename(original, ".ts")}-${shortHash(original)}`,
  );
  await mkdir(folder, { recursive: true });
  const writeVariant = (name: string, before: string, edit: string): Promise<string> =>
    writeEdit(join(folder, `${name}.ts`), before, edit);
  const oneMoreWorker = await writeVariant("one-more-worker", original, workerEdit);
  const oneMoreRoute = await writeVariant("one-more-route", oneMoreWorker, routeEdit);
  const newVersion = await writeVariant("new-version", oneMoreRoute, imageEdit(replaced));
  const upgradedTo = await writeVariant("upgraded", newVersion, versionEdit(upgraded));
  const editedCloudInit = await writeVariant("edited-cloud-init", upgradedTo, dnsEdit);
  const initialiseAllowed = await writeVariant("initialise-allowed", editedCloudInit, allowEdit);
  const unprotected = await writeVariant(
    "unprotected",
    initialiseAllowed,
    "const edited = (cluster) => ({ ...cluster, protect: false });",
  );
  return {
    oneMoreWorker,
    oneMoreRoute,
    newVersion,
    upgraded: upgradedTo,
    editedCloudInit,
    initialiseAllowed,
    unprotected,
  };
}

const workerEdit = `
const more = (pool) => ({ ...pool, count: pool.count + 1 });
const firstOf = ([name, pool]) => ({ [name]: more(pool) });
const edited = ({ workers, ...cluster }) => ({
  ...cluster,
  workers: typeof workers.count === "number" ? more(workers) : { ...workers, ...firstOf(Object.entries(workers)[0]) },
});`;

/**
 * routeEdit: where there is a route, its paths under one more host: through the proxy in front, where the certificate
 * of the first is for that host too, else in plain HTTP and reachable inside only.
 */
const routeEdit = `
const zoneOf = ({ certificates = {} }, { edge = {} }) => {
  const certificate = certificates[edge.certificate];
  return certificate?.names === undefined && certificate?.issuer === undefined ? edge.certificate : undefined;
};
const another = (cluster, first) => {
  const zone = zoneOf(cluster, first);
  return zone === undefined
    ? { host: "one-more.example.net", paths: first.paths }
    : { host: "one-more." + zone, paths: first.paths, edge: { certificate: zone } };
};
const edited = (cluster) =>
  cluster.routes === undefined
    ? cluster
    : { ...cluster, routes: [...cluster.routes, another(cluster, cluster.routes[0])] };`;

/** imageEdit, as a release of a service is: another tag. */
const imageEdit = (services: readonly string[]): string => `
const replaced = ${JSON.stringify(services)};
const tagged = (image) => image.replace(/(:[^:/@]*)?(@.*)?$/, ":rehearsed");
const newer = (container) => ({ ...container, image: tagged(container.image) });
const each = (entries, edit) => Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, edit(entry, name)]));
const next = (service) =>
  service.containers === undefined ? newer(service) : { ...service, containers: each(service.containers, newer) };
const edited = ({ services = {}, ...cluster }) => ({
  ...cluster,
  services: each(services, (service, name) => (replaced.includes(name) ? next(service) : service)),
});`;

/** versionEdit: the next patch of the same minor, whose archive nobody has pinned. */
const versionEdit = (clusters: readonly string[]): string => `
const upgraded = ${JSON.stringify(clusters)};
const next = (version) =>
  version.replace(/^(v[0-9]+[.][0-9]+[.])([0-9]+).*$/, (_, minor, patch) => minor + (Number(patch) + 1) + "+rke2r1");
const newer = ({ sha256, ...rke2 }) => ({ ...rke2, version: next(rke2.version) });
const edited = (cluster) =>
  upgraded.includes(cluster.name) ? { ...cluster, rke2: newer(cluster.rke2) } : cluster;`;

const dnsEdit = `
const another = (dns) => (dns.includes("9.9.9.9") ? "149.112.112.112" : "9.9.9.9");
const edited = ({ network, ...cluster }) => ({
  ...cluster,
  network: { ...network, dns: [...network.dns, another(network.dns)] },
});`;

/** allowEdit, where a server has peers that it could miss. */
const allowEdit = `
const edited = (cluster) =>
  cluster.servers.count > 1 ? { ...cluster, rke2: { ...cluster.rke2, initialise: "allowed" } } : cluster;`;

async function writeEdit(file: string, before: string, edit: string): Promise<string> {
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
