"""Instruments leave and come in through the door: nothing is lost, and a bad file stores nothing."""

import io
import re
import zipfile
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import delete, func, select

from ombudsman_app.accounts.models import RoleGrant
from ombudsman_app.audits.models import InstrumentVersion
from ombudsman_app.audits.queries.instrument_orders import READ_FORM, WRITE_FORM
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.models import JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.core.produced import store
from ombudsman_app.core.produced.models import ProducedFile

from ..children import child_server
from ..documents.desk import make_all
from ..factories.audits import version_in_use
from ..factories.findings import person
from ..visitor import Visitor

LIST = "/staff/audits/instruments"
IMPORT = f"{LIST}/import"
Inside = Callable[..., Any]


@pytest.fixture
def writer(visitor: Visitor, inside: Inside) -> Visitor:
    return visitor.enter(inside(person, Role.ANALYST).user_id)


@pytest.fixture
def reading_child(app: Flask) -> Iterator[None]:
    settings: Settings = app.extensions["settings"]
    settings.run_dir.mkdir(parents=True, exist_ok=True)
    with child_server(settings.run_dir, "parse"):
        yield


def shipped(inside: Inside) -> str:
    return f"{LIST}/{inside(lambda: version_in_use().id)}"


def sent(visitor: Visitor, content: bytes, name: str = "berkas.yaml") -> Any:
    visitor.get(IMPORT)
    assert visitor.page is not None
    key = visitor.page.values["form_key"]
    return posted(visitor, content, key, name)


def posted(visitor: Visitor, content: bytes, key: str, name: str = "berkas.yaml") -> Any:
    """Send the form as a browser does, without the temporary file of the test client."""
    fields = {"form_key": key, "csrf_token": visitor.token()}
    parts = [
        f'--x\r\nContent-Disposition: form-data; name="{field}"\r\n\r\n{value}\r\n'.encode()
        for field, value in fields.items()
    ]
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{name}"\r\n\r\n'.encode()
    body = b"".join([*parts, head, content, b"\r\n--x--\r\n"])
    return visitor._open("POST", IMPORT, data=body, content_type="multipart/form-data; boundary=x")


def versions(inside: Inside) -> int:
    return inside(lambda: db.session.scalar(select(func.count()).select_from(InstrumentVersion)))  # type: ignore[no-any-return]


def assert_same_but_number(inside: Inside, visitor: Visitor, draft: str) -> None:
    content = inside(lambda: db.session.get(InstrumentVersion, int(draft.rsplit("/", 1)[1])).content)
    before = inside(lambda: version_in_use().content)
    assert content == {**before, "version": "1.1"}
    assert "Tidak ada yang berbeda" in visitor.get(f"{draft}/compare").text


def test_given_the_yaml_of_a_version_when_taken_in_then_only_the_number_differs(
    writer: Visitor, inside: Inside
) -> None:
    file = writer.get(f"{shipped(inside)}/yaml")
    assert file.headers["Content-Disposition"].startswith("attachment")
    answer = sent(writer, file.data)
    assert answer.status_code == 302, answer.text
    assert_same_but_number(inside, writer, answer.location)


def asked_for(visitor: Visitor, app: Flask, answer: Any, kind: str) -> str:
    """Carry out what was asked for; return the page where it stands."""
    assert answer.status_code == 302, answer.text
    page = str(answer.location)
    assert "progressbar" in visitor.get(page).text
    assert make_all(app, kind) == [JobState.DONE]
    return page


def form_of(visitor: Visitor, app: Flask, version: str) -> bytes:
    visitor.get(version)
    page = asked_for(visitor, app, visitor.post(f"{version}/xlsform"), WRITE_FORM)
    assert f"{page}/file" in visitor.get(page).text
    file = visitor.get(f"{page}/file")
    assert file.headers["Content-Disposition"].startswith("attachment")
    return bytes(file.data)


@pytest.mark.usefixtures("reading_child")
def test_given_the_xlsform_of_a_version_when_taken_in_then_only_the_number_differs(
    app: Flask, writer: Visitor, inside: Inside
) -> None:
    content = form_of(writer, app, shipped(inside))
    assert content.startswith(b"PK")
    page = asked_for(writer, app, sent(writer, content, "formulir.xlsx"), READ_FORM)
    draft = re.search(rf'href="({LIST}/[0-9]+)"', writer.get(page).text)
    assert draft
    assert_same_but_number(inside, writer, draft[1])
    assert Visitor(app).enter(inside(person, Role.ANALYST).user_id).get(page).status_code == 404
    assert writer.get(f"{page}/file").status_code == 404  # of a reading there is none


