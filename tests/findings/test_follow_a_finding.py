"""A finding by the doors of both sides: seen on a visit, sent, answered, given back, accepted, done."""

import io
import re
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.attachments.models import Attachment
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.findings.models import Finding, FindingClock, FindingEntry, Measure
from ombudsman_app.findings.states import FindingState, MeasureKind

from ..conftest import StoppedClock
from ..factories.findings import ANSWER, MEASURE, REASON, SUMMARY, person
from ..pages import Page
from ..visitor import Visitor
from .test_on_the_portal import YES

WRITTEN = {
    "summary": SUMMARY,
    "description": "Pada 19 November 2026 papan tarif tidak terlihat di tiga loket.",
    "rule": "UU 25/2009 Pasal 21",
    "measure_1": MEASURE,
}
Inside = Callable[..., Any]


@pytest.fixture
def inside(app: Flask, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            return function(*given, **more)

    call(load_shipped)
    return call


def stored(statement: Any) -> Any:
    return db.session.scalars(statement).all()


def text_of(page: str) -> str:
    """Return what the main part of a page says, without its marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[1]).split())


def test_given_a_visit_when_both_sides_do_their_part_then_the_finding_is_done_and_its_kind_never_mixes(
    app: Flask, inside: Inside, clock: StoppedClock
) -> None:
    maker, judge = (inside(person, role).user_id for role in (Role.PREVENTION_ASSISTANT, Role.REVIEWER))
    officer = inside(person, Role.OFFICE_OFFICER).user_id
    staff, other, office = Visitor(app).enter(maker), Visitor(app).enter(judge), Visitor(app).enter(officer)
    seen: list[str] = []

    # a visit is noted, and a finding begins with it
    found = staff.get("/staff/findings/visits/new?q=cabang+mamuju").text
    (office_page,) = re.findall(r'href="(/staff/findings/visits/new\?office=[^"]*mamuju[^"]*)"', found)
    noted = staff.submit(office_page, {"visited_on": "2026-11-19", "seen": "Papan tarif tidak ada."})
    made = staff.submit(f"{noted.location}/new-finding", WRITTEN)
    assert made.status_code == 302
    page = made.location
    (finding,) = inside(stored, select(Finding.id))
    evidence = {
        "owner": "finding", "owner_id": str(finding), "back": page,
        "files": (io.BytesIO(b"%PDF-1.7\n%%EOF"), "foto.pdf"),
    }  # fmt: skip
    assert staff.post("/staff/attachments/plain", evidence).status_code == 302
    assert office.get(f"/portal/findings/{finding}").status_code == 404, "a draft is nobody's yet"

    # it goes out, is opened and answered
    assert act(staff, page, "/send").status_code == 302
    there = f"/portal/findings/{finding}"
    assert SUMMARY not in office.get(there).text
    assert office.post(f"{there}/open").status_code == 302
    seen += [staff.get(page).text, office.get(there).text]
    (held,) = inside(stored, select(FindingClock))
    assert (held.received_by_id, held.due_on) == (officer, date(2026, 12, 10))
    answered = office.submit(f"{there}/respond", YES)
    assert answered.status_code == 302

    # nobody judges the own finding; another one gives it back, with reasons
    assert 'id="judge"' not in staff.get(page).text
    given = {"verdict": "enough", "reason": REASON, "version": version_of(inside)}
    own = staff.post(f"{page}/judge", given)
    assert own.status_code == 403
    assert judged(other, page, "not_enough").status_code == 302
    assert inside(stored, select(Finding.state)) == [FindingState.RETURNED]
    assert judged(other, page, "enough").status_code == 409, "there is nothing to judge now"

    # the second round has its own time
    assert office.post(f"{there}/open").status_code == 302
    again = {**YES, "text": "Foto papan di semua loket."}
    assert office.submit(f"{there}/respond", again).status_code == 302
    assert judged(other, page, "enough").status_code == 302
    assert act(office, there, "/progress", {"text": "Dua dari tiga loket selesai."}).status_code == 302
    seen += [other.get(page).text, office.get(there).text]
    assert judged(other, page, "done").status_code == 302

    assert inside(stored, select(Finding.state)) == [FindingState.DONE]
    assert inside(stored, select(Measure.status)) == ["done"]
    assert inside(stored, select(Measure.kind)) == [MeasureKind.IMPROVEMENT_SUGGESTION]
    entries = inside(stored, select(FindingEntry).order_by(FindingEntry.id))
    assert [(one.round, one.kind) for one in entries] == [
        (1, "response"), (1, "judgement"),
        (2, "response"), (2, "judgement"), (2, "progress"), (2, "judgement"),
    ]  # fmt: skip
    assert [one.round for one in inside(stored, select(FindingClock).order_by(FindingClock.id))] == [1, 2]
    assert len(inside(stored, select(Attachment))) == 1
    end = staff.get(page).text
    seen += [end, office.get(there).text]
    assert ANSWER in end
    assert "Dua dari tiga loket selesai." in end
    for text in map(text_of, seen):
        assert "Saran perbaikan" in text
        assert "Tindakan korektif" not in text
        assert "Rekomendasi" not in text
    assert office.post(f"{there}/progress", {"text": "Masih ada lagi."}).status_code == 409


def act(visitor: Visitor, page: str, path: str, data: dict[str, str] | None = None) -> Any:
    """Open a page and send a form of it with the version that it shows."""
    shown = Page(visitor.get(page).text).values
    return visitor.post(page + path, {"version": shown.get("version", ""), **(data or {})})


def version_of(inside: Inside) -> str:
    return str(inside(stored, select(Finding.version))[0])


def judged(visitor: Visitor, page: str, verdict: str) -> Any:
    return act(visitor, page, "/judge", {"verdict": verdict, "reason": REASON})
