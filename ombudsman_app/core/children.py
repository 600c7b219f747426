"""Asking the servers that read foreign files and draw papers. They run beside us; we load none of it.

`ask` is for jobs: it waits. It ends in time whatever happens there, with an answer or with ChildFailed.
"""

import json
import os
import socket
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, Literal

from flask import current_app

from ombudsman_app.isolated.wire import (
    AWAY,
    BEGUN,
    BROKEN,
    FULL,
    PACKET_BYTES,
    REFUSED,
    TOO_BIG,
    UNREADABLE,
    bundle,
    packet,
    socket_name,
)

from .clock import monotonic
from .config import Settings

Server = Literal["render", "parse"]
SERVERS: tuple[Server, ...] = ("render", "parse")
LINE_SECONDS = 60.0  # how long one may stand in line
GRACE_SECONDS = 5.0  # the server itself ends the child in time
RESULT_BYTES = 128 * 1024 * 1024


class ChildFailed(Exception):
    """There is no answer. `code` is one of isolated/wire.py: `away`, `full` are worth another try later."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(code, detail)
        self.code, self.detail = code, detail

    @property
    def is_passing(self) -> bool:
        """Whether it lies at the machine, not at what was asked: nothing else would succeed now either."""
        return self.code in (AWAY, FULL)


def ask(
    server: Server,
    task: str,
    head: Mapping[str, Any],
    body: int | bytes | None = None,
    *,
    into: Sequence[int] = (),
    seconds: float,
) -> tuple[dict[str, Any], bytes | None]:
    """Return the answer, and what the child wrote if nobody said where to (`into`).

    `body` is bytes or a descriptor open for reading; `into` are descriptors open for reading and
    writing, which the child fills from their start. All of them stand at their start afterwards.
    """
    settings: Settings = current_app.extensions["settings"]
    return ask_in(settings.run_dir, server, task, head, body, into=into, seconds=seconds)


def ask_in(
    folder: Path,
    server: Server,
    task: str,
    head: Mapping[str, Any],
    body: int | bytes | None = None,
    *,
    into: Sequence[int] = (),
    seconds: float,
) -> tuple[dict[str, Any], bytes | None]:
    """The same, with the folder of the sockets by hand."""
    with ExitStack() as stack:
        descriptors: list[int] = []
        if body is not None:
            descriptors.append(_memory(stack, body) if isinstance(body, bytes) else body)
        result = None if into else _memory(stack, b"")
        outs = list(into) if result is None else [result]
        message = {
            "task": task,
            "head": dict(head),
            "seconds": seconds,
            "has_body": body is not None,
            "outs": len(outs),
        }
        answer = _converse(folder, server, packet(message), [*descriptors, *outs], seconds)
        for descriptor in (*descriptors, *outs):
            os.lseek(descriptor, 0, os.SEEK_SET)
        return answer, None if result is None else _whole(result)


def is_there(folder: Path, server: Server) -> bool:
    """Whether the server listens."""
    try:
        _connect(folder, server, 1.0).close()
    except OSError:
        return False
    return True


def _converse(
    folder: Path, server: Server, message: bytes, descriptors: Sequence[int], seconds: float
) -> dict[str, Any]:
    if len(message) > PACKET_BYTES:
        raise ChildFailed(TOO_BIG, "head")
    try:
        connection = _connect(folder, server, LINE_SECONDS)
    except OSError:
        raise ChildFailed(AWAY) from None
    with connection:
        try:
            socket.send_fds(connection, [message], descriptors)
            said = _hear(connection, LINE_SECONDS)
            if said == BEGUN:
                said = _hear(connection, seconds + GRACE_SECONDS)
        except OSError:  # too slow, or gone in the middle
            raise ChildFailed(AWAY) from None
    if not said:
        raise ChildFailed(AWAY)
    try:
        told = json.loads(said)
        if "answer" in told:
            return dict(told["answer"])
        raise ChildFailed(str(told["failed"]), str(told.get("detail", "")))
    except (ValueError, TypeError, KeyError):
        raise ChildFailed(BROKEN, "answer") from None


def _hear(connection: socket.socket, seconds: float) -> bytes:
    until = monotonic() + seconds
    connection.settimeout(max(0.01, until - monotonic()))
    return connection.recv(PACKET_BYTES + 1)


def _connect(folder: Path, server: Server, seconds: float) -> socket.socket:
    """Connect by way of the folder: its name may be longer than an address of a socket can be."""
    opened = os.open(folder, os.O_PATH | os.O_DIRECTORY | os.O_CLOEXEC)
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    try:
        connection.settimeout(seconds)
        connection.connect(f"/proc/self/fd/{opened}/{socket_name(server)}")
    except OSError:
        connection.close()
        raise
    finally:
        os.close(opened)
    return connection


def _memory(stack: ExitStack, content: bytes) -> int:
    descriptor = os.memfd_create("ask", os.MFD_CLOEXEC)
    stack.callback(os.close, descriptor)
    while content:
        content = content[os.write(descriptor, content) :]
    return descriptor


def _whole(descriptor: int) -> bytes:
    size = os.fstat(descriptor).st_size
    if size > RESULT_BYTES:
        raise ChildFailed(TOO_BIG, "result")
    with os.fdopen(os.dup(descriptor), "rb") as file:
        return file.read()


__all__ = [
    "AWAY",
    "FULL",
    "REFUSED",
    "SERVERS",
    "UNREADABLE",
    "ChildFailed",
    "Server",
    "ask",
    "ask_in",
    "bundle",
    "is_there",
]
