"""Letters about a case: what they ask for, what happens to the case with them, what starts to run."""

from datetime import date

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.commands import deem_withdrawn, folder_of
from ombudsman_app.complaints.errors import CompletionStillRuns
from ombudsman_app.complaints.models import Complaint, ComplaintClock
from ombudsman_app.complaints.states import ComplaintState, Outcome
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.numbers import NumberCounter
from ombudsman_app.core.policy import Role
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.documents.commands import issue, open_paper, write_draft
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from ..documents.desk import make_all, papers, renderer_of
from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, CaseFactory, Team, TeamFactory
from ..pages import Page
from ..visitor import Visitor

S = ComplaintState
INTAKE, HEAD = Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE
WORDS = "Mohon kirim salinan KTP yang masih berlaku.\n\nFoto dari ponsel boleh."
MEETING = {
    "held_on": "2026-11-20",
    "participants": "Demo Kepala - Kepala Perwakilan\nDemo Penerima - Asisten",
    "considerations": "Rapat menilai laporan ini di luar wewenang Ombudsman.",
    "words": "Pokok laporan ini adalah perselisihan upah antara dua pihak swasta.",
}


@pytest.fixture
def team(app: Flask, clock) -> Team:
    clock.at("2026-11-20T09:00+08:00")
    with app.app_context():
        return TeamFactory()


def stored(app: Flask, case: Complaint) -> Complaint:
    with app.app_context():
        found = db.session.scalars(select(Complaint).where(Complaint.id == case.id)).one()
        db.session.expunge_all()
        return found


def clocks(app: Flask, case: Complaint) -> dict[str, ComplaintClock]:
    with app.app_context():
        rows = db.session.scalars(select(ComplaintClock).where(ComplaintClock.complaint_id == case.id))
        found = {row.clock: row for row in rows}
        db.session.expunge_all()
        return found


def drafted(visitor: Visitor, case: Complaint, kind: str, **typed: object) -> str:
    """Write a letter by its form; return the address of its page."""
    answer = visitor.submit(f"/staff/complaints/{case.id}/letters/{kind}", typed)
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def follower(app: Flask, case: Complaint) -> Visitor:
    visitor = Visitor(app, "198.51.100.9")
    assert visitor.submit("/lacak", {"ticket": case.ticket, "access_code": CODE}).status_code == 302
    return visitor


def press(visitor: Visitor, page: str, act: str) -> str:
    """Press a button of a page of a paper, with the version that it shows."""
    opened = Page(visitor.get(page).text)
    answer = visitor.post(f"{page}/{act}", {"version": opened.values["version"]})
    assert answer.status_code == 302, answer.text
    return str(answer.location)


def test_given_something_missing_when_the_letter_is_issued_then_the_case_waits_and_no_time_runs(
    app: Flask, visitor: Visitor, team: Team, clock
) -> None:
    """D02 starts at proven receipt, not when the letter goes out (UU 37/2008 Pasal 25)."""
    with app.app_context():
        case = CaseFactory(S.FORMAL_VERIFICATION, team)
    visitor.enter(team.users[INTAKE].id)

    page = drafted(visitor, case, "completion_request", items=["F6"], words=WORDS)
    press(visitor, page, "issue")

    (letter,) = papers(app, "completion_request")
    assert letter.state is DocumentState.BEING_MADE
    assert letter.number == f"B/0001/LM.03/{case.registration_number[:4]}.2026/MAM/XI/2026"
    assert (letter.issued_on, letter.content["letter"]["missing"][0]["id"]) == (date(2026, 11, 20), "F6")
    assert stored(app, case).state is S.AWAITING_COMPLETION
    running = {name for name, one in clocks(app, case).items() if one.ended_on is None}
    assert running == set()


