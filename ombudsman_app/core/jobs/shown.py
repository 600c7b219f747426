"""A job as people see it: the same for a page, for the bar of progress and for the caretakers."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask_babel import format_decimal, ngettext
from flask_babel import gettext as _

from ombudsman_app.core.clock import now

from .models import LIVING, Job, JobState
from .registry import kind_of
from .words import REASONS


@dataclass(frozen=True)
class ShownJob:
    """Where a job stands, in the language of who reads."""

    uuid: str
    title: str
    state: str  # code of JobState
    word: str
    tone: str
    percent: int | None  # None: it cannot say
    step: str
    left: str  # what is left, in words; empty where nobody knows
    reason: str
    is_living: bool


_WORTH_COUNTING = 10  # fewer are steps of one thing
_TONES = {
    JobState.WAITING: "neutral",
    JobState.RUNNING: "info",
    JobState.DONE: "success",
    JobState.FAILED: "danger",
    JobState.CANCELLED: "warning",
}


def state_word(state: JobState) -> str:
    """Return the word of a state."""
    words = {
        JobState.WAITING: _("Waits"),
        JobState.RUNNING: _("Runs"),
        JobState.DONE: _("Done"),
        JobState.FAILED: _("Failed"),
        JobState.CANCELLED: _("Cancelled"),
    }
    return str(words[state])


def title_of(kind: str) -> str:
    """Return what a kind of work is called; one of another release by its name."""
    known = kind_of(kind)
    return _(known.title) if known else kind


def page_of(job: Job) -> tuple[str, Mapping[str, Any]] | None:
    """Return endpoint and values of the page where who asked for a job sees it; None: it has none."""
    known = kind_of(job.kind)
    if known is None or known.page is None:
        return None
    return known.page(job.uuid, json.loads(job.arguments))


def shown_job(job: Job) -> ShownJob:
    """Put a job into words."""
    return ShownJob(
        uuid=str(job.uuid),
        title=title_of(job.kind),
        state=job.state.value,
        word=state_word(job.state),
        tone=_TONES[job.state],
        percent=_percent(job),
        step=_(job.step) if job.step else "",
        left=_left(job),
        reason=reason_words(job.reason),
        is_living=job.state in LIVING,
    )


def reason_words(code: str) -> str:
    """Return the sentence of a reason; empty where there is none."""
    return str(_(REASONS[code])) if code in REASONS else ""


def _percent(job: Job) -> int | None:
    if job.state is JobState.DONE:
        return 100
    if job.state is not JobState.RUNNING or not job.total:
        return 0 if job.state is JobState.WAITING else None
    return min(99, job.done * 100 // job.total)


def _left(job: Job) -> str:
    """Say how many of them are done; guess the time from the pace so far, once a tenth is done."""
    if job.state is JobState.WAITING:
        return str(_("It begins as soon as somebody is free."))
    if job.state is not JobState.RUNNING or not job.total or job.started_at is None:
        return ""
    counted = str(_("%(done)s of %(total)s", done=format_decimal(job.done), total=format_decimal(job.total)))
    if job.done * 10 < job.total:
        return counted
    time = _time_left(job, job.started_at)
    return f"{counted} · {time}" if job.total >= _WORTH_COUNTING else time


def _time_left(job: Job, started_at: datetime) -> str:
    passed = (now() - started_at).total_seconds()
    seconds = int(passed * (job.total - job.done) / job.done)
    if seconds < 60:
        return str(_("Less than a minute left"))
    return str(ngettext("About %(num)d minute left", "About %(num)d minutes left", -(-seconds // 60)))
