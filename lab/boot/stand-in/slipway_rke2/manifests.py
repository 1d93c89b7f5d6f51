"""Objects that a server applies when it starts: read, and the few that matter to the stand-in are heeded."""

import yaml

from . import paths
from .config import private, shown
from .verdict import Refused, hold


def read(cni):
    folder = paths.below(paths.manifests)
    objects = []
    for file in sorted(folder.glob("*.yaml")) if folder.is_dir() else []:
        private(file)
        for found in yaml.safe_load_all(file.read_text()):
            if not isinstance(found, dict) or not all(found.get(key) for key in ("apiVersion", "kind", "metadata")):
                raise Refused(f"{shown(file)} holds something that is no object of Kubernetes")
            objects.append(found)
    charts = [each["metadata"]["name"] for each in objects if each["kind"] == "HelmChartConfig"]
    if f"rke2-{cni}" not in charts:
        raise Refused(f"{paths.manifests} has no settings for the chart rke2-{cni}, and RKE2 changes none that runs")
    named = [f"{each['kind']} {each['metadata']['name']}" for each in objects]
    hold(f"{len(objects)} objects lie in its manifests: {', '.join(named)}")
    return objects


def rules(objects):
    """rules of each subject that a ClusterRoleBinding names."""
    roles = {each["metadata"]["name"]: each["rules"] for each in objects if each["kind"] == "ClusterRole"}
    roles["cluster-admin"] = [{"apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]}]
    found = {}
    for binding in (each for each in objects if each["kind"] == "ClusterRoleBinding"):
        for subject in binding["subjects"]:
            key = f"{subject['kind']} {subject['name']}"
            found.setdefault(key, []).extend(roles.get(binding["roleRef"]["name"], []))
    return found


def kube_vip(objects):
    """kube_vip's settings, where its DaemonSet is among the objects."""
    for each in objects:
        if each["kind"] == "DaemonSet" and each["metadata"]["name"] == "kube-vip":
            container = each["spec"]["template"]["spec"]["containers"][0]
            return {one["name"]: one["value"] for one in container["env"] if "value" in one}
    return None
