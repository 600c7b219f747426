"""A Pemda sees its own duties and proposes how far they are kept; an officer decides."""

from collections.abc import Callable
from typing import Any

import pytest
from sqlalchemy import select

from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.coverage.duties import DutyState, ProposalState
from ombudsman_app.coverage.models import DutyEntry, DutyProposal, DutyStatus

from ..factories.accounts import UserFactory
from ..factories.complaints import office_id
from ..factories.duties import FIRST, GOVERNMENT, SECOND, assessed, proposed
from ..visitor import Visitor

Inside = Callable[..., Any]
OWN, OFFICER = "/portal/duties", "Demo Petugas Penilai"
SAID = {"status": "met", "as_of": "2026-11-03", "evidence": "Perbup 12/2023 dan DPA 2026.", "local_rule": ""}


@pytest.fixture
def pemda(visitor: Visitor, inside: Inside) -> Visitor:
    """An officer of the government of Mamuju."""
    return visitor.enter(
        inside(lambda: UserFactory(Role.OFFICE_OFFICER, password=None, portal_office=GOVERNMENT).id)
    )


@pytest.fixture
def officer(another_visitor: Visitor, inside: Inside) -> Visitor:
    return another_visitor.enter(
        inside(lambda: UserFactory(Role.PREVENTION_ASSISTANT, password=None, name=OFFICER).id)
    )


def own_page(inside: Inside, duty: str = FIRST) -> str:
    return f"{OWN}/{inside(office_id, GOVERNMENT)}/{duty}"


def only_proposal(inside: Inside) -> DutyProposal:
    return inside(lambda: db.session.scalars(select(DutyProposal)).one())


@pytest.mark.both_databases
def test_given_a_proposal_when_accepted_then_it_is_an_assessment_and_the_pemda_sees_it(
    pemda: Visitor, officer: Visitor, inside: Inside
) -> None:
    inside(lambda: assessed(status=DutyState.NONE, evidence=""))
    assert pemda.submit(own_page(inside), SAID).status_code == 302
    sent = only_proposal(inside)
    assert f'href="/staff/duties/proposals/{sent.id}"' in officer.get("/staff/duties/proposals").text
    page = officer.get(f"/staff/duties/proposals/{sent.id}")
    assert SAID["evidence"] in page.text

    accepted = officer.post(f"/staff/duties/proposals/{sent.id}/accept", {"version": str(sent.version)})
    assert accepted.status_code == 302
    assert only_proposal(inside).state is ProposalState.ACCEPTED
    states = inside(lambda: db.session.scalars(select(DutyEntry.status).order_by(DutyEntry.id)).all())
    assert states == [DutyState.NONE, DutyState.MET]
    shown = pemda.get(OWN).text
    assert SAID["evidence"] in shown
    assert OFFICER not in shown, "the portal names no officer of the Ombudsman"
    again = officer.post(f"/staff/duties/proposals/{sent.id}/accept", {"version": str(sent.version)})
    assert again.status_code == 409


@pytest.mark.both_databases
def test_given_a_proposal_when_returned_then_the_pemda_reads_the_reason_and_proposes_again(
    pemda: Visitor, officer: Visitor, inside: Inside
) -> None:
    pemda.submit(own_page(inside), SAID)
    sent = only_proposal(inside)
    assert pemda.submit(own_page(inside), SAID).status_code == 422, "one at a time"
    back = f"/staff/duties/proposals/{sent.id}/return"
    assert officer.submit(back, {"reason": ""}).status_code == 422
    assert officer.submit(back, {"reason": "DPA belum dilampirkan."}).status_code == 302

    assert "DPA belum dilampirkan." in pemda.get(f"{OWN}/proposals/{sent.id}").text
    assert inside(lambda: db.session.scalars(select(DutyStatus.id)).all()) == [], "nothing was assessed"
    assert pemda.submit(own_page(inside), SAID).status_code == 302


def test_given_a_proposal_when_withdrawn_then_nobody_decides_on_it(
    pemda: Visitor, officer: Visitor, inside: Inside
) -> None:
    pemda.submit(own_page(inside), SAID)
    sent = only_proposal(inside)
    withdrawn = pemda.post(f"{OWN}/proposals/{sent.id}/withdraw", {"version": str(sent.version)})
    assert withdrawn.status_code == 302
    refused = officer.post(f"/staff/duties/proposals/{sent.id}/accept", {"version": str(sent.version + 1)})
    assert refused.status_code == 409
    assert officer.get("/staff/duties/proposals").text.count("/staff/duties/proposals/") == 0


@pytest.mark.both_databases
def test_given_another_pemda_when_looking_then_it_finds_nothing_of_this_one(
    visitor: Visitor, inside: Inside
) -> None:
    sent = inside(lambda: proposed(evidence="Hanya untuk Mamuju").id)
    inside(lambda: assessed(evidence="Dinilai untuk Mamuju"))
    for portal_office in ("pemkab_mabar", "kc_mamuju"):
        visitor.enter(
            inside(lambda o=portal_office: UserFactory(Role.OFFICE_HEAD, password=None, portal_office=o).id)
        )
        shown = visitor.get(OWN)
        assert shown.status_code == 200
        assert (
            "Mamuju</" not in shown.text.replace("Kabupaten Mamuju</title>", "")
            or portal_office == "kc_mamuju"
        )
        assert "untuk Mamuju" not in shown.text
        assert visitor.get(f"{OWN}/proposals/{sent}").status_code == 404
        assert visitor.get(own_page(inside)).status_code == 404
    assert "pemerintah daerah" in shown.text, "a branch reads that this is for local governments"


def test_given_the_checklist_when_opened_then_it_names_each_duty_with_its_mark(
    pemda: Visitor, inside: Inside
) -> None:
    shown = pemda.get(OWN).text
    assert shown.count("belum diverifikasi") == 2
    assert own_page(inside, SECOND) in shown
    assert pemda.get(f"{OWN}/{inside(office_id, GOVERNMENT)}/gubernur-1").status_code == 404
    refused = pemda.submit(own_page(inside), {**SAID, "status": "not_assessed"})
    assert refused.status_code == 422, "that is not for the Pemda to say"
