"""OCDS release and record packages: each contract as one plain row, with the heads of our list.

Releases of one ocid are merged in the order of their dates. A row tells a contract as it was signed; what
later releases made of it stands in `changes`. Extension fields are not read. What a row cannot say (another
currency) stands in its cell as it was written, so that the dry run refuses it with a reason.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from math import isfinite
from typing import Any

from . import verdicts as v

DEPTH = 20
LARGEST = 1 << 53
TEXT = 4_000  # of one cell
HEADS = (
    "package", "contract_number", "agency", "fund_source", "place", "spk_on", "value", "start_on", "end_on",
    "contractor", "members", "nib", "npwp", "changes", "ocid", "contract_id",
)  # fmt: skip
_FUNDS = re.compile(r"\b(APBN|APBDES|APBD|BUMN|BUMD)\b", re.IGNORECASE)
_UNSTORABLE = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
_CURRENCY = "IDR"
Object = dict[str, Any]


def read_package(content: bytes) -> Iterator[Sequence[Any]]:
    """Yield the heads, then a row for each contract. Raises Refusal for what is no OCDS package."""
    document = parse(content)
    yield HEADS
    for ocid, releases in processes(document):
        yield from _contracts(ocid, releases)


def parse(content: bytes) -> Object:
    """Read strict JSON (IN1): an object, no key twice, no NaN, numbers within 2^53, at most DEPTH deep."""
    try:
        found = json.loads(
            content.decode("utf-8-sig"),
            object_pairs_hook=_once,
            parse_constant=_refuse,
            parse_int=_whole,
            parse_float=_broken,
        )
    except RecursionError:
        raise v.Refusal(v.TOO_COMPLEX) from None
    except ValueError:  # UnicodeDecodeError too
        raise v.Refusal(v.DAMAGED) from None
    if not isinstance(found, dict):
        raise v.Refusal(v.UNKNOWN_TYPE)
    _refuse_depth(found)
    return found


def processes(document: Object) -> Iterator[tuple[str, list[Object]]]:
    """Yield the releases of each process, the oldest first. Raises Refusal for other documents."""
    if isinstance(document.get("records"), list):
        yield from _of_records(_objects(document["records"]))
        return
    if not isinstance(document.get("releases"), list):
        raise v.Refusal(v.UNKNOWN_TYPE)
    found: dict[str, dict[str, Object]] = {}
    for release in _objects(document["releases"]):
        ocid, release_id = _text(release.get("ocid")), _text(release.get("id"))
        if not ocid:
            raise v.Refusal(v.DAMAGED)
        found.setdefault(ocid, {}).setdefault(release_id, release)  # the same release twice is one
    for ocid, releases in found.items():
        yield ocid, _in_order(releases.values())


def _of_records(records: Iterable[Object]) -> Iterator[tuple[str, list[Object]]]:
    """Linked releases (an address alone) are not fetched: then the compiled one is all that is known."""
    for record in records:
        whole = [one for one in _objects(record.get("releases")) if "url" not in one]
        compiled = record.get("compiledRelease")
        if not whole and isinstance(compiled, dict):
            whole = [compiled]
        ocid = _text(record.get("ocid")) or (_text(whole[0].get("ocid")) if whole else "")
        if not ocid:
            raise v.Refusal(v.DAMAGED)
        yield ocid, _in_order(whole)


def _in_order(releases: Iterable[Object]) -> list[Object]:
    return sorted(releases, key=lambda one: _text(one.get("date")))


def _contracts(ocid: str, releases: Sequence[Object]) -> Iterator[Sequence[Any]]:
    """Yield a row for each contract, or for each award without one."""
    whole: Object = {}
    first: dict[str, Object] = {}
    changes: dict[str, list[str]] = {}
    for release in releases:
        merged = merge(whole, release)
        for contract in _contracts_of(merged):
            key = _text(contract.get("id"))
            before = _by_id(_contracts_of(whole)).get(key)
            if before is None:
                first[key] = contract
                if _text(contract.get("status")) == "cancelled":
                    changes.setdefault(key, []).append(_cancelled(contract, release))
            else:
                changes.setdefault(key, []).extend(_changed(before, contract, release))
        whole = merged
    for contract in _contracts_of(whole):
        key = _text(contract.get("id"))
        yield _row(ocid, whole, first[key], changes.get(key, []))


def merge(old: Object, new: Object) -> Object:
    """Merge as OCDS says: fields replace, lists of objects with an id merge by it, null removes."""
    merged = dict(old)
    for name, value in new.items():
        before = merged.get(name)
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict) and isinstance(before, dict):
            merged[name] = merge(before, value)
        elif _has_ids(value) and _has_ids(before):
            merged[name] = list(_merged_by_id(_objects(before), value).values())
        else:
            merged[name] = value
    return merged


def _merged_by_id(old: Sequence[Object], new: Sequence[Object]) -> dict[str, Object]:
    found = {_text(one["id"]): one for one in old}
    for one in new:
        key = _text(one["id"])
        found[key] = merge(found[key], one) if key in found else one
    return found


def _has_ids(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) and "id" in one for one in value)


def _contracts_of(release: Object) -> list[Object]:
    """Return the contracts of a release; an award without a contract stands for one."""
    contracts = [one for one in _objects(release.get("contracts")) if _text(one.get("id"))]
    covered = {_text(one.get("awardID")) for one in contracts}
    for award in _objects(release.get("awards")):
        key = _text(award.get("id"))
        is_given = _text(award.get("status")) in ("", "active", "cancelled")
        if key and key not in covered and is_given and not contracts:
            stands = {name: award.get(name) for name in ("title", "value", "status", "date")}
            contracts.append({**stands, "id": key, "awardID": key, "period": award.get("contractPeriod")})
    return contracts


def _changed(before: Object, after: Object, release: Object) -> list[str]:
    """Return what one release changed of a contract: number;day;kind;value;end of the works."""
    found = []
    value, end = _value(after), _day_of(after, "period", "endDate")
    is_amended = value != _value(before) or end != _day_of(before, "period", "endDate")
    if is_amended:
        known = _by_id(_objects(before.get("amendments")))
        added = [one for one in _objects(after.get("amendments")) if _text(one.get("id")) not in known]
        number, day = _text(release.get("id")), _text(release.get("date"))
        if added:
            number, day = _text(added[-1].get("id")) or number, _text(added[-1].get("date")) or day
        new_value = value if value != _value(before) else ""
        new_end = end if end != _day_of(before, "period", "endDate") else ""
        found.append(";".join((_plain(number), day, "amended", new_value, new_end)))
    if _text(after.get("status")) == "cancelled" != _text(before.get("status")):
        found.append(_cancelled(after, release))
    return found


def _cancelled(contract: Object, release: Object) -> str:
    day = _text(release.get("date"))
    return ";".join(
        (_plain(f"{_text(release.get('id')) or _text(contract.get('id'))}"), day, "cancelled", "", "")
    )


def _row(ocid: str, release: Object, contract: Object, changes: Sequence[str]) -> list[Any]:
    award = _by_id(_objects(release.get("awards"))).get(_text(contract.get("awardID")), {})
    tender, parties = _object(release.get("tender")), _objects(release.get("parties"))
    suppliers = _objects(award.get("suppliers")) or _objects(contract.get("suppliers"))
    suppliers = suppliers or [one for one in parties if "supplier" in _list(one.get("roles"))]
    owner = _object(release.get("buyer")) or _object(tender.get("procuringEntity")) or _role(parties, "buyer")
    owner_party = _by_id(parties).get(_text(owner.get("id")), owner)
    names = [_name(one, parties) for one in suppliers]
    numbers = _numbers(_by_id(parties).get(_text(suppliers[0].get("id")), {})) if suppliers else {}
    cells = {
        "package": _text(contract.get("title")) or _text(award.get("title")) or _text(tender.get("title")),
        "contract_number": _text(contract.get("id")),
        "agency": _text(owner.get("name")) or _text(owner_party.get("name")),
        "fund_source": _fund(release),
        "place": _place(owner_party),
        "spk_on": _text(contract.get("dateSigned")) or _text(award.get("date")),
        "value": _value(contract) or _value(award),
        "start_on": _day_of(contract, "period", "startDate"),
        "end_on": _day_of(contract, "period", "endDate"),
        "contractor": names[0] if names else "",
        "members": " | ".join(names[1:]),
        "nib": numbers.get("nib", ""),
        "npwp": numbers.get("npwp", ""),
        "changes": " | ".join(changes),
        "ocid": ocid,
        "contract_id": _text(contract.get("id")),
    }
    return [_UNSTORABLE.sub("", cells[head])[:TEXT] for head in HEADS]


def _value(of: Object) -> str:
    """Write an amount, with its currency where that is not rupiah: nobody takes dollars for rupiah."""
    value = _object(of.get("value"))
    amount, currency = value.get("amount"), _text(value.get("currency"))
    if not isinstance(amount, int | float) or isinstance(amount, bool):
        return ""
    said = f"{amount:.2f}".removesuffix(".00") if isinstance(amount, float) else str(amount)
    return said if currency == _CURRENCY else f"{said} {currency or '?'}"


def _fund(release: Object) -> str:
    """Return the budget that the planning names, by its word."""
    budget = _object(_object(release.get("planning")).get("budget"))
    said = " ".join(_text(budget.get(name)) for name in ("description", "project", "source", "projectID"))
    found = {word.upper() for word in _FUNDS.findall(said)}
    return "campuran" if len(found) > 1 else next(iter(found), "")


def _place(party: Object) -> str:
    address = _object(party.get("address"))
    return _text(address.get("locality")) or _text(address.get("region"))


def _numbers(party: Object) -> dict[str, str]:
    """Return the numbers of a firm by the words of their schemes: ID-NIB, ID-NPWP."""
    found: dict[str, str] = {}
    for one in (_object(party.get("identifier")), *_objects(party.get("additionalIdentifiers"))):
        scheme = _text(one.get("scheme")).upper()
        for name in ("NIB", "NPWP"):
            if name in scheme:
                found.setdefault(name.lower(), _text(one.get("id")))
    return found


def _name(supplier: Object, parties: Sequence[Object]) -> str:
    known = _by_id(parties).get(_text(supplier.get("id")), {})
    return _plain(_text(supplier.get("name")) or _text(known.get("name")))


def _role(parties: Sequence[Object], role: str) -> Object:
    return next((one for one in parties if role in _list(one.get("roles"))), {})


def _day_of(of: Object, *names: str) -> str:
    value: Any = of
    for name in names:
        value = _object(value).get(name)
    return _text(value)


def _by_id(objects: Iterable[Object]) -> dict[str, Object]:
    return {_text(one.get("id")): one for one in objects}


def _object(value: Any) -> Object:
    return value if isinstance(value, dict) else {}


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


def _objects(value: Any) -> list[Object]:
    return [one for one in _list(value) if isinstance(one, dict)]


def _text(value: Any) -> str:
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    return " ".join(str(value).split())


def _plain(text: str) -> str:
    """Take out what parts our cells."""
    return text.replace("|", "/").replace(";", ",")


def _once(pairs: list[tuple[str, Any]]) -> Object:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands there twice")
    return found


def _refuse(constant: str) -> Any:
    raise ValueError(constant)


def _whole(digits: str) -> int:
    if len(digits) > 17 or abs(int(digits)) > LARGEST:
        raise ValueError("a number is too large")
    return int(digits)


def _broken(digits: str) -> float:
    number = float(digits)
    if not isfinite(number) or abs(number) > LARGEST:
        raise ValueError("a number is too large")
    return number


def _refuse_depth(found: Mapping[str, Any]) -> None:
    level: list[Any] = [found]
    for _deeper in range(DEPTH):
        level = [
            inner
            for one in level
            for inner in (one.values() if isinstance(one, dict) else one)
            if isinstance(inner, dict | list)
        ]
        if not level:
            return
    raise v.Refusal(v.TOO_COMPLEX)
