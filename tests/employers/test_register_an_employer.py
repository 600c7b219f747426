"""Officers write an employer down, find it again, and nobody else sees it."""

import pytest

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.events import Event
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.states import Breach
from ombudsman_app.employers.tax_numbers import tax_number_of

from ..factories.employers import EmployerFactory, ObservationFactory, broken, region_id
from ..visitor import Visitor
from .officers import Officer

pytestmark = pytest.mark.usefixtures("in_app")
HOME = "/staff/employers"
PERSONAL = "7602011203800001"


@pytest.fixture
def officer(visitor: Visitor) -> Officer:
    return Officer(visitor, Role.PREVENTION_ASSISTANT)


def form(**given: str) -> dict[str, str]:
    return {"name": "PT Laut Contoh", "kind": "company", "region": str(region_id("76.02")), **given}


def test_given_what_is_known_when_sent_then_the_employer_is_in_the_register(officer: Officer) -> None:
    page = officer.submit(f"{HOME}/new", data=form(nib="1234567890123", sector="03"))
    assert "PT Laut Contoh" in page.text
    assert "1234567890123" in page.text
    made = db.session.query(Employer).one()
    assert (made.name_key, made.legal_form, made.section) == ("laut contoh", "PT", "A")
    assert "PT Laut Contoh" in officer.get(HOME).text


def test_given_the_number_of_a_human_being_then_it_is_sealed_and_shown_in_part(officer: Officer) -> None:
    page = officer.submit(f"{HOME}/new", data=form(npwp=PERSONAL))
    made = db.session.query(Employer).one()
    assert made.npwp is None
    assert made.npwp_sealed is not None
    assert PERSONAL.encode() not in made.npwp_sealed
    assert tax_number_of(made) == PERSONAL
    assert PERSONAL not in page.text
    assert "7602**********01" in page.text
    assert PERSONAL not in officer.get(f"{HOME}/{made.id}/edit").text
    assert "PT Laut Contoh" in officer.get(f"{HOME}?q={PERSONAL}").text


def test_given_an_empty_box_when_changed_then_the_sealed_number_stays(officer: Officer) -> None:
    officer.submit(f"{HOME}/new", data=form(npwp=PERSONAL))
    made = db.session.query(Employer).one()
    given = form(name="PT Laut Baru", version=str(made.version))
    officer.submit(f"{HOME}/{made.id}/edit", data=given)
    db.session.refresh(made)
    assert (made.name, tax_number_of(made)) == ("PT Laut Baru", PERSONAL)


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("nib", "123456789012"),
        ("nib", "1.23457E+12"),
        ("nib", "12345678901234"),
        ("npwp", "1234567890"),
        ("npwp", "0123456789012345.0"),
        ("nitku", "12345"),
        ("npp", "ABC"),
        ("npp_division", "1"),
        ("sector", "4"),
        ("sector", "04"),
        ("sector", "99999999"),
        ("name", ""),
        ("region", "999999"),
        ("scale", "huge"),
    ],
)
def test_given_a_wrong_answer_then_it_stands_beside_its_field_and_nothing_is_stored(
    officer: Officer, name: str, typed: str
) -> None:
    page = officer.submit(f"{HOME}/new", data=form(**{name: typed}))
    assert page.status_code == 422
    assert f'id="{name}-error"' in page.text
    assert db.session.query(Employer).count() == 0


def test_given_one_that_looks_the_same_then_it_is_shown_before_a_second_is_stored(officer: Officer) -> None:
    known = EmployerFactory(name="CV Laut Contoh", nib="1234567890123")
    page = officer.submit(f"{HOME}/new", data=form(nib="1234567890123"))
    assert page.status_code == 422
    assert f"{HOME}/{known.id}" in page.text
    assert db.session.query(Employer).count() == 1
    officer.submit(f"{HOME}/new", data=form(nib="1234567890123", sure="y"))
    assert db.session.query(Employer).count() == 2


def test_given_a_place_of_another_office_then_it_is_refused_beside_the_place(officer: Officer) -> None:
    EmployerFactory(office="KPG")
    page = officer.submit(f"{HOME}/new", data=form(region=str(region_id("53.71"))))
    assert page.status_code == 422
    assert 'id="region-error"' in page.text
    assert db.session.query(Employer).count() == 1


