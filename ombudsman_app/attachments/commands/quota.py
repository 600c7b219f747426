"""How much may begin to arrive in a day (FI3): of a folder, from an address, from one of the staff."""

from collections.abc import Iterator
from contextlib import contextmanager

from ombudsman_app.attachments.errors import FileRefused
from ombudsman_app.attachments.owners import Folder
from ombudsman_app.core import throttle
from ombudsman_app.core.errors import TooManyTries


@contextmanager
def quota(folder: Folder, length: int) -> Iterator[None]:
    """Count the bytes before they are promised; what is refused in the block costs nothing.

    Raises FileRefused("too_much_today"). 1 statement, 2 where it is given back.
    """
    amount = max(1, -(-length // 1024))
    try:
        if folder.kind.is_public:
            throttle.check("upload_kib", str(folder.id), folder.address, amount=amount)
        else:
            throttle.check("staff_upload_kib", str(folder.actor.user_id), amount=amount)
    except TooManyTries:
        raise FileRefused("too_much_today") from None
    try:
        yield
    except FileRefused:
        if folder.kind.is_public:
            throttle.give_back("upload_kib", str(folder.id), folder.address, amount=amount)
        else:
            throttle.give_back("staff_upload_kib", str(folder.actor.user_id), amount=amount)
        raise
