"""Lists of projects in words: why a row is doubtful or refused, and two sides to compare."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.orm import joinedload, selectinload

from ombudsman_app.core.bulk import among
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor
from ombudsman_app.employers.importing.words import reason_words as employer_words
from ombudsman_app.employers.models import Project
from ombudsman_app.employers.project_words import fund_word
from ombudsman_app.employers.projects.rules import FundSource, PartyRole
from ombudsman_app.employers.scope import scope
from ombudsman_app.imports.kinds import Side
from ombudsman_app.web.formats import day, rupiah

from .columns import Row

_REASONS: dict[str, Any] = {
    "same_contract": _l("This contract is known at this agency."),
    "other_agency": _l("A contract of this number and package is known, but at another agency."),
    "number_elsewhere": _l("Another agency has a contract of this number; this is another one."),
    "differs": _l("is known otherwise; what is known stays. Correct it on the page of the project"),
    "fills": _l("was not known so far"),
    "before_start": _l("lies before the start of the works"),
    "above": _l("is above the value with VAT"),
    "before_spk": _l("lie before the SPK"),
    "currency": _l("is not in rupiah; nobody takes another currency for rupiah"),
    "fund_unknown": _l("names no budget that we know; it is not taken over"),
    "place_unknown": _l("is no regency or city of this office; it is kept as it is written"),
    "share": _l("holds a share that is none, or more than 100 percent together"),
    "too_many_firms": _l("names more than twenty firms"),
    "project_number": _l("has four to forty letters, figures, dots, strokes or dashes"),
    "change": _l("Write each change as: number; day; amended or cancelled; value; new end."),
}
_ROWS = {
    "row_twice": N_("Row %(row)s says the same of the same contract."),
    "row_contradicts": N_("Row %(row)s has the same contract number at the same agency and says otherwise."),
}


def reason_words(code: str, details: Sequence[Any]) -> str:
    """Return the sentence of a reason, empty for one that is not ours."""
    if code in _ROWS:
        return str(_(_ROWS[code], row=details[0]))
    return str(_REASONS[code]) if code in _REASONS else employer_words(code, details)


def sides(actor: Actor, ids: Sequence[int]) -> Mapping[int, Side]:
    """Return what is known of these projects, as far as this person may see them. 2 statements."""
    rows = db.session.scalars(
        scope(actor)
        .projects()
        .where(among(Project.id, ids))
        .options(joinedload(Project.owner, innerjoin=True), selectinload(Project.parties))
    )
    return {
        one.id: _side(
            one.package,
            one.contract_number,
            one.owner.name,
            one.fund_source,
            one.spk_on,
            one.current_value,
            one.current_net,
            next((party.name for party in one.parties if party.role is PartyRole.LEAD), ""),
            one.registered_on,
        )
        for one in rows
    }


def side_of_row(values: Sequence[Any]) -> Side:
    """Return what a row says, question by question as `sides`."""
    if len(values) != len(Row._fields):
        return []
    row = Row(*values)
    return _side(
        row.package,
        row.contract_number,
        row.agency,
        FundSource(row.fund_source) if row.fund_source else FundSource.UNKNOWN,
        date.fromisoformat(row.spk_on) if row.spk_on else None,
        row.value,
        row.value_net,
        row.contractor,
        date.fromisoformat(row.registered_on) if row.registered_on else None,
    )


def _side(*texts: Any) -> Side:
    labels = (
        *(_("Package"), _("Contract number"), _("Agency"), _("Who pays"), _("SPK"), _("Value with VAT")),
        *(_("Value without VAT"), _("Contractor"), _("Day of the registration")),
    )
    return [(str(label), _shown(text)) for label, text in zip(labels, texts, strict=True)]


def _shown(value: Any) -> str:
    if isinstance(value, FundSource):
        return "" if value is FundSource.UNKNOWN else fund_word(value)
    if isinstance(value, date):
        return day(value)
    return rupiah(value) if isinstance(value, int) else str(value or "")
