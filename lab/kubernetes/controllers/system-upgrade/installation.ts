import { listAt, textAt } from "../../json";
import type { Desk } from "../desk";
import { running } from "../installation";

/** labels of the program's Deployment. */
export const labels = { "app.kubernetes.io/name": "system-upgrade-controller" };

/** Installation: where the program looks for plans, and what it is called. */
export interface Installation {
  readonly namespace: string;
  readonly name: string;
}

/** installation of the program once it is Available and knows name and namespace; undefined = it does not run. */
export function installation(desk: Desk): Installation | undefined {
  const [container] = listAt(running(desk, labels), "spec", "template", "spec", "containers");
  const setting = (name: string): string | undefined =>
    textAt(
      listAt(container, "env").find((one) => textAt(one, "name") === name),
      "value",
    );
  const namespace = setting("SYSTEM_UPGRADE_CONTROLLER_NAMESPACE");
  const name = setting("SYSTEM_UPGRADE_CONTROLLER_NAME");
  return namespace === undefined || name === undefined ? undefined : { namespace, name };
}
