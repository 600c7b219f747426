"""An office without account opens one letter by a link and answers it once; a scanner proves nothing."""

import io
import re
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from ombudsman_app.attachments.models import Attachment
from ombudsman_app.complaints.commands import (
    NewLink,
    OfficeAnswer,
    answer_by_link,
    make_answer_link,
    open_answer_link,
)
from ombudsman_app.complaints.commands.answer_links import Signer
from ombudsman_app.complaints.errors import AnswerLinkEnded
from ombudsman_app.complaints.models import AnswerLink, ClarificationAnswer, Complaint
from ombudsman_app.complaints.states import AnswerChannel
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.states import Channel, Proof

from ..conftest import StoppedClock
from ..factories.complaints import Team
from ..factories.examination import REPLY, SUMMARY
from ..visitor import Visitor
from .test_explain_on_the_portal import (
    EXPLAINED,
    Inside,
    _asked,
    asked,
    close,
    inside,
    letter_of,
    replaced,
    stored,
    take_back,
    team,
)

__all__ = ["asked", "inside", "team"]  # fixtures
SIGNER = {"name": "Siti Rahmawati", "position": "Kepala Bidang Pelayanan", "answers_for_office": "y"}


class Link(str):
    """An address that somebody got, and the code that came by another way."""

    code: str
    __slots__ = ("code",)

    @property
    def signer(self) -> dict[str, str]:
        return {**SIGNER, "code": self.code}


def link_of(made: NewLink) -> Link:
    link = Link(f"/jawab/{made.token}")
    link.code = made.code
    return link


@pytest.fixture
def letter(inside: Inside, asked: Complaint) -> Document:
    return inside(letter_of, asked)


@pytest.fixture
def address(inside: Inside, asked: Complaint, team: Team, letter: Document) -> Link:
    """The link, as the office gets it."""
    return link_of(inside(lambda: make_answer_link(asked, letter.id, actor=team.examiner)))


def opened(visitor: Visitor, address: Link) -> Visitor:
    visitor.get(address)
    assert visitor.post(f"{address}/buka", address.signer).status_code == 302
    return visitor


def whole(page: str) -> str:
    """A page without the places at which a number of a letter may break."""
    return page.replace("<wbr>", "")


def links(inside: Inside) -> list[AnswerLink]:
    return inside(stored, select(AnswerLink).order_by(AnswerLink.id))


def answers(inside: Inside) -> list[ClarificationAnswer]:
    return inside(stored, select(ClarificationAnswer))


def test_given_a_link_when_opened_by_name_and_answered_then_receipt_is_proven_and_the_examiner_has_it(
    visitor: Visitor, another_visitor: Visitor, inside: Inside, team: Team, asked: Complaint,
    letter: Document, address: Link,
) -> None:  # fmt: skip
    page = opened(visitor, address).get(address).text

    assert SUMMARY in page
    assert "4 Desember 2026" in page
    way = inside(stored, select(Delivery))[0]
    assert (way.channel, way.proof, way.delivered_on) == (Channel.PORTAL, Proof.OPENED, date(2026, 11, 20))
    assert way.proof_note == "Siti Rahmawati, Kepala Bidang Pelayanan"
    assert visitor.get(f"{address}/surat").mimetype == "application/pdf"
    done = visitor.submit(address, EXPLAINED, follow_redirects=True)
    assert done.status_code == 200
    assert "sudah terkirim" in done.text
    (kept,) = answers(inside)
    assert (kept.channel, kept.filed_by_id, kept.signed_by) == (AnswerChannel.LINK, None, "Siti Rahmawati")
    staff = another_visitor.enter(team.users[Role.EXAMINER].id)
    seen = staff.get(f"/staff/complaints/{asked.id}/answers/{kept.id}").text
    assert REPLY in seen
    assert "Siti Rahmawati, Kepala Bidang Pelayanan" in seen
    assert "Siti Rahmawati" in staff.get(f"/staff/complaints/{asked.id}").text
    assert "Siti Rahmawati" in staff.get(f"/staff/complaints/{asked.id}/links").text
    events = inside(stored, select(TrailEntry.event).order_by(TrailEntry.seq))
    for act in ("made", "opened", "used"):
        assert f"complaints:answer_link:{act}" in events


def test_given_a_scanner_that_fetches_then_nothing_is_proven_and_nothing_of_the_letter_shown(
    visitor: Visitor, another_visitor: Visitor, inside: Inside, letter: Document, address: Link
) -> None:
    for _try in range(3):
        page = visitor.get(address)
        assert page.status_code == 200
        assert letter.number in whole(page.text)
        assert SUMMARY not in page.text
    assert visitor.get(f"{address}/surat").status_code == 302
    assert inside(stored, select(Delivery)) == []
    assert links(inside)[0].opened_at is None

    opened(another_visitor, address)

    assert SUMMARY not in visitor.get(address).text, "it was opened in another browser"


