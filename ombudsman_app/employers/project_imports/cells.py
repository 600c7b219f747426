"""How a cell of a list of projects is read."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.employers.commands.projects.inputs import WHOLE
from ombudsman_app.employers.importing.cells import day_reader
from ombudsman_app.employers.importing.cells import readers as employer_readers
from ombudsman_app.employers.money import NoAmount, read_rupiah, read_share, whole_rupiah
from ombudsman_app.employers.projects.rules import ChangeKind, FundSource
from ombudsman_app.employers.states import RULES
from ombudsman_app.imports.kinds import CellRefused, Context, Notes, Reader

_FUNDS = {fund.value.casefold(): fund for fund in FundSource} | {
    "apbdesa": FundSource.APBDES,
    "dak": FundSource.APBD,
    "dau": FundSource.APBD,
    "private": FundSource.PRIVATE,
}
_KINDS = {
    "amended": ChangeKind.AMENDED,
    "adendum": ChangeKind.AMENDED,
    "addendum": ChangeKind.AMENDED,
    "perubahan": ChangeKind.AMENDED,
    "cancelled": ChangeKind.CANCELLED,
    "batal": ChangeKind.CANCELLED,
    "dibatalkan": ChangeKind.CANCELLED,
    "pembatalan": ChangeKind.CANCELLED,
}
_PROJECT_NO = re.compile(next(str(rule["regex"]) for rule in RULES.identifiers if rule["id"] == "project_no"))
_CURRENCY = re.compile(r"[0-9.,]+ ?(?:[A-Z]{3}|\?)")
_INSTANT = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})T.+")
_MEMBERS, _CHANGES = 19, 20


def readers(context: Context) -> Mapping[str, Reader]:
    """Return the readers of one import; those of places know the office. 1 statement."""
    shared = employer_readers(context)
    day = _day(shared["as_of"], context.actor.time_zone)
    text, number = _text(limits.NAME), _text(limits.LINE)
    return {
        "package": _text(limits.SHORT_TEXT),
        "contract_number": number,
        "agency": text,
        "fund_source": _fund,
        "place": _place(shared["region"]),
        "spk_on": day,
        "value": _money,
        "value_net": _money,
        "start_on": _any_day(context.actor.time_zone),
        "end_on": _any_day(context.actor.time_zone),
        "contractor": text,
        "members": _members,
        "nib": shared["nib"],
        "npwp": shared["npwp"],
        "project_number": _project_number,
        "registered_on": day,
        "registered_value": _money,
        "changes": _changes(day, _any_day(context.actor.time_zone)),
        "ocid": number,
        "contract_id": number,
    }


def _plain(cell: Any) -> str:
    if isinstance(cell, float):
        cell = str(int(cell)) if cell.is_integer() else str(cell)
    text = "".join(one if one.isprintable() else " " for one in str(cell))
    return " ".join(text.split())


def _text(most: int) -> Reader:
    def read(cell: Any, _notes: Notes) -> str | None:
        text = _plain(cell)
        if len(text) > most:
            raise CellRefused("too_long", most)
        return text or None

    return read


def _fund(cell: Any, notes: Notes) -> str | None:
    text = _plain(cell).casefold()
    if not text or text == "-":
        return None
    words = [word for word in re.split(r"[^a-z]+", text) if word in _FUNDS]
    found = {_FUNDS[word] for word in words}
    if not found:
        notes.append(("fund_source", "fund_unknown"))
        return None
    return FundSource.MIXED.value if len(found) > 1 else found.pop().value


def _place(region: Reader) -> Reader:
    """A place that no regency of this office has the name of is kept as it was written."""

    def read(cell: Any, notes: Notes) -> list[Any] | None:
        text = _plain(cell)[: limits.NAME]
        if not text:
            return None
        try:
            return [region(cell, notes), text]
        except CellRefused:
            notes.append(("place", "place_unknown"))
            return [None, text]

    return read


def _money(cell: Any, _notes: Notes) -> int | None:
    if isinstance(cell, bool):
        raise CellRefused("number")
    try:
        if isinstance(cell, float | int):
            return whole_rupiah(cell)
        text = _plain(cell)
        if not text or text == "-":
            return None
        if _CURRENCY.fullmatch(text) and not text.endswith("IDR"):
            raise CellRefused("currency")
        if re.fullmatch(r"-?[0-9]+(?:\.[0-9]{1,2})?", text):
            return whole_rupiah(text)
        return read_rupiah(text.removesuffix("IDR"))
    except NoAmount as refused:
        code = {"negative": "negative", "large": "too_large"}.get(refused.why, "number")
        raise CellRefused(code) from None


def _day(typed: Reader, zone: str) -> Reader:
    """A day that has come; an instant counts by the day of the office."""

    def read(cell: Any, notes: Notes) -> str | None:
        found: str | None = typed(_local(cell, zone), notes)
        if found and found > today(zone).isoformat():
            raise CellRefused("day_future")
        return found

    return read


def _any_day(zone: str) -> Reader:
    """A day that may lie ahead: works go on."""
    typed = day_reader(date(limits.LATEST_YEAR, 12, 31))

    def read(cell: Any, notes: Notes) -> str | None:
        found: str | None = typed(_local(cell, zone), notes)
        return found

    return read


def _local(cell: Any, zone: str) -> Any:
    if not isinstance(cell, str) or not (found := _INSTANT.fullmatch(cell.strip())):
        return cell
    try:
        instant = datetime.fromisoformat(cell.strip())
    except ValueError:
        raise CellRefused("day") from None
    if instant.tzinfo is None or (instant.hour, instant.minute, instant.second) == (0, 0, 0):
        return found[1]
    return instant.astimezone(UTC).astimezone(ZoneInfo(zone)).date().isoformat()


def _members(cell: Any, _notes: Notes) -> list[list[Any]] | None:
    found: list[list[Any]] = []
    for part in _plain(cell).split("|"):
        name, _mark, share = part.partition(";")
        if not name.strip():
            continue
        if len(name.strip()) > limits.NAME:
            raise CellRefused("too_long", limits.NAME)
        try:
            found.append([name.strip(), read_share(share)])
        except NoAmount:
            raise CellRefused("share") from None
    if len(found) > _MEMBERS:
        raise CellRefused("too_many_firms")
    if sum(int(share or 0) for _name, share in found) > WHOLE:
        raise CellRefused("share")
    return found or None


def _project_number(cell: Any, _notes: Notes) -> str | None:
    text = _plain(cell)
    if not text or text == "-":
        return None
    if not _PROJECT_NO.fullmatch(text):
        raise CellRefused("project_number")
    return text


def _changes(past: Reader, any_day: Reader) -> Reader:
    def read(cell: Any, notes: Notes) -> list[list[Any]] | None:
        found = []
        for part in _plain(cell).split("|"):
            if not part.strip():
                continue
            pieces = [piece.strip() for piece in part.split(";")] + [""] * 5
            number, day, kind, value, end = pieces[:5]
            if kind.casefold() not in _KINDS or not number or not day or len(number) > limits.LINE:
                raise CellRefused("change")
            row = [number, past(day, notes), _KINDS[kind.casefold()].value]
            found.append(
                [*row, _money(value, notes) if value else None, any_day(end, notes) if end else None]
            )
        if len(found) > _CHANGES:
            raise CellRefused("change")
        return found or None

    return read
