import type { EdgeNotFound } from "../config/model/edge";
import { anyHost } from "./any-host";
import type { DeadHost } from "./hosts";

/** deadHost, names that answer 404. */
export function deadHost(cluster: string, notFound: EdgeNotFound): DeadHost {
  return anyHost(cluster, notFound);
}
