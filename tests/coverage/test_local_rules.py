"""A local rule from the news to JDIH and back, by the door."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.local_rule_seeds import load
from ombudsman_app.coverage.local_rules import RuleEventKind, RuleState, Verification
from ombudsman_app.coverage.models import LocalRule, LocalRuleEvent

from ..factories.accounts import UserFactory
from ..factories.local_rules import ADDRESS, LocalRuleFactory, many_rules, region_of_code, verified
from ..pages import Page
from ..visitor import Visitor

Inside = Callable[..., Any]
LIST = "/staff/local-rules"
SEEN = "Nomor, tahun, dan judul sama; PDF dapat diunduh."


@pytest.fixture
def keeper(visitor: Visitor, inside: Inside) -> Visitor:
    """An officer in Kupang, who watches over NTT."""
    return visitor.enter(
        inside(lambda: UserFactory(Role.PREVENTION_ASSISTANT, password=None, office="KPG").id)
    )


def told(inside: Inside, code: str = "53.15", **more: str) -> dict[str, str]:
    """What is typed about a Perbup of Manggarai Barat."""
    answers = dict.fromkeys(
        (
            "covers_non_asn", "covers_village_officials", "covers_vulnerable", "names_budget_source",
            "names_ptsp_condition",
        ),
        "unknown",
    )  # fmt: skip
    region = str(inside(region_of_code, code))
    typed = {
        "region": region,
        "kind": "perbup",
        "number": "5",
        "year": "",
        "status": "promulgated",
        **answers,
    }
    return {**typed, **more}


def only_rule(inside: Inside) -> LocalRule:
    return inside(lambda: db.session.scalars(select(LocalRule)).one())


def test_given_the_year_2033_when_stored_then_it_is_refused_and_the_source_keeps_it(
    keeper: Visitor, inside: Inside
) -> None:
    refused = keeper.post(f"{LIST}/new", told(inside, year="2033"))
    assert refused.status_code == 422
    assert "This year lies too far ahead" in refused.text or "Tahun ini belum tiba" in refused.text

    kept = keeper.post(f"{LIST}/new", told(inside, year_in_source="2033"), follow_redirects=True)
    assert "2033" in kept.text
    rule = only_rule(inside)
    assert (rule.year, rule.year_in_source, rule.verification) == (None, "2033", Verification.UNVERIFIED)


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"year": "1944"}, "year"),
        ({"year": "33"}, "year"),
        ({"year": "2028"}, "year"),  # two years ahead of 2026
        ({"number": "nomor <5>"}, "number"),
        ({"kind": "pergub"}, "kind"),
        ({"kind": "perwali"}, "kind"),
        ({"kind": "perda_provinsi"}, "kind"),
        ({"kind": "perdes"}, "village"),
        ({"village": "Golo Bilas"}, "village"),
        ({"status": "in_dprd"}, "status"),
        ({"year": "2023", "enacted_on": "2022-05-01"}, "enacted_on"),
        ({"enacted_on": "2027-01-01"}, "enacted_on"),
        ({"source_url": "http://labuanbajovoice.com/x"}, "source_url"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"number": "", "title": "", "note": ""}, "title"),
        ({"region": ""}, "region"),
    ],
)
def test_given_what_cannot_be_when_stored_then_it_is_refused_beside_its_field(
    keeper: Visitor, inside: Inside, clock: Any, given: dict[str, str], field: str
) -> None:
    clock.at("2026-11-28T09:00+08:00")
    answer = keeper.post(f"{LIST}/new", told(inside, **given))

    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert inside(lambda: db.session.scalars(select(LocalRule.id)).all()) == []


def test_given_next_year_and_1945_when_stored_then_both_are_taken(
    keeper: Visitor, inside: Inside, clock: Any
) -> None:
    clock.at("2026-11-28T09:00+08:00")
    for number, year in (("1", "1945"), ("2", "2027")):
        assert keeper.post(f"{LIST}/new", told(inside, number=number, year=year)).status_code == 302


def test_given_a_place_of_another_office_when_stored_then_it_is_refused(
    keeper: Visitor, inside: Inside
) -> None:
    assert keeper.post(f"{LIST}/new", told(inside, code="76.02")).status_code == 422


def test_given_the_same_number_when_stored_then_it_is_warned_and_taken_once_it_was_seen(
    keeper: Visitor, inside: Inside
) -> None:
    keeper.post(f"{LIST}/new", told(inside, number="5", year="2023"))
    first = only_rule(inside).id

    warned = keeper.post(f"{LIST}/new", told(inside, number="05".lstrip("0"), year="2023"))
    assert warned.status_code == 422
    assert f'href="{LIST}/{first}"' in warned.text

    known = told(inside, number="5", year="2023", is_known_twin="y")
    assert keeper.post(f"{LIST}/new", known).status_code == 302


def test_given_an_impossible_year_when_its_page_is_opened_then_the_true_one_is_taken_and_both_stay(
    keeper: Visitor, inside: Inside
) -> None:
    inside(load)
    found = inside(
        lambda: db.session.scalars(
            select(LocalRule.id).where(LocalRule.reference == "perbup-5-manggarai-barat")
        ).one()
    )
    assert "2033" in keeper.get(f"{LIST}/{found}").text

    page = f"{LIST}/{found}/verify"
    kept = {"jdih_url": "https://jdih.manggaraibaratkab.go.id/5-2023", "year": "2023", "seen": SEEN}
    for wrong in (
        {"jdih_url": "http://jdih.manggaraibaratkab.go.id/5"},
        {"jdih_url": "https://blog.example.com/perbup"},
        {"jdih_url": "https://jdih.go.id@evil.example/x"},
        {"year": "2033"},
        {"opened_on": "2019-01-01"},
        {"seen": ""},
    ):
        assert keeper.submit(page, {**kept, **wrong}).status_code == 422, wrong
    shown = keeper.submit(page, kept, follow_redirects=True)

    assert "https://jdih.manggaraibaratkab.go.id/5-2023" in shown.text
    assert 'rel="noopener noreferrer nofollow"' in shown.text
    rule = inside(lambda: db.session.get(LocalRule, found))
    assert (rule.year, rule.year_in_source, rule.verification) == (2023, "2033", Verification.VERIFIED)
    event = inside(
        lambda: db.session.scalars(select(LocalRuleEvent).order_by(LocalRuleEvent.id.desc())).first()
    )
    assert (event.kind, event.words) == (RuleEventKind.VERIFIED, SEEN)
    assert ["year", "", "2023"] in event.facts


def test_given_a_verified_rule_when_it_would_become_another_then_the_verification_is_withdrawn_first(
    visitor: Visitor, inside: Inside
) -> None:
    rule, officer = inside(
        lambda: (verified(LocalRuleFactory()).id, UserFactory(Role.ANALYST, password=None).id)
    )
    visitor.enter(officer)
    assert visitor.submit(f"{LIST}/{rule}/edit", {"number": "99"}).status_code == 422
    assert visitor.submit(f"{LIST}/{rule}/edit", {"note": "Lampiran tidak ada."}).status_code == 302

    assert visitor.submit(f"{LIST}/{rule}/withdraw", {"reason": ""}).status_code == 422
    gone = visitor.submit(
        f"{LIST}/{rule}/withdraw", {"reason": "Halaman JDIH memuat aturan lain."}, follow_redirects=True
    )
    assert ADDRESS in gone.text, "what was seen stays to be read"
    assert visitor.submit(f"{LIST}/{rule}/edit", {"number": "99"}).status_code == 302
    assert visitor.submit(f"{LIST}/{rule}/withdraw", {"reason": "Sekali lagi ditarik."}).status_code == 409


def test_given_a_rule_when_another_repeals_it_then_both_lead_to_each_other(
    visitor: Visitor, inside: Inside
) -> None:
    old, new, before = inside(
        lambda: tuple(LocalRuleFactory(year=year, number=f"7{year}").id for year in (2021, 2024, 2015))
    )
    visitor.enter(inside(lambda: UserFactory(Role.RESMON_ASSISTANT, password=None).id))
    moved = {"status": "repealed", "day": "2024-05-02", "words": "Dicabut oleh Pasal 20."}

    assert visitor.submit(f"{LIST}/{old}/state", {**moved, "replaced_by": str(before)}).status_code == 422
    assert visitor.submit(f"{LIST}/{old}/state", {**moved, "replaced_by": str(new)}).status_code == 302

    assert f'href="{LIST}/{new}"' in visitor.get(f"{LIST}/{old}").text
    assert f'href="{LIST}/{old}"' in visitor.get(f"{LIST}/{new}").text
    kept = inside(lambda: db.session.get(LocalRule, old))
    assert (kept.status, kept.replaced_by_id) == (RuleState.REPEALED, new)
    assert visitor.submit(f"{LIST}/{old}/state", {**moved, "status": "planned"}).status_code in (409, 422)


def test_given_two_officers_when_both_change_then_the_second_is_told(
    visitor: Visitor, inside: Inside
) -> None:
    rule = inside(lambda: LocalRuleFactory().id)
    visitor.enter(inside(lambda: UserFactory(Role.EXAMINER, password=None).id))
    opened = Page(visitor.get(f"{LIST}/{rule}/edit").text).values
    assert visitor.submit(f"{LIST}/{rule}/edit", {"note": "Yang pertama."}).status_code == 302

    assert visitor.post(f"{LIST}/{rule}/edit", {**opened, "note": "Yang kedua."}).status_code == 409
    assert inside(lambda: db.session.get(LocalRule, rule)).note == "Yang pertama."


def test_given_an_officer_elsewhere_when_writing_then_it_is_refused_and_reading_is_not(
    visitor: Visitor, inside: Inside
) -> None:
    rule = inside(lambda: LocalRuleFactory(office="KPG").id)
    visitor.enter(inside(lambda: UserFactory(Role.PREVENTION_ASSISTANT, password=None).id))

    assert visitor.get(f"{LIST}/{rule}").status_code == 200
    for page in ("edit", "verify", "withdraw", "state"):
        assert visitor.get(f"{LIST}/{rule}/{page}").status_code == 403


def test_given_rules_when_searched_and_filtered_then_those_are_found(
    visitor: Visitor, inside: Inside
) -> None:
    def make() -> None:
        LocalRuleFactory(number="12", year=2023, title="Pekerja rentan nelayan")
        verified(LocalRuleFactory(number="3", year=2022, title="Perangkat desa"))
        LocalRuleFactory(office="KPG", number="12", year=2024, title="Non-ASN")

    inside(make)
    visitor.enter(inside(lambda: UserFactory(Role.REVIEWER, password=None).id))

    def found(query: str) -> list[str]:
        shown = visitor.get(f"{LIST}?{query}").text
        return [title for title in ("nelayan", "Perangkat desa", "Non-ASN") if title in shown]

    assert found("") == ["nelayan", "Perangkat desa", "Non-ASN"]
    assert found("q=perbup+12") == ["nelayan", "Non-ASN"]
    assert found("q=12+2023") == ["nelayan"]
    assert found("q=mamuju+desa") == ["Perangkat desa"]
    assert found("q=tidakada") == []
    assert found("province=53") == ["Non-ASN"]
    assert found("jdih=verified") == ["Perangkat desa"]
    assert found("kind=perda_provinsi") == []
    assert found("covers=covers_vulnerable") == ["nelayan", "Perangkat desa", "Non-ASN"]
    assert found("covers=covers_non_asn&state=promulgated") == []
    sheet = visitor.get(f"{LIST}/csv?province=53").get_data(as_text=True)
    assert "Non-ASN" in sheet
    assert "nelayan" not in sheet


def test_given_anybody_when_reading_the_public_page_then_unverified_rules_are_marked(
    visitor: Visitor, inside: Inside
) -> None:
    inside(load)
    inside(lambda: verified(LocalRuleFactory()))
    page = visitor.get("/aturan-daerah")

    assert page.status_code == 200
    assert "2033" in page.text
    assert page.text.count("JDIH belum dibuka</span>") == 5
    assert ADDRESS in page.text
    assert "Demo Orang" not in page.text, "who verified is no business of the public"
    assert len(page.data) < 40_000
    assert "2033" not in visitor.get("/aturan-daerah?provinsi=76").text
    assert visitor.get("/aturan-daerah/csv").mimetype == "text/csv"


def test_given_more_than_a_page_when_paging_then_each_rule_comes_once_on_and_back(
    visitor: Visitor, inside: Inside
) -> None:
    inside(many_rules, 60)
    visitor.enter(inside(lambda: UserFactory(Role.CHAIR, password=None).id))
    seen: list[str] = []
    pages: list[str] = []
    path = LIST
    while path:
        shown = visitor.get(path).text
        pages.append(path)
        seen += re.findall(rf'<a href="{LIST}/([0-9]+)"', shown)
        on = re.search(r'href="([^"]+)" rel="next"', shown)
        path = on[1].replace("&amp;", "&") if on else ""
    back = re.search(r'href="([^"]+)" rel="prev"', shown)
    assert back is not None
    assert (
        re.findall(rf'<a href="{LIST}/([0-9]+)"', visitor.get(back[1].replace("&amp;", "&")).text)
        == seen[25:50]
    )
    assert len(seen) == len(set(seen)) == 60
    assert len(pages) == 3
