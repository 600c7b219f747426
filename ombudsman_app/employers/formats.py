"""How employers look in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.web import charts
from ombudsman_app.web.formats import number

from . import estimate_shown, estimate_words
from .compliance.words import FILTERS as CASE_FILTERS
from .identifiers import Identifier, masked
from .models import Employer
from .project_words import FILTERS as PROJECT_FILTERS
from .queries import GapSum, PlaceChoice, RegisterFilter, RegisterRow, said_filter
from .sectors import SECTIONS
from .states import Breach, BreachEnd, EmployerKind, Programme, Scale, SourceKind
from .tax_numbers import tax_number_of

NOT_KNOWN = "none"  # in the address and in pictures: it has no place or sector
BREACHES: dict[Breach, Any] = {
    Breach.PWBD: _l("Not registered at all (PWBD)"),
    Breach.PDS_WORKERS: _l("Some workers left out (PDS-TK)"),
    Breach.PDS_WAGE: _l("Wages reported too low (PDS-upah)"),
    Breach.PDS_PROGRAM: _l("Programmes missing (PDS-program)"),
    Breach.ARREARS: _l("Contributions not paid (arrears)"),
    Breach.PROJECT_UNREGISTERED: _l("Project not registered"),
}
SHORT_BREACHES: dict[Breach, Any] = {
    Breach.PWBD: _l("PWBD"),
    Breach.PDS_WORKERS: _l("PDS-TK"),
    Breach.PDS_WAGE: _l("PDS-upah"),
    Breach.PDS_PROGRAM: _l("PDS-program"),
    Breach.ARREARS: _l("Arrears"),
    Breach.PROJECT_UNREGISTERED: _l("Project"),
}
ENDS: dict[BreachEnd, Any] = {
    BreachEnd.COMPLIED: _l("The employer complies now"),
    BreachEnd.NOT_PROVEN: _l("It could not be proven"),
    BreachEnd.CLOSED: _l("It was closed for another reason"),
}
SCALES: dict[Scale, Any] = {
    Scale.LARGE: _l("Large business"),
    Scale.MEDIUM: _l("Medium business"),
    Scale.SMALL: _l("Small business"),
    Scale.MICRO: _l("Micro business"),
}
KINDS: dict[EmployerKind, Any] = {
    EmployerKind.COMPANY: _l("Company"),
    EmployerKind.PERSON: _l("A person who employs others"),
    EmployerKind.SOCIAL: _l("Foundation, association or cooperative"),
    EmployerKind.PUBLIC_BODY: _l("Public body"),
}
SOURCES: dict[SourceKind, Any] = {
    SourceKind.BPJS: _l("BPJS Ketenagakerjaan"),
    SourceKind.LICENSING: _l("Licensing office (DPMPTSP, OSS)"),
    SourceKind.LABOUR_OFFICE: _l("Labour office"),
    SourceKind.LOCAL_GOVERNMENT: _l("Local government"),
    SourceKind.PROCUREMENT: _l("Procurement"),
    SourceKind.VISIT: _l("Seen by our officer"),
    SourceKind.EMPLOYER: _l("The employer"),
    SourceKind.WORKER: _l("Somebody who works there"),
    SourceKind.PRESS: _l("The press"),
    SourceKind.OTHER: _l("Another source"),
}
PROGRAMMES: dict[Programme, Any] = {
    Programme.JKK: _l("Work accident (JKK)"),
    Programme.JKM: _l("Death (JKM)"),
    Programme.JHT: _l("Old age (JHT)"),
    Programme.JP: _l("Pension (JP)"),
    Programme.JKP: _l("Loss of work (JKP)"),
}


def section_word(letter: str | None) -> str:
    """Return the name of a section of KBLI in the language of the page; empty for none."""
    found = SECTIONS.get(letter or "")
    if found is None:
        return ""
    return found.id_label if str(get_locale()) == "id" else found.label


def gap_words(low: int, high: int) -> str:
    """Return how many workers are left out: "30", or "20–45" where the sources differ."""
    return number(high) if low == high else f"{number(low)}–{number(high)}"


def gap_number(row: RegisterRow) -> str:
    """Return the gap of a line of the register."""
    return gap_words(row.gap_low, row.gap_high)


def side_by_side(rows: list[Employer]) -> list[tuple[str, list[str]]]:
    """Return what is known of several rows, question by question."""
    return [
        (str(label), [str(tell(row) or "") for row in rows])
        for label, tell in (
            (_("Name"), lambda row: row.name),
            (_("Place"), lambda row: row.region.name if row.region else ""),
            (_("Address"), lambda row: row.address),
            (_("NIB"), lambda row: row.nib),
            (_("NPWP"), shown_tax_number),
            (_("NITKU"), lambda row: row.nitku),
            (_("NPP"), lambda row: row.npp),
            (_("Sector"), lambda row: section_word(row.section)),
            (_("Size"), lambda row: SCALES[row.scale] if row.scale else ""),
            (_("Workers"), lambda row: "" if row.workers is None else number(row.workers)),
            (_("Registered"), lambda row: "" if row.registered is None else number(row.registered)),
        )
    ]


def span_words(low: int | None, high: int | None) -> str:
    """Return a count as it was said; empty where nothing was."""
    return "" if low is None or high is None else gap_words(low, high)


def gap_sentence(employer: Employer) -> str:
    """Say the gap in one sentence."""
    if employer.workers is None and employer.registered is None:
        return str(_("Nobody has counted the workers yet."))
    if employer.workers is None or employer.registered is None:
        return str(_("One of the two counts is missing, so the gap is not known."))
    if not employer.gap_high:
        return str(_("By what the sources say, nobody is left out."))
    words = gap_words(employer.gap_low, employer.gap_high)
    return str(
        ngettext(
            "%(words)s worker is left out.", "%(words)s workers are left out.", employer.gap_high, words=words
        )
    )


def shown_tax_number(employer: Employer) -> str:
    """Return the number as it may be seen: of a human being with most digits hidden (PD4); empty for none."""
    digits = tax_number_of(employer)
    if not digits:
        return ""
    return digits if employer.npwp_sealed is None else masked(Identifier.NPWP, digits)


def register_boxes(chosen: RegisterFilter, places: list[PlaceChoice]) -> list[dict[str, Any]]:
    """Return the boxes of the filter above the register."""
    has_provinces = len({place.province for place in places}) > 1
    named = [(str(p.id), f"{p.name}, {p.province}" if has_provinces else p.name) for p in places]
    sections = [(letter, section_word(letter)) for letter in SECTIONS]
    unknown, said = (NOT_KNOWN, str(_("Not known"))), said_filter(chosen)
    return [
        _box("place", _("Place"), [*named, unknown], said.get("place", "")),
        _box("sector", _("Sector"), [*sections, unknown], said.get("sector", "")),
        _box("scale", _("Size"), SCALES.items(), chosen.scale or ""),
        _box("breach", _("Does not comply"), BREACHES.items(), chosen.breach or ""),
    ]


@dataclass(frozen=True)
class GapPicture:
    """The bars, and what each is called."""

    stacks: charts.Stacks
    words: dict[str, str]


def gap_picture(sums: Sequence[GapSum], names: Mapping[str, str]) -> GapPicture:
    """Draw who is left out for sure and who perhaps; names of what is not known are given here."""
    parts = [(one.key or NOT_KNOWN, (0, one.high - one.low, 0, 0, one.low)) for one in sums]
    columns = ["", str(_("Perhaps left out: the sources differ")), "", "", str(_("Left out by every source"))]
    words = {key: name for key, name in names.items() if key}
    words |= {NOT_KNOWN: str(_("Not known")), "": str(_("All others"))}
    return GapPicture(charts.stacks(parts, columns, most=12), words)


def _box(name: str, label: str, options: Any, chosen: str) -> dict[str, Any]:
    every = [("", _("All")), *((str(value), str(words)) for value, words in options)]
    return {"name": name, "label": label, "options": every, "chosen": str(chosen)}


FILTERS = {
    **PROJECT_FILTERS,
    **CASE_FILTERS,
    "breach": lambda breach: BREACHES[Breach(breach)],
    "breach_short": lambda breach: SHORT_BREACHES[Breach(breach)],
    "breach_end": lambda end: ENDS[BreachEnd(end)],
    "business_scale": lambda scale: SCALES[Scale(scale)],
    "employer_kind": lambda kind: KINDS[EmployerKind(kind)],
    "employer_source": lambda kind: SOURCES[SourceKind(kind)],
    "kbli_section": section_word,
    "programme": lambda programme: PROGRAMMES[Programme(programme)],
    "gap_number": gap_number,
    "gap_sentence": gap_sentence,
    "side_by_side": side_by_side,
    "span": span_words,
    "tax_number": shown_tax_number,
    **estimate_words.FILTERS,
    **estimate_shown.FILTERS,
}
