"""Employers are found by words, their beginnings and their numbers, and by what was meant."""

import pytest
from flask import Flask
from sqlalchemy import select, text, update

from ombudsman_app.core import search
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor
from ombudsman_app.employers.commands import change_employer
from ombudsman_app.employers.commands.registering import EmployerInput
from ombudsman_app.employers.models import Employer, EmployerWord
from ombudsman_app.employers.queries import RegisterFilter, meant_by, read_filter, register_page, similar_to
from ombudsman_app.employers.queries.names import by_words
from ombudsman_app.employers.scope import scope
from tests.factories.employers import PLACES, EmployerFactory, ObservationFactory, keeper_of, region_id

pytestmark = pytest.mark.both_databases


def found(text: str, actor=None, **filters) -> list[str]:
    rows = register_page(actor or keeper_of(), RegisterFilter(text=text, **filters)).items
    return sorted(row.name for row in rows)


def words(employer: Employer) -> set[str]:
    held = select(EmployerWord.word).where(EmployerWord.employer_id == employer.id)
    return set(db.session.scalars(held))


def test_given_a_name_when_it_is_written_and_changed_then_its_words_follow(app: Flask):
    with app.app_context():
        actor = keeper_of()
        made = EmployerFactory(actor, name="PT. Tappalang Raya Raya (Persero)")
        assert words(made) == {"tappalang", "raya"}
        given = EmployerInput(name='株式 "x\\y', region_id=made.region_id)
        change_employer(made, given, version=made.version, actor=actor)
        assert "raya" not in words(made)
        assert words(made)


def test_given_an_employer_that_goes_when_it_is_deleted_then_its_words_go(app: Flask):
    with app.app_context():
        made = EmployerFactory(name="PT Tappalang")

        @command
        def forget() -> None:
            db.session.delete(db.session.get_one(Employer, made.id))

        forget()
        assert db.session.scalar(select(EmployerWord).limit(1)) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("tappalang", ["PT Tappalang Raya"]),
        ("RAYA", ["CV Kalukku Raya", "PT Tappalang Raya"]),
        ("pt. raya tap", ["PT Tappalang Raya"]),
        ("tap kal", []),
        ("%", []),
        ("_", []),
        ("pt", []),
        ("dan raya", ["CV Kalukku Raya", "PT Tappalang Raya"]),
        ("9120001234567", ["CV Kalukku Raya"]),
        ("9120 0012 34567", ["CV Kalukku Raya"]),
        ("01.345.678.9-012.000", ["PT Tappalang Raya"]),
        ("0013456789012000", ["PT Tappalang Raya"]),
        ("0013456789012000000001", ["PT Tappalang Raya"]),
        ("jj012345", ["PT Tappalang Raya"]),
        ("JJ012345-000", ["PT Tappalang Raya"]),
        ("5315101205900001", ["UD Sitti"]),
        ("9999999999999", []),
    ],
)
def test_given_words_beginnings_or_a_number_then_those_are_found(app: Flask, text, expected):
    with app.app_context():
        actor = keeper_of()
        EmployerFactory(actor, name="PT Tappalang Raya", tax_number="0013456789012000", npp="JJ012345")
        EmployerFactory(actor, name="CV Kalukku Raya", nib="9120001234567")
        EmployerFactory(actor, name="UD Sitti", tax_number="5315101205900001")
        EmployerFactory(office="KPG", name="PT Tappalang Raya Kupang", nib="9120001234567")
        assert found(text, actor) == expected


@pytest.mark.parametrize(
    ("few", "many"), [(2, 2), (2, 100), (100, 100)], ids=["in order", "by a set", "fetched"]
)
def test_given_words_of_any_number_of_employers_then_each_way_finds_the_same(
    app: Flask, monkeypatch: pytest.MonkeyPatch, few: int, many: int
):
    monkeypatch.setattr(search, "FEW", few)
    monkeypatch.setattr(search, "MANY", many)
    with app.app_context():
        actor = keeper_of()
        for name in ("Tappalang", "Kalukku", "Bonehau", "Salugatta"):
            EmployerFactory(actor, name=f"PT {name} Raya Jaya")
        assert len(found("raya", actor)) == 4
        assert len(found("raya jaya", actor)) == 4
        assert found("raya bone", actor) == ["PT Bonehau Raya Jaya"]
        assert len(found("raya", actor, region_id=region_id(PLACES["MAM"]))) == 4
        assert found("raya", actor, has_gap=True) == []


@pytest.mark.parametrize("few", [0, 100], ids=["looked up by record", "looked up by word"])
def test_given_several_words_when_some_names_have_longer_ones_then_each_way_finds_them(
    app: Flask, monkeypatch: pytest.MonkeyPatch, few: int
):
    monkeypatch.setattr(search, "FEW", few)
    with app.app_context():
        actor = keeper_of()
        for name in (
            "Raya Jaya Aman",
            "Raya Jaya Jayantara Amanah",
            "Raya Jayantara",
            "Rayon Jaya",
            "Jaya Aman",
        ):
            EmployerFactory(actor, name=f"PT {name}")
        both = ["PT Raya Jaya Aman", "PT Raya Jaya Jayantara Amanah"]
        assert found("raya jaya", actor) == [*both, "PT Raya Jayantara"]
        assert found("jaya ray aman", actor) == both
        assert found("rayo jaya", actor) == ["PT Rayon Jaya"]
        assert found("aman jayan", actor) == both[1:]


