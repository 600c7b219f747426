"""How an ask and its answer look on the socket. Both ends read this page; it loads nothing.

One packet asks: {"task", "head", "seconds", "has_body", "outs"} with the descriptors beside it (SCM_RIGHTS):
the body, then those to write into. Two packets answer: BEGUN when a child has taken it, then
{"answer": {…}} or {"failed": code, "detail": one word}. What is large never crosses the socket.
"""

import json
from collections.abc import Mapping
from typing import Any

PACKET_BYTES = 64 * 1024
DESCRIPTORS = 5
BEGUN = b"begun"

TOO_BIG = "too_big"  # more memory or output than allowed
TOO_LONG = "too_long"  # more time than allowed
BROKEN = "broken"  # the child fell over or was killed
FULL = "full"  # no room on the disk for what it must write: try again later
AWAY = "away"  # nobody answers, or the server went: try again later
REFUSED = "refused"  # it will not do that: a name outside the asset map, an unknown task
UNREADABLE = "unreadable"  # what was handed in is not what the task reads
CODES = (TOO_BIG, TOO_LONG, BROKEN, FULL, AWAY, REFUSED, UNREADABLE)

PAGE = "page"  # the HTML in a bundle for `render`
_COUNT_BYTES = 8


class TaskFailed(Exception):
    """A task ends without a result. The detail is a word or a name, never text of the file."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail


def socket_name(server: str) -> str:
    return f"{server}.sock"


def bundle(parts: Mapping[str, tuple[bytes, str]]) -> bytes:
    """Return named bytes with their media types as one body."""
    heads = [(name, mime, len(content)) for name, (content, mime) in parts.items()]
    head = json.dumps(heads).encode()
    return b"".join(
        (len(head).to_bytes(_COUNT_BYTES, "big"), head, *(content for content, _mime in parts.values()))
    )


def unbundle(body: bytes) -> dict[str, tuple[bytes, str]]:
    """Return what `bundle` was given. Raises ValueError for anything else."""
    start = _COUNT_BYTES + int.from_bytes(body[:_COUNT_BYTES], "big")
    heads: list[tuple[str, str, int]] = json.loads(body[_COUNT_BYTES:start])
    parts: dict[str, tuple[bytes, str]] = {}
    for name, mime, size in heads:
        parts[name] = (body[start : start + size], mime)
        start += size
    if start != len(body):
        raise ValueError("a bundle of another length")
    return parts


def packet(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message).encode()
