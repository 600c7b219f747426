"""An estimate as it is kept: with the rates of its day and a fingerprint."""

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from .minimum_wages import FILE, minimum_wages
from .rates import rates


def rate_version() -> str:
    """Return which files of numbers an estimate of today is counted by."""
    return f"{rates().version}, {FILE.name} {minimum_wages().version}"


def digest_of(kind: str, inputs: Mapping[str, Any], rate_version: str, result: Mapping[str, Any]) -> str:
    """Return the SHA-256 of all that decides and all that came of it, keys in order."""
    whole = {"kind": kind, "inputs": dict(inputs), "rates": rate_version, "result": dict(result)}
    return sha256(json.dumps(whole, sort_keys=True, separators=(",", ":")).encode()).hexdigest()
