"""The real fork server with tasks that misbehave; a program for test_children.py."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

from ombudsman_app.isolated.fence import MIB, Limits
from ombudsman_app.isolated.server import Ask, ForkServer
from ombudsman_app.isolated.wire import TaskFailed


def echo(ask: Ask) -> dict[str, Any]:
    body = b"" if ask.body is None else os.read(ask.body, 1024)
    os.write(ask.outs[0], body.upper())
    return {"heard": len(body), "head": dict(ask.head)}


def die(_ask: Ask) -> dict[str, Any]:
    os.kill(os.getpid(), signal.SIGKILL)
    return {}


def eat(_ask: Ask) -> dict[str, Any]:
    eaten = []
    while True:
        eaten.append(bytearray(8 * MIB))


def spin(_ask: Ask) -> dict[str, Any]:
    while True:
        pass


def sleep(ask: Ask) -> dict[str, Any]:
    os.write(ask.outs[0], str(os.getpid()).encode())
    time.sleep(600)
    return {}


def flood(ask: Ask) -> dict[str, Any]:
    while True:
        os.write(ask.outs[0], bytes(MIB))


def chatter(_ask: Ask) -> dict[str, Any]:
    return {"words": "x" * MIB}


def overflow(_ask: Ask) -> dict[str, Any]:
    for descriptor in range(3, 32):
        try:
            while True:
                os.write(descriptor, bytes(65_536))
        except OSError:
            continue
    return {}


def breed(ask: Ask) -> dict[str, Any]:
    """Leave a process behind that ran out of our group."""
    left = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=True)
    return {"left": left.pid}


def fail(_ask: Ask) -> dict[str, Any]:
    raise ZeroDivisionError("words of the file")


def scribble(_ask: Ask) -> dict[str, Any]:
    """Need a file of one's own on the way."""
    Path("draft").write_bytes(bytes(MIB))
    return {}


def refuse(_ask: Ask) -> dict[str, Any]:
    raise TaskFailed("refused", "asset")


def look(_ask: Ask) -> dict[str, Any]:
    """Tell what can be reached from in here."""
    return {
        "files": len(list(Path("/proc/self/fd").iterdir())),
        "no_new_privileges": "NoNewPrivs:\t1" in Path("/proc/self/status").read_text(),
        "nice": os.nice(0),
    }


TASKS = (echo, die, eat, spin, sleep, flood, chatter, overflow, breed, fail, scribble, refuse, look)

if __name__ == "__main__":
    ForkServer(
        Path(sys.argv[1]),
        "parse",
        {task.__name__: task for task in TASKS},
        limits=Limits(memory_bytes=128 * MIB, file_bytes=4 * MIB, may_start_others=True),
    ).run()
