"""What each page costs in statements (`design.md` §12): a ceiling for every page, whatever the data.

Counted is everything but transaction control: session, rights, counters, content. Run on SQLite and
PostgreSQL, since both get the same statements from us.
"""

from collections.abc import Callable
from datetime import date

import pytest
from flask import Flask

from ombudsman_app.core.policy import Role

from ..factories.accounts import UserFactory
from ..factories.complaints import CODE, ComplaintFactory, many_complaints, more_history
from ..factories.directory import CounterFactory, OfficeFactory
from ..routes import PAGES, Route, World, build_world
from ..visitor import Visitor
from ..wizard import Wizard
from .otherwise import OTHERWISE
from .plans import walked_tables

# A new page needs a line here. Queue ≤ 6, case ≤ 10, wizard step ≤ 5, final POST ≤ 12 are the goals.
CEILINGS = {
    "static_asset": 0,
    "language.choose": 0,
    "public.home.start": 0,
    "public.home.guide": 0,
    "public.home.guide_chapter": 0,
    "public.home.guide_search": 0,
    "public.home.guide_whole": 0,
    "public.documents.start": 0,
    "public.documents.how": 0,
    "public.documents.file": 4,
    "public.documents.answer": 4,
    "public.documents.register": 4,
    "public.operations.healthz": 1,
    "public.directory.offices": 4,
    "public.directory.office": 7,
    "public.audits.overview": 4,
    "public.audits.overview_csv": 1,
    "public.audits.study_places": 1,
    "public.audits.comparison": 6,
    "public.audits.comparison_csv": 6,
    "public.audits.result": 10,
    "public.audits.result_paper": 2,
    "public.audits.result_json": 4,
    "public.audits.result_csv": 4,
    "public.complaints.office": 4,
    "public.complaints.counter": 4,
    "public.complaints.counter_from_poster": 4,
    "public.complaints.question": 3,
    "public.complaints.check": 4,
    "public.complaints.receipt": 2,
    "public.complaints.forget": 0,
    "public.complaints.forgotten": 0,
    "public.complaints.find": 0,
    "public.complaints.follow": 6,
    "public.complaints.calendar": 4,
    "public.complaints.calendar_file": 7,
    "public.complaints.answer_by_link": 5,
    "public.complaints.linked_letter": 5,
    "public.attachments.download": 3,
    "public.attachments.thumb": 3,
    "staff.attachments.download": 7,
    "staff.attachments.original": 7,
    "staff.attachments.preview": 3,
    "staff.attachments.thumb": 3,
    "staff.operations.overview": 7,
    "staff.notifications.inbox": 4,
    "staff.notifications.preferences": 5,
    "staff.messages.messages": 7,
    "staff.operations.jobs": 8,
    "staff.operations.job": 7,
    "staff.operations.progress": 3,
    "staff.accounts.sign_in": 0,
    "staff.accounts.first_password": 1,
    "staff.accounts.forgotten_password": 0,
    "staff.accounts.account": 5,
    "staff.accounts.password": 4,
    "staff.accounts.second_factor": 5,
    "staff.accounts.recovery_codes": 2,
    "staff.home.start": 6,
    "staff.home.design": 3,
    "portal.home.start": 4,
    "portal.accounts.colleagues": 4,
    "staff.accounts.people": 8,
    "staff.accounts.invite": 6,
    "staff.accounts.person": 9,
    "staff.accounts.reset": 6,
    "staff.accounts.give_grant": 7,
    "staff.accounts.end_grant": 7,
    "staff.accounts.office": 6,
    "staff.directory.counters": 6,
    "staff.directory.order": 6,
    "staff.directory.poster": 6,
    "staff.directory.poster_file": 6,
    "staff.complaints.queue": 5,
    "staff.complaints.calendar": 5,
    "staff.complaints.case_calendar": 7,
    "staff.complaints.views": 4,
    "staff.complaints.new_view": 3,
    "staff.complaints.view": 4,
    "staff.complaints.case": 10,
    "staff.complaints.formal": 9,
    "staff.complaints.material": 9,
    "staff.complaints.decide": 8,
    "staff.complaints.assign": 9,
    "staff.complaints.declare": 6,
    "staff.complaints.identity": 6,
    "staff.identities.opened": 4,
    "staff.complaints.clock": 9,
    "staff.complaints.clock_days": 9,
    "staff.complaints.pause_clock": 7,
    "public.complaints.letter": 5,
    "public.complaints.letter_file": 5,
    "public.complaints.signed_receipt": 4,
    "public.complaints.complete": 7,
    "public.complaints.withdraw": 7,
    "staff.complaints.write_letter": 9,
    "staff.complaints.edit_letter": 9,
    "staff.complaints.answer": 9,
    "staff.complaints.examine": 8,
    "staff.complaints.file_answer": 8,
    "staff.complaints.resolved": 9,
    "staff.complaints.review": 8,
    "staff.complaints.report": 8,
    "staff.complaints.report_part": 8,
    "staff.complaints.new_action": 8,
    "staff.complaints.report_action": 8,
    "staff.complaints.examine_again": 8,
    "staff.complaints.monitor": 8,
    "staff.complaints.close_report": 8,
    "staff.complaints.corrected": 8,
    "staff.complaints.hand_over": 8,
    "staff.complaints.links": 8,
    "staff.complaints.completed": 8,
    "staff.complaints.deem_withdrawn": 8,
    "staff.complaints.confirm_withdrawal": 8,
    "staff.complaints.link_employer": 9,
    "staff.complaints.new_employer": 9,
    "staff.complaints.unlink_employer": 8,
    "staff.documents.register": 5,
    "staff.documents.document": 10,
    "staff.documents.prove": 9,
    "staff.documents.file": 9,
    "staff.documents.preview": 4,
    "staff.documents.preview_file": 4,
    "staff.documents.issue_all": 5,
    "staff.documents.issuing": 4,
    "staff.audits.rounds": 5,
    "staff.audits.comparison": 9,
    "staff.audits.comparison_csv": 9,
    "staff.audits.new_round": 6,
    "staff.audits.board": 6,
    "staff.audits.edit_round": 6,
    "staff.audits.round_offices": 6,
    "staff.audits.audit": 10,
    "staff.audits.correction": 5,
    "staff.audits.correct_indicator": 6,
    "staff.audits.sheet": 4,
    "staff.audits.sheet_file": 4,
    "staff.audits.team": 5,
    "staff.audits.visit_days": 4,
    "staff.audits.cancel": 4,
    "staff.audits.interest": 4,
    "staff.audits.write": 5,
    "staff.audits.edit_assignment": 4,
    "staff.audits.field_sheet": 10,
    "staff.audits.sheet_indicator": 9,
    "staff.audits.submit": 8,
    "staff.audits.calendar": 5,
    "staff.audits.calendar_file": 3,
    "staff.audits.compare": 8,
    "staff.audits.settle_indicator": 8,
    "staff.audits.review": 10,
    "staff.audits.review_indicator": 10,
    "staff.audits.score": 6,
    "staff.employers.register": 6,
    "staff.employers.new": 4,
    "staff.employers.pictures": 5,
    "staff.employers.employer": 14,
    "staff.employers.edit": 5,
    "staff.employers.observe": 4,
    "staff.employers.number": 4,
    "staff.employers.breach": 4,
    "staff.employers.end_breach": 5,
    "staff.employers.same_as": 8,
    "staff.coverage_imports.runs": 5,
    "staff.coverage_imports.run": 9,
    "public.coverage.overview": 9,
    "public.coverage.place": 10,
    "public.coverage.figure": 6,
    "public.coverage.comparison": 8,
    "public.coverage.package": 1,
    "public.coverage.sheet": 6,
    "public.coverage.sheet_file": 3,
    "public.coverage.file": 2,
    "staff.duties.summary": 7,
    "staff.duties.duties_csv": 5,
    "staff.duties.province": 6,
    "staff.duties.proposals": 4,
    "staff.duties.proposal": 7,
    "staff.duties.send_back": 6,
    "staff.duties.pemda": 7,
    "staff.duties.assess": 9,
    "portal.duties.checklist": 4,
    "portal.duties.propose": 3,
    "portal.duties.proposal": 3,
    "staff.coverage.figures": 10,
    "staff.coverage.new": 9,
    "staff.coverage.figure": 9,
    "staff.coverage.revise": 10,
    "public.innovations.innovations": 2,
    "public.innovations.innovation": 3,
    "staff.innovations.innovations": 6,
    "staff.innovations.new": 5,
    "staff.innovations.innovation": 8,
    "staff.innovations.edit": 4,
    "staff.innovations.state": 5,
    "staff.innovations.evaluate": 4,
    "staff.innovations.proposal": 6,
    "public.local_rules.rules": 4,
    "public.local_rules.rules_csv": 2,
    "staff.local_rules.rules": 6,
    "staff.local_rules.rules_csv": 4,
    "staff.local_rules.new": 5,
    "staff.local_rules.rule": 7,
    "staff.local_rules.edit": 6,
    "staff.local_rules.verify": 4,
    "staff.local_rules.withdraw": 4,
    "staff.local_rules.move": 5,
    "staff.projects.projects": 6,
    "staff.projects.owners": 5,
    "staff.projects.ocds_sample": 2,
    "staff.projects.owner": 6,
    "staff.projects.project": 9,
    "staff.projects.days": 8,
    "staff.projects.days_json": 8,
    "staff.projects.new": 4,
    "staff.projects.edit": 7,
    "staff.projects.registration": 7,
    "staff.projects.amend": 7,
    "staff.projects.party": 8,
    "staff.imports.brought": 4,
    "staff.imports.bring": 4,
    "staff.imports.sample": 2,
    "staff.imports.run": 7,
    "staff.imports.columns": 4,
    "staff.imports.rows": 6,
    "staff.imports.doubtful": 11,
    "staff.imports.rejected": 4,
    "staff.imports.rejected_file": 4,
    "staff.projects.new_finding": 9,
    "staff.compliance.cases": 6,
    "staff.compliance.new": 7,
    "staff.compliance.case": 10,
    "staff.compliance.pictures": 6,
    "staff.compliance.print_list": 7,
    "staff.compliance.officer": 6,
    "staff.compliance.branch": 8,
    "staff.compliance.labour_office": 8,
    "staff.compliance.new_step": 8,
    "staff.compliance.correct_step": 8,
    "staff.compliance.dispute": 5,
    "staff.compliance.delay": 6,
    "staff.compliance.clock": 8,
    "staff.compliance.clock_days": 8,
    "portal.outreach.events": 5,
    "portal.outreach.new": 7,
    "portal.outreach.event": 8,
    "portal.outreach.edit": 9,
    "portal.outreach.report": 6,
    "portal.outreach.cancel": 5,
    "staff.outreach.events": 9,
    "staff.outreach.events_csv": 5,
    "staff.outreach.places": 10,
    "staff.outreach.new": 7,
    "staff.outreach.event": 8,
    "staff.outreach.edit": 9,
    "staff.outreach.report": 7,
    "staff.outreach.cancel": 6,
    "staff.meetings.meetings": 6,
    "staff.meetings.commitments": 7,
    "staff.meetings.new": 5,
    "staff.meetings.edit": 8,
    "staff.meetings.cancel": 6,
    "staff.meetings.meeting": 12,
    "staff.meetings.results": 6,
    "staff.meetings.write_invitation": 7,
    "staff.meetings.write_minutes": 7,
    "staff.meetings.edit_paper": 6,
    "staff.meetings.people": 6,
    "staff.meetings.attendance": 6,
    "staff.meetings.room": 6,
    "staff.meetings.follow_up": 8,
    "staff.meetings.carry": 7,
    "staff.meetings.new_commitment": 8,
    "staff.meetings.commitment": 7,
    "staff.meetings.report": 6,
    "staff.meetings.confirm": 6,
    "staff.meetings.return_report": 6,
    "staff.meetings.drop": 6,
    "public.attendance.sign_in": 2,
    "public.attendance.noted": 2,
    "portal.meetings.inbox": 5,
    "portal.meetings.meeting": 9,
    "portal.meetings.paper": 7,
    "portal.meetings.commitments": 5,
    "portal.meetings.commitment": 7,
    "portal.meetings.report": 7,
    "portal.compliance.inbox": 5,
    "portal.compliance.case": 9,
    "portal.compliance.letter": 7,
    "portal.compliance.new_step": 7,
    "portal.compliance.correct_step": 8,
    "portal.compliance.dispute": 5,
    "portal.compliance.clock": 8,
    "staff.employers.estimates": 5,
    "staff.employers.estimate": 5,
    "staff.employers.estimate_result": 5,
    "staff.employers.estimate_order": 4,
    "staff.employers.estimate_file": 4,
    "staff.findings.register": 6,
    "staff.findings.new_export": 4,
    "staff.findings.export": 5,
    "staff.findings.export_file": 6,
    "staff.findings.finding": 6,
    "staff.findings.file_answer": 6,
    "staff.findings.origin": 4,
    "staff.findings.edit": 4,
    "staff.findings.clock": 7,
    "staff.findings.clock_days": 7,
    "staff.findings.visits": 4,
    "staff.findings.visit": 5,
    "staff.findings.new_visit": 5,
    "staff.findings.new_finding": 4,
    "staff.audits.send_draft": 6,
    "staff.audits.responses": 8,
    "staff.audits.rule": 8,
    "staff.audits.answer_time": 7,
    "staff.audits.final": 9,
    "staff.audits.proposals": 9,
    "staff.audits.proposal": 9,
    "portal.audits.inbox": 4,
    "portal.audits.draft": 6,
    "portal.audits.respond": 7,
    "portal.audits.clock": 7,
    "portal.audits.letter": 6,
    "portal.audits.acknowledgement": 7,
    "portal.audits.acknowledgement_file": 7,
    "portal.findings.inbox": 4,
    "portal.findings.finding": 6,
    "portal.findings.respond": 6,
    "portal.findings.paper": 6,
    "portal.findings.clock": 7,
    "portal.findings.more_time": 6,
    "portal.clarifications.inbox": 6,
    "portal.clarifications.request": 6,
    "portal.clarifications.answer": 6,
    "portal.clarifications.letter": 7,
    "portal.clarifications.clock": 7,
    "portal.clarifications.more_time": 6,
    "portal.clarifications.acknowledgement": 7,
    "portal.clarifications.acknowledgement_file": 7,
    "portal.findings.acknowledgement": 7,
    "portal.findings.acknowledgement_file": 7,
    "portal.attachments.download": 7,
    "portal.attachments.thumb": 3,
    "staff.audits.instruments": 5,
    "staff.audits.instrument": 4,
    "staff.audits.new_instrument": 4,
    "staff.audits.import_instrument": 3,
    "staff.audits.edit_instrument": 5,
    "staff.audits.new_dimension": 4,
    "staff.audits.edit_dimension": 4,
    "staff.audits.weigh_dimensions": 4,
    "staff.audits.weigh_indicators": 4,
    "staff.audits.new_indicator": 4,
    "staff.audits.edit_indicator": 4,
    "staff.audits.preview_instrument": 4,
    "staff.audits.try_instrument": 4,
    "staff.audits.compare_instruments": 6,
    "staff.audits.instrument_yaml": 3,
    "staff.audits.instrument_order": 4,
    "staff.audits.instrument_form": 4,
    "staff.audits.sending": 4,
    "staff.audits.schemes": 4,
    "staff.audits.new_scheme": 5,
    "staff.tips.queue": 6,
    "staff.tips.tip": 9,
    "staff.tips.decide": 4,
    "staff.tips.declare": 4,
    "staff.tips.link_employer_of_tip": 8,
    "staff.tips.new_employer_of_tip": 8,
    "staff.tips.unlink_employer_of_tip": 7,
}
# Tables that a page may read from end to end: they hold what somebody defined, not what happened. The last
# is a list within one statement.
SMALL = {"audit_scheme", "audit_instrument_version", "office", "study_place", "history"}
WALKED = {
    "staff.accounts.people": {"user_account"},  # all accounts of the house
    "staff.coverage.figures": {"coverage_figure", "coverage_source"},  # backwards, to the newest 25 and 200
    "staff.coverage.new": {"coverage_source"},  # backwards, to the newest 200
    "staff.coverage.revise": {"coverage_source"},
    "staff.operations.overview": {"job"},  # backwards, to the newest of a kind
}
BY_CODE = tuple(  # opened with ticket and code
    f"public.complaints.{page}"
    for page in ("follow", "calendar", "complete", "withdraw", "letter", "letter_file", "signed_receipt")
)
QUEUE, CASE, STEP, FINAL_POST = 6, 10, 5, 12


