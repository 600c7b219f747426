"""/kantor/<slug>: what an office promises, who watches over it, and how sure all that is."""

from datetime import date

import pytest

from ombudsman_app.directory import demo, queries
from ombudsman_app.directory.models import PromiseUnit
from tests.factories.directory import CounterFactory, OfficeFactory, promise

MAMUJU = "/kantor/bpjs-ketenagakerjaan-kantor-cabang-mamuju"


def test_the_page_of_mamuju_tells_where_it_is_who_watches_and_where_that_comes_from(visitor):
    page = visitor.get(MAMUJU).text
    for words in (
        "Kabupaten Mamuju", "Kantor Wilayah Sulawesi dan Maluku", "Perwakilan Provinsi Sulawesi Barat",
        "08.00–16.00 WITA", "Dikita.id", "tel:137",
    ):  # fmt: skip
        assert words in page


def test_the_observation_of_2020_is_quoted_with_speaker_day_and_source(app, visitor):
    with app.app_context():
        demo.load()
    page = visitor.get(MAMUJU).text
    assert "sudah sesuai standar bahkan sudah bisa menjadi tujuan studi banding" in page
    for words in ("Lukman Umar", "12 Agustus 2020", "Dikita.id"):
        assert words in page


def test_each_counter_leads_to_a_report_about_it(app, visitor):
    with app.app_context():
        office = OfficeFactory()
        counter = CounterFactory(office)
    page = visitor.get(f"/kantor/{office.slug}").text
    assert f'href="/lapor/loket/{counter.code}"' in page
    assert "Klaim Jaminan Hari Tua" in page


def test_a_promise_is_shown_with_time_fee_and_papers_and_what_is_invented_is_marked(app, visitor):
    with app.app_context():
        office = OfficeFactory()
        promise(
            office,
            length=5,
            unit=PromiseUnit.WORKING_DAYS,
            fee_rupiah=25_000,
            requirements="KTP\nKartu peserta",
            is_demo=True,
        )
    page = visitor.get(f"/kantor/{office.slug}").text
    for words in ("Rp25.000", "KTP", "Kartu peserta", "DEMO"):
        assert words in page


def test_an_office_without_counters_or_promises_says_so(app, visitor):
    with app.app_context():
        office = OfficeFactory()
    page = visitor.get(f"/kantor/{office.slug}")
    assert page.status_code == 200
    assert "/lapor/loket/" not in page.text


def test_given_an_office_that_has_closed_then_its_page_still_answers_and_says_so(app, visitor):
    with app.app_context():
        office = OfficeFactory(valid_to=date(2020, 5, 4))
    assert "4 Mei 2020" in visitor.get(f"/kantor/{office.slug}").text


def test_an_office_of_the_ombudsman_shows_how_to_reach_it_and_takes_no_complaint(visitor):
    page = visitor.get("/kantor/ombudsman-ri-perwakilan-provinsi-sulawesi-barat").text
    assert "pengaduan@ombudsman.go.id" in page
    assert "/lapor?q=" not in page


def test_a_province_without_own_representative_belongs_to_the_head_office(in_app):
    own = {"76.02.01": "MAM", "76": "MAM", "53.15": "KPG", "17.71": "BKL"}
    for region, code in {**own, "31": "JKT", "91": "JKT", None: "JKT", "zz": "JKT"}.items():
        assert queries.representative_for(region).code == code


def test_an_unknown_office_does_not_exist(visitor):
    for slug in ("tidak-ada", "%00", "%F0%9F%99%88", "..", "x" * 400, "%FF", "' or 1=1"):
        assert visitor.get(f"/kantor/{slug}").status_code == 404, slug


@pytest.mark.parametrize("number", [1, 12])
def test_the_page_costs_the_same_however_much_hangs_on_the_office(app, visitor, number):
    with app.app_context():
        office = OfficeFactory()
        for _ in range(number):
            CounterFactory(office, services=("jht_claim", "jkk_claim", "registration"))
        for service in ("jht_claim", "jkk_claim", "registration")[:number]:
            promise(office, service)
    visitor.get(f"/kantor/{office.slug}")
    # the office, its counters, its promises, who watches over it, its findings, complaints, audits
    assert visitor.queries == 7


def test_a_counter_is_found_by_its_code_as_people_type_it(in_app):
    counter = CounterFactory()
    code = counter.code
    for typed in (code, code.lower(), f" {code[:3]}-{code[3:]} "):
        assert queries.counter_by_code(typed).id == counter.id


def test_an_unknown_code_finds_no_counter(in_app):
    for code in ("", "🙈", "\x00", "x" * 500, "' or 1=1"):
        assert queries.counter_by_code(code) is None
