"""Tokens in their full form, which pins the CA (k3s: pkg/clientaccess/token.go)."""

import hashlib
import re

from .verdict import Refused, hold


class Token:
    def __init__(self, name, text, user):
        match = re.fullmatch(r"K10([0-9a-f]{64})::(server|node):(\S+)", text)
        if match is None:
            raise Refused(f"{name} is not of the form K10<sha256 of the CA>::{user}:<password>")
        self.name = name
        self.digest, found, self.password = match.groups()
        if found != user:
            raise Refused(f"{name} is a token of {found}, not of {user}")

    def check(self, authority):
        digest = hashlib.sha256(authority).hexdigest()
        if digest != self.digest:
            raise Refused(f"{self.name} pins a CA with sha256 {self.digest}, but the cluster's CA has {digest}")
        hold(f"{self.name} has its full form and pins the cluster's CA")
