"""The demonstration: a visit as its source tells it, never a score; invented findings in every state."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.directory import demo as directory_demo
from ombudsman_app.directory.models import Office, OfficeStatement
from ombudsman_app.findings import demo
from ombudsman_app.findings.models import Finding, FindingEntry, LadderStep, Measure, VisitObservation
from ombudsman_app.findings.states import FindingState, MeasureKind, Rung

from ..factories.findings import person
from ..visitor import Visitor

SCORES = ("kategori", "predikat", "skor", "peringkat", "zona", "category", "grade", "score:")


@pytest.fixture
def in_demo(app: Flask) -> Flask:
    app.extensions["settings"] = replace(app.extensions["settings"], is_demo=True)
    with app.app_context():
        load_shipped()
        directory_demo.load()
    return app


def from_source() -> VisitObservation:
    return db.session.scalars(select(VisitObservation).where(VisitObservation.reference.is_not(None))).one()


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def test_given_the_article_when_taken_over_twice_then_the_visit_stands_there_once_as_the_source_says(
    in_demo: Flask,
) -> None:
    with in_demo.app_context():
        demo.load()
        demo.load()

        seen = from_source()
        quote = db.session.scalars(select(OfficeStatement.quote)).one()
        assert (seen.visited_on.isoformat(), seen.source_keys, seen.is_demo) == ("2020-08-12", "seed3", False)
        assert quote in seen.seen  # as on the page of the office
        assert seen.is_study_place
        assert "tujuan studi banding untuk wilayah Sulawesi Barat" in seen.study_reason
        assert (seen.study_until, seen.noted_by_id) == (None, None)
        assert count(VisitObservation) == 1
        assert count(Finding) == 0  # nobody invents without the accounts of the demonstration


def test_given_the_visit_of_2020_when_staff_look_then_it_is_told_with_its_source_and_is_no_score(
    in_demo: Flask, visitor: Visitor
) -> None:
    with in_demo.app_context():
        demo.load()
        visit, officer = from_source().id, person(Role.PREVENTION_ASSISTANT).user_id

    visitor.enter(officer)
    rows = visitor.get("/staff/findings/visits").text
    page = visitor.get(f"/staff/findings/visits/{visit}").text

    assert "12 Agt 2020" in rows or "12 Agu 2020" in rows
    assert "tujuan studi banding" in page
    assert "bukan nilai" in page
    assert "Dikita.id, 12 Agustus 2020" in page
    assert "seed3" not in page
    for text in (rows, page):
        told = text[text.index("<main") : text.index("</main>")].lower()
        assert [word for word in SCORES if word in told] == []
    # nothing in the record could hold one
    assert not {"score", "grade", "category", "total"} & set(VisitObservation.__table__.columns.keys())


def test_given_the_page_of_the_office_when_anybody_looks_then_it_tells_the_quotation_and_no_score(
    in_demo: Flask, visitor: Visitor
) -> None:
    with in_demo.app_context():
        demo.load()
        slug = db.session.scalars(select(Office.slug).where(Office.reference == "kc_mamuju")).one()

    page = visitor.get(f"/kantor/{slug}").text

    assert "sudah bisa menjadi tujuan studi banding" in page
    told = page[page.index("<main") : page.index("</main>")].lower()
    assert [word for word in SCORES if word in told] == []


def test_given_the_people_of_the_demonstration_when_loaded_twice_then_every_state_is_there_once(
    in_demo: Flask,
) -> None:
    with in_demo.app_context():
        accounts_demo.load()
        said = demo.load()
        assert "6 invented" in said
        entries = count(TrailEntry)

        assert "0 visits from sources, 0 invented" in demo.load()

        assert count(TrailEntry) == entries
        found = db.session.scalars(select(Finding).order_by(Finding.reference)).all()
        assert all(one.summary.startswith("DEMO.") for one in found)
        states = sorted(one.state for one in found)
        waiting = [FindingState.SENT] * 3  # one runs, one is late, one was not opened
        assert states == sorted([*waiting, FindingState.RESPONDED, FindingState.RETURNED, FindingState.DONE])
        assert set(db.session.scalars(select(Measure.kind))) == {MeasureKind.IMPROVEMENT_SUGGESTION}
        numbers = [(one.sent_on, one.reference) for one in found if (one.reference or "").endswith("/MAM")]
        assert numbers == sorted(numbers, key=lambda pair: pair[0])  # each act on its day, in their order
        steps = db.session.scalars(select(LadderStep).order_by(LadderStep.id)).all()
        assert [(step.rung, step.released_at is not None) for step in steps] == [
            (Rung.REMINDER, True),
            (Rung.SUPERIOR, False),
        ]
        assert (
            max(db.session.scalars(select(FindingEntry.days_late).where(FindingEntry.kind == "response")))
            == 0
        )


def test_given_the_demonstration_when_officers_of_the_offices_look_then_each_sees_its_own(
    in_demo: Flask, visitor: Visitor
) -> None:
    with in_demo.app_context():
        accounts_demo.load()
        demo.load()
        branch, pemda = (
            accounts_demo.demo_actor(key).user_id for key in ("office_officer", "office_officer_pemda")
        )

    branch_sees = visitor.enter(branch).get("/portal/findings").text
    pemda_sees = visitor.enter(pemda).get("/portal/findings").text

    assert branch_sees.count("DEMO.") >= 3
    assert "Belum dibuka" in pemda_sees
    assert "DEMO." not in pemda_sees[pemda_sees.index("<main") :]


def test_given_no_demonstration_when_its_findings_are_asked_for_then_there_are_none(in_app: Flask) -> None:
    with pytest.raises(UnsafeSettings):
        demo.load()
