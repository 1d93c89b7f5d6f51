"""Port 6443: /readyz and Nodes, for whoever has a certificate of the client CA (401 otherwise, as with RKE2)."""

import json

from .paths import below
from .verdict import say

nodes = "/api/v1/nodes"
# A file that whoever tests load balancers puts there.
unready = "/run/rke2-stand-in.unready"


def api(cluster):
    def answer(request):
        known = request.user()
        if known is None:
            return 401, status(401, "Unauthorized")
        if request.path == "/readyz":
            return (500, b"not ready") if below(unready).exists() else (200, b"ok")
        if request.command == "POST" and request.path == nodes:
            return register(cluster, known, json.loads(request.body))
        if request.path == nodes and request.command == "GET":
            if not cluster.allows(*known, "list", None):
                return 403, status(403, f"{known[0]} may not list nodes")
            return 200, {"kind": "NodeList", "items": list(cluster.state["nodes"].values())}
        if request.path.startswith(nodes + "/") and request.command in ("GET", "DELETE"):
            return one(cluster, known, request.command.lower(), request.path.removeprefix(nodes + "/"))
        return 404, status(404, "the server could not find the requested resource")

    return answer


def one(cluster, known, verb, name):
    if not cluster.allows(*known, verb, name):
        return 403, status(403, f"{known[0]} may not {verb} node {name}")
    node = cluster.state["nodes"].get(name)
    if node is None:
        return 404, status(404, f"nodes {name} not found")
    if verb == "get":
        return 200, node
    say(f"{known[0]} removes Node {name}, and with it its etcd member")

    cluster.change(drop=name)
    return 200, node


def register(cluster, known, node):
    user, groups = known
    name = node["metadata"]["name"]
    if "system:nodes" not in groups or user != f"system:node:{name}":
        return 403, status(403, f"{user} may not create node {name}")
    say(f"Node {name} is registered")
    cluster.change(put={"nodes": {name: node}})
    return 201, node


def status(code, message):
    return {"kind": "Status", "apiVersion": "v1", "status": "Failure", "code": code, "message": message}