def test_given_two_things_missing_when_both_are_ticked_then_the_letter_names_both(
    app: Flask, visitor: Visitor, team: Team, clock
) -> None:
    """Ticks of one list share a name; the page offers them as boxes that a person can tick."""
    with app.app_context():
        case = CaseFactory(S.FORMAL_VERIFICATION, team)
    visitor.enter(team.users[INTAKE].id)
    shown = Page(visitor.get(f"/staff/complaints/{case.id}/letters/completion_request").text)
    boxes = [one["value"] for one in shown.fields if one.get("name") == "items" and one["type"] == "checkbox"]
    assert {"F2", "F6"} <= set(boxes)

    page = drafted(visitor, case, "completion_request", items=["F2", "F6"], words=WORDS)
    press(visitor, page, "issue")

    (letter,) = papers(app, "completion_request")
    assert [one["id"] for one in letter.content["letter"]["missing"]] == ["F2", "F6"]


def test_given_the_letter_on_lacak_when_opened_then_the_time_runs_from_that_day(
    app: Flask, visitor: Visitor, team: Team, clock
) -> None:
    """Fri 2026-11-20 + 30 calendar days ends on a Sunday and rolls to Mon 2026-12-21 (calendar.md §4)."""
    with app.app_context():
        case = CaseFactory(S.FORMAL_VERIFICATION, team)
    page = drafted(
        visitor.enter(team.users[INTAKE].id), case, "completion_request", items=["F6"], words=WORDS
    )
    press(visitor, page, "issue")
    with renderer_of(app):
        assert make_all(app) == [JobState.DONE]
    (letter,) = papers(app, "completion_request")
    reporter = follower(app, case)

    assert "Buka surat" in reporter.get(f"/lacak/surat/{letter.uuid}").text
    assert reporter.get(f"/lacak/surat/{letter.uuid}/berkas").status_code == 302
    assert "D02" not in clocks(app, case)
    assert reporter.post(f"/lacak/surat/{letter.uuid}/buka").status_code == 302

    assert clocks(app, case)["D02"].due_on == date(2026, 12, 21)
    shown = reporter.get(f"/lacak/surat/{letter.uuid}").text
    assert "Mohon kirim salinan KTP" in shown
    file = reporter.get(f"/lacak/surat/{letter.uuid}/berkas")
    assert file.data.startswith(b"%PDF-")
    assert "attachment" in file.headers["Content-Disposition"]
    clock.at("2026-11-25T09:00+08:00")
    follower(app, case).post(f"/lacak/surat/{letter.uuid}/buka")
    assert clocks(app, case)["D02"].due_on == date(2026, 12, 21), "the first proof counts"


def awaiting(app: Flask, team: Team) -> tuple[Complaint, Document]:
    """A case whose reporter was asked to complete it; the pages of the letter are not drawn."""
    with app.app_context():
        case = CaseFactory(S.FORMAL_VERIFICATION, team)
        letter = write_draft(
            "completion_request",
            folder_of(case),
            subject="Permintaan kelengkapan",
            answers={"items": ["F6"], "words": WORDS},
            actor=team.intake,
        )
        issue(letter, version=letter.version, actor=team.intake)
        _out(letter.id)
        db.session.expunge_all()
    return stored(app, case), letter


@command
def _out(document_id: int) -> None:
    held = db.session.get_one(Document, document_id)
    held.state, held.sealed_at = DocumentState.ISSUED, now()


def test_given_the_time_runs_when_the_reporter_completes_then_the_check_goes_on(
    app: Flask, team: Team
) -> None:
    case, letter = awaiting(app, team)
    with app.app_context():
        open_paper(letter)
    reporter = follower(app, case)

    answer = reporter.submit("/lacak/lengkapi", {"message": "Saya kirim salinan KTP."})

    assert answer.status_code == 302
    assert stored(app, case).state is S.FORMAL_VERIFICATION
    found = clocks(app, case)
    assert found["D02"].ended_on == date(2026, 11, 20)
    assert reporter.get("/lacak/lengkapi").status_code == 302


