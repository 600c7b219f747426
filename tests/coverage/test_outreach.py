"""An outreach event from its plan to the page of its place, by the door of the staff."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.exc import DatabaseError

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.coverage.models import OutreachEntry, OutreachEvent
from ombudsman_app.coverage.outreach_states import OutreachAct, OutreachState, TargetGroup

from ..factories.accounts import UserFactory
from ..factories.complaints import office_id
from ..factories.employers import PLACES, region_id
from ..factories.meetings import CommitmentFactory
from ..factories.outreach import ZONE, OutreachFactory
from ..visitor import Visitor

pytestmark = pytest.mark.both_databases
Inside = Callable[..., Any]
LIST = "/staff/outreach"


@pytest.fixture
def keeper(visitor: Visitor, inside: Inside) -> Visitor:
    """An officer in Mamuju, who watches over Sulawesi Barat."""
    return visitor.enter(
        inside(lambda: UserFactory(Role.PREVENTION_ASSISTANT, password=None, office="MAM").id)
    )


def typed(inside: Inside, **more: Any) -> dict[str, Any]:
    """What is typed about an event of the branch, yesterday."""
    given = {
        "title": "Sosialisasi nelayan Mamuju",
        "region": str(inside(lambda: region_id(PLACES["MAM"]))),
        "office": str(inside(lambda: office_id("kc_mamuju"))),
        "on": (today(ZONE) - timedelta(days=1)).isoformat(),
        "at": "09.00",
        "until": "11.30",
        "venue": "Balai nelayan",
        "target_groups": ["fisher", "non_wage"],
    }
    return {**given, **more}


def only(inside: Inside) -> OutreachEvent:
    return inside(lambda: db.session.scalars(select(OutreachEvent)).one())


def entries(inside: Inside) -> list[OutreachEntry]:
    return inside(lambda: list(db.session.scalars(select(OutreachEntry).order_by(OutreachEntry.id))))


RESULT = {"participants": "120", "known_by": "attendance_list", "women": "70", "men": "50"}


def test_given_an_event_when_it_is_planned_and_reported_then_its_place_says_so_to_everybody(
    keeper: Visitor, inside: Inside
) -> None:
    place = f"/cakupan/{PLACES['MAM']}"
    assert "Sosialisasi nelayan" not in keeper.get(place).text

    planned = keeper.post(f"{LIST}/new", typed(inside))
    event = only(inside)
    assert planned.location == f"{LIST}/{event.id}/report"  # its day has passed
    assert "Sosialisasi nelayan" not in keeper.get(place).text

    told = {**RESULT, "version": str(event.version), "asked_most": "Berapa iurannya?"}
    page = keeper.post(f"{LIST}/{event.id}/report", told, follow_redirects=True)
    assert "Berapa iurannya?" in page.text
    held = only(inside)
    assert (held.state, held.participants, held.women) == (OutreachState.HELD, 120, 70)
    assert [one.act for one in entries(inside)] == [OutreachAct.PLANNED, OutreachAct.HELD]
    for address in (place, place[: len("/cakupan/76")]):  # also the page of its province
        public = keeper.get(address).text
        assert "Sosialisasi nelayan Mamuju" in public
        assert "120" in public
        assert "Berapa iurannya?" not in public


def test_given_a_report_when_it_is_corrected_then_the_old_number_stays_to_be_read(
    keeper: Visitor, inside: Inside
) -> None:
    made = inside(lambda: OutreachFactory(OutreachState.HELD))
    told = {**RESULT, "version": str(made.version), "asked_most": "Berapa iurannya?"}

    page = keeper.post(f"{LIST}/{made.id}/report", told, follow_redirects=True)

    assert "<s>42</s>" in page.text
    assert "<b>120</b>" in page.text
    assert "120" in keeper.get(f"/cakupan/{PLACES['MAM']}").text
    facts = entries(inside)[-1].facts
    assert ["participants", "42", "120"] in facts
    assert "asked_most" not in {one[0] for one in facts}
    inside(_stays)


def _stays() -> None:
    """What was said is not changed, whatever the program does."""
    with pytest.raises(DatabaseError):
        db.session.execute(update(OutreachEntry).values(words="anders"))
    db.session.rollback()


def test_given_day_and_place_when_they_are_corrected_then_what_was_there_stays(
    keeper: Visitor, inside: Inside
) -> None:
    made = inside(lambda: OutreachFactory(OutreachState.HELD))
    told = typed(inside, version=str(made.version), venue="Aula kecamatan", target_groups=["farmer"])

    page = keeper.post(f"{LIST}/{made.id}/edit", told, follow_redirects=True)

    assert "Balai desa" in page.text
    assert "Aula kecamatan" in page.text
    assert ["groups", "non_wage fisher", "farmer"] in entries(inside)[-1].facts


def test_given_two_people_when_both_correct_then_the_second_is_told(keeper: Visitor, inside: Inside) -> None:
    made = inside(lambda: OutreachFactory(OutreachState.HELD))
    for page, told in (("report", RESULT), ("edit", typed(inside))):
        version = str(inside(lambda: db.session.get(OutreachEvent, made.id).version))
        first = keeper.post(f"{LIST}/{made.id}/{page}", {**told, "version": version})
        second = keeper.post(f"{LIST}/{made.id}/{page}", {**told, "version": version})
        assert (first.status_code, second.status_code) == (302, 409), page


def test_given_an_event_when_it_is_cancelled_then_it_is_public_no_more_and_nothing_moves(
    keeper: Visitor, inside: Inside
) -> None:
    made = inside(lambda: OutreachFactory(OutreachState.HELD, title="Tidak jadi"))
    assert "Tidak jadi" in keeper.get(f"/cakupan/{PLACES['MAM']}").text
    told = {"version": str(made.version), "reason": "Ternyata tidak jadi karena hujan."}

    page = keeper.post(f"{LIST}/{made.id}/cancel", told, follow_redirects=True)

    assert "Ternyata tidak jadi karena hujan." in page.text
    assert "Tidak jadi" not in keeper.get(f"/cakupan/{PLACES['MAM']}").text
    for again in ("edit", "report", "cancel"):
        assert keeper.get(f"{LIST}/{made.id}/{again}").status_code == 409


def test_given_an_event_of_tomorrow_when_reported_then_it_is_too_early(
    keeper: Visitor, inside: Inside
) -> None:
    tomorrow = today(ZONE) + timedelta(days=1)
    made = inside(lambda: OutreachFactory(on=tomorrow))
    told = {**RESULT, "version": str(made.version)}
    assert keeper.post(f"{LIST}/{made.id}/report", told).status_code == 409
    assert only(inside).state is OutreachState.PLANNED


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"title": ""}, "title"),
        ({"region": ""}, "region"),
        ({"at": "25.00"}, "at"),
        ({"until": "08.00"}, "until"),
        ({"on": "1899-01-01"}, "on"),
        ({"on": "2099-01-01"}, "on"),
        ({"target_groups": []}, "target_groups"),
        ({"target_groups": ["martians"]}, "target_groups"),
        ({"venue": "x" * 501}, "venue"),
    ],
)
def test_given_what_cannot_be_when_planned_then_it_is_said_beside_its_field(
    keeper: Visitor, inside: Inside, given: dict[str, Any], field: str
) -> None:
    answer = keeper.post(f"{LIST}/new", typed(inside, **given))
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert inside(lambda: db.session.scalars(select(OutreachEvent.id)).all()) == []


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"participants": "banyak"}, "participants"),
        ({"participants": "-3"}, "participants"),
        ({"participants": "999999999"}, "participants"),
        ({"participants": ""}, "participants"),  # how it is known, but not what
        ({"known_by": ""}, "known_by"),
        ({"women": "121"}, "women"),
        ({"women": "71"}, "women"),
        ({"men": "²"}, "men"),
    ],
)
def test_given_numbers_that_cannot_be_together_when_reported_then_they_are_refused(
    keeper: Visitor, inside: Inside, given: dict[str, str], field: str
) -> None:
    made = inside(OutreachFactory)
    answer = keeper.post(f"{LIST}/{made.id}/report", {**RESULT, "version": str(made.version), **given})
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert only(inside).state is OutreachState.PLANNED


def test_given_nobody_knows_how_many_came_when_reported_then_it_is_taken(
    keeper: Visitor, inside: Inside
) -> None:
    made = inside(OutreachFactory)
    assert (
        keeper.post(f"{LIST}/{made.id}/report", {"version": str(made.version), "known_by": ""}).status_code
        == 302
    )
    assert (only(inside).state, only(inside).participants) == (OutreachState.HELD, None)
    assert only(inside).known_by is None


def test_given_a_commitment_when_an_event_serves_it_then_its_page_leads_there(
    keeper: Visitor, inside: Inside
) -> None:
    made = inside(OutreachFactory)
    promise = inside(lambda: CommitmentFactory(text="Menyosialisasikan di semua desa.").id)
    told = {**RESULT, "version": str(made.version), "commitment": str(promise)}
    page = keeper.post(f"{LIST}/{made.id}/report", told, follow_redirects=True)
    assert f"/staff/meetings/commitments/{promise}" in page.text


def test_given_a_place_of_another_office_then_it_is_neither_chosen_nor_seen(
    keeper: Visitor, inside: Inside
) -> None:
    elsewhere = inside(lambda: OutreachFactory(office="KPG", title="Di Kupang"))
    assert keeper.get(f"{LIST}/{elsewhere.id}").status_code == 404
    assert "Di Kupang" not in keeper.get(LIST).text + keeper.get(f"{LIST}/csv").text
    away = typed(inside, region=str(inside(lambda: region_id(PLACES["KPG"]))))
    assert keeper.post(f"{LIST}/new", away).status_code == 422


def test_given_the_same_form_when_sent_twice_then_one_event_is_there(keeper: Visitor, inside: Inside) -> None:
    told = typed(inside, form_key="k1")
    assert [keeper.post(f"{LIST}/new", told).status_code for _turn in range(2)] == [302, 302]
    assert only(inside).title == told["title"]
    assert keeper.post(f"{LIST}/new", {**told, "title": "Lain"}).status_code == 422


def test_given_many_events_then_the_list_goes_on_and_back_and_filters_hold(
    keeper: Visitor, inside: Inside
) -> None:
    def many() -> None:
        for number in range(30):
            group = TargetGroup.FARMER if number % 2 else TargetGroup.FISHER
            OutreachFactory(
                on=today(ZONE) - timedelta(days=number + 1), title=f"N{number:02}", groups=(group,)
            )

    inside(many)
    first = keeper.get(f"{LIST}?group=farmer&view=unreported")
    assert "N01" in first.text
    assert "N00" not in first.text
    whole = keeper.get(LIST)
    assert "N24" in whole.text
    assert "N25" not in whole.text
    older = keeper.get(_link(whole.text, "after="))
    assert "N25" in older.text
    assert "N24" not in older.text
    assert "N24" in keeper.get(_link(older.text, "before=")).text
    for odd in ("?year=20x6", "?province=7", "?place=x", "?group=x", "?view=x", "?after=2026-02-30.1"):
        assert keeper.get(LIST + odd).status_code == 200


def _link(page: str, word: str) -> str:
    before = page[: page.index(word)]
    start = before.rindex('href="') + len('href="')
    return page[start : page.index('"', start)].replace("&amp;", "&")


def test_given_events_then_the_picture_says_where_nobody_went(keeper: Visitor, inside: Inside) -> None:
    inside(lambda: OutreachFactory(OutreachState.HELD))
    year = today(ZONE).year
    for address in (f"{LIST}/places", f"{LIST}/places?year={year}&province=76"):
        page = keeper.get(address)
        assert "Kabupaten Mamuju" in page.text
        assert "42" in page.text
    assert "42" not in keeper.get(f"{LIST}/places?year=2001").text.split("tile-list")[1]


def test_given_a_step_when_it_is_done_then_one_line_is_on_the_trail(keeper: Visitor, inside: Inside) -> None:
    keeper.post(f"{LIST}/new", typed(inside))
    found = inside(
        lambda: db.session.scalars(
            select(TrailEntry.event).where(TrailEntry.event.like("coverage:outreach:%"))
        ).all()
    )
    assert found == ["coverage:outreach:planned"]
