"""Whoever tells may name a company; officers link it to the register, and its page never says who told."""

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.complaints.commands import link_employer, unlink_employer
from ombudsman_app.complaints.errors import NotInRegister
from ombudsman_app.complaints.models import (
    Complaint,
    ComplaintEmployer,
    InformationTip,
    TipEmployer,
    opened_text,
)
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotAllowed
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.employers.models import CaseOrigin, Employer, EmployerComplianceCase
from ombudsman_app.employers.states import Breach

from ..factories.accounts import UserFactory
from ..factories.complaints import CaseFactory, Team, TeamFactory, TipFactory
from ..factories.employers import EmployerFactory, broken
from ..factories.findings import person
from ..pages import Page
from ..visitor import Visitor
from ..wizard import NARRATIVE, TipWizard, Wizard

NAME, PLACE = "PT Karya Bahari Sejahtera", "Desa Tapandullu, Mamuju"
NAMED = {"kejadian": {"narrative": NARRATIVE, "employer_name": NAME, "employer_place": PLACE}}
WHY = "Salah perusahaan: yang dimaksud cabang di Polewali."


@pytest.fixture
def team(app: Flask) -> Team:
    with app.app_context():
        return TeamFactory()


@pytest.fixture
def tip(app: Flask) -> int:
    with app.app_context():
        return TipFactory(employer_name=NAME, employer_place=PLACE).id


@pytest.fixture
def employer(app: Flask) -> int:
    with app.app_context():
        return EmployerFactory(name=NAME).id


def at(app: Flask, team: Team, role: Role = Role.EXAMINER) -> Visitor:
    return Visitor(app).enter(team.users[role].id)


def open_links(app: Flask, table: type[ComplaintEmployer | TipEmployer] = TipEmployer) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).where(table.ended_at.is_(None))) or 0


def test_given_a_company_when_named_in_the_wizard_then_the_reporter_sees_it_before_sending(
    app: Flask, visitor: Visitor
) -> None:
    walker = Wizard(visitor, changes=NAMED)
    walker.answer_all()
    checked = visitor.get("/lapor/periksa").text
    assert NAME in checked
    assert PLACE in checked
    assert walker.send().status_code == 302
    with app.app_context():
        kept = db.session.scalars(select(Complaint)).one()
        assert (kept.employer_name, kept.employer_place) == (NAME, PLACE)


def test_given_no_company_when_told_then_none_is_asked_for(app: Flask, visitor: Visitor) -> None:
    Wizard(visitor).send_all()
    with app.app_context():
        kept = db.session.scalars(select(Complaint)).one()
        assert (kept.employer_name, kept.employer_place) == ("", "")


def test_given_information_that_names_a_company_then_name_and_place_lie_sealed(
    app: Flask, visitor: Visitor
) -> None:
    TipWizard(visitor, changes=NAMED).send_all()
    with app.app_context():
        kept = db.session.scalars(select(InformationTip)).one()
        assert (kept.opened()["employer_name"], kept.opened()["employer_place"]) == (NAME, PLACE)


def test_given_a_known_company_when_linked_by_the_door_then_both_pages_say_so(
    app: Flask, team: Team, tip: int, employer: int
) -> None:
    desk = at(app, team)
    page = f"/staff/tips/{tip}/employers"
    proposed = desk.get(page).text
    assert f"{NAME}, {PLACE}" in proposed
    assert f'name="employer" value="{employer}"' in proposed
    assert desk.submit(page, {"employer": str(employer)}).location.startswith(f"/staff/tips/{tip}")
    assert desk.submit(page, {"employer": str(employer)}).status_code == 302  # sent twice: one link
    assert open_links(app) == 1
    assert f'/staff/employers/{employer}"' in desk.get(f"/staff/tips/{tip}").text
    assert f'/staff/tips/{tip}"' in desk.get(f"/staff/employers/{employer}").text