def test_given_no_proof_of_receipt_when_a_year_passes_then_nothing_counts_as_withdrawn(
    app: Flask, team: Team, clock
) -> None:
    """If delivery is not proven the system must not close by itself (complaints.md §4)."""
    case, _letter = awaiting(app, team)
    clock.at("2027-11-20T09:00+08:00")
    with app.app_context(), pytest.raises(CompletionStillRuns):
        deem_withdrawn(case, "Tidak ada kabar.", version=stored_version(case), actor=team.intake)


def stored_version(case: Complaint) -> int:
    return db.session.scalars(select(Complaint.version).where(Complaint.id == case.id)).one()


@pytest.mark.parametrize(
    ("day", "ends"), [("2026-12-21T23:00+08:00", False), ("2026-12-22T00:30+08:00", True)]
)
def test_the_last_day_belongs_to_the_reporter(app: Flask, team: Team, clock, day: str, ends: bool) -> None:
    case, letter = awaiting(app, team)
    with app.app_context():
        open_paper(letter)
    clock.at(day)
    officer = Visitor(app).enter(team.users[INTAKE].id)

    page = officer.get(f"/staff/complaints/{case.id}/deem-withdrawn")

    assert ("dianggap dicabut" in page.text.lower()) is True
    if not ends:
        with app.app_context(), pytest.raises(CompletionStillRuns):
            deem_withdrawn(case, "Tidak ada kabar.", version=stored_version(case), actor=team.intake)
        return
    answer = officer.submit(
        f"/staff/complaints/{case.id}/deem-withdrawn",
        {"reason": "Surat dibuka 20 November; tidak ada kiriman."},
    )
    assert answer.status_code == 302, answer.text
    ended = stored(app, case)
    assert (ended.state, ended.outcome, ended.is_open) == (S.CLOSED, Outcome.DEEMED_WITHDRAWN, False)
    assert ended.closed_on == date(2026, 12, 22)
    assert [one.kind for one in papers(app)][-2:] == ["closing_minutes", "closing_notice"]


@pytest.mark.parametrize(
    ("kind", "more", "outcome"),
    [
        ("refusal_notice", {"ground": "court_object"}, Outcome.REFUSED),
        (
            "not_competent_notice",
            {"agency": "Disnaker Mamuju", "advice": "Mediator di sana."},
            Outcome.NOT_COMPETENT,
        ),
    ],
)
def test_given_a_letter_by_intake_when_the_head_issues_it_then_the_report_ends_with_minutes(
    app: Flask,
    visitor: Visitor,
    another_visitor: Visitor,
    team: Team,
    kind: str,
    more: dict,
    outcome: Outcome,
) -> None:
    with app.app_context():
        case = CaseFactory(S.PLENARY_DECISION, team)
    page = drafted(visitor.enter(team.users[INTAKE].id), case, kind, **MEETING, **more)
    assert visitor.post(f"{page}/issue", {"version": "1"}).status_code == 403

    press(another_visitor.enter(team.users[HEAD].id), page, "issue")

    ended = stored(app, case)
    assert (ended.state, ended.outcome, ended.closed_on) == (S.CLOSED, outcome, date(2026, 11, 20))
    notice, plenary, closing = papers(app)
    assert [one.kind for one in (notice, plenary, closing)] == [kind, "plenary_minutes", "closing_minutes"]
    assert {one.approved_by_id for one in (notice, plenary, closing)} == {team.users[HEAD].id}
    assert plenary.content["letter"]["participants"][0] == {
        "name": "Demo Kepala",
        "role": "Kepala Perwakilan",
    }
    assert clocks(app, case)["D03"].ended_on == date(2026, 11, 20)


