"""People in words: what a reporter told about the own person, and how much an officer has to do."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from flask_babel import ngettext

from ombudsman_app.complaints.forms.choices import MARITAL_STATUSES
from ombudsman_app.web.formats import day

IDENTITY_WORDS: dict[str, Any] = {
    "full_name": _l("Full name"),
    "birth_place": _l("Place of birth"),
    "birth_date": _l("Date of birth"),
    "marital_status": _l("Marital status"),
    "occupation": _l("Occupation"),
    "address": _l("Full address"),
    "phone": _l("Phone or WhatsApp number"),
    "email": _l("E-mail address"),
}


def shown_identity(told: Mapping[str, str]) -> list[tuple[str, str]]:
    """Return (question, answer) for everything that was told, in the order of the form."""
    return [(str(label), _answer(name, told[name])) for name, label in IDENTITY_WORDS.items() if name in told]


def _answer(name: str, value: str) -> str:
    if name == "marital_status":
        return str(MARITAL_STATUSES.get(value, value))
    if name == "birth_date":
        return day(date.fromisoformat(value))
    return value


def open_cases(number: int) -> str:
    """Say how many cases somebody has."""
    return str(ngettext("%(num)d open case", "%(num)d open cases", number))
