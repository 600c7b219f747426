"""The register as a file: signed, the same bytes as long as nothing happens, and silent about who wrote whom.

Everybody may have it, so it must not be a list of our letters: day, number and kind of each would tell what
no statistics tell (PD5). In clear stand the hash of a paper and whether it is valid; the rest of its line
is sealed with the code that is printed on the paper. Who holds the paper reads it, nobody else.
"""

import base64
import hashlib
import json
from dataclasses import asdict
from datetime import date
from typing import Any

from ombudsman_app.core.sealing import SealBroken, seal_with_code, unseal_with_code
from ombudsman_app.core.signatures import PublicKey, RecordKeys
from ombudsman_app.documents.genuine import Known, Status
from ombudsman_app.documents.records import Record, as_json, canonical

from .database import DatabaseRegister

FORMAT = "kawal-layanan-register"
VERSION = 1
PURPOSE = "register"


class BrokenRegister(ValueError):
    """The file is no register, or not the one that was signed."""


def export(papers: DatabaseRegister, keys: RecordKeys, *, address: str) -> bytes:
    """Write down all papers that went out. 1 statement. Raises SigningNotPossible."""
    register = {
        "format": FORMAT,
        "version": VERSION,
        "address": address,
        "keys": [
            {"id": key.id, "public_key": key.text} for key in sorted(keys.public, key=lambda key: key.id)
        ],
        "certificates": sorted(key.hex() for key in papers.certificates),
        "papers": sorted((_line(known) for known in papers.all()), key=lambda line: str(line["sha256"])),
        "signed_with": keys.newest.id,
    }
    signature = keys.sign(as_json(register)).value
    return _written({**register, "signature": base64.b64encode(signature).decode()})


def _line(known: Known) -> dict[str, str]:
    inside = {
        **asdict(known.record),
        "issued_on": known.record.issued_on.isoformat(),
        "key_id": known.key_id,
        "signature": base64.b64encode(known.signature).decode(),
        "changed_on": known.changed_on.isoformat() if known.changed_on else "",
        "successor": known.successor,
    }
    return {
        "sha256": known.record.sha256,
        "status": known.status.value,
        "holder": _holder(known.record.code),
        "sealed": base64.b64encode(
            seal_with_code(as_json(inside), known.record.code, purpose=PURPOSE)
        ).decode(),
    }


def _holder(code: str) -> str:
    """Name a paper for who has its code; 130 random bits cannot be guessed from it."""
    return hashlib.sha256(f"{FORMAT} {code}".encode()).hexdigest()


def _written(register: dict[str, Any]) -> bytes:
    """One paper a line, so that a plain search finds a hash; else JSON without blanks."""
    empty = as_json({**register, "papers": []})
    lines = b",\n".join(as_json(line) for line in register["papers"])
    return empty.replace(b'"papers":[]', b'"papers":[\n' + lines + b"\n]", 1) + b"\n"


class FileRegister:
    """A register that was read and whose signature is right."""

    def __init__(self, content: bytes) -> None:
        """Raises BrokenRegister."""
        held = _parsed(content)
        self.keys = tuple(PublicKey.from_text(key["public_key"]) for key in held["keys"])
        self.signed_with: str = held["signed_with"]
        self.certificates = tuple(bytes.fromhex(digits) for digits in held["certificates"])
        self._by_hash = {line["sha256"]: line for line in held["papers"]}
        self._by_holder = {line["holder"]: line for line in held["papers"]}

    def by_hash(self, sha256: str, codes: tuple[str, ...]) -> Known | None:
        """Return the paper. Its code opens its line; a file that was found by its hash has that code."""
        line = self._by_hash.get(sha256)
        return None if line is None else self._opened(line, codes)

    def by_code(self, code: str) -> Known | None:
        line = self._by_holder.get(_holder(code))
        return None if line is None else self._opened(line, (code,))

    def _opened(self, line: dict[str, str], codes: tuple[str, ...]) -> Known | None:
        sealed = base64.b64decode(line["sealed"])
        for code in codes:
            try:
                known = _known(json.loads(unseal_with_code(sealed, code, purpose=PURPOSE)), line["status"])
            except SealBroken:
                continue
            record = canonical(known.record)
            if any(k.id == known.key_id and k.verifies(record, known.signature) for k in self.keys):
                return known
        return None


def _parsed(content: bytes) -> dict[str, Any]:
    try:
        held = json.loads(content.decode("ascii"))
        if held["format"] != FORMAT or held["version"] != VERSION or _written(held) != content:
            raise BrokenRegister("this is no register of papers, or it was changed")
        signature = base64.b64decode(held["signature"], validate=True)
        signed = as_json({name: value for name, value in held.items() if name != "signature"})
        keys = [PublicKey.from_text(key["public_key"]) for key in held["keys"]]
    except BrokenRegister:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        raise BrokenRegister("this is no register of papers") from None
    if not any(key.id == held["signed_with"] and key.verifies(signed, signature) for key in keys):
        raise BrokenRegister("the signature of this register is wrong: it was changed")
    return dict(held)


def _known(inside: dict[str, Any], status: str) -> Known:
    changed_on = inside.pop("changed_on")
    return Known(
        status=Status(status),
        key_id=inside.pop("key_id"),
        signature=base64.b64decode(inside.pop("signature")),
        changed_on=date.fromisoformat(changed_on) if changed_on else None,
        successor=inside.pop("successor"),
        record=Record(**{**inside, "issued_on": date.fromisoformat(inside["issued_on"])}),
    )