def test_given_the_head_wrote_it_when_the_same_head_issues_it_then_a_second_person_is_needed(
    app: Flask, visitor: Visitor, another_visitor: Visitor, team: Team
) -> None:
    with app.app_context():
        case = CaseFactory(S.PLENARY_DECISION, team)
        second = UserFactory(HEAD, name="Demo Kepala Kedua")
        kept = db.session.scalars(select(NumberCounter)).all()
    page = drafted(
        visitor.enter(team.users[HEAD].id), case, "refusal_notice", ground="court_object", **MEETING
    )

    refused = visitor.post(f"{page}/issue", {"version": "1"})

    assert refused.status_code == 409
    assert "orang kedua" in refused.text
    assert stored(app, case).state is S.PLENARY_DECISION
    with app.app_context():
        assert len(db.session.scalars(select(NumberCounter)).all()) == len(kept)
    press(another_visitor.enter(second.id), page, "issue")
    assert stored(app, case).outcome is Outcome.REFUSED


def test_given_a_confidential_report_then_its_office_gets_no_copy(
    app: Flask, visitor: Visitor, team: Team
) -> None:
    """A list of copies gives away whom a report is about (privacy.md §3); an open report may have one."""
    with app.app_context():
        secret = CaseFactory(S.PLENARY_DECISION, team, confidentiality="confidential")
        plain = CaseFactory(S.PLENARY_DECISION, team)
    visitor.enter(team.users[INTAKE].id)
    typed = {
        **MEETING,
        "ground": "court_object",
        "copies": "Arsip\nKEPALA KANTOR CABANG MAMUJU (Sulawesi Barat)",
    }

    refused = visitor.submit(f"/staff/complaints/{secret.id}/letters/refusal_notice", typed)

    assert refused.status_code == 422
    assert "Laporan ini dirahasiakan" in refused.text
    assert papers(app) == []
    drafted(visitor, plain, "refusal_notice", **typed)


def test_given_a_transfer_when_issued_then_the_case_moves_with_its_number(
    app: Flask, visitor: Visitor, another_visitor: Visitor, team: Team
) -> None:
    """58/2023 Pasal 16-17: the owning office changes, the number is kept, nothing is closed."""
    with app.app_context():
        case = CaseFactory(S.PLENARY_DECISION, team)
        there = TeamFactory("KPG")
        to_office = db.session.scalars(
            select(RepresentativeOffice.id).where(RepresentativeOffice.code == "KPG")
        ).one()
    page = drafted(
        visitor.enter(team.users[INTAKE].id), case, "transfer_notice", to_office=str(to_office), **MEETING
    )

    press(another_visitor.enter(team.users[HEAD].id), page, "issue")

    moved = stored(app, case)
    assert (moved.state, moved.representative_office_id, moved.officer_id) == (S.ASSIGNED, to_office, None)
    assert moved.registration_number == case.registration_number
    assert another_visitor.get(f"/staff/complaints/{case.id}").status_code == 404
    head_there = Visitor(app).enter(there.users[HEAD].id)
    assert f"/staff/complaints/{case.id}/assign" in head_there.get(f"/staff/complaints/{case.id}").text


def test_given_the_wish_to_end_it_when_an_officer_confirms_then_it_ends(app: Flask, team: Team) -> None:
    with app.app_context():
        case = CaseFactory(S.MATERIAL_VERIFICATION, team)
    reporter, officer = follower(app, case), Visitor(app).enter(team.users[INTAKE].id)
    asked = reporter.submit("/lacak/cabut", {"message": "Sudah selesai dengan kantor."})
    assert asked.status_code == 302
    assert f"/staff/complaints/{case.id}/withdrawal" in officer.get(f"/staff/complaints/{case.id}").text

    reporter.post("/lacak/lanjutkan")
    gone = officer.post(
        f"/staff/complaints/{case.id}/withdrawal", {"reason": "Pelapor menulis sendiri.", "version": "1"}
    )
    assert gone.status_code == 409
    reporter.submit("/lacak/cabut", {"message": "Saya tetap ingin mencabut laporan."})
    done = officer.submit(f"/staff/complaints/{case.id}/withdrawal", {"reason": "Pelapor menulis sendiri."})

    assert done.status_code == 302, done.text
    ended = stored(app, case)
    assert (ended.state, ended.outcome) == (S.CLOSED, Outcome.WITHDRAWN_BY_REPORTER)
