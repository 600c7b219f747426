"""The demonstration has invented employers of every kind, once."""

from dataclasses import replace

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts import demo as accounts_demo
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.employers import demo
from ombudsman_app.employers.commands import carry
from ombudsman_app.employers.identifiers import Identifier, read_identifier
from ombudsman_app.employers.models import Employer, Noncompliance, Observation
from ombudsman_app.employers.states import Breach, Scale, breaches_in
from ombudsman_app.employers.tax_numbers import tax_number_of

CARRIED = ("gap_low", "gap_high", "gap_order", "workers", "registered", "observed_on", "open_breaches")


@pytest.fixture
def in_demo(in_app: Flask) -> Flask:
    in_app.extensions["settings"] = replace(in_app.extensions["settings"], is_demo=True)
    accounts_demo.load()
    demo.load()
    return in_app


def count(table: type) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


@pytest.mark.usefixtures("in_demo")
def test_there_are_three_hundred_of_every_kind_and_a_second_run_adds_none() -> None:
    everybody = list(db.session.scalars(select(Employer)))
    before = [count(table) for table in (Employer, Observation, Noncompliance)]
    assert len(everybody) >= 300
    assert all("DEMO" in one.name for one in everybody)
    assert {breach for one in everybody for breach in breaches_in(one.open_breaches)} >= {
        *(set(Breach) - {Breach.PROJECT_UNREGISTERED})
    }
    assert {one.scale for one in everybody} >= set(Scale)
    assert any(len(breaches_in(one.open_breaches)) > 1 for one in everybody)
    assert any(one.gap_low != one.gap_high for one in everybody)
    assert any(one.same_as_id for one in everybody)
    demo.load()
    assert [count(table) for table in (Employer, Observation, Noncompliance)] == before


@pytest.mark.usefixtures("in_demo")
def test_what_is_carried_is_what_would_be_counted_and_every_number_has_its_form() -> None:
    for one in db.session.scalars(select(Employer)):
        carried = [getattr(one, name) for name in CARRIED]
        carry(one)
        assert [getattr(one, name) for name in CARRIED] == carried, one.name
        for kind, value in ((Identifier.NIB, one.nib), (Identifier.NPWP, tax_number_of(one))):
            assert read_identifier(kind, value).value == value
    db.session.rollback()


def test_given_no_demonstration_then_none_is_made(in_app: Flask) -> None:
    with pytest.raises(UnsafeSettings):
        demo.load()
    assert count(Employer) == 0
