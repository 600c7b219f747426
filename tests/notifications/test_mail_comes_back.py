"""A report of failure marks the message that it names, and only that (RFC 3464)."""

from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from ombudsman_app.cli.main import main
from ombudsman_app.complaints.commands import write_to_reporter
from ombudsman_app.core.policy import Role
from ombudsman_app.notifications.commands import note_came_back
from ombudsman_app.notifications.models import Message
from ombudsman_app.notifications.reports import read_report
from ombudsman_app.notifications.states import MessageState

from ..factories.complaints import ComplaintFactory, Team, TeamFactory
from ..visitor import Visitor
from .post import mailing, messages, scripted, sent_rounds


@pytest.fixture
def team(app: Flask) -> Team:
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def sent(app: Flask, team: Team) -> Message:
    with app.app_context():
        write_to_reporter(ComplaintFactory(), "Mohon kirim tanda terima.", form_key="a", actor=team.intake)
    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)
    assert f"ENVID={messages(app)[0].uuid}" in server.box.envelopes[0]["mail"]
    assert "FROM:<bounces@lapor.example.test>" in server.box.envelopes[0]["mail"]
    return messages(app)[0]


def report(*, envelope: str = "", message_id: str = "", action: str = "failed", whole: bool = False) -> bytes:
    """A report as a mail server writes it; the words in it may name the address."""
    boundary = "grens"
    head = "From: MAILER-DAEMON@mx.example.test\nSubject: Undelivered Mail\nMIME-Version: 1.0\n"
    head += f'Content-Type: multipart/report; report-type=delivery-status; boundary="{boundary}"\n'
    status = "Reporting-MTA: dns; mx.example.test\n"
    status += f"Original-Envelope-Id: {envelope}\n" if envelope else ""
    status += f"\nFinal-Recipient: rfc822; demo@example.test\nAction: {action}\nStatus: 5.1.1\n"
    original = f"Message-ID: {message_id}\nSubject: Kabar dari Kawal Layanan\n"
    kind = "message/rfc822" if whole else "text/rfc822-headers"
    parts = (
        ("text/plain", "I could not deliver your mail.\n"),
        ("message/delivery-status", status),
        (kind, original + ("\nisi\n" if whole else "")),
    )
    body = "".join(f"--{boundary}\nContent-Type: {name}\n\n{text}\n" for name, text in parts)
    return f"{head}\n{body}--{boundary}--\n".encode()


@pytest.mark.parametrize("way", ["envelope", "headers", "whole"])
def test_given_a_report_then_the_message_came_back_and_the_case_says_so(
    app: Flask, team: Team, sent: Message, way: str
) -> None:
    raw = (
        report(envelope=str(sent.uuid))
        if way == "envelope"
        else report(message_id=sent.message_id, whole=way == "whole")
    )
    found = read_report(raw)
    assert found is not None

    with app.app_context():
        assert note_came_back(found)
        assert note_came_back(found), "a second report changes nothing"

    message = messages(app)[0]
    assert (message.state, message.reason, message.reply) == (MessageState.REFUSED, "came_back", "5.1.1")
    intake = Visitor(app).enter(team.users[Role.PVL_ASSISTANT].id)
    page = intake.get(f"/staff/complaints/{message.record_id}").text
    assert "tidak sampai sejak" in page
    assert intake.get("/staff/notifications/").text.count("Pesan kepada Pelapor tidak sampai") >= 1


@pytest.mark.parametrize(
    "raw",
    [
        report(message_id="<00000000-0000-0000-0000-000000000000@localhost>", action="delayed"),
        report(message_id="<x@y>"),
        b"",
        b"\xff\xfe not a mail at all",
        b"Content-Type: multipart/report; boundary=x\n\n--x\nContent-Type: message/delivery-status\n\n--x--",
    ],
)
def test_given_what_is_no_report_of_a_failure_then_nothing_is_read(raw: bytes) -> None:
    assert read_report(raw) is None


def test_given_a_report_about_somebody_elses_mail_then_nothing_is_marked(app: Flask, sent: Message) -> None:
    found = read_report(report(message_id="<00000000-0000-0000-0000-000000000000@localhost>"))
    assert found is not None
    with app.app_context():
        assert not note_came_back(found)
    assert messages(app)[0].state is MessageState.SENT


def test_given_the_alias_of_the_mail_server_then_the_command_reads_it(
    app: Flask, sent: Message, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["settings"]
    monkeypatch.setenv("OMBUDSMAN_DATA", str(settings.data_dir))
    monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", settings.database_url)

    told = CliRunner().invoke(main, ["mail", "bounced"], input=report(message_id=sent.message_id))

    assert (told.exit_code, told.output) == (0, "Marked.\n")
    assert messages(app)[0].state is MessageState.REFUSED


def test_given_the_database_is_away_then_the_mail_server_comes_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("OMBUDSMAN_DATA", str(tmp_path))
    monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", f"sqlite:///{tmp_path}/nothing/here.db")
    raw = report(message_id="<00000000-0000-0000-0000-000000000000@localhost>")
    assert CliRunner().invoke(main, ["mail", "bounced"], input=raw).exit_code == 75
