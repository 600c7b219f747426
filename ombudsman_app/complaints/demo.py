"""Invented complaints, so that queue and case have something to show. Loaded once, never in production."""

from collections.abc import Callable
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import yaml
from flask import current_app
from sqlalchemy import func, select

from ombudsman_app.accounts.demo import PEOPLE, demo_actor
from ombudsman_app.core.children import is_there
from ombudsman_app.core.clock import now, stopped_at, today
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.core.sealing import random_crockford
from ombudsman_app.directory import queries as directory
from ombudsman_app.documents import commands as documents
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.states import DocumentState

from . import commands, demo_tips
from .commands import CheckInput, ComplaintInput, DecisionInput, OfficeAnswer, register_complaint
from .commands.register import FILED_ONLINE
from .models import Complaint, ToldFirst
from .queries import followed_complaint
from .states import FIRST_REQUEST, FORMAL_ITEMS, MATERIAL_ITEMS, CheckItem, Verdict

DATA = Path(__file__).parent / "data" / "demo.yaml"
_CODE_LETTERS = 16
_NOT_LATER = timedelta(minutes=1)


def load() -> str | None:
    """Register the invented complaints at their past instants; nothing where there is a complaint already."""
    settings: Settings = current_app.extensions["settings"]
    if not settings.is_demo:
        raise UnsafeSettings("Demonstration complaints are made only with OMBUDSMAN_DEMO=yes.")
    if db.session.scalar(select(func.count()).select_from(select(Complaint.id).limit(1).subquery())):
        return None
    told = yaml.safe_load(DATA.read_text(encoding="utf-8"))
    officers = {role: actor for role in PEOPLE if (actor := demo_actor(role.value))}
    cases = [(_register(row), row) for row in told]
    if officers:
        _tell(cases, officers)
    number = demo_tips.load(officers)
    return f"Complaints: {len(told)} invented cases (DEMO) added, and {number} pieces of information."


def _register(row: dict[str, Any]) -> Complaint:
    """File one complaint as if on its day. Its access code is known to nobody."""
    office = directory.office_by_slug(row["office"])
    if office is None:
        raise LookupError(row["office"])
    _office, handling = directory.office_and_representative(office.id)
    counters = directory.counters_of(office.id)
    day = today(handling.time_zone) - timedelta(days=row["days_ago"])
    came_in = datetime.combine(day, time(row["hour"], 5), ZoneInfo(handling.time_zone))
    with stopped_at(min(came_in, now())):
        return register_complaint(
            ComplaintInput(
                office_id=office.id,
                counter_id=counters[row["counter"] - 1].id if "counter" in row else None,
                substance=row["substance"],
                narrative=row["narrative"],
                told_first=ToldFirst(row["told_first"]),
                confidentiality=row["confidentiality"],
                event_on=day - timedelta(days=row["event_days_ago"]),
                is_continuing=row.get("is_continuing", False),
                prior_effort=row.get("prior_effort", ""),
                requested_remedy=row.get("remedy", ""),
                urgency=row.get("urgency"),
                employer_name=row.get("employer", ""),
                identity={"full_name": row["name"], **row.get("person", {})},
            ),
            access_code=random_crockford(_CODE_LETTERS),
            channel=FILED_ONLINE,
            actor=STRANGER,
        )


def _tell(cases: list[tuple[Complaint, dict[str, Any]]], officers: dict[Role, Actor]) -> None:
    """Let the officers of the demonstration do what the stories say, each act on its day, in their order."""
    acts = [
        (case.received_at + timedelta(days=act["after"], minutes=17 * number), case.id, act)
        for case, row in cases
        for number, act in enumerate(row.get("story", []), 1)
    ]
    standing_still = set()
    for at, case_id, act in sorted(acts, key=lambda one: one[:2]):
        case = db.session.get_one(Complaint, case_id, populate_existing=True)
        with stopped_at(min(at, now() - _NOT_LATER)):
            if act["do"] in _OF_OFFICE and not _has_pages(case):
                standing_still.add(case_id)  # nobody draws here: the story ends at the letter
            if case_id not in standing_still:
                _ACTS[act["do"]](case, act.get("text", ""), officers)


