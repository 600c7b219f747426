"""Photos of somebody who stays unknown: they lie with what was told, without place, never as they came."""

import re
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.attachments.models import Attachment, AttachmentEvent, AttachmentState, FileAct
from ombudsman_app.complaints.commands import move_tip
from ombudsman_app.complaints.models import InformationTip
from ombudsman_app.complaints.states import TipState
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.web.languages import COOKIE as LANGUAGE

from ..attachments.sender import Sender
from ..attachments.test_look_at_evidence import photo, work_off
from ..children import child_server
from ..factories.accounts import UserFactory
from ..factories.attachments import CLEANED, AttachmentFactory
from ..factories.complaints import CODE, Team, TeamFactory, TipFactory
from ..security.made_files import CANARY
from ..visitor import Visitor
from ..wizard import TipWizard

NAME = "loket-qwyxfoto.jpg"
REASON = "Memeriksa foto loket yang diberikan."


def held(app: Flask) -> InformationTip:
    with app.app_context():
        return db.session.scalars(select(InformationTip)).one()


def files(app: Flask) -> list[Attachment]:
    with app.app_context():
        return list(db.session.scalars(select(Attachment).order_by(Attachment.id)))


def children_work(app: Flask) -> None:
    """Let a real child look into what waits."""
    folder: Path = app.extensions["settings"].run_dir
    folder.mkdir(exist_ok=True)
    with child_server(folder, "parse"):
        work_off(app)


@pytest.fixture
def team(app: Flask) -> Team:
    with app.app_context():
        return TeamFactory()


def enter(app: Flask, team: Team, role: Role = Role.PVL_ASSISTANT) -> Visitor:
    return Visitor(app).enter(team.users[role].id)


def test_given_a_photo_in_the_wizard_when_sent_without_identity_then_it_stays_with_what_was_told(
    app: Flask, visitor: Visitor, another_visitor: Visitor, team: Team
) -> None:
    walker = TipWizard(visitor)
    walker.begin()
    visitor.get("/lapor/layanan")
    Sender(visitor, NAME, photo()).send()
    ticket, code = walker.send_all()
    children_work(app)
    tip, (file,) = held(app), files(app)
    assert file.folder == tip.files_id
    assert file.state is AttachmentState.READY

    desk = enter(app, team)
    page = desk.get(f"/staff/tips/{tip.id}").text
    assert NAME in page
    assert f"/staff/attachments/{file.uuid}/thumb" in page
    assert "/original" not in page
    copy = desk.client.get(f"/staff/attachments/{file.uuid}")
    assert copy.status_code == 200
    assert CANARY.encode() not in copy.data

    another_visitor.submit("/lacak", {"ticket": ticket, "access_code": code})
    assert NAME in another_visitor.get("/lacak/laporan").text
    assert another_visitor.client.get(f"/berkas/{file.uuid}").status_code == 200
    assert visitor.client.get(f"/berkas/{file.uuid}").status_code == 404, (
        "the phone that sent it keeps nothing"
    )


def test_the_final_post_with_photos_costs_no_more(visitor: Visitor) -> None:
    walker = TipWizard(visitor)
    walker.begin()
    visitor.get("/lapor/layanan")
    for number in range(3):
        Sender(visitor, f"{number}{NAME}", photo()).send()
    walker.answer_all()
    assert walker.send().status_code == 302
    assert visitor.queries <= 12, "\n".join(visitor.statements)


@pytest.mark.parametrize("role", list(Role))
def test_nobody_opens_an_original_of_it(app: Flask, role: Role) -> None:
    with app.app_context():
        tip = TipFactory()
        one = db.session.get_one(InformationTip, tip.id)
        user = UserFactory(role, password=None)
        one.officer_id = user.id
        db.session.commit()
        file = AttachmentFactory(one.files_id).uuid
    visitor = Visitor(app).enter(user.id)
    is_reader = role in (Role.PVL_ASSISTANT, Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE)
    portal = role in (Role.OFFICE_OFFICER, Role.OFFICE_HEAD)
    for answer in (
        visitor.client.get(f"/staff/attachments/{file}/original"),
        visitor.post(f"/staff/attachments/{file}/original", {"reason": REASON}),
    ):
        assert answer.status_code == (403 if is_reader or portal else 404)
    with app.app_context():
        opened = select(func.count()).where(AttachmentEvent.act == FileAct.ORIGINAL_OPENED)
        assert db.session.scalar(opened) == 0
    copy = visitor.client.get(f"/staff/attachments/{file}")
    assert copy.status_code == (200 if is_reader else 403 if portal else 404)
    assert copy.data == CLEANED or not is_reader


def test_given_a_declared_interest_or_another_office_then_its_files_do_not_exist(
    app: Flask, team: Team
) -> None:
    with app.app_context():
        file = AttachmentFactory(TipFactory().files_id).uuid
        elsewhere = AttachmentFactory(TipFactory(office="kc_ntt").files_id).uuid
    desk = enter(app, team)
    assert desk.client.get(f"/staff/attachments/{elsewhere}").status_code == 404
    desk.submit("/staff/tips/1/declare", {"interest": "yes"})
    for page in ("", "/preview", "/thumb", "/original"):
        assert desk.client.get(f"/staff/attachments/{file}{page}").status_code == 404, page


