/** ApiError is an answer that Nginx Proxy Manager refuses with; the caller reads its message if it is public. */
export class ApiError extends Error {
  override readonly name = "ApiError";

  constructor(
    readonly status: number,
    message: string,
    readonly isPublic = true,
  ) {
    super(message);
  }
}

export const invalid = (message: string): ApiError => new ApiError(400, message);
export const notFound = (what: number | string): ApiError => new ApiError(404, `Not Found - ${what}`);
export const internal = (message: string, status = 500): ApiError => new ApiError(status, message, false);

/**
 * Denied is what a missing token or permission becomes. Nginx Proxy Manager 2.15.1 means to throw an error and throws
 * nothing (lib/access.js), so that the request goes on to its last route.
 */
export class Denied extends Error {
  override readonly name = "Denied";
}
