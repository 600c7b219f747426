"""Who visits the measured pages: an intake officer, an examiner, and reporters with a draft that is ready."""

import re
from dataclasses import dataclass
from http.cookies import SimpleCookie
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts import commands as accounts
from ombudsman_app.accounts import queries as people
from ombudsman_app.accounts import second_factor
from ombudsman_app.complaints.commands import start_draft
from ombudsman_app.complaints.models import Complaint, ComplaintStep
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core import sessions
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db, read_only, write_aside
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.sealing import random_token
from ombudsman_app.directory.models import Office, RepresentativeOffice

from .dice import Dice
from .places import ACTOR, DOMAIN, short_of
from .serving import Request, Server, WrongAnswer
from .stories import MARK, person, told

CHECK, SENT = "/lapor/periksa", "/lapor/terkirim"
_TOKEN = re.compile(rb'name="csrf_token"[^>]*value="([^"]+)"')
_MUCH_SEEN = (ComplaintState.CASE_REVIEW, ComplaintState.REPORT_MONITORING, ComplaintState.ASSIGNED)


@dataclass(frozen=True)
class Stage:
    """What is needed to visit: cookies of two officers, a case that has seen much, an office with a queue."""

    officer: str
    examiner: str
    case_id: int
    representative_id: int
    respondent_id: int


def set_stage(app: Flask, office_code: str) -> Stage:
    """Let two invented officers in and look for a case. Raises LookupError where there is none."""
    with app.app_context():
        office = db.session.scalar(
            select(RepresentativeOffice).where(RepresentativeOffice.code == office_code)
        )
        case = _case_at(office.id) if office else None
        if office is None or case is None:
            raise LookupError(office_code)
        ids = {"case_id": case.id, "representative_id": office.id, "respondent_id": case.office_id}
        return Stage(
            officer=cookie_of(app, Role.PVL_ASSISTANT, office),
            examiner=cookie_of(app, Role.EXAMINER, office),
            **ids,
        )


def _case_at(representative_id: int) -> Complaint | None:
    """Return an open case with a long history. 1 statement."""
    steps = (
        select(func.count())
        .where(ComplaintStep.complaint_id == Complaint.id)
        .correlate(Complaint)
        .scalar_subquery()
    )
    return db.session.scalar(
        select(Complaint)
        .where(
            Complaint.representative_office_id == representative_id,
            Complaint.is_open.is_(True),
        )
        .order_by(Complaint.state.in_(_MUCH_SEEN).desc(), steps.desc(), Complaint.id.desc())
        .limit(1)
    )


def email_of(role: Role, office: Office) -> str:
    """Return the address of who visits in this role."""
    return f"web-{role.value.replace('_', '-')}-{short_of(office).lower()}@{DOMAIN}"


def cookie_of(app: Flask, role: Role, office: Office) -> str:
    """Return the session cookie of somebody with this role, as the browser would send it."""
    email = email_of(role, office)
    user = people.user_by_email(email) or accounts.create_user_with_role(
        accounts.NewUser(email, f"{MARK} {role.value}"), role, office, actor=ACTOR
    )
    user_id = user.id
    db.session.rollback()  # SQLite lets one transaction write at a time
    with write_aside() as aside:
        token = sessions.start(aside, user_id=user_id)
    actor = people.actor_for(user_id)
    if actor is not None and not actor.has_second_factor:
        token = _with_second_factor(token, actor)
    return f"{_name(app, 'sid')}=s.{token}.{random_token()}"


def _with_second_factor(token: str, actor: Actor) -> str:
    secret = second_factor.new_secret()
    step = int(now().timestamp()) // second_factor.STEP_SECONDS
    given = accounts.NewFactor(secret, step, sessions.token_hash(token))
    db.session.rollback()
    return accounts.set_second_factor(given, actor=actor).token


def _name(app: Flask, cookie: str) -> str:
    settings: Settings = app.extensions["settings"]
    return f"__Host-{cookie}" if settings.is_https else cookie


def draft_cookie(app: Flask, stage: Stage, dice: Dice) -> str:
    """Write a draft with every answer, as the wizard leaves it before the last page."""
    story = told(dice)
    answers = {
        "office_id": stage.respondent_id,
        "counter_id": None,
        "substance": story.substance,
        "narrative": story.narrative,
        "event_on": "2026-01-05",
        "is_continuing": False,
        "told_first": "yes",
        "prior_effort": story.effort,
        "requested_remedy": story.remedy,
        "urgency": "none",
        "confidentiality": "open",
        "employer_name": story.employer,
        **person(dice),
    }
    with app.app_context():
        read_only(False)
        return f"{_name(app, 'draft')}={start_draft(answers)}"


def submission(app: Flask, server: Server, stage: Stage, dice: Dice) -> Request:
    """Open the last page of the wizard with a ready draft; return the sending of its form."""
    draft = draft_cookie(app, stage, dice)
    page = server.ask(Request(CHECK, draft))
    token, cookies = _TOKEN.search(_plain(page.body)), SimpleCookie()
    for header in page.headers.get_all("Set-Cookie") or ():
        cookies.load(header)
    if token is None or _name(app, "sid") not in cookies:
        raise WrongAnswer(f"{CHECK} has no form that can be sent")
    sid = f"{_name(app, 'sid')}={cookies[_name(app, 'sid')].value}"
    body = urlencode({"csrf_token": token[1].decode()}).encode()
    return Request(CHECK, f"{draft}; {sid}", body, status=302)


def _plain(body: bytes) -> bytes:
    import gzip

    return gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body
