"""Copies of local rules, such as the PDF of a JDIH page. For the staff: the paper itself stands in JDIH."""

from uuid import UUID

from sqlalchemy import Select, select

from ombudsman_app.attachments.owners import OwnerKind, register
from ombudsman_app.core.policy import Actor

from .local_rule_policies import READERS, WRITE
from .models import LocalRule
from .queries.local_rule_page import visible_rule

FILES = "local_rule"


def _inside(actor: Actor, record_id: int | None) -> UUID | None:
    found = visible_rule(actor, record_id) if record_id else None
    return found.files_id if found is not None and WRITE.allows(actor, found) else None


def _seen(actor: Actor) -> Select[UUID] | None:
    return select(LocalRule.files_id) if actor.roles & READERS else None


register(OwnerKind(FILES, is_public=False, find=_inside, visible=_seen))
