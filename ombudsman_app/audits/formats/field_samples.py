"""What was looked at one by one, in words, with the arithmetic of what it suggests."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ombudsman_app.audits.models import SheetSample
from ombudsman_app.audits.scoring.claims import SOME_LEFT_OUT, TOO_FEW, UNVERIFIED
from ombudsman_app.audits.scoring.exact import decimal_of, plain
from ombudsman_app.audits.scoring.suggestion import Suggestion
from ombudsman_app.audits.states import SampleKind
from ombudsman_app.web.formats import day_short, number

TITLES: dict[SampleKind, Any] = {
    SampleKind.CLAIM_FILE: _l("Claim files one by one"),
    SampleKind.TIMING: _l("Waiting times"),
    SampleKind.COUNTER: _l("Counter by counter"),
    SampleKind.OFFICER: _l("Officers who were asked"),
    SampleKind.USER: _l("Users who were asked"),
}
_WARNINGS: dict[str, Any] = {
    TOO_FEW: _l("Fewer than the instrument wants: marked as a small sample."),
    UNVERIFIED: _l("Counted against a time limit that is not verified."),
    SOME_LEFT_OUT: _l("Files that are not decided or not complete are left out."),
}
_MINUTE = 60


def _n(value: Any) -> str:
    found = decimal_of(value)
    return number(found) if found is not None else str(value)


_SENTENCES: dict[str, Callable[[Mapping[str, Any]], str]] = {
    "claims_in_time": lambda v: _(
        "%(part)s of %(whole)s files were decided in time.", part=_n(v["in_time"]), whole=_n(v["counted"])
    ),
    "no_claims": lambda _v: _("No file of the sample can be counted yet."),
    "median": lambda v: _(
        "The median of %(count)s readings is %(minutes)s minutes.", count=_n(v["n"]), minutes=_n(v["minutes"])
    ),
    "mean": lambda v: _(
        "The mean of %(count)s readings is %(minutes)s minutes.", count=_n(v["n"]), minutes=_n(v["minutes"])
    ),
    "lowest_counter": lambda v: _(
        "Of %(count)s counters, “%(name)s” is the lowest: what a user can meet at the worst of them counts.",
        count=_n(v["n"]),
        name=v["counter"],
    ),
    "all_counters_na": lambda _v: _("It does not apply at any counter."),
    "mean_of_officers": lambda v: _(
        "The mean of %(count)s officers is %(mean)s; it is rounded down.",
        count=_n(v["n"]),
        mean=_n(v["mean"]),
    ),
    "users_experienced": lambda v: _(
        "%(part)s of %(whole)s people experienced it.", part=_n(v["experienced"]), whole=_n(v["n"])
    ),
}


def suggestion_sentence(found: Suggestion) -> str:
    """Say how a suggestion came about."""
    return str(_SENTENCES[found.code](found.values))


def suggestion_warnings(found: Suggestion) -> list[str]:
    """Say what to mind about it."""
    return [str(_WARNINGS[one]) for one in found.warnings if one in _WARNINGS]


def suggested_fields(found: Suggestion, *, has_choices: bool, decimal_comma: bool) -> list[tuple[str, str]]:
    """Return the fields of an answer as they are sent when a suggestion is taken over."""
    answer = found.answer
    if answer is None:
        return []
    if answer.denominator is not None:
        return [("numerator", str(answer.numerator)), ("denominator", str(answer.denominator))]
    value = answer.value
    text = value if isinstance(value, str) else plain(value) if value is not None else ""
    if has_choices:
        return [("choice", text)]
    return [("value", text.replace(".", ",") if decimal_comma else text)]


def sample_words(sample: SheetSample) -> str:
    """Say what was found at one thing."""
    content = sample.content
    match sample.kind:
        case SampleKind.TIMING:
            minutes, seconds = divmod(int(content["seconds"]), _MINUTE)
            return str(_("%(minutes)s min %(seconds)s s", minutes=number(minutes), seconds=number(seconds)))
        case SampleKind.CLAIM_FILE:
            days = [content.get(name) for name in ("received_on", "complete_on", "decided_on")]
            told = " → ".join(day_short(date.fromisoformat(one)) if one else "–" for one in days)
            return f"{content['mark']}: {told}"
        case SampleKind.USER:
            return str(_("Yes") if content["experienced"] else _("No"))
        case _:
            return {"yes": str(_("Yes")), "no": str(_("No"))}.get(content["value"], str(content["value"]))


def samples_number(count: int) -> str:
    """Say how many there are."""
    return str(ngettext("%(num)d entry", "%(num)d entries", count))


FILTERS = {
    "sample_words": sample_words,
    "samples_number": samples_number,
    "suggestion_sentence": suggestion_sentence,
    "suggestion_warnings": suggestion_warnings,
}
