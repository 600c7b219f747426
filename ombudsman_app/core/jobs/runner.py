"""The embedded runner: one process that takes jobs from the table and has each done by a child."""

import os
import select
import signal
import socket
from contextlib import suppress

from flask import Flask
from sqlalchemy.exc import SQLAlchemyError

from ombudsman_app.core.clock import monotonic
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db, read_only
from ombudsman_app.core.logs import logger

from .attempt import Attempt
from .claiming import STOPPED, claim, due_exists, give_up
from .relay import EVERY_SECONDS, look_after
from .waking import READY, drain, open_pipe

LOOK_SECONDS = 5.0  # without a nudge
TEND_SECONDS = 1.0  # while something runs
AFTER_TROUBLE_SECONDS = 1.0


class Runner:
    """Runs until a signal asks to stop. What it was doing then waits again, and costs no attempt."""

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._settings: Settings = app.extensions["settings"]
        self._running: list[Attempt] = []
        self._is_asked_to_stop = False
        self._looked_after = float("-inf")
        self._woken, self._waker = socket.socketpair()
        for end in (self._woken, self._waker):
            end.setblocking(False)

    def run(self) -> None:
        """Work. Main thread only."""
        signal.set_wakeup_fd(self._waker.fileno(), warn_on_full_buffer=False)
        for sign in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(sign, self._stop)
        signal.signal(signal.SIGCHLD, lambda _sign, _frame: None)
        pipe = open_pipe(self._settings.run_dir)
        ready = self._settings.run_dir / READY
        ready.touch(mode=0o600)  # empty: a full disk is no reason not to work
        try:
            while not self._is_asked_to_stop:
                self._wait(pipe, self._round())
        finally:
            self._end()
            ready.unlink(missing_ok=True)
            os.close(pipe)

    def _stop(self, _sign: int, _frame: object) -> None:
        self._is_asked_to_stop = True

    def _round(self) -> float:
        """Do what is due; return after how many seconds to look again."""
        try:
            for attempt in tuple(self._running):
                if attempt.is_over():
                    self._running.remove(attempt)
            if monotonic() - self._looked_after > EVERY_SECONDS:
                with self._app.app_context():
                    look_after()
                self._looked_after = monotonic()
            while len(self._running) < self._settings.job_slots and self._take():
                pass
        except SQLAlchemyError as away:
            logger.warning("the database cannot be asked", code=type(away).__name__)
            return AFTER_TROUBLE_SECONDS
        return TEND_SECONDS if self._running else LOOK_SECONDS

    def _take(self) -> bool:
        with self._app.app_context():
            read_only(True)
            is_due = due_exists()
        if not is_due:
            return False
        with self._app.app_context():
            claimed = claim()
            db.session.remove()
        if claimed is None:
            return False
        self._running.append(Attempt(self._app, claimed))
        return True

    def _wait(self, pipe: int, seconds: float) -> None:
        select.select([pipe, self._woken.fileno()], [], [], seconds)
        drain(pipe)
        with suppress(BlockingIOError):
            while self._woken.recv(4096):
                pass

    def _end(self) -> None:
        for attempt in self._running:
            attempt.kill(STOPPED)
        for attempt in self._running:
            with suppress(ChildProcessError):
                os.waitpid(attempt.pid, 0)
            with suppress(SQLAlchemyError), self._app.app_context():
                give_up(attempt.claimed, STOPPED)
