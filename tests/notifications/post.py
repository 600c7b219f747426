"""A post office for tests: it does as a script says, down to the single line."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from flask import Flask
from sqlalchemy import select, update

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.notifications.models import Message

HAND_OVER = 20  # rounds of sending that a test may need


def sent_rounds(app: Flask, kind: str = "notifications.send") -> None:
    """Do what is due of one kind of work, as a worker would, in this process."""
    for _ in range(HAND_OVER):
        with app.app_context():
            due = db.session.scalar(
                select(Job.uuid).where(
                    Job.kind == kind, Job.state == JobState.WAITING, Job.run_after <= now()
                )
            )
            db.session.rollback()
            if due is None:
                return
            claimed = claim(due)
            db.session.remove()
        assert claimed is not None
        perform(app, claimed)
    raise AssertionError("it never ends")


def messages(app: Flask) -> list[Message]:
    with app.app_context():
        found = db.session.scalars(
            select(Message).order_by(Message.id).execution_options(populate_existing=True)
        ).all()
        for one in found:
            db.session.expunge(one)
        return list(found)


def only_message(app: Flask) -> Message:
    (found,) = messages(app)
    return found


def make_due(app: Flask) -> None:
    """Let the pause before the next try pass."""
    with app.app_context():
        command(lambda: db.session.execute(update(Message).values(next_try_at=now())))()
        command(lambda: db.session.execute(update(Job).values(run_after=now())))()


class Box:
    """What a server took, in the order in which it did."""

    def __init__(self) -> None:
        self.raw: list[bytes] = []
        self.to: list[str] = []
        self.envelopes: list[dict[str, Any]] = []

    def mails(self) -> list[EmailMessage]:
        return [message_from_bytes(raw, policy=policy.default) for raw in self.raw]  # type: ignore[misc]


_TO_ADDRESS = {"busy": "450 4.2.1 later", "no": "550 5.1.1 no such user <x@example.test>"}


class ScriptedServer:
    """Speaks SMTP until its script says otherwise.

    `script`: one word for each connection, the last one for all that follow. `ok`; `cut_in_data` hangs up
    after the first line of the text; `cut_after_dot` takes the text and hangs up without a word; `busy` and
    `no` answer 450 and 550 to the address; `busy_after_dot` and `no_after_dot` to the text.
    """

    def __init__(self, *script: str) -> None:
        self.script, self.box = list(script) or ["ok"], Box()
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = self._socket.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._socket.shutdown(socket.SHUT_RDWR)  # wakes who waits for the next one
        self._socket.close()
        self._thread.join(timeout=20)

    def _serve(self) -> None:
        while True:
            try:
                line, _address = self._socket.accept()
            except OSError:
                return
            word = self.script[min(self.connections, len(self.script) - 1)]
            self.connections += 1
            with suppress(BrokenPipeError, ConnectionResetError, ValueError), line:
                self._talk(line, line.makefile("rb"), word)

    def _talk(self, line: socket.socket, reading: Any, word: str) -> None:
        def say(text: str) -> None:
            line.sendall(text.encode() + b"\r\n")

        say("220 test ESMTP")
        to = ""
        while said := reading.readline().decode().strip():
            verb = said.split(" ")[0].upper()
            if verb == "EHLO":
                say("250-test\r\n250 DSN")
            elif verb == "MAIL":
                self.box.envelopes.append({"mail": said})
                say("250 2.1.0 ok")
            elif verb == "RCPT":
                to = said
                say(_TO_ADDRESS.get(word, "250 ok"))
            elif verb == "DATA":
                say("354 go on")
                if word == "cut_in_data":
                    reading.readline()
                    return
                self._take(reading, to)
                if word == "cut_after_dot":
                    return
                after = {"busy_after_dot": "451 4.3.0 later", "no_after_dot": "554 5.7.1 no"}
                if word in after:
                    self.box.raw.pop()
                say(after.get(word, "250 2.0.0 taken"))
            elif verb == "QUIT":
                say("221 bye")
                return
            else:
                say("250 ok")

    def _take(self, reading: Any, to: str) -> None:
        lines = []
        while (part := reading.readline()) != b".\r\n":
            if not part:
                raise ValueError("cut before the end")
            lines.append(part[1:] if part.startswith(b"..") else part)
        self.box.raw.append(b"".join(lines))
        self.box.to.append(to)


@contextmanager
def scripted(*script: str) -> Iterator[ScriptedServer]:
    server = ScriptedServer(*script)
    try:
        yield server
    finally:
        server.close()


@contextmanager
def mailing(app: Flask, port: int, **more: Any) -> Iterator[None]:
    """Let the house mail through a server on this machine."""
    before = app.extensions["settings"]
    app.extensions["settings"] = replace(
        before,
        mail_server="127.0.0.1",
        mail_port=port,
        mail_security=more.pop("mail_security", "none"),
        mail_from="no-reply@lapor.example.test",
        mail_bounces_to="bounces@lapor.example.test",
        **more,
    )
    try:
        yield
    finally:
        app.extensions["settings"] = before
