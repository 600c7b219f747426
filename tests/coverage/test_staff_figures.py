"""Figures by the door of the staff: proposed by one, released by another, revised, taken back."""

from decimal import Decimal

import pytest

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource
from ombudsman_app.coverage.states import Standing

from ..employers.officers import Officer
from ..factories.coverage import FigureFactory, SourceFactory, claim, proposed
from ..factories.coverage import analyst as maker
from ..visitor import Visitor

pytestmark = pytest.mark.usefixtures("in_app")
HOME = "/staff/coverage"
SAID = {
    "place": "53.04",
    "measure": "ucj",
    "programme": "",
    "as_of": "2026-06-30",
    "percent": "33,73",
    "source": "new",
    "source_title": "Surat kantor cabang",
    "source_kind": "bpjs",
    "published_on": "2026-07-10",
}


@pytest.fixture
def analyst(visitor: Visitor) -> Officer:
    return Officer(visitor, Role.ANALYST, office="KPG")


@pytest.fixture
def head(another_visitor: Visitor) -> Officer:
    return Officer(another_visitor, Role.HEAD_OF_REPRESENTATIVE, office="KPG")


def newest() -> CoverageFigure:
    db.session.expire_all()
    return db.session.query(CoverageFigure).order_by(CoverageFigure.id.desc()).first()


def test_given_a_figure_when_proposed_and_released_by_another_then_everybody_reads_it(
    analyst: Officer, head: Officer
) -> None:
    page = analyst.submit(f"{HOME}/new", data=SAID)
    assert "menunggu orang lain" in page.text
    made = newest()
    assert (made.quoted, made.quoted_places, made.standing) == (Decimal("33.73"), 2, Standing.PROPOSED)
    assert "33,73%" not in analyst.get("/cakupan/53").text
    seen = head.get(f"{HOME}/{made.id}").text
    assert "Rilis angka ini" in seen
    head.submit(f"{HOME}/{made.id}/release", data={"version": str(made.version)})
    assert newest().standing is Standing.CURRENT
    assert "33,73%" in analyst.get("/cakupan/53").text


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"percent": "3373"}, "komanya tertinggal"),
        ({"percent": "tiga"}, "misalnya 33,73"),
        ({"percent": "", "numerator": "12,5"}, "misalnya 1.234.567"),
        ({"percent": "", "numerator": "110", "denominator": "100"}, "Lebih dari 100%"),
        ({"percent": "", "numerator": "1", "denominator": "0"}, "Penyebut tidak boleh nol"),
        ({"percent": ""}, "Tuliskan angkanya"),
        ({"as_of": "2033-01-01"}, "belum terjadi"),
        ({"as_of": "2013-01-01"}, "sejak 2014"),
        ({"place": ""}, "Pilih"),
        ({"source_title": ""}, "judul sumber"),
        ({"source_url": "javascript:alert(1)"}, "Tulis alamat halaman"),
        ({"source_url": "https://a b"}, "Tulis alamat halaman"),
    ],
)
def test_given_what_cannot_be_then_it_is_said_beside_the_field_and_nothing_is_stored(
    analyst: Officer, given: dict[str, str], words: str
) -> None:
    page = analyst.submit(f"{HOME}/new", data={**SAID, **given})
    assert page.status_code == 422
    assert words in page.text
    assert db.session.query(CoverageFigure).count() == 0
    assert db.session.query(CoverageSource).count() == 0


def test_given_the_point_of_a_keyboard_then_it_is_read_as_the_comma(analyst: Officer) -> None:
    analyst.submit(f"{HOME}/new", data={**SAID, "percent": "33.73 %"})
    assert newest().quoted == Decimal("33.73")


def test_given_ones_own_proposal_then_another_person_is_asked_for(another_visitor: Visitor) -> None:
    both = Officer(another_visitor, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE, office="KPG")
    both.submit(f"{HOME}/new", data=SAID)
    made = newest()
    assert "Mintalah orang lain" in both.get(f"{HOME}/{made.id}").text
    refused = both.submit(f"{HOME}/{made.id}/release", data={"version": str(made.version)})
    assert refused.status_code == 409
    assert newest().standing is Standing.PROPOSED


def test_given_a_figure_when_revised_then_the_old_one_stays_to_be_read(
    analyst: Officer, head: Officer
) -> None:
    old = FigureFactory("53.04", claim(percent="33.73"))
    page = analyst.get(f"{HOME}/{old.id}/revise").text
    assert 'value="33,73"' in page
    nothing = analyst.submit(f"{HOME}/{old.id}/revise", data={**SAID, "percent": "35"})
    assert nothing.status_code == 422  # no reason
    analyst.submit(
        f"{HOME}/{old.id}/revise",
        data={**SAID, "percent": "35", "revision_reason": "Surat ralat kantor cabang"},
    )
    new = newest()
    assert (new.supersedes_id, new.standing) == (old.id, Standing.PROPOSED)
    head.submit(f"{HOME}/{new.id}/release", data={"version": str(new.version)})
    assert "33,73%" in analyst.get(f"/cakupan/angka/{old.id}").text
    assert "35%" in analyst.get("/cakupan/53").text


def test_given_a_reason_then_a_proposal_goes_back_and_a_released_figure_is_taken_back(head: Officer) -> None:
    waits, shown = proposed("53.04", claim(percent="34")), FigureFactory("53.15", claim(percent="34"))
    empty = head.submit(f"{HOME}/{waits.id}/send-back", data={"version": "1", "reason": ""})
    assert empty.status_code == 422
    head.submit(
        f"{HOME}/{waits.id}/send-back", data={"version": str(waits.version), "reason": "Salah kabupaten"}
    )
    head.submit(
        f"{HOME}/{shown.id}/withdraw", data={"version": str(shown.version), "reason": "Sumber meralat"}
    )
    db.session.expire_all()
    standings = [db.session.get_one(CoverageFigure, one).standing for one in (waits.id, shown.id)]
    assert standings == [Standing.REFUSED, Standing.WITHDRAWN]


def test_given_another_office_then_it_reads_what_is_released_and_decides_nothing(visitor: Visitor) -> None:
    waits, shown = proposed("53.04", claim(percent="34")), FigureFactory("53.15", claim(percent="34"))
    stranger = Officer(visitor, Role.HEAD_OF_REPRESENTATIVE, office="MAM")
    assert stranger.get(f"{HOME}/{waits.id}").status_code == 404
    assert "Tarik angka ini" not in stranger.get(f"{HOME}/{shown.id}").text
    assert (
        stranger.submit(f"{HOME}/{shown.id}/withdraw", data={"version": "2", "reason": "x" * 20}).status_code
        == 403
    )


def test_given_a_list_then_filters_and_pages_hold(analyst: Officer) -> None:
    for number in range(27):
        FigureFactory("53.04", claim(number, 100))
    proposed("53.15", claim(percent="34"))
    first = analyst.get(HOME).text
    assert "Kabupaten Manggarai Barat" in first
    assert first.count("/staff/coverage/") >= 25
    assert "Kabupaten Manggarai Barat" not in analyst.get(f"{HOME}?standing=current").text
    assert "Tidak ada angka" in analyst.get(f"{HOME}?province=76").text
    assert analyst.get(f"{HOME}?province=xx&measure=nonsens&standing=x&after=y").status_code == 200


def test_given_a_source_of_another_office_then_its_title_is_not_offered(
    analyst: Officer, visitor: Visitor
) -> None:
    own, theirs = SourceFactory(maker()), SourceFactory(maker("MAM"), office="MAM")
    page = analyst.get(f"{HOME}/new").text
    assert own.title in page
    assert theirs.title not in page