def test_given_a_reader_without_a_right_to_the_source_then_the_employer_says_nothing_of_it(
    app: Flask, team: Team, tip: int, employer: int
) -> None:
    with app.app_context():
        held = db.session.get_one(InformationTip, tip)
        ticket = held.ticket
        link_employer(held, employer, actor=team.head)
        auditor = UserFactory(Role.AUDITOR, password=None).id
    page = Visitor(app).enter(auditor).get(f"/staff/employers/{employer}").text
    assert "tanpa identitas" not in page
    assert "Informasi" not in page
    assert ticket not in page
    assert f"/staff/tips/{tip}" not in page


def test_given_a_company_that_is_not_known_when_registered_from_there_then_it_is_linked(
    app: Flask, team: Team
) -> None:
    with app.app_context():
        case = CaseFactory(ComplaintState.ASSIGNED, team, employer_name=NAME).id
        EmployerFactory(name="PT Karya Bahari Sejahtera Cabang Polewali")
    desk, page = at(app, team), f"/staff/complaints/{case}/employers/new"
    assert f'value="{NAME}"' in desk.get(page).text
    asked = desk.submit(page, {"kind": "company"})
    assert asked.status_code == 422  # one that looks alike is shown first
    assert "Cabang Polewali" in asked.text
    assert desk.submit(page, {"kind": "company", "sure": "y"}).status_code == 302
    assert open_links(app, ComplaintEmployer) == 1
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Employer.name == NAME)) == 1


def test_given_the_wrong_company_when_taken_back_then_the_reason_is_sealed_and_the_line_is_gone(
    app: Flask, team: Team, tip: int, employer: int
) -> None:
    with app.app_context():
        link = link_employer(db.session.get_one(InformationTip, tip), employer, actor=team.head).id
    desk, page = at(app, team), f"/staff/tips/{tip}/employers/{link}/unlink"
    refused = desk.submit(page, {"reason": ""})
    assert refused.status_code == 422
    assert 'id="reason-error"' in refused.text
    assert desk.submit(page, {"reason": WHY}).status_code == 302
    assert open_links(app) == 0
    assert f"/staff/tips/{tip}" not in desk.get(f"/staff/employers/{employer}").text
    with app.app_context():
        assert WHY not in str([entry.changes for entry in db.session.scalars(select(TrailEntry))])
    assert desk.get(page).status_code == 302
    assert desk.post(page, {"reason": WHY}).status_code == 302  # sent twice: ended once


def test_given_a_colleague_was_faster_when_a_link_is_taken_back_then_it_is_told(
    app: Flask, team: Team, tip: int, employer: int
) -> None:
    with app.app_context():
        held = db.session.get_one(InformationTip, tip)
        link = link_employer(held, employer, actor=team.head).id
    desk, page = at(app, team), f"/staff/tips/{tip}/employers/{link}/unlink"
    desk.get(page)
    with app.app_context():
        unlink_employer(db.session.get_one(InformationTip, tip), link, reason=WHY, actor=team.head)
    assert desk.post(page, {**desk.page.values, "reason": "Bukan perusahaan ini."}).status_code == 409
    with app.app_context():
        kept = db.session.get_one(TipEmployer, link)
        assert kept.ended_by_id == team.head.user_id
        assert opened_text(TipEmployer, kept.uuid, kept.sealed) == WHY


def test_given_who_may_not_link_then_it_is_refused(app: Flask, team: Team, tip: int, employer: int) -> None:
    assert at(app, team, Role.PVL_ASSISTANT).get(f"/staff/tips/{tip}/employers").status_code == 403
    with app.app_context():
        held = db.session.get_one(InformationTip, tip)
        with pytest.raises(NotAllowed):
            link_employer(held, employer, actor=team.intake)
        elsewhere = EmployerFactory(office="KPG").id
        with pytest.raises(NotInRegister):
            link_employer(held, elsewhere, actor=team.head)
        with pytest.raises(NotAllowed):
            link_employer(held, employer, actor=person(Role.EXAMINER, office="KPG"))


