"""What etcd would hold: Nodes, members, node passwords, and who may do what. Each change goes to every other server."""

import json
import threading

from . import paths


class Cluster:
    def __init__(self, me, post):
        """post sends a change to the server at an address."""
        self.me = me
        self.post = post
        self.lock = threading.Lock()
        self.file = paths.below(paths.state)
        self.state = {"nodes": {}, "members": {}, "passwords": {}, "rules": {}, "critical": {}}

    def exists(self):
        return self.file.is_file()

    def load(self):
        self.state = json.loads(self.file.read_text())

    def adopt(self, state):
        """adopt what another server knows, which goes before what this one knew."""
        with self.lock:
            self.state = state
            self.save()

    def change(self, put=None, drop=None):
        """change puts entries by kind and name, and drops a name of every kind, here and on every other server."""
        wanted = {"put": put or {}, "drop": drop}
        self.apply(wanted)
        for name, address in list(self.state["members"].items()):
            if name != self.me:
                self.post(address, wanted)

    def apply(self, wanted):
        with self.lock:
            for kind, entries in wanted["put"].items():
                self.state[kind].update(entries)
            for kind in ("nodes", "members", "passwords"):
                self.state[kind].pop(wanted["drop"], None)
            self.save()

    def allows(self, user, groups, verb, node):
        if "system:masters" in groups or user == f"system:node:{node}" and "system:nodes" in groups:
            return True
        subjects = [f"User {user}", *(f"Group {group}" for group in groups)]
        rules = [rule for subject in subjects for rule in self.state["rules"].get(subject, [])]
        return any(permits(rule, verb, node) for rule in rules)

    def save(self):
        self.file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        unfinished = self.file.with_suffix(".new")
        unfinished.write_text(json.dumps(self.state))
        unfinished.rename(self.file)


def permits(rule, verb, node):
    names = rule.get("resourceNames")
    return (
        any(group in ("", "*") for group in rule.get("apiGroups", []))
        and any(resource in ("nodes", "*") for resource in rule.get("resources", []))
        and any(word in (verb, "*") for word in rule.get("verbs", []))
        and (names is None or node in names)
    )
