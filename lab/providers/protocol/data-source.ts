import type { Answer } from "./resource";
import type { Attributes } from "./value";

/** DataSource is what a stand-in looks up: its configuration, and what was found beside it. */
export interface DataSource<Connection = unknown> {
  read(config: Attributes, connection: Connection): Answer<Attributes>;
}
