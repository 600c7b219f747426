"""Which papers there are. The domains above register theirs at start; this one never knows them."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select

from ombudsman_app.core.policy import Actor
from ombudsman_app.web.pdf import SECONDS

from .models import Delivery, Document
from .states import KIND_RULES, KindRule

Content = Mapping[str, Any]
Attached = Mapping[str, tuple[bytes, str]]  # by the name that the template links: content, media type


@dataclass(frozen=True)
class Matter:
    """What a paper is about: a case or a piece of information, as the papers of it name it.

    `case_reference` stands in numbers, such as 0012.2026. `label` and `endpoint` lead back to its page.
    """

    folder: UUID
    representative_office_id: int
    label: str
    endpoint: str
    values: Mapping[str, int]
    case_reference: str = ""
    ticket: str = ""  # what leaves the house names it by this alone (PD6)


def _nobody(_folder: UUID) -> list[int]:
    return []


def _nothing(_document: Document, _actor: Actor) -> None:
    return None


def _nobody_is_told(_document: Document) -> None:
    return None


def _nothing_attached(_content: Content) -> Attached:
    return {}


def nobody_may(_actor: Actor, _folder: UUID) -> bool:
    """What the system writes by itself, or issues by itself."""
    return False


def nothing_starts(_document: Document, _delivery: Delivery, _actor: Actor) -> None:
    return None


@dataclass(frozen=True)
class DocumentKind:
    """One kind of paper.

    `visible` selects the folders of which this person may see papers; `may_write` and `may_issue` say whether
    they may draft it or let it go. `content` gives what its template shows, from the record as it stands.
    `approvers` are the people who may approve it at its office. `issued` makes the move that the paper tells
    of, in the transaction that gives it its number; `delivered` starts what waits for its receipt. Both
    raise RuleBroken to refuse. `sealed` tells whom it is for that its pages are there.
    """

    name: str
    label: str  # msgid
    template: str
    matter: Callable[[UUID], Matter | None]
    visible: Callable[[Actor], Select[UUID]]
    may_write: Callable[[Actor, UUID], bool]
    may_issue: Callable[[Actor, UUID], bool]
    content: Callable[[Document], Content]
    edit_endpoint: str = ""  # the page on which its words are written; empty: nobody writes them
    approvers: Callable[[UUID], list[int]] = _nobody
    issued: Callable[[Document, Actor], None] = _nothing
    delivered: Callable[[Document, Delivery, Actor], None] = nothing_starts
    sealed: Callable[[Document], None] = _nobody_is_told
    attached: Callable[[Content], Attached] = _nothing_attached  # files inside the PDF, from what it shows
    addressees: tuple[str, ...] = ("reporter",)
    is_for_reporter: bool = True  # shown on /lacak
    drawing_seconds: float = SECONDS  # how long its pages may take

    @property
    def rule(self) -> KindRule:
        return KIND_RULES[self.name]


_kinds: dict[str, DocumentKind] = {}


def register(kind: DocumentKind) -> None:
    """Make a kind known, under its name, which must stand in the rules."""
    if kind.name not in KIND_RULES:
        raise ValueError(f"rules/documents.yaml has no kind {kind.name}")
    _kinds[kind.name] = kind


def document_kind(name: str) -> DocumentKind:
    """Return the kind of a name. Raises KeyError."""
    return _kinds[name]


def kinds() -> Iterable[DocumentKind]:
    """Return all kinds, in the order of the rules."""
    return [_kinds[name] for name in KIND_RULES if name in _kinds]
