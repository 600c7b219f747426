"""The course of a compliance case line by line, the stages of the ladder, and how a time was counted."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from flask_babel import gettext as _

from ombudsman_app.core.workflow.deadlines import Explanation, Unit
from ombudsman_app.employers.models import CaseClock, CaseEntry, CaseForwarding, CaseStep
from ombudsman_app.web import charts
from ombudsman_app.web.charts import Stop
from ombudsman_app.web.deadlines import ShownDeadline, shown_deadline
from ombudsman_app.web.formats import day, day_brief, rupiah

from .rules import FORWARDING, STAGES, CameBy, CaseState, LadderAct, Said, limit_after
from .words import STATES, case_recipient, case_review, clock_starts, ladder_act, service_word

if TYPE_CHECKING:
    from ombudsman_app.employers.queries.cases import CasePage, ForwardedPage

_STAGE_OF = {
    LadderAct.NOTIFICATION: CaseState.SUPERVISED,
    LadderAct.WARNING_1: CaseState.WARNED_1,
    LadderAct.WARNING_2: CaseState.WARNED_2,
    LadderAct.FINE: CaseState.FINED,
    LadderAct.TMP2T_REQUEST: CaseState.TMP2T_REQUESTED,
    LadderAct.TMP2T_APPLIED: CaseState.TMP2T_APPLIED,
}


@dataclass(frozen=True)
class CourseLine:
    """One thing that happened. `facts`: (label, value); `kind`: its mark; `step`: of an act, its row."""

    title: str
    kind: str
    at: datetime
    by: str
    body: str
    facts: list[tuple[str, str]]
    is_replaced: bool = False
    step: CaseStep | None = None


def course(page: "CasePage") -> list[CourseLine]:
    """Tell all that happened to a case, oldest first, as this house sees it."""
    lines = [*_acts(page), *(_said(one, one.said_by.name) for one in page.entries)]
    for row in page.sent:
        lines += _forwarded(row)
    return sorted(lines, key=lambda line: line.at)


def forwarded_course(page: "ForwardedPage") -> list[CourseLine]:
    """Tell what an office under watch may know of it; people of this house have no names there."""
    lines = [*_acts(page), *(_said(one, "") for one in page.entries), *_forwarded(page.forwarding)]
    return sorted(lines, key=lambda line: line.at)


def _acts(page: "CasePage | ForwardedPage") -> Iterator[CourseLine]:
    for step in page.steps:
        yield CourseLine(
            title=ladder_act(step.act),
            kind="letter",
            at=step.recorded_at,
            by=_("recorded by the branch") if step.came_by is CameBy.PORTAL else _("recorded from a letter"),
            body=step.note,
            facts=step_facts(step),
            is_replaced=step.id in page.replaced,
            step=step,
        )


def step_facts(step: CaseStep) -> list[tuple[str, str]]:
    """Return what the letter of an act says, label by label; what it does not say is left out."""
    facts = [
        (_("Number of the letter"), step.number),
        (_("Dated"), day(step.dated_on)),
        (_("Reached the employer"), day(step.delivered_on) if step.delivered_on else _("not known yet")),
        (_("Signed by"), step.signed_as),
        (_("Administrative fine"), rupiah(step.admin_fine) if step.admin_fine is not None else ""),
        (_("Late charge"), rupiah(step.late_charge) if step.late_charge is not None else ""),
        (_("Services withheld"), ", ".join(service_word(one) for one in step.services or ())),
        (_("Corrects an earlier record"), _("Yes") if step.replaces_id else ""),
    ]
    return [(label, value) for label, value in facts if value]


def _said(entry: CaseEntry, by: str) -> CourseLine:
    titles = {
        Said.VERIFIED: _("Checked by us"),
        Said.NOTE: _("Note"),
        Said.DISPUTED: _("Protest"),
        Said.REVIEWED: case_review(entry.review) if entry.review else "",
        Said.ENDED: str(STATES[entry.end]) if entry.end else "",
    }
    kinds = {Said.DISPUTED: "message_in", Said.NOTE: "note", Said.VERIFIED: "note"}
    return CourseLine(
        titles[entry.said], kinds.get(entry.said, "message_out"), entry.said_at, by, entry.text, []
    )


def _forwarded(row: CaseForwarding) -> Iterator[CourseLine]:
    to = f"{case_recipient(row.recipient)}: {row.office.short_name}"
    letter = [(_("Letter"), row.document.number)] if row.document and row.document.number else []
    if row.released_at:
        yield CourseLine(_("Forwarded"), "message_out", row.released_at, "", "", [(_("To"), to), *letter])
    if row.received_at:
        title = (
            _("Opened in the portal: receipt is proven")
            if row.received_by_id
            else _("The letter has arrived: receipt is proven")
        )
        yield CourseLine(title, "opened", row.received_at, "", "", [(_("Office"), row.office.short_name)])


def stages(page: "CasePage | ForwardedPage") -> list[Stop]:
    """Show where a case stands on the ladder; a rung that was left out says so."""
    case = page.case
    when = {_STAGE_OF[one.act]: day_brief(one.dated_on) for one in page.current if one.act in _STAGE_OF}
    when[CaseState.REPORTED] = day_brief(case.opened_on)
    stand = case.disputed_from or case.state
    reached = STAGES.index(stand) if stand in STAGES else _last_reached(when)
    labels = []
    for place, state in enumerate(STAGES):
        is_skipped = place < reached and state in _STAGE_OF.values() and state not in when
        labels.append((str(STATES[state]), _("left out") if is_skipped else when.get(state, "")))
    return charts.stops(labels, present=reached if case.is_open else len(STAGES))


def _last_reached(when: dict[CaseState, str]) -> int:
    return max(STAGES.index(state) for state in when)


@dataclass(frozen=True)
class ShownCaseClock:
    """A stored time, the rule it follows, and how it is counted."""

    rule: str
    is_setting: bool  # of the product, no law
    is_unverified: bool
    is_from_letter: bool
    time: ShownDeadline


def shown_case_clock(clock: CaseClock, counted: Explanation, today: date) -> ShownCaseClock:
    """Explain a time: adding the days gives the day that is stored."""
    limit = limit_after(clock.clock)
    unit = _("working days") if clock.unit == Unit.WORKING_DAYS else _("calendar days")
    rule = f"{clock.length} {unit} {clock_starts(clock.clock)}."
    legal = limit.legal if limit else None
    return ShownCaseClock(
        rule=f"{rule} {legal}." if legal else rule,
        is_setting=not legal,
        is_unverified=bool(legal and limit and limit.length_verified == "unverified"),
        is_from_letter=clock.is_from_letter and clock.clock != FORWARDING,
        time=shown_deadline(counted, clock.due_on, today, counted_with=clock.calendar_version),
    )
