"""PD9, P5: whoever speaks of an employer is named to no public body, whatever is done about that employer.

Information without identity and a confidential complaint, with words of their own in every field; both are
linked to an employer, and a compliance case begins with each. Then everything that a public body, a visitor
and those of the staff who do not see the sources can fetch.
"""

from dataclasses import dataclass

from flask import Flask
from sqlalchemy import select

from ombudsman_app.complaints.models import Complaint, InformationTip
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.documents.models import Document
from ombudsman_app.employers.models import CaseForwarding, EmployerComplianceCase
from ombudsman_app.employers.states import Breach
from ombudsman_app.notifications.models import Message, Notification

from ..factories.accounts import UserFactory
from ..factories.cases import SUMMARY, case_employer, forward
from ..factories.complaints import Team, TeamFactory
from ..routes import PAGES, build_world
from ..visitor import Visitor
from ..wizard import TipWizard, Wizard

REGISTERED = "PT Terdaftar Jelas Mamuju"  # how the register writes it: the branch learns this name
TOLD = {
    "kejadian": {
        "narrative": "Ceritaqwyx: upah kami dipotong iuran, tetapi kartu ditolak di klinik.",
        "employer_name": "PT Usahaqwyx Bahari",
        "employer_place": "Desa Tempatqwyx",
    },
    "upaya": {"told_first": "yes", "prior_effort": "Upayaqwyx kepada mandor."},
    "harapan": {"requested_remedy": "Permintaanqwyx agar kami didaftarkan."},
}
PERSON = {"full_name": "Kenariku Qwyxzla", "phone": "0812 7654 3219"}
NOTE = "Catatanqwyx: dicek lewat kantor perizinan."
TRACES = ("qwyx", "0812 7654 3219", "6281276543219")
WITHOUT_SIGHT = (
    set(Role)
    - {Role.PVL_ASSISTANT, Role.EXAMINER, Role.HEAD_OF_REPRESENTATIVE}
    - {Role.OFFICE_OFFICER, Role.OFFICE_HEAD}
)


@dataclass(frozen=True)
class Begun:
    """A case about an employer, and the number by which whoever told knows what was told."""

    ticket: str
    source: str  # the address of the record
    case: int
    forwarding: int


def test_nothing_of_whoever_told_reaches_a_public_body_or_a_reader_without_sight(app: Flask) -> None:
    world = build_world(app)
    with app.app_context():
        team = TeamFactory()
        employer = case_employer("MAM", Breach.PDS_WORKERS, Breach.ARREARS, name=REGISTERED).id
        people = {role: UserFactory(role, password=None).id for role in Role}
    tip = _begun(app, team, TipWizard(Visitor(app), changes=TOLD), employer, "pds_workers")
    secret = {**TOLD, "kerahasiaan": {"confidentiality": "confidential"}, "identitas": PERSON}
    complaint = _begun(app, team, Wizard(Visitor(app), changes=secret), employer, "arrears")

    branch = Visitor(app).enter(people[Role.OFFICE_OFFICER])
    cases = [f"/portal/compliance/{one.forwarding}" for one in (tip, complaint)]
    before = _told(branch, "/portal/", "/portal/compliance", *cases)
    for page in cases:
        branch.get(page)
        assert branch.post(f"{page}/open").status_code == 302
    opened = _told(branch, "/portal/", "/portal/compliance", *cases)
    assert REGISTERED in opened
    assert SUMMARY in opened

    of_cases = [f"{page}{more}" for page in cases for more in ("", "/dispute", "/letter", "/steps/new")]
    faces = ("public.", "portal.", "language.")
    everywhere = of_cases + [
        world.address_of(route)
        for route in PAGES
        if route.endpoint.startswith(faces) and route.endpoint != "public.complaints.calendar_file"
    ]  # that file is of an officer who sees the complaint, by a secret of its own
    lists = ["/portal/compliance?show=done", "/kantor?q=bahari", "/staff/notifications/", "/staff/"]
    outside = before + "".join(
        _told(one, *everywhere, *lists)
        for one in (Visitor(app), branch, Visitor(app).enter(people[Role.OFFICE_HEAD]))
    )
    with app.app_context():
        outsiders = [people[Role.OFFICE_OFFICER], people[Role.OFFICE_HEAD]]
        rows = [
            *db.session.scalars(select(Notification).where(Notification.person_id.in_(outsiders))),
            *db.session.scalars(select(Message).where(Message.person_id.in_(outsiders))),
            *db.session.scalars(select(CaseForwarding)),
            *db.session.scalars(select(Document).where(Document.kind == "compliance_forwarding")),
        ]
        assert len(rows) > 3
        outside += "".join(str(vars(row)) for row in rows)
    marks = (*TRACES, tip.ticket, complaint.ticket, "/staff/tips/", "/staff/complaints/")
    assert {mark for mark in marks if mark.lower() in outside.lower()} == set()

    _nobody_without_sight_is_led_back(app, people, employer, tip, complaint)


