"""What happened in words, for the inbox and for what leaves the house."""

import json
from datetime import date

from flask_babel import gettext as _

from ombudsman_app.web.formats import day

from .kinds import kind_of


def sentence(kind: str, facts: str) -> str:
    """Say what happened; of a kind of another release only that something did."""
    known = kind_of(kind)
    if known is None:
        return str(_("There is something new."))
    given = {**known.absent, **json.loads(facts)}
    told = {
        name: known.shown[name](str(value)) if name in known.shown else _fact(value)
        for name, value in given.items()
    }
    return str(_(known.sentence, **told))


def _fact(value: str | int) -> str:
    """Show a number as it is, a day as days look."""
    if isinstance(value, int):
        return str(value)
    try:
        return day(date.fromisoformat(value))
    except ValueError:
        return value
