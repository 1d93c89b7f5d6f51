import type { Capability } from "../../../../config/capabilities";
import { backends } from "./backends";
import { matching } from "./matching";
import type { Scenario } from "./scenario";
import { security } from "./security";
import { traffic } from "./traffic";

/** scenarios, one for every capability of the data: a new row without one does not compile. */
export const scenarios: Readonly<Record<Capability, Scenario>> = {
  ...matching,
  ...security,
  ...traffic,
  ...backends,
};
