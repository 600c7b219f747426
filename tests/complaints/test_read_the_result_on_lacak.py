"""The reporter reads on /lacak what the examination came to, in plain words, and gets a letter for it."""

import pytest
from flask import Flask

from ombudsman_app.complaints.states import RESULT_NOTICE, Conclusion, Part

from ..documents.desk import papers
from ..factories.complaints import CODE, Team, TeamFactory
from ..factories.examination import current
from ..factories.report import ACTION, TEXTS, reported, under_review
from ..visitor import Visitor


@pytest.fixture
def team(app: Flask, clock) -> Team:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        return TeamFactory()


@pytest.mark.parametrize("confidentiality", ["open", "confidential"])
def test_given_a_report_that_is_out_when_followed_then_result_and_actions_stand_there_and_nothing_else(
    app: Flask, visitor: Visitor, team: Team, confidentiality: str
) -> None:
    with app.app_context():
        case = under_review(team, confidentiality=confidentiality)
        ticket = case.ticket
    visitor.submit("/lacak", {"ticket": ticket, "access_code": CODE})
    assert 'id="hasil"' not in visitor.get("/lacak/laporan").text
    with app.app_context():
        reported(current(case), team)

    page = visitor.get("/lacak/laporan").text

    assert TEXTS[Part.REPORTER] in page
    assert ACTION.text in page
    assert "Belum dilaksanakan" in page
    for never in (TEXTS[Part.OPINION], TEXTS[Part.RESULT], ACTION.evidence, "Demo Pemeriksa"):
        assert never not in page
    assert ("Kantor Cabang Mamuju" in page) == (confidentiality == "open")
    (letter,) = papers(app, RESULT_NOTICE)
    told = letter.content["letter"]
    assert (told["respondent"] is None, told["actions"] == []) == (confidentiality != "open",) * 2


def test_given_a_report_that_found_nothing_when_followed_then_the_page_says_so(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        case = under_review(team)
        ticket = case.ticket
        reported(current(case), team, Conclusion.NOT_FOUND)
    visitor.submit("/lacak", {"ticket": ticket, "access_code": CODE})
    page = visitor.get("/lacak/laporan").text
    assert "Tidak ditemukan maladministrasi" in page
    assert "Yang harus dilaksanakan" not in page
