"""Two assess without each other, a third settles, another person reviews: who sees what, and what stays."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.audits.models import AnswerChange, Audit, AuditScore, AuditSheet, SheetAnswer
from ombudsman_app.audits.states import AuditState, Cause, ScoreStage, SheetKind
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.attachments import AttachmentFactory
from ..factories.audits import AuditFactory, RoundFactory, SheetFactory
from ..factories.findings import person
from ..visitor import Visitor

Inside = Callable[..., Any]
WAITED = [{"minutes": "10"}, {"minutes": "20"}, {"minutes": "12", "seconds": "30"}]
DAYS = {"received_on": "2-11-2026", "complete_on": "2-11-2026"}
CLAIMS = [
    {"mark": "Berkas 1", **DAYS, "decided_on": "4-11-2026"},
    {"mark": "Berkas 2", **DAYS, "decided_on": "16-11-2026"},
]
REASON = "Foto menunjukkan jalur landai yang terputus di pintu."


class Blind:
    """A blind audit in the field: two sheets that differ in I01 (4 and 2) and I09 (4 and 0)."""

    def __init__(self, app: Flask, inside: Inside) -> None:
        self.app, self.inside = app, inside
        self.lead, self.other = inside(person, Role.AUDITOR), inside(person, Role.AUDITOR)
        self.third, self.reviewer = inside(person, Role.REVIEWER), inside(person, Role.REVIEWER)
        round_ = inside(RoundFactory, is_blind=True)
        self.audit = inside(
            AuditFactory,
            round_=round_,
            lead=self.lead,
            assessor=self.other,
            adjudicator=self.third,
            reviewer=self.reviewer,
        )
        self.first = inside(SheetFactory, self.audit, self.lead)
        lower = {"I01": {"value": "2"}, "I09": {"value": "0"}}
        self.second = inside(SheetFactory, self.audit, self.other, answers=lower)

    def door(self, actor: Any) -> Visitor:
        return Visitor(self.app).enter(actor.user_id)

    def page(self, what: str) -> str:
        return f"/staff/audits/{self.audit.id}/{what}"

    def hand_in(self, actor: Any, sheet: AuditSheet) -> Any:
        visitor = self.door(actor)
        visitor.get(f"/staff/audits/field/{sheet.id}")
        return visitor.post(f"/staff/audits/field/{sheet.id}/submit", {"version": "1"})

    def both_in(self) -> None:
        for actor, sheet in ((self.lead, self.first), (self.other, self.second)):
            assert self.hand_in(actor, sheet).status_code == 302

    def settle(self, indicator: str, **given: str) -> Any:
        visitor = self.door(self.third)
        visitor.get(self.page(f"settle/{indicator}"))
        return visitor.post(self.page(f"settle/{indicator}"), {"reason": REASON, **given})

    def state(self) -> AuditState:
        found: Audit = self.inside(lambda: db.session.get_one(Audit, self.audit.id))
        return found.state


@pytest.fixture
def blind(app: Flask, clock: StoppedClock) -> Blind:
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            return function(*given, **more)

    return Blind(app, call)


def test_given_one_sheet_is_in_then_the_other_assessor_finds_nothing_of_it_anywhere(blind: Blind) -> None:
    file = blind.inside(lambda: AttachmentFactory(blind.first.evidence_id).uuid)
    assert blind.hand_in(blind.lead, blind.first).status_code == 302
    other = blind.door(blind.other)

    sheet = f"/staff/audits/field/{blind.first.id}"
    for address in (sheet, f"{sheet}/indicators/I01", f"/staff/attachments/{file}"):
        assert other.get(address).status_code == 404, address
    for address in (f"{sheet}/indicators/I01/answer", f"{sheet}/submit", f"{sheet}/evidence/1/remove"):
        assert other.post(address).status_code == 404, address
    for what in ("compare", "score", ""):
        page = other.get(blind.page(what).rstrip("/")).text
        assert f"/field/{blind.first.id}" not in page
        assert "Lembar pertama" not in page
    own = other.get(f"/staff/audits/field/{blind.second.id}").text
    assert "57 dari 57" in own
    assert f"/field/{blind.first.id}" not in own


def test_given_both_are_in_then_both_see_how_far_they_agree(blind: Blind) -> None:
    blind.both_in()
    page = blind.door(blind.other).get(blind.page("compare")).text
    assert "96,49%" in page  # 55 of 57
    assert page.count("Selaraskan I") == 0  # only the third settles
    assert blind.door(blind.lead).get(f"/staff/audits/field/{blind.second.id}").status_code == 200


def test_given_two_that_differ_when_the_third_settles_then_both_values_stay(blind: Blind) -> None:
    blind.both_in()
    assert blind.settle("I01", taken="second").status_code == 302
    assert blind.settle("I09", taken="other", choice="1").status_code == 302
    third = blind.door(blind.third)
    third.get(blind.page("compare"))
    assert third.post(blind.page("settle")).status_code == 302

    agreed = blind.inside(
        lambda: db.session.scalars(select(AuditSheet).where(AuditSheet.kind == SheetKind.AGREED)).one()
    )
    rows = blind.inside(
        lambda: {
            one.indicator: one
            for one in db.session.scalars(select(SheetAnswer).where(SheetAnswer.sheet_id == agreed.id))
        }
    )
    assert (rows["I01"].value, rows["I01"].taken_from_id) == ("2", blind.second.id)
    assert (rows["I09"].value, rows["I09"].taken_from_id) == ("1", None)
    assert rows["I02"].value == "4"
    changes = blind.inside(lambda: db.session.scalars(select(AnswerChange).order_by(AnswerChange.id)).all())
    assert [one.cause for one in changes] == [Cause.ADJUDICATION] * 2
    assert changes[1].before["first"]["value"] == "4"
    assert changes[1].before["second"]["value"] == "0"
    assert changes[1].reason == REASON

    answer = blind.door(blind.lead).submit(blind.page("submit"))
    assert answer.status_code == 302
    assert blind.state() is AuditState.SUBMITTED


def test_given_something_is_not_settled_then_the_agreed_sheet_stays_open(blind: Blind) -> None:
    blind.both_in()
    blind.settle("I01", taken="first")
    third = blind.door(blind.third)
    third.get(blind.page("compare"))
    answer = third.post(blind.page("settle"))
    assert answer.status_code == 422
    assert "settle/I09" in answer.text
    lead = blind.door(blind.lead).submit(blind.page("submit"), {"version": "1"})
    assert lead.status_code == 409


def test_given_who_assessed_when_settling_or_reviewing_then_it_is_refused(blind: Blind) -> None:
    blind.both_in()
    for actor in (blind.lead, blind.other):
        assert blind.door(actor).post(blind.page("settle/I01")).status_code == 403
        assert blind.door(actor).get(blind.page("review")).status_code == 403


def test_given_an_audit_handed_in_when_reviewed_then_changes_stay_and_the_draft_is_scored(
    app: Flask, blind: Blind
) -> None:
    audit = blind.inside(AuditFactory, AuditState.SUBMITTED, lead=blind.lead, reviewer=blind.reviewer)
    visitor = Visitor(app).enter(blind.reviewer.user_id)
    one = f"/staff/audits/{audit.id}/review/I09"
    visitor.get(one)
    assert visitor.page is not None
    assert (
        visitor.post(f"{one}/remark", {**visitor.page.values, "remark": "Foto kurang jelas."}).status_code
        == 302
    )
    assert "Foto kurang jelas." in visitor.get(one).text
    assert visitor.page is not None
    changed = {**visitor.page.values, "choice": "1", "reason": REASON}
    assert visitor.post(one, changed).status_code == 302
    assert "4: Lengkap" in visitor.get(one).text

    assert visitor.submit(f"/staff/audits/{audit.id}/review").status_code == 302
    scores = blind.inside(lambda: db.session.scalars(select(AuditScore).order_by(AuditScore.id)).all())
    assert [score.stage for score in scores] == [ScoreStage.SUBMITTED, ScoreStage.DRAFT]
    assert scores[1].result["capped_by"] == ["I09"]
    page = visitor.get(f"/staff/audits/{audit.id}/score").text
    assert scores[1].total_exact.replace(".", ",") in page
    change = blind.inside(lambda: db.session.scalars(select(AnswerChange)).one())
    assert (change.before["value"], change.after["value"], change.cause) == ("4", "1", Cause.REVIEW)


def gives_back(blind: Blind, audit: Audit) -> None:
    """A remark to one indicator, then the whole back with reasons."""
    visitor = blind.door(blind.reviewer)
    visitor.get(f"/staff/audits/{audit.id}/review/I09")
    assert visitor.page is not None
    said = {**visitor.page.values, "remark": "Foto jalur landai kurang jelas."}
    assert visitor.post(f"/staff/audits/{audit.id}/review/I09/remark", said).status_code == 302
    version = blind.inside(lambda: db.session.get_one(Audit, audit.id).version)
    sent = {"version": str(version), "back_reason": "Lengkapi foto toilet pengguna."}
    assert visitor.post(f"/staff/audits/{audit.id}/give-back", sent).status_code == 302


def test_given_reasons_when_given_back_then_the_sheet_opens_again_and_the_team_reads_them(
    blind: Blind,
) -> None:
    audit = blind.inside(AuditFactory, AuditState.SUBMITTED, lead=blind.lead, reviewer=blind.reviewer)
    gives_back(blind, audit)

    sheet = blind.inside(
        lambda: db.session.scalars(select(AuditSheet).where(AuditSheet.audit_id == audit.id)).one()
    )
    assert sheet.submitted_at is None
    assert blind.inside(lambda: db.session.get_one(Audit, audit.id)).state is AuditState.IN_FIELD
    lead = blind.door(blind.lead)
    page = lead.get(f"/staff/audits/{audit.id}").text
    assert lead.queries <= 12
    assert "Lengkapi foto toilet pengguna." in page
    place = f"/staff/audits/field/{sheet.id}/indicators/I09"
    assert "Foto jalur landai kurang jelas." in page
    assert "Foto jalur landai kurang jelas." in lead.get(place).text
    assert "Foto jalur landai kurang jelas." not in lead.get(place.replace("I09", "I08")).text
    told = select(Notification.person_id).where(Notification.kind == "audits.given_back")
    assert blind.inside(lambda: db.session.scalars(told).all()) == [blind.lead.user_id]


def test_given_a_blind_audit_when_given_back_then_the_third_reads_what_to_settle_again(blind: Blind) -> None:
    blind.both_in()
    for indicator in ("I01", "I09"):
        blind.settle(indicator, taken="first")
    third = blind.door(blind.third)
    third.get(blind.page("compare"))
    third.post(blind.page("settle"))
    blind.door(blind.lead).submit(blind.page("submit"))
    gives_back(blind, blind.audit)

    page = third.get(f"/staff/audits/{blind.audit.id}").text
    assert "Lengkapi foto toilet pengguna." in page
    assert blind.page("settle/I09") in page
    assert "Foto jalur landai kurang jelas." in third.get(blind.page("settle/I09")).text
    assert blind.page("settle/I09") not in blind.door(blind.other).get(f"/staff/audits/{blind.audit.id}").text


@pytest.mark.parametrize(
    ("indicator", "entries", "says", "kept"),
    [
        ("P18", WAITED, "12,5 menit", "12.5"),
        ("I01", [{"value": "3"}, {"value": "4"}], "3,5", "3"),
        ("O02", [{"value": "yes"}, {"value": "no"}, {"value": "no"}], "1 dari 3 orang", "1"),
        ("P13", CLAIMS, "1 dari 2 berkas", "1"),
    ],
)
def test_given_entries_one_by_one_then_they_suggest_an_answer_that_one_click_takes_over(
    app: Flask, blind: Blind, indicator: str, entries: list[dict[str, str]], says: str, kept: str
) -> None:
    audit = blind.inside(AuditFactory, lead=blind.lead)
    sheet = blind.inside(SheetFactory, audit, blind.lead, is_full=False)
    visitor = Visitor(app).enter(blind.lead.user_id)
    page = f"/staff/audits/field/{sheet.id}/indicators/{indicator}"
    for number, entry in enumerate(entries):
        for _ in range(2):  # the same form twice is one entry
            answer = visitor.post(f"{page}/samples", {**entry, "sample_key": f"{number:032}"})
            assert answer.status_code == 302, answer.text
    text = visitor.get(page).text
    assert says in text
    form = text.partition(f'action="{page}/answer">')[2].partition("</form>")[0]
    fields = dict(part.split('" value="') for part in form.split('name="')[1:] if '" value="' in part)
    sent = {name: value.partition('"')[0] for name, value in fields.items() if name != "csrf_token"}
    assert visitor.post(f"{page}/answer", sent).status_code == 302
    stored = blind.inside(
        lambda: db.session.scalars(
            select(SheetAnswer).where(SheetAnswer.sheet_id == sheet.id, SheetAnswer.indicator == indicator)
        ).one()
    )
    assert kept == (stored.value or stored.numerator)


def test_given_a_claim_file_marked_by_a_nik_then_it_is_refused(app: Flask, blind: Blind) -> None:
    audit = blind.inside(AuditFactory, lead=blind.lead)
    sheet = blind.inside(SheetFactory, audit, blind.lead, is_full=False)
    visitor = Visitor(app).enter(blind.lead.user_id)
    sent = {"mark": "7601011203900001", "sample_key": "a" * 32}
    answer = visitor.post(f"/staff/audits/field/{sheet.id}/indicators/P13/samples", sent)
    assert answer.status_code == 422
    assert "tampak seperti NIK" in answer.text


def test_given_a_colleague_who_handed_in_when_one_has_not_begun_then_the_sheet_is_not_there(
    app: Flask, clock: StoppedClock
) -> None:
    """Who could still copy sees nothing, whether the own sheet is open or not begun."""
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        lead, other = person(Role.AUDITOR), person(Role.AUDITOR)
        audit = AuditFactory(
            round_=RoundFactory(is_blind=True), lead=lead, assessor=other, adjudicator=person(Role.REVIEWER)
        )
        sheet = SheetFactory(audit, lead, is_submitted=True)
    visitor = Visitor(app).enter(other.user_id)
    assert visitor.get(f"/staff/audits/field/{sheet.id}").status_code == 404
    assert visitor.get(f"/staff/audits/field/{sheet.id}/indicators/I01").status_code == 404
