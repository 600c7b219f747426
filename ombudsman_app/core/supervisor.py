"""Starts named parts, brings back what died, ends everything together. Knows nothing of what they do."""

import ctypes
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field

from .clock import monotonic

STOPPING = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
TICK_SECONDS = 0.25
STABLE_SECONDS = 30.0  # who lived that long starts with a clean record
LONGEST_PAUSE_SECONDS = 30.0
TRIES = 5  # short lives in a row before all is given up
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


@dataclass(frozen=True)
class Part:
    """One program that runs beside the others. It gets its own process group."""

    name: str
    command: Sequence[str]
    environment: Mapping[str, str] = field(default_factory=dict)  # beside our own
    is_bare: bool = False  # without our own
    descriptors: tuple[int, ...] = ()  # open files that it inherits
    stop_seconds: float = 20.0  # from the polite request to the end
    is_ready: Callable[[], bool] = lambda: True  # asked several times a second after the start


class Supervisor:
    """Keeps all parts running until a signal asks to stop."""

    def __init__(self, parts: Sequence[Part], *, say: Callable[[str], None]) -> None:
        self._running = [_Running(part, say) for part in parts]
        # Who starts us with nohup or in the background has these ignored; blocking them would undo that.
        self._stopping = {sign for sign in STOPPING if signal.getsignal(sign) is not signal.SIG_IGN}
        self._watched = {*self._stopping, signal.SIGCHLD}

    def run(self, when_ready: Callable[[], None] = lambda: None) -> int:
        """Return the exit code: 0 after a signal, 1 if a part could not be kept alive. Main thread only.

        `when_ready` is called once, when every part has said that it is ready.
        """
        before = signal.pthread_sigmask(signal.SIG_BLOCK, self._watched)
        try:
            return self._watch(when_ready)
        finally:
            self._end()
            signal.pthread_sigmask(signal.SIG_SETMASK, before)

    def _watch(self, when_ready: Callable[[], None]) -> int:
        is_announced = False
        while True:
            for running in self._running:
                running.keep_alive()
                if running.has_failed:
                    return 1
            ready = [running.is_ready() for running in self._running]
            if all(ready) and not is_announced:
                is_announced = True
                when_ready()
            if self._is_asked_to_stop():
                return 0

    def _end(self) -> None:
        """Ask all, wait, then insist. A second signal insists at once. No process of a part is left."""
        for running in self._running:
            running.ask_to_stop()
        is_patient = True
        while any(running.is_alive() for running in self._running):
            if self._is_asked_to_stop():
                is_patient = False
            for running in self._running:
                if not is_patient or running.is_overdue():
                    running.kill()
        for running in self._running:
            running.kill()

    def _is_asked_to_stop(self) -> bool:
        """Wait a moment, or until a signal comes; a child that ended also wakes us."""
        received = signal.sigtimedwait(self._watched, TICK_SECONDS)
        return received is not None and received.si_signo in self._stopping


class _Running:
    def __init__(self, part: Part, say: Callable[[str], None]) -> None:
        self.part = part
        self._say = say
        self._child: subprocess.Popen[bytes] | None = None
        self._started_at = self._asked_at = 0.0
        self._next_start_at = 0.0
        self._short_lives = 0
        self._was_ready = self._is_mourned = False
        self.has_failed = False

    def is_alive(self) -> bool:
        return self._child is not None and self._child.poll() is None

    def is_ready(self) -> bool:
        self._was_ready = self._was_ready or (self.is_alive() and self.part.is_ready())
        return self._was_ready

    def is_overdue(self) -> bool:
        return monotonic() - self._asked_at > self.part.stop_seconds

    def keep_alive(self) -> None:
        """Start it, or note its death and start it again after a pause that doubles each time."""
        if self.is_alive():
            return
        if self._child is not None and not self._is_mourned:
            self._mourn(self._child)
        if not self.has_failed and monotonic() >= self._next_start_at:
            self._start()

    def _start(self) -> None:
        self.kill()  # what the one before left behind has had its pause to finish
        self._is_mourned = False
        self._started_at = monotonic()
        self._child = subprocess.Popen(  # noqa: S603 - our own parts, no shell
            self.part.command,
            env={**({} if self.part.is_bare else os.environ), **self.part.environment},
            pass_fds=self.part.descriptors,
            start_new_session=True,  # Ctrl-C reaches us alone, and we end the parts in order
            preexec_fn=_prepare_child,  # noqa: PLW1509 - we have one thread
        )

    def _mourn(self, child: subprocess.Popen[bytes]) -> None:
        lived = monotonic() - self._started_at
        self._short_lives = 0 if lived > STABLE_SECONDS else self._short_lives + 1
        pause = min(2.0**self._short_lives / 4, LONGEST_PAUSE_SECONDS)
        self._next_start_at = monotonic() + pause
        self._is_mourned = True
        self._signal_group(signal.SIGTERM)  # its children may still be serving somebody
        ended = f"{self.part.name}: ended with {child.returncode}"
        # What never worked will not work the next time either; what did may only have met bad luck.
        if not self._was_ready:
            self.has_failed = True
            self._say(f"{ended} before it was ready; giving up.")
        elif self._short_lives >= TRIES:
            self.has_failed = True
            self._say(f"{ended} right after its start, {TRIES} times in a row; giving up.")
        else:
            self._say(f"{ended}; starting again in {pause:g} s.")

    def ask_to_stop(self) -> None:
        self._asked_at = monotonic()
        if self._child is not None and self.is_alive():
            self._child.terminate()

    def kill(self) -> None:
        """End its whole process group, with whatever it started."""
        self._signal_group(signal.SIGKILL)

    def _signal_group(self, sign: signal.Signals) -> None:
        if self._child is not None:
            with suppress(ProcessLookupError):
                os.killpg(self._child.pid, sign)


def _prepare_child() -> None:
    signal.pthread_sigmask(signal.SIG_SETMASK, ())
    # Should we be killed outright, the kernel asks the part to stop: nothing is left behind.
    _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
