"""Each route × each role × each condition (AZ1, AZ4, AZ8, AZ11), generated from the URL map.

One table below says who may, by the name of the policy. A route under a policy that is not there
fails, and so does one that answers anything else than its line says.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from ombudsman_app.accounts.commands import revoke_grant
from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.core import sessions
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db, write_aside
from ombudsman_app.core.policy import STRANGER, Role

from ..factories.accounts import UserFactory
from ..routes import ROUTES, UNSAFE, Route, World, build_world
from ..visitor import Visitor

STAFF = {
    "pvl_assistant", "examiner", "prevention_assistant", "resmon_assistant", "head_of_assistants",
    "head_of_representative", "ombudsman_member", "chair", "auditor", "reviewer", "analyst",
    "administrator", "caretaker",
}  # fmt: skip
PORTAL = {"office_officer", "office_head"}
CASE_WORKERS = {
    "pvl_assistant", "examiner", "resmon_assistant", "head_of_assistants", "head_of_representative",
    "ombudsman_member", "chair",
}  # fmt: skip

POSTER_MAKERS = {
    "pvl_assistant", "examiner", "prevention_assistant", "head_of_assistants", "head_of_representative",
}  # fmt: skip
FINDING_READERS = {
    "examiner", "prevention_assistant", "resmon_assistant", "head_of_assistants", "head_of_representative",
    "ombudsman_member", "chair", "auditor", "reviewer", "analyst",
}  # fmt: skip
FINDING_MAKERS = {"examiner", "prevention_assistant", "auditor", "head_of_representative"}
AUDIT_READERS = {
    "auditor", "reviewer", "analyst", "prevention_assistant", "head_of_assistants",
    "head_of_representative", "ombudsman_member", "chair",
}  # fmt: skip
FINDING_EXPORTERS = {
    "prevention_assistant", "resmon_assistant", "head_of_assistants", "head_of_representative", "auditor",
    "analyst",
}  # fmt: skip
SECOND_PERSONS = {"head_of_assistants", "head_of_representative"}
FINDING_JUDGES = FINDING_MAKERS | {"reviewer", "resmon_assistant"}
AUDIT_READERS = {
    "prevention_assistant", "head_of_assistants", "head_of_representative", "ombudsman_member", "chair",
    "auditor", "reviewer", "analyst",
}  # fmt: skip
AUDIT_PLANNERS = {"auditor", "head_of_assistants", "head_of_representative"}
INSTRUMENT_READERS = {
    "prevention_assistant", "head_of_assistants", "head_of_representative", "ombudsman_member", "chair",
    "auditor", "reviewer", "analyst", "administrator",
}  # fmt: skip
INSTRUMENT_WRITERS = {"auditor", "analyst", "head_of_representative"}
EMPLOYER_READERS = {
    "examiner", "prevention_assistant", "resmon_assistant", "head_of_assistants", "head_of_representative",
    "ombudsman_member", "chair", "auditor", "analyst",
}  # fmt: skip
CASE_OFFICERS = {"prevention_assistant", "examiner", "auditor", "head_of_representative"}
EMPLOYER_MAKERS = {"prevention_assistant", "examiner", "auditor", "analyst", "head_of_representative"}
MEETING_MAKERS = {"prevention_assistant", "examiner", "analyst", "head_of_representative"}
MEETING_JUDGES = MEETING_MAKERS | {"head_of_assistants", "resmon_assistant"}
IMPORTERS = {"prevention_assistant", "analyst", "head_of_representative"}
FIGURE_READERS = {
    "prevention_assistant", "analyst", "head_of_representative", "head_of_assistants", "examiner", "auditor",
    "resmon_assistant", "ombudsman_member", "chair",
}  # fmt: skip
FIGURE_MAKERS = {"prevention_assistant", "analyst", "head_of_representative"}
FIGURE_DECIDERS = {"head_of_assistants", "head_of_representative"}
LOCAL_RULE_READERS = STAFF - {"administrator", "caretaker"}
LOCAL_RULE_MAKERS = {
    "prevention_assistant", "resmon_assistant", "examiner", "analyst", "head_of_representative",
}  # fmt: skip
TIP_READERS = {"pvl_assistant", "examiner", "head_of_representative"}


@dataclass(frozen=True)
class Expected:
    """Who may. With `has_record`, others of the staff and other offices find nothing there; who can see
    the record (`seen_by`) and may not act on it is told so."""

    roles: frozenset[str] = frozenset()
    is_public: bool = False
    has_record: bool = False
    seen_by: frozenset[str] = frozenset()


def of_case(*roles: str) -> Expected:
    """Acts on a case that all case workers of the office can see."""
    return Expected(frozenset(roles), has_record=True, seen_by=frozenset(CASE_WORKERS))


def of_finding(*roles: str) -> Expected:
    """Acts on a finding that its readers at the office can see."""
    return Expected(frozenset(roles), has_record=True, seen_by=frozenset(FINDING_READERS))


def of_audit(*roles: str) -> Expected:
    """Acts on a round or an audit that its readers at the office can see."""
    """Acts on an audit that its readers at the office can see."""
    return Expected(frozenset(roles), has_record=True, seen_by=frozenset(AUDIT_READERS))


def of_employer(*roles: str) -> Expected:
    """Acts on an employer that its readers at the office can see."""
    return Expected(frozenset(roles), has_record=True, seen_by=frozenset(EMPLOYER_READERS))


def of_instrument(*roles: str) -> Expected:
    """Acts on a version that all its readers can see."""
    return Expected(frozenset(roles), has_record=True, seen_by=frozenset(INSTRUMENT_READERS))


# Written by hand: not derived from POLICIES, which it checks.
EXPECTED = {
    "public": Expected(is_public=True),
    "accounts.enrol": Expected(frozenset(STAFF | PORTAL)),
    "accounts.own": Expected(frozenset(STAFF | PORTAL)),
    "accounts.manage": Expected(frozenset({"administrator"})),
    "accounts.read_person": Expected(frozenset({"administrator"}), has_record=True),
    "accounts.change_person": Expected(frozenset({"administrator"}), has_record=True),
    "accounts.see_officers": Expected(frozenset(STAFF)),  # of an office, which is everybody's to know
    "accounts.colleagues": Expected(frozenset(PORTAL)),
    "accounts.name_focal_point": Expected(
        frozenset({"office_head"}), has_record=True, seen_by=frozenset(PORTAL)
    ),
    "home.desk": Expected(frozenset(STAFF)),
    "home.design": Expected(frozenset(STAFF)),
    "home.portal": Expected(frozenset(PORTAL)),
    "complaints.queue": Expected(frozenset(CASE_WORKERS)),
    "complaints.calendar": Expected(frozenset(CASE_WORKERS)),
    "complaints.end_feed": Expected(has_record=True),  # one's own alone: nobody here owns that one
    "complaints.save_view": Expected(frozenset(CASE_WORKERS)),
    "complaints.change_view": Expected(has_record=True),  # one's own alone: nobody here owns that one
    "complaints.read": Expected(frozenset(CASE_WORKERS), has_record=True),
    "complaints.note": of_case(*CASE_WORKERS),
    "complaints.declare": of_case(*CASE_WORKERS),
    "complaints.verify": of_case("pvl_assistant"),
    "complaints.decide": of_case("head_of_representative"),
    "complaints.assign": of_case("head_of_representative"),
    "complaints.release_day": of_case("head_of_representative"),
    # only the officer of the case asks, another person decides (tests/complaints/test_pause_a_clock.py)
    "complaints.pause": of_case(),
    "complaints.decide_time": of_case("head_of_representative"),  # and its examiner
    "complaints.decide_pause": of_case("head_of_representative"),
    "complaints.end_pause": of_case("head_of_representative"),
    "complaints.supervise": Expected(frozenset({"head_of_representative"})),
    # of a received case: until it is assigned the intake answers, and the head always
    "complaints.answer": of_case("pvl_assistant", "head_of_representative"),
    # no role opens it, only the officer of the case (tests/complaints/test_open_the_identity.py)
    "complaints.open_identity": of_case(),
    # who lets letters to the respondent go: its examiner, and who is the second person
    "complaints.ask_respondent": of_case("head_of_assistants", "head_of_representative"),
    # only the examiner of the case (tests/complaints/test_ask_the_respondent.py)
    "complaints.examine": of_case(),
    "complaints.file_answer": of_case("pvl_assistant"),
    "complaints.close_withdrawn": of_case("pvl_assistant"),
    "complaints.write_letter": of_case("pvl_assistant", "head_of_representative"),
    # of a letter that asks the reporter to complete; other kinds have other people (tests/complaints)
    # prevention and auditors see the letters of findings there, and none of a case
    "documents.register": Expected(frozenset(CASE_WORKERS | {"prevention_assistant", "auditor"})),
    "documents.read": Expected(frozenset(CASE_WORKERS), has_record=True),
    "documents.write": of_case("pvl_assistant"),
    "documents.issue": of_case("pvl_assistant"),
    "documents.handle": of_case("pvl_assistant"),
    "documents.prove": of_case("pvl_assistant"),
    "documents.order_preview": of_case("pvl_assistant"),
    "documents.ask_revocation": of_case("pvl_assistant"),
    "documents.revoke": of_case("head_of_representative"),  # an intake officer asked for it
    "documents.issue_all": Expected(frozenset({"head_of_representative"})),
    "documents.watch_issuing": Expected(has_record=True),  # of a job; here there is none (tests/documents)
    "documents.preview": Expected(has_record=True),  # one's own alone
    # who has no record to add to finds none (tests/attachments)
    "attachments.add": Expected(frozenset(STAFF)),
    "attachments.send": Expected(has_record=True),  # what one began oneself: nobody here began that one
    "attachments.read": Expected(frozenset(CASE_WORKERS), has_record=True),
    "attachments.open_original": of_case(),  # only the officer of the case
    "directory.counters": Expected(frozenset(POSTER_MAKERS)),
    "directory.order_poster": Expected(frozenset(POSTER_MAKERS), has_record=True),
    "directory.fetch_poster": Expected(has_record=True),  # one's own alone
    "operations.overview": Expected(frozenset({"administrator", "caretaker"})),
    "operations.back_up": Expected(frozenset({"administrator", "caretaker"})),
    "notifications.inbox": Expected(frozenset(STAFF | PORTAL)),
    "notifications.open": Expected(has_record=True),  # one's own alone: nobody here was told that
    "notifications.choose": Expected(frozenset(STAFF | PORTAL)),
    "notifications.messages": Expected(frozenset({"administrator", "caretaker"})),
    "notifications.send_again": Expected(frozenset({"administrator", "caretaker"}), has_record=True),
    "operations.jobs": Expected(frozenset({"administrator", "caretaker"})),
    "operations.read_job": Expected(frozenset({"administrator", "caretaker"}), has_record=True),
    "operations.change_job": Expected(frozenset({"administrator", "caretaker"}), has_record=True),
    "operations.progress": Expected(frozenset({"administrator", "caretaker"}), has_record=True),
    "operations.cancel_own": Expected(frozenset({"administrator", "caretaker"}), has_record=True),
    "findings.register": Expected(frozenset(FINDING_READERS)),
    "findings.visits": Expected(frozenset(FINDING_READERS)),
    "findings.observe": Expected(frozenset(FINDING_MAKERS)),
    "findings.read": Expected(frozenset(FINDING_READERS), has_record=True),
    "findings.read_visit": Expected(frozenset(FINDING_READERS), has_record=True),
    "findings.write": of_finding(*FINDING_MAKERS),
    "findings.make": of_finding(*FINDING_MAKERS),
    "findings.file_answer": of_finding(*FINDING_MAKERS, "resmon_assistant"),
    "findings.judge": of_finding(*FINDING_JUDGES),
    "findings.export": Expected(frozenset(FINDING_EXPORTERS)),
    # of a large one that somebody else asked for: who may allow it reads it, only the asker fetches it
    "findings.read_export": Expected(frozenset(SECOND_PERSONS), has_record=True),
    "findings.decide_export": Expected(frozenset(SECOND_PERSONS), has_record=True),
    "findings.fetch_export": Expected(has_record=True, seen_by=frozenset(SECOND_PERSONS)),
    "findings.decide_time": of_finding(*FINDING_JUDGES),
    "findings.release": of_finding("head_of_representative"),
    "audits.read": Expected(frozenset(AUDIT_READERS), has_record=True),
    "audits.write_report": of_audit(*AUDIT_PLANNERS, "reviewer"),
    "audits.release": of_audit("head_of_representative"),
    "audits.order_sheet": Expected(frozenset(AUDIT_READERS), has_record=True),
    "audits.read_sheet": Expected(has_record=True),  # one's own alone
    "audits.read_order": Expected(has_record=True),  # one's own alone
    "audits.list": Expected(frozenset(AUDIT_READERS)),
    "audits.declare": of_audit(*AUDIT_READERS),
    "audits.make_round": Expected(frozenset(AUDIT_PLANNERS)),
    "audits.plan": of_audit(*AUDIT_PLANNERS),
    "audits.lead_round": of_audit("head_of_representative"),
    "audits.ask_publication": of_audit(*AUDIT_PLANNERS),
    "audits.publish": of_audit("head_of_representative"),  # nobody asked here
    "audits.ask_correction": of_audit(*AUDIT_PLANNERS, "reviewer"),
    "audits.release_correction": of_audit("head_of_representative"),
    "audits.name_study_place": of_audit("head_of_representative"),
    "audits.start": of_audit(),  # only the lead of the team (tests/audits/test_plan_a_round.py)
    # only people of the team, by name (tests/audits/test_fill_in_a_sheet.py)
    **dict.fromkeys(("audits.assess", "audits.fill", "audits.submit"), of_audit()),
    "audits.decide_response": of_audit("reviewer", "head_of_assistants", "head_of_representative"),
    "audits.confirm": of_audit("auditor", "prevention_assistant", "head_of_representative"),
    "audits.inbox": Expected(frozenset(PORTAL)),
    "audits.respond": Expected(frozenset(PORTAL), has_record=True),
    **dict.fromkeys(("audits.assess", "audits.fill", "audits.submit", "audits.settle"), of_audit()),
    "audits.review": of_audit("reviewer", "head_of_assistants", "head_of_representative"),
    "employers.list": Expected(frozenset(EMPLOYER_READERS)),
    "employers.read": Expected(frozenset(EMPLOYER_READERS), has_record=True),
    "employers.add": Expected(frozenset(EMPLOYER_MAKERS)),
    "employers.write": of_employer(*EMPLOYER_MAKERS),
    "employers.open_number": of_employer(*EMPLOYER_MAKERS),
    "employers.projects": Expected(frozenset(EMPLOYER_READERS)),
    "employers.read_project": Expected(frozenset(EMPLOYER_READERS), has_record=True),
    "employers.add_project": Expected(frozenset(EMPLOYER_MAKERS)),
    "employers.write_project": of_employer(*EMPLOYER_MAKERS),
    "employers.write_owner": of_employer(*EMPLOYER_MAKERS),
    "employers.find_project": of_employer(*FINDING_MAKERS),
    "employers.release_day": of_employer("head_of_representative"),
    "coverage.imports": Expected(frozenset(FIGURE_READERS)),
    "coverage.read_import": Expected(frozenset(FIGURE_READERS), has_record=True),
    "coverage.decide_import": Expected(
        frozenset({"head_of_assistants", "head_of_representative"}),
        has_record=True,
        seen_by=frozenset(FIGURE_READERS),
    ),
    # a released figure is everybody's to read; who decides is of the office that brought it
    "coverage.figures": Expected(frozenset(FIGURE_READERS)),
    "coverage.read_figure": Expected(frozenset(FIGURE_READERS), has_record=True),
    "coverage.add_figure": Expected(frozenset(FIGURE_MAKERS)),
    "coverage.revise_figure": Expected(
        frozenset(FIGURE_MAKERS), has_record=True, seen_by=frozenset(FIGURE_READERS)
    ),
    "coverage.decide_figure": Expected(
        frozenset(FIGURE_DECIDERS), has_record=True, seen_by=frozenset(FIGURE_READERS)
    ),
    # rules are public; who writes them down is bound to the place (tests/coverage/test_local_rules.py)
    "local_rules.list": Expected(frozenset(LOCAL_RULE_READERS)),
    "local_rules.read": Expected(frozenset(LOCAL_RULE_READERS), has_record=True),
    "local_rules.add": Expected(frozenset(LOCAL_RULE_MAKERS)),
    "local_rules.write": Expected(
        frozenset(LOCAL_RULE_MAKERS), has_record=True, seen_by=frozenset(LOCAL_RULE_READERS)
    ),
    # what waits is read by all of the staff; who writes and who releases is bound to the place
    "innovations.list": Expected(frozenset(LOCAL_RULE_READERS)),
    "innovations.read": Expected(frozenset(LOCAL_RULE_READERS), has_record=True),
    "innovations.add": Expected(frozenset(FIGURE_MAKERS)),
    "innovations.write": Expected(
        frozenset(FIGURE_MAKERS), has_record=True, seen_by=frozenset(LOCAL_RULE_READERS)
    ),
    "innovations.decide": Expected(
        frozenset(FIGURE_DECIDERS), has_record=True, seen_by=frozenset(LOCAL_RULE_READERS)
    ),
    "duties.list": Expected(frozenset(LOCAL_RULE_READERS)),
    "duties.read": Expected(frozenset(LOCAL_RULE_READERS), has_record=True),
    "duties.read_proposal": Expected(frozenset(LOCAL_RULE_READERS), has_record=True),
    "duties.assess": Expected(
        frozenset(LOCAL_RULE_MAKERS), has_record=True, seen_by=frozenset(LOCAL_RULE_READERS)
    ),
    "duties.own": Expected(frozenset(PORTAL)),
    # nobody here is of a Pemda (tests/coverage/test_duties_in_the_portal.py)
    "duties.propose": Expected(has_record=True),
    "duties.read_own": Expected(has_record=True),
    "imports.list": Expected(frozenset(IMPORTERS)),
    "imports.bring": Expected(frozenset(IMPORTERS)),
    "imports.read": Expected(frozenset(IMPORTERS), has_record=True),
    "imports.change": Expected(frozenset(IMPORTERS), has_record=True),
    "imports.read_rejected": Expected(has_record=True),  # one's own alone
    **dict.fromkeys(
        ("compliance.list", "compliance.pictures", "compliance.print"), Expected(frozenset(EMPLOYER_READERS))
    ),
    "compliance.begin": Expected(frozenset(CASE_OFFICERS)),
    "compliance.read": Expected(frozenset(EMPLOYER_READERS), has_record=True),
    "compliance.work": of_employer(*CASE_OFFICERS),
    "compliance.decide_delay": of_employer(*CASE_OFFICERS),
    "compliance.release": of_employer(*SECOND_PERSONS),
    "compliance.release_day": of_employer("head_of_representative"),
    "compliance.review": of_employer(*CASE_OFFICERS, "resmon_assistant", "head_of_assistants"),
    "compliance.inbox": Expected(frozenset(PORTAL)),
    "compliance.read_forwarded": Expected(frozenset(PORTAL), has_record=True),
    "compliance.record": Expected(frozenset(PORTAL), has_record=True),
    **dict.fromkeys(("meetings.list", "meetings.commitments"), Expected(frozenset(EMPLOYER_READERS))),
    **dict.fromkeys(
        ("meetings.read", "meetings.read_commitment"), Expected(frozenset(EMPLOYER_READERS), has_record=True)
    ),
    "meetings.add": Expected(frozenset(MEETING_MAKERS)),
    "meetings.work": of_employer(*MEETING_MAKERS),
    "meetings.work_commitment": of_employer(*MEETING_MAKERS),
    "meetings.write_paper": of_employer(*(MEETING_MAKERS - {"analyst"})),
    "meetings.judge": of_employer(*MEETING_JUDGES),
    **dict.fromkeys(("meetings.inbox", "meetings.own_commitments"), Expected(frozenset(PORTAL))),
    "meetings.read_invited": Expected(frozenset(PORTAL), has_record=True),
    "meetings.report": Expected(frozenset(PORTAL), has_record=True),
    "outreach.list": Expected(frozenset(EMPLOYER_READERS)),
    "outreach.read": Expected(frozenset(EMPLOYER_READERS), has_record=True),
    "outreach.add": Expected(frozenset(LOCAL_RULE_MAKERS)),
    "outreach.work": of_employer(*LOCAL_RULE_MAKERS),
    **dict.fromkeys(("outreach.own", "outreach.add_own"), Expected(frozenset(PORTAL))),
    **dict.fromkeys(("outreach.read_own", "outreach.work_own"), Expected(frozenset(PORTAL), has_record=True)),
    "employers.estimate": of_employer(*EMPLOYER_MAKERS),
    "employers.read_estimate": Expected(frozenset(EMPLOYER_READERS), has_record=True),
    "employers.order_estimate": Expected(frozenset(EMPLOYER_READERS), has_record=True),
    "employers.fetch_estimate": Expected(has_record=True),  # one's own alone
    "complaints.asked": Expected(frozenset(PORTAL)),
    "complaints.respond": Expected(frozenset(PORTAL), has_record=True),
    "findings.inbox": Expected(frozenset(PORTAL)),
    "findings.respond": Expected(frozenset(PORTAL), has_record=True),
    "attachments.add_answer": Expected(frozenset(PORTAL)),
    "attachments.send_answer": Expected(has_record=True),  # what one began oneself: nobody began that one
    "attachments.read_answer": Expected(frozenset(PORTAL), has_record=True),
    # instruments belong to the whole house (tests/audits)
    "audits.instruments": Expected(frozenset(INSTRUMENT_READERS)),
    "audits.make_instrument": Expected(frozenset(INSTRUMENT_WRITERS)),
    "audits.read_instruments": Expected(frozenset(INSTRUMENT_READERS), has_record=True),
    "audits.write_instrument": of_instrument(*INSTRUMENT_WRITERS),
    "audits.put_in_use": of_instrument("head_of_representative", "chair"),
    "audits.schemes": Expected(frozenset(INSTRUMENT_READERS)),
    "audits.add_scheme": Expected(frozenset({"administrator"})),
    # whoever told it wants to be unknown: others of the staff find nothing there
    "complaints.tips": Expected(frozenset(TIP_READERS)),
    "complaints.link_employer": of_case("examiner", "head_of_representative"),
    "complaints.link_employer_of_tip": Expected(
        frozenset({"examiner", "head_of_representative"}), has_record=True, seen_by=frozenset(TIP_READERS)
    ),
    "complaints.read_tip": Expected(frozenset(TIP_READERS), has_record=True),
    "complaints.handle_tip": Expected(frozenset(TIP_READERS), has_record=True),
}
ENROLMENT = "staff.accounts.second_factor"
OWN = {"accounts.own", "accounts.enrol", "notifications.inbox", "notifications.open", "notifications.choose"}
# a page, a way on, a complaint that was not opened, a form without the version of its case, an empty form
# refused, too many of them, an upload that names no version of its protocol
OPEN = (200, 302, 401, 409, 412, 422, 429)
# What this browser has open, or what a form names in its body: nobody here has or names anything.
OF_WHAT_IS_OPEN = {
    "public.attachments.create", "public.attachments.upload", "public.attachments.send_form",
    "public.attachments.download", "public.attachments.thumb", "public.attachments.remove",
    "staff.attachments.send_form", "portal.attachments.send_form",
}  # fmt: skip
IDS = [str(route) for route in ROUTES]
per_route = pytest.mark.parametrize("route", ROUTES, ids=IDS)


@dataclass(frozen=True)
class Cast:
    """One person per role in Mamuju, the same people without their right, and a stranger."""

    world: World
    people: dict[str, int]
    revoked: dict[str, int]
    without_factor: dict[str, int]

    def visitor(self, user_id: int | None = None) -> Visitor:
        visitor = Visitor(self.world.app)
        return visitor if user_id is None else visitor.enter(user_id)

    def expired(self, user_id: int) -> Visitor:
        """Somebody whose session ended hours ago and whose browser does not know it."""
        visitor = Visitor(self.world.app)
        long_ago = now() - timedelta(hours=13)
        with self.world.app.app_context(), stopped_at(long_ago), write_aside() as aside:
            token = sessions.start(aside, user_id=user_id)
        visitor.client.set_cookie("sid", f"s.{token}.{'A' * 43}")
        return visitor


@pytest.fixture(scope="module")
def cast(shared_app: Flask) -> Iterator[Cast]:
    world = build_world(shared_app)
    with shared_app.app_context():
        people = {role.value: UserFactory(role, password=None).id for role in Role}
        revoked = {role.value: UserFactory(role, password=None).id for role in Role}
        bare = {role.value: UserFactory(role, password=None, has_second_factor=False).id for role in Role}
        for grant in db.session.query(RoleGrant).where(RoleGrant.user_id.in_(revoked.values())).all():
            revoke_grant(grant, actor=STRANGER)
    return Cast(world, people, revoked, bare)


def send(visitor: Visitor, method: str, address: str, *, with_token: bool = True) -> TestResponse:
    """Ask as a browser asks; an unsafe method carries the token of this session in a header."""
    headers = {"X-CSRF-Token": visitor.token()} if with_token and method in UNSAFE else {}
    return visitor.client.open(address, method=method, headers=headers)


def test_each_policy_of_a_route_has_a_line_in_the_table() -> None:
    assert {route.policy for route in ROUTES} == set(EXPECTED)


def test_the_cast_has_every_role() -> None:
    assert {role.value for role in Role} == STAFF | PORTAL


@per_route
def test_given_each_role_then_a_route_answers_as_the_table_says(cast: Cast, route: Route) -> None:
    expected, address = EXPECTED[route.policy], cast.world.address_of(route)
    for role, user_id in cast.people.items():
        visitor = cast.visitor(user_id)
        for method in sorted(route.methods):
            answer = send(visitor, method, address)
            told = f"{method} {address} as {role}: {answer.status_code}"
            if expected.is_public or role in expected.roles:
                assert answer.status_code in opened(route), told
            elif role in let_in(route) and expected.has_record and role not in expected.seen_by:
                assert answer.status_code == 404, told
            else:
                assert answer.status_code == 403, told


def let_in(route: Route) -> set[str]:
    """Return whom the door of the face lets pass; pages about oneself open to both sides."""
    if route.policy in OWN:
        return STAFF | PORTAL
    return PORTAL if route.endpoint.startswith("portal.") else STAFF


def opened(route: Route) -> tuple[int, ...]:
    return (*OPEN, 404) if route.endpoint in OF_WHAT_IS_OPEN else OPEN


@per_route
def test_given_a_stranger_then_only_public_routes_open(cast: Cast, route: Route) -> None:
    for method in sorted(route.methods):
        answer = send(cast.visitor(), method, cast.world.address_of(route))
        if EXPECTED[route.policy].is_public:
            assert answer.status_code in opened(route)
        else:
            assert_is_sent_to_the_door(answer, method)


@per_route
def test_given_a_revoked_right_then_it_acts_on_the_next_request(cast: Cast, route: Route) -> None:
    if EXPECTED[route.policy].is_public:
        pytest.skip("open to everybody")
    for role, user_id in cast.revoked.items():
        for method in sorted(route.methods):
            answer = send(cast.visitor(user_id), method, cast.world.address_of(route))
            assert answer.status_code == 403, role


@per_route
def test_given_an_expired_session_then_it_counts_as_none(cast: Cast, route: Route) -> None:
    if EXPECTED[route.policy].is_public:
        pytest.skip("open to everybody")
    for user_id in cast.people.values():
        for method in sorted(route.methods):
            answer = send(cast.expired(user_id), method, cast.world.address_of(route))
            assert_is_sent_to_the_door(answer, method)


@per_route
def test_given_another_office_then_its_record_is_like_none(cast: Cast, route: Route) -> None:
    expected = EXPECTED[route.policy]
    if not expected.has_record:
        pytest.skip("names no record")
    other = cast.world.address_of(route, other=True)
    unknown = unknown_like(other)
    for role in sorted(let_in(route)):
        visitor = cast.visitor(cast.people[role])
        for method in sorted(route.methods):
            hidden, absent = send(visitor, method, other), send(visitor, method, unknown)
            assert hidden.status_code == absent.status_code == 404, role
            assert neutral(hidden) == neutral(absent), role


def unknown_like(address: str) -> str:
    """Return an address of the same form that leads to nothing."""
    if _UUID.search(address):
        return _UUID.sub(str(UUID(int=987654321)), address)
    return re.sub(r"\d+", "987654321", address)


_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}")


@per_route
def test_given_another_office_then_no_list_names_its_records(cast: Cast, route: Route) -> None:
    expected = EXPECTED[route.policy]
    if not route.is_read or expected.is_public:
        pytest.skip("no list of the staff")
    for role in sorted(expected.roles):
        page = send(cast.visitor(cast.people[role]), "GET", cast.world.address_of(route)).data
        assert cast.world.other_ticket.encode() not in page, role
        assert cast.world.other_tip_ticket.encode() not in page, role


@per_route
def test_given_no_token_then_nothing_is_changed(cast: Cast, route: Route) -> None:
    for method in sorted(route.methods & set(UNSAFE)):
        for user_id in (None, *cast.people.values()):
            answer = send(cast.visitor(user_id), method, cast.world.address_of(route), with_token=False)
            assert answer.status_code == 400
            assert 'name="csrf_token"' in answer.text, "what was typed can be sent again"


@per_route
def test_given_a_wrong_method_then_it_is_refused(cast: Cast, route: Route) -> None:
    address = cast.world.address_of(route)
    for user_id in (None, cast.people["pvl_assistant"]):
        visitor = cast.visitor(user_id)
        answered = set().union(*(other.methods for other in ROUTES if other.rule == route.rule))
        for method in sorted({"GET", *UNSAFE} - answered):
            answer = send(visitor, method, address)
            told = f"{method} {address}: {answer.status_code}"
            if answer.status_code == 404:
                continue  # a wider rule answers, such as /lapor/<slug>, and knows no such question
            assert answer.status_code == 405, told
            assert answer.headers["Allow"], told


@per_route
def test_given_no_second_factor_then_only_its_enrolment_opens(cast: Cast, route: Route) -> None:
    """AU2: whatever the role, and whatever was sent is kept."""
    expected, address = EXPECTED[route.policy], cast.world.address_of(route)
    if expected.is_public:
        pytest.skip("open to everybody")
    for role, user_id in cast.without_factor.items():
        for method in sorted(route.methods):
            answer = send(cast.visitor(user_id), method, address)
            if route.endpoint == ENROLMENT:
                assert answer.status_code in OPEN, role
            elif method in UNSAFE or role not in expected.roles | let_in(route):
                assert answer.status_code == 403, role
            else:
                assert answer.location.startswith("/staff/second-factor?next="), role


def assert_is_sent_to_the_door(answer: TestResponse, method: str) -> None:
    """Who looks gets there; who sent something keeps it over the sign-in."""
    if method in UNSAFE:
        assert answer.status_code == 403
        assert 'name="send_to"' in answer.text
    else:
        assert answer.status_code == 302
        assert answer.location.startswith("/staff/sign-in")


def neutral(answer: TestResponse) -> str:
    """Return the body without what differs on each request: its id, its tokens and its own address."""
    text = re.sub(r'(?<=name="csrf_token" value=")[^"]+', "", answer.text)
    text = re.sub(r"\b[0-9a-f]{16}\b", "", text)
    return re.sub(r"next=[^\"&]*", "", text)
