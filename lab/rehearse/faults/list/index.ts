import type { Fault } from "../fault";
import { access } from "./access";
import { connection } from "./connection";
import { drift } from "./drift";
import { killing } from "./killing";
import { making } from "./making";
import { places } from "./places";
import { removing } from "./removing";

/** faults, all of them. */
export const faults: readonly Fault[] = [
  ...making,
  ...connection,
  ...places,
  ...access,
  ...drift,
  ...removing,
  ...killing,
];
