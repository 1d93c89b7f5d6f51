/** Version of a Nginx Proxy Manager. */
export interface Version {
  readonly major: number;
  readonly minor: number;
  readonly revision: number;
}

/** Installed, the version that a proxy tells. */
export interface Installed {
  version: Version;
}

/** latest version, the one that the lab plays. */
export const latest: Version = { major: 2, minor: 15, revision: 1 };

export function textOf({ major, minor, revision }: Version): string {
  return [major, minor, revision].join(".");
}
