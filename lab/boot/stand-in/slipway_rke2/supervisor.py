"""Port 9345, where machines join: /ping and /cacerts for everybody, the rest for who has a token."""

import base64
import hashlib
import json

from . import authorities
from .verdict import say


def supervisor(cluster, tls, passwords):
    def answer(request):
        if request.path == "/ping":
            return 200, b"pong"
        if request.path == "/cacerts":
            return 200, tls["server-ca.crt"].encode()
        user = login(request, passwords)
        if user is None:
            return 401, {"message": "the token is not the cluster's"}
        if request.path == "/v1-rke2/client-kubelet.crt":
            return kubelet(cluster, tls, request)
        if user != "server":
            return 403, {"message": "a node's token joins no server"}
        if request.path == "/v1-rke2/server-bootstrap":
            return 200, {"files": tls, "state": cluster.state}
        if request.path == "/stand-in/change":
            cluster.apply(json.loads(request.body))
            return 200, {}
        if request.path == "/stand-in/member":
            return member(cluster, json.loads(request.body))
        return 404, {"message": "not found"}

    return answer


def login(request, passwords):
    kind, _, encoded = request.headers.get("Authorization", "").partition(" ")
    if kind != "Basic":
        return None
    user, _, password = base64.b64decode(encoded).decode().partition(":")
    return user if passwords.get(user) == password else None


def kubelet(cluster, tls, request):
    """kubelet's certificate; whoever has a name that is taken must know the password it came with."""
    name = request.headers.get("Rke2-Node-Name", "")
    digest = hashlib.sha256(request.headers.get("Rke2-Node-Password", "").encode()).hexdigest()
    known = cluster.state["passwords"].get(name)
    if known is None:
        cluster.change(put={"passwords": {name: digest}})
    elif known != digest:
        return 403, {"message": f"Node password rejected, duplicate hostname or contents of the file may not match: {name}"}
    certificate, key = authorities.issue("client-ca", f"system:node:{name}", "system:nodes", usage="clientAuth")
    return 200, {"certificate": certificate, "key": key, "clientAuthority": tls["client-ca.crt"]}


def member(cluster, wanted):
    name, address = wanted["name"], wanted["address"]
    if name in cluster.state["members"]:
        return 409, {"message": f"duplicate node name found, please use a unique name for this node: {name}"}
    if wanted["critical"] != cluster.state["critical"]:
        different = [key for key, value in cluster.state["critical"].items() if wanted["critical"].get(key) != value]
        return 409, {"message": f"critical configuration value mismatch between servers: {', '.join(different)}"}
    say(f"{name} at {address} joins etcd")
    cluster.change(put={"members": {name: address}})
    return 200, cluster.state
