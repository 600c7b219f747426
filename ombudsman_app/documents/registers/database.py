"""The register in the database. It starts fast: the tables are named here, no model is loaded."""

from collections.abc import Callable, Iterator
from typing import Any

from sqlalchemy import Date, Enum, LargeBinary, Select, column, select, table
from sqlalchemy.engine import Result

from ombudsman_app.core.logs import logger
from ombudsman_app.core.signatures import RecordKeys
from ombudsman_app.documents.genuine import Known, Status
from ombudsman_app.documents.records import Record, canonical
from ombudsman_app.documents.states import OUT, DocumentState

_STATUS = {
    DocumentState.ISSUED: Status.GENUINE,
    DocumentState.SUPERSEDED: Status.SUPERSEDED,
    DocumentState.REVOKED: Status.REVOKED,
}
_office = table("representative_office", column("id"), column("code"))
_house = table("office", column("id"), column("name"))  # what every kind of office has
_state = Enum(DocumentState, native_enum=False, values_callable=lambda words: [word.value for word in words])


def _papers(name: str) -> Any:
    return table(
        "document",
        *(column(word) for word in ("id", "code", "number", "kind", "representative_office_id")),
        *(column(word) for word in ("pages", "size_bytes", "sha256", "supersedes_id", "signing_key_id")),
        *(column(word, Date()) for word in ("issued_on", "superseded_on", "revoked_on")),
        column("state", _state),
        column("signature", LargeBinary()),
    ).alias(name)


_paper, _later = _papers("paper"), _papers("later")


class DatabaseRegister:
    """Papers that went out. `execute` is that of a session or a connection. Each question: 1 statement."""

    def __init__(
        self,
        execute: Callable[[Select[Any]], Result[Any]],
        keys: RecordKeys,
        certificates: tuple[bytes, ...] = (),
    ) -> None:
        self._execute = execute
        self._keys = keys
        self.certificates = certificates

    def by_hash(self, sha256: str, codes: tuple[str, ...] = ()) -> Known | None:  # noqa: ARG002 - a file needs them
        return next(self._found(_paper.c.sha256 == sha256), None)

    def by_code(self, code: str) -> Known | None:
        return next(self._found(_paper.c.code == code), None)

    def all(self) -> Iterator[Known]:
        """Yield every paper that went out, in the order of the hashes."""
        return self._found(_paper.c.sha256.is_not(None))

    def _found(self, condition: Any) -> Iterator[Known]:
        """What never went out is not found: it looks as if it did not exist (RP4)."""
        asked = (
            select(
                _paper,
                _office.c.code.label("office"),
                _house.c.name.label("office_name"),
                _later.c.number.label("successor"),
                _later.c.code.label("successor_code"),
            )
            .join(_office, _office.c.id == _paper.c.representative_office_id)
            .join(_house, _house.c.id == _office.c.id)
            .outerjoin(_later, (_later.c.supersedes_id == _paper.c.id) & _later.c.state.in_(OUT))
            .where(_paper.c.state.in_(OUT), condition)
            .order_by(_paper.c.sha256)
        )
        for row in self._execute(asked):
            known = _known(row)
            if self._keys.verify(canonical(known.record), known.signature, known.key_id):
                yield known
            else:
                logger.error("a paper in the register is not signed by us", code=str(row.id))


def _known(row: Any) -> Known:
    return Known(
        record=Record(
            code=row.code,
            number=row.number,
            kind=row.kind,
            office=row.office,
            issued_on=row.issued_on,
            pages=row.pages,
            size_bytes=row.size_bytes,
            sha256=row.sha256,
        ),
        status=_STATUS[row.state],
        key_id=row.signing_key_id or "",
        signature=row.signature or b"",
        office_name=row.office_name,
        changed_on=row.revoked_on or row.superseded_on,
        successor=row.successor or "",
        successor_code=row.successor_code or "",
    )
