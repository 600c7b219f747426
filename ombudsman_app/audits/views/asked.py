"""What the address of a list of results asks for, cleaned: public words on one face, English on the other."""

from collections.abc import Sequence

from flask import request

from ombudsman_app.audits.queries.comparison import ComparisonFilter, Order
from ombudsman_app.core import limits
from ombudsman_app.directory.models import OfficeKind

ORDERS = {"nilai": Order.TOTAL, "nama": Order.NAME, "perubahan": Order.CHANGE}
WORDS = {order: word for word, order in ORDERS.items()}


def asked_kind(name: str = "jenis") -> OfficeKind | None:
    """Return the kind of offices that is asked for; None for what is none."""
    given = request.args.get(name, "")
    return next((kind for kind in OfficeKind if kind.value == given), None)


def asked_text() -> str:
    """Return the words of a search."""
    return " ".join(request.args.get("q", "").split())[: limits.SEARCH]


def asked_code(name: str, known: Sequence[str]) -> str:
    """Return one of the known values; empty for what is none of them."""
    given = request.args.get(name, "")
    return given if given in known else ""


def asked_comparison(kind: OfficeKind, provinces: Sequence[str]) -> ComparisonFilter:
    """Return what a comparison is asked for."""
    return ComparisonFilter(
        kind=kind,
        province=asked_code("provinsi", provinces),
        text=asked_text(),
        order=ORDERS.get(request.args.get("urut", ""), Order.TOTAL),
        after=request.args.get("setelah", "")[: limits.LINE],
    )