@pytest.mark.usefixtures("reading_child")
def test_given_a_bomb_or_no_sheet_then_all_is_said_and_nothing_is_stored(
    app: Flask, writer: Visitor, inside: Inside
) -> None:
    bomb = io.BytesIO()
    with zipfile.ZipFile(bomb, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("[Content_Types].xml", "x")
        packed.writestr("xl/worksheets/sheet1.xml", b"0" * 300_000_000)
    for content in (bomb.getvalue(), b"PK\x03\x04rest"):
        page = asked_for(writer, app, sent(writer, content, "bom.xlsx"), READ_FORM)
        assert "Tidak ada yang disimpan" in writer.get(page).text
        assert writer.get(f"{page}/file").status_code == 404
    assert versions(inside) == 1
    with app.app_context():
        kept = {file.uuid.hex for file in db.session.scalars(select(ProducedFile))}
        assert {path.name for path in store.folder().iterdir()} == kept  # what was sent is gone


def test_given_nobody_reads_sheets_now_then_it_waits_and_is_tried_again(
    app: Flask, writer: Visitor, inside: Inside
) -> None:
    answer = sent(writer, b"PK\x03\x04rest", "formulir.xlsx")
    assert answer.status_code == 302
    assert make_all(app, READ_FORM) == [JobState.WAITING]
    assert "progressbar" in writer.get(answer.location).text
    assert versions(inside) == 1


@pytest.mark.usefixtures("reading_child")
def test_given_a_form_sent_twice_then_one_draft_stands_there(
    app: Flask, writer: Visitor, inside: Inside
) -> None:
    content = form_of(writer, app, shipped(inside))
    writer.get(IMPORT)
    assert writer.page is not None
    key = writer.page.values["form_key"]
    first, again = (posted(writer, content, key, "a.xlsx").location for _ in range(2))
    assert first == again
    assert make_all(app, READ_FORM) == [JobState.DONE]
    later = posted(writer, content, key, "a.xlsx").location
    assert make_all(app, READ_FORM) == [JobState.DONE]
    assert "sudah diterima sebelumnya" in writer.get(later).text
    assert versions(inside) == 2


def test_given_a_right_that_is_gone_when_the_job_runs_then_nothing_is_written(
    app: Flask, writer: Visitor, inside: Inside
) -> None:
    page = shipped(inside)
    writer.get(page)
    assert writer.post(f"{page}/xlsform").status_code == 302

    @command
    def end() -> None:
        db.session.execute(delete(RoleGrant))

    inside(end)
    assert make_all(app, WRITE_FORM) == [JobState.FAILED]


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ((b"weight: '32.37'", b"weight: '30'"), "bukan 100"),
        ((b"answer_type: scale4", b"answer_type: perasaan"), "“perasaan” tidak dapat dipilih"),
        ((b"scheme: opini_2025", b"scheme: lain"), "Skema “lain” tidak ada di sini"),
        ((b"version: '1.0'", b"version: satu"), "Tulis nomor versi"),
        ((b"id: I02\n", b"id: I01\n"), "dipakai dua kali"),
        ((b"origin:", b"origin: &a"), "Jangkar"),
        ((b"dimensions:", b"dimensi:"), "tidak dikenal"),
    ],
    ids=["weights", "choice", "scheme", "version", "double", "anchor", "key"],
)
def test_given_a_bad_file_then_all_is_said_and_nothing_is_stored(
    writer: Visitor, inside: Inside, change: tuple[bytes, bytes], says: str
) -> None:
    good = writer.get(f"{shipped(inside)}/yaml").data
    scheme = inside(lambda: version_in_use().content["scheme"]).encode()
    before, after = change
    before = before.replace(b"opini_2025", scheme)
    assert before in good
    answer = sent(writer, good.replace(before, after, 1))
    assert answer.status_code == 422, answer.text
    assert says in answer.text
    assert versions(inside) == 1


def test_given_huge_empty_or_other_files_then_each_is_refused(writer: Visitor, inside: Inside) -> None:
    many = b"".join(b"a%d: 1\n" % number for number in range(49_990))  # each key is looked up, not searched
    for content, status in (
        (b"", 422),
        (many, 422),
        (b"a" * 2_150_000, 422),
        (b"\xff\xfe", 422),
        (b"- 1", 422),
    ):
        assert sent(writer, content).status_code == status, content[:5]
    assert sent(writer, b"a" * 3_000_000).status_code == 413
    assert versions(inside) == 1


def test_given_html_in_a_file_then_it_is_shown_as_text(writer: Visitor, inside: Inside) -> None:
    good = writer.get(f"{shipped(inside)}/yaml").data
    evil = re.sub(rb"question_en: .*", b"question_en: <img src=x onerror=alert(1)>", good, count=1)
    draft = sent(writer, evil).headers["Location"]
    for page in (draft, f"{draft}/preview", f"{draft}/trial", f"{draft}/compare"):
        assert "<img src=x" not in writer.get(page).text, page


def test_given_the_same_file_sent_twice_by_one_form_then_one_draft_stands_there(
    writer: Visitor, inside: Inside
) -> None:
    good = writer.get(f"{shipped(inside)}/yaml").data
    writer.get(IMPORT)
    assert writer.page is not None
    key = writer.page.values["form_key"]
    for _twice in range(2):
        assert posted(writer, good, key).status_code == 302
    assert versions(inside) == 2


def test_given_a_draft_that_is_wrong_then_it_has_no_file(writer: Visitor, inside: Inside) -> None:
    page = shipped(inside)
    key = re.search(r'name="form_key"[^>]* value="([^"]+)"', writer.get(page).text)
    assert key
    draft = writer.post(f"{page}/copy", {"form_key": key[1]}).headers["Location"]
    writer.submit(f"{draft}/weights", {"weight_0": "1"})
    assert writer.get(f"{draft}/yaml").status_code == 422
    writer.get(draft)
    assert writer.post(f"{draft}/xlsform").status_code == 422
    assert "Belum dapat dihitung" in writer.get(f"{draft}/trial").text
    assert "Belum dapat ditampilkan" in writer.get(f"{draft}/preview").text
    assert "Belum dapat dibandingkan" in writer.get(f"{draft}/compare").text
