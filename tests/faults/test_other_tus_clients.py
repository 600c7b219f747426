"""Any client that speaks tus 1.0 can send: one written by the letter of its text, over a real line.

It shares nothing with our page or with the sender of the other tests: names of headers in small letters, no
key of its own, all that is left in one request, and a line that is cut in the middle of it.
"""

import hashlib
import socket
from base64 import b64encode
from dataclasses import dataclass, field
from http.client import HTTPMessage, parse_headers
from io import BufferedReader
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.attachments.commands import opened_bytes
from ombudsman_app.attachments.models import Attachment
from ombudsman_app.core.db import db

from ..house.service import wait_until
from ..visitor import Visitor
from ..wizard import Wizard
from .conftest import Serve

CONTENT = bytes(range(256)) * 6000  # six whole pieces of ours, or one of theirs


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: HTTPMessage
    body: bytes


@dataclass
class Client:
    """Knows an address where uploads are made, what its user must show there, and the protocol."""

    endpoint: str
    shown: dict[str, str]
    can_only_post: bool = False
    seen: list[Answer] = field(default_factory=list)

    def ask(
        self, method: str, address: str, body: bytes = b"", *, sent: int | None = None, **said: str
    ) -> Answer:
        """Ask; with `sent` no more of the body than that leaves before the line is cut."""
        to = urlsplit(address)
        headers = {"host": "localhost", "connection": "close", "content-length": str(len(body)), **self.shown}
        headers |= {} if method == "OPTIONS" else {"tus-resumable": "1.0.0"}
        headers |= {name.replace("_", "-"): value for name, value in said.items()}
        if self.can_only_post and method in ("PATCH", "DELETE"):
            headers["x-http-method-override"], method = method, "POST"
        head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
        with socket.create_connection((to.hostname, to.port), timeout=60) as line:
            line.sendall(f"{method} {to.path} HTTP/1.1\r\n{head}\r\n".encode() + body[:sent])
            if sent is not None:
                return Answer(0, HTTPMessage(), b"")
            with line.makefile("rb") as file:
                answer = _read(file)
        self.seen.append(answer)
        return answer

    def create(self, length: int, **about: str) -> str:
        metadata = ",".join(f"{name} {b64encode(word.encode()).decode()}" for name, word in about.items())
        made = self.ask("POST", self.endpoint, upload_length=str(length), upload_metadata=metadata)
        assert made.status == 201, made.body
        return urljoin(self.endpoint, made.headers["Location"])

    def offset(self, address: str) -> int:
        told = self.ask("HEAD", address)
        assert told.status in (200, 204)
        assert told.headers["Cache-Control"] == "no-store"
        return int(told.headers["Upload-Offset"])

    def send(self, address: str, content: bytes, *, sent: int | None = None) -> Answer:
        offset = self.offset(address)
        return self.ask(
            "PATCH", address, content[offset:], sent=sent,
            upload_offset=str(offset), content_type="application/offset+octet-stream",
        )  # fmt: skip


def _read(file: BufferedReader) -> Answer:
    status = int(file.readline().split()[1])
    headers = parse_headers(file)
    return Answer(status, headers, file.read())


def client_for(app: Flask, port: int, **more: bool) -> Client:
    """A phone with a draft, and a client that may show what its browser shows."""
    visitor = Visitor(app)
    Wizard(visitor).begin()
    visitor.get("/lapor/layanan")
    cookies = [visitor.client.get_cookie(name) for name in ("sid", "draft")]
    shown = {
        "cookie": "; ".join(f"{cookie.key}={cookie.value}" for cookie in cookies if cookie),
        "x-csrf-token": visitor.token(),
    }
    return Client(f"http://127.0.0.1:{port}/unggah", shown, **more)


@pytest.mark.parametrize("can_only_post", [False, True], ids=["all methods", "POST alone"])
def test_given_another_client_whose_line_is_cut_when_it_asks_and_goes_on_then_the_file_is_whole(
    app: Flask, serve: Serve, can_only_post: bool
) -> None:
    _process, port = serve()
    client = client_for(app, port, can_only_post=can_only_post)
    address = client.create(
        len(CONTENT), filename="kuitansi pak Ahmad.jpg", filetype="image/jpeg", owner="draft"
    )
    assert client.offset(address) == 0
    client.send(address, CONTENT, sent=len(CONTENT) // 2)
    wait_until(lambda: client.offset(address) > 0, why="a part of it is safely there")
    assert client.offset(address) < len(CONTENT)
    while client.offset(address) < len(CONTENT):  # the server may still be busy with what was cut
        assert client.send(address, CONTENT).status in (204, 409, 423)
    last = client.ask("HEAD", address)
    assert last.headers["Upload-Length"] == str(len(CONTENT))
    assert last.headers["Upload-Metadata"] == f"filename {b64encode(b'kuitansi pak Ahmad.jpg').decode()}"
    assert {answer.headers["Tus-Resumable"] for answer in client.seen} == {"1.0.0"}
    with app.app_context():
        (found,) = db.session.scalars(select(Attachment)).all()
        assert found.sha256 == hashlib.sha256(CONTENT).hexdigest()
        assert b"".join(opened_bytes(found, "0")) == CONTENT


def test_given_the_letter_of_the_protocol_then_each_answer_keeps_to_it(app: Flask, serve: Serve) -> None:
    _process, port = serve()
    client = client_for(app, port)
    told = client.ask("OPTIONS", client.endpoint)
    assert told.status in (200, 204)
    assert "1.0.0" in told.headers["Tus-Version"].split(",")
    assert {"creation", "termination"} <= set(told.headers["Tus-Extension"].split(","))
    assert int(told.headers["Tus-Max-Size"]) > len(CONTENT)
    address = client.create(100, filename="a.jpg", owner="draft")
    piece = {"content_type": "application/offset+octet-stream"}

    moved = client.ask("PATCH", address, b"x", upload_offset="7", **piece)
    other_kind = client.ask("PATCH", address, b"x", upload_offset="0", content_type="image/jpeg")
    other_version = client.ask("PATCH", address, b"x", tus_resumable="0.2.2", upload_offset="0", **piece)
    about = "owner ZHJhZnQ=,filename YS5tcDQ="
    too_large = client.ask("POST", client.endpoint, upload_length=str(1 << 33), upload_metadata=about)
    ended = client.ask("DELETE", address)
    gone = client.ask("HEAD", address)
    no_method = client.ask("POST", address)

    assert (moved.status, other_kind.status, other_version.status) == (409, 415, 412)
    assert other_version.headers["Tus-Version"] == "1.0.0"
    assert (too_large.status, ended.status) == (413, 204)
    assert gone.status in (403, 404, 410)
    assert gone.headers["Upload-Offset"] is None
    assert no_method.status in (404, 405)
    assert {answer.headers["Tus-Resumable"] for answer in client.seen} == {"1.0.0"}
