"""No answer comes: the system proposes a step once, the head releases it, its letter has one number."""

import threading
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from ombudsman_app.core import signatures
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.signatures import SigningNotPossible, Why
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.commands import ProofInput, SendInput, prove, send
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import Channel, Proof
from ombudsman_app.findings.commands import ResponseInput, propose_rungs, respond_to_finding
from ombudsman_app.findings.models import Finding, FindingClock, LadderStep
from ombudsman_app.findings.states import FindingState, Position, Rung

from ..conftest import StoppedClock
from ..factories.attachments import AttachmentFactory
from ..factories.complaints import office_id
from ..factories.documents import drawn
from ..factories.findings import ANSWER, FindingFactory, person
from ..pages import Page
from ..visitor import Visitor

WORDS = {"words": "Mohon segera menanggapi."}
Inside = Callable[..., Any]


@pytest.fixture
def inside(app: Flask, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            return function(*given, **more)

    call(load_shipped)
    return call


@pytest.fixture
def late(inside: Inside, clock: StoppedClock) -> Finding:
    """A finding that was due on 10 December; it is the 14th."""
    finding: Finding = inside(FindingFactory, FindingState.SENT)
    clock.at("2026-12-14T09:00+08:00")
    return finding


@pytest.fixture
def head_id(inside: Inside) -> int:
    return inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id or 0


def stored(statement: Any) -> Any:
    return db.session.scalars(statement).all()


def steps(inside: Inside) -> list[tuple[Rung, bool]]:
    found = inside(stored, select(LadderStep).order_by(LadderStep.id))
    return [(one.rung, one.released_at is not None) for one in found]


def letters(inside: Inside) -> list[str]:
    kinds = select(Document.kind).where(Document.kind != "finding_notice").order_by(Document.id)
    return list(inside(stored, kinds))


def release(visitor: Visitor, finding: Finding, step: int | None = None) -> Any:
    page = f"/staff/findings/{finding.id}"
    shown = Page(visitor.get(page).text).values
    with visitor.app.app_context():
        last = db.session.scalars(select(LadderStep.id).order_by(LadderStep.id.desc())).first()
    given = {"version": shown.get("version", ""), **WORDS}
    return visitor.post(f"{page}/steps/{step or last}/release", given)


def test_given_it_is_late_when_the_job_runs_twice_then_one_step_is_proposed(
    inside: Inside, late: Finding
) -> None:
    assert inside(propose_rungs) == 1
    assert inside(propose_rungs) == 0
    assert steps(inside) == [(Rung.REMINDER, False)]
    assert letters(inside) == []


def test_given_somebody_who_is_no_head_when_releasing_then_it_is_refused_and_the_page_shows_no_form(
    inside: Inside, late: Finding, visitor: Visitor
) -> None:
    inside(propose_rungs)
    visitor.enter(inside(person, Role.PREVENTION_ASSISTANT).user_id)
    page = visitor.get(f"/staff/findings/{late.id}").text
    assert "Usulan: Surat pengingat" in page or "Surat pengingat" in page
    assert "/release" not in page
    assert release(visitor, late).status_code == 403
    assert letters(inside) == []


def test_given_the_office_answers_meanwhile_when_releasing_then_the_head_is_told_and_no_number_is_used(
    inside: Inside, late: Finding, visitor: Visitor, head_id: int
) -> None:
    inside(propose_rungs)
    page = Page(visitor.enter(head_id).get(f"/staff/findings/{late.id}").text).values
    step = inside(stored, select(LadderStep.id))[0]

    def answer() -> None:
        officer = person(Role.OFFICE_OFFICER)
        respond_to_finding(late, ResponseInput(Position.ACCEPT, ANSWER), actor=officer)

    inside(answer)
    given = {"version": page["version"], **WORDS}
    told = visitor.post(f"/staff/findings/{late.id}/steps/{step}/release", given)
    assert told.status_code == 409
    assert "tidak diperlukan lagi" in told.text
    assert letters(inside) == []
    assert inside(propose_rungs) == 0


@pytest.fixture
def heads(inside: Inside) -> list[int]:
    """Two heads whose right began before the clock was moved: threads of a test have the real one."""
    return [inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id or 0 for _ in range(2)]


def test_given_two_heads_at_once_then_one_letter_goes_out_under_one_number(
    app: Flask, inside: Inside, heads: list[int], late: Finding
) -> None:
    inside(propose_rungs)
    step = inside(stored, select(LadderStep.id))[0]
    version = str(inside(stored, select(Finding.version))[0])
    together, ended = threading.Barrier(2), []

    def one(user: int) -> None:
        visitor = Visitor(app, f"203.0.113.{user % 200}").enter(user)
        visitor.get(f"/staff/findings/{late.id}")
        together.wait(60)
        path = f"/staff/findings/{late.id}/steps/{step}/release"
        ended.append(visitor.post(path, {"version": version, **WORDS}).status_code)

    threads = [threading.Thread(target=one, args=(user,)) for user in heads]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(ended) == [302, 409]
    assert letters(inside) == ["reminder_to_respondent"]
    assert steps(inside) == [(Rung.REMINDER, True)]


def test_given_no_answer_then_the_escalation_waits_for_the_end_of_a_second_term_that_was_proven(
    inside: Inside, late: Finding, visitor: Visitor, head_id: int, clock: StoppedClock
) -> None:
    def later(days: int, expected: int) -> None:
        nonlocal day
        day += timedelta(days=days)
        clock.at(f"{day}T09:00+08:00")
        assert inside(propose_rungs) == expected, day

    day = date(2026, 12, 14)
    for rung, wait in ((Rung.REMINDER, 0), (Rung.SUPERIOR, 14), (Rung.SECOND_TERM, 14)):
        later(wait, 1)
        assert release(visitor.enter(head_id), late).status_code == 302
        assert steps(inside)[-1] == (rung, True)
        later(0, 0)  # the next one has its own time

    later(60, 0)  # however long: the second letter was never proven
    assert len(inside(stored, select(FindingClock))) == 1

    def arrives() -> None:
        head = person(Role.HEAD_OF_REPRESENTATIVE)
        kind = Document.kind == "second_term_letter"
        letter = drawn(db.session.scalars(select(Document).where(kind)).one())
        way = send(letter, SendInput(Channel.POST, "respondent", day), actor=head)
        paper = AttachmentFactory(late.evidence_id)
        prove(way, ProofInput(Proof.POSTAL, day, file=paper.uuid), actor=head)

    inside(arrives)
    assert len(inside(stored, select(FindingClock))) == 2
    later(7, 0)  # its ten working days still run
    later(14, 1)
    assert release(visitor.enter(head_id), late).status_code == 302
    assert steps(inside)[-1] == (Rung.ESCALATION, True)
    later(200, 0)
    assert letters(inside) == [
        "reminder_to_respondent", "letter_to_superior", "second_term_letter", "escalation_letter",
    ]  # fmt: skip


def test_given_nobody_above_the_office_when_releasing_then_it_says_so_and_nothing_happened(
    inside: Inside, late: Finding, visitor: Visitor, head_id: int, clock: StoppedClock
) -> None:
    inside(propose_rungs)
    assert release(visitor.enter(head_id), late).status_code == 302
    clock.at("2026-12-28T09:00+08:00")
    inside(propose_rungs)
    alone = update(Office).where(Office.id == inside(office_id, "kc_mamuju")).values(parent_id=None)
    inside(command(lambda: db.session.execute(alone)))
    before = inside(stored, select(Finding.version))

    told = release(visitor.enter(head_id), late)

    assert told.status_code == 422
    assert "Kantor di atas" in told.text or "atasan" in told.text
    assert steps(inside) == [(Rung.REMINDER, True), (Rung.SUPERIOR, False)]
    assert letters(inside) == ["reminder_to_respondent"]
    assert inside(stored, select(Finding.version)) == before


def test_given_no_key_to_sign_with_when_releasing_then_nothing_happened_and_later_it_has_the_first_number(
    inside: Inside, late: Finding, visitor: Visitor, head_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside(propose_rungs)
    visitor.enter(head_id)
    with monkeypatch.context() as patched:

        def away() -> None:
            raise SigningNotPossible(why=Why.MISSING)

        patched.setattr(signatures, "office_certificate", away)
        told = release(visitor, late)
    assert told.status_code == 503
    assert steps(inside) == [(Rung.REMINDER, False)]
    assert letters(inside) == []

    assert release(visitor, late).status_code == 302
    kind = Document.kind == "reminder_to_respondent"
    (number,) = inside(stored, select(Document.sequence).where(kind))
    assert number == 1, "none was used up"
