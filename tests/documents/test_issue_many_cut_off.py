"""Many letters, and the right or a key goes in the middle: it stops, says why, and none is half issued."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from ombudsman_app.accounts.commands import revoke_grant
from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.numbers import NumberCounter
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.signatures import SigningNotPossible
from ombudsman_app.core.signatures.record_keys import RecordKeys
from ombudsman_app.documents import jobs
from ombudsman_app.documents.archive import bytes_of
from ombudsman_app.documents.commands import make_forgotten
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import MAKE, DocumentState

from ..core.test_jobs import stored
from ..visitor import Visitor
from .desk import PAGES, Head, make_all, papers, person, sequences, states, worked

MANY = 12
PAGE = "/staff/documents/all"
ISSUED, BEING_MADE, APPROVED = (
    [state] for state in (DocumentState.ISSUED, DocumentState.BEING_MADE, DocumentState.APPROVED)
)


def drawn_until(monkeypatch: pytest.MonkeyPatch, number: int, then: Callable[[], None]) -> None:
    """Draw without a render server; while this letter is drawn, something happens."""
    drawn = list[int]()

    def pages(document: Document, _work: object = None) -> tuple[bytes, int]:
        drawn.append(document.id)
        if len(drawn) == number:
            then()
        return PAGES + document.uuid.bytes, 1

    monkeypatch.setattr(jobs, "signed_pages", pages)


# --- the right is gone ------------------------------------------------------------------------------------


def test_given_a_right_that_is_taken_away_in_the_middle_then_it_stops_and_another_head_goes_on(
    app: Flask, visitor: Visitor, head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    """AZ9: the rights of the moment count before each letter, not those of when it was asked for."""
    other = person(app, Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE)
    head.ready(MANY)
    uuid = head.order()

    def taken_away() -> None:
        with app.app_context():
            held = RoleGrant.user_id == head.id, RoleGrant.role == Role.HEAD_OF_REPRESENTATIVE
            revoke_grant(db.session.scalars(select(RoleGrant).where(*held)).one(), actor=STRANGER)

    drawn_until(monkeypatch, 4, taken_away)
    job = worked(app, uuid)

    assert (job.state, job.reason) == (JobState.FAILED, "not_allowed")
    assert states(app) == ISSUED * 4 + APPROVED * (MANY - 4)
    assert sequences(app) == [1, 2, 3, 4]
    assert {paper.left_because for paper in papers(app)} == {""}, "nothing is the matter with the letters"
    assert visitor.enter(head.id).get(f"{PAGE}/{uuid}").status_code in (403, 404)
    told = visitor.enter(other.id).get(f"{PAGE}/{uuid}").text
    assert "Yang meminta tidak lagi berwenang." in told
    assert worked(app, other.order()).state is JobState.DONE
    assert states(app) == ISSUED * MANY
    assert sequences(app) == list(range(1, MANY + 1))


# --- pages that nobody makes ------------------------------------------------------------------------------


def test_given_pages_that_no_job_makes_any_more_then_the_nightly_sweep_asks_again_and_once(
    app: Flask, head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A batch that gave up leaves its last letter with a number and no pages: the number is never lost."""
    head.ready(3)
    uuid = head.order()
    with app.app_context():
        claimed = claim(uuid)

        def ended() -> None:
            db.session.execute(
                update(Job).where(Job.uuid == uuid).values(state=JobState.FAILED, once_key=None)
            )

    assert claimed is not None
    drawn_until(monkeypatch, 2, lambda: in_context(app, ended))
    perform(app, claimed)
    assert states(app) == ISSUED + BEING_MADE + APPROVED

    for asked in (1, 0):
        with app.app_context():
            assert make_forgotten() == asked, "while its job lives, nobody asks again"
    forgotten = papers(app)[1]
    assert forgotten.job_uuid is not None
    with app.app_context():
        assert stored(forgotten.job_uuid).kind == MAKE
    assert make_all(app) == [JobState.DONE]
    assert states(app) == ISSUED * 2 + APPROVED
    assert sequences(app) == [1, 2], "the letter that was only approved is not issued by a sweep"


