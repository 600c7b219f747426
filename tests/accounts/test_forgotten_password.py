"""Who forgot the password asks for a link at the door; nobody learns who has an account (AU3, AU8)."""

import re
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import select, text

from ombudsman_app.accounts.commands import deactivate
from ombudsman_app.accounts.models import User
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.accounts import UserFactory
from ..notifications.post import mailing, messages, scripted, sent_rounds
from ..security.test_canary import log  # noqa: F401 - a fixture
from ..security.test_sign_in import hashes  # noqa: F401 - a fixture
from ..visitor import Visitor

PAGE = "/staff/forgotten-password"
NEW = "kata sandi baru yang panjang sekali"
UNKNOWN = "tidak.ada@example.test"


@pytest.fixture
def user(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.EXAMINER)


def ask(app: Flask, email: str) -> tuple[int, str, int]:
    """Ask for a link; return status and page of the answer, and what the try cost in statements."""
    visitor = Visitor(app)
    visitor.get(PAGE)
    sent = visitor.post(PAGE, data={"email": email})
    cost = visitor.queries
    if sent.status_code != 302:
        return sent.status_code, sent.text, cost
    return sent.status_code, visitor.get(sent.location).text, cost


def posted(app: Flask) -> None:
    """Let the house do its work."""
    sent_rounds(app, "accounts.mail_link")
    sent_rounds(app)


def links(app: Flask, *emails: str) -> list[tuple[str, str]]:
    """Ask for each address and let the mail leave; return (to, path of the link)."""
    with scripted() as server, mailing(app, server.port):
        for email in emails:
            ask(app, email)
        posted(app)
        mails = server.box.mails()
    found = []
    for mail in mails:
        words = mail.get_body(("plain",)).get_content()
        place = re.search(r"http://localhost:8000(/staff/first-password/\S+)", words)
        assert place
        found.append((str(mail["To"]), place[1]))
    return found


def test_given_an_account_when_its_owner_asks_then_the_link_sets_a_password_and_ends_sessions(
    app: Flask, user: User
) -> None:
    signed_in = Visitor(app).enter(user.id)
    [(to, link)] = links(app, user.email)
    visitor = Visitor(app)
    visitor.get(link)

    done = visitor.post(link, data={"password": NEW, "again": NEW})

    assert to == user.email
    assert done.location == "/staff/sign-in?ready=yes"  # no session: the second factor is asked there
    assert signed_in.get("/staff/account").status_code == 302
    assert Visitor(app).get(link).status_code == 404  # it works once
    with app.app_context():
        assert db.session.scalars(select(StoredSession).where(StoredSession.user_id == user.id)).all() == []
        events = set(db.session.scalars(select(TrailEntry.event)))
    assert {"accounts:password:forgotten", "accounts:password:changed"} <= events


def test_given_known_unknown_and_closed_addresses_when_asking_then_answer_and_work_are_the_same(
    app: Flask, user: User
) -> None:
    with app.app_context():
        closed = UserFactory(Role.EXAMINER)
        closed_email = closed.email
        deactivate(closed, actor=STRANGER)
    with scripted() as server, mailing(app, server.port):
        answers = [ask(app, email) for email in (user.email, UNKNOWN, closed_email)]
        with app.app_context():
            entries = len(
                db.session.scalars(
                    select(TrailEntry.event).where(TrailEntry.event == "accounts:password:forgotten")
                ).all()
            )
            jobs = len(db.session.scalars(select(Job.id).where(Job.kind == "accounts.mail_link")).all())
        posted(app)
        to = [str(mail["To"]) for mail in server.box.mails()]

    pages = {re.sub(r'value="[^"]*"', "", page) for _status, page, _cost in answers}
    assert len(pages) == 1
    assert {status for status, _page, _cost in answers} == {302}
    assert len({cost for _status, _page, cost in answers}) == 1
    assert (entries, jobs, to) == (3, 3, [user.email])


def test_given_known_unknown_and_closed_addresses_then_statements_are_the_same_and_nothing_is_hashed(
    app: Flask,
    user: User,
    hashes: list[str],  # noqa: F811 - the fixture
) -> None:
    """A hash for the known alone would be heard in the time of the answer (AU3)."""
    with app.app_context():
        closed = UserFactory(Role.EXAMINER)
        waits = UserFactory(Role.EXAMINER, password=None)
        emails = [UNKNOWN, user.email, closed.email, waits.email]
        deactivate(closed, actor=STRANGER)
    hashes.clear()
    seen = []
    with scripted() as server, mailing(app, server.port):
        ask(app, "pertama@example.test")  # the trail has a head now
        for email in emails:
            visitor = Visitor(app)
            visitor.get(PAGE)
            visitor.post(PAGE, data={"email": email})
            seen.append((tuple(visitor.statements), tuple(hashes)))

    assert seen[0][1] == ()
    assert all(one == seen[0] for one in seen)


