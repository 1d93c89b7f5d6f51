"""The kubelet's part: a certificate by the agent token, then its Node."""

import json
import time

from . import client, config, paths
from .verdict import Refused, hold, say


def register(settings, supervisor, authority, login):
    """register asks until it has its certificate and its Node is there."""
    name, address = settings.required("node-name"), settings.required("node-ip")
    headers = {"Rke2-Node-Name": name, "Rke2-Node-Password": config.secret(paths.node_password)}
    found = accepted(until(supervisor, authority, "GET", "/v1-rke2/client-kubelet.crt", ":".join(login), headers=headers))
    folder = paths.below(paths.agent)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    keep(folder / "server-ca.crt", authority.decode())
    keep(folder / "client-kubelet.crt", found["certificate"])
    keep(folder / "client-kubelet.key", found["key"])
    node = {
        "kind": "Node",
        "apiVersion": "v1",
        "metadata": {"name": name, "labels": dict(each.split("=", 1) for each in settings.list("node-label"))},
        "status": {"addresses": [{"type": "InternalIP", "address": address}]},
    }
    certificate = (str(folder / "client-kubelet.crt"), str(folder / "client-kubelet.key"))
    api = supervisor.replace(":9345", ":6443")
    status, body = until(api, authority, "POST", "/api/v1/nodes", body=node, certificate=certificate)
    if status != 201:
        raise Refused(f"the API does not register {name}: {body.decode()}")
    hold(f"Node {name} is registered, by a certificate that the agent token gave")


def until(url, authority, method, path, login=None, body=None, headers=None, certificate=None):
    while True:
        try:
            return client.ask(url, authority, method, path, login, body, headers, certificate)
        except client.Unreachable as error:
            say(f"nobody answers yet: {error}")
            time.sleep(2)


def accepted(answered):
    status, body = answered
    found = json.loads(body)
    if status != 200:
        raise Refused(f"the supervisor does not let it join ({status}): {found.get('message')}")
    return found


def keep(file, content):
    file.touch(mode=0o600)
    file.write_text(content)
