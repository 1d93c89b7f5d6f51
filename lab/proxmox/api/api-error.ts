/** ApiError is a refusal as Proxmox words it: the reason stands in the status line, details per parameter in `errors`. */
export class ApiError extends Error {
  constructor(
    readonly status: number,
    readonly reason: string,
    readonly errors: Readonly<Record<string, string>> = {},
  ) {
    super(reason);
    this.name = "ApiError";
  }
}

/** died is a Perl `die`: status 500 with the text as reason. */
export const died = (text: string): ApiError => new ApiError(500, text);

export const badParameter = (errors: Readonly<Record<string, string>>): ApiError =>
  new ApiError(400, "Parameter verification failed.", errors);

export const permissionDenied = (path: string, privileges: readonly string[]): ApiError =>
  new ApiError(403, `Permission check failed (${path}, ${privileges.join("|")})`);

export const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error));
