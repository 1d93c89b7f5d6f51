/** Dialect of an nginx: where its servers listen, and the words that its version knows. */
export interface Dialect {
  /** data, the folder that is the proxy's `/data`. */
  readonly data: string;
  /** listen at a port of the proxy's address: the argument of the directive. */
  readonly listen: (port: number) => string;
  /** hasHttp2Directive since nginx 1.25.1; before, HTTP/2 is a word of `listen`. */
  readonly hasHttp2Directive: boolean;
}
