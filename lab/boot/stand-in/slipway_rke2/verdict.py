"""What the stand-in found, on the console and in a file for whoever asks later."""

import json
import os
import socket

from .paths import below

held = []


class Refused(Exception):
    """Something that RKE2 would not run with, or would lose."""


def hold(claim):
    if claim in held:
        return
    held.append(claim)
    say(f"held: {claim}")
    write({"held": held, "refused": None})


def refuse(reason):
    say(f"REFUSED: {reason}")
    write({"held": held, "refused": reason})


def say(words):
    print(f"rke2 stand-in: {words}", flush=True)


def ready(name):
    """ready tells systemd, which holds back whoever waits for this service, and whoever reads the console."""
    say(f"{name} is ready")
    path = os.environ.get("NOTIFY_SOCKET", "")
    if path:
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as notify:
            notify.connect("\0" + path[1:] if path.startswith("@") else path)
            notify.send(b"READY=1")


def write(verdict):
    file = below("/run/rke2-stand-in.json")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(json.dumps(verdict))
