"""A walk past files and past what is made of them: evidence, posters, jobs. Needs a demonstration."""

from datetime import timedelta
from pathlib import Path
from uuid import UUID

from playwright.sync_api import Page, expect
from sqlalchemy import select, update

from ombudsman_app.attachments.models import Attachment, AttachmentState
from ombudsman_app.complaints import commands
from ombudsman_app.complaints.models import Complaint, InformationTip
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.jobs.claiming import claim, give_up, tell
from ombudsman_app.core.jobs.models import Job, JobState
from ombudsman_app.core.policy import Role
from ombudsman_app.core.produced import store as produced
from ombudsman_app.core.produced.models import ProducedFile
from tests.factories.accounts import UserFactory
from tests.factories.attachments import AttachmentFactory
from tests.factories.complaints import CODE, TeamFactory, TipFactory

from . import journeys
from .live import Site
from .photos import photo
from .sending import Line, choose, to_evidence
from .tour import Stop
from .tour_case import ENDLESS, Walk

MANY = 26
KINDS = (
    ("surat-pengantar-dari-kantor-desa.pdf", "application/pdf"),
    ("antrean di depan loket.mp4", "video/mp4"),
    ("Rekaman 20 November.m4a", "audio/mp4"),
)
REASON = "Memeriksa kapan dan di mana foto dibuat."
COUNTERS, JOBS = "/staff/directory/counters", "/staff/operations/jobs"
_EVERY_PICTURE = """() => Promise.all([...document.images].map((one) => {
  one.loading = "eager";
  return one.decode().catch(() => null); // what the factories store is no real picture
}))"""
DRAWN = "Drawing the page"  # as directory/jobs.py says it


def through_files(site: Site, page: Page, stop: Stop, folder: Path) -> None:
    """Evidence from the phone to the desk, posters from the order to the file, jobs in each state."""
    with site.app.app_context(), stopped_at(now() - timedelta(days=60)):
        team = TeamFactory()
    walk = Walk(site, page, stop, team)
    _sent(walk, folder)
    _looked_at(walk)
    _posters(walk)
    _jobs(walk)


def _sent(walk: Walk, folder: Path) -> None:
    """The question of evidence: empty, on the way, refused, cut off, arrived, too many; then /lacak."""
    page, site = walk.page, walk.site
    paths = [folder / name for name in ("IMG_20261120_090512.jpg", "IMG_20261120_090655.jpg", "daftar.docx")]
    for number, path in enumerate(paths):
        path.write_bytes(photo(number + 1) if path.suffix == ".jpg" else b"PK\x03\x04")
    to_evidence(page)
    walk.stop("files-none")
    choose(page, paths[0])
    expect(page.locator("#berkas .file[data-state=quarantined]")).to_have_count(1)
    walk.stop("files-being-checked")
    line = Line(page)
    choose(page, *paths)
    expect(page.locator("[data-part=sending] .file[data-state=sending]")).to_have_count(1)
    walk.stop("files-on-the-way")
    line.be(away=True)
    expect(
        page.locator("[data-part=sending] .file[data-state=waiting] [data-part=again]:visible")
    ).to_have_count(1)
    walk.stop("files-cut-off")
    line.heal()
    expect(page.locator("#berkas .file[data-state=quarantined]")).to_have_count(3)
    with site.app.app_context():
        drawer = db.session.scalars(select(Attachment.folder)).first()
        db.session.execute(update(Attachment).values(state=AttachmentState.REFUSED, reason="damaged"))
        db.session.commit()
        _fill(drawer)
    page.reload()
    walk.stop("files-many")
    journeys.go_on(page)
    for answer in journeys.ANSWERS[journeys.ANSWERS.index(journeys.answer_urgency) :]:
        answer(page)
    page.wait_for_url("**/lapor/periksa")
    walk.stop("files-check")
    _all_seen(page)
    journeys.go_on(page)
    receipt = journeys.receipt_on(page)
    journeys.go_on(page)
    journeys.follow(page, receipt)
    page.locator("#bukti summary").click()
    walk.stop("files-follow")
    _all_seen(page)


def _all_seen(page: Page) -> None:
    """Wait for every picture. Once the report is sent, or the page is closed, they are nobody's here: 404."""
    page.evaluate(_EVERY_PICTURE)


def _fill(folder: UUID | None, many: int = MANY) -> None:
    """Photos and other kinds, long names, one refused and one that waits."""
    for number in range(many):
        name = f"IMG_2026112{number % 10}_0905{number:02}.jpg"
        AttachmentFactory(folder, name, picture=photo(number, 320, 240))
    for name, media_type in KINDS:
        AttachmentFactory(folder, name, media_type=media_type)
    AttachmentFactory(folder, f"{'kwitansi' * 12}.jpg", picture=photo(99, 320, 240))
    AttachmentFactory(
        folder, "berkas-rusak.pdf", AttachmentState.REFUSED, "damaged", media_type="application/pdf"
    )
    AttachmentFactory(folder, "baru-saja.jpg", AttachmentState.QUARANTINED)


