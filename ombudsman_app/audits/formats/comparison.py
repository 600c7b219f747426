"""Two versions of an instrument beside each other, in words: field by field, weights before and after."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.scoring.compare import Change, Comparison, ItemComparison, Placed
from ombudsman_app.audits.scoring.exact import half_up
from ombudsman_app.web.formats import number

from .instruments import (
    answer_type_word,
    choice_word,
    component_word,
    day_type_word,
    evidence_word,
    maladministration_word,
    other_language,
    plain_number,
    threshold_words,
    verified_word,
)
from .problems import field_word

GROUPS: dict[str, Any] = {
    "changed": _l("Changed"),
    "added": _l("Added"),
    "removed": _l("Taken out"),
    "moved": _l("Moved"),
    "renumbered": _l("Called differently"),
}
_NONE = "–"


@dataclass(frozen=True)
class ShownChange:
    """One field, before and after, in words. `language` of the texts where it is known."""

    label: str
    before: str
    after: str
    language: str = ""


@dataclass(frozen=True)
class ShownItem:
    """One question with what happened to it."""

    item: str
    name: str
    question: str
    marks: Sequence[str]  # of GROUPS
    changes: Sequence[ShownChange]
    share_before: Decimal | None  # points of the whole
    share_after: Decimal | None


@dataclass(frozen=True)
class ShownComparison:
    """All that differs."""

    whole: Sequence[ShownChange]
    dimensions: Sequence[tuple[str, str, Sequence[ShownChange]]]  # name, what happened, changes
    items: Sequence[ShownItem]
    counts: Mapping[str, int]
    kept: int
    is_same: bool


def shown_comparison(comparison: Comparison) -> ShownComparison:
    """Put it into words; what stayed is only counted."""
    whole = [one for one in comparison.whole if one.field != "version"]
    dimensions = [
        (_name(one.after or one.before), _happened(one.before, one.after), _changes(one.changes))
        for one in comparison.dimensions
        if one.changes or one.before is None or one.after is None
    ]
    items = [_item(one) for one in comparison.items if not one.is_same]
    return ShownComparison(
        whole=_changes(whole),
        dimensions=dimensions,
        items=items,
        counts={group: sum(group in one.marks for one in items) for group in GROUPS},
        kept=len(comparison.kept),
        is_same=not (whole or dimensions or items),
    )


def _item(one: ItemComparison) -> ShownItem:
    placed = one.after or one.before
    marks = [group for group in GROUPS if _is_of(one, group)]
    changes = list(_changes(one.changes))
    if one.is_moved and one.before and one.after:
        changes.insert(0, ShownChange(str(_("Dimension")), one.before.dimension, one.after.dimension))
    if one.is_renumbered and one.before and one.after:
        changes.insert(0, ShownChange(field_word("id"), one.before.indicator.id, one.after.indicator.id))
    return ShownItem(
        item=one.item,
        name=placed.indicator.id if placed else one.item,
        question=_question(placed),
        marks=marks,
        changes=changes,
        share_before=_share(one.before),
        share_after=_share(one.after),
    )


def _is_of(one: ItemComparison, group: str) -> bool:
    if group == "changed":
        return bool(one.changes)
    return bool(getattr(one, f"is_{group}"))


def _question(placed: Placed | None) -> str:
    if placed is None:
        return ""
    indicator = placed.indicator
    return indicator.question_id if other_language() == "en" else indicator.question_en


def _share(placed: Placed | None) -> Decimal | None:
    return half_up(Fraction(placed.share), 2) if placed else None


def _name(dimension: Any) -> str:
    return str(dimension.title_id if other_language() == "en" else dimension.title_en)


def _happened(before: object, after: object) -> str:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"


def _changes(changes: Sequence[Change]) -> list[ShownChange]:
    return [
        ShownChange(
            field_word(one.field),
            _text(one.field, one.before),
            _text(one.field, one.after),
            language=one.field[-2:] if one.field.endswith(("_id", "_en")) else "",
        )
        for one in changes
    ]


def _text(field: str, value: Any) -> str:
    """Say what stands in a field."""
    if value in (None, "", [], ()):
        return _NONE
    if isinstance(value, bool):
        return str(_("Yes") if value else _("No"))
    say = _WORDS.get(field) or (_steps if isinstance(value, Mapping) else None)
    if say is not None:
        return str(say(value))
    return number(value) if isinstance(value, int) else str(value)


def _steps(words: Mapping[str, str]) -> str:
    return "; ".join(f"{step}: {said}" for step, said in words.items())


def _thresholds(steps: Sequence[Mapping[str, Any]]) -> str:
    return "; ".join(f"{threshold_words(step, '')}: {plain_number(step['score'])}" for step in steps)


def _condition(condition: Mapping[str, Any]) -> str:
    return f"{condition['indicator']}: {', '.join(map(choice_word, condition['is']))}"


_WORDS: Mapping[str, Any] = {
    "answer_type": answer_type_word,
    "component": component_word,
    "evidence": lambda kinds: ", ".join(map(evidence_word, kinds)),
    "maladministration_if_fail": maladministration_word,
    "relevant_if": _condition,
    "standard_day_type": day_type_word,
    "standard_verified": verified_word,
    "thresholds": _thresholds,
    "weight": plain_number,
}