@pytest.mark.parametrize("missing", ["name", "position", "code", "answers_for_office"])
def test_given_nobody_who_answers_by_name_then_it_stays_closed(
    visitor: Visitor, inside: Inside, address: Link, missing: str
) -> None:
    visitor.get(address)

    answer = visitor.post(
        f"{address}/buka", {name: value for name, value in address.signer.items() if name != missing}
    )

    assert answer.status_code == 422
    assert f'id="{missing}-error"' in answer.text
    assert inside(stored, select(Delivery)) == []


def test_given_an_answer_then_the_link_is_used_up_and_the_same_form_again_is_no_second_one(
    visitor: Visitor, another_visitor: Visitor, inside: Inside, address: Link
) -> None:
    opened(visitor, address).get(address)
    assert visitor.page is not None
    form = {**visitor.page.values, **EXPLAINED}
    assert visitor.post(address, form).status_code == 302

    assert visitor.post(address, form).status_code == 302
    more = visitor.post(address, {**form, "form_key": "lain", "text": "Tambahan yang tidak boleh hilang."})

    assert more.status_code == 409
    assert "Tambahan yang tidak boleh hilang." in more.text
    assert len(answers(inside)) == 1
    assert another_visitor.get(address).status_code == 404
    assert another_visitor.post(f"{address}/buka", address.signer).status_code == 409


def over(link: AnswerLink) -> None:
    db.session.get_one(AnswerLink, link.id).expires_at = now()


def ended(link: AnswerLink) -> None:
    db.session.get_one(AnswerLink, link.id).revoked_at = now()


@pytest.mark.parametrize("why", ["over", "revoked", "taken back", "replaced", "case closed", "newer link"])
def test_given_a_link_that_ended_with_the_page_open_then_nothing_is_stored_and_nothing_lost(
    visitor: Visitor, another_visitor: Visitor, inside: Inside, team: Team, asked: Complaint,
    letter: Document, address: Link, clock: StoppedClock, why: str,
) -> None:  # fmt: skip
    opened(visitor, address).get(address)
    assert visitor.page is not None
    form = {**visitor.page.values, **EXPLAINED}
    if why == "over":
        inside(command(over), links(inside)[0])
    elif why == "revoked":
        inside(command(ended), links(inside)[0])
    elif why == "taken back":
        inside(take_back, letter, team)
    elif why == "replaced":
        inside(replaced, letter, team)
    elif why == "case closed":
        inside(command(close), asked)
    else:
        inside(lambda: make_answer_link(asked, letter.id, actor=team.examiner))

    answer = visitor.post(address, form)

    assert answer.status_code == 409
    assert REPLY in answer.text
    assert answers(inside) == []
    dead, unknown = another_visitor.get(address), another_visitor.get("/jawab/tautan-yang-tidak-ada")
    assert dead.status_code == unknown.status_code == 404
    assert letter.number not in whole(dead.text)
    assert another_visitor.post(f"{address}/buka", address.signer).status_code == 409


def test_given_another_code_then_it_stays_closed_and_trying_has_an_end(
    visitor: Visitor, inside: Inside, address: Link
) -> None:
    visitor.get(address)
    wrong = {**SIGNER, "code": "00000000"}

    answer = visitor.post(f"{address}/buka", wrong)

    assert answer.status_code == 422
    assert 'id="code-error"' in answer.text
    assert inside(stored, select(Delivery)) == []
    assert {visitor.post(f"{address}/buka", wrong).status_code for _try in range(10)} == {422, 429}
    assert visitor.post(f"{address}/buka", address.signer).status_code == 429


def test_given_it_is_opened_in_another_browser_then_the_one_before_sees_and_sends_nothing_more(
    visitor: Visitor, another_visitor: Visitor, inside: Inside, address: Link
) -> None:
    opened(visitor, address)
    visitor.get(address)
    assert visitor.page is not None
    form = {**visitor.page.values, **EXPLAINED}

    opened(another_visitor, address)

    assert SUMMARY in another_visitor.get(address).text
    assert SUMMARY not in visitor.get(address).text
    late = visitor.post(address, form)
    assert late.status_code == 409
    assert REPLY in late.text
    assert send_file(visitor, address).status_code == 404
    assert answers(inside) == []
    assert len(inside(stored, select(Delivery))) == 1


def test_given_receipt_then_the_link_holds_to_the_end_of_the_last_day(
    visitor: Visitor, another_visitor: Visitor, address: Link, clock: StoppedClock
) -> None:
    clock.at("2026-11-23T09:00+08:00")
    opened(visitor, address)
    clock.at("2026-12-07T23:59+08:00")
    assert another_visitor.get(address).status_code == 200
    clock.at("2026-12-08T00:00+08:00")
    assert another_visitor.get(address).status_code == 404


def test_given_fourteen_days_then_the_link_is_over(
    visitor: Visitor, inside: Inside, address: Link, clock: StoppedClock
) -> None:
    clock.at("2026-12-04T08:59+08:00")
    assert visitor.get(address).status_code == 200
    clock.at("2026-12-04T09:00+08:00")
    assert visitor.get(address).status_code == 404


