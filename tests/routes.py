"""Every route, read from the URL map, and a world in which each address leads somewhere.

The generated suites loop over `ROUTES`. A new route with values in its address needs a line in
`World.values_of`; without it the suites fail and say so.
"""

import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

from flask import Flask
from sqlalchemy import select

from ombudsman_app.accounts.links import token_for
from ombudsman_app.accounts.models import RoleGrant, User
from ombudsman_app.accounts.queries import actor_for
from ombudsman_app.app import create_app
from ombudsman_app.complaints.commands import make_own_feed, move_tip
from ombudsman_app.complaints.models import Complaint, ComplaintClock, FeedKind
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.outbox import enqueue
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.findings.states import FindingState
from ombudsman_app.notifications.models import Message

from .audit_places import AuditPlaces, build_audit_places, public_place
from .case_places import CasePlaces, build_case_places
from .employer_places import EmployerPlaces, build_employer_places
from .factories.accounts import UserFactory
from .factories.attachments import AttachmentFactory
from .factories.audits import DraftFactory
from .factories.complaints import CaseFactory, ComplaintFactory, TeamFactory, TipFactory
from .factories.directory import CounterFactory, OfficeFactory
from .factories.documents import LetterFactory, ReceiptFactory, by_hand, wanted_back
from .factories.drafts import AnsweredDraft, answered_draft
from .factories.examination import AskedLetter, answer_of, asked_letter, examination_cases, explained, linked
from .factories.findings import (
    FindingFactory,
    SheetFactory,
    VisitFactory,
    answered_finding,
    clock_of,
    maker_of,
    more_time_asked,
    proposed,
)
from .factories.pauses import AskedPauseFactory, AskedTimeFactory
from .factories.register import issued
from .factories.report import written
from .figure_import_places import FigureImportPlaces, build_figure_import_places
from .figure_places import FIGURE_ACTS, FigurePlaces, build_figure_places
from .import_places import ImportPlaces, build_import_places
from .innovation_places import INNOVATION_ACTS, InnovationPlaces, build_innovation_places
from .link_places import LinkPlaces, build_link_places
from .local_rule_places import LocalRulePlaces, build_local_rule_places
from .meeting_places import MeetingPlaces, build_meeting_places
from .outreach_places import OutreachPlaces, build_outreach_places
from .sheet_places import OF_AUDIT, OF_ITEM, OF_PLACE, OF_REVIEW, OF_SHEET, SheetPlaces, build_sheet_places

WORKED = (
    ComplaintState.FORMAL_VERIFICATION,
    ComplaintState.MATERIAL_VERIFICATION,
    ComplaintState.PLENARY_DECISION,
    ComplaintState.ASSIGNED,
)
SHEET_PAGES = OF_AUDIT + OF_SHEET + OF_PLACE + OF_ITEM + OF_REVIEW + ("remove_sample",)
JOB_PAGES = ("job", "cancel", "retry", "progress", "cancel_own")
REPORT_PAGES = (
    "resolved", "report", "new_action", "submit_report", "examine_again", "monitor", "close_report",
    "corrected", "hand_over",
)  # fmt: skip
INSTRUMENT_PAGES = (
    "instrument", "copy_instrument", "instrument_yaml", "instrument_xlsform", "edit_instrument",
    "new_dimension", "weigh_dimensions", "arrange_instrument", "preview_instrument", "try_instrument",
    "compare_instruments",
)  # fmt: skip
LETTER_PAGES = (
    "document", "approve", "issue", "make_again", "discard", "file", "send", "ask_revocation", "revoke",
    "order_preview", "replace", "send_back",
)  # fmt: skip
PUBLISHED_PAGES = ("result", "result_json", "result_csv")
OFFICER, OFFICER_ELSEWHERE = "Demo Petugas Mamuju", "Demo Petugas Kupang"
UNSAFE = ("POST", "PUT", "PATCH", "DELETE")


@dataclass(frozen=True)
class Route:
    """One rule of the URL map."""

    endpoint: str
    rule: str
    methods: frozenset[str]
    policy: str

    @property
    def is_read(self) -> bool:
        return "GET" in self.methods

    def __str__(self) -> str:
        return self.endpoint


