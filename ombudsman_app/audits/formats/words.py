"""What offices say to a draft, and what was decided about it, in words."""

from typing import Any

from flask_babel import lazy_gettext as _l

from ombudsman_app.audits.states import Ruling, Stance

_STANCES: dict[str, Any] = {
    Stance.ACCEPT: _l("Accepted"),
    Stance.DISPUTE: _l("Disputed"),
    Stance.REMARK: _l("Remark"),
}
_RULINGS: dict[str, Any] = {Ruling.TAKEN_OVER: _l("Taken over"), Ruling.KEPT: _l("Score kept")}


def stance_word(stance: Stance) -> str:
    """Return what an office says to a score, in a word."""
    return str(_STANCES[stance])


def ruling_word(ruling: Ruling) -> str:
    """Return what was decided about that, in a word."""
    return str(_RULINGS[ruling])


FILTERS = {"ruling_word": ruling_word, "stance_word": stance_word}
