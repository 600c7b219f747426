"""A figure is added, decided by another person, revised by a row of its own, and never overwritten."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotAllowed, NotVisible
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.coverage.commands import (
    FigureInput,
    load_shipped_figures,
    propose_figure,
    refuse_figure,
    release_figure,
    revise_figure,
    withdraw_figure,
)
from ombudsman_app.coverage.errors import DecisionRefused, FigureRefused
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource
from ombudsman_app.coverage.queries import Measure, figures_of, newest_figures, provenance_of
from ombudsman_app.coverage.states import Definition, Flag, Level, Part, Standing

from ..factories.coverage import (
    DAY,
    FigureFactory,
    SourceFactory,
    analyst,
    claim,
    head,
    office_id,
    proposed,
)
from ..factories.findings import person

pytestmark = pytest.mark.usefixtures("in_app")
UCJ, BELU, NTT = Measure(Definition.UCJ), "53.04", "53"


def revised(old: CoverageFigure, percent: str, **given: object) -> CoverageFigure:
    maker = analyst()
    found = revise_figure(
        old,
        FigureInput(old.place_code, claim(percent=percent, as_of=old.as_of)),
        SourceFactory(maker),
        reason=str(given.get("reason", "Surat ralat")),
        office=office_id(),
        form_key="",
        actor=maker,
    )
    assert found is not None
    return found


def test_given_a_proposal_then_nobody_outside_sees_it_until_another_person_releases_it() -> None:
    maker = analyst()
    made = proposed(BELU, claim(30_000, 90_000), actor=maker)
    with pytest.raises(NotVisible):
        provenance_of(made.id, STRANGER)
    with pytest.raises(NotVisible):
        provenance_of(made.id, analyst("MAM"))
    assert provenance_of(made.id, maker).figure.id == made.id
    assert figures_of(UCJ, BELU) == []

    both = person(Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE, office="KPG")
    own = proposed(BELU, claim(30_000, 90_000), actor=both)
    with pytest.raises(DecisionRefused):
        release_figure(own, actor=both)
    with pytest.raises(NotAllowed):
        release_figure(made, actor=maker)
    with pytest.raises(NotAllowed):
        release_figure(made, actor=head("MAM"))
    release_figure(made, actor=head())
    (shown,) = figures_of(UCJ, BELU)
    assert (shown.percent, shown.gap, shown.status) == (Decimal("33.3333"), 60_000, "computed")
    assert provenance_of(made.id, STRANGER).people == {}


def test_given_a_revision_then_the_old_value_stays_readable_and_holds_until_the_decision() -> None:
    old = FigureFactory(BELU, claim(percent="33.73"))
    new = revised(old, "35")
    assert [one.id for one in figures_of(UCJ, BELU)] == [old.id]
    with pytest.raises(FigureRefused):  # one revision waits already
        revised(old, "36")

    release_figure(new, actor=head())
    assert [one.id for one in figures_of(UCJ, BELU)] == [new.id]
    seen = provenance_of(old.id, STRANGER)
    assert (seen.figure.quoted, seen.figure.standing) == (Decimal("33.73"), Standing.SUPERSEDED)
    assert [one.id for one in seen.chain] == [new.id, old.id]
    assert [one.id for one in provenance_of(new.id, STRANGER).chain] == [new.id, old.id]
    with pytest.raises(FigureRefused):  # nobody revises what is not shown
        revised(old, "36")


def test_given_two_revisions_in_turn_then_each_is_told_from_any_of_them() -> None:
    first = FigureFactory(BELU, claim(percent="33.73"))
    second = release_figure(revised(first, "34"), actor=head())
    third = release_figure(revised(second, "35"), actor=head())
    for one in (first, second, third):
        chain = provenance_of(one.id, STRANGER).chain
        assert [row.id for row in chain] == [third.id, second.id, first.id]


def test_given_a_figure_sent_back_then_the_shown_one_stays() -> None:
    old = FigureFactory(BELU, claim(percent="33.73"))
    new = revised(old, "99")
    with pytest.raises(DecisionRefused):
        refuse_figure(new, reason="  ", actor=head())
    refuse_figure(new, reason="Bukan angka kabupaten ini", actor=head())
    with pytest.raises(DecisionRefused):
        release_figure(new, actor=head())
    assert [one.id for one in figures_of(UCJ, BELU)] == [old.id]
    revised(old, "34")  # another one may come


def test_given_a_figure_taken_back_then_it_is_drawn_no_more_and_stays_readable() -> None:
    made = FigureFactory(BELU, claim(percent="90"))
    withdraw_figure(made, reason="Sumber meralat", actor=head())
    assert figures_of(UCJ, BELU) == []
    assert provenance_of(made.id, STRANGER).figure.standing is Standing.WITHDRAWN


@pytest.mark.parametrize(
    "change", ["percent = 1", "numerator = 1", "as_of = NULL", "definition = NULL", "source_id = 1"]
)
def test_given_a_figure_when_what_it_says_is_changed_in_the_database_then_it_refuses(change: str) -> None:
    made = FigureFactory(BELU, claim(30_000, 90_000))
    with pytest.raises(DBAPIError, match="stays as it was said"):
        db.session.execute(
            text(f"UPDATE coverage_figure SET {change} WHERE id = :id"),
            {"id": made.id},
        )
    db.session.rollback()


def test_given_the_same_source_place_and_day_then_it_is_a_revision_and_no_second_figure() -> None:
    maker = analyst()
    source = SourceFactory(maker)
    proposed(BELU, claim(percent="33.73"), actor=maker, source=source)
    with pytest.raises(FigureRefused) as refused:
        proposed(BELU, claim(percent="34"), actor=maker, source=source)
    assert refused.value.details["why"] == "said"
    proposed(BELU, claim(percent="34", as_of=date(2026, 5, 31)), actor=maker, source=source)


def test_given_the_same_form_twice_then_it_is_proposed_once() -> None:
    maker = analyst()
    source = SourceFactory(maker)
    sent = [
        propose_figure(
            FigureInput(BELU, claim(percent="34")), source, office=office_id(), form_key="k" * 40, actor=maker
        )
        for _ in range(2)
    ]
    assert sent[0] is not None
    assert sent[1] is None


@pytest.mark.parametrize("place", ["53.15.05", "99", "99.01", "", "id", "5304"])
def test_given_a_place_that_no_figure_is_about_then_it_is_refused(place: str) -> None:
    with pytest.raises(FigureRefused) as refused:
        proposed(place, claim(percent="34"))
    assert refused.value.details == {"field": "place", "why": "place"}


def test_given_a_code_from_before_a_split_then_the_figure_stands_under_that_of_today() -> None:
    made = FigureFactory("91.01", claim(10, 100, as_of=date(2021, 12, 31)))
    assert (made.place_code, made.place_name, made.province_code) == ("93.01", "Kabupaten Merauke", "91")
    assert Flag.OLD_CODE in made.flags
    later = FigureFactory("93.01", claim(10, 100))
    assert later.province_code == "93"
    assert Flag.OLD_CODE not in later.flags


def test_given_several_sources_of_one_day_then_the_one_with_counts_is_shown_first() -> None:
    quoted = FigureFactory(NTT, claim(percent="35"))
    counted = FigureFactory(NTT, claim(300, 1000))
    FigureFactory(NTT, claim(percent="36"))
    FigureFactory(NTT, claim(percent="20", as_of=date(2026, 5, 31)))
    (shown,) = newest_figures(UCJ, Level.PROVINCE)
    assert shown.id == counted.id
    assert newest_figures(UCJ, Level.PROVINCE, on=date(2026, 6, 1))[0].percent == Decimal(20)
    assert quoted.id in {one.id for one in provenance_of(counted.id, STRANGER).others}


def test_given_undated_figures_then_they_are_never_the_newest() -> None:
    maker = analyst()
    source = SourceFactory(maker, published_on=None)
    FigureFactory(NTT, claim(percent="33.73", as_of=None), actor=maker, source=source)
    assert newest_figures(UCJ, Level.PROVINCE) == []
    (shown,) = figures_of(UCJ, NTT)
    assert (shown.as_of, shown.quoted, shown.quoted_places) == (None, Decimal("33.73"), 2)
    assert Flag.UNDATED in shown.flags


def test_given_the_shipped_figures_when_loaded_twice_then_each_stands_there_once_with_its_source() -> None:
    first = load_shipped_figures()
    assert "39 figures, 3 targets" in first
    acts = db.session.query(TrailEntry).count()
    assert "0 figures, 0 targets" in load_shipped_figures()
    assert db.session.query(TrailEntry).count() == acts
    rows = {row.key: row for row in db.session.scalars(select(CoverageFigure))}
    assert {row.source_id for row in rows.values()} <= set(db.session.scalars(select(CoverageSource.id)))
    assert Flag.PARTS_DIFFER in rows["C104"].flags
    assert Flag.PARTS_DIFFER not in rows["C116"].flags
    assert (rows["C001"].quoted, rows["C001"].quoted_places) == (Decimal(34), 0)  # 34 stays 34
    assert rows["C013"].status == "do_not_use"
    nation = figures_of(UCJ, "ID")
    assert [one.quoted for one in nation] == [Decimal(39), Decimal(40)]  # both, each with its source
    assert len({one.source_key for one in nation}) == 2
    officials = [
        row for row in rows.values() if row.definition == "village_officials" and row.place_code == "53.02"
    ]
    assert {(row.part, row.speaker.split(",")[0]) for row in officials} == {
        (Part.HEAD, "Kuncoro Budi Winarno"),
        (Part.HEAD_AND_APPARATUS, "Victorius Manek"),
    }


def test_given_a_day_then_newest_goes_by_it() -> None:
    FigureFactory(BELU, claim(1, 10, as_of=date(2026, 1, 31)))
    FigureFactory(BELU, claim(2, 10, as_of=DAY))
    assert [one.numerator for one in newest_figures(UCJ, Level.REGENCY, province="53")] == [2]
    old = newest_figures(UCJ, Level.REGENCY, province="53", on=date(2026, 3, 1))
    assert [one.numerator for one in old] == [1]
    assert newest_figures(UCJ, Level.REGENCY, province="52") == []
