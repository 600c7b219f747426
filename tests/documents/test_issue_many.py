"""A head lets all approved letters of an office go: chosen, watched, stopped, gone on with, all whole."""

import threading
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.children import ChildFailed
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.shown import shown_job
from ombudsman_app.core.jobs.work import Work
from ombudsman_app.core.policy import Role
from ombudsman_app.documents import jobs
from ombudsman_app.documents.commands import approve, discard
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import ISSUE_ALL, MAKE, DocumentState

from ..core.test_jobs import stored
from ..factories.complaints import CaseFactory, TeamFactory
from ..factories.documents import LetterFactory
from ..visitor import Visitor
from .desk import PAGES, Head, papers, person, sequences, states, worked

MANY = 12
PAGE = "/staff/documents/all"


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[tuple[int, int]]:
    """What the job says of itself, (done, total), in this order."""
    said: list[tuple[int, int]] = []
    plain = Work.progress

    def progress(self: Work, step: str, done: int = 0, total: int = 0) -> None:
        said.append((done, total))
        plain(self, step, done, total)

    monkeypatch.setattr(Work, "progress", progress)
    return said


def number_of(app: Flask, kind: str) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).where(Job.kind == kind)) or 0


# --- all of them ------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("drawn_at_once")
def test_given_approved_letters_when_issued_together_then_all_are_there_when_it_says_so(
    app: Flask, visitor: Visitor, head: Head, told: list[tuple[int, int]]
) -> None:
    head.ready(MANY)
    visitor.enter(head.id)
    assert f"({MANY} surat)" in visitor.get(PAGE).text
    assert "Terbitkan banyak surat" in visitor.get("/staff/documents?view=ready").text

    page = visitor.post(PAGE, {"letters": f"{head.office_id}.completion_request"}).headers["Location"]
    job = worked(app, UUID(page.rsplit("/", 1)[1]))

    assert (job.state, job.result) == (JobState.DONE, f'{{"letters": {MANY}, "refused": 0}}')
    assert told == [(done, MANY) for done in range(MANY)]
    assert states(app) == [DocumentState.ISSUED] * MANY
    assert sequences(app) == list(range(1, MANY + 1))
    assert f"{MANY} surat telah terbit" in visitor.get(page).text or str(MANY) in visitor.get(page).text
    assert number_of(app, MAKE) == 0, "the job that numbers a letter makes its pages too"


def test_given_a_running_batch_then_the_bar_says_how_many_are_done_and_how_long_it_takes(
    app: Flask,
) -> None:
    begun = now() - timedelta(minutes=5)
    job = Job(kind=ISSUE_ALL, state=JobState.RUNNING, done=250, total=1000, started_at=begun)
    job.step = job.reason = ""
    with app.test_request_context("/"):
        shown = shown_job(job)
        assert (shown.percent, shown.left) == (25, "250 dari 1.000 · Sekitar 15 menit lagi")


def test_given_no_approved_letter_then_the_page_says_so_and_nothing_can_be_sent(
    app: Flask, visitor: Visitor, head: Head
) -> None:
    visitor.enter(head.id)
    assert "Tidak ada surat disetujui" in visitor.get(PAGE).text
    assert visitor.post(PAGE, {"letters": "1"}).status_code == 409
    with pytest.raises(MoveNotAllowed):
        head.order()


def test_given_a_choice_that_was_not_offered_then_it_is_refused_beside_the_choices(
    app: Flask, visitor: Visitor, head: Head
) -> None:
    head.ready(1)
    visitor.enter(head.id)
    for wrong in ("", "999", f"{head.office_id}.transfer_notice", "1.2.3"):
        assert visitor.post(PAGE, {"letters": wrong}).status_code == 422
    assert number_of(app, ISSUE_ALL) == 0


def test_given_somebody_who_does_not_head_the_office_then_nothing_is_ordered(app: Flask) -> None:
    with pytest.raises(NotAllowed):
        person(app, Role.PVL_ASSISTANT).order()


# --- letters that cannot go -------------------------------------------------------------------------------


@pytest.mark.usefixtures("drawn_at_once")
def test_given_letters_whose_cases_went_another_way_then_they_are_left_with_the_reason(
    app: Flask, visitor: Visitor, head: Head
) -> None:
    actor = head.actor
    with app.app_context():
        team = TeamFactory()
        gone = LetterFactory(CaseFactory(ComplaintState.PLENARY_DECISION, team), team.intake)
        approve(gone, version=gone.version, actor=actor)
    head.ready(3)
    uuid = head.order()

    job = worked(app, uuid)

    assert (job.state, job.result) == (JobState.DONE, '{"letters": 3, "refused": 1}')
    assert sequences(app) == [1, 2, 3]
    left = papers(app)[0]
    assert (left.state, left.number, left.left_because) == (DocumentState.APPROVED, None, "move_not_allowed")
    visitor.enter(head.id)
    reason = "Laporannya sudah berlanjut ke tahap lain."
    for page in (f"{PAGE}/{uuid}", "/staff/documents?view=ready", f"/staff/documents/{left.id}"):
        assert reason in visitor.get(page).text, page


