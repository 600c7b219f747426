"""Many clients at once in one thread, each sending promptly, as a proxy does that has read it all."""

import selectors
import socket
from dataclasses import dataclass, field

from ombudsman_app.core.clock import monotonic

from .measuring import percentile
from .serving import Request, Server, WrongAnswer

_PART_BYTES = 1 << 16


@dataclass
class _Open:
    """One connection that waits for its answer."""

    began: float
    read: bytearray = field(default_factory=bytearray)


def ask_at_once(server: Server, request: Request, number: int, clients: int) -> tuple[float, float]:
    """Ask for one page so often, from so many clients; return (pages a second, p95 in milliseconds).

    Raises WrongAnswer.
    """
    waiting, left, took = selectors.DefaultSelector(), number, list[float]()
    began = monotonic()

    def begin() -> None:
        link = socket.create_connection(("127.0.0.1", server.port))
        link.sendall(server.as_bytes(request))
        link.setblocking(False)
        waiting.register(link, selectors.EVENT_READ, _Open(monotonic()))

    with waiting:
        for _ in range(min(clients, number)):
            begin()
            left -= 1
        while waiting.get_map():
            for key, _events in waiting.select():
                link: socket.socket = key.fileobj  # type: ignore[assignment]
                part = link.recv(_PART_BYTES)
                if part:
                    key.data.read += part
                    continue
                waiting.unregister(link)
                link.close()
                _refuse_other_than(request.status, bytes(key.data.read[:20]), request.path)
                took.append((monotonic() - key.data.began) * 1_000)
                if left:
                    begin()
                    left -= 1
    return number / (monotonic() - began), percentile(took, 95)


def _refuse_other_than(status: int, head: bytes, path: str) -> None:
    if head.split(b" ")[1:2] != [str(status).encode()]:
        raise WrongAnswer(f"{path} answered {head!r}, not {status}")
