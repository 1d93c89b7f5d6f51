import { engineNames } from "../../../config/capabilities";
import type { Certificate } from "../../../config/model/certificates";
import type { Route } from "../../../config/model/routes";
import { engines } from "../../../kubernetes/ingress";
import type { KubernetesObject } from "../../../kubernetes/object";
import { clusterOf, exact, prefix, route } from "./istio-and-nginx";
import { valuesAt } from "./read";
import { objectsOf } from "./render";
import { scenarios } from "./scenarios";

const before = [route(["a.com"], [prefix("/")]), encrypted("b.com")];

describe.each(engineNames)("%s", (engine) => {
  test("a route added adds its own objects and changes no other", () => {
    const added = route(["c.com"], [exact("/x"), prefix("/")]);
    const known = objectsOf(engine, clusterOf(before));
    const grown = objectsOf(engine, clusterOf([...before, added]));
    expect(grown).toEqual(expect.arrayContaining([...known]));
    expect(grown.length).toBeGreaterThan(known.length);
  });

  test("a route with a certificate of its own adds at most one listener to what is shared", () => {
    const sharedOf = (routes: readonly Route[]) => {
      const cluster = { ...clusterOf(routes), certificates: [certificate("b.com"), certificate("d.com")] };
      return cluster.ingress === undefined ? [] : engines[engine].shared(cluster, cluster.ingress);
    };
    const known = sharedOf(before);
    const grown = sharedOf([...before, encrypted("d.com")]);
    expect(grown.map(withoutListeners)).toEqual(known.map(withoutListeners));
    const [listeners, more] = [known, grown].map((objects) => valuesAt(objects, "spec", "listeners"));
    expect(more?.slice(0, listeners?.length)).toEqual(listeners);
    expect((more?.length ?? 0) - (listeners?.length ?? 0)).toBeLessThanOrEqual(1);
  });

  test("no two objects of a cluster have one name", () => {
    const routes = Object.values(scenarios).flatMap(({ with: { routes: each } }, at) =>
      each.map((one) => ({
        ...one,
        name: `${one.name}-${at}`,
        hosts: one.hosts.map((host) => `${at}.${host}`.replace(/^(\d+)\.\*\./, "*.x$1.")),
      })),
    );
    const addresses = objectsOf(engine, clusterOf(routes)).map(addressOf);
    expect(addresses.filter((address, at) => addresses.indexOf(address) !== at)).toEqual([]);
  });
});

function encrypted(host: string): Route {
  const tls = { certificate: host, secretName: `${host}-tls`, minVersion: "1.2", redirect: true } as const;
  return { ...route([host], [prefix("/")]), tls };
}

function certificate(name: string): Certificate {
  return { name, names: [name], source: { kind: "in-proxy", idOrName: 1 } };
}

/** withoutListeners, the object as text in which no listener stands. */
function withoutListeners(object: KubernetesObject): string {
  return JSON.stringify(object, (key, value: unknown) => (key === "listeners" ? [] : value));
}

function addressOf({ kind, metadata: { namespace = "", name } }: KubernetesObject): string {
  return `${kind} ${namespace}/${name}`;
}
