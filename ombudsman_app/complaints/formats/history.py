"""The history of a case in words, for the office and for the reporter."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import ngettext

from ombudsman_app.complaints.models import Notice
from ombudsman_app.complaints.queries import AnswerLine, EmployerLine, HistoryLine, Kind
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.documents.formats import document_label, document_state
from ombudsman_app.web.formats import day

from .words import public_word, state_label

_STEPS: dict[str, Callable[[HistoryLine], Any]] = {
    "register": lambda _line: _("Report received"),
    "begin_formal_verification": lambda line: _(
        "Registered, formal verification begun by %(name)s", name=line.officer or _("an officer")
    ),
    "begin_material_verification": lambda _line: _("Found complete, material verification begun"),
    "put_to_plenary": lambda _line: _("Put to the meeting that decides"),
    "accept": lambda line: _(
        "Accepted for examination, given to %(name)s", name=line.officer or _("an examiner")
    ),
    "reassign": lambda line: _("Given to %(name)s", name=line.officer or _("an examiner")),
    "take_over": lambda line: _("Taken over by %(name)s", name=line.officer or _("an officer")),
    "ask_for_completion": lambda _line: _("Asked by letter to complete the report"),
    "complete": lambda _line: _("What was missing has come"),
    "deem_withdrawn": lambda _line: _("Counts as withdrawn: nothing came in time"),
    "withdraw": lambda _line: _("Withdrawn by the reporter"),
    "refuse": lambda _line: _("Refused"),
    "declare_not_competent": lambda _line: _("The Ombudsman is not competent"),
    "transfer": lambda _line: _("Given to another office of the Ombudsman"),
    "examine_documents": lambda _line: _("Examination of the documents begun"),
    "ask_for_clarification": lambda _line: _("The respondent was asked for an explanation"),
    "ask_again": lambda _line: _("The respondent was asked a second time: no answer came in time"),
    "review_case": lambda _line: _("Put to case review"),
    "examine_again": lambda _line: _("Back to the documents: more evidence is needed"),
    "hear_reporter": lambda _line: _("The reporter was told the interim result"),
    "issue_report": lambda _line: _("The report of the examination was issued"),
    "monitor_report": lambda _line: _("The corrective actions are watched"),
    "close_without_finding": lambda _line: _("Closed: no maladministration was found"),
    "discontinue": lambda _line: _("Closed: the examination was discontinued"),
    "close_as_corrected": lambda _line: _("Closed: the corrective actions were done"),
    "hand_to_resolution": lambda _line: _("Given to resolution: not all was done in time"),
    "close_as_resolved": lambda _line: _("Solved by the respondent, confirmed by the reporter"),
    "ask_for_pause": lambda _line: _("Asked to let a clock stand still"),
    "release_pause": lambda _line: _("A clock stands still from this day"),
    "refuse_pause": lambda _line: _("The clock does not stand still"),
    "end_pause": lambda _line: _("The pause of a clock was ended"),
    "ask_for_time": lambda _line: _("The respondent asks for more time"),
    "grant_time": lambda _line: _("More time was granted"),
    "refuse_time": lambda _line: _("More time was refused"),
    "declare_interest": lambda line: _(
        "%(name)s declared an interest and left the case", name=line.author or _("An officer")
    ),
}
_NOTICES: dict[Notice, Callable[[], Any]] = {
    Notice.FILE_COMPLETE: lambda: _(
        "Your report is complete. We now check whether the Ombudsman may examine it, and tell you here."
    ),
    Notice.LETTER: lambda: _("There is a letter for you on this page."),
}


@dataclass(frozen=True)
class ShownLine:
    """One line, ready for the timeline or the conversation; `kind` as the component calls it."""

    kind: str
    title: str
    at: datetime
    author: str
    text: str
    read_at: datetime | None = None
    is_own: bool = False  # of the side that reads


@dataclass(frozen=True)
class Folded:
    """What stands open on the page, and what came before it and is folded away."""

    earlier: list[ShownLine]
    latest: list[ShownLine]

    @property
    def number(self) -> int:
        return len(self.earlier) + len(self.latest)


def folded(lines: list[ShownLine], keep: int) -> Folded:
    """Leave the last `keep` lines open; one line alone is not worth folding."""
    cut = len(lines) - keep if len(lines) > keep + 1 else 0
    return Folded(lines[:cut], lines[cut:])


def shown_history(lines: list[HistoryLine]) -> list[ShownLine]:
    """Put the whole history into words for the office."""
    return [
        ShownLine(
            kind=_LOOKS[line.kind],
            title=_title(line),
            at=line.at,
            author=line.author or (_("System") if line.kind is Kind.LETTER else _("Reporter")),
            text="" if line.kind in _TALK else line.text,  # what was written stands in the conversation
            read_at=line.read_at,
        )
        for line in lines
    ]


def shown_conversation(lines: list[HistoryLine], *, for_reporter: bool) -> list[ShownLine]:
    """Return the messages alone. The reporter reads no name of an officer (`domain/privacy.md` §4)."""
    own = Kind.FROM_REPORTER if for_reporter else Kind.FROM_OFFICE
    names: dict[Kind, Any] = {Kind.FROM_REPORTER: _("You"), Kind.FROM_OFFICE: _("Ombudsman")}
    return [
        ShownLine(
            kind="notice" if line.notice else "",
            title="",
            at=line.at,
            author=str(names[line.kind]) if for_reporter else line.author or _("Reporter"),
            text=_text(line),
            read_at=line.read_at,
            is_own=line.kind is own,
        )
        for line in lines
        if line.kind in _TALK
    ]


def public_steps(lines: list[HistoryLine]) -> list[tuple[str, datetime]]:
    """Return the steps that led somewhere, in the words of the reporter."""
    return [
        (public_word(line.state), line.at)
        for line in lines
        if line.kind is Kind.STEP and line.has_moved and line.state is not None
    ]


_TALK = (Kind.FROM_REPORTER, Kind.FROM_OFFICE)
_LOOKS = {
    Kind.STEP: "step",
    Kind.FROM_REPORTER: "message_in",
    Kind.FROM_OFFICE: "message_out",
    Kind.NOTE: "note",
    Kind.OPENED: "opened",
    Kind.LETTER: "letter",
    Kind.ANSWER: "letter",
    Kind.EMPLOYER: "note",
}
_TITLES: dict[Kind, Callable[[], Any]] = {
    Kind.FROM_REPORTER: lambda: _("Message from the reporter"),
    Kind.FROM_OFFICE: lambda: _("Message to the reporter"),
    Kind.NOTE: lambda: _("Note"),
    Kind.OPENED: lambda: _("Identity opened"),
}


def answer_title(answer: AnswerLine) -> str:
    """Say who answered and when; what came late is late for ever."""
    told = {"office": answer.office, "day": day(answer.received_on)}
    if answer.days_late:
        return str(
            ngettext(
                "Answer of %(office)s, received on %(day)s, %(num)d day late",
                "Answer of %(office)s, received on %(day)s, %(num)d days late",
                answer.days_late,
                **told,
            )
        )
    return str(_("Answer of %(office)s, received on %(day)s", **told))


def employer_title(employer: EmployerLine) -> str:
    """Say which employer was linked, and whether that was taken back."""
    if employer.has_ended:
        return str(_("Linked to the employer %(name)s; taken back later", name=employer.name))
    return str(_("Linked to the employer %(name)s", name=employer.name))


def step_title(move: str, state: ComplaintState, officer: str) -> str:
    """Say what a step was, outside of the page: for minutes."""
    at = datetime.min.replace(tzinfo=UTC)
    line = HistoryLine(0, kind=Kind.STEP, at=at, author=None, move=move, state=state, officer=officer or None)
    return _title(line)


def _title(line: HistoryLine) -> str:
    if line.letter is not None:
        label, state = document_label(line.letter.kind), document_state(line.letter.state)
        return f"{label} {line.letter.number}".strip() + f" · {state}"
    if line.answer is not None:
        return answer_title(line.answer)
    if line.employer is not None:
        return employer_title(line.employer)
    if line.kind in _TITLES:
        return str(_TITLES[line.kind]())
    if line.move in _STEPS:
        return str(_STEPS[line.move](line))
    return state_label(line.state) if line.state else ""


def _text(line: HistoryLine) -> str:
    return str(_NOTICES[line.notice]()) if line.notice else line.text
