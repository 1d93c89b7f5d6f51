"""config.yaml and config.yaml.d as RKE2 merges them (docs.rke2.io/install/configuration)."""

import json
import pathlib

import yaml

from . import paths
from .verdict import Refused, hold


class Config:
    def __init__(self, values):
        self.values = values

    def text(self, key):
        found = self.values.get(key)
        return None if not found else found[-1]

    def list(self, key):
        return [word for value in self.values.get(key, []) for word in value.split(",")]

    def required(self, key):
        found = self.text(key)
        if found is None:
            raise Refused(f"config.yaml has no {key}")
        return found

    def critical(self):
        """critical values, which every server of a cluster must have alike."""
        return {key: self.values.get(key, []) for key in legal()["critical"]}


def read(role):
    allowed = set(legal()[role])
    values = {}
    for file in files():
        private(file)
        for written, value in mapping(file).items():
            key = written.removesuffix("+")
            if key not in allowed:
                raise Refused(f"{shown(file)} has {key}, which `rke2 {role}` does not know")
            words = [text(each) for each in (value if isinstance(value, list) else [value])]
            values[key] = values.get(key, []) + words if written.endswith("+") else words
    hold(f"`rke2 {role}` knows every key of its configuration: {', '.join(sorted(values))}")
    return Config(values)


def secret(file):
    """secret reads a file that nobody but root may read."""
    path = paths.below(file)
    if not path.is_file():
        raise Refused(f"{file} is not there")
    private(path)
    return path.read_text().strip()


def private(path):
    mode = path.stat().st_mode & 0o777
    if mode != 0o600:
        raise Refused(f"{shown(path)} has mode {mode:04o}: it must be 0600")


def shown(path):
    return "/" + str(path.relative_to(paths.below("/")))


def legal():
    return json.loads((pathlib.Path(__file__).parent / "keys.json").read_text())


def files():
    main, folder = paths.below(paths.config), paths.below(paths.drop_ins)
    if not main.is_file():
        raise Refused(f"{paths.config} is not there")
    return [main, *sorted(folder.glob("*.yaml"))] if folder.is_dir() else [main]


def mapping(file):
    try:
        found = yaml.safe_load(file.read_text())
    except yaml.YAMLError as error:
        raise Refused(f"{shown(file)} is no YAML: {error}") from error
    if not isinstance(found, dict):
        raise Refused(f"{shown(file)} is no list of keys and values")
    return found


def text(value):
    return str(value).lower() if isinstance(value, bool) else str(value)
