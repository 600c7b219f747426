"""An office that is asked for an explanation opens the letter in the portal and answers it there."""

import io
from base64 import b64encode
from collections.abc import Callable
from datetime import date
from hashlib import sha256
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.attachments.models import Attachment
from ombudsman_app.complaints.commands import propose_moves, review_case
from ombudsman_app.complaints.models import AnswerBox, ClarificationAnswer, Complaint, ComplaintClock
from ombudsman_app.complaints.states import FIRST_REQUEST, SECOND_REQUEST, AnswerChannel, ComplaintState
from ombudsman_app.core import limits
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.commands import load_shipped
from ombudsman_app.documents.commands import ask_revocation, begin_replacement, issue, revoke
from ombudsman_app.documents.models import Delivery, Document
from ombudsman_app.documents.states import Channel, DocumentState, Proof
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.attachments import AttachmentFactory
from ..factories.complaints import Team, TeamFactory
from ..factories.documents import drawn
from ..factories.examination import QUESTIONS, REPLY, SUMMARY, answered, current, examined, received, request
from ..factories.findings import person
from ..visitor import Visitor

S = ComplaintState
EXPLAINED = {"text": REPLY, "reference": "B-12/KC/XI/2026"}
Inside = Callable[..., Any]


@pytest.fixture
def inside(app: Flask, clock: StoppedClock) -> Inside:
    """Call something in an application context of its own, on a Friday morning in Mamuju."""
    clock.at("2026-11-20T09:00+08:00")

    def call(function: Callable[..., Any], *given: Any, **more: Any) -> Any:
        with app.app_context():
            found = function(*given, **more)
            db.session.expunge_all()
            return found

    call(load_shipped)
    return call


@pytest.fixture
def team(inside: Inside) -> Team:
    return inside(TeamFactory)


@pytest.fixture
def asked(inside: Inside, team: Team) -> Complaint:
    """Its letter was issued and nobody has it yet."""
    return inside(_asked, team)


def _asked(team: Team, **given: object) -> Complaint:
    case = examined(team, **given)
    request(case, team)
    return case


@pytest.fixture
def officer(inside: Inside) -> int:
    return inside(person, Role.OFFICE_OFFICER).user_id or 0


def stored(statement: Any) -> Any:
    return db.session.scalars(statement).all()


def letter_of(case: Complaint) -> Document:
    found = select(Document).where(Document.folder == case.files_id, Document.kind == FIRST_REQUEST)
    return stored(found)[0]


def address(letter: Document, act: str = "") -> str:
    return f"/portal/clarifications/{letter.id}{act}"


def opened(visitor: Visitor, officer: int, letter: Document) -> Visitor:
    visitor.enter(officer).get(address(letter))
    assert visitor.post(address(letter, "/open")).status_code == 302
    return visitor


