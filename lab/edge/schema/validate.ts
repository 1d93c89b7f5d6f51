import Ajv2020, { type ValidateFunction } from "ajv/dist/2020";
import { invalid } from "../api/api-error";

/** Ajv as Nginx Proxy Manager sets it up (lib/validator/api.js): `"9001"` becomes 9001, `"true"` becomes true. */
export const ajv = new Ajv2020({
  verbose: true,
  allErrors: true,
  allowUnionTypes: true,
  strict: false,
  coerceTypes: true,
  logger: false,
});

/** reader of a body: what the schema does not allow is refused in Ajv's own words. */
export function reader<Body>(validate: ValidateFunction<Body>): (body: unknown) => Body {
  const isBody: (body: unknown) => body is Body = validate;
  return (body) => {
    if (isBody(body)) return body;
    throw invalid(ajv.errorsText(validate.errors));
  };
}
