"""Offices of one kind over the rounds: shared ranks, breaks, changes, pages, the same cost for all sizes."""

import re
from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import insert, select

from ombudsman_app.audits.models import Audit, AuditRound, AuditScheme
from ombudsman_app.audits.queries.round_field import Field
from ombudsman_app.audits.scoring.span import span_of
from ombudsman_app.audits.states import AuditState
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import Office, OfficeKind

from ..factories.audits import RoundFactory
from ..factories.complaints import office_id
from ..factories.directory import OfficeFactory
from ..factories.findings import person
from ..visitor import Visitor

PAGE = "/penilaian/perbandingan"


def rounds_of(number: int, *, new_scheme_from: int = 99) -> list[AuditRound]:
    """Rounds one after another; from one on by another scheme."""
    schemes = db.session.scalars(select(AuditScheme).order_by(AuditScheme.year_from)).all()
    return [
        RoundFactory(
            title=f"Putaran uji {place}",
            scheme=schemes[1] if place < new_scheme_from else schemes[-1],
            period_until=date(2020, 1, 31) + timedelta(days=180 * place),
        )
        for place in range(number)
    ]


@command
def total(round_: AuditRound, office: int, hundredths: int, **more: Any) -> int:
    """The result of an office in a round, as a row alone."""
    maker = round_.made_by_id
    given = {
        "state": AuditState.PUBLISHED,
        "category": "C",
        "zone": "yellow",
        "low_hundredths": hundredths,
        "high_hundredths": hundredths,
        **more,
    }
    row = {
        "round_id": round_.id,
        "office_id": office,
        "office_kind": db.session.get_one(Office, office).kind,
        "representative_office_id": round_.representative_office_id,
        "instrument_version_id": round_.instrument_version_id,
        "scheme_id": round_.scheme_id,
        "planned_from": round_.period_from,
        "planned_until": round_.period_from,
        "made_by_id": maker,
        "made_at": now(),
        "published_on": round_.period_until,
        "hundredths": hundredths,
        **given,
    }
    return db.session.scalars(insert(Audit).values(row).returning(Audit.id)).one()


def some_offices(number: int) -> list[int]:
    """Branch offices, invented."""
    return [OfficeFactory(f"Kantor Uji {place:03}").id for place in range(number)]


def cells(text: str) -> dict[str, list[str]]:
    """Return what stands in the row of each office, newest round first."""
    body = text.split("<tbody>", 1)[1].split("</tbody>", maxsplit=1)[0]
    found = {}
    for row in body.split("</tr>")[:-1]:
        name = re.findall(r"<th[^>]*><a[^>]*>([^<]+)<", row)[0]
        found[name] = [" ".join(re.sub(r"<[^>]+>", " ", one).split()) for one in row.split("<td")[1:]]
    return found


@pytest.mark.parametrize(
    ("spans", "ranks"),
    [
        ([(90, 90), (80, 80), (80, 80), (70, 70)], [(1, 0), (2, 1), (2, 1), (4, 0)]),
        ([(85, 95), (80, 86), (70, 79)], [(1, 1), (1, 1), (3, 0)]),
        # the middle one touches both, the outer ones do not touch each other
        ([(90, 95), (80, 91), (70, 81)], [(1, 1), (1, 2), (2, 1)]),
        ([(50, 50)], [(1, 0)]),
    ],
)
def test_given_spans_then_ranks_are_shared_where_they_touch(
    spans: list[tuple[int, int]], ranks: list[tuple[int, int]]
) -> None:
    one = Field([low for low, _ in spans], [low for low, _ in spans], [high for _, high in spans])
    one.sort()
    assert [one.rank(*span) for span in spans] == ranks


def test_given_a_low_sample_then_the_total_has_a_span() -> None:
    """Worth 10 of 100 points of a dimension of 20: 2 points, of which it brought one."""
    result = {
        "total_exact": "75.5",
        "dimensions": [
            {
                "weight": "20",
                "indicators": [
                    {"low_sample": True, "score": "50", "effective_weight": "10", "cost": "1"},
                    {"low_sample": False, "score": "0", "effective_weight": "90", "cost": "18"},
                    {"low_sample": True, "score": None, "effective_weight": "0", "cost": "0"},
                ],
            }
        ],
    }
    assert span_of(result) == (7450, 7650)


