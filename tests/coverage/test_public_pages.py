"""What everybody reads of coverage: one definition at a time, each number with its day and its source."""

import json
import re
from datetime import date
from pathlib import Path

import pytest
from frictionless import Package, system

from ombudsman_app.core.db import db
from ombudsman_app.coverage.commands import load_shipped_figures, release_figure, revise_figure
from ombudsman_app.coverage.commands.entering import FigureInput
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.coverage.states import Definition, Part

from ..factories.coverage import FigureFactory, SourceFactory, analyst, claim, head, office_id, proposed
from ..visitor import Visitor

pytestmark = pytest.mark.usefixtures("in_app")


def numbered(key: str) -> CoverageFigure:
    return db.session.query(CoverageFigure).filter_by(key=key).one()


def test_given_nothing_when_opened_then_the_page_says_so(visitor: Visitor) -> None:
    page = visitor.get("/cakupan")
    assert page.status_code == 200
    assert "Belum ada angka" in page.text


def test_given_the_shipped_figures_then_the_nation_has_both_and_the_newest_of_each_province_is_shown(
    visitor: Visitor,
) -> None:
    load_shipped_figures()
    page = visitor.get("/cakupan").text
    assert "39%" in page
    assert "40%" in page
    assert "tidak ada yang dipilih" in page
    assert "47,38%" in page  # Sulawesi Selatan, July 2025
    assert "36,43%" not in page  # the same place in 2021
    assert "36,43%" in visitor.get("/cakupan?tanggal=2021-12-31").text
    assert "1.253.156" in page  # who is not insured in NTB
    assert page.count("belum ada data") > 1


def test_given_34_as_it_was_quoted_then_it_stays_34_and_a_computed_one_has_two_decimals(
    visitor: Visitor,
) -> None:
    load_shipped_figures()
    assert "34%" in visitor.get("/cakupan/53.15").text
    assert "34,00" not in visitor.get("/cakupan/53.15").text
    assert "30,70%" in visitor.get("/cakupan/52").text


def test_given_a_number_when_opened_then_it_says_where_it_comes_from(visitor: Visitor) -> None:
    load_shipped_figures()
    page = visitor.get(f"/cakupan/angka/{numbered('C003').id}").text
    assert "33,73%" in page
    assert "Kuncoro Budi Winarno" in page
    assert "tidak bertanggal" in page
    assert "35%" in page  # what another source says of the same place
    counted = visitor.get(f"/cakupan/angka/{numbered('C107').id}").text
    assert re.search(r"555\.276 ÷ 1\.808\.432 × 100 = <b>30,70%</b>", counted)
    odd = visitor.get(f"/cakupan/angka/{numbered('C104').id}").text
    assert "Jumlah bagian-bagiannya tidak sama" in odd
    assert "Jangan pakai angka ini" in visitor.get(f"/cakupan/angka/{numbered('C013').id}").text


def test_given_a_revision_when_the_old_number_is_opened_then_it_is_readable_and_leads_to_the_new_one(
    visitor: Visitor,
) -> None:
    old = FigureFactory("53", claim(percent="33.73"))
    maker = analyst()
    new = revise_figure(
        old,
        FigureInput("53", claim(percent="35")),
        SourceFactory(maker),
        reason="Surat ralat",
        office=office_id(),
        form_key="",
        actor=maker,
    )
    assert new is not None
    release_figure(new, actor=head())
    page = visitor.get(f"/cakupan/angka/{old.id}").text
    assert "33,73%" in page
    assert "sudah diganti yang lebih baru" in page
    assert "Surat ralat" in page
    assert f"/cakupan/angka/{new.id}" in page
    assert maker.name not in page


def test_given_two_definitions_then_they_never_stand_on_one_page(visitor: Visitor) -> None:
    FigureFactory("53", claim(percent="33.73"))
    FigureFactory("53", claim(percent="17.5", definition=Definition.LABOUR_FORCE_SHARE))
    FigureFactory("53", claim(percent="61", definition=Definition.VILLAGE_OFFICIALS, part=Part.HEAD))
    of_each = {"ucj": "33,73%", "labour_force_share": "17,5%", "village_officials.head": "61%"}
    for address in ("/cakupan", "/cakupan/53", "/cakupan/perbandingan"):
        for code, own in of_each.items():
            page = visitor.get(f"{address}?ukuran={code}").text
            assert not [one for key, one in of_each.items() if key != code and one in page]
            assert own in page or "perbandingan" in address


