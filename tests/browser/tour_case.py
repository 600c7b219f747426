"""A walk past a case in every state and past every page that works on one. Needs a demonstration."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import cycle
from typing import Any

from playwright.sync_api import Page
from sqlalchemy import select, text

from ombudsman_app.accounts import queries as accounts
from ombudsman_app.complaints import commands
from ombudsman_app.complaints.commands import CheckInput
from ombudsman_app.complaints.models import Complaint
from ombudsman_app.complaints.queries import followed_complaint
from ombudsman_app.complaints.states import FORMAL_ITEMS, MATERIAL_ITEMS, ComplaintState, Verdict
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.accounts import PASSWORD, UserFactory
from tests.factories.complaints import CODE, CaseFactory, Team, TeamFactory, all_met

from . import journeys
from .journeys import Receipt
from .live import Site

Stop = Callable[[str], None]
_S = ComplaintState
ENDLESS = "https://contoh.example/" + "alamatyangsangatpanjangtanpaspasi" * 6
ASKED = "Apakah Ibu masih menyimpan tanda terima berkas dari loket? Tanggal berapa berkas diserahkan?"
ANSWERED = "Ada, Pak. Tanda terimanya tertanggal 5 Agustus.\nPetugas menulis nomor antrean A-017 di situ."
NOTED = "Tanda terima 5 Agustus cocok dengan buku antrean yang difoto Pelapor."
REASON = "Memeriksa alamat untuk verifikasi formil."
MISSING = CheckInput(Verdict.MISSING, "Kantor cabang menjawab bahwa berkas baru diperiksa sejak kemarin.")
SEEN = {
    "F6": CheckInput(Verdict.SEEN, "KTP ditunjukkan di kantor."),
    "F2": CheckInput(Verdict.EXCEPTED, "Pelapor tidak ingat tanggalnya; tahunnya cukup untuk memeriksa."),
}  # fmt: skip
CONSIDERATIONS = (
    "Rapat perwakilan menilai dugaan penundaan berlarut cukup beralasan: berkas lengkap sejak 5 Agustus dan "
    "belum ada keputusan."
)
PERSON = {
    "full_name": journeys.NAME,
    "birth_place": "Mamuju",
    "birth_date": "1987-03-14",
    "marital_status": "widowed",
    "occupation": "Penjual ikan",
    "address": "Dusun Contoh RT 02, Desa Contoh\nKecamatan Mamuju",
    "phone": journeys.PHONE_NUMBER,
}
MANY = 40


@dataclass
class Walk:
    """The walker, and what is needed at each corner."""

    site: Site
    page: Page
    stop: Stop
    team: Team

    def see(self, name: str, path: str) -> None:
        self.page.goto(path)
        self.stop(name)

    def enter_as(self, role: Role) -> None:
        self.page.context.clear_cookies(name="sid")
        journeys.sign_in(self.page, self.team.users[role].email)

    def press(self, selector: str) -> None:
        """Press, and wait for the page that answers."""
        with self.page.expect_navigation():
            self.page.locator(selector).first.click()

    def refused(self, name: str, selector: str) -> None:
        """Press, and look at the page that says what is wrong."""
        self.press(selector)
        self.page.locator(".error-summary").wait_for()
        self.stop(name)

    def case(self, state: ComplaintState, *, days_ago: int = 5, **given: Any) -> int:
        """Bring a complaint of some days ago into a state and return its id."""
        with self.site.app.app_context(), stopped_at(now() - timedelta(days=days_ago)):
            return CaseFactory(state, self.team, **given).id

    def act(self, case_id: int, do: Callable[[Complaint], object]) -> None:
        """Let somebody else act on a case by a command."""
        with self.site.app.app_context():
            do(db.session.scalars(select(Complaint).where(Complaint.id == case_id)).one())


def through_cases(site: Site, page: Page, stop: Stop) -> None:
    """Each state, each form empty and refused, what is rare and what is long. 42 stops."""
    with site.app.app_context(), stopped_at(now() - timedelta(days=60)):
        team = TeamFactory()
        UserFactory(Role.EXAMINER, name="Demo Pemeriksa Kedua")
    walk = Walk(site, page, stop, team)
    _intake(walk)
    _long_ones(walk)
    _head(walk)
    _examiner(walk)
    _closed_for_me(walk)
    _reporter(walk)


def _intake(walk: Walk) -> None:
    """The intake officer: from the unread complaint to the meeting."""
    page = walk.page
    case = walk.case(_S.RECEIVED, days_ago=2, urgency="emergency", confidentiality="confidential")
    walk.enter_as(Role.PVL_ASSISTANT)
    address = f"/staff/complaints/{case}"
    walk.see("case-received", address)
    walk.press(".next-action button[type=submit]")
    walk.stop("case-formal-begun")
    walk.refused("case-formal-refused", "button[name=go]")
    page.goto(f"{address}/formal")
    walk.press("button[value=suggest]")
    walk.stop("case-formal-suggested")
    page.locator("label[for=verdict_F2-2]").click()
    page.locator("textarea[name=reason_F2]").wait_for()
    walk.stop("case-formal-reason")
    walk.act(case, lambda held: commands.write_to_reporter(held, ASKED, form_key="", actor=walk.team.intake))
    walk.act(case, lambda held: commands.write_to_office(held, ANSWERED, form_key=""))
    walk.see("case-formal", address)
    walk.refused("case-message-missing", "form[action$=messages] button")
    page.goto(address)
    walk.refused("case-note-missing", "form[action$=notes] button")
    _changed(walk, case)
    walk.see("case-clock", page.locator("#clocks a").first.get_attribute("href") or "")
    walk.see("case-calendar-none", f"{address}/calendar")
    page.goto("/staff/complaints/calendar")
    walk.press("main form button[type=submit]")
    walk.stop("case-calendar")
    walk.see("case-material-begun", f"/staff/complaints/{walk.case(_S.MATERIAL_VERIFICATION)}/material")
    walk.refused("case-material-refused", "button[name=go]")
    walk.see("case-material", page.url.removesuffix("/material"))
    walk.see("case-waits-for-head", f"/staff/complaints/{walk.case(_S.PLENARY_DECISION)}")


def _changed(walk: Walk, case: int) -> None:
    """Somebody else saves while the list stands open: both texts, and a decision that came too late."""
    page = walk.page
    page.goto(f"/staff/complaints/{case}/formal")
    page.locator("label[for=verdict_F2-2]").click()
    page.locator("textarea[name=reason_F2]").fill(SEEN["F2"].reason)
    walk.act(case, _saved(walk.team, {"F2": CheckInput(Verdict.MET), "F3": CheckInput(Verdict.MISSING)}))
    walk.press("main form .button.second[type=submit]")
    walk.stop("case-changed")
    page.goto(f"/staff/complaints/{case}")


def _saved(team: Team, found: dict[str, CheckInput]) -> Callable[[Complaint], object]:
    return lambda held: commands.save_checks(held, found, version=held.version, actor=team.intake)


def _long_ones(walk: Walk) -> None:
    """Forty messages and notes; words without an end."""
    busy = walk.case(_S.FORMAL_VERIFICATION, days_ago=12)
    said = cycle([ASKED, ANSWERED, NOTED])
    with walk.site.app.app_context(), stopped_at(now() - timedelta(days=10)):
        held = db.session.scalars(select(Complaint).where(Complaint.id == busy)).one()
        for number in range(MANY):
            words = f"{next(said)} ({number + 1})"
            commands.write_to_reporter(held, words, form_key="", actor=walk.team.intake)
            commands.write_to_office(held, words, form_key="")
            commands.write_note(held, words, form_key="", actor=walk.team.intake)
    walk.see("case-busy", f"/staff/complaints/{busy}")
    endless = walk.case(
        _S.RECEIVED,
        narrative=ENDLESS + "\n\n" + journeys.NARRATIVE * 20,
        requested_remedy=ENDLESS,
        prior_effort=ENDLESS,
        employer_name=ENDLESS[:120],
        substance="employer_not_registered",
    )
    walk.act(endless, lambda held: commands.write_to_office(held, ENDLESS, form_key=""))
    walk.act(endless, lambda held: commands.write_note(held, ENDLESS, form_key="", actor=walk.team.intake))
    walk.see("case-endless", f"/staff/complaints/{endless}")


def _head(walk: Walk) -> None:
    """The head decides, and gives a case to somebody else."""
    page = walk.page
    clear = walk.case(_S.PLENARY_DECISION)
    doubtful = walk.case(_S.MATERIAL_VERIFICATION)
    found = {**all_met(MATERIAL_ITEMS), "M4": MISSING}
    walk.act(doubtful, lambda held: commands.put_to_plenary(
        held, found, version=held.version, actor=walk.team.intake))  # fmt: skip
    walk.enter_as(Role.HEAD_OF_REPRESENTATIVE)
    walk.see("case-to-decide", f"/staff/complaints/{clear}")
    walk.see("case-decide", f"/staff/complaints/{clear}/decide")
    walk.refused("case-decide-refused", "main .actions button")
    walk.see("case-decide-missing", f"/staff/complaints/{doubtful}/decide")
    _nobody_free(walk, clear)
    walk.see("case-decide-nobody", f"/staff/complaints/{clear}/decide")
    given = walk.case(_S.ASSIGNED)
    walk.see("case-assign", f"/staff/complaints/{given}/assign")
    walk.refused("case-assign-refused", "main .actions button")
    page.goto(f"/staff/complaints/{given}")


def _nobody_free(walk: Walk, case: int) -> None:
    """Every examiner has an interest in this case."""
    with walk.site.app.app_context():
        free = accounts.people_with_role(Role.EXAMINER, _handling(case), without_conflict=("complaint", case))
        actors = [actor for person in free if (actor := accounts.actor_for(person.user_id))]
    for actor in actors:
        walk.act(case, partial(commands.declare_interest, reason="", actor=actor))


def _handling(case: int) -> int:
    found = db.session.scalar(select(Complaint.representative_office_id).where(Complaint.id == case))
    return int(found or 0)


def _examiner(walk: Walk) -> None:
    """The examiner declares, opens the identity, and reads a case that is theirs."""
    page = walk.page
    case = walk.case(_S.FORMAL_VERIFICATION, days_ago=9, confidentiality="confidential", identity=PERSON)
    _told_story(walk, case)
    walk.enter_as(Role.EXAMINER)
    address = f"/staff/complaints/{case}"
    walk.see("case-to-declare", address)
    walk.see("case-declare", f"{address}/declare")
    walk.refused("case-declare-refused", "main .actions button")
    page.goto(f"{address}/declare")
    page.locator("label[for=interest-0]").click()
    walk.press("main .actions button")
    walk.stop("case-assigned")
    walk.see("case-identity", f"{address}/identity")
    walk.refused("case-identity-refused", "main .actions button")
    page.goto(f"{address}/identity")
    page.locator("textarea[name=reason]").fill(REASON)
    with walk.site.app.app_context(), db.engine.begin() as connection:
        connection.execute(text("update stored_session set proved_at = null"))
    walk.press("main .actions button")
    page.locator("input[name=proof_password]").wait_for()
    walk.stop("case-identity-confirm")
    page.locator("input[name=proof_password]").fill(PASSWORD)
    walk.press("main form button[type=submit]")
    walk.stop("case-identity-opened")


def _told_story(walk: Walk, case: int) -> None:
    """From the formal check to its examiner, a day or two for each step, with some talk on the way."""
    team = walk.team

    def days_ago(days: float, do: Callable[[Complaint], object]) -> None:
        with walk.site.app.app_context(), stopped_at(now() - timedelta(days=days)):
            do(db.session.scalars(select(Complaint).where(Complaint.id == case)).one())

    days_ago(8, lambda held: commands.write_to_reporter(held, ASKED, form_key="", actor=team.intake))
    days_ago(7.5, lambda held: commands.note_messages_read(held.id, followed_complaint(held.id).unread))
    days_ago(7, lambda held: commands.write_to_office(held, ANSWERED, form_key=""))
    days_ago(6.5, lambda held: commands.open_identity(held, REASON, actor=team.intake))
    days_ago(6, lambda held: commands.finish_formal_verification(
        held, {**all_met(FORMAL_ITEMS), **SEEN}, version=held.version, actor=team.intake))  # fmt: skip
    days_ago(4, lambda held: commands.write_note(held, NOTED, form_key="", actor=team.intake))
    days_ago(3, lambda held: commands.put_to_plenary(
        held, all_met(MATERIAL_ITEMS), version=held.version, actor=team.intake))  # fmt: skip
    days_ago(2, lambda held: commands.accept_complaint(
        held, commands.DecisionInput(CONSIDERATIONS, team.users[Role.EXAMINER].id),
        version=held.version, actor=team.head))  # fmt: skip


def _reporter(walk: Walk) -> None:
    """The page of the reporter: nothing said yet, a talk, an empty message, one that arrived."""
    page = walk.page
    quiet, talked = walk.case(_S.RECEIVED, days_ago=1), walk.case(_S.FORMAL_VERIFICATION, days_ago=9)
    _told_story(walk, talked)
    with walk.site.app.app_context():
        found = select(Complaint.ticket).where(Complaint.id.in_([quiet, talked])).order_by(Complaint.id)
        silent, open_talk = (Receipt(ticket, CODE) for ticket in db.session.scalars(found))
    journeys.follow(page, silent)
    walk.stop("follow-quiet")
    journeys.follow(page, open_talk)
    walk.stop("follow-talk")
    walk.refused("follow-message-missing", "#pesan form button")
    page.locator("textarea[name=message]").fill(ANSWERED)
    walk.press("#pesan form button")
    walk.stop("follow-message-sent")
    page.goto("/lacak/laporan/kalender")
    walk.press("main form button[type=submit]")
    walk.stop("follow-calendar")


def _closed_for_me(walk: Walk) -> None:
    """An interest declared: the list says that the case is gone; its address does not exist any more."""
    page = walk.page
    case = walk.case(_S.ASSIGNED, is_declared=False)
    page.goto(f"/staff/complaints/{case}/declare")
    page.locator("label[for=interest-1]").click()
    walk.press("main .actions button")
    walk.stop("case-left")
    walk.see("case-gone", f"/staff/complaints/{case}")