def test_given_two_common_words_then_each_record_is_looked_up_where_those_of_the_word_stand(app: Flask):
    if app.extensions["settings"].database_url.startswith("postgresql"):
        pytest.skip("plans of PostgreSQL depend on what it has seen of the rows")
    with app.app_context():
        actor = keeper_of()
        for name in ("Raya Jaya", "Raya Jaya Sentosa", "Raya"):
            EmployerFactory(actor, name=f"PT {name}")
        asked = select(Employer.id).where(by_words("raya jaya", scope(actor).offices))
        said = str(asked.compile(db.engine, compile_kwargs={"literal_binds": True}))
        steps = [str(row[3]) for row in db.session.execute(text("EXPLAIN QUERY PLAN " + said))]
    looks = [step for step in steps if "SEARCH employer_word" in step]
    place = "COVERING INDEX ix_employer_word_word (representative_office_id=? AND word"
    assert len(looks) == 2, steps
    assert all(place in step for step in looks), steps
    assert any("word=? AND employer_id=?" in step for step in looks), steps


def test_given_two_offices_when_walked_then_both_stand_in_one_order_and_none_is_lost(app: Flask):
    with app.app_context():
        here, there = keeper_of(), keeper_of("KPG")
        both = Actor(here.user_id, here.name, (*here.grants, *there.grants))
        for number in range(8):
            office, actor = (("MAM", here), ("KPG", there))[number % 2]
            ObservationFactory(
                EmployerFactory(actor, office=office, name=f"PT Raya {number}"),
                (100 + number, 100 + number),
                (100, 100),
                actor=actor,
            )
        for text in ("", "raya"):
            seen, after, pages = list[str](), None, 0
            while after is not None or not pages:
                page = register_page(both, read_filter({"q": text, "after": after or ""}), limit=3)
                seen += [row.name for row in page.items]
                after, pages = page.next_key, pages + 1
            assert seen == [f"PT Raya {number}" for number in reversed(range(8))]
            assert pages == 3


def test_given_a_misspelt_word_then_what_was_meant_is_offered_from_ones_own_offices(app: Flask):
    with app.app_context():
        actor = keeper_of()
        EmployerFactory(actor, name="PT Tappalang Raya")
        EmployerFactory(office="KPG", name="PT Tapalang Raya")
        offices = scope(actor).offices
        assert [one.text for one in meant_by("raya tapalang", offices)] == ["raya tappalang"]
        assert [one.text for one in meant_by("atppalang", offices)] == ["tappalang"]
        assert meant_by("zzzzzz", offices) == []
        assert meant_by("raya", offices) == []
        assert meant_by("9120001234567", offices) == []


def test_given_a_row_when_others_may_be_the_same_then_they_are_shown_with_the_reason(app: Flask):
    with app.app_context():
        actor = keeper_of()
        here = EmployerFactory(actor, name="PT Tappalang Beton", nib="9120001234567")
        by_number = EmployerFactory(actor, name="Tappalang Beton PT", nib="9120001234567")
        misspelt = EmployerFactory(actor, name="PT Tapalang Beton")
        EmployerFactory(actor, name="PT Tappalang Beton Persada")
        EmployerFactory(office="KPG", name="PT Tappalang Beton", nib="9120001234567")
        shown = similar_to(actor, here)
        assert [one.id for one in shown] == [by_number.id, misspelt.id]
        assert shown[0].is_same
        assert shown[0].reasons[0] == "NIB sama"
        assert any("tapalang / tappalang" in reason for reason in shown[1].reasons)


def test_given_a_name_of_common_words_when_a_place_is_unknown_then_it_is_shown_all_the_same(app: Flask):
    with app.app_context():
        actor = keeper_of()
        here = EmployerFactory(actor, name="PT Bahari Cabang", region_id=None)
        nowhere = EmployerFactory(actor, name="PT Bahari")
        EmployerFactory(actor, name="PT Maju")
        assert [one.id for one in similar_to(actor, here)] == [nowhere.id]


def test_given_two_people_of_one_number_then_the_sealed_number_brings_them_together(app: Flask):
    with app.app_context():
        actor = keeper_of()
        here = EmployerFactory(actor, name="UD Sitti Aminah", tax_number="5315101205900001")
        other = EmployerFactory(actor, name="UD. SITTI AMINAH", tax_number="5315101205900001")
        EmployerFactory(actor, name="UD Lain", tax_number="5315101205900002")
        assert [(one.id, one.is_same) for one in similar_to(actor, here)] == [(other.id, True)]


def test_given_a_joined_row_then_it_is_not_proposed_again(app: Flask):
    with app.app_context():
        actor = keeper_of()
        here = EmployerFactory(actor, name="PT Tappalang Beton")
        other = EmployerFactory(actor, name="PT Tappalang Beton")

        @command
        def hide() -> None:
            db.session.execute(update(Employer).where(Employer.id == other.id).values(is_listed=False))

        hide()
        assert similar_to(actor, here) == []
