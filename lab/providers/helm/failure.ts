/** HelmFailure is what Helm ends with, in its words. */
export class HelmFailure extends Error {
  override readonly name = "HelmFailure";
}