def test_each_page_has_a_ceiling_and_none_breaks_the_goals() -> None:
    assert {route.endpoint for route in PAGES} == set(CEILINGS)
    assert CEILINGS["staff.complaints.queue"] <= QUEUE
    assert CEILINGS["staff.complaints.case"] <= CASE
    assert CEILINGS["staff.tips.queue"] <= QUEUE
    assert CEILINGS["staff.tips.tip"] <= CASE
    # the page of a report is no step of the wizard: it counts a clock and lists the files; a calendar
    # program that fetches is no person who waits
    of_report = {f"public.complaints.{page}" for page in ("follow", "complete", "withdraw")}
    # what is read about an office is gathered from several domains
    gathered = ("public.audits.", "public.coverage.")  # sums over the places of a nation, results of offices
    of_office = {name for name in CEILINGS if name.startswith(gathered)} | {"public.directory.office"}
    no_steps = of_report | of_office | {"public.complaints.calendar_file"}
    is_step = {name for name in CEILINGS if name.startswith("public.")} - no_steps
    assert all(CEILINGS[name] <= CASE for name in of_office)
    assert all(CEILINGS[name] <= STEP for name in is_step)


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    return build_world(shared_app)


@pytest.fixture(scope="module")
def officer(shared_app: Flask) -> int:
    with shared_app.app_context():
        return UserFactory(Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE, password=None).id


