"""Text messages go to one gateway: signed, once, and nowhere else (FB2)."""

import hashlib
import hmac
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from ombudsman_app.complaints.commands import write_to_reporter
from ombudsman_app.core.config import refuse_unsafe
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.notifications.states import MessageState

from ..factories.complaints import NARRATIVE, ComplaintFactory, TeamFactory
from .post import make_due, messages, only_message, sent_rounds

KEY = b"k" * 32
PERSON = {"full_name": "Demo Bertelepon", "phone": "0812 7654 3219"}


class Receiver:
    """A gateway: keeps what came, and answers with the codes it was given, the last one for ever."""

    def __init__(self, *codes: int) -> None:
        self.codes, self.got = list(codes) or [202], list[tuple[dict[str, str], bytes]]()
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers["Content-Length"]))
                receiver.got.append((dict(self.headers.items()), body))
                code = receiver.codes[min(len(receiver.got), len(receiver.codes)) - 1]
                self.send_response(code)
                if code == 302:
                    self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_args: Any) -> None:
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.port = self._server.server_address[1]
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(timeout=20)


@contextmanager
def texting(app: Flask, folder: Path, *codes: int) -> Iterator[Receiver]:
    receiver, before = Receiver(*codes), app.extensions["settings"]
    key = folder / "text.key"
    key.write_bytes(KEY)
    key.chmod(0o600)
    address = f"http://127.0.0.1:{receiver.port}/send"
    app.extensions["settings"] = replace(before, text_gateway=address, text_key_file=key)
    try:
        yield receiver
    finally:
        app.extensions["settings"] = before
        receiver.close()


def answered(app: Flask) -> str:
    """Return the ticket of a case of somebody who gave a telephone number alone."""
    with app.app_context():
        case = ComplaintFactory(identity=PERSON)
        write_to_reporter(case, "Mohon kirim tanda terima.", form_key="a", actor=TeamFactory().intake)
        return case.ticket


def test_given_a_number_alone_then_a_signed_message_with_ticket_and_link_goes_there(
    app: Flask, tmp_path: Path
) -> None:
    ticket = answered(app)

    with texting(app, tmp_path) as gateway:
        sent_rounds(app)

    ((headers, body),) = gateway.got
    said = json.loads(body)
    assert said["to"] == "+6281276543219"
    assert ticket in said["text"]
    assert "http://localhost:8000/lacak" in said["text"]
    assert not [word for word in (NARRATIVE, "Bertelepon", "Mamuju", "tanda terima") if word in said["text"]]
    signed = f"{headers['X-Kawal-Timestamp']}.".encode() + body
    assert headers["X-Kawal-Signature"] == "v1=" + hmac.new(KEY, signed, hashlib.sha256).hexdigest()
    assert headers["Idempotency-Key"] == said["id"] == str(only_message(app).uuid)
    assert only_message(app).state is MessageState.SENT


def test_given_a_gateway_that_says_later_then_the_key_is_the_same_at_every_try(
    app: Flask, tmp_path: Path
) -> None:
    answered(app)
    with texting(app, tmp_path, 503, 429, 202) as gateway:
        for _ in range(4):
            sent_rounds(app)
            make_due(app)
    assert len({headers["Idempotency-Key"] for headers, _body in gateway.got}) == 1
    assert (len(gateway.got), only_message(app).state) == (3, MessageState.SENT)


def test_given_a_gateway_that_refuses_the_number_then_it_ends(app: Flask, tmp_path: Path) -> None:
    answered(app)
    with texting(app, tmp_path, 422) as gateway:
        sent_rounds(app)
    assert len(gateway.got) == 1
    assert (messages(app)[0].state, messages(app)[0].reply) == (MessageState.REFUSED, "422")


@pytest.mark.parametrize("code", [302, 401])
def test_given_a_redirect_or_a_wrong_key_then_nothing_is_followed_and_it_waits(
    app: Flask, tmp_path: Path, code: int
) -> None:
    answered(app)
    with texting(app, tmp_path, code) as gateway:
        sent_rounds(app)
    assert len(gateway.got) == 1
    assert (only_message(app).state, only_message(app).reason) == (MessageState.WAITING, "server_refuses_us")


def test_given_no_gateway_then_it_is_kept(app: Flask) -> None:
    answered(app)
    sent_rounds(app)
    assert (only_message(app).state, only_message(app).reason) == (MessageState.KEPT, "not_set_up")


@pytest.mark.parametrize(
    "address",
    ["http://gateway.example.test/send", "ftp://x.example.test", "https://me:secret@x.example.test"],
)
def test_given_an_unsafe_gateway_then_the_start_refuses_it(app: Flask, address: str, tmp_path: Path) -> None:
    settings = replace(app.extensions["settings"], text_gateway=address, text_key_file=tmp_path / "k")
    with pytest.raises(UnsafeSettings, match="OMBUDSMAN_TEXT_GATEWAY"):
        refuse_unsafe(settings)
