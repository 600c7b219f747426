"""Two rows: the same employer, to be looked at by a person, or neither; with the reasons.

`same` only on an equal NIB, or an equal NPWP, and nothing that speaks for a branch or against the number
(design.md §12 Matching). All that rests on names is for a person. Comparing is symmetric.
"""

from enum import StrEnum
from typing import NamedTuple

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio, token_set_ratio

from ombudsman_app.employers.identifiers import is_of_person

from .party import FIRM, Party
from .places import is_elsewhere
from .reasons import OF_LIKENESS, Reason, Why
from .spelling import Likeness, likeness
from .thresholds import (
    COMMON_WORDS,
    LETTERS_OF_A_SLIP,
    NAMES_IN_COMMON,
    OTHER_FORM,
    OWNER_NAMES,
    PLACE_UNKNOWN,
    SPELLING,
)

SURE = 100
_ON_A_NUMBER = 90  # a number speaks for it and something against
_PUBLIC_FORMS = frozenset({"PD", "PERUM", "PERUMDA", "PERSERODA"})  # changed into each other by law
_SOCIAL_FORMS = frozenset({"KOPERASI", "YAYASAN", "BUMDES"})  # never a firm


class Decision(StrEnum):
    """What is proposed. NONE is never written out."""

    SAME = "same"
    REVIEW = "review"
    NONE = "none"


class Verdict(NamedTuple):
    """`score` is 0 to 100 and orders proposals; it is no probability."""

    decision: Decision
    score: int
    reasons: tuple[Reason, ...]


def compare(one: Party, other: Party) -> Verdict:
    """Say whether two rows may be one employer. 1 to 10 µs."""
    shared = _shared_numbers(one, other)
    if shared:
        return _by_number(one, other, shared)
    return _by_name(one, other)


def _shared_numbers(one: Party, other: Party) -> list[Reason]:
    shared = []
    if one.nib and one.nib == other.nib:
        shared.append(Reason(Why.SAME_NIB))
    if one.npwp and one.npwp == other.npwp:
        shared.append(Reason(Why.SAME_NPWP))
    elif one.firm and one.firm == other.firm:
        shared.append(Reason(Why.SAME_FIRM))
    if one.npp and one.npp == other.npp:
        shared.append(Reason(Why.SAME_NPP))
    return shared


def _by_number(one: Party, other: Party, shared: list[Reason]) -> Verdict:
    against = _contradictions(one, other)
    if _is_branch(one, other):
        against.insert(0, Reason(Why.BRANCH))
    alike = max(token_set_ratio(one.key, other.key), ratio(one.letters, other.letters))
    if one.key and other.key and alike < NAMES_IN_COMMON:
        against.append(Reason(Why.OTHER_NAME))
    if _is_one_owner(one, shared) and (not one.key or not other.key or alike < OWNER_NAMES):
        against.append(Reason(Why.SAME_OWNER))
    context = [*_name_reason(one, other), _place_reason(one, other)]
    is_hard = any(reason.why in (Why.SAME_NIB, Why.SAME_NPWP) for reason in shared)
    if is_hard and not against:
        return Verdict(Decision.SAME, SURE, (*shared, *context))
    score = min(99, max(0, _ON_A_NUMBER + len(shared) * 3 - len(against) * 4 + round(alike / 50)))
    return Verdict(Decision.REVIEW, score, (*shared, *against, *context))


def _contradictions(one: Party, other: Party) -> list[Reason]:
    against = []
    if one.nib and other.nib and one.nib != other.nib:
        against.append(Reason(Why.NEAR_NIB if _is_near(one.nib, other.nib) else Why.OTHER_NIB))
    if _is_other_tax_number(one, other):
        near = _is_near(one.npwp or "", other.npwp or "")
        against.append(Reason(Why.NEAR_NPWP if near else Why.OTHER_NPWP))
    return against


def _is_other_tax_number(one: Party, other: Party) -> bool:
    """Firm and owner may stand for one another: only two of one kind contradict each other."""
    if not one.npwp or not other.npwp or is_of_person(one.npwp) != is_of_person(other.npwp):
        return False
    return one.npwp[:FIRM] != other.npwp[:FIRM] if one.firm else one.npwp != other.npwp


def _is_near(one: str, other: str) -> bool:
    """One figure is wrong, or two neighbours are swapped."""
    return len(one) == len(other) and OSA.distance(one, other, score_cutoff=1) <= 1


