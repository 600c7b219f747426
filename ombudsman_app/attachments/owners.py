"""To whom files belong. The domains above register their kinds at start; this one never knows them."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import Select

from ombudsman_app.core import limits
from ombudsman_app.core.policy import Actor


def _nothing(_folder: UUID, _actor: Actor) -> None:
    return None


def _never(_actor: Actor, _folder: UUID) -> bool:
    return False


def _always(_folder: UUID) -> bool:
    return True


@dataclass(frozen=True)
class OwnerKind:
    """One kind of record that has files.

    `find` says into which folder the one who asks may put something: a number names the record; for the
    public it is None, and what this browser has open counts. `visible` selects the folders of which a person
    may see the files; None, or without it: none, and no table of this kind is asked. `takes` says whether
    something may still be put into a folder that can be seen. `added` is called inside the command that
    stored a file.
    """

    name: str
    is_public: bool
    find: Callable[[Actor, int | None], UUID | None]
    visible: Callable[[Actor], Select[UUID] | None] | None = None
    may_open_original: Callable[[Actor, UUID], bool] = _never
    takes: Callable[[UUID], bool] = _always
    may_remove: bool = False  # before it was sent
    added: Callable[[UUID, Actor], None] = _nothing


@dataclass(frozen=True)
class Folder:
    """A folder that the one who asks may fill."""

    id: UUID
    kind: OwnerKind
    actor: Actor
    address: str = ""  # from where it is filled: what comes in a day is counted for it

    @property
    def most_files(self) -> int:
        return limits.PUBLIC_FILES if self.kind.is_public else limits.STAFF_FILES

    @property
    def most_bytes(self) -> int:
        return limits.PUBLIC_BYTES if self.kind.is_public else limits.STAFF_BYTES


_kinds: dict[str, OwnerKind] = {}


def register(kind: OwnerKind) -> None:
    """Make a kind known, under its name."""
    _kinds[kind.name] = kind


def owner_kind(name: str) -> OwnerKind | None:
    """Return the kind of a name."""
    return _kinds.get(name)


def kinds() -> Iterator[OwnerKind]:
    """Yield all kinds."""
    yield from _kinds.values()


def folder_for(
    actor: Actor, kind_name: str, record_id: int | None, *, is_public: bool, address: str = ""
) -> Folder | None:
    """Return the folder that this person or browser may fill, None where there is none."""
    kind = owner_kind(kind_name)
    if kind is None or kind.is_public is not is_public:
        return None
    found = kind.find(actor, record_id)
    return Folder(found, kind, actor, address) if found else None


def public_folders(actor: Actor) -> dict[UUID, Folder]:
    """Return the folders that this browser has open."""
    found = (folder_for(actor, kind.name, None, is_public=True) for kind in kinds() if kind.is_public)
    return {folder.id: folder for folder in found if folder is not None}