def _found(items: tuple[CheckItem, ...]) -> dict[str, CheckInput]:
    """Everything met; who has no copy of an identity at hand showed it to the officer."""
    seen = {"F6": CheckInput(Verdict.SEEN)}
    return {item.id: seen.get(item.id, CheckInput(Verdict.MET)) for item in items if item.needs_verdict}


Act = Callable[[Complaint, str, dict[Role, Actor]], Any]
_INTAKE, _HEAD, _EXAMINER = Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE, Role.EXAMINER
_OFFICE = Role.OFFICE_OFFICER


def _speaker(case: Complaint, officers: dict[Role, Actor]) -> Actor:
    is_examined = case.officer_id == officers[_EXAMINER].user_id
    return officers[_EXAMINER] if is_examined else officers[_INTAKE]


def _reply(case: Complaint, text: str) -> None:
    """The reporter reads before answering."""
    followed = followed_complaint(case.id)
    if followed is not None:
        commands.note_messages_read(case.id, followed.unread)
    commands.write_to_office(case, text, form_key="")


def _request(case: Complaint, text: str, who: dict[Role, Actor]) -> None:
    """The examiner writes the request, the head approves and issues it; its pages are made later."""
    number = case.registration_number or case.ticket
    answers = {"summary": text, "questions": _QUESTIONS, "copies": ""}
    letter = documents.write_draft(
        FIRST_REQUEST,
        commands.folder_of(case),
        subject=f"Permintaan penjelasan atas laporan {number}",
        answers=answers,
        actor=who[_EXAMINER],
    )
    documents.issue(letter, version=letter.version, actor=who[_HEAD])


def _letter(case: Complaint) -> Document:
    """Return the latest request to the office."""
    found = select(Document).where(Document.folder == case.files_id, Document.kind == FIRST_REQUEST)
    return db.session.scalars(found.order_by(Document.id.desc()).execution_options(**_ANEW)).one()


def _has_pages(case: Complaint) -> bool:
    """Draw and sign the letter now if the render server is there: an office opens only what has pages."""
    letter, settings = _letter(case), current_app.extensions["settings"]
    if letter.state is DocumentState.BEING_MADE and is_there(settings.run_dir, "render"):
        claimed = claim(letter.job_uuid)
        if claimed is not None:
            perform(current_app._get_current_object(), claimed)  # type: ignore[attr-defined]
    return _letter(case).state is DocumentState.ISSUED


def _receive(case: Complaint, _text: str, who: dict[Role, Actor]) -> None:
    commands.open_request(_letter(case).id, actor=who[_OFFICE])


def _explain(case: Complaint, text: str, who: dict[Role, Actor]) -> None:
    commands.answer_request(_letter(case).id, OfficeAnswer(text), actor=who[_OFFICE])


_ANEW = {"populate_existing": True}
_OF_OFFICE = frozenset({"receive", "explain"})
_QUESTIONS = "Sejak kapan berkas klaim dinyatakan lengkap?\nMengapa belum ada keputusan tertulis?"
_ACTS: dict[str, Act] = {
    "examine": lambda case, text, who: commands.examine_documents(
        case, text, version=case.version, actor=who[_EXAMINER]
    ),
    "request": _request,
    "receive": _receive,
    "explain": _explain,
    "begin": lambda case, _text, who: commands.begin_verification(
        case, version=case.version, actor=who[_INTAKE]
    ),
    "pass_formal": lambda case, _text, who: commands.finish_formal_verification(
        case, _found(FORMAL_ITEMS), version=case.version, actor=who[_INTAKE]
    ),
    "pass_material": lambda case, _text, who: commands.put_to_plenary(
        case, _found(MATERIAL_ITEMS), version=case.version, actor=who[_INTAKE]
    ),
    "accept": lambda case, text, who: commands.accept_complaint(
        case,
        DecisionInput(text, who[_EXAMINER].user_id or 0),
        version=case.version,
        actor=who[_HEAD],
    ),
    "declare": lambda case, _text, who: commands.declare_no_interest(case, actor=who[_EXAMINER]),
    "open": lambda case, text, who: commands.open_identity(case, text, actor=_speaker(case, who)),
    "ask": lambda case, text, who: commands.write_to_reporter(
        case, text, form_key="", actor=_speaker(case, who)
    ),
    "reply": lambda case, text, _who: _reply(case, text),
    "note": lambda case, text, who: commands.write_note(case, text, form_key="", actor=_speaker(case, who)),
}
