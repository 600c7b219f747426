"""Several files in one form, for browsers without scripts."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import IO

from flask import request

from ombudsman_app.attachments import commands, formats
from ombudsman_app.attachments.errors import FileRefused
from ombudsman_app.attachments.names import kept_name
from ombudsman_app.attachments.owners import Folder

FIELD = "files"


@dataclass(frozen=True)
class Taken:
    """How many were taken, and which not: (name, sentence)."""

    number: int
    refused: list[tuple[str, str]]


def take_all(folder: Folder) -> Taken:
    """Take all files of the form that was sent; one that is refused keeps no other out."""
    number, refused = 0, []
    for name, length, stream in _given():
        try:
            commands.take_file(folder, name, length, stream)
            number += 1
        except FileRefused as why:
            refused.append((kept_name(name), formats.file_reason(why.reason)))
    return Taken(number, refused)


def _given() -> Iterator[tuple[str, int, IO[bytes]]]:
    for file in request.files.getlist(FIELD):
        if file.filename:  # a box that was left empty sends one without a name
            file.stream.seek(0, 2)
            length = file.stream.tell()
            file.stream.seek(0)
            yield file.filename, length, file.stream
            file.close()