@pytest.fixture(scope="module")
def caretaker(shared_app: Flask) -> int:
    with shared_app.app_context():
        return UserFactory(Role.CARETAKER, password=None).id


@pytest.fixture(scope="module")
def administrator(shared_app: Flask) -> int:
    with shared_app.app_context():
        return UserFactory(Role.ADMINISTRATOR, password=None).id


@pytest.fixture(scope="module")
def branch_officer(shared_app: Flask) -> int:
    with shared_app.app_context():
        return UserFactory(Role.OFFICE_OFFICER, Role.OFFICE_HEAD, password=None).id


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_no_page_costs_more_than_its_ceiling(
    world: World, officer: int, caretaker: int, administrator: int, branch_officer: int, route: Route
) -> None:
    is_staff = route.endpoint.startswith("staff.") and route.policy != "public"
    visitor = Visitor(world.app).enter(officer) if is_staff else Visitor(world.app)
    if route.endpoint.startswith("public.complaints.") and route.endpoint not in BY_CODE:
        walker = Wizard(visitor)
        walker.answer_all() if route.endpoint != "public.complaints.receipt" else walker.send_all()
    if route.endpoint in BY_CODE or route.endpoint.startswith("public.attachments."):
        visitor.submit("/lacak", {"ticket": world.own_ticket, "access_code": CODE})
    if route.policy in ("complaints.open_identity", "complaints.examine", "attachments.open_original"):
        visitor.enter(world.team[Role.EXAMINER])
    if route.endpoint.startswith(("staff.operations.", "staff.messages.")):
        visitor.enter(caretaker)
    if world.is_for_administrators(route):
        visitor.enter(administrator)
    if route.endpoint.startswith("portal."):
        visitor.enter(branch_officer)
    if route.endpoint == "staff.complaints.pause_clock":
        visitor.enter(world.team[Role.PVL_ASSISTANT])
    path = world.address_of(route)
    if route.endpoint in ("staff.audits.submit", "staff.audits.settle_indicator"):
        path = _of_a_writer(world, visitor, route)
    answer = visitor.get(path)
    assert answer.status_code == OTHERWISE.get(route.endpoint, 200), answer.location or answer.text
    assert visitor.queries <= CEILINGS[route.endpoint], "\n".join(visitor.statements)
    if world.app.extensions["settings"].database_url.startswith("sqlite"):
        walked = (
            walked_tables(world.app, visitor.statements) - SMALL - {"history"}
        )  # a list within the statement
        assert walked <= WALKED.get(route.endpoint, set()), "\n".join(visitor.statements)


