"""The hash that ties one entry to the one before."""

import hashlib
import json
from collections.abc import Mapping
from typing import Any

GENESIS = "0" * 64


def chained_hash(seq: int, previous: str, entry: Mapping[str, Any]) -> str:
    """Return the SHA-256 over an entry in canonical JSON, its place and the hash before."""
    text = json.dumps(
        {
            "seq": seq,
            "previous": previous,
            "at": entry["at"].isoformat(timespec="microseconds"),
            "event": entry["event"],
            "actor_id": entry["actor_id"],
            "roles": entry["roles"],
            "subject": [entry["subject_type"], entry["subject_id"]],
            "reason": entry["reason"],
            "changes": entry["changes"],
            "request_id": entry["request_id"],
        },
        sort_keys=True,
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return hashlib.sha256(text.encode()).hexdigest()