def test_given_two_who_change_it_at_once_then_the_second_is_told(officer: Officer) -> None:
    made = EmployerFactory()
    old = str(made.version)
    officer.submit(f"{HOME}/{made.id}/edit", data=form(name="PT Pertama", version=old))
    second = officer.submit(f"{HOME}/{made.id}/edit", data=form(name="PT Kedua", version=old))
    assert second.status_code == 409
    assert "PT Kedua" in second.text
    db.session.refresh(made)
    assert made.name == "PT Pertama"


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ("", {"A", "B", "C"}),
        ("?gap=yes", {"A"}),
        ("?breach=arrears", {"B"}),
        ("?sector=F", {"C"}),
        ("?scale=micro", {"C"}),
        ("?sector=none", {"A", "B"}),
        ("?place=none", set()),
        ("?q=usaha+b", {"B"}),
        ("?q=9999999999999", {"A"}),
        ("?q=tidak+ada", set()),
        ("?gap=maybe&breach=none&sector=ZZ&place=abc&after=x", {"A", "B", "C"}),
    ],
)
def test_given_filters_then_the_register_shows_what_answers_to_them(
    officer: Officer, asked: str, found: set[str]
) -> None:
    first = EmployerFactory(name="PT Usaha A", nib="9999999999999")
    ObservationFactory(first)
    broken(EmployerFactory(name="PT Usaha B"), Breach.ARREARS)
    EmployerFactory(name="PT Usaha C", sector="41", scale="micro")
    page = officer.get(HOME + asked).text
    assert {name for name in "ABC" if f"PT Usaha {name}" in page} == found


def test_given_more_than_a_page_then_one_leads_to_the_next_and_back(officer: Officer) -> None:
    for number in range(30):
        ObservationFactory(EmployerFactory(name=f"PT Ke {number:02}"), (100 + number, 100 + number), (10, 10))
    first = officer.get(HOME).text
    assert "PT Ke 29" in first
    assert "PT Ke 03" not in first
    last = db.session.query(Employer).order_by(Employer.gap_order, Employer.id).offset(24).limit(1).one()
    second = officer.get(f"{HOME}?after={last.gap_order}.{last.id}").text
    assert "PT Ke 03" in second
    assert "PT Ke 29" not in second
    top = db.session.query(Employer).order_by(Employer.gap_order, Employer.id).offset(25).limit(1).one()
    assert "PT Ke 29" in officer.get(f"{HOME}?before={top.gap_order}.{top.id}").text


def test_given_an_employer_of_another_office_then_it_does_not_exist(officer: Officer) -> None:
    other = EmployerFactory(office="KPG", name="PT Milik Kupang")
    assert officer.get(f"{HOME}/{other.id}").status_code == 404
    assert "PT Milik Kupang" not in officer.get(HOME).text
    assert "PT Milik Kupang" not in officer.get(f"{HOME}?q=milik").text


def test_given_gaps_then_the_pictures_sum_them_by_place_and_sector(officer: Officer) -> None:
    for _ in range(2):
        ObservationFactory(EmployerFactory(sector="03"), (100, 150), (90, 90))
    ObservationFactory(EmployerFactory(region_id=None), (20, 20), (15, 15))
    page = officer.get(f"{HOME}/pictures").text
    assert "25–125" in page  # 2 × 10 + 5 at least, 2 × 60 + 5 at most
    assert "Pertanian, kehutanan, perikanan" in page
    assert "Kabupaten Mamuju" in page
    assert "place=none" in page


def test_given_a_reason_then_the_sealed_number_is_shown_once_and_written_down(officer: Officer) -> None:
    made = EmployerFactory(tax_number=PERSONAL)
    assert PERSONAL not in officer.get(f"{HOME}/{made.id}/number").text
    assert PERSONAL not in officer.submit(f"{HOME}/{made.id}/number", data={"reason": ""}).text
    assert count(Event.EMPLOYERS_NUMBER_OPENED) == 0
    page = officer.submit(f"{HOME}/{made.id}/number", data={"reason": "Untuk surat kepada kantor cabang."})
    assert PERSONAL in page.text
    assert page.headers["Cache-Control"] == "no-store"
    assert count(Event.EMPLOYERS_NUMBER_OPENED) == 1
    assert PERSONAL not in officer.get(f"{HOME}/{made.id}/number").text


def count(event: Event) -> int:
    return db.session.query(TrailEntry).filter_by(event=event.value).count()
