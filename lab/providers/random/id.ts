import { randomBytes } from "node:crypto";
import { z } from "zod";
import { unlessOnlyNulls } from "../protocol/replaces";
import type { Resource } from "../protocol/resource";

export const randomId: Resource = {
  attributes: {
    keepers: { replaces: unlessOnlyNulls },
    byte_length: { replaces: true },
    prefix: { replaces: true },
    b64_url: { keeps: true },
    b64_std: { keeps: true },
    hex: { keeps: true },
    dec: { keeps: true },
    id: { keeps: true },
  },
  create({ planned }) {
    const { byte_length, prefix } = settings.parse(planned);
    const bytes = randomBytes(byte_length);
    const prefixed = (text: string): string => (prefix ?? "") + text;
    const id = bytes.toString("base64url");
    return {
      ...planned,
      id,
      b64_url: prefixed(id),
      b64_std: prefixed(bytes.toString("base64")),
      hex: prefixed(bytes.toString("hex")),
      dec: prefixed(String(BigInt(`0x0${bytes.toString("hex")}`))),
    };
  },
};

const settings = z.object({ byte_length: z.int(), prefix: z.string().nullable() });
