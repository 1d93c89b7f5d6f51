/** MinimalCrd says just enough of a custom resource for the API to keep its objects, unread. */
export interface MinimalCrd {
  readonly group: string;
  readonly kind: string;
  readonly plural: string;
  readonly scope: "Namespaced" | "Cluster";
  /** versions that are served; the first is the stored one. */
  readonly versions: readonly [string, ...string[]];
  /** status is a resource of its own. */
  readonly status: boolean;
}

/** CrdBundle names the custom resources that one chart or program brings. */
export type CrdBundle = keyof typeof minimalCrds;

/** minimalCrds by the chart or program that brings them. Sources: the CRDs of each at the version the lab plays. */
export const minimalCrds = {
  metallb: [
    ...namespaced("metallb.io", ["v1beta1"], true, {
      BFDProfile: "bfdprofiles",
      BGPAdvertisement: "bgpadvertisements",
      Community: "communities",
      ConfigurationState: "configurationstates",
      IPAddressPool: "ipaddresspools",
      L2Advertisement: "l2advertisements",
      ServiceBGPStatus: "servicebgpstatuses",
      ServiceL2Status: "servicel2statuses",
    }),
    ...namespaced("metallb.io", ["v1beta2", "v1beta1"], true, { BGPPeer: "bgppeers" }),
  ],
  traefik: namespaced("traefik.io", ["v1alpha1"], false, {
    IngressRoute: "ingressroutes",
    IngressRouteTCP: "ingressroutetcps",
    IngressRouteUDP: "ingressrouteudps",
    Middleware: "middlewares",
    MiddlewareTCP: "middlewaretcps",
    ServersTransport: "serverstransports",
    ServersTransportTCP: "serverstransporttcps",
    TLSOption: "tlsoptions",
    TLSStore: "tlsstores",
    TraefikService: "traefikservices",
  }),
  "gateway-api": [
    ...clusterWide("gateway.networking.k8s.io", ["v1", "v1beta1"], { GatewayClass: "gatewayclasses" }),
    ...namespaced("gateway.networking.k8s.io", ["v1", "v1beta1"], true, {
      Gateway: "gateways",
      HTTPRoute: "httproutes",
    }),
    ...namespaced("gateway.networking.k8s.io", ["v1beta1", "v1"], false, {
      ReferenceGrant: "referencegrants",
    }),
    ...namespaced("gateway.networking.k8s.io", ["v1"], true, {
      BackendTLSPolicy: "backendtlspolicies",
      GRPCRoute: "grpcroutes",
      ListenerSet: "listenersets",
      TLSRoute: "tlsroutes",
    }),
  ],
  "cert-manager": [
    ...clusterWide("cert-manager.io", ["v1"], { ClusterIssuer: "clusterissuers" }),
    ...namespaced("cert-manager.io", ["v1"], true, {
      Certificate: "certificates",
      CertificateRequest: "certificaterequests",
      Issuer: "issuers",
    }),
    ...namespaced("acme.cert-manager.io", ["v1"], true, { Challenge: "challenges", Order: "orders" }),
  ],
  istio: [
    ...namespaced("networking.istio.io", ["v1", "v1beta1", "v1alpha3"], true, {
      DestinationRule: "destinationrules",
      Gateway: "gateways",
      ServiceEntry: "serviceentries",
      Sidecar: "sidecars",
      VirtualService: "virtualservices",
      WorkloadEntry: "workloadentries",
      WorkloadGroup: "workloadgroups",
    }),
    ...namespaced("networking.istio.io", ["v1alpha3"], true, { EnvoyFilter: "envoyfilters" }),
    ...namespaced("networking.istio.io", ["v1beta1"], true, { ProxyConfig: "proxyconfigs" }),
    ...namespaced("security.istio.io", ["v1", "v1beta1"], true, {
      AuthorizationPolicy: "authorizationpolicies",
      PeerAuthentication: "peerauthentications",
      RequestAuthentication: "requestauthentications",
    }),
    ...namespaced("telemetry.istio.io", ["v1alpha1", "v1"], true, { Telemetry: "telemetries" }),
    ...namespaced("extensions.istio.io", ["v1alpha1"], true, {
      TrafficExtension: "trafficextensions",
      WasmPlugin: "wasmplugins",
    }),
  ],
  longhorn: namespaced("longhorn.io", ["v1beta2"], true, {
    BackingImage: "backingimages",
    BackingImageDataSource: "backingimagedatasources",
    BackingImageManager: "backingimagemanagers",
    Backup: "backups",
    BackupBackingImage: "backupbackingimages",
    BackupTarget: "backuptargets",
    BackupVolume: "backupvolumes",
    Engine: "engines",
    EngineFrontend: "enginefrontends",
    EngineImage: "engineimages",
    InstanceManager: "instancemanagers",
    Node: "nodes",
    Orphan: "orphans",
    RecurringJob: "recurringjobs",
    Replica: "replicas",
    Setting: "settings",
    Shard: "shards",
    ShardGroup: "shardgroups",
    ShareManager: "sharemanagers",
    Snapshot: "snapshots",
    SupportBundle: "supportbundles",
    SystemBackup: "systembackups",
    SystemRestore: "systemrestores",
    Volume: "volumes",
    VolumeAttachment: "volumeattachments",
  }),
  "system-upgrade-controller": namespaced("upgrade.cattle.io", ["v1"], true, { Plan: "plans" }),
} as const satisfies Record<string, readonly MinimalCrd[]>;

type Kinds = Readonly<Record<string, string>>;

function namespaced(
  group: string,
  versions: MinimalCrd["versions"],
  status: boolean,
  kinds: Kinds,
): readonly MinimalCrd[] {
  return Object.entries(kinds).map(([kind, plural]) => ({
    group,
    kind,
    plural,
    scope: "Namespaced",
    versions,
    status,
  }));
}

function clusterWide(group: string, versions: MinimalCrd["versions"], kinds: Kinds): readonly MinimalCrd[] {
  return namespaced(group, versions, true, kinds).map((crd) => ({ ...crd, scope: "Cluster" }));
}
