"""What sources say of an employer is added, never overwritten; the gap is a range."""

from datetime import timedelta

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.employers.models import Employer, Noncompliance, Observation
from ombudsman_app.employers.states import Breach, bit_of, breaches_in

from ..factories.employers import EmployerFactory, ObservationFactory, broken
from ..visitor import Visitor
from .officers import Officer

pytestmark = pytest.mark.usefixtures("in_app")
HOME = "/staff/employers"


@pytest.fixture
def officer(visitor: Visitor) -> Officer:
    return Officer(visitor, Role.PREVENTION_ASSISTANT)


def said(**given: str) -> dict[str, str]:
    return {
        "observed_on": "2026-10-01",
        "source_kind": "bpjs",
        "source": "Daftar kantor cabang",
        "workers": "100–150",
        "registered": "90",
        **given,
    }


def test_given_a_range_when_observed_then_the_gap_is_a_range(officer: Officer) -> None:
    made = EmployerFactory()
    page = officer.submit(f"{HOME}/{made.id}/observe", data=said(wage_paid="Rp3.200.000"))
    db.session.refresh(made)
    assert (made.gap_low, made.gap_high, made.workers, made.registered) == (10, 60, 150, 90)
    assert "10–60 pekerja belum terdaftar." in page.text
    assert "Rp3.200.000" in page.text


def test_given_the_same_form_twice_then_it_is_said_once(officer: Officer) -> None:
    made = EmployerFactory()
    for _ in range(2):
        officer.submit(f"{HOME}/{made.id}/observe", data=said(form_key="k" * 40))
    assert db.session.query(Observation).count() == 1


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("observed_on", ""),
        ("observed_on", "31-02-2026"),
        ("observed_on", "2126-01-01"),
        ("observed_on", "1799-01-01"),
        ("source_kind", ""),
        ("source", ""),
        ("workers", "banyak"),
        ("workers", "-5"),
        ("workers", "150-100"),
        ("workers", "99999999"),
        ("registered", "1,5"),
        ("wage_paid", "3,2 juta"),
        ("wage_reported", "99999999999"),
    ],
)
def test_given_a_wrong_answer_then_it_stands_beside_its_field_and_nothing_is_stored(
    officer: Officer, name: str, typed: str
) -> None:
    made = EmployerFactory()
    page = officer.submit(f"{HOME}/{made.id}/observe", data=said(**{name: typed}))
    assert page.status_code == 422
    assert f'id="{name}-error"' in page.text
    assert db.session.query(Observation).count() == 0


def test_given_nothing_was_counted_then_it_is_refused(officer: Officer) -> None:
    made = EmployerFactory()
    page = officer.submit(f"{HOME}/{made.id}/observe", data=said(workers="", registered=""))
    assert page.status_code == 422
    assert db.session.query(Observation).count() == 0


def test_given_an_observation_then_the_database_refuses_to_change_it() -> None:
    seen = ObservationFactory(EmployerFactory())
    with pytest.raises(DBAPIError, match="stays as it was said"):
        db.session.execute(
            text("UPDATE employer_observation SET note = 'lain' WHERE id = :id"), {"id": seen.id}
        )
    db.session.rollback()


def test_several_kinds_at_once_are_rows_and_one_number() -> None:
    made = broken(EmployerFactory(), Breach.PDS_WORKERS, Breach.ARREARS)
    db.session.refresh(made)
    assert made.open_breaches == bit_of(Breach.PDS_WORKERS) | bit_of(Breach.ARREARS)
    assert breaches_in(made.open_breaches) == [Breach.PDS_WORKERS, Breach.ARREARS]
    broken(made, Breach.ARREARS)
    assert db.session.query(Noncompliance).count() == 2


def test_given_several_kinds_when_noted_by_the_door_then_each_is_there(officer: Officer) -> None:
    made = EmployerFactory()
    given = {
        "breaches": ["pds_workers", "pds_wage"],
        "found_on": "2026-10-02",
        "source_kind": "worker",
        "source": "Informasi yang diterima",
    }
    page = officer.submit(f"{HOME}/{made.id}/breach", data=given)
    assert page.status_code == 200
    assert {one.breach for one in db.session.query(Noncompliance)} == {Breach.PDS_WORKERS, Breach.PDS_WAGE}
    assert not any(one.is_proven for one in db.session.query(Noncompliance))


def test_given_it_is_over_then_it_ends_with_the_reason_and_can_begin_again(officer: Officer) -> None:
    made = broken(EmployerFactory(), Breach.PDS_WAGE)
    given = {"breach": "pds_wage", "ended_as": "complied", "reason": "Daftar upah Oktober sudah benar."}
    officer.submit(f"{HOME}/{made.id}/end-breach", data=given)
    ended = db.session.query(Noncompliance).one()
    assert ended.ended_on == today("Asia/Makassar")
    db.session.refresh(made)
    assert made.open_breaches == 0
    broken(made, Breach.PDS_WAGE)
    assert db.session.query(Noncompliance).count() == 2


def test_given_a_future_day_then_no_kind_is_noted(officer: Officer) -> None:
    made = EmployerFactory()
    day = (today("Asia/Jayapura") + timedelta(days=1)).isoformat()
    given = {"breaches": ["arrears"], "found_on": day, "source_kind": "bpjs", "source": "Surat"}
    page = officer.submit(f"{HOME}/{made.id}/breach", data=given)
    assert page.status_code == 422
    assert db.session.query(Noncompliance).count() == 0


def test_given_two_rows_of_one_employer_when_joined_then_one_leaves_the_lists_and_can_come_back(
    officer: Officer,
) -> None:
    kept, double = EmployerFactory(name="PT Satu"), EmployerFactory(name="PT. Satu (Ganda)")
    given = {"other": str(kept.id), "reason": "NIB dan alamatnya sama."}
    assert "PT Satu" in officer.get(f"{HOME}/{double.id}/same-as?other={kept.id}").text
    officer.submit(f"{HOME}/{double.id}/same-as", data=given)
    assert "Ganda" not in officer.get(HOME).text
    assert "Ganda" in officer.get(f"{HOME}/{kept.id}").text
    officer.submit(f"{HOME}/{double.id}/same-as", data={"reason": "Ternyata dua badan hukum."})
    assert "Ganda" in officer.get(HOME).text


@pytest.mark.parametrize("other", ["itself", "joined", "other office", "nobody"])
def test_given_what_cannot_be_one_then_nothing_is_joined(officer: Officer, other: str) -> None:
    made, gone, kept = EmployerFactory(), EmployerFactory(), EmployerFactory()
    officer.submit(
        f"{HOME}/{gone.id}/same-as", data={"other": str(kept.id), "reason": "Nomornya sama persis."}
    )
    target = {
        "itself": made.id,
        "joined": gone.id,
        "other office": EmployerFactory(office="KPG").id,
        "nobody": 99999,
    }[other]
    page = officer.submit(
        f"{HOME}/{made.id}/same-as", data={"other": str(target), "reason": "Nomornya sama persis."}
    )
    assert page.status_code in (409, 422)
    db.session.expire_all()
    assert db.session.get_one(Employer, made.id).is_listed