def test_given_a_photo_on_lacak_then_it_waits_for_the_office(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        tip = TipFactory()
        move_tip(tip, "begin_reading", version=tip.version, actor=team.intake)
    visitor.submit("/lacak", {"ticket": tip.ticket, "access_code": CODE})
    visitor.get("/lacak/laporan")
    Sender(visitor, NAME, photo(), owner="tip").send()
    assert held(app).awaits_office
    desk = enter(app, team)
    page = desk.get("/staff/tips/1").text
    assert NAME in page
    assert desk.post("/staff/tips/1/settled", {"seen": "0"}).status_code == 302
    assert not held(app).awaits_office


def set_aside(app: Flask, team: Team) -> None:
    with app.app_context():
        for event in ("begin_reading", "set_aside"):
            one = db.session.scalars(select(InformationTip)).one()
            move_tip(one, event, version=one.version, reason=REASON, actor=team.intake)


def test_given_it_was_set_aside_then_no_photo_is_taken_and_those_before_are_still_there(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    """The page has no box then; a crafted request, or a page of before, is told so like a message is."""
    with app.app_context():
        tip = TipFactory()
        before = AttachmentFactory(tip.files_id).uuid
    visitor.submit("/lacak", {"ticket": tip.ticket, "access_code": CODE})
    set_aside(app, team)
    assert 'type="file"' not in visitor.get("/lacak/laporan").text
    refused = Sender(visitor, NAME, photo(), owner="tip").create()
    assert (refused.status_code, refused.get_json()["reason"]) == (422, "closed")
    assert "tidak dapat ditambahkan" in refused.get_json()["message"]
    form = {"owner": "tip", "files": [(BytesIO(photo()), NAME)]}
    answer = visitor.post("/unggah/biasa", form, content_type="multipart/form-data")
    assert answer.status_code == 422
    assert "tidak dapat ditambahkan" in answer.text
    assert [file.uuid for file in files(app)] == [before]
    assert (held(app).state, held(app).awaits_office) == (TipState.SET_ASIDE, False)
    assert visitor.client.get(f"/berkas/{before}").status_code == 200


def test_given_it_is_set_aside_while_a_photo_arrives_then_the_rest_is_refused(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        tip = TipFactory()
    visitor.submit("/lacak", {"ticket": tip.ticket, "access_code": CODE})
    visitor.get("/lacak/laporan")
    sender = Sender(visitor, NAME, photo(), owner="tip")
    sender.create()
    assert sender.patch(0, photo()[:100]).status_code == 204
    set_aside(app, team)
    assert sender.patch(100, photo()[100:]).get_json()["reason"] == "closed"
    assert sender.offset() == 100
    assert files(app) == []
    with app.app_context():
        one = db.session.scalars(select(InformationTip)).one()
        move_tip(one, "take_up_again", version=one.version, reason=REASON, actor=team.intake)
    assert sender.patch(100, photo()[100:]).status_code == 204


def test_given_nothing_open_then_no_photo_is_taken_for_it(visitor: Visitor) -> None:
    assert Sender(visitor, NAME, photo(), owner="tip").create().status_code == 404


@pytest.mark.parametrize("language", ["id", "en"])
def test_given_a_photo_of_information_then_no_page_calls_it_a_complaint_or_its_giver_a_reporter(
    app: Flask, visitor: Visitor, team: Team, language: str
) -> None:
    with app.app_context():
        tip = TipFactory()
        AttachmentFactory(tip.files_id)
    visitor.submit("/lacak", {"ticket": tip.ticket, "access_code": CODE})
    desk = enter(app, team)
    for one in (visitor, desk):
        one.client.set_cookie(LANGUAGE, language)

    theirs = part_of(visitor.get("/lacak/laporan").text, "bukti")
    ours = part_of(desk.get(f"/staff/tips/{tip.id}").text, "evidence")

    assert (
        "Berkas langsung masuk ke informasi" if language == "id" else "added to your information"
    ) in theirs
    assert ("dikirim pemberi informasi" if language == "id" else "sent by whoever told it") in ours
    for part in (theirs, ours):
        wrong = re.findall(r"\b(laporan\b(?!/)|pelapor|complaint|report|reporter)\b", part, re.IGNORECASE)
        assert not wrong, wrong


def part_of(page: str, anchor: str) -> str:
    """Return what one reads in a section, and the words that its script shows."""
    section = re.search(rf'<section [^>]*id="{anchor}">.*?\n</section>', page, re.DOTALL)
    assert section
    said = re.findall(
        r'data-(?!create|owner|list|wait|file|behaviour|from|most|video)[a-z-]+="([^"]*)"', section[0]
    )
    return " ".join([re.sub(r"<[^>]*>", " ", section[0]), *said])
