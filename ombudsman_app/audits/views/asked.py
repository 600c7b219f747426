"""What the address of a comparison asks for: in Indonesian words on the public face, English inside."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _

from ombudsman_app.audits import queries
from ombudsman_app.audits.formats.compared import kind_words
from ombudsman_app.audits.queries.comparison import Comparison, ComparisonFilter, Order
from ombudsman_app.core import limits
from ombudsman_app.directory.models import OfficeKind

Shown = Any  # the condition of the results that the reader may see


@dataclass(frozen=True)
class Words:
    """What the values of an address are called."""

    kind: str
    province: str
    order: str
    after: str
    orders: Mapping[str, Order]

    def of(self, order: Order) -> str:
        """Return the word of an order."""
        return next(word for word, one in self.orders.items() if one is order)


PUBLIC = Words(
    *("jenis", "provinsi", "urut", "setelah"),
    {"nilai": Order.TOTAL, "nama": Order.NAME, "perubahan": Order.CHANGE},
)
STAFF = Words(
    *("kind", "province", "sort", "after"),
    {"total": Order.TOTAL, "name": Order.NAME, "change": Order.CHANGE},
)


@dataclass(frozen=True)
class Asked:
    """A comparison as it was asked for, with what there is to choose from."""

    words: Words
    filter: ComparisonFilter
    kinds: Sequence[OfficeKind]
    provinces: Sequence[tuple[str, str]]

    @property
    def said(self) -> dict[str, str]:
        """Return the values of the address that narrow or sort the list, without where it goes on."""
        one = self.filter
        given = {
            self.words.kind: one.kind.value,
            self.words.province: one.province,
            "q": one.text,
            self.words.order: "" if one.order is Order.TOTAL else self.words.of(one.order),
        }
        return {name: value for name, value in given.items() if value}

    def boxes(self) -> list[dict[str, Any]]:
        """Return what to choose from: kind, province, order."""
        orders = {
            Order.TOTAL: _("Total of the newest round"),
            Order.NAME: _("Name"),
            Order.CHANGE: _("Change since the round before"),
        }
        return [
            {
                "name": self.words.kind,
                "label": _("Kind of office"),
                "options": [(kind.value, kind_words(kind)) for kind in self.kinds],
                "chosen": self.filter.kind.value,
            },
            {
                "name": self.words.province,
                "label": _("Province"),
                "options": [("", _("All")), *self.provinces],
                "chosen": self.filter.province,
            },
            {
                "name": self.words.order,
                "label": _("Sorted by"),
                "options": [(word, orders[order]) for word, order in self.words.orders.items()],
                "chosen": self.words.of(self.filter.order),
            },
        ]


def asked_comparison(words: Words, shown: Shown) -> Asked | None:
    """Return what is asked for; None where there is nothing to compare. 2 statements."""
    kinds = queries.kinds_compared(shown)
    if not kinds:
        return None
    kind = asked_kind(words.kind)
    kind = kind if kind in kinds else kinds[0]
    provinces = queries.provinces_compared(kind, shown)
    province = request.args.get(words.province, "")
    return Asked(
        words,
        ComparisonFilter(
            kind=kind,
            province=province if province in {code for code, _name in provinces} else "",
            text=asked_text(),
            order=words.orders.get(request.args.get(words.order, ""), Order.TOTAL),
            after=request.args.get(words.after, "")[: limits.LINE],
        ),
        kinds,
        provinces,
    )


def compared(asked: Asked | None, shown: Shown) -> Comparison:
    """Return the page that is asked for. 4 statements."""
    return Comparison([], [], None, None) if asked is None else queries.comparison(asked.filter, shown)


def asked_kind(name: str) -> OfficeKind | None:
    """Return the kind of offices that is asked for; None for what is none."""
    given = request.args.get(name, "")
    return next((kind for kind in OfficeKind if kind.value == given), None)


def asked_text() -> str:
    """Return the words of a search."""
    return " ".join(request.args.get("q", "").split())[: limits.SEARCH]
