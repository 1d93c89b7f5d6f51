#!/usr/bin/env bash
# Waits until a node is Ready, asking the Kubernetes API as the cluster's administrator.
# HTTPS_PROXY, NO_PROXY and KUBE_PROXY_URL are honoured, as behind a company's proxy.
set -euo pipefail
: "${NODE:?}" "${API_URL:?}" "${AUTHORITY:?}" "${CERTIFICATE:?}" "${KEY:?}" "${WAIT_SECONDS:?}" "${LOOK_AT:?}"

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
umask 077
printf '%s' "$AUTHORITY" >"$work/authority.pem"
printf '%s' "$CERTIFICATE" >"$work/certificate.pem"
printf '%s' "$KEY" >"$work/key.pem"

get_node() {
  curl --silent --show-error --max-time 10 ${KUBE_PROXY_URL:+--proxy "$KUBE_PROXY_URL"} \
    --cacert "$work/authority.pem" --cert "$work/certificate.pem" --key "$work/key.pem" \
    --output "$work/node.json" --write-out '%{http_code}' "$API_URL/api/v1/nodes/$NODE" 2>"$work/curl.txt"
}

ready_condition() {
  node --eval '
    const node = JSON.parse(require("fs").readFileSync(process.argv[1], "utf8"));
    const ready = (node.status?.conditions ?? []).find((condition) => condition.type === "Ready");
    console.log(ready?.status === "True" ? "True" : "not Ready: " + (ready?.message ?? "its kubelet has not reported yet"));
  ' "$work/node.json"
}

state_of_node() {
  local status
  if ! status=$(get_node); then
    echo "the API at $API_URL does not answer yet ($(cat "$work/curl.txt"))"
    return
  fi
  case "$status" in
    200) ready_condition ;;
    404) echo "the API answers, the node has not joined yet" ;;
    401 | 403) echo "the API refuses this cluster's administrator (HTTP $status)" ;;
    *) echo "the API answers HTTP $status" ;;
  esac
}

deadline=$((SECONDS + WAIT_SECONDS))
said=""
while true; do
  state=$(state_of_node)
  if [ "$state" = "True" ]; then
    echo "$NODE is Ready"
    exit 0
  fi
  if [ "$state" != "$said" ]; then
    echo "waiting for $NODE, at most $((WAIT_SECONDS / 60)) minutes: $state"
    said=$state
  fi
  if [ "$SECONDS" -ge "$deadline" ]; then
    echo "$NODE was not Ready after $((WAIT_SECONDS / 60)) minutes: $state" >&2
    echo "look at: $LOOK_AT" >&2
    exit 1
  fi
  sleep 2
done
