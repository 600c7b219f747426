"""What the addresses of lists ask for, checked (IN4): what is none of it is left out."""

from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar

from ombudsman_app.audits.queries.board import BoardFilter
from ombudsman_app.audits.queries.offices import OfficeFilter
from ombudsman_app.audits.queries.rounds import RoundFilter
from ombudsman_app.audits.states import AuditState, RoundState
from ombudsman_app.core import limits
from ombudsman_app.directory.models import OfficeKind
from ombudsman_app.web.paging import read_day_key

Word = TypeVar("Word", bound=StrEnum)
_FIRST_YEAR = 2000


def _word(kind: type[Word], text: str | None) -> Word | None:
    return kind(text) if text in set(kind) else None


def _year(text: str | None) -> int | None:
    is_year = text is not None and text.isascii() and text.isdigit() and len(text) == 4
    return int(text) if is_year and text and _FIRST_YEAR <= int(text) <= limits.LATEST_YEAR else None


def read_rounds(given: Mapping[str, str]) -> tuple[RoundFilter, dict[str, str]]:
    """Read the filter of the list of rounds, and what of it stands in addresses."""
    chosen = RoundFilter(
        year=_year(given.get("year")),
        state=_word(RoundState, given.get("state")),
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )
    said = {"year": str(chosen.year or ""), "state": chosen.state or ""}
    return chosen, {name: value for name, value in said.items() if value}


def read_board(given: Mapping[str, str]) -> tuple[BoardFilter, dict[str, str]]:
    """Read the filter of a board, and what of it stands in addresses."""
    chosen = BoardFilter(
        state=_word(AuditState, given.get("stage")),
        kind=_word(OfficeKind, given.get("kind")),
        after=read_day_key(given.get("after")),
        before=read_day_key(given.get("before")),
    )
    said = {"stage": chosen.state or "", "kind": chosen.kind or ""}
    return chosen, {name: value for name, value in said.items() if value}


def read_offices(given: Mapping[str, str]) -> OfficeFilter:
    """Read what the picker of offices is asked for."""
    province = given.get("province", "")
    return OfficeFilter(
        text=" ".join(given.get("q", "").split())[: limits.SEARCH],
        kind=_word(OfficeKind, given.get("kind")),
        province=province if province.isascii() and province.isdigit() and len(province) == 2 else "",
    )
