"""Who has not handed in learns nothing of the other's sheet: by no address, list, notice or trail (ADR 22).

The first assessor's sheet holds words of its own in every field. Then everything that the second can fetch,
read from the URL map, so that a new route is asked as soon as it exists.
"""

import json
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from ombudsman_app.audits.commands.papers import order_sheet
from ombudsman_app.audits.errors import SheetRefused
from ombudsman_app.audits.models import Audit, AuditSheet, SheetAnswer, SheetEvidence, SheetSample
from ombudsman_app.audits.states import SampleKind
from ombudsman_app.core.db import command, db
from ombudsman_app.core.errors import MoveNotAllowed
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.notifications.models import Message, Notification

from ..conftest import StoppedClock
from ..factories.attachments import AttachmentFactory
from ..factories.audits import AuditFactory, RoundFactory, SampleFactory, SheetFactory
from ..factories.findings import person
from ..routes import ROUTES, Route
from ..visitor import Visitor

NOTE, WORDS, NA = "Catatanqwyx di loket dua.", "Wawancaraqwyx dengan petugas.", "Alasanqwyx: tidak ada klaim."
MARK, MINUTES, SHARE = "Berkasqwyx 7", "713.25", 8317
TRACES = {"qwyx", MINUTES, MINUTES.replace(".", ","), str(SHARE), f"{SHARE:,}".replace(",", ".")}
OWN = ("staff.audits.", "staff.findings.", "staff.documents.", "staff.home.")


class Two:
    """A blind audit: the first has handed in, the second has a sheet that is still empty."""

    def __init__(self, app: Flask, *, begun: bool) -> None:
        self.app = app
        with app.app_context():
            self.lead, self.other = person(Role.AUDITOR), person(Role.AUDITOR)
            audit = AuditFactory(
                round_=RoundFactory(is_blind=True, title="Putaran tersamar"),
                lead=self.lead,
                assessor=self.other,
                adjudicator=person(Role.REVIEWER),
            )
            self.id, self.round_id = audit.id, audit.round_id
            self.sheet = SheetFactory(audit, self.lead).id
            self.item, self.sample, self.files = _mark(self.sheet, self.lead)
            if begun:
                self.own = SheetFactory(audit, self.other, is_full=False).id
        visitor = Visitor(app).enter(self.lead.user_id or 0)
        visitor.get(f"/staff/audits/field/{self.sheet}")
        assert visitor.post(f"/staff/audits/field/{self.sheet}/submit", {"version": "1"}).status_code == 302

    def door(self, actor: Actor) -> Visitor:
        return Visitor(self.app).enter(actor.user_id or 0)

    def values_of(self, route: Route) -> dict[str, Any] | None:
        """Return what fills an address with the sheet of the other; None: it leads to something else."""
        held = {
            "audit_id": self.id,
            "round_id": self.round_id,
            "sheet_id": self.sheet,
            "item_id": self.item,
            "sample_id": self.sample,
            "indicator": "P18",
        }
        names = {part.partition(":")[2].rstrip(">") for part in route.rule.split("<")[1:]}
        names = {one.partition(">")[0] for one in names}
        return {name: held[name] for name in names} if names <= set(held) else None

    def address(self, endpoint: str, **values: Any) -> str:
        with self.app.test_request_context("/"):
            return self.app.url_for(endpoint, **values)


@command
def _mark(sheet_id: int, lead: Actor) -> tuple[int, int, list[str]]:
    """Put words and numbers of their own into every field; return an item, a sample and the files."""
    sheet = db.session.get_one(AuditSheet, sheet_id)
    of = SheetAnswer.sheet_id == sheet_id
    db.session.execute(update(SheetAnswer).where(of).values(note=NOTE))
    for name, values in (
        ("P18", {"value": MINUTES}),
        ("P15", {"na_reason": NA, "numerator": None, "denominator": None}),
        ("O02", {"numerator": "1", "denominator": str(SHARE)}),
    ):
        db.session.execute(update(SheetAnswer).where(of, SheetAnswer.indicator == name).values(**values))
    db.session.execute(update(SheetEvidence).where(SheetEvidence.sheet_id == sheet_id).values(text=WORDS))
    item = db.session.scalars(select(SheetEvidence.id).where(SheetEvidence.sheet_id == sheet_id)).first()
    place = db.session.scalars(select(SheetAnswer).where(of, SheetAnswer.indicator == "I07")).one()
    files = [str(AttachmentFactory(one, "fotoqwyx.jpg").uuid) for one in (sheet.evidence_id, place.folder_id)]
    sample = SampleFactory(sheet_id, "P13", SampleKind.CLAIM_FILE, {"mark": MARK}, lead)
    return item or 0, sample.id, files