def test_given_the_last_day_is_past_then_the_answer_by_link_stays_late(
    visitor: Visitor, inside: Inside, team: Team, asked: Complaint, letter: Document, address: Link,
    clock: StoppedClock,
) -> None:  # fmt: skip
    opened(visitor, address)
    clock.at("2026-12-07T09:00+08:00")
    link = link_of(inside(lambda: make_answer_link(asked, letter.id, actor=team.examiner)))

    opened(visitor, link).submit(link, EXPLAINED)

    assert [one.days_late for one in answers(inside)] == [3]


def test_given_a_session_that_ended_then_what_was_typed_is_shown_and_it_is_opened_once_more(
    visitor: Visitor, inside: Inside, address: Link
) -> None:
    opened(visitor, address).get(address)
    visitor.client.delete_cookie("sid")
    visitor.page = None

    answer = visitor.post(address, EXPLAINED)

    assert answer.status_code == 409
    assert REPLY in answer.text
    assert SUMMARY not in answer.text
    assert answers(inside) == []


def send_file(visitor: Visitor, address: Link) -> Any:
    file = (io.BytesIO(b"%PDF-1.7\n%%EOF"), "bukti.pdf")
    given = {"owner": "answer_link", "owner_id": "", "back": address}
    visitor.get(address)
    return visitor.post("/unggah/biasa", {**given, "files": file})


def test_given_files_then_they_go_with_the_answer_and_only_the_browser_that_opened_it_sees_them(
    visitor: Visitor, another_visitor: Visitor, inside: Inside, address: Link
) -> None:
    visitor.get(address)
    assert send_file(visitor, address).status_code == 404
    opened(visitor, address)
    assert send_file(visitor, address).status_code == 302
    assert "bukti.pdf" in visitor.get(address).text

    visitor.submit(address, EXPLAINED)

    (file,) = inside(stored, select(Attachment))
    assert file.folder == answers(inside)[0].files_id
    assert send_file(visitor, address).status_code == 404, "it was sent"
    assert another_visitor.get(f"/berkas/{file.uuid}").status_code == 404


def test_given_too_many_tries_then_they_are_slowed_down(visitor: Visitor, address: Link) -> None:
    answers = {visitor.client.get(address).status_code for _try in range(121)}

    assert answers == {200, 429}


def staff_page(case: Complaint) -> str:
    return f"/staff/complaints/{case.id}/links"


@pytest.mark.parametrize("role", [Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE])
def test_given_examiner_or_head_then_a_link_is_made_shown_once_and_ended(
    visitor: Visitor, another_visitor: Visitor, inside: Inside, team: Team, asked: Complaint,
    letter: Document, role: Role,
) -> None:  # fmt: skip
    visitor.enter(team.users[role].id)
    assert f'href="{staff_page(asked)}"' in visitor.get(f"/staff/complaints/{asked.id}").text

    page = visitor.submit(staff_page(asked), {"letter": str(letter.id)}, follow_redirects=True).text

    token = page.split("/jawab/")[1].split('"')[0].split("<")[0]
    assert another_visitor.get(f"/jawab/{token}").status_code == 200
    (link,) = links(inside)
    code = re.findall(r'id="answer-code" value="(\w{8})"', page)[0]
    assert token not in link.token_hash
    assert code not in link.code_hash
    assert another_visitor.post(f"/jawab/{token}/buka", {**SIGNER, "code": code.lower()}).status_code == 302
    assert visitor.post(f"{staff_page(asked)}/{link.id}/end").status_code == 302
    assert another_visitor.get(f"/jawab/{token}").status_code == 404


def test_given_a_letter_of_another_case_or_none_then_no_link_is_made(
    visitor: Visitor, inside: Inside, team: Team, asked: Complaint
) -> None:
    other = inside(lambda: letter_of(_asked(team)).id)
    visitor.enter(team.users[Role.EXAMINER].id)

    for letter_id in (str(other), "987654321", "", "x"):
        visitor.get(staff_page(asked))
        assert visitor.post(staff_page(asked), {"letter": letter_id}).status_code == 422
    inside(command(close), asked)
    visitor.get(staff_page(asked))
    assert visitor.post(staff_page(asked), {"letter": str(other)}).status_code == 409
    assert links(inside) == []


def test_given_somebody_opened_it_while_an_answer_was_under_way_then_nobody_signs_for_the_words_of_another(
    visitor: Visitor, inside: Inside, address: Link, letter: Document
) -> None:
    """The page was checked before the other browser opened it; the command looks once more."""
    opened(visitor, address)
    link = inside(stored, select(AnswerLink))[0]
    inside(open_answer_link, link.id, Signer("Budi Santoso", "Staf", address.code))
    with pytest.raises(AnswerLinkEnded):
        inside(answer_by_link, link.id, OfficeAnswer(REPLY), opening=1)
    assert inside(stored, select(ClarificationAnswer)) == []
