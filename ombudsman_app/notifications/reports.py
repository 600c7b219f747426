"""Reading reports of failure as mail servers write them (RFC 3464).

They come from anybody: nothing is believed but the name of a message, which only its receiver and the servers
on its way know.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.message import Message as Part
from email.parser import BytesParser
from uuid import UUID

REPORT_BYTES = 1 << 20
_MESSAGE_ID = re.compile(r"<[A-Za-z0-9-]{36}@[A-Za-z0-9.-]{1,150}>")
_STATUS = re.compile(r"5\.[0-9]{1,3}\.[0-9]{1,3}")
_MOST_PARTS = 50


@dataclass(frozen=True)
class Report:
    """That one message could not be delivered. Either `uuid` (its envelope) or `message_id` names it."""

    uuid: UUID | None
    message_id: str
    status: str  # such as 5.1.1; empty where none was given


def read_report(raw: bytes) -> Report | None:
    """Read a report of a failure for good; None for every other mail, delays too. Raises nothing."""
    mail = BytesParser(policy=policy.compat32).parsebytes(raw[:REPORT_BYTES])
    parts = list(_parts(mail))
    status, envelope, has_failed = "", "", False
    for part in parts:
        if part.get_content_type() == "message/delivery-status":
            for block in _inner(part):
                envelope = envelope or _field(block, "Original-Envelope-Id")
                if _field(block, "Action").lower() == "failed":
                    has_failed = True
                    found = _STATUS.search(_field(block, "Status"))
                    status = status or (found[0] if found else "")
    if not has_failed:
        return None
    uuid, message_id = _uuid(envelope), _original_id(parts)
    return Report(uuid, message_id, status) if uuid or message_id else None


def _parts(mail: Part) -> Iterator[Part]:
    for number, part in enumerate(mail.walk()):
        if number >= _MOST_PARTS:
            return
        yield part


def _inner(part: Part) -> list[Part]:
    inner = part.get_payload()
    return [one for one in inner if isinstance(one, Part)] if isinstance(inner, list) else []


def _field(part: Part, name: str) -> str:
    return str(part.get(name, "")).strip()[:300]


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def _original_id(parts: list[Part]) -> str:
    """Find the Message-ID in what the report sends back of the mail: its head, or all of it."""
    for part in parts:
        kind = part.get_content_type()
        if kind == "message/rfc822":
            text = "".join(_field(one, "Message-ID") for one in _inner(part))
        elif kind == "text/rfc822-headers":
            text = str(part.get_payload())
        else:
            continue
        found = _MESSAGE_ID.search(text)
        if found:
            return found[0]
    return ""
