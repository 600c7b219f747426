"""What the papers of complaints and of information show, from the record as it stands. No identity in here.

A paper names the ticket; who the reporter is stays sealed, and stands on no paper (ADR 15). Of a confidential
report not even the respondent is named: whoever finds the paper at home learns nothing.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from flask import current_app
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.accounts.formats import role_word
from ombudsman_app.accounts.models import User
from ombudsman_app.core.clock import now
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.core.policy import Role
from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.directory import queries as directory
from ombudsman_app.directory.models import Office
from ombudsman_app.documents.fingerprints import files_of_reporter, files_until, text_print
from ombudsman_app.documents.kinds import document_kind
from ombudsman_app.documents.models import Document

from .formats import shown_checks
from .formats.history import step_title
from .forms.choices import ITEM_WORDS, SUBSTANCES
from .models import ClarificationAnswer, Complaint, ComplaintStep, InformationTip, opened_text
from .queries import checks_of
from .states import (
    FIRST_REQUEST,
    FORMAL_ITEMS,
    MATERIAL_ITEMS,
    REQUESTS,
    RULES,
    ComplaintState,
    Outcome,
    clock,
)

_OUTCOMES = {row.id: row.id_label for row in RULES.outcomes}
_GROUNDS = {row.id: row for row in RULES.refusal_grounds}


def case_by_folder(folder: UUID) -> Complaint | None:
    """Return the case of a folder with its offices and clocks. 2 statements."""
    return db.session.scalar(
        select(Complaint)
        .where(Complaint.files_id == folder)
        .options(
            joinedload(Complaint.office, innerjoin=True),
            joinedload(Complaint.representative_office, innerjoin=True),
            joinedload(Complaint.officer),
            selectinload(Complaint.clocks),
        )
        .execution_options(populate_existing=True)
    )


def tip_by_folder(folder: UUID) -> InformationTip | None:
    """Return the information of a folder with its offices. 1 statement."""
    return db.session.scalar(
        select(InformationTip)
        .where(InformationTip.files_id == folder)
        .options(joinedload(InformationTip.office), joinedload(InformationTip.representative_office))
    )


def _case(document: Document) -> Complaint:
    found = case_by_folder(document.folder)
    if found is None:
        raise NotVisible
    return found


def _head(case: Complaint) -> dict[str, Any]:
    return {
        "ticket": case.ticket,
        "registration_number": case.registration_number or "",
        "received_on": case.received_on,
        "respondent": case.office.name if case.confidentiality == "open" else None,
    }


def receipt(document: Document) -> Mapping[str, Any]:
    """The receipt of a complaint: hashes of what was told and of every file, and what comes next."""
    case = _case(document)
    first = next((one for one in case.clocks if one.clock == clock("reply_on_completeness").id), None)
    return {
        **_head(case),
        **_fingerprints(case.narrative, document.folder),
        "received_at": case.received_at,
        "substance": str(SUBSTANCES.get(case.substance, case.substance)),
        "confidentiality": str(
            _("The office complained about may know it")
            if case.confidentiality == "open"
            else _("Kept secret from the office complained about")
        ),
        "due_on": first.due_on if first else None,
        "due_words": str(_("We tell you whether your complaint is complete")) if first else "",
    }


def tip_receipt(document: Document) -> Mapping[str, Any]:
    """The receipt of information without identity."""
    tip = tip_by_folder(document.folder)
    if tip is None:
        raise NotVisible
    return {
        **_fingerprints(str(tip.opened().get("narrative", "")), document.folder),
        "ticket": tip.ticket,
        "received_at": tip.received_at,
        "respondent": None,
        "substance": str(SUBSTANCES.get(tip.substance, tip.substance)),
    }


def _fingerprints(narrative: str, folder: UUID) -> dict[str, Any]:
    """Return SHA-256 of the words as they were typed (UTF-8) and of the files as they came."""
    return {
        "statement_sha256": text_print(narrative),
        "statement_characters": len(narrative),
        "as_of_at": now(),
        "files": files_of_reporter(folder),
    }


def answer_acknowledgement(document: Document) -> Mapping[str, Any]:
    """What an office sent in the portal as its explanation, when, and how late. Nothing of the case."""
    row = db.session.execute(
        select(ClarificationAnswer, Office.name, User.name, Document.number)
        .join(Complaint, Complaint.id == ClarificationAnswer.complaint_id)
        .join(Office, Office.id == ClarificationAnswer.office_id)
        .join(Document, Document.id == ClarificationAnswer.request_id)
        .outerjoin(User, User.id == ClarificationAnswer.filed_by_id)
        .where(
            ClarificationAnswer.id == int(document.answers["answer"]),
            Complaint.files_id == document.folder,
        )
    ).one()
    answer, office, name, number = row
    text = opened_text(ClarificationAnswer, answer.uuid, answer.sealed)
    return {
        "office": office,
        "sent_by": name or f"{answer.signed_by}, {answer.signed_as}",
        "request": number,
        "reference": answer.reference,
        "received_at": answer.filed_at,
        "due_on": answer.due_on,
        "days_late": answer.days_late,
        "pieces": [{"label": str(_("Explanation")), "characters": len(text), "sha256": text_print(text)}],
        "files": files_until(answer.files_id, answer.filed_at),
    }


def completion_request(document: Document) -> Mapping[str, Any]:
    """What is missing, by when, and how one sends it (UU 37/2008 Pasal 25)."""
    case, limit = _case(document), clock("complete_the_report")
    settings: Settings = current_app.extensions["settings"]
    chosen = set(document.answers.get("items", []))
    length, unit = limit.span
    return {
        **_head(case),
        "missing": [
            {"id": item.id, "label": str(ITEM_WORDS[item.id]), "legal": _readable(item.legal), "words": ""}
            for item in FORMAL_ITEMS
            if item.id in chosen
        ],
        "words": document.answers.get("words", ""),
        "length": length,
        "unit": str(_("working days") if unit is Unit.WORKING_DAYS else _("days")),
        "legal": limit.legal or "",
        "unverified": limit.verified is Mark.UNVERIFIED,
        "follow_address": f"{settings.public_url}/lacak",
    }


def _readable(legal: str) -> str:
    """Return a source as a reader of the letter understands it: the rules note in English what is history."""
    return legal.replace("(historic)", str(_("(earlier rule)")))


def _by_rule(document: Document) -> dict[str, Any]:
    """Return the article that this kind of letter rests on, and whether nobody has compared it yet."""
    rule = document_kind(document.kind).rule
    return {"legal": rule.legal or "", "unverified": rule.verified is Mark.UNVERIFIED}


def _copies(document: Document, *always: str) -> tuple[str, ...]:
    """Return who gets the letter as well: those that the kind names, then those that the officer wrote."""
    typed = (line.strip() for line in str(document.answers.get("copies") or "").splitlines())
    return tuple(dict.fromkeys((*always, *(line for line in typed if line))))


def refusal_notice(document: Document) -> Mapping[str, Any]:
    """Why the report is refused, and what one can do."""
    ground = _GROUNDS[document.answers["ground"]]
    letter = f" huruf {ground.letter}" if ground.letter else ""
    legal = f"UU 37/2008 Pasal 36 ayat (1){letter}" if ground.letter else "UU 37/2008 Pasal 24 ayat (3)"
    return {
        **_head(_case(document)),
        "ground": {
            "label": ground.id_label,
            "legal": legal,
            "unverified": bool(letter) and RULES.refusal_src.letters_verified is Mark.UNVERIFIED,
        },
        "words": document.answers.get("words", ""),
        "advice": document.answers.get("advice", ""),
        "copies": _copies(document),
    }


def not_competent_notice(document: Document) -> Mapping[str, Any]:
    """Why the Ombudsman may not go on, and which agency can help (UU 37/2008 Pasal 27 ayat (2))."""
    agency, words = document.answers.get("agency", ""), document.answers.get("advice", "")
    return {
        **_head(_case(document)),
        "words": document.answers.get("words", ""),
        "advice": [{"agency": agency, "words": words}] if agency or words else [],
        "copies": _copies(document),
        **_by_rule(document),
    }


def transfer_notice(document: Document) -> Mapping[str, Any]:
    """To which office the report went; its number stays."""
    to_office = directory.representative_by_id(int(document.answers["to_office"]))
    if to_office is None:
        raise NotVisible
    contacts = [word for word in (to_office.email,) if word]
    return {
        **_head(_case(document)),
        "to_office": {"name": to_office.name, "address": to_office.address or "", "contacts": contacts},
        "words": document.answers.get("words", ""),
        "copies": _copies(document, _("Head of %(office)s", office=to_office.name)),
        **_by_rule(document),
    }


def clarification_request_first(document: Document) -> Mapping[str, Any]:
    """What the respondent is asked: the summary that was released, the questions, by when (Pasal 33).

    Nothing of the report itself stands in it, and of a confidential one not even the day it came (PD3).
    """
    case, limit = _case(document), clock(REQUESTS[document.kind].clock)
    said = document.answers
    length, unit = limit.span
    return {
        "registration_number": case.registration_number or case.ticket,
        "received_on": case.received_on if case.confidentiality == "open" else None,
        "is_confidential": case.confidentiality != "open",
        "addressee": {"name": case.office.name, "address": case.office.address or ""},
        "summary": said.get("summary", ""),
        "questions": [line.strip() for line in str(said.get("questions", "")).splitlines() if line.strip()],
        "length": length,
        "unit": str(_("working days") if unit is Unit.WORKING_DAYS else _("calendar days")),
        "legal": limit.legal or "",
        "unverified": Mark.UNVERIFIED in (limit.verified, limit.length_verified),
        "copies": _copies(document),
        "first": None,
    }


def clarification_request_second(document: Document) -> Mapping[str, Any]:
    """The same, with the number and day of the letter that was not answered."""
    first = db.session.execute(
        select(Document.number, Document.issued_on)
        .where(
            Document.folder == document.folder,
            Document.kind == FIRST_REQUEST,
            Document.number.is_not(None),
        )
        .order_by(Document.id.desc())
        .limit(1)
    ).one_or_none()
    told = {"number": first.number, "issued_on": first.issued_on} if first else None
    return {**clarification_request_first(document), "first": told}


_DECISIONS = {
    "accept": lambda: _("The report is accepted for examination."),
    "refuse": lambda: _("The report is refused."),
    "declare_not_competent": lambda: _("The Ombudsman is not competent to continue."),
    "transfer": lambda: _("The report goes to another office of the Ombudsman."),
}


def plenary_minutes(document: Document) -> Mapping[str, Any]:
    """Who met, what both checks found, what was considered and decided."""
    case, said = _case(document), document.answers
    checks = checks_of(case.id)
    return {
        **_head(case),
        "held_on": said.get("held_on") or case.received_on,
        "place_words": case.representative_office.name,
        "participants": participants(str(said.get("participants", ""))),
        "formal": _judged(FORMAL_ITEMS, checks),
        "material": _judged(MATERIAL_ITEMS, checks),
        "considerations": said.get("considerations", ""),
        "decision": str(_DECISIONS[said["decision"]]()),
        "examiner": case.officer.name if said["decision"] == "accept" and case.officer else None,
    }


def _judged(items: Any, checks: Any) -> list[dict[str, str]]:
    return [
        {"id": item.id, "label": one.label, "verdict": one.verdict, "reason": one.reason}
        for item in items
        if item.id in checks
        for one in shown_checks((item,), checks)
    ]


def participants(typed: str) -> list[dict[str, str]]:
    """Read one person a line, name and role parted by a dash or comma."""
    found = []
    for line in typed.splitlines():
        plain = line.replace("\u2013", "-")
        name, _mark, role = plain.partition(" - " if " - " in plain else ",")
        if name.strip():
            found.append({"name": name.strip(), "role": role.strip()})
    return found


def closing_notice(document: Document) -> Mapping[str, Any]:
    """How the report ended and why."""
    case = _case(document)
    return {
        **_head(case),
        "outcome": _OUTCOMES[case.outcome or Outcome.WITHDRAWN_BY_REPORTER],
        "words": document.answers.get("words", ""),
        "advice": document.answers.get("advice", ""),
    }


def closing_minutes(document: Document) -> Mapping[str, Any]:
    """The way of the report, day by day, and how it ended."""
    case = _case(document)
    steps = db.session.execute(
        select(ComplaintStep, User.name)
        .outerjoin(User, User.id == ComplaintStep.officer_id)
        .where(ComplaintStep.complaint_id == case.id, ComplaintStep.from_state != ComplaintStep.to_state)
        .order_by(ComplaintStep.id)
    ).all()
    was_examined = any(step.to_state is ComplaintState.ASSIGNED for step, _officer in steps)
    role = Role.EXAMINER if was_examined else Role.PVL_ASSISTANT
    return {
        **_head(case),
        "closed_on": case.closed_on,
        "steps": [
            {"happened_on": _day(case, step), "words": step_title(step.move, step.to_state, officer or "")}
            for step, officer in steps
        ],
        "outcome": _OUTCOMES[case.outcome or Outcome.WITHDRAWN_BY_REPORTER],
        "words": document.answers.get("words", "") or document.answers.get("considerations", ""),
        "officers": [{"name": case.officer.name, "role": role_word(role)}] if case.officer else [],
    }


def _day(case: Complaint, step: ComplaintStep) -> date:
    return step.at.astimezone(ZoneInfo(case.representative_office.time_zone)).date()
