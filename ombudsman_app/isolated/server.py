"""A server that forks for each document: preloaded, one thread, no keys, no network, strict limits.

It listens on `<folder>/<name>.sock`, a folder that only our own user may enter. It accepts no more asks than
it has room for children; the rest wait in the kernel's line. A child writes into descriptors of the
asker, and the answer goes out only after the child and all it started are dead.
"""

import array
import fcntl
import gc
import json
import os
import selectors
import shutil
import signal
import socket
import sys
import time
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

from . import fence
from .wire import (
    AWAY,
    BEGUN,
    BROKEN,
    DESCRIPTORS,
    FULL,
    PACKET_BYTES,
    REFUSED,
    TOO_BIG,
    TOO_LONG,
    UNREADABLE,
    TaskFailed,
    packet,
    socket_name,
)

BACKLOG = 64
LOCK_SECONDS = 10.0
ASK_SECONDS = 5.0  # from the greeting to the whole ask
SENDABLE_SECONDS = 1.0
MOST_SECONDS = 600.0
NICENESS = 10  # pages go first (performance.md)
_CREDENTIALS_BYTES = 12


@dataclass(frozen=True)
class Ask:
    """What a task gets: a head, and open files."""

    head: Mapping[str, Any]
    body: int | None
    outs: tuple[int, ...]


Task = Callable[[Ask], dict[str, Any]]


@dataclass(frozen=True)
class _Room:
    """What a child has beside its ask."""

    answer: int  # writing end of its pipe
    scratch: Path
    limits: fence.Limits
    seconds: float


@dataclass
class _Child:
    pid: int
    process: int  # pidfd
    answer: int  # reading end of its pipe
    asker: socket.socket
    ends_at: float
    scratch: Path
    said: bytearray = field(default_factory=bytearray)
    killed_for: str = ""


