"""How imports look in words."""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.web.export import About, Column
from ombudsman_app.web.formats import number

from .commands import RejectedRows
from .kinds import Reason, kind_of
from .models import ImportRun
from .states import Decision, RunState, Verdict

STATES: dict[RunState, Any] = {
    RunState.UPLOADED: _l("Columns to be named"),
    RunState.MAPPED: _l("Dry run"),
    RunState.MATCHING: _l("Names are compared"),
    RunState.CHECKED: _l("Ready to apply"),
    RunState.APPLYING: _l("Is being applied"),
    RunState.APPLIED: _l("In the register"),
    RunState.UNDOING: _l("Is being taken back"),
    RunState.UNDONE: _l("Taken back"),
    RunState.CANCELLED: _l("Given up"),
    RunState.REFUSED: _l("Cannot be read"),
}
TONES = {
    RunState.UPLOADED: "info",
    RunState.MAPPED: "info",
    RunState.MATCHING: "info",
    RunState.CHECKED: "warning",
    RunState.APPLYING: "info",
    RunState.APPLIED: "success",
    RunState.UNDOING: "info",
    RunState.UNDONE: "neutral",
    RunState.CANCELLED: "neutral",
    RunState.REFUSED: "danger",
}
VERDICTS: dict[Verdict, Any] = {
    Verdict.NEW: _l("New"),
    Verdict.CHANGE: _l("Adds to what is known"),
    Verdict.UNCHANGED: _l("Known already"),
    Verdict.DOUBTFUL: _l("To be decided"),
    Verdict.REJECTED: _l("Not taken"),
}
VERDICT_TONES = {
    Verdict.NEW: "success",
    Verdict.CHANGE: "info",
    Verdict.UNCHANGED: "neutral",
    Verdict.DOUBTFUL: "warning",
    Verdict.REJECTED: "danger",
}
DECISIONS: dict[Decision, Any] = {
    Decision.SAME: _l("The same"),
    Decision.NEW: _l("A new one"),
    Decision.LEAVE_OUT: _l("Left out"),
}
WHY_REFUSED: dict[str, Any] = {
    "empty": _l("The file is empty."),
    "unknown_type": _l("This is no sheet. Save the list as XLSX, ODS or CSV and send that."),
    "unknown_encoding": _l(
        "The letters of this text cannot be told. Save it as CSV UTF-8 and send it again."
    ),
    "office": _l("The file holds macros, or has an old format. Save it as XLSX without macros."),
    "encrypted": _l("The file has a password. Take the password off and send it again."),
    "damaged": _l("The file is damaged. Open it, save it anew and send it again."),
    "bomb": _l("The file would unfold to far more than a list holds. It was not opened."),
    "too_complex": _l("The file is more than this house can read. Keep only the sheet with the list."),
    "too_many_rows": _l("The file has more than 200,000 rows. Split it into several."),
    "too_many_columns": _l("The sheet has more than 200 columns. Delete those that are not needed."),
    "changed": _l("The stored file is not the one that was looked at. Nothing was applied. Send it again."),
}
DELIMITERS = {";": _l("semicolon"), ",": _l("comma"), "\t": _l("tab sign"), "|": _l("bar")}
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "utf-16-le": "UTF-16",
    "utf-16-be": "UTF-16",
    "cp1252": "Windows-1252",
}
_WORDS: dict[str, Any] = {
    "missing": _l("is empty, but is needed"),
    "too_long": _l("is longer than may be"),
    "number": _l("is no whole number"),
    "negative": _l("is below zero"),
    "too_large": _l("is larger than may be"),
    "day": _l("is no day that can be read; write it like 2026-03-31 or 31-03-2026"),
    "day_future": _l("lies in the future"),
    "word": _l("is none of the words that are known here"),
    "said_before": _l("An earlier import of this office said exactly this."),
    "left_out_before": _l("Somebody left this row out in an earlier import."),
}


def reason_sentences(kind_id: str, reasons: Iterable[Reason]) -> list[str]:
    """Return the reasons of a row in words."""
    kind = kind_of(kind_id)
    labels = {column.name: str(column.label) for column in kind.columns}
    found = []
    for column, code, *details in reasons:
        words = kind.reason_words(code, details) or str(_WORDS.get(code, code))
        found.append(f"{labels[column]}: {words}" if column in labels else words)
    return found


