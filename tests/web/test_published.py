"""A page that is kept is given again until what it is made of changes, and never to the wrong reader."""

import pytest

from ombudsman_app.core.db import db
from ombudsman_app.coverage.commands import load_shipped_figures, withdraw_figure
from ombudsman_app.coverage.models import CoverageFigure

from ..factories.coverage import FigureFactory, claim, head
from ..visitor import Visitor

ADDRESSES = ("/cakupan", "/cakupan/53", "/cakupan/53?ukuran=ucj", "/cakupan/perbandingan")


@pytest.mark.usefixtures("in_app")
@pytest.mark.parametrize("address", ADDRESSES)
def test_given_the_same_page_again_then_it_is_the_same_by_one_statement(
    visitor: Visitor, address: str
) -> None:
    FigureFactory("53", claim(percent="33.73"))
    first = visitor.get(address).text
    assert visitor.get(address).text == first
    assert len(visitor.statements) == 1


def test_given_a_change_then_the_next_page_has_it(visitor: Visitor) -> None:
    with visitor.app.app_context():
        made = FigureFactory("53", claim(percent="33.73"))
    assert "33,73%" in visitor.get("/cakupan").text
    with visitor.app.app_context():
        withdraw_figure(db.session.get_one(CoverageFigure, made.id), reason="Salah", actor=head())
    assert "33,73%" not in visitor.get("/cakupan").text
    with visitor.app.app_context():
        load_shipped_figures()
    assert "47,38%" in visitor.get("/cakupan").text


def test_given_another_language_or_address_then_another_page(visitor: Visitor) -> None:
    with visitor.app.app_context():
        FigureFactory("53", claim(percent="33.73"))
    assert '<html lang="id">' in visitor.get("/cakupan").text
    visitor.get("/bahasa/en")
    assert '<html lang="en">' in visitor.get("/cakupan").text
    assert "33.73%" in visitor.get("/cakupan").text
    assert visitor.get("/cakupan/52").text != visitor.get("/cakupan/53").text
    assert visitor.get("/cakupan?x=" + "y" * 400).status_code == 200
