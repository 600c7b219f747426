"""Evidence arrives in pieces, whole and once, into what this browser has open and nowhere else (DI4, FI3)."""

import hashlib
from io import BytesIO
from pathlib import Path
from uuid import uuid4

import pytest
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.attachments.commands import append_piece, finish_whole_uploads, opened_bytes
from ombudsman_app.attachments.models import Attachment, AttachmentState, Upload
from ombudsman_app.attachments.queries import name_of
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core import limits
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.models import Job

from ..visitor import Visitor
from ..wizard import Wizard
from .sender import PIECE, Sender

PHOTO = b"\xff\xd8\xff\xe0" + bytes(range(256)) * 3000
SMALL = PHOTO[:100_000]  # the test client keeps a larger form in a file that it never closes


@pytest.fixture
def reporter(visitor: Visitor) -> Visitor:
    """Somebody whose draft has begun."""
    Wizard(visitor).begin()
    visitor.get("/lapor/layanan")
    return visitor


def stored(app: Flask) -> list[Attachment]:
    with app.app_context():
        return list(db.session.scalars(select(Attachment).order_by(Attachment.id)))


def whole(app: Flask, found: Attachment) -> bytes:
    with app.app_context():
        return b"".join(opened_bytes(found, "0"))


def test_given_a_line_that_is_cut_when_sent_on_then_the_file_is_there_once_and_whole(
    app: Flask, reporter: Visitor
) -> None:
    sender = Sender(reporter, "kuitansi.jpg", PHOTO)
    last = sender.send(cuts=[PIECE, 2 * PIECE])
    (found,) = stored(app)
    assert last.headers["X-File"] == str(found.uuid)
    assert (found.state, found.size_bytes) == (AttachmentState.QUARANTINED, len(PHOTO))
    assert found.sha256 == hashlib.sha256(PHOTO).hexdigest()
    assert whole(app, found) == PHOTO
    assert sender.ask("HEAD", sender.address).headers["X-File"] == str(found.uuid), "a lost last answer"
    assert sender.patch(len(PHOTO), b"").headers["X-File"] == str(found.uuid)
    with app.app_context():
        assert db.session.scalar(select(func.count()).where(Job.kind == "attachments.check")) == 1
        assert name_of(found) == "kuitansi.jpg"


@pytest.mark.full
def test_a_hundred_megabytes_in_five_files_cut_at_every_piece_arrive_whole_and_once(
    app: Flask, reporter: Visitor
) -> None:
    """The figure of the issue: 5 × 20 MiB, cut at every 256 KiB."""
    contents = [bytes([number]) * (20 * limits.MIB) for number in range(5)]
    for number, content in enumerate(contents):
        Sender(reporter, f"{number}.jpg", content).send(cuts=range(PIECE, len(content), PIECE))
    files = stored(app)
    assert [found.sha256 for found in files] == [hashlib.sha256(content).hexdigest() for content in contents]
    assert [found.size_bytes for found in files] == [20 * limits.MIB] * 5
    assert Sender(reporter, "6.jpg", PHOTO).create().status_code == 413, "100 MiB are all that fits"


def test_given_a_draft_with_files_when_sent_then_they_are_those_of_the_case(
    app: Flask, reporter: Visitor
) -> None:
    walker = Wizard(reporter)
    walker.answer_all()
    Sender(reporter, "foto.jpg", PHOTO).send()
    assert walker.send().location == "/lapor/terkirim"
    (found,) = stored(app)
    with app.app_context():
        assert db.session.scalars(select(Complaint.files_id)).one() == found.folder
    assert Sender(reporter, "lagi.jpg", PHOTO).create().status_code == 404, "what was sent takes no more"


def test_given_a_draft_that_is_forgotten_then_its_files_can_never_be_opened_again(
    app: Flask, reporter: Visitor
) -> None:
    Sender(reporter, "foto.jpg", PHOTO).send()
    reporter.submit("/lapor/hapus")
    (found,) = stored(app)
    assert (found.state, found.wrapped_key, found.sealed_name) == (AttachmentState.REMOVED, None, None)