def test_given_mean_and_spread_then_of_the_whole_field() -> None:
    one = Field([7000, 8000, 9000], [], [])
    assert (str(one.mean), str(one.spread)) == ("80.00", "8.16")
    assert Field([7000], [], []).spread is None


def test_given_another_scheme_then_a_line_parts_the_rounds_and_no_change_is_told(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        rounds = rounds_of(3, new_scheme_from=2)
        office = office_id("kc_mamuju")
        for round_, value in zip(rounds, (7000, 7250, 9000), strict=True):
            total(round_, office, value)
        name = db.session.get_one(Office, office).short_name
    text = visitor.get(PAGE).text
    newest, middle, oldest = cells(text)[name]
    assert "+2,50" in middle
    assert "+17,50" not in newest
    assert "+" not in newest
    assert "+" not in oldest
    assert text.count("Tidak dapat dibandingkan dengan yang sebelumnya") == 1


def test_given_offices_of_two_kinds_then_only_one_kind_is_compared(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        (round_,) = rounds_of(1)
        branch = office_id("kc_mamuju")
        other = db.session.scalars(select(Office).where(Office.kind == OfficeKind.REGIONAL_OFFICE)).first()
        assert other is not None
        total(round_, branch, 7000)
        total(round_, other.id, 9000)
        names = [db.session.get_one(Office, one).short_name for one in (branch, other.id)]
    assert list(cells(visitor.get(f"{PAGE}?jenis=kantor_cabang").text)) == names[:1]
    assert list(cells(visitor.get(f"{PAGE}?jenis=kantor_wilayah").text)) == names[1:]


def test_given_many_offices_then_pages_by_keyset_hold_each_once_in_order(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        before, after = rounds_of(2)
        offices = some_offices(120)
        for place, office in enumerate(offices):
            total(before, office, 5000 + place % 7)
            total(after, office, 6000 + place % 11)
    few: set[int] = set()
    for order in ("nilai", "nama", "perubahan"):
        path, seen = f"{PAGE}?jenis=kantor_cabang&urut={order}", []
        while path:
            text = visitor.get(path).text
            few.add(visitor.queries)
            seen += list(cells(text))
            following = re.findall(r'href="([^"]+)" rel="next"', text)
            path = following[0].replace("&amp;", "&") if following else ""
        assert len(seen) == len(set(seen)) == 120, order
        if order == "nama":
            assert seen == sorted(seen)
    assert few == {6}


def test_given_few_or_many_offices_and_rounds_then_the_same_statements(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        rounds = rounds_of(2)
        for round_ in rounds:
            total(round_, office_id("kc_mamuju"), 7000)
    visitor.get(PAGE)
    few = visitor.queries
    with app.app_context():
        for round_ in rounds_of(9):
            for office in some_offices(6):
                total(round_, office, 7000)
    text = visitor.get(PAGE).text
    assert visitor.queries == few == 6
    assert text.count('<th scope="col"') == 9  # the office and eight rounds, however many there are


def test_given_a_final_result_then_staff_of_its_office_compares_it_and_nobody_else(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        (round_,) = rounds_of(1)
        total(round_, office_id("kc_mamuju"), 7123, state=AuditState.FINAL, published_on=None)
        here, elsewhere = person(Role.AUDITOR), person(Role.AUDITOR, office="KPG")
    assert "71,23" not in visitor.get(PAGE).text
    visitor.enter(here.user_id)
    text = visitor.get("/staff/audits/comparison").text
    assert "71,23" in text
    assert "Belum dipublikasikan" in text
    assert "71.23" in visitor.get("/staff/audits/comparison/csv").text
    visitor.enter(elsewhere.user_id)
    assert "71,23" not in visitor.get("/staff/audits/comparison").text


def test_given_a_name_that_looks_like_a_formula_when_fetched_then_harmless(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        (round_,) = rounds_of(1)
        office = OfficeFactory("=HYPERLINK(1)").id
        total(round_, office, 7000)
    sheet = visitor.get(f"{PAGE}/csv?jenis=kantor_cabang").data.decode("utf-8-sig")
    assert "'=HYPERLINK(1)" in sheet
    assert "70.00,C,,1" in sheet
