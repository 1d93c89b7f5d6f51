/** HelmFailure is what Helm ends with, in its words. */
export class HelmFailure extends Error {
  override readonly name = "HelmFailure";
}

/** FailedRelease: the release is there, and what it brought in too; a second install finds its name in use. */
export class FailedRelease extends HelmFailure {}
