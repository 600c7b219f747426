"""Officers say how far each Pemda keeps the duties of Inpres 2/2021, by the door."""

from collections.abc import Callable
from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError

from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.duties import DUTIES, NATIONAL, DutyState, duties_of
from ombudsman_app.coverage.models import DutyEntry, DutyStatus
from ombudsman_app.directory.models import Region, RegionLevel

from ..factories.accounts import UserFactory
from ..factories.duties import FIRST, MAMUJU, SECOND, assessed
from ..factories.local_rules import LocalRuleFactory
from ..pages import Page
from ..visitor import Visitor

Inside = Callable[..., Any]
DUTIES_PAGE = "/staff/duties"
PAGE = f"{DUTIES_PAGE}/for/{MAMUJU}/{FIRST}"
SAID = {
    "status": "in_progress",
    "as_of": "2026-11-02",
    "evidence": "Rancangan Perbup sudah dibahas.",
    "local_rule": "",
}


@pytest.fixture
def officer(visitor: Visitor, inside: Inside) -> Visitor:
    """Somebody who writes in Mamuju."""
    return visitor.enter(inside(lambda: UserFactory(Role.PREVENTION_ASSISTANT, password=None).id))


def test_the_duties_are_those_of_the_rules_with_their_marks() -> None:
    assert [len(duties_of(one)) for one in (DUTIES[FIRST].addressee, DUTIES["gubernur-1"].addressee)] == [
        3,
        3,
    ]
    assert sum(len(duties_of(one)) for one in NATIONAL) == 6
    assert [duty.verified.value for duty in duties_of(DUTIES[FIRST].addressee)] == [
        "press", "unverified", "unverified",
    ]  # fmt: skip


def test_given_a_duty_when_assessed_twice_then_the_old_state_stays_to_be_read(
    officer: Visitor, inside: Inside
) -> None:
    assert officer.submit(PAGE, SAID).status_code == 302
    rule = inside(lambda: LocalRuleFactory(number="12", title="Pekerja rentan").id)
    met = {"status": "met", "as_of": "2026-11-20", "local_rule": str(rule), "evidence": ""}
    shown = officer.submit(PAGE, met, follow_redirects=True)

    assert "Rancangan Perbup sudah dibahas." in shown.text
    assert f'href="/staff/local-rules/{rule}"' in shown.text
    assert "belum diverifikasi" in shown.text, "the mark of the duty is seen"
    assert inside(lambda: db.session.scalars(select(DutyStatus)).one()).status is DutyState.MET
    assert [one.status for one in inside(lambda: db.session.scalars(select(DutyEntry)).all())] == [
        DutyState.IN_PROGRESS,
        DutyState.MET,
    ]


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"status": ""}, "status"),
        ({"status": "done"}, "status"),
        ({"as_of": ""}, "as_of"),
        ({"as_of": "2033-01-01"}, "as_of"),
        ({"as_of": "2020-12-31"}, "as_of"),
        ({"status": "met", "evidence": ""}, "evidence"),
        ({"status": "not_applicable"}, "reason"),
        ({"status": "not_assessed"}, "reason"),
        ({"evidence_url": "ftp://x.go.id"}, "evidence_url"),
        ({"local_rule": "999999"}, "local_rule"),
    ],
)
def test_given_what_cannot_be_when_stored_then_it_is_refused_beside_its_field(
    officer: Visitor, inside: Inside, clock: Any, given: dict[str, str], field: str
) -> None:
    clock.at("2026-11-28T09:00+08:00")
    answer = officer.submit(PAGE, {**SAID, **given})

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert inside(lambda: db.session.scalars(select(DutyEntry.id)).all()) == []


def test_given_a_rule_of_another_place_when_named_as_evidence_then_it_is_no_choice(
    officer: Visitor, inside: Inside
) -> None:
    rule = inside(lambda: LocalRuleFactory(office="KPG").id)
    assert officer.submit(PAGE, {**SAID, "local_rule": str(rule)}).status_code == 422


def test_given_two_officers_when_both_assess_then_the_second_is_told(
    officer: Visitor, inside: Inside
) -> None:
    opened = Page(officer.get(PAGE).text).values
    assert officer.post(PAGE, {**opened, **SAID}).status_code == 302
    assert officer.post(PAGE, {**opened, **SAID, "status": "none"}).status_code == 409
    assert inside(lambda: db.session.scalars(select(DutyEntry.status)).all()) == [DutyState.IN_PROGRESS]


