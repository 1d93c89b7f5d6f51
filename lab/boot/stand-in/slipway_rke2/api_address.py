"""kube-vip's part: the API address is on one living server, here the first in order of names that answers."""

import subprocess
import threading
import time

from . import client
from .verdict import say


def keep_api_address(settings, me, cluster, authority):
    if settings is None:
        return
    address, card = settings["address"], settings["vip_interface"]

    def first_living():
        for name, other in sorted(cluster.state["members"].items()):
            if name == me or answers(other, authority):
                return name
        return None

    def watch():
        mine = False
        while True:
            wanted = first_living() == me
            if wanted != mine:
                verb = "replace" if wanted else "del"
                subprocess.run(["ip", "address", verb, f"{address}/32", "dev", card], check=False)
                say(f"kube-vip, played: {'takes' if wanted else 'leaves'} {address}")
                mine = wanted
            time.sleep(2)

    threading.Thread(target=watch, daemon=True).start()


def answers(address, authority):
    try:
        return client.ask(f"https://{address}:9345", authority.encode(), "GET", "/ping")[0] == 200
    except client.Unreachable:
        return False
