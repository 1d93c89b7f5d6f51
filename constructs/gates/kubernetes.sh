#!/usr/bin/env bash
# Waits until everything named by its arguments is there, asking the Kubernetes API as the cluster's administrator:
#   node/NAME                      its kubelet calls it Ready
#   crd/NAME                       its kind can be used
#   deployment/NAMESPACE/NAME      enough of its pods answer
#   address/NAMESPACE/NAME/ADDRESS the load balancer gave this address to the Service
# HTTPS_PROXY, NO_PROXY and KUBE_PROXY_URL are honoured, as behind a company's proxy.
set -euo pipefail
: "${API_URL:?}" "${AUTHORITY:?}" "${CERTIFICATE:?}" "${KEY:?}" "${WAIT_SECONDS:?}" "${LOOK_AT:?}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077
printf '%s' "$AUTHORITY" >"$work/authority.pem"
printf '%s' "$CERTIFICATE" >"$work/certificate.pem"
printf '%s' "$KEY" >"$work/key.pem"

path_of() {
  local kind namespace name
  IFS=/ read -r kind namespace name _ <<<"$1"
  case "$kind" in
    node) echo "api/v1/nodes/$namespace" ;;
    crd) echo "apis/apiextensions.k8s.io/v1/customresourcedefinitions/$namespace" ;;
    deployment) echo "apis/apps/v1/namespaces/$namespace/deployments/$name" ;;
    address) echo "api/v1/namespaces/$namespace/services/$name" ;;
    *)
      echo "this gate knows no $kind" >&2
      exit 2
      ;;
  esac
}

name_of() {
  local kind namespace name address
  IFS=/ read -r kind namespace name address <<<"$1"
  case "$kind" in
    node) echo "$namespace" ;;
    crd) echo "the kind $namespace" ;;
    deployment) echo "deployment $name in $namespace" ;;
    address) echo "address $address of service $name in $namespace" ;;
  esac
}

absence_of() {
  case "$1" in
    node/*) echo "the node has not joined yet" ;;
    *) echo "it is not there yet" ;;
  esac
}

get() {
  curl --silent --show-error --max-time 10 ${KUBE_PROXY_URL:+--proxy "$KUBE_PROXY_URL"} \
    --cacert "$work/authority.pem" --cert "$work/certificate.pem" --key "$work/key.pem" \
    --output "$work/object.json" --write-out '%{http_code}' "$API_URL/$1" 2>"$work/curl.txt"
}

verdict() {
  node --eval '
    const [file, target] = process.argv.slice(1);
    const object = JSON.parse(require("fs").readFileSync(file, "utf8"));
    const [kind, , , address] = target.split("/");
    const held = (type, otherwise) => {
      const condition = (object.status?.conditions ?? []).find((candidate) => candidate.type === type);
      return condition?.status === "True" ? "True" : `not ${type}: ${condition?.message ?? otherwise}`;
    };
    const given = (object.status?.loadBalancer?.ingress ?? []).map(({ ip }) => ip).join(", ");
    console.log({
      node: () => held("Ready", "its kubelet has not reported yet"),
      crd: () => held("Established", "the API has not looked at it yet"),
      deployment: () => held("Available", "none of its pods has reported yet"),
      address: () => {
        if (given === address) return "True";
        return given === "" ? "the load balancer has given it none yet" : `the load balancer gave it ${given}`;
      },
    }[kind]());
  ' "$work/object.json" "$1"
}

state_of() {
  local status
  if ! status=$(get "$(path_of "$1")"); then
    echo "the API at $API_URL does not answer yet ($(cat "$work/curl.txt"))"
    return
  fi
  case "$status" in
    200) verdict "$1" ;;
    404) echo "the API answers, $(absence_of "$1")" ;;
    401 | 403) echo "the API refuses this cluster's administrator (HTTP $status)" ;;
    *) echo "the API answers HTTP $status" ;;
  esac
}

told=""
deadline=$((SECONDS + WAIT_SECONDS))
for target in "$@"; do
  path_of "$target" >/dev/null
  what=$(name_of "$target")
  said=""
  while true; do
    state=$(state_of "$target")
    if [ "$state" = "True" ]; then
      echo "$what: ready"
      break
    fi
    if [ "$state" != "$said" ]; then
      echo "waiting for $what, at most $((WAIT_SECONDS / 60)) minutes: $state"
      [ -n "$told" ] || echo "if that lasts, look at: $LOOK_AT"
      told=yes
      said=$state
    fi
    if [ "$SECONDS" -ge "$deadline" ]; then
      echo "$what was not ready after $((WAIT_SECONDS / 60)) minutes: $state" >&2
      echo "look at: $LOOK_AT" >&2
      exit 1
    fi
    sleep 2
  done
done