@pytest.fixture(params=[True, False], ids=["begun", "not begun"])
def two(app: Flask, clock: StoppedClock, request: pytest.FixtureRequest) -> Two:
    clock.at("2026-11-20T09:00+08:00")
    return Two(app, begun=request.param)


def traces_in(text: str) -> set[str]:
    return {trace for trace in TRACES if trace.lower() in text.lower()}


def test_given_one_is_in_when_the_other_opens_every_address_then_no_trace_of_the_sheet(two: Two) -> None:
    other, asked = two.door(two.other), 0
    routes = [route for route in ROUTES if route.endpoint.startswith(OWN)]
    for method in ("GET", "POST"):
        for route in routes:
            values = two.values_of(route)
            if values is None or method not in route.methods:
                continue
            path = two.address(route.endpoint, **values)
            answer = other.get(path) if method == "GET" else other.post(path)
            found = traces_in(f"{answer.data.decode('utf-8', 'replace')}{answer.headers}")
            assert not found, (route.endpoint, method, found)
            if "sheet_id" in values:
                assert answer.status_code == 404, (route.endpoint, method)
            asked += 1
    assert asked > 60


def test_given_one_is_in_when_the_other_names_its_files_then_they_do_not_exist(two: Two) -> None:
    other, lead = two.door(two.other), two.door(two.lead)
    for file in two.files:
        for part in ("", "/preview", "/thumb", "/original"):
            assert other.get(f"/staff/attachments/{file}{part}").status_code == 404, part
        assert lead.get(f"/staff/attachments/{file}").status_code == 200
    for owner, record in (("audit_sheet", two.sheet), ("audit_answer", _place(two))):
        given = {"owner": owner, "owner_id": str(record), "back": "/staff/"}
        assert other.post("/staff/attachments/plain", given).status_code == 404


def _place(two: Two) -> int:
    with two.app.app_context():
        return db.session.scalars(select(SheetAnswer.id).where(SheetAnswer.sheet_id == two.sheet)).all()[0]


def test_given_one_is_in_when_the_other_searches_and_reads_notices_then_nothing_is_said(two: Two) -> None:
    other = two.door(two.other)
    lists = (
        "/staff/", "/staff/notifications/", "/staff/audits/rounds", "/staff/audits/calendar",
        "/staff/audits/comparison", "/staff/audits/comparison/csv", "/staff/documents/", "/staff/findings/",
    )  # fmt: skip
    for path in (*lists, "/staff/documents/?q=qwyx", "/staff/findings/?q=qwyx", "/staff/complaints/?q=qwyx"):
        answer = other.get(path)
        told = answer.text.replace('value="qwyx"', "")
        assert answer.status_code in (200, 302, 403, 404), path
        assert not traces_in(told) - {"qwyx" if "?q=" in path else ""}, path
    with two.app.app_context():
        rows = [*db.session.scalars(select(Notification)), *db.session.scalars(select(Message))]
        assert not traces_in("".join(str(vars(row)) for row in rows))


def test_given_answers_were_kept_then_the_trail_says_where_and_never_what(two: Two) -> None:
    """Whoever reads the trail, an assessor too, learns that something was answered."""
    with two.app.app_context():
        place = db.session.get_one(SheetSample, two.sample)
        assert place.content["mark"] == MARK
    lead = two.door(two.lead)
    with two.app.app_context():
        own = SheetFactory(AuditFactory(lead=two.lead), two.lead, is_full=False).id
    page = f"/staff/audits/field/{own}/indicators/P18"
    lead.get(page)
    assert lead.page is not None
    sent = {**lead.page.values, "value": MINUTES, "note": NOTE}
    assert lead.post(f"{page}/answer", sent).status_code == 302
    page = page.replace("P18", "P17")
    lead.get(page)
    words = {**lead.page.values, "kind": "interview_note", "text": WORDS}
    assert lead.post(f"{page}/evidence", words).status_code == 302
    with two.app.app_context():
        entries = list(db.session.scalars(select(TrailEntry)))
        said = "".join(f"{json.dumps(one.changes)}{one.reason or ''}" for one in entries)
    assert {"audits:sheet:answered", "audits:evidence:added"} <= {one.event for one in entries}
    assert not traces_in(said)


def test_given_one_is_in_when_the_other_asks_for_the_result_as_a_sheet_then_there_is_none(two: Two) -> None:
    assert two.door(two.other).post(f"/staff/audits/{two.id}/sheet").status_code == 409
    with two.app.app_context(), pytest.raises((MoveNotAllowed, SheetRefused)):
        order_sheet(db.session.get_one(Audit, two.id), language="id", actor=two.other)
