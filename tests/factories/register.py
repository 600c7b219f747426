"""Papers that went out, in the register."""

import hashlib
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import select

from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.signatures import sign_record
from ombudsman_app.directory.models import RepresentativeOffice
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.records import canonical
from ombudsman_app.documents.states import DocumentState, number_in_words

from .letters import code


class _Sequence:
    last = 0


@command
def issued(pages_as: bytes | None = None, **given: Any) -> Document:
    """Put a paper into the register as a job does that drew and signed it; `pages_as` are its bytes."""
    _Sequence.last += 1
    forged = given.pop("signature_is", None)
    office = db.session.scalars(select(RepresentativeOffice).order_by(RepresentativeOffice.code)).first()
    assert office is not None
    values: dict[str, Any] = {
        "kind": "completion_request",
        "state": DocumentState.ISSUED,
        "issued_on": date(2026, 11, 20),
        "code": code(),
        "pages": 2,
        **given,
    }
    bytes_ = pages_as if pages_as is not None else f"%PDF- {values['code']}".encode()
    paper = Document(
        folder=uuid4(),
        representative_office_id=office.id,
        subject="Permintaan kelengkapan",
        drafted_at=now(),
        sequence=_Sequence.last,
        year=2026,
        number=number_in_words(
            _Sequence.last,
            values["kind"],
            year=2026,
            month=11,
            office_code=office.code,
            case_reference="0012.2026",
        ),
        size_bytes=len(bytes_),
        sha256=hashlib.sha256(bytes_).hexdigest(),
        sealed_at=now(),
        **values,
    )
    paper.office = office
    signature = sign_record(canonical(paper))
    paper.signing_key_id, paper.signature = signature.key_id, forged or signature.value
    db.session.add(paper)
    db.session.flush()
    return paper
