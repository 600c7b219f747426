"""What there is to tell, and about what. The domains above register both in their `notices.py` at start."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from sqlalchemy import Select

from ombudsman_app.core.policy import Actor, Role

from .states import LASTS, Channel

TO_REPORTER = "notifications.to_reporter"  # what somebody who reported is written
PASSWORD_LINK = "notifications.password_link"  # noqa: S105 - a name, no password

ASKED_LINK = "notifications.asked_link"  # the same, for who forgot the password


@dataclass(frozen=True)
class Reach:
    """How somebody who is no account is reached. Opened when a message leaves, kept nowhere."""

    email: str = ""
    phone: str = ""


@dataclass(frozen=True)
class Place:
    """A page of the staff: its endpoint and what fills its address."""

    endpoint: str
    values: Mapping[str, Any]


def _nobody(_record_id: int) -> None:
    return None


def _nothing(_record_id: int, _reason: str) -> None:
    return None


@dataclass(frozen=True)
class RecordKind:
    """One kind of record that there is news about.

    `visible` selects the ids that a person may see: what is not among them is in no inbox, no count and no
    mail (AZ5). `endpoint` shows one to the staff, or `place` names its page. `reach` opens how to reach who
    reported it, None: not at all; `public_endpoint` is where that person looks. `unreached` is called
    inside the command that learns that a message to that person did not arrive.
    """

    name: str
    visible: Callable[[Actor], Select[int]]
    endpoint: str = ""
    value: str = ""  # name of the id in the address
    reach: Callable[[int], Reach | None] = _nobody
    public_endpoint: str = ""
    unreached: Callable[[int, str], None] = _nothing
    place: Callable[[int], Place | None] | None = None


@dataclass(frozen=True)
class Kind:
    """One kind of news. Its words name nothing of a case: number, day and ticket alone (PD6).

    `roles`: to whom it is told; asked again when it is read and when it leaves (AZ9). `label` stands in the
    preferences, `sentence` in the inbox, its gaps are filled from the facts: `shown` puts a code
    into words, `absent` stands in for what rows of an earlier release do not say. Without `about` it leads to
    `endpoint`. `channels`: where it also goes unless the person wants it otherwise.
    """

    name: str
    label: str  # msgid
    sentence: str  # msgid
    roles: frozenset[Role]
    about: str = ""  # name of a RecordKind
    endpoint: str = ""
    values: Mapping[str, str] = field(default_factory=dict)
    channels: frozenset[Channel] = frozenset({Channel.MAIL})
    lasts: timedelta = LASTS
    shown: Mapping[str, Callable[[str], str]] = field(default_factory=dict)
    absent: Mapping[str, int] = field(default_factory=dict)


_records: dict[str, RecordKind] = {}
_kinds: dict[str, Kind] = {}


def register_record(kind: RecordKind) -> None:
    """Make a kind of record known, under its name."""
    _records[kind.name] = kind


def register(*kinds: Kind) -> None:
    """Make kinds of news known, under their names. Raises LookupError where the record is not known."""
    for kind in kinds:
        if kind.about and kind.about not in _records:
            raise LookupError(kind.about)
        _kinds[kind.name] = kind


def kind_of(name: str) -> Kind | None:
    """Return a kind of news, None where this release does not know it."""
    return _kinds.get(name)


def record_kind(name: str) -> RecordKind | None:
    """Return a kind of record, None where this release does not know it."""
    return _records.get(name)


def kinds() -> Iterator[Kind]:
    """Yield all kinds of news, in the order of their names."""
    yield from (_kinds[name] for name in sorted(_kinds))


def kinds_for(actor: Actor) -> list[Kind]:
    """Return the kinds that a person with these rights is told."""
    return [kind for kind in kinds() if kind.roles & actor.roles]
