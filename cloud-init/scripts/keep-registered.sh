#!/usr/bin/env bash
# Registers this worker again when the cluster has lost its Node.
# Usage: slipway-keep-registered <name of the Node> <API address>
#
# A kubelet registers its Node when it starts and never again (kubernetes/kubernetes#71398). Once the only server
# was rebuilt, with an empty datastore, its workers would run on and nobody would know them. So this asks, as the
# kubelet, for the kubelet's own Node, and restarts rke2-agent when a Node that was there is definitely gone.
# Nothing else than the API's own 404 counts: no answer, no quorum or a refused certificate is not a lost Node.
# Containers survive the restart (KillMode=process); the kubelet then ends those that the cluster knows no more.
#
# `kubectl delete node` of a worker that still runs is undone within two minutes, as by any reboot: whoever has the
# node password may register. To take a worker out, end it first: power its machine off, or stop rke2-agent, which
# stays stopped.
set -euo pipefail

agent="${ROOT:-}/var/lib/rancher/rke2/agent"
node=$1
api=$2

main() {
  local registered=no missing=0
  while true; do
    case $(ask) in
      200)
        [[ $registered == yes ]] || say "$node is registered"
        registered=yes
        missing=0
        ;;
      404) missing=$((missing + 1)) ;;
      *) missing=0 ;;
    esac
    # A kubelet that never registered is still trying to.
    if [[ $registered == yes ]] && ((missing == 3)); then
      say "the API at $api has lost Node $node: restarting rke2-agent, which registers it again"
      systemctl try-restart --no-block rke2-agent
      registered=no
    fi
    sleep 30
  done
}

# Prints the HTTP status of a request for this worker's own Node; 000 when there was no answer.
ask() {
  curl --silent --output /dev/null --write-out '%{http_code}' \
    --cacert "$agent/server-ca.crt" --cert "$agent/client-kubelet.crt" --key "$agent/client-kubelet.key" \
    --connect-timeout 3 --max-time 20 "https://$api:6443/api/v1/nodes/$node" || true
}

say() {
  printf '%s\n' "$*"
}

main
