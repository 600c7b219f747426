"""Sheets, columns and names of the form: what is written and what is read agree here."""

import re
import unicodedata
from typing import Final

from ombudsman_app.audits.scoring.definition.shape import AnswerType

SURVEY, CHOICES, SETTINGS = "survey", "choices", "settings"
SHEETS: Final = (SURVEY, CHOICES, SETTINGS)
INDONESIAN, ENGLISH = "Bahasa Indonesia (id)", "English (en)"
LABEL_ID, LABEL_EN = f"label::{INDONESIAN}", f"label::{ENGLISH}"
HINT_ID, HINT_EN = f"hint::{INDONESIAN}", f"hint::{ENGLISH}"
TOLD_ID, TOLD_EN = f"constraint_message::{INDONESIAN}", f"constraint_message::{ENGLISH}"

ROLE: Final = "kawal_role"
DIMENSION, END, INDICATOR, PART = "dimension", "end", "indicator", "part"
ROLES: Final = (DIMENSION, END, INDICATOR, PART)

# Column of the sheet → key of the instrument, for what is written and read as it is.
DIMENSION_TEXTS: Final = {
    "name": "id",
    LABEL_ID: "title_id",
    LABEL_EN: "title_en",
    "kawal_description_id": "description_id",
    "kawal_description_en": "description_en",
    "kawal_weight": "weight",
}
INDICATOR_TEXTS: Final = {
    "name": "id",
    LABEL_ID: "question_id",
    LABEL_EN: "question_en",
    "kawal_item": "item",
    "kawal_variable": "variable",
    "kawal_component": "component",
    "kawal_weight": "weight",
    "kawal_answer_type": "answer_type",
    "kawal_legal_basis": "legal_basis",
    "kawal_maladministration": "maladministration_if_fail",
    "kawal_unit": "unit",
    "kawal_na_reason": "na_reason",
    "kawal_standard_day_type": "standard_day_type",
    "kawal_standard_verified": "standard_verified",
}
INDICATOR_NUMBERS: Final = {"kawal_respondents": "respondents", "kawal_standard_days": "standard_days"}
INDICATOR_FLAGS: Final = {"kawal_critical": "critical", "kawal_may_be_na": "may_be_na"}
EVIDENCE, THRESHOLDS = "kawal_evidence", "kawal_thresholds"
RELEVANT: Final = "relevant"
SURVEY_COLUMN_OF: Final = {  # key of the instrument → where a person mends it
    **{key: column for column, key in (DIMENSION_TEXTS | INDICATOR_TEXTS).items()},
    **{key: column for column, key in (INDICATOR_NUMBERS | INDICATOR_FLAGS).items()},
    "evidence": EVIDENCE,
    "thresholds": THRESHOLDS,
    "relevant_if": RELEVANT,
}

SURVEY_COLUMNS: Final = (
    *("type", "name", LABEL_ID, LABEL_EN, HINT_ID, HINT_EN, "required", RELEVANT, "default", "parameters"),
    *("constraint", TOLD_ID, TOLD_EN, ROLE),
    *("kawal_weight", "kawal_description_id", "kawal_description_en"),
    *(column for column in INDICATOR_TEXTS if column.startswith("kawal_") and column != "kawal_weight"),
    *(*INDICATOR_NUMBERS, *INDICATOR_FLAGS, EVIDENCE, THRESHOLDS),
)
CHOICES_COLUMNS: Final = ("list_name", "name", LABEL_ID, LABEL_EN)
SETTINGS_TEXTS: Final = {
    "form_id": "id",
    "form_title": "title_id",
    "kawal_title_en": "title_en",
    "version": "version",
    "kawal_scheme": "scheme",
    "kawal_origin": "origin",
}
SETTINGS_NUMBERS: Final = {
    "kawal_min_denominator": "min_denominator",
    "kawal_min_respondents": "min_respondents",
}
SETTINGS_COLUMN_OF: Final = {key: column for column, key in (SETTINGS_TEXTS | SETTINGS_NUMBERS).items()}
SETTINGS_COLUMNS: Final = (*SETTINGS_TEXTS, "default_language", *SETTINGS_NUMBERS)
COLUMNS: Final = {SURVEY: SURVEY_COLUMNS, CHOICES: CHOICES_COLUMNS, SETTINGS: SETTINGS_COLUMNS}

YES, NO = "yes", "no"
YES_NO_LIST, SCALE_LIST = "yes_no", "scale4"
JOINT: Final = "__"  # stands in no id, so that names that are joined by it meet no other
NA, NA_REASON, NUMERATOR, DENOMINATOR = "na", "na_reason", "numerator", "denominator"
TYPE_OF: Final = {  # of the row that carries the id; where two numbers are asked it is a heading
    AnswerType.YES_NO: f"select_one {YES_NO_LIST}",
    AnswerType.SCALE4: f"select_one {SCALE_LIST}",
    AnswerType.PERCENTAGE: "note",
    AnswerType.SURVEY_NEGATIVE: "note",
    AnswerType.MEASURE: "decimal",
    AnswerType.SKM: "decimal",
}

_STARTS = "=+-@\t\r\n\0"  # what some program takes for the start of a formula (OU6)
_QUOTED = re.compile(r"'*(.)", re.DOTALL)


def joined(name: str, part: str) -> str:
    """Return the name of a question that belongs to an indicator."""
    return f"{name}{JOINT}{part}"


def scale_of(name: str, *, has_own: bool) -> str:
    """Return the list of the five steps: of the instrument, or the indicator's own."""
    return joined(name, SCALE_LIST) if has_own else SCALE_LIST


def quoted(text: str) -> str:
    """Return a text that no program takes for a formula."""
    return f"'{text}" if _is_formula_like(text) else text


def unquoted(text: str) -> str:
    """Undo `quoted`."""
    return text[1:] if text.startswith("'") and _is_formula_like(text[1:]) else text


def _is_formula_like(text: str) -> bool:
    """Whether it begins like a formula, behind any number of quotes."""
    first = _QUOTED.match(text)
    return first is not None and unicodedata.normalize("NFKC", first[1])[:1] in tuple(_STARTS)