def _nobody_without_sight_is_led_back(
    app: Flask, people: dict[Role, int], employer: int, tip: Begun, complaint: Begun
) -> None:
    """Some of the staff read employers and their cases, and not who told."""
    pages = [f"/staff/employers/{employer}", "/staff/employers/", "/staff/employers/cases"]
    pages += [f"/staff/employers/cases/{one.case}" for one in (tip, complaint)]
    readers = set()
    for role in WITHOUT_SIGHT:
        visitor = Visitor(app).enter(people[role])
        told = _told(visitor, *pages)
        readers |= {role} if REGISTERED in told else set()
        found = {mark for mark in (*TRACES[1:], tip.ticket, tip.source) if mark in told}
        assert found == set(), role
        if visitor.get(complaint.source).status_code != 200:
            assert complaint.ticket not in told
            assert complaint.source not in told
    assert {Role.AUDITOR, Role.ANALYST, Role.PREVENTION_ASSISTANT, Role.CHAIR} <= readers
    by_examiner = _told(Visitor(app).enter(people[Role.EXAMINER]), *pages)
    assert all(one.ticket in by_examiner and one.source in by_examiner for one in (tip, complaint))


def _begun(app: Flask, team: Team, walker: Wizard, employer: int, breach: str) -> Begun:
    """Tell it, link the employer, open a case from there, check it, forward it: by the door."""
    ticket, _code = walker.send_all()
    is_tip = isinstance(walker, TipWizard)
    with app.app_context():
        kind = InformationTip if is_tip else Complaint
        record_id = db.session.scalars(select(kind.id).where(kind.ticket == ticket)).one()
    word = "tip" if is_tip else "complaint"
    source = f"/staff/{word}s/{record_id}"
    desk = Visitor(app).enter(team.users[Role.EXAMINER].id)
    assert desk.submit(f"{source}/employers", {"employer": str(employer)}).status_code == 302
    new = f"/staff/employers/cases/new?employer={employer}&source={word}&number={record_id}"
    desk.get(new)
    assert desk.page is not None
    given = {name: value for name, value in desk.page.values.items() if name != "breaches"}
    opened = desk.post(new, {**given, "breaches": breach, "note": NOTE})
    assert opened.status_code == 302, opened.text
    with app.app_context():
        case = db.session.scalars(
            select(EmployerComplianceCase).order_by(EmployerComplianceCase.id.desc())
        ).first()
        assert case is not None
        case_id = case.id
    page = f"/staff/employers/cases/{case_id}"
    desk.get(page)
    assert desk.post(f"{page}/verify", {**desk.page.values, "text": NOTE}).status_code == 302
    with app.app_context():
        held = db.session.get_one(EmployerComplianceCase, case_id)
        assert held.opened_on == today("Asia/Makassar")
        forwarding = forward(held, team.examiner)
        return Begun(ticket, source, case_id, forwarding.id)


def _told(visitor: Visitor, *paths: str) -> str:
    text = ""
    for path in paths:
        answer = visitor.client.get(path, environ_overrides={"REMOTE_ADDR": visitor.address})
        assert answer.status_code < 500, path
        text += f"{answer.data.decode('utf-8', 'replace')}{answer.headers}"
    return text
