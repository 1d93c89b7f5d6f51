import { randomBytes } from "node:crypto";
import { unlessOnlyNulls } from "../protocol/replaces";
import type { Resource } from "../protocol/resource";

export const nullResource: Resource = {
  attributes: {
    id: { keeps: true },
    triggers: { replaces: unlessOnlyNulls },
  },
  create: ({ planned }) => ({ ...planned, id: String(randomBytes(8).readBigUInt64BE() >> 1n) }),
};
