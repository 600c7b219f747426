"""Which folder a form of staff or portal may fill: the owners say it, by who asks."""

from ombudsman_app.attachments.owners import Folder, folder_for
from ombudsman_app.core import limits
from ombudsman_app.core.errors import NotVisible
from ombudsman_app.web.access import current_actor


def folder_of_record(owner: str, record_id: str) -> Folder:
    """Return the folder that a form names. Raises NotVisible where this person may not fill it."""
    if not (record_id.isascii() and record_id.isdigit() and len(record_id) <= limits.ID_DIGITS):
        raise NotVisible
    folder = folder_for(current_actor(), owner, int(record_id), is_public=False)
    if folder is None:
        raise NotVisible
    return folder
