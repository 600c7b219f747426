"""Who may do what with a paper that this person can see."""

from ombudsman_app.core.policy import Actor, Policy, Role

from .kinds import document_kind
from .models import Document
from .states import DocumentState

# Which papers each of them sees is for the kinds to say: prevention and auditors see those of findings.
READERS = frozenset(
    {
        Role.PVL_ASSISTANT,
        Role.EXAMINER,
        Role.PREVENTION_ASSISTANT,
        Role.AUDITOR,
        Role.RESMON_ASSISTANT,
        Role.HEAD_OF_ASSISTANTS,
        Role.HEAD_OF_REPRESENTATIVE,
        Role.OMBUDSMAN_MEMBER,
        Role.CHAIR,
    }
)
ISSUERS_OF_MANY = (Role.HEAD_OF_REPRESENTATIVE,)
WRITERS = frozenset(
    {
        Role.PVL_ASSISTANT,
        Role.EXAMINER,
        Role.PREVENTION_ASSISTANT,
        Role.AUDITOR,
        Role.HEAD_OF_ASSISTANTS,
        Role.HEAD_OF_REPRESENTATIVE,
    }
)


def _writes(actor: Actor, document: Document) -> bool:
    return document_kind(document.kind).may_write(actor, document.folder)


def _issues(actor: Actor, document: Document) -> bool:
    return document_kind(document.kind).may_issue(actor, document.folder)


def _handles(actor: Actor, document: Document) -> bool:
    """Whoever writes or issues papers of this record also sends them and keeps their proof."""
    return _writes(actor, document) or _issues(actor, document)


def _is_head(actor: Actor, document: Document) -> bool:
    return document.representative_office_id in actor.offices_as(Role.HEAD_OF_REPRESENTATIVE)


def _confirms(actor: Actor, document: Document) -> bool:
    """Another person than the one who asked for it (AZ10)."""
    asked_by = document.revocation_asked_by_id
    return asked_by is not None and asked_by != actor.user_id and _is_head(actor, document)


def is_second_person(actor: Actor, document: Document) -> bool:
    """Whether this person neither drafted the paper nor wrote the words that stand now (AZ10)."""
    return actor.user_id not in (document.drafted_by_id, document.changed_by_id)


def waits_for_second_person(document: Document) -> bool:
    """Whether its kind asks for a second person who has not spoken yet."""
    rule = document_kind(document.kind).rule
    return rule.second_person and document.state is DocumentState.DRAFT


def may_return(actor: Actor, document: Document) -> bool:
    """Whether this person speaks about its words as the second one that its kind asks for."""
    return document_kind(document.kind).rule.second_person and is_second_person(actor, document)


WRITE = Policy("documents.write", roles=WRITERS, when=_writes)
ISSUE = Policy("documents.issue", roles=WRITERS, when=_issues)
HANDLE = Policy("documents.handle", roles=WRITERS, when=_handles)
ASK_REVOCATION = Policy("documents.ask_revocation", roles=WRITERS, when=_handles)
REVOKE = Policy("documents.revoke", roles=frozenset({Role.HEAD_OF_REPRESENTATIVE}), when=_confirms)
POLICIES = [
    ASK_REVOCATION,
    HANDLE,
    ISSUE,
    REVOKE,
    WRITE,
    Policy("documents.prove", roles=WRITERS, when=lambda actor, found: _handles(actor, found.document)),
    Policy("documents.issue_all", roles=frozenset(ISSUERS_OF_MANY)),
    Policy("documents.watch_issuing", roles=frozenset(ISSUERS_OF_MANY)),  # one's own job alone
    Policy("documents.order_preview", roles=WRITERS, when=_handles),
    Policy("documents.preview", roles=WRITERS),  # one's own drawings alone
    Policy("documents.read", roles=READERS),
    Policy("documents.register", roles=READERS),
]