def test_given_a_place_of_another_office_when_assessed_then_it_is_refused_and_reading_is_not(
    officer: Visitor,
) -> None:
    assert officer.get(f"{DUTIES_PAGE}/for/53.15").status_code == 200
    assert officer.get(f"{DUTIES_PAGE}/for/53.15/{FIRST}").status_code == 403
    assert officer.get(f"{DUTIES_PAGE}/for/mendagri").status_code == 200
    assert officer.get(f"{DUTIES_PAGE}/for/mendagri/mendagri-1").status_code == 403
    assert officer.get(f"{DUTIES_PAGE}/for/{MAMUJU}/gubernur-1").status_code == 404, "no duty of a regent"


def test_given_the_head_office_when_a_ministry_is_assessed_then_it_is_kept(
    visitor: Visitor, inside: Inside
) -> None:
    visitor.enter(inside(lambda: UserFactory(Role.ANALYST, password=None, office="JKT").id))
    page = f"{DUTIES_PAGE}/for/mendagri/mendagri-1"
    assert visitor.submit(page, {**SAID, "evidence": "Permendagri 27/2021"}).status_code == 302
    assert "Permendagri 27/2021" in visitor.get(f"{DUTIES_PAGE}/for/mendagri").text


def test_given_a_province_when_filtered_by_state_then_those_pemda_are_left(
    officer: Visitor, inside: Inside
) -> None:
    def make() -> None:
        assessed(status=DutyState.MET)
        assessed("76.05", SECOND, status=DutyState.NOT_APPLICABLE, reason="Tidak ada PTSP.", evidence="")

    inside(make)
    whole = officer.get(f"{DUTIES_PAGE}/provinces/76").text
    assert all(name in whole for name in ("Kabupaten Mamuju<", "Kabupaten Majene<", "Sulawesi Barat<"))
    met = officer.get(f"{DUTIES_PAGE}/provinces/76?state=met").text
    assert "Kabupaten Mamuju<" in met
    assert "Kabupaten Majene<" not in met
    assert officer.get(f"{DUTIES_PAGE}/provinces/76?state=tidak").status_code == 200
    assert officer.get(f"{DUTIES_PAGE}/provinces/99").status_code == 404

    sheet = officer.get(f"{DUTIES_PAGE}/csv?province=76").get_data(as_text=True)
    assert sheet.count("\r\n") == 1 + 7 * 3
    assert "Tidak ada PTSP." in sheet
    assert "belum diverifikasi" in sheet
    whole_sheet = officer.get(f"{DUTIES_PAGE}/csv").get_data(as_text=True)
    assert whole_sheet.count("\r\n") == 1 + (38 + 514) * 3


def test_given_514_regencies_with_states_when_looked_at_then_the_statements_stay_the_same(
    officer: Visitor, inside: Inside
) -> None:
    officer.get(DUTIES_PAGE)
    before = officer.queries
    inside(_assess_everybody)
    page = officer.get(DUTIES_PAGE)

    assert officer.queries == before
    assert len(page.data) < 80_000
    officer.get(f"{DUTIES_PAGE}/provinces/35")
    assert officer.queries <= 6
    officer.get(f"{DUTIES_PAGE}/csv")
    assert officer.queries <= 5


@command
def _assess_everybody() -> None:
    """Put a state to each duty of each regency and city at once."""
    regions = db.session.execute(
        select(Region.id, Region.code, Region.province_code).where(
            Region.level.in_((RegionLevel.REGENCY, RegionLevel.CITY))
        )
    ).all()
    rows = [
        {
            "subject": code,
            "region_id": region,
            "province_code": province,
            "duty": f"bupati_walikota-{number}",
            "status": DutyState.MET,
            "as_of": date(2026, 11, 2),
            "files_id": uuid4(),
            "version": 1,
        }
        for region, code, province in regions
        for number in (1, 2, 3)
    ]
    db.session.execute(insert(DutyStatus), rows)


@pytest.mark.both_databases
@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("statement", ["UPDATE duty_entry SET status = 'met'", "DELETE FROM duty_entry"])
def test_given_an_assessment_when_somebody_would_change_it_then_the_database_refuses(statement: str) -> None:
    assessed()
    with pytest.raises(DBAPIError, match="stays as it was written"):
        db.session.execute(text(statement))
    db.session.rollback()
    assert db.session.scalars(select(DutyEntry.status)).all() == [DutyState.IN_PROGRESS]
