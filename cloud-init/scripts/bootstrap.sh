#!/usr/bin/env bash
# Decides, before each start of rke2-server, whether this server joins its cluster or begins it.
# Exit 0: RKE2 may start. Otherwise systemd asks again after a pause, so every path may simply fail.
set -euo pipefail

root="${ROOT:-}"
ca="$root/etc/slipway/server-ca.crt"
join="$root/etc/rancher/rke2/config.yaml.d/40-join.yaml"
# RKE2 takes a server for new while member/ is missing, and again once it was removed from etcd and left a tombstone.
etcd="$root/var/lib/rancher/rke2/server/db/etcd"
day=86400
# The API address first, then each other server; never this one.
others=()
# Those that take a connection at port 9345 and then do not answer: hung or starting, perhaps the cluster.
doubtful=()

main() {
  # shellcheck source=/dev/null
  . "$root/etc/slipway/bootstrap.env"
  if [[ -d $etcd/member && ! -e $etcd/tombstone ]]; then
    say "$NODE has its etcd data and starts with it"
    return
  fi

  local address living=""
  for address in $API_ADDRESS $PEERS; do
    [[ $address == "$NODE_ADDRESS" ]] || others+=("$address")
  done
  for address in "${others[@]}"; do
    if answers "$address"; then
      living=$address
      break
    fi
  done

  if [[ -n $living ]]; then
    say "the cluster answers at $living"
    remove_stale_node
    join_through "$living"
  elif ((${#doubtful[@]})); then
    fail "somebody is at ${doubtful[*]} port 9345 and may be the cluster: waiting for an answer, not beginning another"
  else
    may_initialise "${others[*]:-no other address}"
    rm -f "$join"
    say "$NODE begins the cluster"
  fi
}

# Whoever completes a handshake under the cluster's own CA belongs to it, ready or not.
answers() {
  local log status=0 reason
  log=$(curl --verbose --silent --show-error --output /dev/null --cacert "$ca" --connect-timeout 3 --max-time 10 \
    "https://$1:9345/ping" 2>&1) || status=$?
  ((status)) || return 0
  reason=$(sed -n 's/^curl: ([0-9]*) //p' <<<"$log")
  if connected "$log" && ! is_stranger "$reason"; then
    doubtful+=("$1")
    say "no answer at $1:9345: $reason"
  else
    say "nobody at $1:9345: $reason"
  fi
  return 1
}

# curl speaks of ALPN once its connection stands, also behind a proxy, and before the other side said a word. Its exit
# status does not tell: 28 is a connection that never came and a peer that hangs, 56 a peer that left and a proxy's no.
connected() {
  [[ $1 == *ALPN* ]]
}

# A certificate of another CA, as OpenSSL words it. One that is merely out of its dates may still be the cluster's.
is_stranger() {
  [[ $1 == *issuer* || $1 == *self?signed* || $1 == *"signature failure"* ]]
}

# RKE2 refuses a name that is still an etcd member; deleting the Node makes RKE2 remove the member.
remove_stale_node() {
  local address code
  for address in "${others[@]}"; do
    code=$(node GET "$address")
    case $code in
      200)
        delete_node "$address"
        return
        ;;
      404)
        return
        ;;
      401)
        fail "the API at $address does not know $NODE's rejoin certificate (401): either this machine's clock is outside its dates (openssl x509 -noout -dates -in /etc/slipway/rejoin.crt), or the cluster has another client CA"
        ;;
      403)
        say "$NODE has no rejoin role yet, so it was never a member. Should RKE2 report a duplicate node name below: kubectl delete node $NODE"
        return
        ;;
      *)
        say "the API at $address:6443 is not ready ($code)"
        ;;
    esac
  done
  fail "the cluster is alive, but no API server of it is ready: waiting for one"
}

delete_node() {
  local code
  say "removing the Node that an earlier $NODE left"
  code=$(node DELETE "$1")
  case $code in
    200 | 202 | 404) ;;
    *) fail "the API at $1 does not let $NODE remove its own Node ($code): kubectl delete node $NODE" ;;
  esac
  for _ in {1..60}; do
    [[ $(node GET "$1") != 404 ]] || return 0
    sleep 2
  done
  fail "Node $NODE is still there two minutes after its removal: RKE2 holds it until its etcd member is gone. See: kubectl get node $NODE -o yaml"
}

# Prints the HTTP status of a request for this server's own Node; 000 when there was no answer.
node() {
  curl --silent --show-error --output /dev/null --write-out '%{http_code}' --request "$1" \
    --cacert "$ca" --cert "$root/etc/slipway/rejoin.crt" --key "$root/etc/slipway/rejoin.key" \
    --connect-timeout 3 --max-time 20 "https://$2:6443/api/v1/nodes/$NODE" || true
}

join_through() {
  mkdir -p "$(dirname "$join")"
  (umask 077 && printf 'server: https://%s:9345\n' "$1" >"$join")
  say "$NODE joins through $1"
}

may_initialise() {
  local born age
  [[ $MAY_INITIALISE == yes ]] ||
    fail "asked $1 and nobody answers: $NODE never begins a cluster, it waits for one"
  [[ $INITIALISE != allowed ]] || return 0
  born=$(openssl x509 -noout -startdate -in "$ca")
  age=$(($(date +%s) - $(date --date "${born#notBefore=}" +%s)))
  ((age >= 0)) ||
    fail "this machine's clock is $((-age)) seconds behind the cluster's CA: waiting for the clock to be set"
  ((age < day)) || fail "$NODE refuses to begin a new cluster
  found  asked $1 and nobody answers; the cluster's CA is $((age / 3600)) hours old
  why    a cluster of that age exists or existed: beginning another beside it would split it in two
  fix    start its other servers, and $NODE joins by itself; or, if the cluster is gone for good,
         set rke2.initialise: \"allowed\" in cluster.ts, destroy VM $VM_ID ($VM_NAME) in Proxmox, deploy again"
}

say() {
  printf '%s\n' "$*"
}

fail() {
  printf '%s\n' "$*" >&2
  exit 1
}

main
