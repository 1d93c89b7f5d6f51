/** version of Nginx Proxy Manager that the lab plays. */
export const version = { major: 2, minor: 15, revision: 1 };

export const versionText = `${version.major}.${version.minor}.${version.revision}`;
