"""Out of quarantine by a real child; staff get the cleaned copy; originals need officer, reason, proof."""

import os
from datetime import timedelta
from io import BytesIO
from pathlib import Path

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select, update

from ombudsman_app.attachments.commands import check_again, remove_orphans
from ombudsman_app.attachments.models import Attachment, AttachmentEvent, AttachmentState, FileAct
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.children import AWAY, ChildFailed
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import command, db
from ombudsman_app.core.jobs.claiming import claim
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.jobs.work import perform
from ombudsman_app.core.policy import Role
from ombudsman_app.core.trail.models import TrailEntry

from ..children import child_server
from ..factories.attachments import CLEANED, ORIGINAL, AttachmentFactory
from ..factories.complaints import CODE, CaseFactory, ComplaintFactory, TeamFactory
from ..security.made_files import CANARY, exif
from ..visitor import Visitor
from ..wizard import Wizard
from .sender import Sender

REASON = "Memeriksa keaslian kuitansi yang diperdebatkan."


def photo() -> bytes:
    """A photo that tells where it was taken and by whom."""
    out = BytesIO()
    Image.new("RGB", (900, 600), "teal").save(out, "JPEG", exif=exif())
    assert CANARY.encode() in out.getvalue()
    return out.getvalue()


def work_off(app: Flask) -> None:
    """Do all jobs that are due, as a worker does."""
    while True:
        with app.app_context():
            claimed = claim()
            db.session.remove()
        if claimed is None:
            return
        perform(app, claimed)


def checked(app: Flask, visitor: Visitor, name: str, content: bytes) -> Attachment:
    Wizard(visitor).begin()
    visitor.get("/lapor/layanan")
    Sender(visitor, name, content).send()
    folder: Path = app.extensions["settings"].run_dir
    folder.mkdir(exist_ok=True)
    with child_server(folder, "parse"):
        work_off(app)
    with app.app_context():
        return db.session.scalars(select(Attachment)).one()


def test_given_a_photo_with_a_place_in_it_when_checked_then_the_copy_has_none(
    app: Flask, visitor: Visitor
) -> None:
    found = checked(app, visitor, "kuitansi.jpg", photo())
    assert (found.state, found.media_type, found.has_preview) == (AttachmentState.READY, "image/jpeg", True)
    copy = visitor.client.get(f"/berkas/{found.uuid}")
    assert copy.status_code == 200
    assert CANARY.encode() not in copy.data
    image = Image.open(BytesIO(copy.data))
    assert image.size in ((900, 600), (600, 900))
    assert not image.getexif()
    assert copy.headers["Content-Disposition"].startswith('attachment; filename="kuitansi.jpg"')
    assert copy.headers["Content-Security-Policy"] == "sandbox; default-src 'none'"
    small = Image.open(BytesIO(visitor.client.get(f"/berkas/{found.uuid}/kecil").data))
    assert max(small.size) <= 320