class ForkServer:
    """Runs until a signal asks to stop."""

    def __init__(
        self,
        folder: Path,
        name: str,
        tasks: Mapping[str, Task],
        *,
        limits: fence.Limits,
        children_at_once: int = 2,
    ) -> None:
        self._folder, self._name, self._tasks = folder, name, tasks
        self._limits, self._room = limits, children_at_once
        self._scratch = folder / f"{name}.scratch"
        self._select = selectors.DefaultSelector()
        self._children: dict[int, _Child] = {}
        self._greeted: dict[socket.socket, float] = {}  # connected, has not asked yet
        self._is_listening = False
        self._stopping = False

    def run(self) -> None:
        """Serve. Main thread only; nothing of the library may have started a thread."""
        os.umask(0o077)
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._listener = self._listen()
        woken, waker = os.pipe2(os.O_NONBLOCK | os.O_CLOEXEC)
        signal.set_wakeup_fd(waker, warn_on_full_buffer=False)
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._stop)
        signal.signal(signal.SIGPIPE, signal.SIG_IGN)
        fence.adopt_orphans()
        with suppress(OSError):  # a unit may forbid it, and has its own
            os.nice(NICENESS)
        gc.collect()
        gc.freeze()
        self._select.register(woken, selectors.EVENT_READ, lambda: _drain(woken))
        try:
            while not self._stopping:
                self._look_at_room()
                for key, _events in self._select.select(self._until_next()):
                    if self._select.get_map().get(key.fileobj) == key:  # not ended by the one before
                        key.data()
                self._end_the_late()
        finally:
            for child in list(self._children.values()):
                self._kill(child, BROKEN)
                os.waitpid(child.pid, 0)
            self._listener.close()
            shutil.rmtree(self._scratch, ignore_errors=True)

    def _stop(self, _sign: int, _frame: object) -> None:
        self._stopping = True

    def _listen(self) -> socket.socket:
        """Take the place of the server before us, once it is gone. A long folder name is no obstacle."""
        folder = os.open(self._folder, os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC)
        lock = os.open(f"{self._name}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600, dir_fd=folder)
        until = time.monotonic() + LOCK_SECONDS
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > until:
                    sys.exit(f"{self._name}: another server works in this folder.")
                time.sleep(0.05)
        with suppress(FileNotFoundError):
            os.unlink(socket_name(self._name), dir_fd=folder)
        shutil.rmtree(self._scratch, ignore_errors=True)
        self._scratch.mkdir(mode=0o700)
        listener = socket.socket(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        listener.bind(f"/proc/self/fd/{folder}/{socket_name(self._name)}")
        listener.listen(BACKLOG)
        listener.setblocking(False)
        os.close(folder)
        return listener

    def _look_at_room(self) -> None:
        """Accept only what can begin at once."""
        has_room = len(self._children) + len(self._greeted) < self._room
        if has_room and not self._is_listening:
            self._select.register(self._listener, selectors.EVENT_READ, self._greet)
        elif not has_room and self._is_listening:
            self._select.unregister(self._listener)
        self._is_listening = has_room

    def _until_next(self) -> float | None:
        ends = [child.ends_at for child in self._children.values()] + list(self._greeted.values())
        return max(0.0, min(ends) - time.monotonic()) if ends else None

    def _end_the_late(self) -> None:
        for child in list(self._children.values()):
            if time.monotonic() >= child.ends_at and not child.killed_for:
                self._kill(child, TOO_LONG)
        for asker, until in list(self._greeted.items()):
            if time.monotonic() >= until:
                self._part_from(asker)

    def _greet(self) -> None:
        try:
            asker, _ = self._listener.accept()
        except OSError:
            return
        credentials = asker.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS_BYTES)
        if array.array("i", credentials)[1] not in (0, os.getuid()):
            asker.close()
            return
        asker.settimeout(SENDABLE_SECONDS)
        self._greeted[asker] = time.monotonic() + ASK_SECONDS
        self._select.register(asker, selectors.EVENT_READ, lambda: self._take(asker))

    def _part_from(self, asker: socket.socket) -> None:
        del self._greeted[asker]
        self._select.unregister(asker)
        asker.close()

    def _take(self, asker: socket.socket) -> None:
        """Read the ask and fork for it."""
        self._select.unregister(asker)
        del self._greeted[asker]
        descriptors: list[int] = []
        try:
            said, descriptors, flags, _ = socket.recv_fds(asker, PACKET_BYTES, DESCRIPTORS)
            if not said:
                return  # only a look whether we are here
            if flags & (socket.MSG_CTRUNC | socket.MSG_TRUNC):
                raise ValueError("cut off")
            asked = json.loads(said)
            task = self._tasks.get(asked["task"])
            has_body, outs = bool(asked["has_body"]), int(asked["outs"])
            if task is None or len(descriptors) != has_body + outs:
                raise ValueError("not an ask")
            ask = Ask(asked["head"], descriptors[0] if has_body else None, tuple(descriptors[has_body:]))
            seconds = min(float(asked["seconds"]), MOST_SECONDS)
            self._fork(asker, task, ask, seconds)
        except OSError as failed:  # no room for its folder, no process to be had: not the fault of the ask
            _tell(asker, {"failed": FULL if fence.is_full(failed) else AWAY, "detail": "OSError"})
        except (ValueError, KeyError, TypeError):
            _tell(asker, {"failed": REFUSED, "detail": "ask"})
        finally:
            for descriptor in descriptors:
                os.close(descriptor)
            if all(child.asker is not asker for child in self._children.values()):
                asker.close()

    def _fork(self, asker: socket.socket, task: Task, ask: Ask, seconds: float) -> None:
        scratch = self._scratch / os.urandom(8).hex()
        scratch.mkdir(mode=0o700)
        reading, writing = os.pipe2(os.O_CLOEXEC)
        ours = os.getpid()
        pid = os.fork()
        if pid == 0:
            _be_the_child(ours, task, ask, _Room(writing, scratch, self._limits, seconds))
        os.close(writing)
        os.set_blocking(reading, False)
        with suppress(OSError):
            os.setpgid(pid, pid)  # whichever of the two is first
        child = _Child(pid, os.pidfd_open(pid), reading, asker, time.monotonic() + seconds, scratch)
        self._children[pid] = child
        self._select.register(child.process, selectors.EVENT_READ, lambda: self._bury(child))
        self._select.register(child.answer, selectors.EVENT_READ, lambda: self._hear(child))
        self._select.register(asker, selectors.EVENT_READ, lambda: self._on_asker(child))
        with suppress(OSError):
            asker.send(BEGUN)

    def _on_asker(self, child: _Child) -> None:
        """Whoever asked has gone (or talks out of turn): nobody waits for this child any more."""
        self._select.unregister(child.asker)
        self._kill(child, BROKEN)

    def _hear(self, child: _Child) -> None:
        try:
            said = os.read(child.answer, PACKET_BYTES)
        except BlockingIOError:
            return
        child.said += said
        if len(child.said) > PACKET_BYTES:
            self._kill(child, TOO_BIG)
        if not said or child.killed_for:
            self._select.unregister(child.answer)

    def _kill(self, child: _Child, why: str) -> None:
        child.killed_for = child.killed_for or why
        _kill_group(child.pid)

    def _bury(self, child: _Child) -> None:
        """Tell the asker, once nothing of the child is left."""
        _pid, status = os.waitpid(child.pid, 0)
        _kill_group(child.pid)
        for descriptor in (child.process, child.answer, child.asker):
            with suppress(KeyError, ValueError):
                if descriptor is child.answer:
                    self._hear(child)
                self._select.unregister(descriptor)
        del self._children[child.pid]
        fence.kill_orphans(set(self._children))
        _tell(child.asker, _answer_of(child, os.waitstatus_to_exitcode(status)))
        child.asker.close()
        os.close(child.process)
        os.close(child.answer)
        shutil.rmtree(child.scratch, ignore_errors=True)


def _answer_of(child: _Child, code: int) -> dict[str, Any]:
    if child.killed_for:
        return {"failed": child.killed_for}
    if code == -signal.SIGXCPU:
        return {"failed": TOO_LONG}
    try:
        said = json.loads(bytes(child.said)) if code == 0 else None
    except ValueError:
        said = None
    return said if isinstance(said, dict) else {"failed": BROKEN, "detail": f"ended with {code}"}


def _be_the_child(parent: int, task: Task, ask: Ask, room: _Room) -> NoReturn:
    """Do the one thing and vanish. Nothing of the parent's clean-up runs here."""
    try:
        gc.disable()
        kept = [*ask.outs, room.answer, *([] if ask.body is None else [ask.body])]
        fence.go_inside(parent, kept, room.scratch, room.limits, room.seconds)
        for descriptor in [*ask.outs, *([] if ask.body is None else [ask.body])]:
            os.lseek(descriptor, 0, os.SEEK_SET)
        said = packet({"answer": task(ask)})
        if len(said) > PACKET_BYTES:
            said = packet({"failed": TOO_BIG, "detail": "answer"})
    except TaskFailed as failed:
        said = packet({"failed": failed.code, "detail": failed.detail})
    except MemoryError:
        said = packet({"failed": TOO_BIG, "detail": "memory"})
    except OSError as failed:
        said = packet({"failed": _code_of(failed), "detail": "OSError"})
    except UnicodeError:
        said = packet({"failed": UNREADABLE, "detail": "text"})
    except BaseException as failed:
        said = packet({"failed": BROKEN, "detail": type(failed).__name__})
    with suppress(OSError):
        while said:
            said = said[os.write(room.answer, said) :]
    os._exit(0)


def _code_of(failed: OSError) -> str:
    if fence.is_full(failed):
        return FULL
    return TOO_BIG if fence.is_limit(failed) else BROKEN


def _kill_group(pid: int) -> None:
    for end in (os.killpg, os.kill):
        with suppress(ProcessLookupError, PermissionError):
            end(pid, signal.SIGKILL)


def _tell(asker: socket.socket, message: Mapping[str, Any]) -> None:
    with suppress(OSError):
        asker.send(packet(message))


def _drain(pipe: int) -> None:
    with suppress(BlockingIOError):
        while os.read(pipe, 4096):
            pass
