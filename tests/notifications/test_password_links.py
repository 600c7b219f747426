"""Whoever gets an account may get its one-time link by mail; the link lies in no table."""

import re

import pytest
from click.testing import CliRunner, Result
from flask import Flask

from ombudsman_app.accounts.commands import deactivate
from ombudsman_app.accounts.models import User
from ombudsman_app.cli.main import main
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.notifications.commands import mail_password_link
from ombudsman_app.notifications.states import MessageState

from ..factories.accounts import UserFactory
from ..visitor import Visitor
from .post import mailing, messages, only_message, scripted, sent_rounds

EMAIL = "baru@example.test"


def call(app: Flask, monkeypatch: pytest.MonkeyPatch, *words: str, server: str = "127.0.0.1") -> Result:
    settings = app.extensions["settings"]
    for name, value in {
        "DATA": str(settings.data_dir),
        "DATABASE_URL": settings.database_url,
        "MAIL_SERVER": server,
        "MAIL_FROM": "no-reply@lapor.example.test",
    }.items():
        monkeypatch.setenv(f"OMBUDSMAN_{name}", value)
    return CliRunner().invoke(main, ["user", *words])


def test_given_a_new_account_when_its_link_is_mailed_then_it_opens_the_page_for_a_password(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = call(
        app, monkeypatch, "create", "--email", EMAIL, "--name", "Demo Baru",
        "--role", "examiner", "--office", "MAM", "--mail",
    )  # fmt: skip
    assert (told.exit_code, "first-password" in told.output) == (0, False)

    with scripted() as server, mailing(app, server.port):
        sent_rounds(app)

    (mail,) = server.box.mails()
    assert mail["To"] == EMAIL
    assert mail["Subject"] == "Akses Anda ke Kawal Layanan"
    found = re.search(
        r"http://localhost:8000(/staff/first-password/\S+)", mail.get_body(("plain",)).get_content()
    )
    assert found
    page = Visitor(app).get(found[1])
    assert page.status_code == 200
    assert 'autocomplete="new-password"' in page.text


def test_given_no_mail_server_then_the_command_says_so_and_asks_for_nothing(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    with app.app_context():
        UserFactory(Role.EXAMINER, email=EMAIL)
    told = call(app, monkeypatch, "link", "--email", EMAIL, "--mail", server="")
    assert told.exit_code == 2
    assert "OMBUDSMAN_MAIL_SERVER" in told.output
    assert messages(app) == []


def test_given_an_account_closed_before_it_leaves_then_no_link_leaves(app: Flask) -> None:
    with scripted() as server, mailing(app, server.port):
        with app.app_context():
            user = UserFactory(Role.EXAMINER, email=EMAIL)
            assert mail_password_link(user.id, "id")
            deactivate(db.session.merge(db.session.get(User, user.id)), actor=STRANGER)
        sent_rounds(app)
    assert server.box.raw == []
    assert only_message(app).state is MessageState.DROPPED