@pytest.mark.parametrize(
    ("name", "content", "reason"),
    [
        ("a.jpg", b"MZ" + b"\0" * 500, "program"),
        ("a.png", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", "svg"),
        ("a.pdf", b"PK\x03\x04" + b"\0" * 500, "archive"),
        ("a.jpg", b"\xff\xd8\xff\xe0 no picture at all", "damaged"),
    ],
)
def test_given_what_is_not_what_it_says_then_it_is_refused_and_nobody_can_load_it(
    app: Flask, visitor: Visitor, name: str, content: bytes, reason: str
) -> None:
    found = checked(app, visitor, name, content)
    assert (found.state, found.reason) == (AttachmentState.REFUSED, reason)
    assert visitor.client.get(f"/berkas/{found.uuid}").status_code == 404
    with app.app_context():
        acts = db.session.scalars(select(AttachmentEvent.act).order_by(AttachmentEvent.id)).all()
    assert acts == [FileAct.RECEIVED, FileAct.REFUSED], "the original is kept, and the custody tells"


def test_given_nobody_who_looks_into_files_then_it_stays_in_quarantine_until_somebody_does(
    app: Flask, visitor: Visitor
) -> None:
    Wizard(visitor).begin()
    visitor.get("/lapor/layanan")
    Sender(visitor, "a.jpg", photo()).send()
    app.extensions["settings"].run_dir.mkdir(exist_ok=True)
    work_off(app)
    with app.app_context():
        job = db.session.scalars(select(Job).where(Job.kind == "attachments.check")).one()
        assert (job.state, job.reason) == (JobState.WAITING, "child_away")
        assert db.session.scalars(select(Attachment.state)).one() is AttachmentState.QUARANTINED
        failed = update(Job).where(Job.id == job.id).values(state=JobState.FAILED, once_key=None)
        command(lambda: db.session.execute(failed))()
        assert check_again() == 1, "the house asks again for what was left"
    assert visitor.client.get("/berkas/" + "0" * 32).status_code == 404
    with child_server(app.extensions["settings"].run_dir, "parse"):
        work_off(app)
    with app.app_context():
        assert db.session.scalars(select(Attachment.state)).one() is AttachmentState.READY


def test_away_is_told_apart_from_broken() -> None:
    assert ChildFailed(AWAY).code == "away"


# --- staff ------------------------------------------------------------------------------------------------


@pytest.fixture
def evidence(app: Flask):
    with app.app_context():
        team = TeamFactory()
        case = CaseFactory(ComplaintState.ASSIGNED, team)
        return team, case, AttachmentFactory(case.files_id, name="kuitansi “asli”.jpg")


def test_given_case_workers_then_they_get_the_cleaned_copy_and_it_is_written_down(
    app: Flask, evidence
) -> None:
    team, _case, file = evidence
    for role in (Role.EXAMINER, Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE):
        answer = Visitor(app).enter(team.users[role].id).client.get(f"/staff/attachments/{file.uuid}")
        assert answer.data == CLEANED, role
    with app.app_context():
        acts = db.session.scalars(select(AttachmentEvent.act).order_by(AttachmentEvent.id)).all()
        assert acts == [FileAct.RECEIVED, *[FileAct.OPENED] * 3]
        opened = select(TrailEntry.actor_id).where(TrailEntry.event == "attachments:file:opened")
        assert len(set(db.session.scalars(opened))) == 3


def test_given_the_officer_with_a_reason_and_a_fresh_proof_then_the_original_leaves_and_nobody_elses(
    app: Flask, evidence
) -> None:
    team, _case, file = evidence
    address = f"/staff/attachments/{file.uuid}/original"
    officer = Visitor(app).enter(team.users[Role.EXAMINER].id)
    assert officer.submit(address, {"reason": "x"}).status_code == 422
    answer = officer.submit(address, {"reason": REASON})
    assert answer.data == ORIGINAL
    assert answer.mimetype == "application/octet-stream"
    assert 'filename="kuitansi _asli_.jpg"' in answer.headers["Content-Disposition"]
    late = Visitor(app).enter(team.users[Role.EXAMINER].id, proved_ago=timedelta(minutes=6))
    assert late.submit(address, {"reason": REASON}).status_code == 403
    head = Visitor(app).enter(team.users[Role.HEAD_OF_REPRESENTATIVE].id)
    assert head.get(address).status_code == 403
    with app.app_context():
        told = db.session.execute(
            select(AttachmentEvent.reason, AttachmentEvent.actor_id).where(
                AttachmentEvent.act == FileAct.ORIGINAL_OPENED
            )
        ).all()
        assert told == [(REASON, team.users[Role.EXAMINER].id)]


def test_given_a_scan_from_the_officer_then_it_lies_on_the_case(app: Flask, evidence) -> None:
    team, case, _file = evidence
    officer = Visitor(app).enter(team.users[Role.EXAMINER].id)
    officer.get(f"/staff/complaints/{case.id}")
    sender = Sender(
        officer, "pindaian.pdf", b"%PDF-1.7 a scan", at="/staff/attachments/uploads",
        owner="complaint", owner_id=str(case.id),
    )  # fmt: skip
    assert sender.send().status_code == 204
    with app.app_context():
        added = db.session.scalars(select(Attachment).order_by(Attachment.id.desc())).first()
        assert added is not None
        assert (added.folder, added.added_by_id) == (case.files_id, team.users[Role.EXAMINER].id)
    elsewhere = Sender(
        officer, "x.pdf", b"%PDF", at="/staff/attachments/uploads", owner="complaint", owner_id="987654"
    )
    assert elsewhere.create().status_code == 404


def test_given_a_file_from_the_reporter_on_lacak_then_the_case_waits_for_the_office(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        case = ComplaintFactory()
    visitor.submit("/lacak", {"ticket": case.ticket, "access_code": CODE})
    visitor.get("/lacak/laporan")
    Sender(visitor, "baru.jpg", photo(), owner="case").send()
    with app.app_context():
        stored = db.session.get(Complaint, case.id)
        assert stored is not None
        assert stored.awaits_answer is True


def test_given_bytes_that_no_row_names_then_they_go_after_a_day_and_no_others(app: Flask, evidence) -> None:
    _team, _case, file = evidence
    root: Path = app.extensions["settings"].data_dir / "files"
    lost = root / "ab" / ("ab" + "0" * 30 + "0")
    young = root / "ab" / ("ac" + "0" * 30 + "0")
    lost.parent.mkdir(exist_ok=True)
    for path in (lost, young):
        path.write_bytes(b"x")
    long_ago = now().timestamp() - 90_000
    for path in (lost, *root.glob(f"*/{file.uuid.hex}*")):
        os.utime(path, (long_ago, long_ago))
    with app.app_context():
        assert remove_orphans() == 1
    assert not lost.exists()
    assert young.exists()
    assert len(list(root.glob(f"*/{file.uuid.hex}*"))) == 4


def test_nothing_of_a_file_lies_in_clear_on_the_disk(app: Flask, visitor: Visitor) -> None:
    """PD9: name and content nowhere, the file that is still arriving included."""
    secret = b"KENARI-ISI" * 1000
    Wizard(visitor).begin()
    visitor.get("/lapor/layanan")
    Sender(visitor, "kenari-nama.jpg", photo() + secret).send()
    arriving = Sender(visitor, "kenari-nama-2.jpg", secret * 40)
    arriving.create()
    arriving.patch(0, secret * 20)
    folder: Path = app.extensions["settings"].run_dir
    folder.mkdir(exist_ok=True)
    with child_server(folder, "parse"):
        work_off(app)
    db_folder = app.extensions["settings"].data_dir
    for path in [*db_folder.rglob("*"), *db_folder.parent.glob("copy-*")]:
        if path.is_file():
            content = path.read_bytes()
            assert b"KENARI-ISI" not in content, path
            assert b"kenari-nama" not in content, path
