"""Officers note what they saw: the office is looked for by words, the list goes by days both ways."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.findings.models import VisitObservation

from ..conftest import StoppedClock
from ..factories.findings import VisitFactory, person
from ..visitor import Visitor

NEW, LIST = "/staff/findings/visits/new", "/staff/findings/visits"
SEEN = {"visited_on": "2026-11-19", "seen": "Papan tarif tidak ada di loket mana pun."}
Inside = Callable[..., Any]


@pytest.fixture
def inside(inside: Inside, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T09:00+08:00")
    return inside


@pytest.fixture
def maker(visitor: Visitor, inside: Inside) -> Visitor:
    return visitor.enter(inside(person, Role.PREVENTION_ASSISTANT).user_id)


def found(page: str) -> dict[str, str]:
    """Return the offices that can be chosen, by the address of the next page."""
    links = re.findall(r'<li><a href="(/staff/findings/visits/new\?office=[^"]+)">([^<]+)</a>', page)
    return {name: href for href, name in links}


def test_given_no_words_when_noting_then_offices_of_the_own_province_stand_there(maker: Visitor) -> None:
    names = found(maker.get(NEW).text)
    assert any("Mamuju" in name for name in names)
    assert not any("Kupang" in name for name in names)


def test_given_words_when_an_office_is_chosen_then_what_was_seen_is_noted_there(
    maker: Visitor, inside: Inside
) -> None:
    assert "Coba nama kota atau kabupatennya" in maker.get(f"{NEW}?q=zzzz").text
    links = found(maker.get(f"{NEW}?q=cabang+mamuju").text)
    (form,) = [href for name, href in links.items() if "Kantor Cabang" in name]

    page = maker.get(form).text
    assert "bpjstk-mamuju" not in page, "nobody types an address"
    assert maker.submit(form, SEEN).status_code == 302
    seen = inside(lambda: db.session.scalars(select(VisitObservation.seen)).all())
    assert seen == [SEEN["seen"]]


def test_given_no_office_or_one_of_others_when_sent_then_nothing_is_stored_and_the_words_stay(
    maker: Visitor, inside: Inside
) -> None:
    for slug in ("", "tidak-ada", "a\0b"):
        assert maker.post(NEW, {**SEEN, "office": slug}).status_code == 422
    kupang = next(href for name, href in found(maker.get(f"{NEW}?q=kupang").text).items() if "Cabang" in name)
    answer = maker.post(NEW, {**SEEN, "office": kupang.split("=")[1]})
    assert answer.status_code == 422
    assert "ditangani kantor Ombudsman yang lain" in answer.text
    assert SEEN["seen"] in answer.text
    assert inside(lambda: db.session.scalars(select(VisitObservation.id)).all()) == []


def test_given_visits_noted_in_another_order_when_listed_then_the_latest_day_stands_first_both_ways(
    maker: Visitor, inside: Inside
) -> None:
    def many() -> None:
        actor = person(Role.PREVENTION_ASSISTANT)
        for number in range(30):
            day = date(2026, 10, 1) + timedelta(days=(number * 7) % 30 // 2)
            VisitFactory(actor, visited_on=day, seen=f"Kunjungan ke-{number:02}.")

    inside(many)

    def walk(address: str, word: str) -> list[list[str]]:
        pages = []
        while address:
            page = maker.get(address).text
            pages.append(re.findall(r"Kunjungan ke-[0-9]{2}", page))
            link = re.search(rf'href="([^"]+)" rel="{word}"', page)
            address = link[1].replace("&amp;", "&") if link else ""
        return pages

    on = walk(LIST, "next")
    back = walk(f"{LIST}?before=2000-01-01.1", "prev")
    order = inside(
        lambda: db.session.scalars(
            select(VisitObservation.seen).order_by(
                VisitObservation.visited_on.desc(), VisitObservation.id.desc()
            )
        ).all()
    )
    assert [one for page in on for one in page] == [text.rstrip(".") for text in order]
    assert [one for page in reversed(back) for one in page] == [text.rstrip(".") for text in order]
    assert [len(page) for page in on] == [25, 5]