def row_title(run_kind: str, values: Sequence[Any] | None, cells: Sequence[Any] | None) -> str:
    """Return what names a row: the columns of its kind that do so, else its first cells."""
    if values is not None:
        kind = kind_of(run_kind)
        named = (values[kind.names.index(name)] for name in kind.shown if len(values) == len(kind.names))
        return " · ".join(cell_text(value) for value in named if value not in (None, ""))
    return " · ".join(cell_text(cell) for cell in list(cells or ())[:4] if cell != "")


def cell_text(cell: Any) -> str:
    """Return a cell as the sheet shows it."""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float) and cell.is_integer() and abs(cell) < 1e15:
        return str(int(cell))
    return "" if cell is None else str(cell)


def counted(counts: Mapping[str, int]) -> list[tuple[Verdict, int]]:
    """Return the verdicts with their numbers, those that want something first."""
    order = (Verdict.DOUBTFUL, Verdict.REJECTED, Verdict.NEW, Verdict.CHANGE, Verdict.UNCHANGED)
    return [(one, counts.get(str(one), 0)) for one in order]


def column_letter(place: int) -> str:
    """Return the name of a column as programs show it: A, B … AA."""
    letters, left = "", place + 1
    while left:
        left, rest = divmod(left - 1, 26)
        letters = chr(ord("A") + rest) + letters
    return letters


def rejected_columns(heads: Sequence[str]) -> list[Column]:
    """Return the columns of the sheet of what was not taken: theirs, and the reasons."""
    row = Column(str(_("Row")), "text", 8, str(_("The number of the row in the file that was sent.")))
    theirs = [
        Column(head or column_letter(place), "text", 22, str(_("As it stood in the file that was sent.")))
        for place, head in enumerate(heads)
    ]
    why = Column(str(_("Why it was not taken")), "text", 60, str(_("Mend the row and send the list again.")))
    return [row, *theirs, why]


def rejected_rows(kind_id: str, found: RejectedRows) -> Iterator[list[str]]:
    """Yield the rows of that sheet."""
    width = len(found.heads)
    for row, cells, reasons in found.rows:
        texts = [cell_text(cell) for cell in cells[:width]]
        why = reason_sentences(kind_id, json.loads(reasons or "[]"))
        yield [
            str(row),
            *texts,
            *[""] * (width - len(texts)),
            "; ".join(why) or str(_("Left out by a person.")),
        ]


def rejected_about(run: ImportRun, *, asker: str, as_of: datetime, zone: str) -> About:
    """Return what that sheet says of itself."""
    return About(
        title=str(_("Rows that were not taken")),
        mark=str(_("For %(name)s. Holds personal data: do not pass it on.", name=asker)),
        as_of=as_of,
        zone=zone,
        lines=[
            (str(_("File")), run.file_name),
            (str(_("Source")), run.source.name),
            (str(_("SHA-256 of the file")), run.sha256),
        ],
    )


def size_words(size: int) -> str:
    """Return a size in bytes for people."""
    return f"{number(max(1, size // 1024))} KiB"


FILTERS = {
    "import_state": lambda state: STATES[RunState(state)],
    "import_tone": lambda state: TONES[RunState(state)],
    "import_verdict": lambda verdict: VERDICTS[Verdict(verdict)],
    "import_verdict_tone": lambda verdict: VERDICT_TONES[Verdict(verdict)],
    "import_decision": lambda decision: DECISIONS[Decision(decision)],
    "import_refused": lambda why: WHY_REFUSED.get(why, WHY_REFUSED["damaged"]),
    "import_kind": lambda kind: kind_of(kind).title,
    "import_reasons": lambda row, kind: reason_sentences(kind, row.reasons),
    "import_row": lambda row, kind: row_title(kind, row.values, row.cells),
    "import_delimiter": lambda sign: DELIMITERS.get(sign, sign),
    "import_encoding": lambda name: ENCODINGS.get(name, name),
    "import_size": size_words,
    "cell_text": cell_text,
    "column_letter": column_letter,
}