@pytest.mark.usefixtures("drawn_at_once")
def test_given_a_letter_that_cannot_be_drawn_then_it_holds_up_no_other(
    app: Flask, head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    head.ready(3)
    plain, tried = jobs.signed_pages, list[int]()

    def second_fails(document: Document, _work: object = None) -> tuple[bytes, int]:
        tried.append(document.id)
        if len(tried) == 2:
            raise ChildFailed("too_big")
        return plain(document)

    monkeypatch.setattr(jobs, "signed_pages", second_fails)
    job = worked(app, head.order())

    assert (job.state, job.result) == (JobState.DONE, '{"letters": 2, "refused": 0}')
    being_made = papers(app)[1]
    assert (being_made.state, being_made.sequence) == (DocumentState.BEING_MADE, 2)
    assert being_made.job_uuid is not None
    with app.app_context():
        own = stored(being_made.job_uuid)
    assert (own.kind, own.state) == (MAKE, JobState.WAITING), "it has a job of its own, which says why"


def test_given_nobody_who_draws_then_the_whole_batch_waits_for_another_attempt(
    app: Flask, head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_document: Document, _work: object = None) -> tuple[bytes, int]:
        raise ChildFailed("away")

    head.ready(3)
    monkeypatch.setattr(jobs, "signed_pages", away)
    job = worked(app, head.order())
    assert (job.state, job.reason) == (JobState.WAITING, "child_away")
    assert sequences(app) == [1], "one is being made, the others were not begun"


# --- stopping and going on --------------------------------------------------------------------------------


def test_given_a_batch_that_is_stopped_then_letters_are_whole_and_the_rest_goes_out_later(
    app: Flask, visitor: Visitor, head: Head, monkeypatch: pytest.MonkeyPatch
) -> None:
    head.ready(MANY)
    uuid = head.order()
    visitor.enter(head.id)
    page = f"{PAGE}/{uuid}"
    drawn = list[int]()

    def stopped_at_the_fifth(document: Document, _work: object = None) -> tuple[bytes, int]:
        drawn.append(document.id)
        if len(drawn) == 5:
            somebody = threading.Thread(target=visitor.post, args=(f"{page}/stop",))
            somebody.start()
            somebody.join()
        return PAGES + document.uuid.bytes, 1

    monkeypatch.setattr(jobs, "signed_pages", stopped_at_the_fifth)
    assert worked(app, uuid).state is JobState.CANCELLED

    issued, approved = [DocumentState.ISSUED], [DocumentState.APPROVED]
    assert states(app) == issued * 5 + approved * (MANY - 5)
    assert sequences(app) == [1, 2, 3, 4, 5]
    assert "Terbitkan yang masih menunggu" in visitor.get(page).text
    assert visitor.post(f"{page}/stop").status_code == 409

    assert worked(app, head.order()).state is JobState.DONE
    assert states(app) == issued * MANY
    assert sequences(app) == list(range(1, MANY + 1))


@pytest.mark.usefixtures("drawn_at_once")
def test_given_a_letter_thrown_away_and_one_written_meanwhile_then_neither_goes_out(
    app: Flask, head: Head
) -> None:
    wanted = head.ready(3)
    uuid = head.order()
    actor = head.actor
    with app.app_context():
        unwanted = db.session.get_one(Document, wanted[1])
        discard(unwanted, version=unwanted.version, actor=actor)
    head.ready(1)

    assert worked(app, uuid).result == '{"letters": 2, "refused": 0}'
    assert states(app) == [
        DocumentState.ISSUED,
        DocumentState.DISCARDED,
        DocumentState.ISSUED,
        DocumentState.APPROVED,
    ]


@pytest.mark.usefixtures("drawn_at_once")
def test_given_two_heads_who_ask_at_once_then_one_job_does_it_and_both_see_it(
    app: Flask, visitor: Visitor, another_visitor: Visitor, head: Head
) -> None:
    other = person(app, Role.HEAD_OF_REPRESENTATIVE)
    head.ready(3)
    choice = {"letters": f"{head.office_id}.completion_request"}
    first = visitor.enter(head.id).post(PAGE, choice).headers["Location"]
    second = another_visitor.enter(other.id).post(PAGE, choice).headers["Location"]
    assert first == second
    assert 'data-behaviour="progress"' in visitor.get(first).text
    assert another_visitor.get(second).status_code == 200
    assert "Surat sedang diterbitkan" in another_visitor.get(PAGE).text
    worked(app, UUID(first.rsplit("/", 1)[1]))
    assert sequences(app) == [1, 2, 3]


def test_given_a_head_of_another_office_then_the_batch_does_not_exist(
    app: Flask, visitor: Visitor, head: Head
) -> None:
    head.ready(1)
    page = f"{PAGE}/{head.order()}"
    visitor.enter(person(app, Role.HEAD_OF_REPRESENTATIVE, office="KPG").id)
    assert visitor.get(page).status_code == 404
    assert visitor.post(f"{page}/stop").status_code == 404
