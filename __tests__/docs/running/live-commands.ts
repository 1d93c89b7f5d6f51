/** LiveCommand is a program, with its subcommand, that only a live cluster has, and where its flags are written down. */
export interface LiveCommand {
  readonly command: string;
  readonly flags: readonly string[];
  readonly source: string;
}

const s3 = ["endpoint", "bucket", "folder", "region", "access-key", "secret-key"].map(
  (name) => `--etcd-s3-${name}`,
);

/** liveCommands that the pages may show without a test having run them. */
export const liveCommands: readonly LiveCommand[] = [
  {
    command: "kubectl drain",
    flags: ["--ignore-daemonsets", "--delete-emptydir-data", "--timeout"],
    source: "kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/drain/drain.go",
  },
  {
    command: "kubectl wait",
    flags: ["--for", "--all", "--timeout"],
    source: "kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/wait/wait.go",
  },
  {
    command: "kubectl delete",
    flags: ["--all", "--all-namespaces", "--wait"],
    source: "kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/delete/delete.go",
  },
  {
    command: "kubectl -n kube-system get secret",
    flags: [],
    source: "kubernetes: staging/src/k8s.io/kubectl/pkg/cmd/get/get.go",
  },
  {
    command: "sudo qm guest exec",
    flags: ["--timeout", "--pass-stdin"],
    source: "pve.proxmox.com/pve-docs/qm.1.html",
  },
  {
    command: "rke2 certificate check",
    flags: ["--output"],
    source: "rke2-docs: docs/security/certificates.md",
  },
  {
    command: "rke2 certificate rotate-ca",
    flags: ["--force", "--path"],
    source: "rke2-docs: docs/security/certificates.md",
  },
  { command: "rke2 certificate rotate", flags: [], source: "rke2-docs: docs/security/certificates.md" },
  {
    command: "rke2 token rotate",
    flags: ["--token", "--new-token"],
    source: "rke2-docs: docs/security/token.md",
  },
  {
    command: "rke2 etcd-snapshot save",
    flags: ["--name"],
    source: "rke2-docs: docs/datastore/backup_restore.md",
  },
  { command: "rke2 etcd-snapshot ls", flags: [], source: "rke2-docs: docs/datastore/backup_restore.md" },
  {
    command: "rke2 server",
    flags: ["--cluster-reset", "--cluster-reset-restore-path", "--etcd-s3", ...s3],
    source: "rke2-docs: docs/datastore/backup_restore.md",
  },
  { command: "systemctl stop", flags: [], source: "rke2-docs: docs/datastore/backup_restore.md" },
  {
    command: "systemctl disable",
    flags: [],
    source: "www.freedesktop.org/software/systemd/man/latest/systemctl.html",
  },
  { command: "systemctl start", flags: [], source: "rke2-docs: docs/datastore/backup_restore.md" },
  {
    command: "systemctl restart",
    flags: ["--no-block"],
    source: "rke2-docs: docs/security/certificates.md; systemctl(1)",
  },
];

/** unknownIn live commands: each whose program or flag no source was written down for. */
export function unknownIn(text: string): string[] {
  const lines = text.replace(/\\\n/g, " ").split("\n");
  return lines.flatMap((line) => {
    const words = line.replace("/usr/local/bin/rke2", "rke2").split(/\s+-- /)[0] ?? "";
    const begin = words.search(/\b(kubectl|sudo qm|rke2|systemctl) /);
    if (begin < 0 || /^sed |^rm /.test(words)) return [];
    const shown = words.slice(begin);
    const known = liveCommands.find(({ command }) => `${shown} `.startsWith(`${command} `));
    if (known === undefined) return [shown];
    const flags = shown.match(/(?<=\s)--[a-z0-9-]+/g) ?? [];
    return flags.filter((flag) => !known.flags.includes(flag)).map((flag) => `${known.command} ${flag}`);
  });
}
