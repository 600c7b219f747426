"""An estimate is counted on the page of an employer, kept as it is, and printed. It is no bill."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from openpyxl import load_workbook
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.core.produced import store
from ombudsman_app.employers.commands import order_estimate
from ombudsman_app.employers.estimates.frozen import digest_of
from ombudsman_app.employers.estimates.result import LABEL
from ombudsman_app.employers.models import EmployerEstimate
from ombudsman_app.employers.queries import ORDERS, EstimatePaper, own_estimate_order

from ..children import child_server
from ..documents.desk import make_all
from ..documents.drawing import printed
from ..factories.employers import EmployerFactory, EstimateFactory, ObservationFactory
from ..factories.findings import person
from ..visitor import Visitor
from .officers import Officer

HOME = "/staff/employers"
SENTENCE = "Perkiraan, bukan tagihan."


@pytest.fixture
def officer(in_app: Flask, visitor: Visitor) -> Officer:
    return Officer(visitor, Role.PREVENTION_ASSISTANT)


def test_given_the_newest_observation_then_the_form_starts_from_it(officer: Officer) -> None:
    made = EmployerFactory(scale="medium")
    ObservationFactory(made, (120, 120), (110, 110), wage_paid=3_200_000)
    page = officer.get(f"{HOME}/{made.id}/estimate?type=pds_workers").text
    assert 'value="10"' in page
    assert "3200000" in page.replace(".", "")


def test_given_what_is_known_when_counted_then_the_sum_stands_there_with_its_steps(officer: Officer) -> None:
    made = EmployerFactory(scale="medium")
    ObservationFactory(made, (120, 120), (110, 110), wage_paid=3_200_000)
    given = {
        "first": "2025-11", "last": "2026-10", "jkk_class": "medium",
        "programmes": ["JKK", "JKM", "JHT", "JP"],
    }  # fmt: skip
    page = officer.submit(f"{HOME}/{made.id}/estimate?type=pds_workers", data=given)
    assert page.status_code == 200, re.findall(r'class="error"[^>]*>(.*?)</p>', page.text, re.DOTALL)
    assert "Rp37.977.600" in page.text
    assert SENTENCE in page.text
    kept = db.session.query(EmployerEstimate).one()
    assert kept.total == 37_977_600
    assert kept.digest == digest_of(kept.kind, kept.inputs, kept.rate_version, kept.result)
    assert "Rp37.977.600" in officer.get(f"{HOME}/{made.id}/estimates").text


def test_given_kept_estimates_then_the_page_of_the_employer_leads_to_the_newest(officer: Officer) -> None:
    made = EmployerFactory()
    kept = [EstimateFactory(made).id for _ in range(4)]
    page = officer.get(f"{HOME}/{made.id}").text
    linked = page[page.index('id="linked"') : page.index('id="timeline"')]
    assert re.findall(r"/estimates/(\d+)\"", linked) == [str(one) for one in kept[:0:-1]]
    assert LABEL in linked


@pytest.mark.parametrize(
    ("name", "typed"),
    [("workers", "-1"), ("workers", "sepuluh"), ("wage", "0,5"), ("first", "2022-01"), ("jkk_class", "x")],
)
def test_given_a_wrong_answer_then_it_is_told_and_nothing_is_kept(
    officer: Officer, name: str, typed: str
) -> None:
    made = EmployerFactory(scale="medium")
    given = {
        "workers": "10", "wage": "3200000", "first": "2025-11", "last": "2026-10",
        "jkk_class": "medium", name: typed,
    }  # fmt: skip
    page = officer.submit(f"{HOME}/{made.id}/estimate?type=pds_workers", data=given)
    assert page.status_code == 422
    assert "error-summary" in page.text
    assert db.session.query(EmployerEstimate).count() == 0


def test_given_an_estimate_then_the_database_refuses_to_change_it(in_app: Flask) -> None:
    kept = EstimateFactory(EmployerFactory())
    with pytest.raises(DBAPIError):
        db.session.execute(text("UPDATE employer_estimate SET total = 1 WHERE id = :id"), {"id": kept.id})
    db.session.rollback()


@pytest.mark.parametrize("paper", list(EstimatePaper))
def test_given_an_estimate_when_ordered_then_the_paper_says_it_is_no_bill(
    app: Flask, tmp_path: Path, paper: EstimatePaper
) -> None:
    with app.app_context():
        actor = person(Role.PREVENTION_ASSISTANT)
        kept = EstimateFactory(EmployerFactory(name="PT Kertas Contoh"))
        total, uuid = kept.total, order_estimate(kept, paper, language="id", actor=actor)
    with child_server(app.extensions["settings"].run_dir, "render"):
        assert make_all(app, ORDERS[paper]) == [JobState.DONE]
    with app.app_context():
        ordered = own_estimate_order(actor, uuid)
        assert ordered is not None
        assert ordered.file is not None
        content = store.read(ordered.file.uuid, ordered.file.sha256)
        assert own_estimate_order(person(Role.PREVENTION_ASSISTANT), uuid) is None
    assert content is not None
    if paper is EstimatePaper.PDF:
        (tmp_path / "paper.pdf").write_bytes(content)
        said = " ".join(printed("pdftotext", "-layout", str(tmp_path / "paper.pdf"), "-").split())
    else:
        sheets = load_workbook(BytesIO(content)).worksheets
        said = " ".join(str(cell) for sheet in sheets for row in sheet.values for cell in row if cell)
    assert SENTENCE in said
    assert "PT Kertas Contoh" in said
    assert f"{total:,}".replace(",", ".") in said or str(total) in said
