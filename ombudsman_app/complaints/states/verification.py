"""What is checked before a complaint is examined (`complaints.yaml`), and what lets it go on.

Formal items that are mandatory must be met, seen or excepted (design.md §12). Material items must all be
judged; what a missing one means is for the plenary decision (UU 37/2008 Pasal 36).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from .file import RULES
from .flow import ComplaintState


class Verdict(StrEnum):
    """What was found for one item."""

    MET = "met"
    SEEN = "seen"  # the officer saw the original; only for the copy of an identity (F6)
    MISSING = "missing"
    EXCEPTED = "excepted"  # set aside, with a reason


@dataclass(frozen=True)
class CheckItem:
    """One F or M item. `needs_verdict`: the case does not go on before it is judged well enough."""

    id: str
    label: str  # Indonesian, as in the rules
    legal: str
    needs_verdict: bool
    may_be_missing: bool  # and the case goes on all the same
    reasons_missing: bool  # why it is missing must be said
    verdicts: tuple[Verdict, ...]


_SEEN_BY_OFFICER = "F6"
_USUAL = (Verdict.MET, Verdict.MISSING, Verdict.EXCEPTED)

FORMAL_ITEMS = tuple(
    CheckItem(
        id=row.id,
        label=row.id_label,
        legal=row.legal,
        needs_verdict=row.mandatory is True,
        may_be_missing=row.mandatory is False,  # a conditional one is asked for where it applies (F11)
        reasons_missing=False,
        verdicts=(Verdict.MET, Verdict.SEEN, *_USUAL[1:]) if row.id == _SEEN_BY_OFFICER else _USUAL,
    )
    for row in RULES.formal_requirements
)
MATERIAL_ITEMS = tuple(
    CheckItem(
        id=row.id,
        label=row.id_label,
        legal=row.legal,
        needs_verdict=True,
        may_be_missing=True,
        reasons_missing=True,
        verdicts=_USUAL,
    )
    for row in RULES.material_requirements
)
ITEMS_OF = {
    ComplaintState.FORMAL_VERIFICATION: FORMAL_ITEMS,
    ComplaintState.MATERIAL_VERIFICATION: MATERIAL_ITEMS,
}


def needs_reason(item: CheckItem, verdict: Verdict) -> bool:
    """An exception is reasoned; so is a missing material item, on which the plenary meeting decides."""
    return verdict is Verdict.EXCEPTED or (verdict is Verdict.MISSING and item.reasons_missing)


def open_items(items: tuple[CheckItem, ...], verdicts: Mapping[str, Verdict]) -> list[str]:
    """Return the ids of the items that keep the case from going on, in the order of the rules."""
    return [item.id for item in items if not _is_settled(item, verdicts.get(item.id))]


def _is_settled(item: CheckItem, verdict: Verdict | None) -> bool:
    if verdict is None:
        return not item.needs_verdict
    return verdict is not Verdict.MISSING or item.may_be_missing