def test_given_a_letter_when_opened_and_explained_then_receipt_is_proven_and_the_examiner_has_it(
    visitor: Visitor, another_visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    visitor.enter(officer)
    before = visitor.get(address(letter)).text
    assert letter.number in before
    assert SUMMARY not in before
    assert letter.subject not in visitor.get("/portal/clarifications").text
    assert letter.number in visitor.get("/portal/").text.replace("<wbr>", "")

    page = visitor.post(address(letter, "/open"), follow_redirects=True).text

    assert SUMMARY in page
    assert all(question in page for question in QUESTIONS.splitlines())
    assert "4 Desember 2026" in page
    way = inside(stored, select(Delivery))[0]
    assert (way.channel, way.proof, way.recorded_by_id) == (Channel.PORTAL, Proof.OPENED, officer)
    assert way.delivered_on == date(2026, 11, 20)
    sent = visitor.submit(address(letter, "/answer"), EXPLAINED, follow_redirects=True).text
    assert REPLY in sent
    assert "tepat waktu" in sent.lower()
    kept = inside(stored, select(ClarificationAnswer))[0]
    assert (kept.channel, kept.days_late, kept.filed_by_id) == (AnswerChannel.PORTAL, 0, officer)
    assert inside(current, asked).is_answered
    staff = another_visitor.enter(team.users[Role.EXAMINER].id)
    assert REPLY in staff.get(f"/staff/complaints/{asked.id}/answers/{kept.id}").text
    told = inside(
        stored, select(Notification.kind).where(Notification.person_id == team.users[Role.EXAMINER].id)
    )
    assert "complaints.respondent_answered" in told


def test_given_a_letter_opened_twice_and_by_two_then_the_first_proof_stands(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint, clock: StoppedClock
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter)
    clock.at("2026-11-24T09:00+08:00")
    colleague = inside(person, Role.OFFICE_HEAD).user_id

    opened(visitor, colleague, letter)

    assert len(inside(stored, select(Delivery))) == 1
    clocks = inside(stored, select(ComplaintClock).where(ComplaintClock.clock == "D04"))
    assert [one.due_on for one in clocks] == [date(2026, 12, 4)]


def test_given_it_came_by_hand_then_it_stands_open_and_its_day_counts(
    visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    inside(lambda: received(letter, team.examiner))

    page = visitor.enter(officer).get(address(letter)).text

    assert SUMMARY in page
    assert "4 Desember 2026" in page


def test_given_it_was_not_opened_then_nothing_of_it_leaves_and_an_answer_is_not_lost(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    visitor.enter(officer)

    assert visitor.get(address(letter, "/letter")).status_code == 302
    refused = visitor.post(address(letter, "/answer"), EXPLAINED)

    assert refused.status_code == 409
    assert REPLY in refused.text
    assert SUMMARY not in refused.text
    assert inside(stored, select(ClarificationAnswer)) == []


def test_given_it_was_opened_then_the_signed_letter_leaves_as_a_file(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)

    file = opened(visitor, officer, letter).get(address(letter, "/letter"))

    assert file.mimetype == "application/pdf"
    assert file.headers["Content-Disposition"].startswith("attachment")


def test_given_the_last_day_is_past_then_the_answer_is_taken_and_stays_late(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint, clock: StoppedClock
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter)
    clock.at("2026-12-07T09:00+08:00")

    page = visitor.enter(officer).submit(address(letter, "/answer"), EXPLAINED, follow_redirects=True)

    assert "terlambat 3 hari" in page.text
    assert [one.days_late for one in inside(stored, select(ClarificationAnswer))] == [3]


def test_given_one_answer_when_more_is_added_then_both_stand_and_the_first_lateness_too(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter).submit(address(letter, "/answer"), EXPLAINED)
    more = {"text": "Berkas tambahan sudah diperiksa kantor pusat hari ini.", "reference": ""}

    page = visitor.submit(address(letter, "/answer"), more, follow_redirects=True).text

    assert REPLY in page
    assert more["text"] in page
    assert len(inside(stored, select(ClarificationAnswer))) == 2


def test_given_the_same_form_twice_then_it_is_sent_once_and_another_text_is_refused(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter).get(address(letter, "/answer"))
    assert visitor.page is not None
    form = {**visitor.page.values, **EXPLAINED}

    assert visitor.post(address(letter, "/answer"), form).status_code == 302
    assert visitor.post(address(letter, "/answer"), form).status_code == 302
    other = visitor.post(address(letter, "/answer"), {**form, "text": "Jawaban lain sama sekali."})

    assert other.status_code == 422
    assert "Jawaban lain sama sekali." in other.text
    assert len(inside(stored, select(ClarificationAnswer))) == 1


def test_given_words_or_none_that_are_too_short_then_it_is_said_beside_the_field(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    visitor = opened(visitor, officer, letter)

    for text in ("", "Ya.", "a" * (limits.MESSAGE + 1)):
        answer = visitor.submit(address(letter, "/answer"), {"text": text})
        assert answer.status_code == 422
        assert 'id="text-error"' in answer.text


def close(case: Complaint) -> None:
    held = db.session.get_one(Complaint, case.id)
    held.is_open, held.state = False, S.CLOSED


def test_given_the_case_has_ended_when_answering_then_409_with_both_texts(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter).submit(address(letter, "/answer"), EXPLAINED)
    visitor.get(address(letter, "/answer"))
    assert visitor.page is not None
    form = {**visitor.page.values, "text": "Tambahan yang datang terlambat sekali."}
    inside(command(close), asked)

    answer = visitor.post(address(letter, "/answer"), form)

    assert answer.status_code == 409
    assert REPLY in answer.text
    assert form["text"] in answer.text
    assert visitor.get(address(letter, "/answer")).status_code == 302


def take_back(letter: Document, team: Team) -> None:
    held = db.session.get_one(Document, letter.id)
    ask_revocation(held, "Salah alamat kantor.", version=held.version, actor=team.examiner)
    revoke(held, version=held.version, actor=team.head)


def test_given_a_letter_taken_back_while_it_was_open_then_its_words_go_and_the_answer_is_not_lost(
    visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter).get(address(letter, "/answer"))
    assert visitor.page is not None
    form = {**visitor.page.values, **EXPLAINED}
    inside(take_back, letter, team)

    answer = visitor.post(address(letter, "/answer"), form)

    assert answer.status_code == 409
    assert REPLY in answer.text
    page = visitor.get(address(letter))
    assert "Surat ini sudah dicabut" in page.text
    assert SUMMARY not in page.text
    assert SUMMARY not in answer.text


def test_given_a_letter_taken_back_before_it_arrived_then_it_was_never_there(
    visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    inside(take_back, letter, team)

    assert visitor.enter(officer).get(address(letter)).status_code == 404
    for page in ("/portal/", "/portal/clarifications", "/portal/clarifications?show=done"):
        assert letter.number not in visitor.get(page).text.replace("<wbr>", "")


def replaced(letter: Document, team: Team) -> Document:
    newer = begin_replacement(db.session.get_one(Document, letter.id), actor=team.examiner)
    issue(newer, version=newer.version, actor=team.head)
    command(_superseded)(letter.id)
    return drawn(newer)


def _superseded(letter_id: int) -> None:
    db.session.get_one(Document, letter_id).state = DocumentState.SUPERSEDED


def test_given_a_corrected_letter_then_the_old_one_leads_there_and_is_answered_no_more(
    visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    visitor = opened(visitor, officer, letter)
    newer = inside(replaced, letter, team)

    page = visitor.get(address(letter)).text

    assert f'href="{address(newer)}"' in page
    assert visitor.post(address(letter, "/answer"), EXPLAINED).status_code == 409
    assert newer.number in visitor.get("/portal/").text.replace("<wbr>", "")
    opened(visitor, officer, newer).submit(address(newer, "/answer"), EXPLAINED)
    assert [one.request_id for one in inside(stored, select(ClarificationAnswer))] == [newer.id]


def asked_again(case: Complaint, team: Team) -> Document:
    propose_moves()
    return request(current(case), team, SECOND_REQUEST)


def test_given_no_answer_and_a_second_letter_then_the_first_leads_there_and_both_can_be_answered(
    visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint, clock: StoppedClock
) -> None:
    first = inside(letter_of, asked)
    opened(visitor, officer, first)
    clock.at("2026-12-07T09:00+08:00")
    second = inside(asked_again, asked, team)
    visitor.enter(officer)

    assert f'href="{address(second)}"' in visitor.get(address(first)).text
    assert f'href="{address(first)}"' not in visitor.get("/portal/clarifications").text
    visitor.submit(address(first, "/answer"), EXPLAINED)

    kept = inside(stored, select(ClarificationAnswer))[0]
    assert (kept.request_id, kept.days_late) == (first.id, 3)


def wave_through(case: Complaint, team: Team) -> None:
    held = current(case)
    review_case(held, "Hak jawab gugur.", version=held.version, actor=team.examiner)


def test_given_the_right_to_answer_has_lapsed_then_what_comes_is_filed_all_the_same(
    visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint, clock: StoppedClock
) -> None:
    opened(visitor, officer, inside(letter_of, asked))
    clock.at("2026-12-07T09:00+08:00")
    second = inside(asked_again, asked, team)
    opened(visitor, officer, second)
    clock.at("2027-01-15T09:00+08:00")
    inside(wave_through, asked, team)

    page = visitor.enter(officer).submit(address(second, "/answer"), EXPLAINED, follow_redirects=True).text

    assert REPLY in page
    assert inside(stored, select(ClarificationAnswer))[0].days_late > 0
    assert inside(current, asked).respondent_waived_answer


def test_given_another_branch_its_parent_and_another_province_then_nothing_is_there(
    visitor: Visitor, inside: Inside, officer: int, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter)
    for office in ("kanwil_sulama", "kc_ntt", "kc_bengkulu"):
        stranger = inside(person, Role.OFFICE_OFFICER, Role.OFFICE_HEAD, portal_office=office).user_id
        visitor.enter(stranger)
        for act in ("", "/answer", "/letter"):
            assert visitor.get(address(letter, act)).status_code == 404, (office, act)
        assert visitor.post(address(letter, "/open")).status_code == 404
        for page in ("/portal/", "/portal/clarifications", "/portal/clarifications?show=done"):
            text = visitor.get(page).text.replace("<wbr>", "")
            assert letter.number not in text
            assert letter.subject not in text


def test_given_a_right_that_ended_with_the_page_open_then_the_next_click_is_refused(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter).get(address(letter, "/answer"))
    assert visitor.page is not None
    form = {**visitor.page.values, **EXPLAINED}
    inside(command(lambda: db.session.query(RoleGrant).filter_by(user_id=officer).delete()))

    assert visitor.post(address(letter, "/answer"), form).status_code == 403
    assert inside(stored, select(ClarificationAnswer)) == []


def test_given_a_session_that_ended_while_typing_then_the_words_are_kept_over_the_sign_in(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint, clock: StoppedClock
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter).get(address(letter, "/answer"))
    assert visitor.page is not None
    form = {**visitor.page.values, **EXPLAINED}
    clock.at("2026-11-20T22:30+08:00")

    answer = visitor.post(address(letter, "/answer"), form)

    assert answer.status_code == 403
    assert 'name="send_to"' in answer.text
    assert REPLY in answer.text
    assert inside(stored, select(ClarificationAnswer)) == []


def send_file(visitor: Visitor, letter: Document, name: str = "bukti.pdf") -> Any:
    given = {"owner": "own_answer", "owner_id": str(letter.id), "back": address(letter)}
    file = (io.BytesIO(b"%PDF-1.7\n%%EOF"), name)
    return visitor.post("/portal/attachments/plain", {**given, "files": file})


def test_given_evidence_then_it_goes_with_the_answer_and_the_next_answer_begins_without(
    visitor: Visitor, another_visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    visitor.enter(officer)
    assert send_file(visitor, letter).status_code == 404, "nothing says that the office has it"
    opened(visitor, officer, letter)
    assert send_file(visitor, letter).status_code == 302
    file = inside(stored, select(Attachment))[0]
    staff = another_visitor.enter(team.users[Role.EXAMINER].id)
    assert staff.get(f"/staff/attachments/{file.uuid}").status_code == 404, "it was not sent yet"

    visitor.submit(address(letter, "/answer"), EXPLAINED)

    answer, box = (inside(stored, select(kind))[0] for kind in (ClarificationAnswer, AnswerBox))
    assert file.folder == answer.files_id != box.files_id
    assert "bukti.pdf" in staff.get(f"/staff/complaints/{asked.id}/answers/{answer.id}").text
    stranger = inside(person, Role.OFFICE_OFFICER, portal_office="kc_ntt").user_id
    own = inside(AttachmentFactory, answer.files_id)
    case_file = inside(AttachmentFactory, asked.files_id)
    assert visitor.get(f"/portal/attachments/{own.uuid}").status_code == 200
    assert visitor.get(f"/portal/attachments/{case_file.uuid}").status_code == 404, "the reporter's"
    assert visitor.enter(stranger).get(f"/portal/attachments/{own.uuid}").status_code == 404


def test_given_what_the_office_sent_itself_then_nobody_of_the_ombudsman_puts_a_file_beside_it(
    visitor: Visitor, another_visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint
) -> None:
    """Its own words with its own files; what comes by post later is an answer of its own."""
    letter = inside(letter_of, asked)
    opened(visitor.enter(officer), officer, letter)
    visitor.submit(address(letter, "/answer"), EXPLAINED)
    own = inside(stored, select(ClarificationAnswer))[0]
    on_paper = inside(answered, asked, team)
    staff = another_visitor.enter(team.users[Role.EXAMINER].id)

    def added(answer: ClarificationAnswer) -> int:
        here = f"/staff/complaints/{asked.id}/answers/{answer.id}"
        given = {"owner": "answer", "owner_id": str(answer.id), "back": here}
        file = (io.BytesIO(b"%PDF-1.7\n%%EOF"), "bukti.pdf")
        return staff.post("/staff/attachments/plain", {**given, "files": file}).status_code

    assert (added(own), added(on_paper)) == (404, 302)
    shown = [staff.get(f"/staff/complaints/{asked.id}/answers/{one.id}").text for one in (own, on_paper)]
    assert ["/staff/attachments/plain" in page for page in shown] == [False, True]


def test_given_more_than_fits_when_an_upload_begins_then_it_is_refused_before_a_byte_was_sent(
    visitor: Visitor, officer: int, inside: Inside, asked: Complaint, monkeypatch: pytest.MonkeyPatch
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter)
    words = {"filename": "dmlkZW8ubXA0", "owner": "b3duX2Fuc3dlcg==", "owner_id": _base64(str(letter.id))}
    meta = ",".join(f"{name} {value}" for name, value in words.items())

    def begin(size: int) -> int:
        headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(size), "Upload-Metadata": meta}
        headers["X-CSRF-Token"] = visitor.token()
        return visitor.client.post("/portal/attachments/uploads", headers=headers).status_code

    assert begin(limits.VIDEO_BYTES + 1) == 413
    for _one in range(limits.STAFF_BYTES // limits.VIDEO_BYTES):
        assert begin(limits.VIDEO_BYTES) == 201
    assert begin(limits.MIB) == 413, "500 MiB are on their way"


def _base64(text: str) -> str:
    return b64encode(text.encode()).decode()


def many(team: Team, number: int) -> None:
    for _one in range(number):
        _asked(team)


@pytest.mark.parametrize("number", [1, 12])
def test_the_lists_and_a_page_cost_the_same_however_many(
    visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint, number: int
) -> None:
    letter = inside(letter_of, asked)
    inside(many, team, number)
    opened(visitor, officer, letter)
    for _one in range(number):
        visitor.submit(address(letter, "/answer"), EXPLAINED)

    visitor.get("/portal/")  # what was flashed is told
    for page, most in (("", 6), ("/answer", 6)):
        visitor.get(address(letter, page))
        assert visitor.queries <= most, visitor.statements
    for show in ("", "?show=done"):
        visitor.get(f"/portal/clarifications{show}")
        assert visitor.queries <= 4, visitor.statements


def test_given_more_letters_than_a_page_holds_then_the_keys_lead_through_all_and_back(
    visitor: Visitor, officer: int, inside: Inside, team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    inside(many, team, limits.PAGE_ROWS + 2)
    visitor.enter(officer)

    first = visitor.get("/portal/clarifications")
    older = first.text.split("?after=")[1].split('"')[0].split("&")[0]
    second = visitor.get(f"/portal/clarifications?after={older}").text

    assert first.text.count('<li class="card') == limits.PAGE_ROWS
    assert second.count('<li class="card') == 2
    newer = second.split("?before=")[1].split('"')[0].split("&")[0]
    assert visitor.get(f"/portal/clarifications?before={newer}").text.count('<li class="card') == (
        limits.PAGE_ROWS
    )


def papers() -> list[Document]:
    return stored(select(Document).where(Document.kind == "answer_acknowledgement"))


def test_given_a_sent_answer_when_its_acknowledgement_is_asked_for_twice_then_one_is_made_and_leaves(
    visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    opened(visitor, officer, letter)
    send_file(visitor, letter)
    visitor.submit(address(letter, "/answer"), EXPLAINED)
    answer = inside(stored, select(ClarificationAnswer))[0]
    page = address(letter, f"/answers/{answer.id}/acknowledgement")
    assert f'href="{page}"' in visitor.get(address(letter)).text

    for _twice in range(2):
        assert visitor.submit(page).status_code == 302

    (paper,) = inside(papers)
    told = paper.content["letter"]
    assert told["pieces"][0]["sha256"] == sha256(REPLY.encode()).hexdigest()
    assert [one["sha256"] for one in told["files"]] == inside(stored, select(Attachment.sha256))
    assert (told["office"], told["request"], told["days_late"]) != ("", "", None)
    assert SUMMARY not in str(paper.content)
    assert visitor.get(f"{page}/file").status_code == 302, "it is not made yet"
    inside(lambda: drawn(db.session.get_one(Document, paper.id)))
    assert visitor.get(f"{page}/file").mimetype == "application/pdf"
    stranger = inside(person, Role.OFFICE_OFFICER, portal_office="kc_ntt").user_id
    for act in ("", "/file"):
        assert visitor.enter(stranger).get(f"{page}{act}").status_code == 404


def test_given_an_answer_by_post_then_no_acknowledgement_of_the_portal_is_made_of_it(
    visitor: Visitor, officer: int, inside: Inside, team: Team, asked: Complaint
) -> None:
    letter = inside(letter_of, asked)
    inside(lambda: received(letter, team.examiner))
    answer = inside(lambda: answered(current(asked), team).id)

    visitor.enter(officer)

    assert REPLY not in visitor.get(address(letter)).text, "what staff typed is not for the portal"
    assert visitor.get(address(letter, f"/answers/{answer}/acknowledgement")).status_code == 404
