import { randomBytes } from "node:crypto";
import { z } from "zod";
import { atLeast } from "../protocol/check";
import { unlessOnlyNulls } from "../protocol/replaces";
import type { Resource } from "../protocol/resource";

export const randomBytesResource: Resource = {
  attributes: {
    keepers: { replaces: unlessOnlyNulls },
    length: { replaces: true, checks: [atLeast(1)] },
    base64: { keeps: true },
    hex: { keeps: true },
  },
  create({ planned }) {
    const bytes = randomBytes(settings.parse(planned).length);
    return { ...planned, base64: bytes.toString("base64"), hex: bytes.toString("hex") };
  },
};

const settings = z.object({ length: z.int() });
