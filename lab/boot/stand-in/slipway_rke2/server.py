"""rke2 server: begins a cluster with the CAs it was given, joins one, or goes on with the etcd data on its disk."""

import json
import signal
import time

from . import authorities, client, config, kubelet, manifests, paths
from .api import api
from .api_address import keep_api_address
from .cluster import Cluster
from .https import Https
from .supervisor import supervisor
from .token import Token
from .verdict import Refused, hold, ready, say


def run():
    settings = config.read("server")
    server_token = Token("the server token", config.secret(settings.required("token-file")), "server")
    agent_token = Token("the agent token", config.secret(settings.required("agent-token-file")), "node")
    name, address = settings.required("node-name"), settings.required("node-ip")
    passwords = {"server": server_token.password, "node": agent_token.password}

    def post(other, change):
        try:
            ask_supervisor(f"https://{other}:9345", tls, passwords, "POST", "/stand-in/change", change)
        except client.Unreachable as error:
            say(f"a change does not reach {error}")

    cluster = Cluster(name, post)
    tls = start_of(settings, cluster, server_token, passwords)
    for token in (server_token, agent_token):
        token.check(tls["server-ca.crt"].encode())

    objects = manifests.read(settings.required("cni"))
    cluster.change(put={"rules": manifests.rules(objects)})
    certificate = authorities.issue("server-ca", "rke2", names=names_of(settings, name, address))
    Https(9345, certificate, supervisor(cluster, tls, passwords)).start()
    Https(6443, certificate, api(cluster), tls["client-ca.crt"]).start()
    catch_up(cluster, tls, passwords)
    keep_api_address(manifests.kube_vip(objects), name, cluster, tls["server-ca.crt"])
    kubelet.register(settings, f"https://{address}:9345", tls["server-ca.crt"].encode(), ("node", passwords["node"]))
    ready(name)
    signal.pause()


def start_of(settings, cluster, token, passwords):
    """start_of a server: the authorities it serves with."""
    address = settings.text("server")
    if cluster.exists():
        tls = authorities.given()
        cluster.load()
        catch_up(cluster, tls, passwords)
        say("goes on with the etcd data on its disk")
        return tls
    if address is not None:
        return join(settings, cluster, address, token)
    tls = authorities.given()
    name, own = settings.required("node-name"), settings.required("node-ip")
    cluster.change(put={"members": {name: own}, "critical": settings.critical()})
    hold("it begins the cluster with the CAs it was given")
    return tls


def join(settings, cluster, address, token):
    name, own = settings.required("node-name"), settings.required("node-ip")
    authority = patiently(lambda: client.authority_of(address))
    token.check(authority)
    login = f"server:{token.password}"
    status, body = patiently(lambda: client.ask(address, authority, "GET", "/v1-rke2/server-bootstrap", login))
    found = accepted(status, body)
    authorities.place(found["files"])
    wanted = {"name": name, "address": own, "critical": settings.critical()}
    status, body = patiently(lambda: client.ask(address, authority, "POST", "/stand-in/member", login, wanted))
    cluster.adopt(accepted(status, body))
    hold(f"it joins the cluster through {address}")
    return found["files"]


def catch_up(cluster, tls, passwords):
    for name, other in cluster.state["members"].items():
        if name == cluster.me:
            continue
        try:
            status, body = ask_supervisor(f"https://{other}:9345", tls, passwords, "GET", "/v1-rke2/server-bootstrap")
            cluster.adopt(accepted(status, body)["state"])
            return
        except client.Unreachable as error:
            say(f"does not hear from {error}")


def ask_supervisor(url, tls, passwords, method, path, body=None):
    return client.ask(url, tls["server-ca.crt"].encode(), method, path, f"server:{passwords['server']}", body)


def accepted(status, body):
    found = json.loads(body)
    if status != 200:
        raise Refused(found.get("message", str(status)))
    return found


def patiently(request):
    """patiently: RKE2 asks for ever, and so does this."""
    while True:
        try:
            return request()
        except client.Unreachable as error:
            say(f"nobody answers yet: {error}")
            time.sleep(2)


def names_of(settings, name, address):
    """names_of the certificate for both ports: RKE2's API servers have these too (k3s: pkg/daemons/control/deps/deps.go)."""
    numbers = [address, "127.0.0.1", *settings.list("tls-san")]
    hosts = ["kubernetes", "kubernetes.default", "kubernetes.default.svc", "localhost", name]
    return [*(f"DNS:{host}" for host in hosts), *(san(each) for each in dict.fromkeys(numbers))]


def san(name):
    return f"IP:{name}" if name.replace(".", "").isdigit() else f"DNS:{name}"
