"""/kantor: somebody looks for the office they went to."""

import re
from html import unescape
from urllib.parse import quote

import pytest

from ombudsman_app.directory import queries
from tests.factories.directory import OfficeFactory, many_offices

FOUND = re.compile(r'<h[23]><a href="/kantor/([a-z0-9-]+)"')


def slugs(page):
    return FOUND.findall(page.text)


def search(visitor, text, **more):
    extra = "".join(f"&{name}={quote(str(value))}" for name, value in more.items())
    return visitor.get(f"/kantor?q={quote(text)}{extra}")


MAMUJU = "bpjs-ketenagakerjaan-kantor-cabang-mamuju"
KUPANG = "bpjs-ketenagakerjaan-kantor-cabang-nusa-tenggara-timur"
LABUAN_BAJO = "bpjs-ketenagakerjaan-kantor-cabang-perintis-labuan-bajo"


def test_the_list_shows_every_office_and_says_how_many(visitor):
    page = visitor.get("/kantor")
    assert len(slugs(page)) == 22
    assert "22" in page.text


TYPED = [
    ("mamuju", MAMUJU),
    ("  MÁMUJU!! ", MAMUJU),
    ("mamu", MAMUJU),
    ("bpjamsostek mamuju", MAMUJU),
    ("sulbar", MAMUJU),
    ("labuan bajo", LABUAN_BAJO),
    ("Labuanbajo", LABUAN_BAJO),
    ("kab. manggarai barat", LABUAN_BAJO),
    ("kab. kupang", KUPANG),
    ("Kota Kupang", KUPANG),
    ("cabang ntt", KUPANG),
    ("maumere", "bpjs-ketenagakerjaan-kantor-cabang-perintis-sikka"),
    ("ombudsman mamuju", "ombudsman-ri-perwakilan-provinsi-sulawesi-barat"),
]


def test_given_what_people_type_when_searching_then_the_office_is_there(visitor):
    for typed, wanted in TYPED:
        assert wanted in slugs(search(visitor, typed)), typed


def test_all_words_must_match(visitor):
    assert MAMUJU not in slugs(search(visitor, "mamuju kupang"))


def test_given_a_slip_of_the_finger_then_the_right_word_is_offered(visitor):
    page = search(visitor, "mamjuu")
    assert not slugs(page)
    assert "/kantor?q=mamuju" in page.text


def test_given_a_place_without_office_then_its_province_is_offered(visitor):
    page = search(visitor, "Ruteng")
    assert not slugs(page)
    assert "Kabupaten Manggarai" in page.text
    assert "/kantor?provinsi=53" in page.text


def test_the_province_narrows_the_list(visitor):
    found = slugs(visitor.get("/kantor?provinsi=76"))
    assert MAMUJU in found
    assert KUPANG not in found


def test_an_unknown_province_is_no_filter(visitor):
    assert len(slugs(visitor.get("/kantor?provinsi=99"))) == 22


def test_given_an_office_that_has_closed_then_it_is_not_in_the_list(app, visitor):
    from datetime import date

    with app.app_context():
        OfficeFactory("Kantor Tutup", valid_to=date(2020, 1, 1))
    assert not slugs(search(visitor, "tutup"))


def test_paging_walks_through_all_offices_once(app, visitor):
    with app.app_context():
        many_offices(60)
    seen, address = [], "/kantor?q=ramai"
    while address:
        page = visitor.get(address)
        seen += slugs(page)
        following = re.search(r'href="([^"]*setelah=[^"]*)"', page.text)
        address = unescape(following[1]) if following else None
    assert len(seen) == len(set(seen)) == 60


def test_given_more_than_a_thousand_then_the_page_says_so_and_asks_for_a_word(app, visitor):
    with app.app_context():
        many_offices(1_001)
    page = search(visitor, "ramai")
    assert re.search(r"1[.,]000", page.text)
    assert len(slugs(page)) == 25


@pytest.mark.parametrize("number", [10, 1_000])
def test_the_list_costs_the_same_however_many_offices(app, visitor, number):
    with app.app_context():
        many_offices(number)
    search(visitor, "ramai", provinsi=76)
    assert visitor.queries == (2 if number == 10 else 3)  # provinces, a page of offices, and their number
    visitor.get("/kantor")
    assert visitor.queries == 3


def test_given_a_position_then_the_nearest_office_stands_first(visitor):
    page = visitor.get("/kantor?lat=-8.50&lon=119.90")
    found = slugs(page)
    assert found[0] == LABUAN_BAJO
    assert found.index(KUPANG) < found.index(MAMUJU)
    assert visitor.queries == 2


def test_distances_follow_the_earth(in_app):
    nearest = queries.nearest_offices(-2.68, 118.89)[0]
    assert nearest.slug == MAMUJU
    assert nearest.whole_km == 0
    kupang = next(line for line in queries.nearest_offices(-2.68, 118.89) if line.slug == KUPANG)
    assert 970 < kupang.distance_km < 990  # Mamuju to Kupang


def test_the_picker_offers_whom_one_can_complain_about(in_app):
    assert all("Ombudsman" not in line.name for line in queries.offices_for_picker(province="76"))
    assert [line.slug for line in queries.search_offices("mamuju", 1)] == [MAMUJU]
    assert queries.search_offices("🙈") == []


HOSTILE = [
    "🙈🙉🙊", "%", "_", "'", "' or 1=1 --", "\\", "a\u202eb", "ا", "<script>alert(1)</script>", "\ud800",
    "x" * 5_000, "a " * 3_000, "ﬃ", "NaN", "{", "~", "\t\n", "𝔪𝔞𝔪𝔲𝔧𝔲",
]  # fmt: skip


@pytest.mark.parametrize("name", ["q", "provinsi", "setelah"])
def test_given_a_hostile_search_then_the_page_answers_and_shows_it_as_text(visitor, name):
    for text in HOSTILE:
        answer = visitor.get(f"/kantor?{name}={quote(text, errors='surrogatepass')}")
        assert answer.status_code == 200, text
        assert "<script>alert" not in answer.text


def test_given_broken_bytes_then_the_page_answers(visitor):
    for query in (
        "q=%00mamuju",
        "q=%ff%fe",
        "setelah=1~%00",
        "q=%F0%9F",
        "setelah=-1~a",
        "setelah=99999999999~a",
    ):
        assert visitor.get(f"/kantor?{query}").status_code == 200, query


OFF_THE_EARTH = ["nan&lon=1", "1e999&lon=1", "91&lon=0", "x&lon=y", "1", "&lon=", "1_0&lon=-181"]


def test_given_a_position_off_the_earth_then_the_whole_list_is_shown(visitor):
    for position in OFF_THE_EARTH:
        assert len(slugs(visitor.get(f"/kantor?lat={position}"))) == 22, position
