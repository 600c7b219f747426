"""What people see of files: in the wizard, on the followed page, on the desk."""

from uuid import UUID

import pytest
from flask import Flask
from sqlalchemy import select, update

from ombudsman_app.attachments.models import AttachmentState
from ombudsman_app.complaints.models import Complaint, ComplaintDraft, InformationTip
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role

from ..attachments.sender import Sender
from ..factories.attachments import AttachmentFactory
from ..factories.complaints import CODE, CaseFactory, TeamFactory, TipFactory
from ..visitor import Visitor
from ..wizard import Wizard

ORIGINAL = "/original?back="


def fill(app: Flask, folder: UUID | None, number: int = 1, **given: object) -> None:
    with app.app_context():
        for place in range(number):
            AttachmentFactory(folder, f"foto-{place}.jpg", **given)


def draft_folder(app: Flask) -> UUID:
    with app.app_context():
        return db.session.scalars(select(ComplaintDraft.uuid)).one()


def with_folder(
    app: Flask, kind: type[Complaint] | type[InformationTip], record_id: int, folder: int
) -> UUID:
    """Give a record of a factory a folder, as one has that was sent from a draft."""
    with app.app_context(), db.session.begin():
        found = db.session.scalars(select(kind).where(kind.id == record_id)).one()
        found.files_id = found.files_id or UUID(int=folder)
        return found.files_id


@pytest.mark.parametrize("number", [0, 1, 12])
def test_given_files_when_asked_for_evidence_then_each_is_there_at_the_same_cost(
    app: Flask, visitor: Visitor, number: int
) -> None:
    wizard = Wizard(visitor)
    wizard.begin()
    wizard.answer("layanan")
    fill(app, draft_folder(app), number)

    page = visitor.get("/lapor/bukti").text

    assert visitor.queries <= 4
    assert page.count('class="file"') == number + 1  # and the pattern for one on its way
    assert ("Lanjutkan" if number else "Lewati") in page
    wizard.answer("bukti", {})
    checked = visitor.get("/lapor/periksa").text
    assert visitor.queries <= 5
    assert checked.count("file-row") == number


def test_given_a_refused_file_when_looked_at_then_its_reason_stands_there(
    app: Flask, visitor: Visitor
) -> None:
    Wizard(visitor).begin()
    fill(app, draft_folder(app), state=AttachmentState.REFUSED, reason="encrypted")

    page = visitor.get("/lapor/bukti").text

    assert "kata sandi" in page
    assert "Ditolak" in page


def test_given_no_draft_when_asked_for_evidence_then_it_begins_at_the_office(visitor: Visitor) -> None:
    assert visitor.get("/lapor/bukti").location == "/lapor"


@pytest.mark.parametrize("number", [1, 12])
def test_given_a_case_with_files_when_read_then_it_costs_the_same(
    app: Flask, visitor: Visitor, number: int
) -> None:
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.ASSIGNED, team)
        case_id, examiner, intake = case.id, team.users[Role.EXAMINER].id, team.users[Role.PVL_ASSISTANT].id
    fill(app, with_folder(app, Complaint, case_id, 7), number)
    visitor.enter(examiner)

    page = visitor.get(f"/staff/complaints/{case_id}").text

    assert visitor.queries <= 10
    assert page.count('class="evidence"') == number
    assert page.count(ORIGINAL) == number, "the officer of the case opens originals"
    others = visitor.enter(intake).get(f"/staff/complaints/{case_id}").text
    assert others.count('class="evidence"') == number
    assert ORIGINAL not in others


def test_given_information_with_files_when_read_then_nobody_opens_an_original(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        team, tip = TeamFactory(), TipFactory()
        tip_id, intake = tip.id, team.users[Role.PVL_ASSISTANT].id
    fill(app, with_folder(app, InformationTip, tip_id, 9))
    visitor.enter(intake)

    page = visitor.get(f"/staff/tips/{tip_id}").text

    assert visitor.queries <= 10
    assert page.count('class="evidence"') == 1
    assert ORIGINAL not in page


def test_given_a_followed_complaint_when_opened_then_its_files_are_folded(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        case = CaseFactory(ComplaintState.RECEIVED, TeamFactory())
        case_id, ticket = case.id, case.ticket
    fill(app, with_folder(app, Complaint, case_id, 8), 2)
    visitor.submit("/lacak", {"ticket": ticket, "access_code": CODE})

    page = visitor.get("/lacak/laporan").text

    assert visitor.queries <= 6
    folded = page.split('<div id="berkas">', 1)[1].split("<details", 1)[1].split("</details>", 1)[0]
    assert folded.count('class="file"') == 2
    assert "foto-0.jpg" not in page.replace(folded, "")
    assert "/hapus" not in page, "what was sent is evidence"


def test_given_a_complaint_that_has_ended_then_no_file_is_taken_and_those_before_are_still_there(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        case = CaseFactory(ComplaintState.RECEIVED, TeamFactory())
        case_id, ticket = case.id, case.ticket
    folder = with_folder(app, Complaint, case_id, 8)
    fill(app, folder)
    visitor.submit("/lacak", {"ticket": ticket, "access_code": CODE})
    visitor.get("/lacak/laporan")
    assert Sender(visitor, "a.jpg", b"12", owner="case").create().status_code == 201
    with app.app_context(), db.session.begin():
        ended = {"is_open": False, "state": ComplaintState.CLOSED}
        db.session.execute(update(Complaint).where(Complaint.id == case_id).values(**ended))

    refused = Sender(visitor, "b.jpg", b"12", owner="case").create()

    assert (refused.status_code, refused.get_json()["reason"]) == (422, "closed")
    page = visitor.get("/lacak/laporan").text
    assert 'type="file"' not in page
    assert "foto-0.jpg" in page
