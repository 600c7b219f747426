"""Which news a person can see: their own, of kinds for their roles, about records they can see (AZ3, AZ5)."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from ombudsman_app.core.policy import Actor, Role

from .kinds import kinds_for, record_kind
from .models import Message, Notification

CARETAKERS = frozenset({Role.CARETAKER, Role.ADMINISTRATOR})


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def notifications(self) -> Select[Notification]:
        """One's own; what one may no longer see of a record is not there either."""
        if self.actor.user_id is None:
            return select(Notification).where(false())
        return select(Notification).where(
            Notification.person_id == self.actor.user_id, or_(false(), *self._about_what_is_visible())
        )

    def _about_what_is_visible(self) -> list[ColumnElement[bool]]:
        by_record: dict[str, list[str]] = {}
        for kind in kinds_for(self.actor):
            by_record.setdefault(kind.about, []).append(kind.name)
        return [self._one(about, names) for about, names in sorted(by_record.items())]

    def _one(self, about: str, names: list[str]) -> ColumnElement[bool]:
        is_kind = Notification.kind.in_(names)
        record = record_kind(about)
        if record is None:
            return is_kind
        visible = record.visible(self.actor)
        (found,) = visible.selected_columns
        is_seen = visible.where(found == Notification.record_id).correlate(Notification).exists()
        return and_(is_kind, Notification.record_kind == about, is_seen)

    def messages(self) -> Select[Message]:
        """What leaves the house, for those who look after it. It names no case to them."""
        if self.actor.roles & CARETAKERS:
            return select(Message)
        return select(Message).where(false())


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
