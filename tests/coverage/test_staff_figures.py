"""Figures by the door of the staff: proposed by one, released by another, revised, taken back."""

from decimal import Decimal

import pytest

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource
from ombudsman_app.coverage.states import FigureStatus, Flag, Standing
from ombudsman_app.notifications.models import Notification

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


def told(kind: str) -> list[Notification]:
    return db.session.query(Notification).filter_by(kind=kind).all()


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
        ({"percent": "0,3373"}, "bagian dari satu"),
        ({"percent": "1.234"}, "misalnya 33,73"),
        ({"percent": "-3"}, "kurang dari nol"),
        ({"percent": "", "numerator": "1.234.567.890"}, "Penduduk Indonesia"),
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


def test_given_a_small_percentage_with_its_sign_then_it_is_taken(analyst: Officer) -> None:
    analyst.submit(f"{HOME}/new", data={**SAID, "percent": "0,34%"})
    assert newest().quoted == Decimal("0.34")


def test_given_several_numbers_that_cannot_be_then_each_has_its_words_at_once(analyst: Officer) -> None:
    wrong = {"percent": "3373", "numerator": "12,5", "as_of": "2033-01-01", "source_title": ""}
    page = analyst.submit(f"{HOME}/new", data={**SAID, **wrong})
    for box in ("percent", "numerator", "as_of", "source_title"):
        assert f'id="{box}-error"' in page.text


def test_given_counts_and_percentage_that_part_then_it_is_asked_and_the_answer_holds_for_these_numbers(
    analyst: Officer,
) -> None:
    parted = {**SAID, "numerator": "28.000", "denominator": "100.000", "percent": "33,73"}
    asked = analyst.submit(f"{HOME}/new", data=parted)
    assert asked.status_code == 422
    assert "28,00%" in asked.text
    assert 'id="says_both-error"' in asked.text
    assert db.session.query(CoverageFigure).count() == 0
    other = {**parted, "numerator": "29.000", "says_both": "28000/100000/33.73"}
    assert analyst.submit(f"{HOME}/new", data=other).status_code == 422, "mended to other numbers"
    analyst.submit(f"{HOME}/new", data={**parted, "says_both": "28000/100000/33.73"})
    assert newest().flags == [Flag.DIFFERS]
    assert db.session.query(CoverageSource).count() == 1


def test_given_a_percentage_that_rounds_its_counts_then_nobody_is_asked(analyst: Officer) -> None:
    analyst.submit(
        f"{HOME}/new", data={**SAID, "numerator": "79860", "denominator": "100000", "percent": "80"}
    )
    assert newest().flags == [Flag.ROUNDED]


@pytest.mark.both_databases
def test_given_a_form_with_a_new_source_when_sent_twice_then_figure_and_source_are_there_once(
    analyst: Officer,
) -> None:
    sent = {**SAID, "form_key": "sama-dua-kali"}
    for _number in range(2):
        assert analyst.submit(f"{HOME}/new", data=sent).status_code == 200
    assert db.session.query(CoverageFigure).count() == 1
    assert db.session.query(CoverageSource).count() == 1


@pytest.mark.both_databases
def test_given_a_revision_that_is_refused_then_its_words_stand_at_the_box_and_no_source_is_left(
    analyst: Officer,
) -> None:
    old = FigureFactory("53.04", claim(percent="33.73"))
    sources = db.session.query(CoverageSource).count()
    said = {**SAID, "percent": "35", "revision_reason": "Surat ralat kantor cabang"}
    for box, value in (("place", "53.15"), ("measure", "segment_coverage.pu"), ("programme", "JKK")):
        page = analyst.submit(f"{HOME}/{old.id}/revise", data={**said, box: value})
        assert page.status_code == 422
        assert f'id="{box}-error"' in page.text, box
    assert db.session.query(CoverageSource).count() == sources
    assert newest().id == old.id


def test_given_words_alone_then_they_are_kept_without_a_number(analyst: Officer) -> None:
    analyst.submit(f"{HOME}/new", data={**SAID, "percent": "", "text": "Belum separuh dari nelayan"})
    assert (newest().status, newest().text) == (FigureStatus.QUALITATIVE, "Belum separuh dari nelayan")


def test_given_ones_own_proposal_then_another_person_is_asked_for(another_visitor: Visitor) -> None:
    both = Officer(another_visitor, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE, office="KPG")
    both.submit(f"{HOME}/new", data=SAID)
    made = newest()
    assert "Mintalah orang lain" in both.get(f"{HOME}/{made.id}").text
    refused = both.submit(f"{HOME}/{made.id}/release", data={"version": str(made.version)})
    assert refused.status_code == 409
    assert newest().standing is Standing.PROPOSED


def test_given_proposals_then_the_menu_counts_those_of_others_for_who_decides(
    analyst: Officer, another_visitor: Visitor
) -> None:
    both = Officer(another_visitor, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE, office="KPG")
    both.submit(f"{HOME}/new", data=SAID)
    waits = "menunggu keputusan Anda"
    assert waits not in both.get(HOME).text, "the own one"
    proposed("53.15", claim(percent="34"))
    proposed("76", claim(percent="22"), office="MAM")
    for page in ("/staff/", HOME, "/staff/complaints/", "/staff/duties"):
        assert f"1 {waits}" in both.get(page).text, page
    assert waits not in analyst.get(HOME).text


def test_given_a_proposal_then_who_decides_is_told_until_it_is_decided_and_the_maker_where_it_comes_back(
    analyst: Officer, head: Officer
) -> None:
    analyst.submit(f"{HOME}/new", data=SAID)
    made = newest()
    assert [one.read_at for one in told("coverage.figure_waits")] == [None]
    head.submit(f"{HOME}/{made.id}/send-back", data={"version": str(made.version), "reason": "Salah tanggal"})
    assert None not in [one.read_at for one in told("coverage.figure_waits")]
    assert [one.person_id for one in told("coverage.figure_back")] == [made.made_by_id]


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


def test_given_filters_then_source_what_is_odd_and_what_waits_for_this_person_are_found(
    analyst: Officer, another_visitor: Visitor
) -> None:
    both = Officer(another_visitor, Role.ANALYST, Role.HEAD_OF_REPRESENTATIVE, office="KPG")
    both.submit(f"{HOME}/new", data={**SAID, "place": "53.01"})
    source = SourceFactory(maker())
    FigureFactory("53.04", claim(28_000, 100_000, "33.73"), source=source)
    FigureFactory("53.06", claim(percent="34", as_of=None))  # the day of the source alone is not odd
    proposed("53.15", claim(percent="34"))
    names = ("Kabupaten Kupang", "Kabupaten Belu", "Kabupaten Flores Timur", "Kabupaten Manggarai Barat")
    for query, found in (
        (f"source={source.id}", [1]),
        ("odd=yes", [1]),
        ("mine=yes", [3]),
        ("standing=proposed", [0, 3]),
        ("odd=yes&mine=yes", []),
    ):
        page = both.get(f"{HOME}?{query}").text
        assert [number for number, name in enumerate(names) if f">{name}</a>" in page] == found, query
    assert analyst.get(f"{HOME}?mine=yes&source=x&odd=1").status_code == 200


def test_given_a_source_of_another_office_then_its_title_is_not_offered(
    analyst: Officer, visitor: Visitor
) -> None:
    own, theirs = SourceFactory(maker()), SourceFactory(maker("MAM"), office="MAM")
    page = analyst.get(f"{HOME}/new").text
    assert own.title in page
    assert theirs.title not in page
