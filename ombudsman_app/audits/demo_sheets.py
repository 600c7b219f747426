"""Invented sheets of the demonstration: a whole one in one go, by the commands of whoever fills it in.

An office is told by how many of a hundred answers are the best ones; the others are the next best. What is
worse stands in `data/demo*.yaml`, answer by answer.
"""

from collections.abc import Mapping
from itertools import islice
from pathlib import Path
from typing import Any
from uuid import UUID
from zlib import crc32

from sqlalchemy import select

from ombudsman_app.attachments.commands import take_file
from ombudsman_app.attachments.owners import folder_for
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor

from .commands.evidence import EvidenceInput, add_evidence, sort_file
from .commands.sheets import AnswerInput, open_sheet, save_answer
from .models import Audit, AuditSheet, InstrumentVersion, SheetAnswer
from .owners import SHEET_FILES
from .queries.definitions import definition_of
from .scoring.definition import AnswerType, EvidenceKind, Indicator
from .scoring.evidence_kinds import word_kinds

_PICTURE = Path(__file__).parent / "data" / "demo-evidence.png"
_FILES, _CASES, _ASKED = 10, 40, 30  # looked at one by one; in the system of the office; users
_USUAL = {  # the best, the next best
    AnswerType.YES_NO: ("yes", "yes"),
    AnswerType.SCALE4: ("4", "3"),
    AnswerType.SKM: ("91.25", "84.5"),
}
_NOTES = {
    "interview_note": "DEMO. Wawancara dengan petugas loket A dan B.",
    "observation_note": "DEMO. Terlihat pada kunjungan, hari pertama, jam ramai.",
    "url": "https://bpjstk.example/demo/standar-pelayanan",
    "file_sample": "DEMO. Uji petik berkas A sampai J dari bulan sebelumnya.",
}


def fill(audit: Audit, told: Mapping[str, Any], *, actor: Actor) -> None:
    """Fill in the sheet as `told`: `best` of a hundred, `answers` that differ, `first`: only so many."""
    sheet = open_sheet(audit, actor=actor)
    folder = folder_for(actor, SHEET_FILES, sheet.id, is_public=False)
    if folder is None:
        raise LookupError(SHEET_FILES)
    with _PICTURE.open("rb") as picture:
        file = take_file(folder, "contoh-demo.png", _PICTURE.stat().st_size, picture)
    _write(sheet.id, file, told, actor=actor)


@command
def _write(sheet_id: int, file: UUID, told: Mapping[str, Any], *, actor: Actor) -> None:
    """Answer one indicator after the other, each with its evidence."""
    audit = (
        select(Audit.office_id, Audit.instrument_version_id).join(AuditSheet).where(AuditSheet.id == sheet_id)
    )
    office_id, version_id = db.session.execute(audit).one()
    definition = definition_of(db.session.get_one(InstrumentVersion, version_id))
    rows = db.session.scalars(select(SheetAnswer).where(SheetAnswer.sheet_id == sheet_id))
    places = {row.indicator: row for row in rows}
    for name, indicator in islice(definition.by_id.items(), told.get("first")):
        place, other = places[name], told.get("answers", {}).get(name)
        luck = crc32(f"{office_id} {indicator.item}".encode()) % 100
        given = _given(other) if other else _usual(indicator, is_best=luck < told["best"])
        save_answer(place, given, version=None, key="", actor=actor)
        if words := word_kinds(indicator):
            kind = words[0].value
            add_evidence(place, EvidenceInput(kind, _NOTES[kind], f"demo-{name}"), actor=actor)
        else:
            sort_file(place, file, actor=actor)


def _given(told: Mapping[str, Any]) -> AnswerInput:
    """Return an answer of the file: a value, two numbers, or why it does not apply; with a note."""
    value, numerator, denominator = (
        str(told[name]) if name in told else None for name in ("value", "numerator", "denominator")
    )
    return AnswerInput(value, numerator, denominator, told.get("na"), told.get("note", ""))


def _usual(indicator: Indicator, *, is_best: bool) -> AnswerInput:
    """Return the best answer, or the next one: none of them proposes a finding."""
    match indicator.answer_type:
        case AnswerType.SURVEY_NEGATIVE:
            return _counted(0 if is_best or indicator.critical else 3, _ASKED)
        case AnswerType.PERCENTAGE:
            of = _FILES if EvidenceKind.FILE_SAMPLE in indicator.evidence else _CASES
            return _counted(of if is_best else of * 4 // 5, of, promised_days=indicator.standard_days)
        case AnswerType.MEASURE:
            step = indicator.thresholds[0 if is_best else 1]
            return AnswerInput(value=str(step.min if step.max is None else step.max))
        case kind:
            return AnswerInput(value=_USUAL[kind][0 if is_best else 1])


def _counted(numerator: int, denominator: int, promised_days: int | None = None) -> AnswerInput:
    return AnswerInput(numerator=str(numerator), denominator=str(denominator), promised_days=promised_days)
