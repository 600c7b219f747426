"""Against a real SMTP server: TLS is demanded, the password is given, what arrives is whole."""

import datetime
import socket
import ssl
from collections.abc import Iterator
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID
from flask import Flask

from ombudsman_app.complaints.commands import write_to_reporter
from ombudsman_app.notifications.states import MessageState

from ..factories.complaints import PERSON, ComplaintFactory, TeamFactory
from .post import Box, mailing, only_message, sent_rounds

PASSWORD = b"rahasia-surel"


class Post:
    """Keeps what it takes."""

    def __init__(self) -> None:
        self.box = Box()

    async def handle_DATA(self, _server: object, _session: Session, envelope: Envelope) -> str:
        self.box.raw.append(bytes(envelope.content or b""))
        self.box.to += envelope.rcpt_tos
        return "250 2.0.0 taken"


def certificate(folder: Path) -> tuple[Path, Path]:
    """Make a certificate for this machine, as a house with a mail server of its own has it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    begin = datetime.datetime(2020, 1, 1, tzinfo=datetime.UTC)
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(7)
        .not_valid_before(begin)
        .not_valid_after(begin.replace(year=2100))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    cert, private = folder / "cert.pem", folder / "key.pem"
    cert.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    return cert, private


def _knows(_server: object, _session: object, _envelope: object, _way: str, data: object) -> AuthResult:
    return AuthResult(success=getattr(data, "password", b"") == PASSWORD, handled=False)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        found: int = probe.getsockname()[1]
        return found


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[Controller, Post, Path]]:
    cert, private = certificate(tmp_path)
    safely = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    safely.load_cert_chain(cert, private)
    post = Post()
    controller = Controller(
        post,
        hostname="127.0.0.1",
        port=_free_port(),
        tls_context=safely,
        require_starttls=True,
        authenticator=_knows,
        auth_required=True,
    )
    controller.start()
    yield controller, post, cert
    controller.stop()


def port_of(controller: Controller) -> int:
    found: int = controller.server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
    return found


def password(folder: Path, word: bytes = PASSWORD) -> Path:
    path = folder / "mail-password"
    path.write_bytes(word + b"\n")
    path.chmod(0o600)
    return path


def written(app: Flask) -> None:
    with app.app_context():
        write_to_reporter(ComplaintFactory(), "Mohon kirim.", form_key="a", actor=TeamFactory().intake)


def test_given_starttls_and_a_password_then_the_mail_arrives_whole(
    app: Flask, server: tuple[Controller, Post, Path], tmp_path: Path
) -> None:
    controller, post, cert = server
    written(app)

    with mailing(
        app,
        port_of(controller),
        mail_security="starttls",
        mail_user="kawal",
        mail_password_file=password(tmp_path),
        mail_ca_file=cert,
    ):
        sent_rounds(app)

    assert post.box.to == [PERSON["email"]]
    (mail,) = post.box.mails()
    assert mail["Message-ID"] == only_message(app).message_id
    assert only_message(app).state is MessageState.SENT


@pytest.mark.parametrize("trouble", ["unknown certificate", "wrong password"])
def test_given_a_line_that_is_not_safe_or_a_wrong_password_then_nothing_leaves_and_it_waits(
    app: Flask, server: tuple[Controller, Post, Path], tmp_path: Path, trouble: str
) -> None:
    controller, post, cert = server
    written(app)
    is_unknown = trouble == "unknown certificate"

    with mailing(
        app,
        port_of(controller),
        mail_security="starttls",
        mail_user="kawal",
        mail_password_file=password(tmp_path, PASSWORD if is_unknown else b"salah"),
        mail_ca_file=None if is_unknown else cert,
    ):
        sent_rounds(app)

    assert post.box.raw == []
    assert only_message(app).state is MessageState.WAITING
    assert only_message(app).reason == ("unsafe" if is_unknown else "server_refuses_us")
