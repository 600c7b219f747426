"""Why two rows may be one employer, or are not, in words. English msgids, no Flask."""

from enum import StrEnum
from typing import NamedTuple

from .spelling import Likeness


def N_(text: str) -> str:  # noqa: N802 - the name that extraction looks for
    """Mark a text for the catalogue; whoever shows it translates it."""
    return text


class Why(StrEnum):
    """What speaks for a pair or against it."""

    SAME_NIB = "same_nib"
    SAME_NPWP = "same_npwp"
    SAME_FIRM = "same_firm"  # the NPWP up to its branch figures
    SAME_NPP = "same_npp"
    BRANCH = "branch"
    NEAR_NIB = "near_nib"
    NEAR_NPWP = "near_npwp"
    OTHER_NIB = "other_nib"
    OTHER_NPWP = "other_npwp"
    OTHER_NPP = "other_npp"
    OTHER_NAME = "other_name"
    SAME_OWNER = "same_owner"
    SAME_NAME = "same_name"
    WRITTEN_TOGETHER = "written_together"
    PLACE_IN_NAME = "place_in_name"
    SPELLING = "spelling"
    WORD_ORDER = "word_order"
    SAME_REGENCY = "same_regency"
    REGENCY_UNKNOWN = "regency_unknown"
    OTHER_REGENCY = "other_regency"
    OTHER_FORM = "other_form"


class Reason(NamedTuple):
    """One reason; `one` and `other` are the words or legal forms that differ."""

    why: Why
    one: str = ""
    other: str = ""


REASON_WORDS: dict[Why, str] = {
    Why.SAME_NIB: N_("same NIB"),
    Why.SAME_NPWP: N_("same NPWP"),
    Why.SAME_FIRM: N_("same NPWP up to the branch figures"),
    Why.SAME_NPP: N_("same NPP"),
    Why.BRANCH: N_("branch"),
    Why.NEAR_NIB: N_("NIB differs in one figure"),
    Why.NEAR_NPWP: N_("NPWP differs in one figure"),
    Why.OTHER_NIB: N_("another NIB"),
    Why.OTHER_NPWP: N_("another NPWP"),
    Why.OTHER_NPP: N_("another NPP"),
    Why.OTHER_NAME: N_("the names have nothing in common"),
    Why.SAME_OWNER: N_("same owner, perhaps another business"),
    Why.SAME_NAME: N_("same name"),
    Why.WRITTEN_TOGETHER: N_("same name, written together"),
    Why.PLACE_IN_NAME: N_("same name with the place behind it"),
    Why.SPELLING: N_("name written differently"),
    Why.WORD_ORDER: N_("same words in another order"),
    Why.SAME_REGENCY: N_("same regency or city"),
    Why.REGENCY_UNKNOWN: N_("regency or city not known"),
    Why.OTHER_REGENCY: N_("another regency or city"),
    Why.OTHER_FORM: N_("another legal form"),
}
OF_LIKENESS = {
    Likeness.SAME: Why.SAME_NAME,
    Likeness.TOGETHER: Why.WRITTEN_TOGETHER,
    Likeness.PLACE_WORD: Why.PLACE_IN_NAME,
    Likeness.SPELLING: Why.SPELLING,
    Likeness.ORDER: Why.WORD_ORDER,
}
