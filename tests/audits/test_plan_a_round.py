"""A round is made, filled with offices and teams, begun; its audits start when their letters are issued."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.models import ConflictDeclaration
from ombudsman_app.audits.commands.planning import TeamInput, set_team
from ombudsman_app.audits.errors import TeamIncomplete
from ombudsman_app.audits.models import (
    Audit,
    AuditMember,
    AuditRound,
    AuditScheme,
    AuditStep,
    InstrumentVersion,
)
from ombudsman_app.audits.states import AuditState, RoundState, Seat
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import MoveNotAllowed, NotAllowed
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.models import Document
from ombudsman_app.notifications.models import Notification

from ..conftest import StoppedClock
from ..factories.audits import AuditFactory, RoundFactory, SheetFactory, version_in_use
from ..factories.complaints import office_id
from ..factories.findings import person
from ..visitor import Visitor

LIST, NEW = "/staff/audits", "/staff/audits/rounds/new"
REASON = "Kantor ditutup karena banjir sejak Senin."
Inside = Callable[..., Any]


@pytest.fixture
def inside(inside: Inside, clock: StoppedClock) -> Inside:
    clock.at("2026-11-20T09:00+08:00")
    return inside


@pytest.fixture
def head(app: Flask, inside: Inside) -> Visitor:
    return Visitor(app).enter(inside(person, Role.HEAD_OF_REPRESENTATIVE).user_id)


@pytest.fixture
def planner(app: Flask, inside: Inside) -> Visitor:
    return Visitor(app).enter(inside(person, Role.AUDITOR).user_id)


def filled(inside: Inside, **changed: str) -> dict[str, str]:
    version = inside(lambda: str(version_in_use().id))
    return {
        "title": "Audit Kepatuhan 2026",
        "purpose": "Menilai loket layanan cabang di Sulawesi Barat.",
        "instrument": version,
        "scheme": "",
        "period_from": "23-11-2026",
        "period_until": "18-12-2026",
        "assessors": "together",
        "has_cap": "y",
        **changed,
    }


def one(inside: Inside, kind: Any) -> Any:
    return inside(lambda: db.session.scalars(select(kind)).one())


def made_round(planner: Visitor, inside: Inside, **changed: str) -> AuditRound:
    answer = planner.submit(NEW, filled(inside, **changed))
    assert answer.status_code == 302, answer.text
    found: AuditRound = one(inside, AuditRound)
    return found


def with_mamuju(planner: Visitor, inside: Inside, **changed: str) -> Audit:
    found = made_round(planner, inside, **changed)
    answer = planner.submit(
        f"/staff/audits/rounds/{found.id}/offices", {"items": str(inside(office_id, "kc_mamuju"))}
    )
    assert answer.status_code == 302, answer.text
    audit: Audit = one(inside, Audit)
    return audit


def test_given_an_auditor_when_a_round_is_planned_then_it_has_the_scheme_of_its_year_and_an_address(
    planner: Visitor, inside: Inside
) -> None:
    found = made_round(planner, inside)
    assert (found.slug, found.state) == ("audit-kepatuhan-2026", RoundState.PLANNED)
    scheme = inside(lambda: db.session.get_one(AuditScheme, found.scheme_id))
    assert inside(lambda: db.session.get_one(InstrumentVersion, found.instrument_version_id)).number == "1.0"
    assert scheme.key == "opini_2025"
    page = planner.get(LIST).text
    assert "Audit Kepatuhan 2026" in page
    assert "belum ada kantor" in page


def test_given_the_form_sent_twice_when_planned_then_there_is_one_round(
    planner: Visitor, inside: Inside
) -> None:
    planner.get(NEW)
    form = {**(planner.page.values if planner.page else {}), **filled(inside)}
    assert [planner.post(NEW, form).status_code for _ in range(2)] == [302, 302]
    one(inside, AuditRound)


def test_given_two_rounds_of_one_title_when_planned_then_their_addresses_differ(
    planner: Visitor, inside: Inside
) -> None:
    for _ in range(2):
        planner.submit(NEW, filled(inside))
    slugs = inside(lambda: db.session.scalars(select(AuditRound.slug).order_by(AuditRound.id)).all())
    assert slugs == ["audit-kepatuhan-2026", "audit-kepatuhan-2026-2"]


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"title": ""}, "Beri nama putaran ini"),
        ({"instrument": "999999"}, "Pilih|pilihan"),
        ({"period_until": "22-11-2026"}, "Hari terakhir mendahului"),
        ({"period_until": "01-12-2029"}, "paling lama dua tahun"),
        ({"period_from": "31-02-2026"}, "Tulis"),
        ({"assessors": "x"}, "sah|Pilih"),
    ],
)
def test_given_bad_input_when_planned_then_it_says_so_and_nothing_is_stored(
    planner: Visitor, inside: Inside, changed: dict[str, str], words: str
) -> None:
    answer = planner.submit(NEW, filled(inside, **changed))
    assert answer.status_code == 422
    assert re.search(words, answer.text), answer.text
    assert inside(lambda: db.session.scalars(select(AuditRound.id)).all()) == []


def test_given_offices_of_one_own_province_when_picked_then_others_are_not_offered_nor_taken(
    planner: Visitor, inside: Inside
) -> None:
    found = made_round(planner, inside)
    page = f"/staff/audits/rounds/{found.id}/offices"
    assert "Mamuju" in planner.get(f"{page}?kind=kantor_cabang").text
    assert "Kupang" not in planner.get(f"{page}?q=kupang").text
    answer = planner.submit(page, {"items": str(inside(office_id, "kc_ntt"))})
    assert answer.status_code == 422
    assert "di luar provinsi" in answer.text
    assert planner.submit(page, {}).status_code == 422
    assert inside(lambda: db.session.scalars(select(Audit.id)).all()) == []


def test_given_many_offices_when_ticked_then_all_are_added_once(planner: Visitor, inside: Inside) -> None:
    found = made_round(planner, inside)
    page = f"/staff/audits/rounds/{found.id}/offices"
    for _ in range(2):
        ids = re.findall(r'name="items" value="(\d+)"', planner.get(page).text)[:4]
        wanted = {"items": ids or [str(inside(office_id, "kc_mamuju"))]}
        assert planner.submit(page, wanted).status_code == 302
    offices = inside(lambda: db.session.scalars(select(Audit.office_id)).all())
    assert len(offices) == len(set(offices)) > 1


def team_form(lead: Any, reviewer: Any, **more: Any) -> dict[str, str]:
    return {name: str(one.user_id) for name, one in {"lead": lead, "reviewer": reviewer, **more}.items()}


def test_given_a_team_when_set_then_a_person_has_one_seat_and_the_right_there(
    planner: Visitor, inside: Inside
) -> None:
    audit = with_mamuju(planner, inside)
    lead, reviewer, stranger = (
        inside(person, Role.AUDITOR),
        inside(person, Role.REVIEWER),
        inside(person, Role.AUDITOR, office="KPG"),
    )
    page = f"/staff/audits/{audit.id}/team"
    assert "0 audit berjalan" in planner.get(page).text
    for wrong in (
        team_form(stranger, reviewer),
        team_form(reviewer, reviewer),
        team_form(lead, reviewer, assessor_1=lead),
        {"reviewer": str(reviewer.user_id)},
    ):
        assert planner.submit(page, wrong).status_code == 422
    assert planner.submit(page, team_form(lead, reviewer)).status_code == 302
    rows = inside(lambda: db.session.execute(select(AuditMember.user_id, AuditMember.seat)).all())
    assert sorted(rows) == sorted([(lead.user_id, Seat.LEAD), (reviewer.user_id, Seat.REVIEWER)])


def test_given_a_blind_round_when_the_team_lacks_a_seat_then_it_is_refused_with_the_seats(
    planner: Visitor, inside: Inside
) -> None:
    audit = with_mamuju(planner, inside, assessors="blind")
    lead, other, third, reviewer = [inside(person, Role.AUDITOR) for _ in range(3)] + [
        inside(person, Role.REVIEWER)
    ]
    actor = inside(person, Role.AUDITOR)
    given = TeamInput({lead.user_id: Seat.LEAD, reviewer.user_id: Seat.REVIEWER})

    def refused() -> list[str]:
        with pytest.raises(TeamIncomplete) as told:
            set_team(db.session.get_one(Audit, audit.id), given, version=audit.version, actor=actor)
        return list(told.value.details["seats"])

    assert inside(refused) == ["adjudicator", "assessor"]
    answer = planner.submit(f"/staff/audits/{audit.id}/team", team_form(lead, reviewer))
    assert answer.status_code == 422
    assert "Penilai, Penengah" in answer.text
    whole = team_form(lead, reviewer, assessor_1=other, adjudicator=third)
    assert planner.submit(f"/staff/audits/{audit.id}/team", whole).status_code == 302


def ready(planner: Visitor, inside: Inside) -> tuple[Audit, Any]:
    """A planned audit with team and days; its lead."""
    audit = with_mamuju(planner, inside)
    lead, reviewer = inside(person, Role.AUDITOR), inside(person, Role.REVIEWER)
    assert planner.submit(f"/staff/audits/{audit.id}/team", team_form(lead, reviewer)).status_code == 302
    days = {"first": "24-11-2026", "last": "26-11-2026"}
    assert planner.submit(f"/staff/audits/{audit.id}/days", days).status_code == 302
    return audit, lead


def press(who: Visitor, page: str, path: str, **data: str) -> Any:
    """Send the form of a page that has several, with its version."""
    who.get(page)
    version = who.page.values.get("version", "0") if who.page else "0"
    return who.post(path, {"version": version, **data})


def test_given_a_round_without_offices_or_teams_when_begun_then_it_is_refused(
    planner: Visitor, head: Visitor, inside: Inside
) -> None:
    found = made_round(planner, inside)
    page = f"/staff/audits/rounds/{found.id}"
    answer = press(head, page, f"{page}/begin", version=str(found.version))
    assert answer.status_code == 409
    assert "belum mempunyai kantor" in answer.text
    add = {"items": str(inside(office_id, "kc_mamuju"))}
    assert planner.submit(f"{page}/offices", add).status_code == 302
    answer = press(head, page, f"{page}/begin")
    assert answer.status_code == 409
    assert "belum mempunyai tim yang lengkap" in answer.text
    assert press(planner, page, f"{page}/begin").status_code == 403


def test_given_the_letter_of_assignment_when_issued_then_the_lead_may_start_and_the_number_is_drawn(
    planner: Visitor, head: Visitor, inside: Inside, app: Flask
) -> None:
    audit, lead = ready(planner, inside)
    page, of_round = f"/staff/audits/{audit.id}", f"/staff/audits/rounds/{audit.round_id}"
    assert planner.get(f"{page}/assignment").status_code == 302, "first the round runs"
    assert press(head, of_round, f"{of_round}/begin").status_code == 302
    told = inside(lambda: db.session.scalars(select(Notification.kind)).all())
    assert told.count("audits.round_begun") == 2

    leads = Visitor(app).enter(lead.user_id)
    leads.get(page)
    early = {"version": str(one(inside, Audit).version), "has_no_interest": "y"}
    answer = leads.post(f"{page}/start", early)
    assert answer.status_code == 409
    assert "Surat tugas belum terbit" in answer.text

    assert planner.submit(f"{page}/assignment").status_code == 302
    document = one(inside, Document)
    assert press(leads, page, f"{page}/start", has_no_interest="y").status_code == 409
    paper = f"/staff/documents/{document.id}"
    assert press(head, paper, f"{paper}/issue").status_code == 302
    assert one(inside, Document).number.startswith("B/0001/AU.01/MAM/XI/2026")

    answer = press(leads, page, f"{page}/start")
    assert answer.status_code == 422
    assert "konflik" in answer.text
    assert press(leads, page, f"{page}/start", has_no_interest="y").status_code == 302
    started = one(inside, Audit)
    assert (started.state, started.reference) == (AuditState.IN_FIELD, "AU-0001/2026/MAM")
    assert one(inside, AuditStep).move == "start"
    assert one(inside, ConflictDeclaration).has_conflict is False
    assert press(leads, page, f"{page}/start", has_no_interest="y").status_code == 409


@pytest.mark.parametrize(
    ("first", "last", "words"),
    [
        ("24-11-2026", "23-11-2026", "mendahului"),
        ("23-11-2026", "08-12-2026", "paling lama 14 hari"),
        ("22-11-2026", "23-11-2026", "di luar periode"),
        ("", "23-11-2026", "Tuliskan hari pertama"),
    ],
)
def test_given_days_that_cannot_be_when_fixed_then_they_are_refused(
    planner: Visitor, inside: Inside, first: str, last: str, words: str
) -> None:
    audit = with_mamuju(planner, inside)
    answer = planner.submit(f"/staff/audits/{audit.id}/days", {"first": first, "last": last})
    assert answer.status_code == 422
    assert words in answer.text


def test_given_a_planned_audit_when_its_office_is_taken_out_then_it_is_gone_with_its_team(
    planner: Visitor, inside: Inside
) -> None:
    audit, _lead = ready(planner, inside)
    page = f"/staff/audits/{audit.id}"
    assert press(planner, page, f"{page}/remove").status_code == 302
    assert inside(lambda: db.session.scalars(select(Audit.id)).all()) == []
    assert inside(lambda: db.session.scalars(select(AuditMember.id)).all()) == []
    assert planner.get(page).status_code == 404


def test_given_a_declared_interest_when_stated_then_the_audit_is_closed_and_the_seat_is_free(
    planner: Visitor, inside: Inside, app: Flask
) -> None:
    audit, lead = ready(planner, inside)
    page = f"/staff/audits/{audit.id}"
    leads = Visitor(app).enter(lead.user_id)
    assert leads.submit(f"{page}/interest", {"interest": "yes"}).status_code == 422
    given = {"interest": "yes", "reason": "Adik saya bekerja di kantor ini."}
    assert leads.submit(f"{page}/interest", given).status_code == 302
    assert leads.get(page).status_code == 404
    seats = inside(lambda: db.session.scalars(select(AuditMember.seat)).all())
    assert seats == [Seat.REVIEWER]
    reviewer = inside(lambda: db.session.scalars(select(AuditMember.user_id)).one())
    answer = planner.submit(f"{page}/team", {"lead": str(lead.user_id), "reviewer": str(reviewer)})
    assert answer.status_code == 422, "whoever has an interest is not offered"


def test_given_an_audit_in_the_field_when_cancelled_then_the_reason_stays_and_nothing_goes_on(
    head: Visitor, planner: Visitor, inside: Inside
) -> None:
    audit = inside(AuditFactory)
    page = f"/staff/audits/{audit.id}"
    assert planner.get(f"{page}/cancel").status_code == 403
    assert head.submit(f"{page}/cancel", {"reason": ""}).status_code == 422
    assert head.submit(f"{page}/cancel", {"reason": REASON}).status_code == 302
    assert REASON in head.get(page).text
    assert head.post(f"{page}/cancel", {"reason": REASON}).status_code == 409
    assert one(inside, Audit).state is AuditState.CANCELLED


def test_given_open_audits_when_the_round_is_closed_then_it_is_refused_until_all_are_done(
    head: Visitor, inside: Inside
) -> None:
    found = inside(RoundFactory)
    inside(AuditFactory, AuditState.PUBLISHED, round_=found)
    audit = inside(AuditFactory, round_=found, office="pemkab_mamuju")
    page = f"/staff/audits/rounds/{found.id}"
    assert press(head, page, f"{page}/close", version=str(found.version)).status_code == 409
    assert head.submit(f"/staff/audits/{audit.id}/cancel", {"reason": REASON}).status_code == 302
    assert press(head, page, f"{page}/close").status_code == 302
    assert one(inside, AuditRound).state is RoundState.CLOSED


def test_given_a_sheet_just_opened_when_the_board_is_read_then_nothing_of_it_is_filled(
    head: Visitor, inside: Inside
) -> None:
    found = inside(RoundFactory)
    lead = inside(person, Role.AUDITOR)
    opened = inside(AuditFactory, round_=found, lead=lead)
    inside(SheetFactory, opened, lead, is_full=False)
    assert " 0%<" in head.get(f"/staff/audits/rounds/{found.id}").text
    inside(AuditFactory, AuditState.SUBMITTED, round_=found, office="pemkab_mamuju")
    assert " 100%<" in head.get(f"/staff/audits/rounds/{found.id}").text


def test_given_an_old_page_when_the_team_is_set_then_the_second_is_told(
    planner: Visitor, inside: Inside
) -> None:
    audit = with_mamuju(planner, inside)
    lead, reviewer = inside(person, Role.AUDITOR), inside(person, Role.REVIEWER)
    page = f"/staff/audits/{audit.id}/team"
    planner.get(page)
    old = dict(planner.page.values) if planner.page else {}
    assert planner.submit(page, team_form(lead, reviewer)).status_code == 302
    assert planner.post(page, {**old, **team_form(lead, reviewer)}).status_code == 409


def test_given_another_office_when_a_round_is_opened_or_planned_then_it_does_not_exist(
    planner: Visitor, inside: Inside, app: Flask
) -> None:
    audit = with_mamuju(planner, inside)
    stranger = Visitor(app).enter(inside(person, Role.AUDITOR, office="KPG").user_id)
    for path in (f"/staff/audits/rounds/{audit.round_id}", f"/staff/audits/{audit.id}"):
        assert stranger.get(path).status_code == 404
    assert "Audit Kepatuhan 2026" not in stranger.get(LIST).text
    actor = inside(person, Role.AUDITOR, office="KPG")

    def set_it() -> None:
        with pytest.raises(NotAllowed):
            set_team(db.session.get_one(Audit, audit.id), TeamInput({}), version=audit.version, actor=actor)

    inside(set_it)


def test_given_a_submitted_audit_when_the_team_is_changed_then_it_is_refused(
    planner: Visitor, inside: Inside
) -> None:
    audit = inside(AuditFactory, AuditState.SUBMITTED)
    actor = inside(person, Role.AUDITOR)

    def set_it() -> None:
        held = db.session.get_one(Audit, audit.id)
        with pytest.raises(MoveNotAllowed):
            set_team(held, TeamInput({}), version=held.version, actor=actor)

    inside(set_it)
    assert planner.get(f"/staff/audits/{audit.id}/team").status_code == 302
    assert planner.post(f"/staff/audits/{audit.id}/team", {}).status_code == 409


def test_given_a_planned_round_when_changed_then_its_audits_follow_and_days_that_fit_stay(
    planner: Visitor, inside: Inside
) -> None:
    audit, _lead = ready(planner, inside)
    page = f"/staff/audits/rounds/{audit.round_id}/edit"
    assert 'value="Audit Kepatuhan 2026"' in planner.get(page).text
    kept = filled(inside, title="Audit Kepatuhan Akhir 2026", period_until="31-12-2026")
    assert planner.submit(page, kept).status_code == 302
    found, held = one(inside, AuditRound), one(inside, Audit)
    assert (found.title, found.slug) == ("Audit Kepatuhan Akhir 2026", "audit-kepatuhan-2026")
    assert held.planned_from.day == 24, "the days still fit"
    later = filled(inside, period_from="01-12-2026", period_until="31-12-2026")
    assert planner.submit(page, later).status_code == 302
    held = one(inside, Audit)
    assert (held.planned_from.day, held.planned_until.day) == (1, 31), "they are to be fixed anew"


def test_given_a_running_round_when_its_offices_or_words_are_changed_then_it_is_refused(
    head: Visitor, inside: Inside
) -> None:
    found = inside(RoundFactory)
    page = f"/staff/audits/rounds/{found.id}"
    for path in (f"{page}/edit", f"{page}/offices"):
        assert head.get(path).status_code == 302
        assert head.post(path, {"items": "1", "version": "1"}).status_code == 409


@pytest.mark.parametrize(
    ("cap", "shown"),
    [("B", "Indikator kritis tidak terpenuhi: paling tinggi B"), (None, "Tanpa pembatas")],
)
def test_given_a_scheme_when_the_board_is_read_then_the_cap_is_its_own(
    head: Visitor, inside: Inside, cap: str | None, shown: str
) -> None:
    found = inside(RoundFactory)

    def capped() -> None:
        scheme = db.session.get_one(AuditScheme, found.scheme_id)
        scheme.content = {**scheme.content, "cap": cap}
        db.session.commit()

    inside(capped)
    assert shown in head.get(f"/staff/audits/rounds/{found.id}").text
