/**
 * Every pin with its source. No digest stands here that was not read from its publisher; `./slipway pin`
 * reads them where there is a network, and `cluster.ts` keeps them.
 */

/** Image is an operating system's installation medium as its publisher names it. */
export interface Image {
  readonly url: string;
  /** checksums, the publisher's list that names the file behind url. */
  readonly checksums: string;
  /** sha256 of the file, read from checksums. */
  readonly sha256?: string;
  /** leastDisk that holds it, in GiB: the image's virtual size, or what the installer asks for. */
  readonly leastDisk: number;
}

/** cloudImages by the name that `template.cloudImage` takes; a dated build, because `release/` moves. */
export const cloudImages: Readonly<Record<"ubuntu-24.04", Image>> = {
  // https://cloud-images.ubuntu.com/releases/noble/
  "ubuntu-24.04": {
    url: "https://cloud-images.ubuntu.com/releases/noble/release-20260826/ubuntu-24.04-server-cloudimg-amd64.img",
    checksums: "https://cloud-images.ubuntu.com/releases/noble/release-20260826/SHA256SUMS",
    leastDisk: 4,
  },
};

/** installerIsos by the name that `template.iso` takes. */
export const installerIsos: Readonly<Record<"ubuntu-24.04", Image>> = {
  // https://releases.ubuntu.com/24.04.4/
  "ubuntu-24.04": {
    url: "https://releases.ubuntu.com/24.04.4/ubuntu-24.04.4-live-server-amd64.iso",
    checksums: "https://releases.ubuntu.com/24.04.4/SHA256SUMS",
    leastDisk: 5,
  },
};

/** rke2Releases, the newest patch of each supported minor. Source: rke2-docs release notes, docs/release-notes/v1.*.X.md */
export const rke2Releases = {
  "1.34": "v1.34.10+rke2r1",
  "1.35": "v1.35.7+rke2r1",
  "1.36": "v1.36.5+rke2r1",
  "1.37": "v1.37.0+rke2r1",
} as const;

/** rke2Download, the folder of one release; the plus of its tag is percent-encoded. Source: rancher/rke2 install.sh */
export const rke2Download = "https://github.com/rancher/rke2/releases/download";

/** kubeVipImage. Source: https://github.com/kube-vip/kube-vip/releases/tag/v1.2.3 */
export const kubeVipImage = "ghcr.io/kube-vip/kube-vip:v1.2.3";

/**
 * upgradeImages: system-upgrade-controller, the kubectl that its release drains with, and RKE2's own upgrade, whose tag is
 * the version. Source: https://github.com/rancher/system-upgrade-controller/blob/v0.20.1/manifests/system-upgrade-controller.yaml
 */
export const upgradeImages = {
  controller: "rancher/system-upgrade-controller:v0.20.1",
  kubectl: "rancher/kubectl:v1.30.3",
  rke2: "rancher/rke2-upgrade",
} as const;

/**
 * localPathImages: the provisioner, and the shell that makes folders for it as in K3s. Sources:
 * https://github.com/rancher/local-path-provisioner/releases/tag/v0.0.37, k3s-io/k3s manifests/local-storage.yaml
 */
export const localPathImages = {
  provisioner: "rancher/local-path-provisioner:v0.0.37",
  helper: "rancher/mirrored-library-busybox:1.36.1",
} as const;

/** ChartPin is one release of a Helm chart. */
export interface ChartPin {
  /** repository, an https index or an OCI registry's folder. */
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
}

/** charts of the platform stack, each with the page that names its newest release. */
export const charts = {
  // https://metallb.io/release-notes/
  metallb: { repository: "https://metallb.github.io/metallb", chart: "metallb", version: "0.16.1" },
  // https://github.com/traefik/traefik-helm-chart/releases
  traefik: { repository: "https://traefik.github.io/charts", chart: "traefik", version: "41.3.0" },
  // https://github.com/rancher/rke2-charts/tree/main/assets/rke2-gateway-api-crd: as v1.37.0 packs it, Gateway API 1.6.1
  "gateway-api-crds": {
    repository: "https://rke2-charts.rancher.io",
    chart: "rke2-gateway-api-crd",
    version: "1.6.101",
  },
  // https://cert-manager.io/docs/releases/
  "cert-manager": { repository: "oci://quay.io/jetstack/charts", chart: "cert-manager", version: "v1.21.1" },
  // https://github.com/longhorn/longhorn/releases/tag/v1.12.1
  longhorn: { repository: "https://charts.longhorn.io", chart: "longhorn", version: "1.12.1" },
  // https://istio.io/latest/docs/releases/supported-releases/
  "istio-base": {
    repository: "https://istio-release.storage.googleapis.com/charts",
    chart: "base",
    version: "1.30.4",
  },
  istiod: {
    repository: "https://istio-release.storage.googleapis.com/charts",
    chart: "istiod",
    version: "1.30.4",
  },
  "istio-gateway": {
    repository: "https://istio-release.storage.googleapis.com/charts",
    chart: "gateway",
    version: "1.30.4",
  },
  // https://github.com/kubernetes/ingress-nginx/blob/main/changelog: the last one there will be
  "ingress-nginx": {
    repository: "https://kubernetes.github.io/ingress-nginx",
    chart: "ingress-nginx",
    version: "4.15.1",
  },
} as const satisfies Record<string, ChartPin>;

/**
 * npmVersions of Nginx Proxy Manager, the minors of 2: the oldest without a login that everybody knows, and the one that
 * was tried. Source: https://github.com/NginxProxyManager/nginx-proxy-manager/releases (2.13.0, 2.15.1)
 */
export const npmVersions = { oldest: 13, tested: 15 } as const;

/**
 * proxmoxVersions, the major that is supported and the release that was tried: privileges and content types are those of 9.
 * Source: https://github.com/bpg/terraform-provider-proxmox (README: 9.x supported, 8.x best effort)
 */
export const proxmoxVersions = { major: 9, tested: "9.2" } as const;

/**
 * engineVersions, the oldest with ephemeral variables and write-only attributes, of Terraform and of OpenTofu. Sources:
 * https://github.com/hashicorp/terraform/blob/v1.11/CHANGELOG.md, https://opentofu.org/blog/opentofu-1-11-0
 */
export const engineVersions = { oldest: "1.11" } as const;

/** curlVersions: gates ask with --fail-with-body, and certificates are read by --write-out. Source: https://curl.se/docs/manpage.html */
export const curlVersions = { oldest: "7.76", tellsCertificates: "7.88" } as const;