def _of_a_writer(world: World, visitor: Visitor, route: Route) -> str:
    """Enter as who fills in or settles a sheet; return the address of the page for that."""
    written = world.sheets.open
    visitor.enter(written.lead if route.endpoint.endswith(".submit") else written.third)
    with world.app.test_request_context("/"):
        return world.app.url_for(route.endpoint, **written.values()[route.endpoint])


def _cost(visitor: Visitor, path: str) -> int:
    assert visitor.get(path).status_code == 200
    return visitor.queries


def _grows(app: Flask, grow: Callable[[], object], visitor: Visitor, path: str) -> tuple[int, int]:
    before = _cost(visitor, path)
    with app.app_context():
        grow()
    return before, _cost(visitor, path)


def test_queue_and_desk_cost_the_same_for_5_and_50_cases(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        visitor.enter(UserFactory(Role.PVL_ASSISTANT, password=None).id)
        many_complaints(5, due_on=date(2026, 12, 4))
    for path in ("/staff/complaints/", "/staff/", "/staff/complaints/?state=received&overdue=yes"):
        few, many = _grows(
            app, lambda: many_complaints(45, due_on=date(2026, 12, 4), days_apart=1), visitor, path
        )
        assert few == many <= QUEUE, path


def test_a_case_costs_the_same_however_much_it_has_seen(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        visitor.enter(UserFactory(Role.EXAMINER, password=None).id)
        case = ComplaintFactory()
    few, many = _grows(
        app, lambda: more_history(case.id, steps=40, clocks=12), visitor, f"/staff/complaints/{case.id}"
    )
    assert few == many <= CASE


def test_following_costs_the_same_however_much_the_case_has_seen(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        case = ComplaintFactory()
    visitor.submit("/lacak", {"ticket": case.ticket, "access_code": CODE})
    few, many = _grows(app, lambda: more_history(case.id, steps=40, clocks=12), visitor, "/lacak/laporan")
    assert few == many


def test_an_office_page_costs_the_same_for_few_and_many_counters(app: Flask, visitor: Visitor) -> None:
    with app.app_context():
        office = OfficeFactory()
        CounterFactory(office)
        slug = office.slug
    few, many = _grows(app, lambda: [CounterFactory(office) for _ in range(30)], visitor, f"/kantor/{slug}")
    assert few == many


@pytest.mark.parametrize("counters", [1, 30])
def test_each_step_of_the_wizard_is_cheap_to_read_and_to_answer(
    app: Flask, visitor: Visitor, counters: int
) -> None:
    with app.app_context():
        office = OfficeFactory("Kantor Hemat Mamuju")
        for _ in range(counters):
            CounterFactory(office)
    walker = Wizard(visitor, office=office.slug)
    costs = walker.answer_all()
    assert set(costs.values()) <= set(range(STEP + 1)), costs
    sent = walker.send()
    assert sent.status_code == 302
    assert visitor.queries <= FINAL_POST, "\n".join(visitor.statements)
