"""Whoever asked for work that takes long hears how it ended, with a link; nobody else does."""

import re
from datetime import timedelta

import pytest
from flask import Flask

from ombudsman_app.accounts.models import User
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import command
from ombudsman_app.core.jobs.claiming import claim, finish, give_up
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.documents.states import ISSUE_ALL

from ..factories.accounts import UserFactory
from ..visitor import Visitor

INBOX = "/staff/notifications/"
NAME = "Terbitkan surat yang disetujui"


@pytest.fixture
def head(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.HEAD_OF_REPRESENTATIVE, office="MAM")


def ended(app: Flask, asked_by: int | None, *, minutes: int, reason: str = "") -> str:
    """Let a job end some minutes after it was asked for; return its public id."""
    actor = Actor(asked_by, "") if asked_by else STRANGER
    with app.app_context():
        uuid = command(lambda: enqueue(ISSUE_ALL, actor=actor, arguments={"office": 1}))()
        claimed = claim(uuid)
        assert claimed is not None
    with stopped_at(now() + timedelta(minutes=minutes)), app.app_context():
        if reason:
            give_up(claimed, reason, for_good=True)
        else:
            finish(claimed, '{"letters": 3, "refused": 0}')
    return str(uuid)


def test_given_long_work_is_done_then_who_asked_finds_it_and_the_link_leads_there(
    app: Flask, head: User
) -> None:
    uuid = ended(app, head.id, minutes=5)
    visitor = Visitor(app).enter(head.id)

    page = visitor.get(INBOX).text

    assert f"Selesai: {NAME}" in page
    line = re.search(r'action="(/staff/notifications/\d+/open)"', page)
    assert line
    assert visitor.post(line[1]).location == f"/staff/documents/all/{uuid}"


def test_given_work_failed_then_who_asked_hears_it_even_at_once(app: Flask, head: User) -> None:
    ended(app, head.id, minutes=0, reason="broken")

    assert f"Gagal: {NAME}" in Visitor(app).enter(head.id).get(INBOX).text


def test_given_work_was_done_while_its_page_was_watched_then_it_is_no_news(app: Flask, head: User) -> None:
    ended(app, head.id, minutes=0)

    assert NAME not in Visitor(app).enter(head.id).get(INBOX).text


def test_given_somebody_else_asked_then_nothing_is_told(app: Flask, head: User) -> None:
    with app.app_context():
        other = UserFactory(Role.HEAD_OF_REPRESENTATIVE, office="MAM").id
    ended(app, other, minutes=5)
    ended(app, None, minutes=5, reason="broken")

    assert NAME not in Visitor(app).enter(head.id).get(INBOX).text
