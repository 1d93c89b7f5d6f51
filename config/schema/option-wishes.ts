import type { Wish } from "./wishes";

/** optionWishAt an unknown field of rke2, the proxy or the state, by RKE2's or Terraform's own word for it. */
export function optionWishAt(path: readonly PropertyKey[], key: string): Wish | undefined {
  const place = path.map(String).join(".");
  if (/^state\.s3$/.test(place) && secretWord.test(key))
    return inEnvironment("AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY");
  if (/^state\.http$/.test(place) && secretWord.test(key))
    return inEnvironment("TF_HTTP_USERNAME and TF_HTTP_PASSWORD");
  if (/^state\.pg$/.test(place) && /conn|url|host|user|password/i.test(key))
    return inEnvironment("PG_CONN_STR");
  if (place === "network.proxy" && secretWord.test(key)) return proxyLogin;
  if (place !== "rke2" && place !== "servers" && !place.startsWith("workers")) return undefined;
  return ofRke2.find(({ word }) => word.test(key))?.wish;
}

const secretWord = /user|password|secret|token|key/i;

function inEnvironment(variables: string): Wish {
  return { why: "no secret stands in the file", fix: `take it out, and set ${variables}`, hidden: true };
}

const proxyLogin: Wish = {
  why: "no secret stands in the file",
  fix: "take it out, and let the proxy know the machines by their addresses",
  hidden: true,
};

/** ofRke2: keys of its config.yaml that are said otherwise here (rke2-docs: docs/reference/server_config.md). */
const ofRke2: readonly { readonly word: RegExp; readonly wish: Wish }[] = [
  {
    word: /-arg$/,
    wish: {
      why: "arguments are said for servers and for each pool of workers, by the name of their program",
      fix: "write it into arguments of servers or workers",
    },
  },
  {
    word: /^arguments$/,
    wish: {
      why: "servers run more programs than workers, so each says its own",
      fix: "move it to servers, and what workers need to workers",
    },
  },
  {
    word: /^etcd/,
    wish: { why: "etcd runs on servers only", fix: "write it into servers.etcd.snapshots" },
  },
  {
    word: /^node-(label|taint)$/,
    wish: {
      why: "labels and taints are those of a pool of machines",
      fix: "write labels or taints of servers or workers",
    },
  },
  {
    word: /^disable-kube-proxy$/,
    wish: {
      why: "kube-proxy is off where something does its work",
      fix: "set cni to { cilium: { kubeProxyReplacement: true } }",
    },
  },
];
