#!/usr/bin/env bash
# Waits until everything named by its arguments is there, asking the Kubernetes API as the cluster's administrator:
#   node/NAME                      its kubelet calls it Ready, and did so since this wait began
#   server/ADDRESS:PORT            the API there is ready, and with it the etcd member behind it
#   load-balancer/ADDRESS:PORT/SECONDS
#                                  it takes connections; if the API is ready, it has led to it for so long
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

base_of() {
  case "$1" in
    server/*) echo "https://${1#server/}" ;;
    *) echo "$API_URL" ;;
  esac
}

path_of() {
  local kind namespace name
  IFS=/ read -r kind namespace name _ <<<"$1"
  case "$kind" in
    node) echo "api/v1/nodes/$namespace" ;;
    server | load-balancer) echo "readyz" ;;
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
    server) echo "the API of $namespace" ;;
    load-balancer) echo "load balancer $namespace" ;;
    crd) echo "the kind $namespace" ;;
    deployment) echo "deployment $name in $namespace" ;;
    address) echo "address $address of service $name in $namespace" ;;
  esac
}

get() {
  curl --silent --show-error --max-time 10 ${KUBE_PROXY_URL:+--proxy "$KUBE_PROXY_URL"} \
    --cacert "$work/authority.pem" --cert "$work/certificate.pem" --key "$work/key.pem" \
    --output "$work/answer" --write-out '%{http_code}' "$@" 2>"$work/curl.txt"
}

field() {
  grep -o "\"$1\": *\"[^\"]*\"" "$work/answer" || echo "no $1"
}

# Writes down each time at which the kubelet of a node renewed its Lease.
listen_to() {
  local status renewed
  status=$(get "$API_URL/apis/coordination.k8s.io/v1/namespaces/kube-node-lease/leases/$1") || return 0
  [ "$status" = 200 ] || [ "$status" = 404 ] || return 0
  renewed=$(field renewTime)
  [ "$renewed" = "$(tail -n 1 "$work/renewals")" ] || echo "$renewed" >>"$work/renewals"
}

# What the API says of a node may be of before a restart: it goes on calling a node Ready for most of a minute after its
# kubelet died. It is of now when it names another boot than at the first look, for a kubelet writes both at once; or
# when the kubelet has renewed its Lease twice since, for it writes in between.
# Source: kubernetes, pkg/kubelet/kubelet.go, Run; node-monitor-grace-period of kube-controller-manager.
is_of_now() {
  local boot
  boot=$(field bootID)
  [ -s "$work/first-boot" ] || echo "$boot" >"$work/first-boot"
  [ "$boot" != "$(cat "$work/first-boot")" ] || [ "$(wc -l <"$work/renewals")" -gt 2 ]
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
  ' "$work/answer" "$1"
}

verdict_of_node() {
  local said="the API answers, the node has not joined yet"
  [ "$1" = 404 ] || said=$(verdict "$2")
  if ! is_of_now && [ "$said" = "True" ]; then
    said="called Ready, as before a restart: its kubelet has not been heard twice since this wait began"
  fi
  echo "$said"
}

# A load balancer takes connections from before the first server on, and closes one that it can lead nowhere: curl's 35,
# in the handshake. While another one holds the API's address, this one has to be able to take it over.
state_of_load_balancer() {
  local kind door seconds status code=0
  IFS=/ read -r kind door seconds <<<"$1"
  status=$(get "$API_URL/readyz" --connect-to "::$door") || code=$?
  if [ "$status" = 200 ]; then
    [ -s "$work/led-since" ] || echo "$SECONDS" >"$work/led-since"
    if [ $((SECONDS - $(cat "$work/led-since"))) -ge "$seconds" ]; then
      echo "True"
    else
      echo "it leads to the API, and can take the API's address over $seconds seconds after it began to"
    fi
    return
  fi
  rm -f "$work/led-since"
  if [ "$code" = 0 ]; then
    echo "the API behind it answers HTTP $status"
  elif [ "$code" != 35 ]; then
    echo "nobody takes connections there yet ($(cat "$work/curl.txt"))"
  elif [ "$(get "$API_URL/readyz")" = 200 ]; then
    echo "it takes connections and leads them to no server, though the API is ready"
  else
    echo "True"
  fi
}

state_of() {
  local status base
  base=$(base_of "$1")
  case "$1" in
    node/*) listen_to "${1#node/}" ;;
    load-balancer/*)
      state_of_load_balancer "$1"
      return
      ;;
  esac
  if ! status=$(get "$base/$(path_of "$1")"); then
    echo "the API at $base does not answer yet ($(cat "$work/curl.txt"))"
    return
  fi
  case "$status $1" in
    "200 node/"* | "404 node/"*) verdict_of_node "$status" "$1" ;;
    "200 server/"*) echo "True" ;;
    "200 "*) verdict "$1" ;;
    "404 "*) echo "the API answers, it is not there yet" ;;
    "401 "* | "403 "*) echo "the API refuses this cluster's administrator (HTTP $status)" ;;
    "500 server/"*) echo "the API answers that it is not ready: $(grep -m 1 '^\[-\]' "$work/answer")" ;;
    *) echo "the API answers HTTP $status" ;;
  esac
}

told=""
deadline=$((SECONDS + WAIT_SECONDS))
for target in "$@"; do
  path_of "$target" >/dev/null
  what=$(name_of "$target")
  said=""
  rm -f "$work/first-boot" "$work/led-since"
  : >"$work/renewals"
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
