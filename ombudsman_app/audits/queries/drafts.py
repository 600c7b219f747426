"""A draft with what its office says to it, and what the score becomes by that: for both sides."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import Select, func, select
from sqlalchemy.orm import joinedload

from ombudsman_app.audits.models import AnswerChange, Audit, AuditResponse, AuditScore
from ombudsman_app.audits.states import AuditState, Cause, ScoreStage, Stance
from ombudsman_app.core.clock import today
from ombudsman_app.core.db import db
from ombudsman_app.web import charts

from .score_page import IndicatorLine, ScorePage, score_page

ACKNOWLEDGEMENT = "audit_acknowledgement"  # the paper that proves what the office sent


def last_said(audit_id: int, indicator: str) -> AuditResponse | None:
    """Return the last thing that the office said to an indicator. 1 statement."""
    found = select(AuditResponse).where(
        AuditResponse.audit_id == audit_id, AuditResponse.indicator == indicator
    )
    return db.session.scalar(
        found.order_by(AuditResponse.id.desc()).limit(1).execution_options(populate_existing=True)
    )


def shown_score(audit: Audit) -> AuditScore | None:
    """Return the score that the office sees: the final one once there is one. 1 statement."""
    scores = _scores(audit.id)
    return scores.get(ScoreStage.FINAL) or scores.get(ScoreStage.DRAFT)


def _scores(audit_id: int) -> dict[ScoreStage, AuditScore]:
    """Return the newest score of the draft and of the final result. 1 statement."""
    newest = (
        select(func.max(AuditScore.id))
        .where(AuditScore.audit_id == audit_id, AuditScore.stage.in_((ScoreStage.DRAFT, ScoreStage.FINAL)))
        .group_by(AuditScore.stage)
    )
    rows = db.session.scalars(select(AuditScore).where(AuditScore.id.in_(newest)))
    return {row.stage: row for row in rows}


def changed_inputs(audit_id: int) -> dict[str, Any]:
    """Return the inputs of the draft with the answers that were taken over since. 2 statements."""
    score = _scores(audit_id)[ScoreStage.DRAFT]
    changes = db.session.scalars(changes_by_office(audit_id))
    return with_changes(score.inputs, changes)


def changes_by_office(audit_id: int) -> Select[AnswerChange]:
    """Select what was changed because of what the office said, oldest first."""
    return (
        select(AnswerChange)
        .where(AnswerChange.audit_id == audit_id, AnswerChange.cause == Cause.RESPONSE)
        .order_by(AnswerChange.id)
    )


def with_changes(inputs: Mapping[str, Any], changes: Iterable[AnswerChange]) -> dict[str, Any]:
    """Return frozen inputs with changed answers in their place."""
    answers = {**inputs["answers"], **{one.indicator: dict(one.after) for one in changes}}
    return {**inputs, "answers": answers}


def waiting_indicators(audit_id: int) -> list[str]:
    """Return the indicators of which the last thing said waits for a ruling. 1 statement."""
    return sorted(one.indicator for one in _last_of(db.session.scalars(_said(audit_id))) if waits(one))


def waits(response: AuditResponse) -> bool:
    """Whether somebody must rule on it, if it is the last one: what is accepted asks for nothing."""
    return response.ruling is None and response.stance is not Stance.ACCEPT


def _last_of(responses: Iterable[AuditResponse]) -> Iterable[AuditResponse]:
    return {one.indicator: one for one in responses}.values()


def _said(audit_id: int) -> Select[AuditResponse]:
    return (
        select(AuditResponse)
        .where(AuditResponse.audit_id == audit_id)
        .order_by(AuditResponse.id)
        .execution_options(populate_existing=True)
    )


@dataclass(frozen=True)
class Difference:
    """One indicator that the final result gives another answer or score than the draft, and why."""

    before: IndicatorLine
    after: IndicatorLine
    reason: str


@dataclass(frozen=True)
class DraftPage:
    """The draft of an audit, what was said to it, and the final result where there is one."""

    audit: Audit
    draft: ScorePage
    final: ScorePage | None
    responses: Sequence[AuditResponse]  # oldest first
    today: date

    @property
    def score(self) -> ScorePage:
        """What holds: the final result once there is one."""
        return self.final or self.draft

    @property
    def is_open(self) -> bool:
        """Whether the office may still say something."""
        return self.audit.state is AuditState.DRAFT_SENT

    @property
    def days_left(self) -> int | None:
        """Calendar days to the last day, below zero when it is past; None: no time runs."""
        due = self.audit.answer_due_on
        runs = self.is_open and self.audit.answered_on is None
        return (due - self.today).days if due is not None and runs else None

    @property
    def is_overdue(self) -> bool:
        return (self.days_left or 0) < 0

    @property
    def said(self) -> dict[str, list[AuditResponse]]:
        """What the office said, by indicator, oldest first; the last one counts."""
        by_indicator: dict[str, list[AuditResponse]] = {}
        for one in self.responses:
            by_indicator.setdefault(one.indicator, []).append(one)
        return by_indicator

    @property
    def last(self) -> dict[str, AuditResponse]:
        """The last thing said, by indicator."""
        return {one.indicator: one for one in self.responses}

    @property
    def waiting(self) -> list[AuditResponse]:
        """What waits for a ruling."""
        return [one for one in self.last.values() if waits(one)]

    @property
    def differences(self) -> list[Difference]:
        """What the rulings changed between draft and final, in the order of the instrument."""
        if self.final is None:
            return []
        return differences(self.draft, self.final, self.last)

    @property
    def scale(self) -> charts.Scale:
        """Where the total lies among the bands; after the answers, with the draft beside it."""
        pointers = [("own", str(_("Your office")), self.score.total)]
        if self.final is not None:
            pointers.append(("before", str(_("Draft")), self.draft.total))
        return charts.scale(self.score.drawn_bands, pointers)

    @property
    def costs(self) -> charts.Costs:
        """What cost the most points."""
        lines = [line for line in self.score.lines if line.cost and line.score is not None]
        return charts.costs(
            [
                charts.Loss(line.id, line.question, line.cost, line.score or Decimal(0), line.is_alarm)
                for line in lines
            ]
        )

    @property
    def links(self) -> dict[str, str]:
        """Where on the page each indicator stands."""
        return {line.id: f"#{line.id}" for line in self.score.lines}


def differences(draft: ScorePage, later: ScorePage, last: Mapping[str, AuditResponse]) -> list[Difference]:
    """Compare two results line by line; the reason is that of the ruling."""
    after = later.by_id
    return [
        Difference(line, after[line.id], last[line.id].ruling_reason if line.id in last else "")
        for line in draft.lines
        if (line.answer, line.score, line.na_reason)
        != (after[line.id].answer, after[line.id].score, after[line.id].na_reason)
    ]


def draft_page(audit: Audit) -> DraftPage | None:
    """Return the page of a visible audit whose draft exists. 2 statements, whatever the data."""
    scores = _scores(audit.id)
    draft = scores.get(ScoreStage.DRAFT)
    if draft is None:
        return None
    final = scores.get(ScoreStage.FINAL)
    said = _said(audit.id).options(joinedload(AuditResponse.said_by, innerjoin=True))
    return DraftPage(
        audit=audit,
        draft=score_page(draft),
        final=score_page(final) if final else None,
        responses=db.session.scalars(said).all(),
        today=today(audit.representative_office.time_zone),
    )
