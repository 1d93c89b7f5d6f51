const slipway = "/etc/slipway";
const rke2 = "/etc/rancher/rke2";
const serverData = "/var/lib/rancher/rke2/server";

/** paths on a node's own disk. The scripts name the same ones. */
export const paths = {
  slipway,
  rke2,
  node: "/etc/rancher/node",
  tls: `${serverData}/tls`,
  etcdTls: `${serverData}/tls/etcd`,
  serverData,
  manifests: `${serverData}/manifests`,
  images: "/var/lib/rancher/rke2/agent/images",
  config: `${rke2}/config.yaml`,
  registries: `${rke2}/registries.yaml`,
  registryAuthorities: `${rke2}/registries`,
  snapshotStore: `${rke2}/config.yaml.d/30-snapshot-store.yaml`,
  snapshotStoreAuthority: `${rke2}/snapshot-store-ca.crt`,
  auditPolicy: `${rke2}/audit-policy.yaml`,
  podSecurity: `${rke2}/pod-security.yaml`,
  serverToken: `${rke2}/server-token`,
  agentToken: `${rke2}/agent-token`,
  nodePassword: "/etc/rancher/node/password",
  serverAuthority: `${slipway}/server-ca.crt`,
  rejoinCertificate: `${slipway}/rejoin.crt`,
  rejoinKey: `${slipway}/rejoin.key`,
  loadBalancerCredential: `${slipway}/load-balancer.pem`,
  bootstrapSettings: `${slipway}/bootstrap.env`,
  haproxy: "/etc/haproxy/haproxy.cfg",
  keepalived: "/etc/keepalived/keepalived.conf",
  bootstrap: "/usr/local/sbin/slipway-bootstrap",
  install: "/usr/local/sbin/slipway-install-rke2",
  keepRegistered: "/usr/local/sbin/slipway-keep-registered",
} as const;
