"""Says, as one JSON text, what a machine is like; run inside it through the guest agent, with the wishes on its input."""

import grp
import hashlib
import json
import os
import pathlib
import pwd
import shutil
import subprocess
import sys


def main():
    wanted = json.load(sys.stdin)
    facts = {
        "bootId": read("/proc/sys/kernel/random/boot_id"),
        "machineId": read("/etc/machine-id"),
        "instanceId": read("/var/lib/cloud/data/instance-id"),
        "hostname": os.uname().nodename,
        "kernel": os.uname().release,
        "system": next(line for line in read("/etc/os-release").splitlines() if line.startswith("PRETTY_NAME"))[13:-1],
        "versions": {name: first_line(command) for name, command in wanted["versions"].items() if shutil.which(command[0])},
        "links": json.loads(output("ip", "-json", "address", "show")),
        "routes": json.loads(output("ip", "-json", "route", "show", "default")),
        "resolvers": [line.split()[1] for line in read("/run/systemd/resolve/resolv.conf").splitlines() if line.startswith("nameserver")],
        "paths": {path: path_of(path) for path in wanted["paths"]},
        "units": {name: unit(name) for name in wanted["units"]},
        "failedUnits": output("systemctl", "list-units", "--failed", "--plain", "--no-legend", "--quiet").splitlines(),
        "cloudInit": json.loads(output("cloud-init", "status", "--long", "--format=json")),
        "schema": outcome("cloud-init", "schema", "--system"),
        "swaps": read("/proc/swaps").splitlines()[1:],
        "sysctls": {name: output("sysctl", "--values", name).strip() for name in wanted["sysctls"]},
        "packages": {name: output("dpkg-query", "--show", "--showformat=${db:Status-Status}", name) for name in wanted["packages"]},
        "rke2": json.loads(read("/run/rke2-stand-in.json") or "null"),
        "journal": output("journalctl", "--boot", "--output=cat", "--unit=rke2-server", "--unit=rke2-agent").splitlines(),
    }
    json.dump(facts, sys.stdout)


def read(path):
    file = pathlib.Path(path)
    return file.read_text().strip() if file.is_file() else ""


def output(*command):
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout


def outcome(*command):
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    return {"status": done.returncode, "words": (done.stdout + done.stderr).strip()}


def first_line(command):
    return (outcome(*command)["words"].splitlines() or [""])[0]


def unit(name):
    return {"enabled": output("systemctl", "is-enabled", name).strip(), "active": output("systemctl", "is-active", name).strip()}


def path_of(path):
    if not os.path.exists(path):
        return None
    stat = os.stat(path)
    is_file = os.path.isfile(path)
    return {
        "mode": f"{stat.st_mode & 0o7777:04o}",
        "owner": f"{pwd.getpwuid(stat.st_uid).pw_name}:{grp.getgrgid(stat.st_gid).gr_name}",
        "sha256": hashlib.sha256(pathlib.Path(path).read_bytes()).hexdigest() if is_file else None,
        "changed": stat.st_ctime_ns // 1000000,
    }


main()
