"""Lists of employers in words: why a row is doubtful, and two sides to compare."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload

from ombudsman_app.core.bulk import among
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor
from ombudsman_app.directory.models import Region
from ombudsman_app.employers.formats import SCALES, shown_tax_number, span_words
from ombudsman_app.employers.identifier_words import DOUBT_WORDS, refused_words
from ombudsman_app.employers.identifiers import (
    Doubt,
    Identifier,
    IdentifierRefused,
    Refusal,
    is_of_person,
    masked,
)
from ombudsman_app.employers.matching.reasons import REASON_WORDS, Why
from ombudsman_app.employers.models import Employer
from ombudsman_app.employers.scope import scope
from ombudsman_app.employers.states import Scale
from ombudsman_app.imports.kinds import Side
from ombudsman_app.web.formats import number

from .alike import CODE
from .columns import Row

_REASONS: dict[str, Any] = {
    "same_nib": _l("The NIB is known."),
    "same_npwp": _l("The NPWP is known."),
    "same_npp": _l("The NPP and the name are known, but only a NIB or NPWP decides without a person."),
    "new_word": _l("What the list says of its workers is new."),
    "fills": _l("was not known so far"),
    "other_name": _l("is written otherwise in the register; it stays as it is there"),
    "same_name": _l("The name is known, but no number says that it is the same employer."),
    "same_name_other_number": _l("The name is known, but with another NIB or NPWP."),
    "branch": _l("The NPWP or NIB is known, but of another place of work: it may be a branch of one firm."),
    "nib_of_several": _l("Several employers have this NIB: they may be branches of one firm."),
    "other_npwp": _l("The NIB is known, but with another NPWP."),
    "other_nib": _l("The NPWP is known, but with another NIB."),
    "npp_other": _l("The NPP is known, but with another name or division."),
    "division": _l("has up to three figures"),
    "sector_unknown": _l("no division of KBLI has this code; it is not taken over"),
    "region_unknown": _l("is no regency or city of this office"),
    "region_two": _l("is the name of a regency and of a city: write Kabupaten or Kota before it"),
    "breach": _l("holds a word that is no kind of non-compliance"),
}
_ROWS = {
    "row_twice": N_("Row %(row)s says the same of the same employer."),
    "row_contradicts": N_("Row %(row)s says something else of the same employer for the same day."),
    "other_day_of_row": N_("It is the employer of row %(row)s, for another day."),
    "same_name_row": N_("Row %(row)s has the same name and place, and neither has a number."),
}


def reason_words(code: str, details: Sequence[Any]) -> str:
    """Return the sentence of a reason, empty for one that is not ours."""
    if code == "identifier":
        refused = IdentifierRefused(Identifier(details[0]), Refusal(details[1]))
        return " ".join(str(_(words)) for words in refused_words(refused))
    if code.startswith("doubt."):
        return str(_(DOUBT_WORDS[Doubt(code.removeprefix("doubt."))]))
    if code.startswith(CODE):
        return _capital(str(_(REASON_WORDS[Why(code.removeprefix(CODE))])))
    if code in _ROWS:
        return str(_(_ROWS[code], row=details[0]))
    return str(_REASONS.get(code, ""))


def _capital(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."


def sides(actor: Actor, ids: Sequence[int]) -> Mapping[int, Side]:
    """Return what is known of these employers, as far as this person may see them. 1 statement."""
    rows = db.session.scalars(
        scope(actor).employers().where(among(Employer.id, ids)).options(joinedload(Employer.region))
    )
    return {
        row.id: _side(
            row.name,
            row.region.name if row.region else "",
            row.address,
            row.nib,
            shown_tax_number(row),
            row.nitku,
            "".join((row.npp or "", row.npp_division or "")),
            row.sector,
            row.scale,
            "" if row.workers is None else number(row.workers),
            "" if row.registered is None else number(row.registered),
        )
        for row in rows
    }


def side_of_row(values: Sequence[Any]) -> Side:
    """Return what a row says, question by question as `sides`. ≤ 1 statement."""
    if len(values) != len(Row._fields):
        return []
    row = Row(*values)
    region = db.session.get(Region, row.region) if row.region else None
    tax = row.npwp or ""
    return _side(
        row.name,
        region.name if region else "",
        row.address,
        row.nib,
        masked(Identifier.NIK, tax) if tax and is_of_person(tax) else tax,
        row.nitku[16:] if row.nitku else "",
        "".join((row.npp or "", row.division or "")),
        row.sector,
        Scale(row.scale) if row.scale else None,
        span_words(*(row.workers or (None, None))),
        span_words(*(row.registered or (None, None))),
    )


def _side(*texts: Any) -> Side:
    labels = (
        *(_("Name"), _("Place"), _("Address"), _("NIB"), _("NPWP"), _("NITKU"), _("NPP"), _("Sector")),
        *(_("Size"), _("Workers"), _("Registered")),
    )
    shown = [str(SCALES[text]) if isinstance(text, Scale) else str(text or "") for text in texts]
    return [(str(label), text) for label, text in zip(labels, shown, strict=True)]
