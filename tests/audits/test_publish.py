"""A final score becomes public by two persons, and only then anybody finds it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask

from ombudsman_app.audits.commands.publishing import (
    ask_publication,
    release_publication,
    withdraw_publication,
)
from ombudsman_app.audits.errors import OwnAudit
from ombudsman_app.audits.models import Audit
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed, RecordChanged
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.trail.models import TrailEntry

from ..factories.audits import AuditFactory
from ..factories.findings import person
from ..visitor import Visitor


def address_of(audit: Audit) -> str:
    held = db.session.get_one(Audit, audit.id)
    db.session.refresh(held, ["office", "round"])
    return f"/kantor/{held.office.slug}/penilaian/{held.round.slug}"


def asked(lead: Actor | None = None, **more: Any) -> Audit:
    """A final audit whose publication an auditor asked for."""
    lead = lead or person(Role.AUDITOR)
    audit = AuditFactory(AuditState.FINAL, lead=lead, **more)
    ask_publication(audit, version=audit.version, actor=lead)
    return db.session.get_one(Audit, audit.id)


def test_given_a_final_score_when_one_asks_and_the_head_releases_then_everybody_reads_it(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        audit = asked()
        path = address_of(audit)
    assert visitor.get(path).status_code == 404
    with app.app_context():
        release_publication(audit, version=audit.version, actor=person(Role.HEAD_OF_REPRESENTATIVE))
        held = db.session.get_one(Audit, audit.id)
        assert (held.state, held.low_hundredths, held.high_hundredths) == (AuditState.PUBLISHED, 10000, 10000)
        assert [one.event for one in db.session.query(TrailEntry).order_by(TrailEntry.seq)][-2:] == [
            "audits:publication:asked",
            "audits:audit:moved",
        ]
    page = visitor.get(path)
    assert page.status_code == 200
    assert "100,00" in page.text
    assert "Hasil penilaian" in page.text


@pytest.mark.parametrize("state", [one for one in AuditState if one is not AuditState.FINAL])
def test_given_any_other_state_when_asked_then_refused(in_app: Flask, state: AuditState) -> None:
    lead = person(Role.AUDITOR)
    audit = AuditFactory(state, lead=lead)
    with pytest.raises(MoveNotAllowed):
        ask_publication(audit, version=audit.version, actor=lead)


def test_given_the_head_who_asked_when_releasing_then_another_person_is_needed(in_app: Flask) -> None:
    head = person(Role.HEAD_OF_REPRESENTATIVE)
    audit = asked(head)
    with pytest.raises(OwnAudit):
        release_publication(audit, version=audit.version, actor=head)
    withdraw_publication(audit, version=audit.version, actor=head)
    lead = person(Role.AUDITOR)
    held = db.session.get_one(Audit, audit.id)
    ask_publication(held, version=held.version, actor=lead)
    release_publication(held, version=held.version, actor=head)
    assert held.state is AuditState.PUBLISHED


@pytest.mark.parametrize("step", [ask_publication, release_publication, withdraw_publication])
def test_given_a_published_audit_when_anything_comes_again_then_it_is_over(
    in_app: Flask, step: Callable[..., None]
) -> None:
    audit = AuditFactory(AuditState.PUBLISHED)
    with pytest.raises(MoveNotAllowed):
        step(audit, version=audit.version, actor=person(Role.HEAD_OF_REPRESENTATIVE))


def test_given_a_wish_that_stands_when_asked_again_then_refused(in_app: Flask) -> None:
    audit = asked()
    with pytest.raises(MoveNotAllowed):
        ask_publication(audit, version=audit.version, actor=person(Role.AUDITOR))


def test_given_an_older_page_when_released_then_told(in_app: Flask) -> None:
    audit = asked()
    with pytest.raises(RecordChanged):
        release_publication(audit, version=audit.version - 1, actor=person(Role.HEAD_OF_REPRESENTATIVE))


def test_given_no_head_or_one_of_another_office_when_releasing_then_refused(in_app: Flask) -> None:
    audit = asked()
    for other in (person(Role.REVIEWER), person(Role.HEAD_OF_REPRESENTATIVE, office="KPG")):
        with pytest.raises(NotAllowed):
            release_publication(audit, version=audit.version, actor=other)


class TestThroughTheDoor:
    """The part on the page of an audit."""

    def test_given_an_auditor_and_a_head_then_the_page_leads_from_final_to_public(
        self, app: Flask, visitor: Visitor
    ) -> None:
        with app.app_context():
            lead, head = person(Role.AUDITOR), person(Role.HEAD_OF_REPRESENTATIVE)
            audit = AuditFactory(AuditState.FINAL, lead=lead)
            page, public = f"/staff/audits/{audit.id}", address_of(audit)
        visitor.enter(lead.user_id)
        assert f"{page}/publication/release" not in visitor.get(page).text
        version = {"version": str(audit.version)}
        assert visitor.post(f"{page}/publication/ask", version).status_code == 302
        assert "orang lain yang melepasnya" in visitor.get(page).text
        assert visitor.post(f"{page}/publication/ask", version).status_code == 409
        assert visitor.post(f"{page}/publication/release", version).status_code == 403
        visitor.enter(head.user_id)
        assert f"{page}/publication/release" in visitor.get(page).text
        assert visitor.queries <= 10
        with app.app_context():
            version = {"version": str(db.session.get_one(Audit, audit.id).version)}
        assert visitor.post(f"{page}/publication/release", version).status_code == 302
        assert visitor.post(f"{page}/publication/release", version).status_code == 409
        assert public in visitor.get(page).text
        assert Visitor(app).get(public).status_code == 200

    def test_given_a_published_audit_when_the_head_names_the_office_then_reason_and_day_are_asked(
        self, app: Flask, visitor: Visitor
    ) -> None:
        with app.app_context():
            head = person(Role.HEAD_OF_REPRESENTATIVE)
            audit = AuditFactory(AuditState.PUBLISHED)
            final = AuditFactory(AuditState.FINAL)
        visitor.enter(head.user_id)
        page = f"/staff/audits/{audit.id}"
        version = {"version": str(audit.version)}
        assert visitor.post(f"/staff/audits/{final.id}/study-place", version).status_code == 409
        empty = visitor.post(f"{page}/study-place", version)
        assert empty.status_code == 422
        assert "Tulis mengapa kantor lain dapat belajar di sini." in empty.text
        past = {"reason": "Loket ramah disabilitas.", "until": "01-01-2020", **version}
        assert "Hari ini sudah lewat" in visitor.post(f"{page}/study-place", past).text
        good = {**past, "until": "31-12-2199"}
        assert visitor.post(f"{page}/study-place", good).status_code == 302
        assert "Loket ramah disabilitas." in Visitor(app).get("/penilaian/studi-banding").text
        with app.app_context():
            version = {"version": str(db.session.get_one(Audit, audit.id).version)}
        assert visitor.post(f"{page}/study-place", {**good, **version}).status_code == 409
        ended = visitor.post(f"{page}/study-place/end", {"end_reason": "Loket dipindahkan.", **version})
        assert ended.status_code == 302
        assert visitor.post(f"{page}/study-place/end", version).status_code == 409
        assert "Loket ramah disabilitas." not in Visitor(app).get("/penilaian/studi-banding").text