def test_given_a_linked_company_when_a_case_is_opened_from_there_then_only_who_may_see_it_is_led_back(
    app: Flask, team: Team, tip: int, employer: int
) -> None:
    with app.app_context():
        held = db.session.get_one(InformationTip, tip)
        ticket = held.ticket
        link_employer(held, employer, actor=team.head)
        broken(db.session.get_one(Employer, employer), Breach.PWBD)
        auditor = UserFactory(Role.AUDITOR, password=None).id
    desk = at(app, team)
    way = f"/staff/employers/cases/new?employer={employer}&source=tip&number={tip}"
    assert way.replace("&", "&amp;") in desk.get(f"/staff/tips/{tip}").text
    asked = desk.get(way)
    assert ticket in asked.text
    assert desk.queries <= 7, desk.statements
    assert desk.submit(way, {"breaches": ""}).status_code == 422
    opened = desk.submit(way, {"breaches": "pwbd"})
    assert opened.status_code == 302
    with app.app_context():
        case = db.session.scalars(select(EmployerComplianceCase)).one()
        origin = db.session.get_one(CaseOrigin, case.id)
        assert (str(origin.source), origin.subject_type, origin.subject_id) == ("tip", "tip", tip)
        assert case.employer_id == employer
        unlink = db.session.scalars(select(TipEmployer)).one()
        unlink_employer(db.session.get_one(InformationTip, tip), unlink.id, reason=WHY, actor=team.head)
    page = f"/staff/employers/cases/{case.id}"
    assert f'href="/staff/tips/{tip}"' in desk.get(page).text  # that the link ended changes nothing of it
    assert desk.queries <= 11, desk.statements
    by_auditor = Visitor(app).enter(auditor).get(page).text
    assert f"/staff/tips/{tip}" not in by_auditor
    assert ticket not in by_auditor


def test_given_a_complaint_when_a_case_is_opened_from_there_then_it_is_led_back(
    app: Flask, team: Team, employer: int
) -> None:
    with app.app_context():
        complaint = CaseFactory(ComplaintState.ASSIGNED, team, employer_name=NAME)
        link_employer(complaint, employer, actor=team.head)
        broken(db.session.get_one(Employer, employer), Breach.PWBD)
        complaint_id = complaint.id
    desk = at(app, team)
    way = f"/staff/employers/cases/new?employer={employer}&source=complaint&number={complaint_id}"
    assert way.replace("&", "&amp;") in desk.get(f"/staff/complaints/{complaint_id}").text
    shown = desk.submit(way, {"breaches": "pwbd"}, follow_redirects=True).text
    assert f'href="/staff/complaints/{complaint_id}"' in shown


def test_given_a_record_that_does_not_name_the_employer_then_no_case_begins_with_it(
    app: Flask, team: Team, tip: int, employer: int
) -> None:
    with app.app_context():
        broken(db.session.get_one(Employer, employer), Breach.PWBD)
        link_employer(
            TipFactory(office="kc_ntt"),
            EmployerFactory(office="KPG").id,
            actor=person(Role.EXAMINER, office="KPG"),
        )
        elsewhere = db.session.scalars(select(TipEmployer.tip_id)).one()
        auditor = UserFactory(Role.AUDITOR, password=None).id
    new = f"/staff/employers/cases/new?employer={employer}"
    desk = at(app, team)
    for way in (f"source=tip&number={tip}", f"source=tip&number={elsewhere}", f"source=x&number={tip}"):
        assert desk.get(f"{new}&{way}").status_code == 404, way
        assert desk.post(f"{new}&{way}", {"breaches": "pwbd"}).status_code == 404, way
    with app.app_context():
        link_employer(db.session.get_one(InformationTip, tip), employer, actor=team.head)
    assert desk.get(f"{new}&source=tip&number={tip}").status_code == 200
    unseen = Visitor(app).enter(auditor).get(f"{new}&source=tip&number={tip}")
    assert unseen.status_code == 404
    assert Page(desk.get(f"{new}&source=tip").text).values.get("source") == "tip"
    assert not Page(desk.get(f"{new}&source=nonsense").text).values.get("source")