def _routes() -> tuple[Route, ...]:
    with tempfile.TemporaryDirectory() as folder:
        app = create_app(Settings(data_dir=Path(folder), database_url="sqlite://"))
    return tuple(
        Route(
            rule.endpoint,
            rule.rule,
            frozenset(rule.methods or ()) - {"HEAD", "OPTIONS"},
            app.view_functions[rule.endpoint].policy_name,  # type: ignore[attr-defined]
        )
        for rule in app.url_map.iter_rules()
    )


ROUTES = _routes()
PAGES = tuple(route for route in ROUTES if route.is_read)


@dataclass(frozen=True)
class World:
    """Rows to which addresses lead: cases in Mamuju, one in Kupang, an office, a counter, a person."""

    app: Flask
    own_case: int  # received; `cases` holds one in each state that is worked, received by another team
    own_clock: int
    cases: Mapping[ComplaintState, int]
    team: Mapping[Role, int]  # who brought the cases so far, by their role
    other_clock: int
    pause: int  # asked for on the own clock, not decided
    other_pause: int
    time_request: int  # of the respondent, about the own clock
    other_time_request: int
    paused_case: int  # of the team's intake officer; nothing else is done with it
    worked_clock: int  # of that case
    own_ticket: str
    other_case: int
    other_ticket: str
    own_tip: int  # new; the other one of the own office is being read
    read_tip: int
    own_tip_ticket: str
    other_tip: int
    other_tip_ticket: str
    office_slug: str
    published: Mapping[str, str]  # the address of a published audit: office and round
    counter_code: str
    password_link: str
    job: UUID  # nobody asked for it
    message: UUID  # on its way to an officer
    file: UUID  # of the own case
    worked_file: UUID  # of the case that was assigned
    other_file: UUID
    own_counter: int
    calendar: str  # the token of an officer's secret address
    letter_code: str  # of a letter that went out
    other_counter: int
    letter: int  # a draft about the case under formal check
    letter_way: int
    asked: int  # a receipt that somebody wants to take back
    other_letter: int
    other_way: int
    receipt: UUID  # of the own case, with its bytes
    person: int  # an invited officer of the branch in Mamuju
    person_right: int
    other_right: int  # of an officer in Kupang
    office: int  # the branch in Mamuju
    finding: int  # sent to the branch in Mamuju, opened there
    finding_reference: str  # in no page of another office
    finding_clock: int
    finding_step: int
    finding_request: int  # for more time, not decided
    asking_finding: int  # of the own office, where nothing is asked yet
    other_finding_request: int
    visit: int
    sheet: int
    other_sheet: int
    answer_file: UUID  # that the branch sent with it
    other_finding: int
    other_finding_reference: str
    other_finding_clock: int
    other_finding_step: int
    other_visit: int
    other_answer_file: UUID
    own_answer: int  # of the respondent, on the case that is under review
    own_action: int  # corrective, in the report of the same case
    other_action: int
    other_answered: int
    other_answer: int
    asked_letter: AskedLetter  # has arrived at the branch in Mamuju, its time runs
    other_asked_letter: AskedLetter
    link_token: str  # for one answer to that letter
    links: tuple[int, int]  # a case with a letter, and a link for that
    other_links: tuple[int, int]
    explanation: int  # of the office to that letter, sent in the portal
    other_explanation: int
    draft: int  # of an instrument, in which forms write
    waiting_draft: int  # that waits to be put in use
    response: tuple[int, int]  # another finding with its answer
    other_response: tuple[int, int]
    audits: AuditPlaces
    other_audits: AuditPlaces
    sheets: SheetPlaces
    other_sheets: SheetPlaces
    employers: EmployerPlaces
    other_employers: EmployerPlaces
    imports: ImportPlaces
    other_imports: ImportPlaces
    compliance: CasePlaces
    other_compliance: CasePlaces
    meetings: MeetingPlaces
    other_meetings: MeetingPlaces
    outreach: OutreachPlaces
    other_outreach: OutreachPlaces
    employer_links: LinkPlaces
    other_employer_links: LinkPlaces
    figures: FigurePlaces
    figure_imports: FigureImportPlaces
    other_figure_imports: FigureImportPlaces
    local_rules: LocalRulePlaces
    innovations: InnovationPlaces
    answered_draft: AnsweredDraft  # of an audit, answered by the branch in Mamuju
    other_answered_draft: AnsweredDraft

    def values_of(self, route: Route, *, other: bool = False) -> Mapping[str, Any]:
        """Return what fills the address of a route; `other`: the record of another office."""
        values: dict[str, Mapping[str, Any]] = {
            "static_asset": {
                "release": self.app.extensions["assets_release"],
                "name": "css/public.css",
            },
            "language.choose": {"code": "en"},
            "public.home.guide_chapter": {"slug": "melapor"},
            "public.directory.office": {"slug": self.office_slug},
            **{f"public.audits.{page}": self.published for page in PUBLISHED_PAGES},
            "public.audits.result_paper": {**self.published, "word": "rapor"},
            "public.complaints.counter_from_poster": {"code": self.counter_code},
            "public.complaints.question": {"slug": "layanan"},
            "staff.accounts.first_password": {"token": self.password_link},
            # of a person: here it is nobody's (tests/complaints/test_saved_views.py)
            "staff.complaints.view": {"view_id": 1},
            "staff.complaints.remove_view": {"view_id": 1},
            # of a person too (tests/complaints/test_due_days_in_a_calendar.py)
            "staff.complaints.end_calendar": {"feed_id": 987654320},
            "public.complaints.calendar_file": {"token": self.calendar},
            "public.documents.answer": {"code": self.letter_code},
            **self._cases(other=other),
            **self._files(other=other),
            **{f"staff.operations.{page}": {"uuid": self._job(other=other)} for page in JOB_PAGES},
            **self._tips(other=other),
            **self._letters(other=other),
            **self._people(other=other),
            **self._findings(other=other),
            **self._asked(other=other),
            **(self.other_audits if other else self.audits).values(),
            **self._instruments(other=other),
            **(self.other_sheets if other else self.sheets).values(),
            **(self.other_employers if other else self.employers).values(),
            **(self.other_imports if other else self.imports).values(),
            **(self.other_compliance if other else self.compliance).values(),
            **(self.other_meetings if other else self.meetings).values(),
            **(self.other_outreach if other else self.outreach).values(),
            **(self.other_employer_links if other else self.employer_links).values(),
            **self.figures.values(other=other),
            **(self.other_figure_imports if other else self.figure_imports).values(),
            **self.local_rules.values(other=other),
            **self.innovations.values(other=other),
            **self._drafts(other=other),
            # of a person: here they are nobody's (tests/notifications/test_read_the_inbox.py)
            "staff.notifications.open_it": {"notification_id": 1},
            "staff.notifications.read": {"notification_id": 1},
            "staff.messages.send_again": {"uuid": UUID(int=7) if other else self.message},
            "staff.directory.order": {"counter_id": self.other_counter if other else self.own_counter},
            # of a person: here it is nobody's (tests/directory/test_make_a_poster.py)
            "staff.directory.poster": {"uuid": UUID(int=8)},
            "staff.directory.poster_file": {"uuid": UUID(int=8)},
        }
        return values.get(route.endpoint, {})

    def _files(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return a file of the own case and one of another office; an upload that nobody began."""
        file = {"uuid": self.other_file if other else self.file}
        worked = {"uuid": self.other_file if other else self.worked_file}  # somebody may open its original
        return {
            **{f"staff.attachments.{page}": file for page in ("download", "preview", "thumb")},
            "staff.attachments.original": worked,
            **{f"{face}.attachments.upload": {"uuid": UUID(int=9)} for face in ("staff", "public")},
            **{f"public.attachments.{page}": file for page in ("download", "thumb", "remove")},
        }

    def _job(self, *, other: bool) -> UUID:
        """Return a job of the house; `other`: one that does not exist."""
        return UUID(int=7) if other else self.job

    def _cases(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return a case for each page of one: in the state in which that page is for something."""
        state = {
            "formal": ComplaintState.FORMAL_VERIFICATION,
            "material": ComplaintState.MATERIAL_VERIFICATION,
            "decide": ComplaintState.PLENARY_DECISION,
            "assign": ComplaintState.ASSIGNED,
            "identity": ComplaintState.ASSIGNED,
            "examine": ComplaintState.ASSIGNED,
            "review": ComplaintState.DOCUMENT_EXAMINATION,
            "file_answer": ComplaintState.CLARIFICATION_FIRST,
            **dict.fromkeys(REPORT_PAGES, ComplaintState.CASE_REVIEW),
        }
        talk = ("send_message", "settle_message", "write_note")
        pages = ("case", "begin", "declare", *talk, "case_calendar", *state)
        clocks = {
            "complaint_id": self.other_case if other else self.own_case,
            "clock_id": self.other_clock if other else self.own_clock,
        }
        pause = {**clocks, "pause_id": self.other_pause if other else self.pause}
        worked = {
            "complaint_id": self.other_case if other else self.paused_case,
            "clock_id": self.other_clock if other else self.worked_clock,
        }
        answer = {
            "complaint_id": self.other_answered if other else self.cases[ComplaintState.CASE_REVIEW],
            "answer_id": self.other_answer if other else self.own_answer,
        }
        own = {page: self.cases[state[page]] if page in state else self.own_case for page in pages}
        return {
            **{
                f"staff.complaints.{page}": {"complaint_id": self.other_case if other else case}
                for page, case in own.items()
            },
            "staff.complaints.answer": answer,
            **self._reports(other=other),
            **{f"staff.complaints.{page}": clocks for page in ("clock", "clock_days", "release_day")},
            **{f"staff.complaints.{page}": pause for page in ("decide_pause", "end_pause")},
            "staff.complaints.pause_clock": worked,
            "staff.complaints.decide_time": {
                **clocks,
                "request_id": self.other_time_request if other else self.time_request,
            },
        }

    def _reports(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return a part of the report of the case under review, and its corrective action."""
        case = {"complaint_id": self.other_answered if other else self.cases[ComplaintState.CASE_REVIEW]}
        action = {"action_id": self.other_action if other else self.own_action}
        return {
            "staff.complaints.report_part": {**case, "part": "parties"},
            **{f"staff.complaints.{page}": {**case, **action} for page in ("report_action", "remove_action")},
        }

    def _letters(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return a draft, one of another office, and the receipt that its reporter opens."""
        letter = {"document_id": self.other_letter if other else self.letter}
        way = {"delivery_id": self.other_way if other else self.letter_way}
        case = {"complaint_id": self.other_case if other else self.cases[ComplaintState.FORMAL_VERIFICATION]}
        nobodys = {"uuid": UUID(int=8)}  # of a person: here it is nobody's (tests/documents)
        ends = ("completed", "deem_withdrawn", "confirm_withdrawal")
        opened = ("letter", "open_letter", "letter_file")
        return {
            **{f"staff.documents.{page}": letter for page in LETTER_PAGES},
            **{
                f"staff.documents.{page}": nobodys
                for page in ("preview", "preview_file", "issuing", "stop_issuing")
            },
            **{f"staff.complaints.{page}": case for page in ends},
            "staff.documents.prove": {**letter, **way},
            **{
                f"staff.documents.{page}": {"document_id": self.other_letter if other else self.asked}
                for page in ("revoke", "file")
            },
            "staff.complaints.edit_letter": letter,
            "staff.complaints.write_letter": {**case, "kind": "completion_request"},
            **{f"public.complaints.{page}": {"uuid": self.receipt} for page in opened},
        }

    def _people(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return somebody with a right; administrators look after everybody: the other one is nobody."""
        person = {"user_id": 987654320 if other else self.person}
        right = {"grant_id": self.other_right if other else self.person_right}
        return {
            **{f"staff.accounts.{page}": person for page in ("person", "send_link", "reset", "give_grant")},
            **{f"staff.accounts.{page}": {**person, **right} for page in ("end_grant", "focal_point")},
            "staff.accounts.office": {"office_id": self.office},
            "portal.accounts.focal_point": right,
        }

    def secrets_of(self, *, other: bool = False) -> tuple[str, ...]:
        """Return what nobody of another office may read anywhere: of Mamuju, or of Kupang (`other`)."""
        if other:
            tickets = self.other_ticket, self.other_tip_ticket, self.other_finding_reference
            letters = (
                self.other_asked_letter.number,
                self.other_audits.title,
                self.other_answered_draft.reference,
            )
            return OFFICER_ELSEWHERE, *tickets, *letters
        tickets = self.own_ticket, self.own_tip_ticket, self.finding_reference
        return OFFICER, *tickets, self.asked_letter.number, self.audits.title, self.answered_draft.reference

    def _findings(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return a finding that was sent and opened, its time, its step of the ladder, its visit, a file."""
        finding = {"finding_id": self.other_finding if other else self.finding}
        clock = {"clock_id": self.other_finding_clock if other else self.finding_clock}
        step = {"step_id": self.other_finding_step if other else self.finding_step}
        request = self.other_finding_request if other else self.finding_request
        asking = self.other_finding if other else self.asking_finding
        visit = {"visit_id": self.other_visit if other else self.visit}
        sheet = {"export_id": self.other_sheet if other else self.sheet}
        answered = self.other_response if other else self.response
        answer = dict(zip(("finding_id", "response_id"), answered, strict=True))
        file = {"uuid": self.other_answer_file if other else self.answer_file}
        return {
            **{f"staff.findings.{page}": finding for page in ("finding", "origin", "edit", "send", "judge")},
            "staff.findings.file_answer": finding,
            **{
                f"portal.findings.{page}": finding
                for page in ("finding", "open_it", "respond", "progress", "paper")
            },
            **{
                f"staff.findings.{page}": {**finding, **clock}
                for page in ("clock", "clock_days", "release_day")
            },
            "staff.findings.decide_time": {**finding, "request_id": request},
            "portal.findings.more_time": {"finding_id": asking},
            "portal.findings.clock": {**finding, **clock},
            **{f"portal.findings.{page}": answer for page in ("acknowledgement", "acknowledgement_file")},
            "staff.findings.release": {**finding, **step},
            "staff.findings.new_visit": {"office": self.office_slug},  # chosen on a page before
            **{f"staff.findings.{page}": visit for page in ("visit", "new_finding")},
            **{f"staff.findings.{page}": sheet for page in ("export", "export_file", "decide_export")},
            **{f"portal.attachments.{page}": file for page in ("download", "thumb")},
            "portal.attachments.upload": {"uuid": UUID(int=9)},
        }

    def _drafts(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return the draft of an audit that its office answered, what it said, what the score proposes."""
        held = self.other_answered_draft if other else self.answered_draft
        draft = {"audit_id": held.id}
        portal = ("draft", "open_it", "finish", "clock", "letter", "acknowledgement", "acknowledgement_file")
        staff = ("responses", "answer_time", "release_answer_day", "final", "proposals", "send_findings")
        proposal = {**draft, "proposal_id": held.proposal}
        return {
            **{f"portal.audits.{page}": draft for page in portal},
            "portal.audits.respond": {**draft, "indicator": "I01"},
            **{f"staff.audits.{page}": draft for page in staff},
            "staff.audits.send_draft": {"audit_id": held.reviewed},
            "staff.audits.rule": {**draft, "response_id": held.response},
            **{f"staff.audits.{page}": proposal for page in ("proposal", "drop_proposal")},
        }

    def _asked(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return a letter that asks an office and has arrived there."""
        letter = self.other_asked_letter if other else self.asked_letter
        pages = ("request", "open_it", "answer", "letter", "more_time")
        papers = ("acknowledgement", "acknowledgement_file")
        explanation = self.other_explanation if other else self.explanation
        answer = {"request_id": letter.id, "answer_id": explanation}
        case_id, link_id = self.other_links if other else self.links
        linked = ("answer_by_link", "open_answer_link", "linked_letter")
        return {
            "staff.complaints.links": {"complaint_id": case_id},
            "staff.complaints.end_link": {"complaint_id": case_id, "link_id": link_id},
            **{f"public.complaints.{page}": {"token": self.link_token} for page in linked},
            **{f"portal.clarifications.{page}": {"request_id": letter.id} for page in pages},
            "portal.clarifications.clock": {"request_id": letter.id, "clock_id": letter.clock_id},
            **{f"portal.clarifications.{page}": answer for page in papers},
        }

    def _instruments(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        """Return a draft and a part of it; `other`: none, for they belong to the whole house."""
        draft = {"version_id": 987654320 if other else self.draft}
        waiting = {"version_id": 987654320 if other else self.waiting_draft}
        dimension, indicator = {**draft, "place": 1}, {**draft, "place": 1, "number": 2}
        return {
            **{f"staff.audits.{page}": draft for page in INSTRUMENT_PAGES},
            **{f"staff.audits.{page}": waiting for page in ("put_in_use", "retire_instrument")},
            **{
                f"staff.audits.{page}": dimension
                for page in ("edit_dimension", "weigh_indicators", "new_indicator")
            },
            "staff.audits.edit_indicator": indicator,
        }

    def _tips(self, *, other: bool) -> dict[str, Mapping[str, Any]]:
        pages = ("tip", "begin", "decide", "send_message", "settle_message", "declare")
        own = {page: self.read_tip if page == "decide" else self.own_tip for page in pages}
        return {
            f"staff.tips.{page}": {"tip_id": self.other_tip if other else tip} for page, tip in own.items()
        }

    @staticmethod
    def is_for_administrators(route: Route) -> bool:
        """Whether a route is about accounts of others, or adds a scheme."""
        accounts = ("accounts.manage", "accounts.read_person", "accounts.change_person")
        return route.policy in (*accounts, "audits.add_scheme")

    def page_of(self, route: Route) -> str:
        """Return the page that shows the form of a route; most show it themselves."""
        if route.endpoint == "public.complaints.write":
            return "/lacak/laporan"
        if route.endpoint == "staff.operations.back_up":
            return "/staff/operations/"
        if route.endpoint == "staff.messages.send_again":
            return "/staff/messages/"
        if route.endpoint.startswith("staff.notifications.") and not route.is_read:
            return "/staff/notifications/"
        if route.endpoint.startswith("staff.operations.") and not route.is_read:
            return f"/staff/operations/jobs/{self.job}"
        is_on_case = route.endpoint.startswith("staff.complaints.") and not route.is_read
        if is_on_case and {"pause_id", "request_id"} & set(self.values_of(route)):
            return f"/staff/complaints/{self.own_case}/clocks/{self.own_clock}"
        if is_on_case and "complaint_id" in self.values_of(route):
            return f"/staff/complaints/{self.values_of(route)['complaint_id']}"
        if route.endpoint.startswith("staff.documents.") and not route.is_read:
            document = self.values_of(route).get("document_id", self.letter)
            return f"/staff/documents/{document}"
        if route.endpoint == "staff.findings.decide_export":
            return f"/staff/findings/exports/{self.sheet}"
        if ".findings." in route.endpoint and not route.is_read:
            face = route.endpoint.partition(".")[0]
            return f"/{face}/findings/{self.finding}"
        if version := self.values_of(route).get("version_id"):
            return self.address_of(route) if route.is_read else f"/staff/audits/instruments/{version}"
        if route.endpoint in {f"staff.audits.{page}" for page in SHEET_PAGES} and not route.is_read:
            return f"/staff/audits/field/{self.sheets.sheet}/indicators/P17"
        if route.endpoint.startswith("portal.audits.") and not route.is_read:
            return f"/portal/penilaian/{self.answered_draft.id}"
        if route.endpoint.endswith("_corrected"):
            return f"/staff/audits/{self.audits.corrected}"
        if route.endpoint == "staff.audits.drop_proposal":
            return f"/staff/audits/{self.answered_draft.id}/findings/{self.answered_draft.proposal}"
        if route.endpoint == "staff.audits.release_answer_day":
            return f"/staff/audits/{self.answered_draft.id}/answer-time"
        if route.endpoint == "staff.audits.send_findings":
            return f"/staff/audits/{self.answered_draft.id}/findings"
        if route.endpoint.startswith("staff.audits.") and not route.is_read:
            return f"/staff/audits/{self.audits.audit}"
        if ".meetings." in route.endpoint and not route.is_read and "/<" in route.rule:
            return self.meetings.page_of(route.endpoint)
        if ".compliance." in route.endpoint and not route.is_read:
            return self.compliance.page_of(route.endpoint)
        if route.endpoint.startswith("portal.clarifications.") and not route.is_read:
            return f"/portal/clarifications/{self.asked_letter.id}"
        if route.endpoint.startswith("staff.imports.") and not route.is_read:
            run = self.values_of(route).get("run_id")
            return f"/staff/imports/{run}" if run else "/staff/imports/new/employers"
        if route.endpoint.startswith("staff.coverage_imports.") and not route.is_read:
            return f"/staff/coverage/imports/{self.values_of(route)['run_id']}"
        if route.endpoint in FIGURE_ACTS:
            return f"/staff/coverage/{self.values_of(route)['figure_id']}"
        if route.endpoint in INNOVATION_ACTS:
            at = self.values_of(route)
            return f"/staff/innovations/proposals/{at['kind']}/{at['proposal_id']}"
        if route.endpoint.startswith("staff.tips.") and not route.is_read:
            return f"/staff/tips/{self.values_of(route)['tip_id']}"
        if route.endpoint.startswith("staff.accounts.") and "user_id" in self.values_of(route):
            return f"/staff/accounts/{self.person}"
        if route.endpoint == "portal.accounts.focal_point":
            return "/portal/colleagues"
        return self.address_of(route) if route.is_read else ""

    def address_of(self, route: Route, *, other: bool = False) -> str:
        """Return the address of a route in this world."""
        values = self.values_of(route, other=other)
        with self.app.test_request_context("/"):
            return self.app.url_for(route.endpoint, **values)


def build_world(app: Flask) -> World:
    """Make the rows. Mamuju (MAM) is the own office, Kupang (KPG) the other one."""
    with app.app_context():
        own, other = ComplaintFactory(office="kc_mamuju"), ComplaintFactory(office="kc_ntt")
        office = OfficeFactory()
        counter = CounterFactory(office)
        newcomer = UserFactory(Role.EXAMINER, password=None)
        team = TeamFactory()
        made = {state: CaseFactory(state, team) for state in WORKED}
        cases = {state: case.id for state, case in made.items()}
        to_pause = CaseFactory(ComplaintState.FORMAL_VERIFICATION, team)
        tips = [TipFactory(), TipFactory(), TipFactory(office="kc_ntt")]
        receipt = ReceiptFactory(own)
        other_team = TeamFactory("KPG")
        elsewhere = CaseFactory(ComplaintState.FORMAL_VERIFICATION, other_team, office="kc_ntt")
        letters = [
            LetterFactory(made[ComplaintState.FORMAL_VERIFICATION], team.intake),
            LetterFactory(elsewhere, other_team.intake),
        ]
        findings = [
            FindingFactory(FindingState.SENT, maker=maker_of(office), office=branch)
            for office, branch in (("MAM", "kc_mamuju"), ("KPG", "kc_ntt"))
        ]
        under_examination = examination_cases(team)
        cases |= {state: case.id for state, case in under_examination.items()}
        other_answered = examination_cases(other_team, office="kc_ntt")[ComplaintState.CASE_REVIEW]
        reports = [
            written(under_examination[ComplaintState.CASE_REVIEW], team),
            written(other_answered, other_team),
        ]
        move_tip(tips[1], "begin_reading", version=tips[1].version, actor=team.intake)
        officer, other_officer = (
            UserFactory(Role.OFFICE_OFFICER, password=None, portal_office=office, name=name)
            for office, name in (("kc_mamuju", OFFICER), ("kc_ntt", OFFICER_ELSEWHERE))
        )
        asked, other_asked = asked_letter(team), asked_letter(other_team, office="kc_ntt")
        link, ended = linked(asked, team), asked_letter(team)  # of the second one the link is ended
        return World(
            app=app,
            own_case=own.id,
            own_clock=_clock_of(own),
            cases=cases,
            team={role: user.id for role, user in team.users.items()},
            other_clock=_clock_of(other),
            pause=AskedPauseFactory(_clock_of(own), team.intake),
            other_pause=AskedPauseFactory(_clock_of(other), other_team.intake),
            time_request=AskedTimeFactory(_clock_of(own), receipt.id, officer.id),
            other_time_request=AskedTimeFactory(_clock_of(other), receipt.id, other_officer.id),
            paused_case=to_pause.id,
            worked_clock=_clock_of(to_pause),
            own_ticket=own.ticket,
            other_case=other.id,
            other_ticket=other.ticket,
            own_tip=tips[0].id,
            read_tip=tips[1].id,
            own_tip_ticket=tips[0].ticket,
            other_tip=tips[2].id,
            other_tip_ticket=tips[2].ticket,
            office_slug=office.slug,
            published=public_place(),
            counter_code=counter.code,
            password_link=token_for(newcomer.id, None),
            file=AttachmentFactory(own.files_id).uuid,
            worked_file=AttachmentFactory(made[ComplaintState.ASSIGNED].files_id).uuid,
            other_file=AttachmentFactory(other.files_id).uuid,
            message=db.session.scalars(select(Message.uuid).order_by(Message.id).limit(1)).one(),
            job=command(enqueue)("operations.sweep", actor=STRANGER),
            calendar=make_own_feed(FeedKind.OFFICE, language="id", actor=team.intake).token,
            letter_code=issued().code or "",
            own_counter=counter.id,
            letter=letters[0].id,
            letter_way=by_hand(letters[0], team.intake),
            other_letter=letters[1].id,
            other_way=by_hand(letters[1], other_team.intake),
            receipt=receipt.uuid,
            person=officer.id,
            person_right=_right_of(officer).id,
            other_right=_right_of(other_officer).id,
            office=_right_of(officer).office_id,
            finding=findings[0].id,
            finding_reference=findings[0].reference or "",
            finding_clock=clock_of(findings[0]),
            finding_step=proposed(findings[0]),
            finding_request=more_time_asked(findings[0], officer),
            asking_finding=FindingFactory(FindingState.SENT, maker=maker_of("MAM")).id,
            other_finding_request=more_time_asked(findings[1], other_officer),
            visit=VisitFactory().id,
            sheet=SheetFactory().id,
            other_sheet=SheetFactory("KPG").id,
            answer_file=AttachmentFactory(findings[0].answers_id).uuid,
            other_finding=findings[1].id,
            other_finding_reference=findings[1].reference or "",
            other_finding_clock=clock_of(findings[1]),
            other_finding_step=proposed(findings[1]),
            other_visit=VisitFactory(maker_of("KPG"), office="kc_ntt").id,
            other_answer_file=AttachmentFactory(findings[1].answers_id).uuid,
            own_answer=answer_of(under_examination[ComplaintState.CASE_REVIEW]),
            own_action=reports[0].actions[0].id,
            other_action=reports[1].actions[0].id,
            other_answered=other_answered.id,
            other_answer=answer_of(other_answered),
            asked_letter=asked,
            other_asked_letter=other_asked,
            link_token=link.token,
            links=(ended.case_id, linked(ended, team).id),
            other_links=(other_asked.case_id, linked(other_asked, other_team).id),
            explanation=explained(asked, _actor_of(officer)),
            other_explanation=explained(other_asked, _actor_of(other_officer)),
            draft=DraftFactory().id,
            waiting_draft=DraftFactory().id,
            response=answered_finding(maker_of("MAM"), "kc_mamuju"),
            other_response=answered_finding(maker_of("KPG"), "kc_ntt"),
            audits=build_audit_places(),
            other_audits=build_audit_places("KPG", "kc_ntt"),
            sheets=build_sheet_places(),
            other_sheets=build_sheet_places("KPG", "kc_ntt"),
            employers=build_employer_places(),
            other_employers=build_employer_places("KPG"),
            imports=build_import_places(),
            other_imports=build_import_places("KPG"),
            compliance=build_case_places(),
            other_compliance=build_case_places("KPG"),
            figures=build_figure_places(),
            figure_imports=build_figure_import_places(),
            other_figure_imports=build_figure_import_places("KPG"),
            local_rules=build_local_rule_places(),
            innovations=build_innovation_places(),
            meetings=build_meeting_places(),
            other_meetings=build_meeting_places("KPG"),
            outreach=build_outreach_places(),
            other_outreach=build_outreach_places("KPG"),
            employer_links=build_link_places(own.id, tips[0].id, team.head),
            other_employer_links=build_link_places(other.id, tips[2].id, other_team.head, "KPG"),
            answered_draft=answered_draft(),
            other_answered_draft=answered_draft("kc_ntt", "KPG"),
            asked=wanted_back(receipt, team.intake).id,
            other_counter=CounterFactory(OfficeFactory(place="53.71")).id,
        )


def _actor_of(user: User) -> Actor:
    found = actor_for(user.id)
    assert found is not None
    return found


def _right_of(user: User) -> RoleGrant:
    return db.session.scalars(select(RoleGrant).where(RoleGrant.user_id == user.id)).one()


def _clock_of(case: Complaint) -> int:
    return (
        db.session.scalars(
            select(ComplaintClock.id)
            .where(ComplaintClock.complaint_id == case.id)
            .order_by(ComplaintClock.id)
        ).first()
        or 0
    )
