"""The boxes by which the register is asked, and the picture of how late offices are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.findings.queries import BANDS, LATE_UP_TO, OfficeLateness, RegisterFilter
from ombudsman_app.findings.states import MeasureKind
from ombudsman_app.web import charts
from ombudsman_app.web.formats import number

from .words import ORIGINS, STATES, measure_label

_OFFICES = 10  # in the picture; the others stand together in one bar


@dataclass(frozen=True)
class Box:
    """A box of the filter: options are (value, words)."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class LatenessPicture:
    """The bars, what each is called, and where the findings of an office and a band are."""

    stacks: charts.Stacks
    words: dict[str, str]
    link: Callable[[str, int | None], str]
    late: int
    offices: int


def register_boxes(chosen: RegisterFilter) -> list[Box]:
    """Return the boxes; offices are looked for by words, not chosen among hundreds."""
    kinds = [(kind.value, measure_label(kind)) for kind in MeasureKind]
    return [
        Box("kind", _("Kind"), _any(_("All kinds"), kinds), chosen.kind or ""),
        Box("origin", _("Comes from"), _any(_("Everywhere"), _words(ORIGINS)), chosen.origin or ""),
        Box("state", _("Stage"), _any(_("All stages"), _words(STATES)), chosen.state or ""),
        Box(
            "late",
            _("Days late"),
            _any(_("Late or not"), [(str(band), words) for band, words in enumerate(band_words())]),
            "" if chosen.late is None else str(chosen.late),
        ),
    ]


def _any(words: str, options: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", words), *options]


def _words(table: Mapping[Any, Any]) -> list[tuple[str, str]]:
    return [(key.value, str(words)) for key, words in table.items()]


def band_words() -> list[str]:
    """Name the bands: not late, 1-14 days, …, more than 90."""
    spans = [f"{LATE_UP_TO[band - 1] + 1}–{LATE_UP_TO[band]}" for band in range(1, BANDS - 1)]
    between = [str(_("%(days)s days late", days=span)) for span in spans]
    most = _("more than %(number)s days late", number=number(LATE_UP_TO[-1]))
    return [str(_("Not late")), *between, str(most)]


def lateness_picture(
    offices: Sequence[OfficeLateness], link: Callable[[str, int | None], str]
) -> LatenessPicture:
    """Draw what waits for each office, by how late it is; most late first."""
    parts = [(one.slug, one.numbers) for one in offices]
    return LatenessPicture(
        charts.stacks(parts, band_words(), most=_OFFICES),
        {one.slug: one.name for one in offices} | {"": str(_("All other offices"))},
        link,
        late=sum(one.late for one in offices),
        offices=sum(1 for one in offices if one.late),
    )
