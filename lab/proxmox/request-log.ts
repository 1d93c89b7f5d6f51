/** RecordedRequest is one request and its answer; passwords are hidden. */
export interface RecordedRequest {
  readonly method: string;
  /** path below /api2/json, decoded. */
  readonly path: string;
  readonly parameters: Readonly<Record<string, string>>;
  /** caller, or "" before authentication. */
  readonly caller: string;
  readonly status: number;
  readonly reason: string;
}

const SECRETS = new Set(["password", "cipassword", "otp"]);

export class RequestLog {
  readonly entries: RecordedRequest[] = [];

  add(request: Omit<RecordedRequest, "parameters">, parameters: readonly [string, string][]): void {
    const shown = parameters.map(([name, value]) => [name, SECRETS.has(name) ? "<hidden>" : value] as const);
    this.entries.push({ ...request, parameters: Object.fromEntries(shown) });
  }
}
