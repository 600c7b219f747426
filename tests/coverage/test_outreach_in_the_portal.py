"""A branch or a Pemda writes its own events down; another office neither sees nor changes them."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.meeting_states import CameBy
from ombudsman_app.coverage.models import OutreachEntry, OutreachEvent
from ombudsman_app.coverage.outreach_states import OutreachState

from ..factories.accounts import UserFactory
from ..factories.complaints import office_id
from ..factories.employers import PLACES, region_id
from ..factories.outreach import ZONE, OutreachFactory, officer_of_branch
from ..visitor import Visitor

pytestmark = pytest.mark.both_databases
Inside = Callable[..., Any]
OWN, STAFF = "/portal/outreach", "/staff/outreach"


def officer(visitor: Visitor, inside: Inside, office: str) -> Visitor:
    made = inside(lambda: UserFactory(Role.OFFICE_OFFICER, password=None, portal_office=office).id)
    return visitor.enter(made)


def keeper(visitor: Visitor, inside: Inside) -> Visitor:
    return visitor.enter(
        inside(lambda: UserFactory(Role.PREVENTION_ASSISTANT, password=None, office="MAM").id)
    )


def typed(inside: Inside, office: str, place: str = PLACES["MAM"], **more: Any) -> dict[str, Any]:
    given = {
        "title": "Sosialisasi di pelabuhan",
        "region": str(inside(lambda: region_id(place))),
        "office": str(inside(lambda: office_id(office))),
        "on": (today(ZONE) - timedelta(days=1)).isoformat(),
        "at": "09.00",
        "venue": "Pelabuhan",
        "target_groups": ["fisher"],
    }
    return {**given, **more}


def only(inside: Inside) -> OutreachEvent:
    return inside(lambda: db.session.scalars(select(OutreachEvent)).one())


@pytest.mark.parametrize("office", ["kc_mamuju", "pemkab_mamuju"])
def test_given_an_own_event_when_reported_then_the_ombudsman_and_the_public_see_who_said_so(
    visitor: Visitor, inside: Inside, office: str
) -> None:
    own = officer(visitor, inside, office)
    made = own.post(f"{OWN}/new", typed(inside, office))
    event = only(inside)
    assert made.location == f"{OWN}/{event.id}/report"
    assert event.came_by is CameBy.PORTAL
    told = {"version": str(event.version), "participants": "30", "known_by": "head_count"}
    page = own.post(f"{OWN}/{event.id}/report", told, follow_redirects=True)
    assert "30" in page.text
    corrected = {**told, "version": str(only(inside).version), "participants": "31"}
    page = own.post(f"{OWN}/{event.id}/report", corrected, follow_redirects=True)
    assert "<s>30</s>" in page.text
    assert "Sosialisasi di pelabuhan" in own.get(OWN).text

    public = own.get(f"/cakupan/{PLACES['MAM']}").text
    assert "dilaporkan oleh kantor ini" in public
    staff = keeper(visitor, inside)
    assert "dilaporkan oleh kantor ini" in staff.get(STAFF).text
    assert "Dilaporkan oleh penyelenggara" in staff.get(f"{STAFF}/{event.id}").text
    by = inside(lambda: db.session.scalars(select(OutreachEntry.came_by)).all())
    assert set(by) == {CameBy.PORTAL}


def test_given_an_event_of_another_office_then_it_is_like_none(visitor: Visitor, inside: Inside) -> None:
    event = inside(lambda: OutreachFactory(keeper=officer_of_branch("MAM")).id)
    for other in ("pemkab_mamuju", "kc_ntt"):
        stranger = officer(visitor, inside, other)
        assert "untuk nelayan" not in stranger.get(OWN).text
        for page in ("", "/edit", "/report", "/cancel"):
            assert stranger.get(f"{OWN}/{event}{page}").status_code == 404
        assert (
            stranger.post(f"{OWN}/{event}/cancel", {"version": "1", "reason": "Tidak ada."}).status_code
            == 404
        )
    assert only(inside).state is OutreachState.PLANNED


def test_given_what_the_ombudsman_wrote_down_then_the_office_reads_it_and_changes_nothing(
    visitor: Visitor, inside: Inside
) -> None:
    event = inside(OutreachFactory).id
    own = officer(visitor, inside, "kc_mamuju")
    page = own.get(f"{OWN}/{event}")
    assert page.status_code == 200
    assert f"{OWN}/{event}/edit" not in page.text
    for page in ("edit", "report", "cancel"):
        assert own.get(f"{OWN}/{event}/{page}").status_code == 403
    assert own.post(f"{OWN}/{event}/cancel", {"version": "1", "reason": "Tidak ada."}).status_code == 403


@pytest.mark.parametrize(
    ("office", "place", "holder"),
    [
        ("pemkab_mamuju", "76.01", "pemkab_mamuju"),  # a regency beside
        ("pemkab_mamuju", PLACES["KPG"], "pemkab_mamuju"),
        ("kc_mamuju", PLACES["KPG"], "kc_mamuju"),  # another province
        ("kc_mamuju", PLACES["MAM"], "kc_ntt"),  # in the name of another office
        ("kc_mamuju", PLACES["MAM"], "pemkab_mamuju"),
    ],
)
def test_given_another_place_or_name_when_written_down_then_it_is_refused(
    visitor: Visitor, inside: Inside, office: str, place: str, holder: str
) -> None:
    own = officer(visitor, inside, office)
    assert own.post(f"{OWN}/new", typed(inside, holder, place)).status_code == 422
    assert inside(lambda: db.session.scalars(select(OutreachEvent.id)).all()) == []


def test_given_a_change_from_a_page_of_before_then_the_office_is_told(
    visitor: Visitor, inside: Inside
) -> None:
    event = inside(lambda: OutreachFactory(keeper=officer_of_branch("MAM")))
    own, told = officer(visitor, inside, "kc_mamuju"), typed(inside, "kc_mamuju", version="1")
    answers = [own.post(f"{OWN}/{event.id}/edit", told).status_code for _turn in range(2)]
    assert answers == [302, 409]