def _is_branch(one: Party, other: Party) -> bool:
    """The rows are places of work of one firm, not one place."""
    if one.branch != other.branch or is_elsewhere(one.place, other.place):
        return True
    if one.firm and one.firm == other.firm and one.npwp != other.npwp:
        return True
    pairs = ((one.nitku, other.nitku), (one.npp, other.npp), (one.division, other.division))
    return any(ours and theirs and ours != theirs for ours, theirs in pairs)


def _is_one_owner(one: Party, shared: list[Reason]) -> bool:
    return is_of_person(one.npwp) and all(reason.why is Why.SAME_NPWP for reason in shared)


def _by_name(one: Party, other: Party) -> Verdict:
    against = _contradictions(one, other)
    if any(reason.why in (Why.OTHER_NIB, Why.OTHER_NPWP) for reason in against):
        return Verdict(Decision.NONE, 0, tuple(against))
    form = _form_reason(one, other)
    found = likeness(one, other)
    if found is None or (form and (form.why, found[0]) != (Why.OTHER_FORM, Likeness.SAME)):
        return Verdict(Decision.NONE, 0, (*against, *([form] if form else [])))
    kind, _slips = found
    reasons = [*_name_reason(one, other), _place_reason(one, other), *against]
    if form:
        reasons.append(form)
    if one.npp and other.npp and one.npp != other.npp:
        reasons.append(Reason(Why.OTHER_NPP))
    if is_elsewhere(one.place, other.place):
        return _elsewhere(one, other, kind, reasons)
    is_place_known = bool(one.place.name and other.place.name)
    if not is_place_known and (form or not _is_telling(one, other, kind)):
        return Verdict(Decision.NONE, 0, tuple(reasons))
    score = _score(one, other) - (0 if is_place_known else PLACE_UNKNOWN) - (OTHER_FORM if form else 0)
    score -= 0 if kind is Likeness.SAME else SPELLING
    if one.branch != other.branch:
        reasons.insert(0, Reason(Why.BRANCH))
    return Verdict(Decision.REVIEW, max(0, score), tuple(reasons))


def _elsewhere(one: Party, other: Party, kind: Likeness, reasons: list[Reason]) -> Verdict:
    """The same name in another regency is another firm, unless one row says that it is a branch."""
    is_one_firm = bool(one.branch or other.branch) and kind in (Likeness.SAME, Likeness.TOGETHER)
    if is_one_firm and one.legal_form == other.legal_form == "PT":
        return Verdict(Decision.REVIEW, _score(one, other) - OTHER_FORM, (Reason(Why.BRANCH), *reasons))
    return Verdict(Decision.NONE, 0, tuple(reasons))


def _is_telling(one: Party, other: Party, kind: Likeness) -> bool:
    """Return whether a name alone, without a place, is worth a look.

    Names of a PT are given once in the country (PP 43/2011, unverified); those of a CV or UD are not.
    """
    words = one.key.split()
    if kind not in (Likeness.SAME, Likeness.TOGETHER):
        return len(words) > 2
    if one.legal_form == other.legal_form == "PT" and len(words) > 1:
        return True
    return any(word not in COMMON_WORDS and len(word) >= LETTERS_OF_A_SLIP for word in words)


def _form_reason(one: Party, other: Party) -> Reason | None:
    """Return that the legal forms differ; with other words where one of them is no firm at all."""
    forms = {one.legal_form, other.legal_form}
    if len(forms) == 1 or None in forms or forms <= _PUBLIC_FORMS:
        return None
    why = Why.OTHER_NAME if forms & _SOCIAL_FORMS else Why.OTHER_FORM
    return Reason(why, *sorted((one.legal_form or "", other.legal_form or "")))


def _name_reason(one: Party, other: Party) -> list[Reason]:
    found = likeness(one, other)
    if found is None:
        return []
    kind, slips = found
    why = OF_LIKENESS[kind]
    return [Reason(why, *sorted(slip)) for slip in slips] or [Reason(why)]


def _place_reason(one: Party, other: Party) -> Reason:
    if not one.place.name or not other.place.name:
        return Reason(Why.REGENCY_UNKNOWN)
    return Reason(Why.OTHER_REGENCY if is_elsewhere(one.place, other.place) else Why.SAME_REGENCY)


def _score(one: Party, other: Party) -> int:
    """Return how alike the names are; where the blanks stand does not count."""
    by_words = (token_set_ratio(one.key, other.key) + ratio(one.key, other.key)) / 2
    return round(max(by_words, ratio(one.letters, other.letters)))