def test_given_a_file_taken_back_then_it_is_gone_and_can_be_sent_again(app: Flask, reporter: Visitor) -> None:
    Sender(reporter, "foto.jpg", PHOTO).send()
    (found,) = stored(app)
    assert (
        reporter.post(f"/berkas/{found.uuid}/hapus", {"back": "/lapor/harapan"}).location == "/lapor/harapan"
    )
    assert reporter.post(f"/berkas/{found.uuid}/hapus").status_code == 404
    Sender(reporter, "foto.jpg", PHOTO).send()
    assert [one.state for one in stored(app)] == [AttachmentState.REMOVED, AttachmentState.QUARANTINED]


REFUSED = {
    "photo too large": ("a.jpg", limits.FILE_BYTES + 1, 413),
    "video too large": ("a.mp4", limits.VIDEO_BYTES + 1, 413),
    "500 MB": ("a.jpg", 500 * limits.MIB, 413),
    "a program": ("a.exe", 100, 415),
    "no ending": ("foto", 100, 415),
    "a drawing": ("a.svg", 100, 415),
    "nothing": ("a.jpg", 0, 422),
}


@pytest.mark.parametrize("what", REFUSED)
def test_given_what_is_not_taken_then_a_sentence_says_so_before_anything_is_sent(
    app: Flask, reporter: Visitor, what: str
) -> None:
    name, length, status = REFUSED[what]
    answer = Sender(reporter, name, b"").create(length)
    assert answer.status_code == status
    assert len(answer.get_json()["message"]) > 10
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(Upload)) == 0


@pytest.mark.parametrize("size", [limits.FILE_BYTES - 1, limits.FILE_BYTES])
def test_given_the_limit_then_it_is_taken(reporter: Visitor, size: int) -> None:
    assert Sender(reporter, "a.jpg", b"").create(size).status_code == 201


def test_given_the_number_of_files_then_the_next_is_one_too_many(reporter: Visitor) -> None:
    for number in range(limits.PUBLIC_FILES):
        assert Sender(reporter, f"{number}.jpg", b"").create(10).status_code == 201
    assert Sender(reporter, "more.jpg", b"").create(10).get_json()["reason"] == "too_many"


def test_given_a_client_that_does_not_keep_to_the_protocol_then_nothing_breaks(reporter: Visitor) -> None:
    sender = Sender(reporter, "a.jpg", PHOTO)
    assert sender.create().status_code == 201
    assert sender.patch(1, PHOTO[:10]).status_code == 409
    assert sender.patch(0, PHOTO + b"more than was promised").status_code == 413
    assert sender.ask("PATCH", sender.address, PHOTO, Upload_Offset="0").status_code == 415
    assert sender.ask("PATCH", sender.address, PHOTO, Upload_Offset="x").status_code in (400, 415)
    assert sender.ask("POST", "/unggah", Upload_Length="-1").status_code == 404
    bad = sender.ask("POST", "/unggah", Upload_Length="1", Upload_Metadata="filename ???")
    assert bad.status_code == 400
    old = reporter.client.head(sender.address, headers={"Tus-Resumable": "0.2.2"})
    assert (old.status_code, old.headers["Tus-Version"]) == (412, "1.0.0")
    told = reporter.client.options("/unggah")
    assert (told.status_code, told.headers["Tus-Extension"]) == (204, "creation,expiration,termination")
    assert sender.ask("DELETE", sender.address).status_code == 204
    assert sender.ask("HEAD", sender.address).status_code == 404


def test_given_no_token_then_no_piece_is_taken(reporter: Visitor) -> None:
    sender = Sender(reporter, "a.jpg", PHOTO)
    sender.create()
    headers = {
        "Tus-Resumable": "1.0.0",
        "Upload-Offset": "0",
        "Content-Type": "application/offset+octet-stream",
    }
    assert reporter.client.patch(sender.address, data=PHOTO, headers=headers).status_code == 400
    assert sender.offset() == 0


