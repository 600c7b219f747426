"""Changing: callers import the names from here."""

from .arriving import (
    append_piece,
    begin_upload,
    end_upload,
    finish_upload,
    finish_whole_uploads,
    reread_upload,
    take_file,
)
from .checking import check_again, check_file
from .housekeeping import named_parts, remove_orphans, sweep_uploads
from .opening import note_download, note_original, opened_bytes
from .removing import destroy_folder, remove_file

__all__ = [
    "append_piece",
    "begin_upload",
    "check_again",
    "check_file",
    "destroy_folder",
    "end_upload",
    "finish_upload",
    "finish_whole_uploads",
    "named_parts",
    "note_download",
    "note_original",
    "opened_bytes",
    "remove_file",
    "remove_orphans",
    "reread_upload",
    "sweep_uploads",
    "take_file",
]
