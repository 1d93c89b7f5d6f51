"""rke2 agent: joins by its token, and has its Node."""

import signal
import time

from . import client, config, kubelet
from .token import Token
from .verdict import hold, ready, say


def run():
    settings = config.read("agent")
    token = Token("the agent token", config.secret(settings.required("token-file")), "node")
    supervisor = settings.required("server")
    authority = wait_for(supervisor)
    token.check(authority)
    kubelet.register(settings, supervisor, authority, ("node", token.password))
    hold(f"it joins the cluster through {supervisor}")
    ready(settings.required("node-name"))
    signal.pause()


def wait_for(supervisor):
    while True:
        try:
            return client.authority_of(supervisor)
        except client.Unreachable as error:
            say(f"nobody answers yet: {error}")
            time.sleep(2)