def test_given_a_link_was_mailed_and_used_then_no_table_and_no_line_of_the_log_holds_it(
    app: Flask,
    user: User,
    log: Path,  # noqa: F811 - the fixture
) -> None:
    [(_to, link)] = links(app, user.email)
    token = link.rsplit("/", 1)[1]
    visitor = Visitor(app)
    visitor.get(link)
    visitor.post(link, data={"password": NEW, "again": NEW})

    with app.app_context():
        tables = db.session.connection().dialect.get_table_names(db.session.connection())
        kept = "".join(
            str(row) for name in tables for row in db.session.execute(text(f'SELECT * FROM "{name}"'))
        )
    assert user.email in kept
    for told in (kept, log.read_text()):
        assert token not in told
        assert token.rsplit("-", 1)[1] not in told


def test_given_a_scanner_of_mail_looks_first_then_the_link_still_works_and_only_a_form_uses_it(
    app: Flask, user: User
) -> None:
    [(_to, link)] = links(app, user.email)
    for method in ("HEAD", "GET", "OPTIONS"):
        Visitor(app).client.open(link, method=method)
    assert Visitor(app).client.post(link, data={"password": NEW, "again": NEW}).status_code in (400, 403)

    visitor = Visitor(app)
    page = visitor.get(link)

    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "no-store" in page.headers["Cache-Control"]
    assert visitor.post(link, data={"password": NEW, "again": NEW}).status_code == 302


def test_given_no_address_then_the_trail_and_the_jobs_name_none(app: Flask, user: User) -> None:
    with scripted() as server, mailing(app, server.port):
        ask(app, user.email)

    with app.app_context():
        rows = [str(vars(row)) for kind in (TrailEntry, Job) for row in db.session.scalars(select(kind))]
    assert rows
    assert not [row for row in rows if user.email in row]


def test_given_half_an_hour_passed_then_the_link_is_dead(app: Flask, user: User) -> None:
    [(_to, link)] = links(app, user.email)

    with stopped_at(now() + timedelta(minutes=31)):
        assert Visitor(app).get(link).status_code == 404


def test_given_a_link_is_only_looked_at_then_it_is_not_used_up(app: Flask, user: User) -> None:
    [(_to, link)] = links(app, user.email)

    assert [Visitor(app).get(link).status_code for _ in range(3)] == [200, 200, 200]


def test_given_the_account_was_closed_in_between_then_nothing_leaves(app: Flask, user: User) -> None:
    with scripted() as server, mailing(app, server.port):
        ask(app, user.email)
        sent_rounds(app, "accounts.mail_link")
        with app.app_context():
            deactivate(db.session.get_one(User, user.id), actor=STRANGER)
        sent_rounds(app)
        assert server.box.raw == []
    assert [one.reason for one in messages(app)] == ["not_theirs"]


def test_given_many_tries_for_one_address_then_it_waits_and_others_need_not(app: Flask, user: User) -> None:
    with scripted() as server, mailing(app, server.port):
        statuses = [ask(app, user.email)[0] for _ in range(4)]
        other = ask(app, UNKNOWN)[0]

    assert statuses == [302, 302, 302, 429]
    assert other == 302


def test_given_a_house_without_mail_then_the_page_says_so_and_takes_nothing(app: Flask, user: User) -> None:
    visitor = Visitor(app)

    page = visitor.get(PAGE).text

    assert "tidak mengirim surel" in page
    visitor.get("/staff/sign-in")
    assert visitor.post(PAGE, data={"email": user.email}).status_code == 409


def test_given_an_empty_or_strange_address_then_nothing_is_asked(app: Flask) -> None:
    with scripted() as server, mailing(app, server.port):
        assert ask(app, "")[0] == 422
        with app.app_context():
            assert db.session.scalars(select(Job.id).where(Job.kind == "accounts.mail_link")).all() == []


def test_given_english_is_chosen_then_the_page_speaks_it(app: Flask) -> None:
    visitor = Visitor(app)
    with scripted() as server, mailing(app, server.port):
        visitor.client.set_cookie("language", "en")
        assert "Send the link" in visitor.get(PAGE).text
