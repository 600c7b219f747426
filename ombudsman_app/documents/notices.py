"""What there is to tell about letters, and to whom: a ticket, and that there is news (PD6)."""

from sqlalchemy import Select

from ombudsman_app.core.jobs.words import N_
from ombudsman_app.core.policy import Actor
from ombudsman_app.notifications.commands import notify, settle
from ombudsman_app.notifications.kinds import Kind, RecordKind, register, register_record

from .kinds import document_kind
from .models import Document
from .policies import WRITERS, waits_for_second_person
from .scope import scope

LETTER, WAITS = "letter", "documents.waits"


def approval_waits(document: Document, *, actor: Actor) -> None:
    """Tell those who may approve a letter that it waits; neither who drafted it nor who wrote it last."""
    if not waits_for_second_person(document):
        return
    wrote = {document.drafted_by_id, document.changed_by_id}
    people = set(document_kind(document.kind).approvers(document.folder)) - wrote
    _tell(WAITS, people, document, actor)


def approval_is_settled(document: Document) -> None:
    """Take it off the list of everybody who was told that it waits. 2 statements where nobody was."""
    settle(WAITS, document.id)


def approved(document: Document, *, actor: Actor) -> None:
    """Tell who wrote a letter that it may go."""
    _tell("documents.approved", {document.drafted_by_id, document.changed_by_id}, document, actor)


def returned(document: Document, *, actor: Actor) -> None:
    """Tell who wrote a letter that it came back; why stands on its page."""
    _tell("documents.returned", {document.drafted_by_id, document.changed_by_id}, document, actor)


def _tell(kind: str, people: set[int] | set[int | None], document: Document, actor: Actor) -> None:
    matter = document_kind(document.kind).matter(document.folder)
    notify(
        kind,
        people,
        key=f"{document.id}:{document.version}",
        about=document.id,
        label=matter.ticket if matter else "",
        actor=actor,
    )


def _letters(actor: Actor) -> Select[int]:
    seen: Select[int] = scope(actor).documents().with_only_columns(Document.id)
    return seen


register_record(
    RecordKind(LETTER, visible=_letters, endpoint="staff.documents.document", value="document_id")
)
register(
    Kind(
        WAITS,
        N_("A letter waits for your approval"),
        N_("A letter waits for your approval."),
        roles=WRITERS,
        about=LETTER,
    ),
    Kind(
        "documents.approved",
        N_("Your letter is approved"),
        N_("Your letter is approved."),
        roles=WRITERS,
        about=LETTER,
    ),
    Kind(
        "documents.returned",
        N_("Your letter comes back to you"),
        N_("Your letter comes back to you. Its page says what is to be changed."),
        roles=WRITERS,
        about=LETTER,
    ),
)
