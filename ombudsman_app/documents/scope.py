"""Which papers a person of the staff can see: those of records they can see, as the kinds say (AZ3, AZ5)."""

from sqlalchemy import ColumnElement, Select, and_, false, or_, select

from ombudsman_app.core.policy import Actor

from .kinds import DocumentKind, kinds
from .models import Document


class Scope:
    """The rows one actor may see."""

    def __init__(self, actor: Actor) -> None:
        self.actor = actor

    def documents(self) -> Select[Document]:
        """Papers of all kinds whose record this person sees."""
        by_rule: dict[object, list[DocumentKind]] = {}
        for kind in kinds():
            by_rule.setdefault(kind.visible, []).append(kind)
        return select(Document).where(or_(false(), *map(self._of, by_rule.values())))

    def _of(self, alike: list[DocumentKind]) -> ColumnElement[bool]:
        """Kinds that follow one rule ask it once, for the one folder, so that an index answers."""
        visible = alike[0].visible(self.actor)
        (folder,) = visible.selected_columns
        sees = visible.where(folder == Document.folder).correlate(Document).exists()
        return and_(Document.kind.in_([kind.name for kind in alike]), sees)


def scope(actor: Actor) -> Scope:
    """Open the view of one actor."""
    return Scope(actor)
