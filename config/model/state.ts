/** State, where the engine remembers what it made. */
export type State =
  | { readonly kind: "local" }
  /** schema, the beginning of each stack's schema in the database of PG_CONN_STR. */
  | { readonly kind: "pg"; readonly schema: string }
  | {
      readonly kind: "s3";
      readonly bucket: string;
      readonly region: string;
      readonly folder: string;
      /** endpoint of a store that is not Amazon's. */
      readonly endpoint?: string;
    }
  /** address without a slash at its end; each stack's state is at <address>/<stack>. */
  | { readonly kind: "http"; readonly address: string };
