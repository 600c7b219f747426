"""Lists of figures in words: why a row is refused or odd, and two sides to compare."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.core.bulk import among
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor
from ombudsman_app.coverage.figure_formats import figure_value
from ombudsman_app.coverage.figure_words import FLAG_WORDS, PART_WORDS, WHY_WORDS
from ombudsman_app.coverage.models import CoverageFigure
from ombudsman_app.coverage.scope import scope
from ombudsman_app.coverage.states import Flag, Part
from ombudsman_app.imports.kinds import Side
from ombudsman_app.web.formats import day, number

from .columns import Row

_REASONS: dict[str, Any] = {
    "code": _l("is no Kemendagri code, such as 53.15 for a regency or 53 for a province"),
    "place": _l("no province, regency or city bears this code"),
    "place_missing": _l("is empty, and so is the name: whose figure is it?"),
    "old_code": _l("is from before a split; the figure is kept under the code of today"),
    "name_none": _l("no province, regency or city bears this name"),
    "total_row": _l("is a row of totals. Totals are counted here from the rows, so it is not taken"),
    "definition_missing": _l(
        "the list does not say what it counts. Add a column “Definisi”, for example with UCJ"
    ),
    "definition_other": _l("another one than the rows before. Bring it as a list of its own"),
    "definition_unknown": _l("is none of the definitions that are known here"),
    "part_unknown": _l("is none of the parts that are known here"),
    "programme": _l("is none of JKK, JKM, JHT, JP and JKP"),
    "month_end": _l("names a month; its last day is taken"),
    "people_fraction": _l(
        "is no whole number of persons. Perhaps 1.234 became a decimal number: format the column as text"
    ),
    "percent": _l("is no percentage that can be read; write it as 33,73"),
    "dot_for_comma": _l("has a decimal point; it was read as a comma"),
    "cut_decimals": _l("has many decimals, as a sheet counts them; two are kept"),
    "share_of_one": _l(
        "may be a share of one or a very small percentage. Write 33,73, or 0,34% with its sign, as text"
    ),
    "same": _l("This source says exactly this already."),
    "waits_same": _l("A proposal that says exactly this waits for a decision already."),
}
_DETAILED: dict[str, tuple[str, tuple[str, ...]]] = {
    "row_twice": (N_("Row %(row)s says the same of the same place and day."), ("row",)),
    "row_contradicts": (N_("Row %(row)s says otherwise of the same place and day."), ("row",)),
    "code_cut": (
        N_("may be %(code)s that the sheet cut. Format the column as text, or add the name of the place"),
        ("code",),
    ),
    "name_elsewhere": (N_("is another place than the code, which belongs to %(place)s"), ("place",)),
    "name_unknown": (N_("is not known here; by its code it is %(place)s"), ("place",)),
    "name_two": (N_("fits more than one place: %(places)s. Write which, or give the code"), ("places",)),
    "percent_impossible": (N_("cannot be so high. Is a comma missing, as in %(guess)s?"), ("guess",)),
    "revises": (
        N_("Takes the place of %(old)s by %(new)s once another person has released it."),
        ("old", "new"),
    ),
}
_FLAGS = {str(flag): words for flag, words in FLAG_WORDS.items()}


def reason_words(code: str, details: Sequence[Any]) -> str:
    """Return the sentence of a reason, empty for one that is not ours."""
    if code in _DETAILED:
        sentence, names = _DETAILED[code]
        said = dict(zip(names, details, strict=False))
        if code == "percent_impossible" and not said.get("guess"):
            return str(WHY_WORDS["impossible"])
        return str(_(sentence, **said))
    if code.startswith("why."):
        return str(WHY_WORDS.get(code.removeprefix("why."), ""))
    if code in (Flag.DIFFERS, Flag.ROUNDED) and details:
        return f"{_FLAGS[code]} ({details[0]})"
    if code in _REASONS:
        return str(_REASONS[code])
    return str(_FLAGS.get(code, ""))


def sides(actor: Actor, ids: Sequence[int]) -> Mapping[int, Side]:
    """Return what is known of these figures, as far as this person may see them. 1 statement."""
    rows = db.session.scalars(scope(actor).figures().where(among(CoverageFigure.id, ids)))
    return {one.id: _side(one, one.place_name, one.as_of, figure_value(one)) for one in rows}


def side_of_row(values: Sequence[Any]) -> Side:
    """Return what a row says, question by question as `sides`."""
    if len(values) != len(Row._fields):
        return []
    row = Row(*values)
    as_of = date.fromisoformat(row.as_of) if row.as_of else None
    percent = f"{row.percent.replace('.', ',')}%" if row.percent else ""
    return _side(row, row.name or row.code or "", as_of, percent)


def _side(one: CoverageFigure | Row, name: str, as_of: date | None, value: str) -> Side:
    return [
        (str(_("Place")), name),
        (str(_("Part")), str(PART_WORDS[Part(one.part or "")])),
        (str(_("As of")), day(as_of) if as_of else ""),
        (str(_("Above the line")), "" if one.numerator is None else str(number(one.numerator))),
        (str(_("Below the line")), "" if one.denominator is None else str(number(one.denominator))),
        (str(_("Value")), value),
    ]
