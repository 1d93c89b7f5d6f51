import type { SecretFile, Step } from "../document";
import { paths } from "../paths";
import { type AuthorityFile, authorityFiles } from "../secrets";

/**
 * The cluster's authorities and service account key, where RKE2 takes them instead of making its own. Only
 * for a server that may begin the cluster: every other one receives them when it joins.
 * @see https://docs.rke2.io/security/certificates
 */
export const authorities: Step = {
  privateDirectories: [paths.serverData, paths.tls, paths.etcdTls],
  files: [
    ...authorityFiles.map((file): SecretFile => ({
      path: `${paths.tls}/${nameForRke2(file)}`,
      secret: file,
    })),
    { path: `${paths.tls}/service.key`, secret: "service-account.key" },
  ],
};

function nameForRke2(file: AuthorityFile): string {
  return file.replace(/^etcd-/, "etcd/");
}