def _looked_at(walk: Walk) -> None:
    """The exhibits of a case and of information, the original, what was not taken."""
    page, site = walk.page, walk.site
    empty = walk.case(ComplaintState.FORMAL_VERIFICATION, days_ago=3)
    full = walk.case(ComplaintState.ASSIGNED, days_ago=5)
    with site.app.app_context():
        held = db.session.get_one(Complaint, full)
        with stopped_at(now() - timedelta(days=5)):
            _fill(held.files_id, 4)
        AttachmentFactory(
            held.files_id,
            "Berita acara.pdf",
            added_by_id=walk.team.intake.user_id,
            media_type="application/pdf",
        )
        told = TipFactory()
        commands.move_tip(told, "begin_reading", version=told.version, actor=walk.team.intake)
        _fill(db.session.get_one(InformationTip, told.id).files_id, 2)
        ticket, tip = told.ticket, told.id
    walk.enter_as(Role.EXAMINER)
    walk.see("files-case", f"/staff/complaints/{full}")
    page.locator("#evidence details summary").first.click()
    walk.stop("files-case-custody")
    page.locator("#evidence a[href*='/original']").first.click()
    page.locator("textarea[name=reason]").wait_for()
    walk.stop("files-original")
    walk.refused("files-original-missing", "main form button[type=submit]")
    page.goto(f"/staff/complaints/{full}")
    with page.expect_navigation():
        page.locator("form[data-part=form]").evaluate(_SENT_WITHOUT_SCRIPTS)
    walk.stop("files-not-taken")
    walk.enter_as(Role.PVL_ASSISTANT)
    walk.see("files-case-none", f"/staff/complaints/{empty}")
    walk.see("files-tip", f"/staff/tips/{tip}")
    journeys.follow(page, journeys.Receipt(ticket, CODE))
    page.locator("#bukti summary").click()
    walk.stop("files-tip-follow")


# What a browser without scripts sends: files of a kind that is not taken.
_SENT_WITHOUT_SCRIPTS = """form => {
  const files = new DataTransfer();
  files.items.add(new File(["PK"], "daftar hadir.docx"));
  files.items.add(new File([""], "kosong.jpg"));
  form.elements.files.files = files.files;
  form.submit();
}"""


def _posters(walk: Walk) -> None:
    """Counters, the order, and its page while it waits, is drawn, has failed, is there and is gone."""
    page = walk.page
    walk.enter_as(Role.PVL_ASSISTANT)
    walk.see("counters", COUNTERS)
    walk.see("counters-found", f"{COUNTERS}?q=mamuju")
    walk.see("counters-none", f"{COUNTERS}?q={ENDLESS[:60]}")
    page.goto(COUNTERS)
    walk.press("tbody tr:first-child a")
    walk.stop("poster-order")
    page.locator("input[name=size]").first.evaluate("one => one.form.reset()")
    for one in page.locator("input[name=size]").all():
        one.evaluate("one => { one.checked = false; }")
    walk.refused("poster-order-missing", "main form button[type=submit]")
    order = page.url
    journeys.choose(page, "size", "a4")
    walk.press("main form button[type=submit]")
    address = page.url
    uuid = UUID(address.rsplit("/", 1)[1])
    walk.stop("poster-waits")
    with walk.site.app.app_context():
        claimed = claim(uuid)
        assert claimed is not None
        tell(claimed, DRAWN, 1, 3)
    page.reload()
    walk.stop("poster-drawn")
    page.goto(COUNTERS)  # away from it: the page of a job goes on by itself when the job has ended
    with walk.site.app.app_context():
        give_up(claimed, "broken", for_good=True)
    page.goto(address)
    walk.stop("poster-failed")
    page.goto(order)
    journeys.choose(page, "size", "a4")
    walk.press("main form button[type=submit]")
    address = page.url
    page.goto(COUNTERS)
    _drawn(walk, UUID(address.rsplit("/", 1)[1]))
    page.goto(address)
    walk.stop("poster-ready")
    with walk.site.app.app_context():
        db.session.execute(update(ProducedFile).values(ends_at=now()))
        db.session.commit()
    page.goto(address)
    walk.stop("poster-gone")


def _drawn(walk: Walk, uuid: UUID) -> None:
    with walk.site.app.app_context():
        job = db.session.scalars(select(Job).where(Job.uuid == uuid)).one()
        job.state, job.ended_at = JobState.DONE, now()
        db.session.add(ProducedFile(
            uuid=produced.write(b"%PDF-1.7"), job_uuid=uuid, owner_id=job.asked_by_id, saved_as="poster.pdf",
            media_type="application/pdf", size_bytes=8, sha256="0" * 64, made_at=now(),
            ends_at=now() + timedelta(days=1),
        ))  # fmt: skip
        db.session.commit()


def _jobs(walk: Walk) -> None:
    """What caretakers see: nothing, many, one at work, one that failed, nobody who works."""
    page, site = walk.page, walk.site
    with site.app.app_context():
        email = UserFactory(Role.CARETAKER, name="Demo Perawat").email
    page.context.clear_cookies(name="sid")
    journeys.sign_in(page, email, site=site)
    walk.see("caretakers-overview", "/staff/operations/")
    walk.see("jobs-none", JOBS)
    walk.see("jobs-misread", f"{JOBS}?state=gone")
    walk.see("jobs-failed", f"{JOBS}?state=failed")
    walk.press("main tbody tr:first-child a")
    walk.stop("job-failed")
    with site.app.app_context():
        long_ago = now() - timedelta(minutes=25)
        job = db.session.scalars(select(Job)).first()
        for _number in range(70):
            db.session.add(Job(
                kind=job.kind, arguments=job.arguments, asked_by_id=job.asked_by_id, run_after=long_ago,
                created_at=long_ago,
            ))  # fmt: skip
        db.session.commit()
        claimed = claim(db.session.scalars(select(Job.uuid).where(Job.state == JobState.WAITING)).first())
        assert claimed is not None
        tell(claimed, DRAWN, 1, 3)
    walk.see("jobs-running", JOBS)
    walk.see("jobs-waiting", f"{JOBS}?state=waiting")
    walk.see("job-running", f"{JOBS}/{claimed.uuid}")
