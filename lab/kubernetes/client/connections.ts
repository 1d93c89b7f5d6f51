import { Agent, type ClientRequestArgs } from "node:http";
import { Socket } from "node:net";
import type { Duplex } from "node:stream";
import { isNativeError } from "node:util/types";
import type { Access } from "./access";
import { openTunnel } from "./tunnel";

/** Connections to the API are kept for the next question, as Go's client keeps them; an idle one holds no process up. */
export class Connections extends Agent {
  readonly access: Access;

  constructor(access: Access) {
    super({ keepAlive: true });
    this.access = access;
  }

  override createConnection(
    _options: ClientRequestArgs,
    made: (error: Error | null, connection: Duplex) => void = () => undefined,
  ): undefined {
    openTunnel(this.access).then(
      (connection) => {
        made(null, connection);
      },
      (error: unknown) => {
        made(isNativeError(error) ? error : new Error(String(error)), new Socket());
      },
    );
    return undefined;
  }
}