def test_given_another_browser_then_it_finds_neither_upload_nor_file(
    app: Flask, reporter: Visitor, another_visitor: Visitor
) -> None:
    sender = Sender(reporter, "a.jpg", PHOTO)
    sender.send()
    (found,) = stored(app)
    stranger = Sender(another_visitor, "a.jpg", PHOTO)
    assert stranger.create().status_code == 404
    assert stranger.ask("HEAD", sender.address).status_code == 404
    for address in (f"/berkas/{found.uuid}", f"/berkas/{found.uuid}/kecil", f"/berkas/{uuid4()}"):
        assert another_visitor.get(address).status_code == 404


def test_given_a_form_without_scripts_then_the_good_files_are_taken_and_the_others_explained(
    app: Flask, reporter: Visitor
) -> None:
    answer = reporter.post(
        "/unggah/biasa",
        {
            "owner": "draft",
            "back": "/lapor/harapan",
            "files": [
                (BytesIO(SMALL), "satu.jpg"),
                (BytesIO(b"MZ"), "dua.exe"),
                (BytesIO(SMALL), "tiga.png"),
            ],
        },
        content_type="multipart/form-data",
    )
    assert answer.status_code == 422
    assert "2 berkas diterima." in answer.text
    assert "dua.exe" in answer.text
    assert [whole(app, found) for found in stored(app)] == [SMALL, SMALL]
    fine = {"owner": "draft", "back": "/lapor/harapan", "files": [(BytesIO(SMALL), "empat.jpg")]}
    assert (
        reporter.post("/unggah/biasa", fine, content_type="multipart/form-data").location == "/lapor/harapan"
    )


def test_given_the_same_form_twice_then_it_is_one_file(app: Flask, reporter: Visitor) -> None:
    for _time in range(2):
        form = {"owner": "draft", "back": "/lapor/harapan", "files": [(BytesIO(SMALL), "satu.jpg")]}
        assert reporter.post("/unggah/biasa", form, content_type="multipart/form-data").status_code == 302
    assert len(stored(app)) == 1


def test_given_a_large_body_of_another_kind_then_it_is_not_read(reporter: Visitor) -> None:
    sender = Sender(reporter, "a.jpg", PHOTO)
    sender.create()
    for method, address in (("POST", "/unggah/biasa"), ("PATCH", sender.address)):
        answer = sender.ask(
            method, address, b"a=" + b"a" * 2_000_000, Content_Type="application/x-www-form-urlencoded"
        )
        assert answer.status_code == 413


def test_while_a_phone_sends_no_transaction_is_open(app: Flask, reporter: Visitor) -> None:
    """On SQLite nobody else could write as long as a slow phone sends."""
    sender, seen = Sender(reporter, "a.jpg", PHOTO), list[bool]()
    sender.create()

    class Slow(BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            seen.append(db.session().in_transaction())
            return super().read(size)

    with app.app_context():
        upload = db.session.scalars(select(Upload)).one()
        assert append_piece(upload, 0, Slow(PHOTO)) == len(PHOTO)
    assert len(seen) > 3
    assert not any(seen)


@pytest.mark.parametrize(
    "given",
    [
        "../../etc/passwd.jpg",
        "C:\\x\\y.jpg",
        "a\r\nSet-Cookie: b.jpg",
        "\u202egpj.exe.jpg",
        "x" * 500 + ".jpg",
    ],
)
def test_given_a_hostile_name_then_it_is_data_and_never_a_path(
    app: Flask, reporter: Visitor, given: str
) -> None:
    Sender(reporter, given, PHOTO, key="k").send()
    (found,) = stored(app)
    with app.app_context():
        name = name_of(found)
    assert name.endswith(".jpg")
    assert len(name) <= limits.FILE_NAME
    assert not set(name) & set('/\\\r\n"\u202e')
    folder: Path = app.extensions["settings"].data_dir
    assert all(path.name[:32].isalnum() for path in (folder / "files").rglob("*") if path.is_file())


def test_given_an_upload_whose_sender_died_at_the_end_then_the_house_finishes_it(
    app: Flask, reporter: Visitor
) -> None:
    sender = Sender(reporter, "a.jpg", PHOTO)
    sender.create()
    with app.app_context():
        append_piece(db.session.scalars(select(Upload)).one(), 0, BytesIO(PHOTO))
        assert finish_whole_uploads() == 1
        assert finish_whole_uploads() == 0
    assert whole(app, stored(app)[0]) == PHOTO