def in_context(app: Flask, act: Callable[[], None]) -> None:
    with app.app_context():
        command(act)()


# --- the office cannot sign -------------------------------------------------------------------------------


@pytest.mark.parametrize("is_numbered", [False, True])
def test_given_the_key_of_records_is_gone_in_the_middle_then_no_letter_is_half_issued(
    app: Flask, visitor: Visitor, head: Head, monkeypatch: pytest.MonkeyPatch, is_numbered: bool
) -> None:
    """Gone before the number of the next letter, or between the number and the proof of this one (RP3)."""
    head.ready(MANY)
    uuid = head.order()
    keys: RecordKeys = app.extensions["record_keys"]
    plain = jobs.commands.keep_pages

    def lost() -> None:
        app.extensions["record_keys"] = RecordKeys(keys.public, None)

    def kept_and_lost(document: Document, *rest: Any, **more: Any) -> None:
        plain(document, *rest, **more)
        if document.sequence == 3:  # its own proof stands
            lost()

    drawn_until(monkeypatch, 4 if is_numbered else MANY * 2, lost)
    if not is_numbered:
        monkeypatch.setattr(jobs.commands, "keep_pages", kept_and_lost)
    job = worked(app, uuid)

    assert (job.state, job.reason) == (JobState.FAILED, "signing_missing")
    numbered = 3 + is_numbered
    assert states(app) == ISSUED * 3 + BEING_MADE * is_numbered + APPROVED * (MANY - numbered)
    assert sequences(app) == list(range(1, numbered + 1)), "no number without a letter"
    for paper in papers(app):
        is_out = paper.state is DocumentState.ISSUED
        assert (paper.signature is not None, paper.stored_name is not None) == (is_out, is_out)
    visitor.enter(head.id)
    assert "tidak ada di mesin ini" in visitor.get(f"{PAGE}/{uuid}").text
    with pytest.raises(SigningNotPossible):
        head.order()

    app.extensions["record_keys"] = keys
    assert worked(app, head.order()).state is JobState.DONE
    assert states(app) == ISSUED * MANY
    assert sequences(app) == list(range(1, MANY + 1))
    with app.app_context():
        assert all(bytes_of(paper) for paper in papers(app))


@pytest.mark.parametrize(
    ("why", "says"),
    [("missing", "tidak ada di mesin ini"), ("expired", "Masa berlaku sertifikat kantor sudah habis")],
)
def test_given_the_office_cannot_sign_any_more_in_the_middle_then_it_stops_and_says_so(
    app: Flask, visitor: Visitor, head: Head, monkeypatch: pytest.MonkeyPatch, why: str, says: str
) -> None:
    head.ready(MANY)
    uuid = head.order()
    settings, drawn = app.extensions["settings"], list[int]()
    late = stopped_at(now() + timedelta(days=30 * 365))

    def third_is_the_last(document: Document, _work: object = None) -> tuple[bytes, int]:
        drawn.append(document.id)
        if len(drawn) == 3 and why == "missing":
            app.extensions["settings"] = replace(settings, certificate=Path("/nowhere"))
        if len(drawn) == 3 and why == "expired":
            late.__enter__()
        return PAGES + document.uuid.bytes, 1

    monkeypatch.setattr(jobs, "signed_pages", third_is_the_last)
    try:
        job = worked(app, uuid)
        assert (job.state, job.reason) == (JobState.FAILED, f"signing_{why}")
        with pytest.raises(SigningNotPossible):
            head.order()
        if why == "missing":  # nobody is signed in 30 years later
            visitor.enter(head.id)
            assert says in visitor.get(PAGE).text
    finally:
        app.extensions["settings"] = settings
        if why == "expired":
            late.__exit__(None, None, None)

    issued, approved = [DocumentState.ISSUED], [DocumentState.APPROVED]
    assert states(app) == issued * 3 + approved * (MANY - 3)
    with app.app_context():
        assert db.session.scalar(select(NumberCounter.last)) == 3, "no number is used up"
    visitor.enter(head.id)
    assert says in visitor.get(f"{PAGE}/{uuid}").text
    assert worked(app, head.order()).state is JobState.DONE
    assert sequences(app) == list(range(1, MANY + 1))
