"""The files below server/tls that a server begins its cluster with."""

import subprocess
import tempfile

from . import paths
from .config import private, shown
from .verdict import Refused, hold

names = ["server-ca", "client-ca", "request-header-ca", "etcd/peer-ca", "etcd/server-ca"]
files = [f"{name}.{half}" for name in names for half in ("crt", "key")] + ["service.key"]


def given():
    """given returns the files that were placed before the first start, and refuses to do without one of them."""
    folder = paths.below(paths.tls)
    for inner in (folder, folder / "etcd"):
        if inner.is_dir() and inner.stat().st_mode & 0o777 != 0o700:
            raise Refused(f"{shown(inner)} must have mode 0700")
    missing = [name for name in files if not (folder / name).is_file()]
    if missing:
        raise Refused(f"{paths.tls} lacks {', '.join(missing)}: RKE2 would make another CA than the token pins")
    for name in files:
        private(folder / name)
    for name in names:
        check(name)
    if len({(folder / f"{name}.crt").read_bytes() for name in names}) != len(names):
        raise Refused(f"two authorities in {paths.tls} are the same")
    hold("five authorities of its own making are in place, readable by root alone, each with its key")
    return {name: (folder / name).read_text() for name in files}


def place(found):
    """place writes what a joining server was given by its peer."""
    folder = paths.below(paths.tls)
    for inner in (folder, folder / "etcd"):
        inner.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name in files:
        target = folder / name
        if target.is_file() and target.read_text() != found[name]:
            raise Refused(f"{shown(target)} differs from the cluster's: it was placed for another cluster")
        target.touch(mode=0o600)
        target.write_text(found[name])


def check(name):
    folder = paths.below(paths.tls)
    certificate, key = folder / f"{name}.crt", folder / f"{name}.key"
    halves = [
        openssl("x509", "-noout", "-pubkey", "-in", certificate),
        openssl("pkey", "-pubout", "-in", key),
    ]
    if halves[0] != halves[1]:
        raise Refused(f"{shown(key)} is not the key of {shown(certificate)}")
    openssl("verify", "-CAfile", certificate, certificate)


def issue(authority, common_name, organization=None, names=(), usage="serverAuth"):
    """issue signs a new key: certificate and key, in PEM."""
    folder = paths.below(paths.tls)
    subject = (f"/O={organization}" if organization else "") + f"/CN={common_name}"
    alternatives = ",".join(names)
    settings = f"""[req]
distinguished_name = subject
x509_extensions = leaf
[subject]
[leaf]
basicConstraints = critical,CA:false
keyUsage = critical,digitalSignature,keyEncipherment
extendedKeyUsage = {usage}
{f"subjectAltName = {alternatives}" if alternatives else ""}
"""
    with tempfile.TemporaryDirectory() as scratch:
        with open(f"{scratch}/settings", "w", encoding="utf8") as file:
            file.write(settings)
        openssl(
            *("req", "-x509", "-new", "-nodes", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"),
            *("-config", f"{scratch}/settings", "-subj", subject, "-days", "365"),
            *("-CA", folder / f"{authority}.crt", "-CAkey", folder / f"{authority}.key"),
            *("-keyout", f"{scratch}/key", "-out", f"{scratch}/crt"),
        )
        with open(f"{scratch}/crt", encoding="utf8") as crt, open(f"{scratch}/key", encoding="utf8") as key:
            return crt.read(), key.read()


def openssl(*words):
    done = subprocess.run(["openssl", *map(str, words)], capture_output=True, text=True, check=False)
    if done.returncode != 0:
        raise Refused(f"openssl {words[0]}: {done.stderr.strip() or done.stdout.strip()}")
    return done.stdout
