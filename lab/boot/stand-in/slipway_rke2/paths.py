"""Files of RKE2, below STAND_IN_ROOT where a test sets it."""

import os
import pathlib


def below(path):
    return pathlib.Path(os.environ.get("STAND_IN_ROOT", "/") + path)


config = "/etc/rancher/rke2/config.yaml"
drop_ins = "/etc/rancher/rke2/config.yaml.d"
node_password = "/etc/rancher/node/password"
data = "/var/lib/rancher/rke2"
tls = f"{data}/server/tls"
manifests = f"{data}/server/manifests"
state = f"{data}/server/db/etcd/member/stand-in.json"
agent = f"{data}/agent"
