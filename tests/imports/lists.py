"""Lists as other bodies give them, and somebody who brings them by the door."""

import io
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

from flask import Flask
from openpyxl import Workbook
from werkzeug.test import TestResponse

from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from ombudsman_app.imports.models import ImportRun

from ..children import child_server
from ..documents.desk import make_all
from ..factories.findings import person
from ..visitor import Visitor

HOME = "/staff/imports"
BRING = f"{HOME}/new/employers"
HEADS = ("Nama Perusahaan", "NIB", "NPWP", "Kabupaten/Kota", "Jumlah TK", "TK Terdaftar", "Tanggal")
PLACE = "76.02"  # a regency of MAM


def row(number: int, **given: Any) -> tuple[Any, ...]:
    """One row under HEADS."""
    values = {
        "name": f"PT Usaha Contoh {number}",
        "nib": f"{9_100_000_000_000 + number}",
        "npwp": "",
        "place": PLACE,
        "workers": "100",
        "registered": "80",
        "day": "2026-10-01",
        **given,
    }
    return tuple(values.values())


def xlsx(
    rows: Sequence[Sequence[Any]], heads: Sequence[str] = HEADS, **more: Sequence[Sequence[Any]]
) -> bytes:
    """A workbook with one sheet, and further ones by name; a name that begins with `hidden` is hidden."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for line in [list(heads), *rows] if heads else rows:
        sheet.append(list(line))
    for line in sheet.iter_rows():
        for cell in line:
            if cell.data_type == "f":  # a text that looks like one
                cell.data_type = "s"
    for name, lines in more.items():
        other = book.create_sheet(name)
        other.sheet_state = "hidden" if name.startswith("hidden") else "visible"
        for line in lines:
            other.append(list(line))
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def csv_of(rows: Sequence[Sequence[Any]], sign: str = ";", heads: Sequence[str] = HEADS) -> str:
    return "\r\n".join(sign.join(str(cell) for cell in line) for line in [heads, *rows]) + "\r\n"


@contextmanager
def reading(app: Flask) -> Iterator[None]:
    """The child server that reads sheets."""
    settings: Settings = app.extensions["settings"]
    settings.run_dir.mkdir(parents=True, exist_ok=True)
    with child_server(settings.run_dir, "parse"):
        yield


class Bringer:
    """Somebody who brings lists at one office."""

    bring = BRING

    def __init__(self, app: Flask, visitor: Visitor, *roles: Role, office: str = "MAM") -> None:
        self.app, self.visitor = app, visitor
        with app.app_context():
            self.actor = person(*(roles or (Role.PREVENTION_ASSISTANT,)), office=office)
        visitor.enter(self.actor.user_id)

    def send(self, content: bytes, name: str = "daftar.xlsx", **given: str) -> TestResponse:
        """Send the form of a new list as a browser does."""
        self.visitor.get(BRING)
        assert self.visitor.page is not None
        fields = {
            **self.visitor.page.values,
            "csrf_token": self.visitor.token(),
            "source": "BPJS Ketenagakerjaan Mamuju",
            "source_kind": "bpjs",
            "as_of": "2026-10-31",
            **given,
        }
        return self.posted(content, name, fields)

    def posted(self, content: bytes, name: str, fields: Mapping[str, str]) -> TestResponse:
        parts = [
            f'--x\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
            for field, value in fields.items()
            if field != "file"
        ]
        head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
        body = b"".join([*parts, head, content, b"\r\n--x--\r\n"])
        return self.visitor._open(
            "POST", self.bring, data=body, content_type="multipart/form-data; boundary=x"
        )

    def brought(self, content: bytes, name: str = "daftar.xlsx", **given: str) -> int:
        """Send a list and have it read; return its id."""
        answer = self.send(content, name, **given)
        assert answer.status_code == 302, answer.text
        self.work()
        return int(answer.location.rsplit("/", 1)[1])

    def checked(self, content: bytes, name: str = "daftar.xlsx", **given: str) -> int:
        """Bring a list, take the columns as they were guessed, have it checked."""
        run_id = self.brought(content, name, **given)
        answer = self.visitor.submit(f"{HOME}/{run_id}/columns")
        assert answer.status_code == 302, answer.text
        self.work()
        return run_id

    def step(self, run_id: int, step: str) -> TestResponse:
        """Press a button of the page of a list."""
        page = self.visitor.get(f"{HOME}/{run_id}").text
        found = re.search(rf'action="{HOME}/{run_id}/{step}".*?name="version" value="(\d+)"', page, re.DOTALL)
        version = found[1] if found else "0"
        return self.visitor.post(f"{HOME}/{run_id}/{step}", {"version": version})

    def applied(self, run_id: int) -> None:
        answer = self.step(run_id, "apply")
        assert answer.status_code == 302, answer.text
        self.work()

    def page(self, run_id: int, more: str = "") -> str:
        return self.visitor.get(f"{HOME}/{run_id}{more}").text

    def work(self) -> None:
        """Do all jobs that wait."""
        for kind in ("read", "check", "match", "apply", "undo", "rejected"):
            make_all(self.app, f"imports.{kind}")

    def run(self, run_id: int) -> ImportRun:
        with self.app.app_context():
            found = db.session.get_one(ImportRun, run_id)
            db.session.expunge(found)
            return found