@pytest.mark.parametrize("code", ["nonsens", "ucj.head", "ucj..XYZ", "", "%00", "ucj" * 500])
def test_given_a_measure_that_nobody_knows_then_the_first_one_is_shown(visitor: Visitor, code: str) -> None:
    FigureFactory("53", claim(percent="33.73"))
    page = visitor.get(f"/cakupan?ukuran={code}")
    assert page.status_code == 200
    assert "33,73%" in page.text


def test_given_counts_of_regencies_then_the_province_shows_their_sum_and_who_is_silent(
    visitor: Visitor,
) -> None:
    FigureFactory("53.04", claim(90, 100))
    FigureFactory("53.15", claim(100, 1000))
    page = visitor.get("/cakupan/53").text
    assert "190 dari 1.100 pekerja, 17,27%" in page
    assert "20 wilayah tanpa angka baru" in page
    assert "Dijumlahkan dari 2 dari 514 kabupaten/kota: 17,27%." in visitor.get("/cakupan").text


def test_given_a_province_that_was_cut_then_the_page_says_that_older_figures_are_of_a_larger_place(
    visitor: Visitor,
) -> None:
    for place in ("91", "53"):
        FigureFactory(place, claim(percent="25", as_of=date(2021, 12, 31)))
    assert "UU 14/2022, UU 15/2022, UU 16/2022" in visitor.get("/cakupan/91").text
    assert "lebih luas" not in visitor.get("/cakupan/53").text


def test_given_two_days_then_what_changed_is_drawn_and_what_did_not_is_named(visitor: Visitor) -> None:
    for place, first, last in (("53", "30", "35"), ("52", "40", "38")):
        FigureFactory(place, claim(percent=first, as_of=date(2025, 6, 30)))
        FigureFactory(place, claim(percent=last))
    FigureFactory("76", claim(percent="22", as_of=date(2025, 1, 31)))
    page = visitor.get("/cakupan/perbandingan?dari=2026-06-30&sampai=2025-06-30").text  # either order
    assert page.index("Nusa Tenggara Timur") < page.index("Nusa Tenggara Barat")
    assert "1 wilayah belum punya angka yang lebih baru" in page
    assert "35 wilayah tanpa angka" in page
    assert visitor.get("/cakupan/perbandingan?dari=kemarin&sampai=31-31-31").status_code == 200
    assert visitor.get("/cakupan/perbandingan?provinsi=99").status_code == 404


@pytest.mark.parametrize("code", ["99", "53.99", "53.15.05", "5315", "id", "ID", "%00", "53.1"])
def test_given_no_such_place_then_there_is_no_page(visitor: Visitor, code: str) -> None:
    assert visitor.get(f"/cakupan/{code}").status_code == 404


def test_given_a_proposal_then_no_page_and_no_file_has_it(visitor: Visitor) -> None:
    proposed("53", claim(percent="61.23"))
    for address in ("/cakupan", "/cakupan/53", "/cakupan/data/angka.csv", "/cakupan/data/datapackage.json"):
        assert "61" not in re.sub(r"\d{4}-\d\d-\d\dT\S+", "", visitor.get(address).text.split("<main")[-1])


def test_given_the_open_data_when_validated_by_others_then_it_is_whole(
    visitor: Visitor, tmp_path: Path
) -> None:
    load_shipped_figures()
    FigureFactory("53.04", claim(90, 100))
    for name in ("datapackage.json", "angka.csv", "sumber.csv", "ukuran.csv"):
        answer = visitor.get(f"/cakupan/data/{name}")
        assert answer.status_code == 200
        (tmp_path / name).write_bytes(answer.data)
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert report.valid, report.flatten(["rowNumber", "fieldName", "message"])
    package = json.loads((tmp_path / "datapackage.json").read_text())
    assert len(package["sources"]) == 16
    assert (tmp_path / "angka.csv").read_bytes().count(b"\r\n") == 41
    assert visitor.get("/cakupan/data/lain.csv").status_code == 404
