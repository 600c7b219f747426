"""One attempt in a process of its own: whatever it does, the parent lives, and can say why it ended."""

import ctypes
import os
import resource
import signal
import sys
from contextlib import suppress

from flask import Flask

from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.faults import crash_point
from ombudsman_app.core.logs import logger

from .claiming import LEASE, Claim, beat, give_up
from .registry import MEMORY_BYTES, TIME_SECONDS, kind_of
from .work import perform

BEAT_SECONDS = LEASE.total_seconds() / 3
LOWER_PRIORITY = 10  # pages go first
_PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None)


def _address_space() -> int:
    """Return how many bytes of addresses this process has taken."""
    with open("/proc/self/statm", encoding="ascii") as file:  # noqa: PTH123 - early in a child, as little as can be
        return int(file.read().split()[0]) * resource.getpagesize()


class Attempt:
    """A child that works on a claimed job. The parent has one thread and no open connection when it forks."""

    def __init__(self, app: Flask, claimed: Claim) -> None:
        self.claimed = claimed
        self._app = app
        kind = kind_of(claimed.kind)
        self._seconds = kind.time_limit_seconds if kind else TIME_SECONDS
        self._memory = kind.memory_bytes if kind else MEMORY_BYTES
        self._began = self._beaten = monotonic()
        self._killed_for = ""
        self._ended_with: int | None = None
        app.extensions["engine"].dispose()
        parent = os.getpid()
        self.pid = os.fork()
        if self.pid == 0:
            self._be_the_child(parent)

    def _be_the_child(self, parent: int) -> None:
        """Never returns."""
        code = 1
        try:
            _libc.prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)  # a worker without its parent has no lease
            if os.getppid() != parent:
                os._exit(1)
            os.setsid()
            for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGCHLD):
                signal.signal(sign, signal.SIG_DFL)
            signal.set_wakeup_fd(-1)
            signal.pthread_sigmask(signal.SIG_SETMASK, ())
            os.nice(LOWER_PRIORITY)
            most = _address_space() + self._memory  # on top of what the parent had: it may be large
            resource.setrlimit(resource.RLIMIT_AS, (most, most))
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            perform(self._app, self.claimed)
            code = 0
        except BaseException as failed:
            with suppress(BaseException):
                logger.error("attempt ended", code=type(failed).__name__, exc_info=failed)
        finally:
            with suppress(BaseException):
                sys.stderr.flush()
            os._exit(code)

    def is_over(self) -> bool:
        """Look after the child: reap it, keep its lease, end it when its time is up. True once it is gone."""
        if self._ended_with is None:
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if not pid:
                self._tend()
                return False
            self._ended_with = status
        self._settle(self._ended_with)  # again next time where the database is away just now
        return True

    def _tend(self) -> None:
        instant = monotonic()
        if instant - self._began > self._seconds and not self._killed_for:
            self.kill("too_long")
        elif instant - self._beaten > BEAT_SECONDS:
            self._beaten = instant
            crash_point("jobs.parent.beat")
            with self._app.app_context():
                is_mine = beat(self.claimed)
            if not is_mine:
                self.kill("lost")

    def kill(self, reason: str) -> None:
        """End the child and whatever it started."""
        self._killed_for = reason
        with suppress(ProcessLookupError):
            os.killpg(self.pid, signal.SIGKILL)
        with suppress(ProcessLookupError):
            os.kill(self.pid, signal.SIGKILL)

    def _settle(self, status: int) -> None:
        """Write down what the child could not."""
        if status == 0:
            return
        with self._app.app_context():
            give_up(self.claimed, self._killed_for or "lost")
