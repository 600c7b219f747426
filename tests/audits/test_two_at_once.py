"""Two browsers at one audit: of two who decide at once one does it; a right taken away ends in each tab."""

import threading
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts.commands import revoke_grant
from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.audits.commands import finish_responding, open_draft, send_draft
from ombudsman_app.audits.commands.publishing import ask_publication
from ombudsman_app.audits.models import Audit, AuditResponse, AuditScore, AuditStep
from ombudsman_app.audits.states import AuditState, ScoreStage
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import STRANGER, Actor, Role

from ..factories.audits import AuditFactory
from ..factories.findings import person
from ..visitor import Visitor

DISPUTE = {"stance": "dispute", "text": "Semua petugas telah dilatih pada bulan Maret."}


def opened_draft(officer: Actor) -> Audit:
    """A draft that this officer opened."""
    audit = AuditFactory(AuditState.REVIEWED)
    send_draft(audit, version=audit.version, actor=person(Role.HEAD_OF_REPRESENTATIVE))
    open_draft(audit, actor=officer)
    return audit


def answered_draft() -> Audit:
    """A draft of which nothing is open any more."""
    officer = person(Role.OFFICE_OFFICER)
    audit = opened_draft(officer)
    finish_responding(audit, actor=officer)
    return audit


def asked_for() -> Audit:
    """A final score whose publication its lead asked for."""
    lead = person(Role.AUDITOR)
    audit = AuditFactory(AuditState.FINAL, lead=lead)
    ask_publication(audit, version=audit.version, actor=lead)
    return audit


@pytest.mark.parametrize("act", ["/butir/I01", "/selesai"])
def test_given_a_revoked_officer_with_two_tabs_when_the_second_answers_then_refused(
    app: Flask, visitor: Visitor, act: str
) -> None:
    with app.app_context():
        officer = person(Role.OFFICE_OFFICER)
        draft = f"/portal/penilaian/{opened_draft(officer).id}"
    visitor.enter(officer.user_id or 0)
    first, second = (form_of(visitor, f"{draft}/butir/{indicator}") for indicator in ("P01", "I01"))
    assert visitor.post(f"{draft}/butir/P01", {**first, **DISPUTE}).status_code == 302
    with app.app_context():
        grant = db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == officer.user_id)).one()
        revoke_grant(grant, actor=STRANGER)

    refused = visitor.post(draft + act, {**second, **DISPUTE})

    assert refused.status_code == 403
    assert visitor.get(draft).status_code == 403
    with app.app_context():
        assert db.session.scalars(select(AuditResponse.indicator)).all() == ["P01"]
        assert db.session.scalars(select(Audit.answered_on)).one() is None


def form_of(visitor: Visitor, path: str) -> dict[str, Any]:
    visitor.get(path)
    assert visitor.page is not None
    return dict(visitor.page.values)


@pytest.mark.parametrize(
    ("ready", "act", "after"),
    [
        (answered_draft, "/final", AuditState.FINAL),
        (asked_for, "/publication/release", AuditState.PUBLISHED),
    ],
)
def test_given_two_heads_when_both_decide_at_once_then_one_does_it_and_one_is_told(
    app: Flask, ready: Callable[[], Audit], act: str, after: AuditState
) -> None:
    with app.app_context():
        audit = ready()
        heads = [person(Role.HEAD_OF_REPRESENTATIVE).user_id or 0 for _ in range(2)]
        seen = {"version": str(db.session.get_one(Audit, audit.id).version)}
    browsers = [Visitor(app).enter(head) for head in heads]
    page, together, told = f"/staff/audits/{audit.id}{act}", threading.Barrier(2), list[int]()

    def press(browser: Visitor, form: dict[str, str]) -> None:
        together.wait(60)
        told.append(browser.client.post(page, data=form).status_code)

    threads = [
        threading.Thread(target=press, args=(one, {**seen, "csrf_token": one.token()})) for one in browsers
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(told) == [302, 409]
    with app.app_context():
        held = db.session.get_one(Audit, audit.id)
        assert held.state is after
        moves = select(func.count()).where(AuditStep.audit_id == audit.id, AuditStep.to_state == after)
        assert db.session.scalar(moves) == 1
        scores = select(func.count()).where(
            AuditScore.audit_id == audit.id, AuditScore.stage == ScoreStage.FINAL
        )
        assert db.session.scalar(scores) == 1
