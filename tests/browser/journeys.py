"""What people do, step by step. By names of fields, so that a journey reads the same in both languages."""

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect
from sqlalchemy import func, select

from ombudsman_app.complaints.models import Complaint
from ombudsman_app.core.clock import now
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import Role
from tests.factories.accounts import PASSWORD, UserFactory, code_at

from .live import Site

OFFICE = "Kantor Cabang Mamuju"
NARRATIVE = (
    "Tanggal 3 Agustus saya membawa berkas JHT lengkap ke loket. Petugas bilang sistem sedang rusak, "
    "suruh datang minggu depan. Sudah empat kali saya datang, jawabannya sama."
)
NAME = "Demo Siti Nelayan"
PHONE_NUMBER = "0812 3456 7890"


@dataclass(frozen=True)
class Receipt:
    ticket: str
    code: str


def send_button(page: Page) -> Locator:
    return page.locator("main .actions button[type=submit]")


def go_on(page: Page) -> None:
    send_button(page).click()


def search_office(page: Page, words: str = "mamuju") -> None:
    """By the button, so that it works without JavaScript too."""
    page.locator("input[name=q][type=search]").fill(words)
    page.locator("form[role=search] button").click()
    expect(page).to_have_url(re.compile(r"[?&]q="))


def choose_office(page: Page, name: str = OFFICE) -> None:
    page.goto("/lapor")
    search_office(page)
    page.locator("label.choice", has_text=name).first.click()
    go_on(page)


def choose(page: Page, name: str, value: str) -> None:
    box = page.locator(f"input[name={name}][value={value}]")
    page.locator("label.choice").filter(has=box).click()
    expect(box).to_be_checked()


def choose_counter(page: Page) -> None:
    page.wait_for_url("**/lapor/loket")
    page.locator("label.choice").first.click()
    go_on(page)


def answer_service(page: Page) -> None:
    page.wait_for_url("**/lapor/layanan")
    choose(page, "substance", "jht_claim")
    go_on(page)


def answer_narrative(page: Page, text: str = NARRATIVE) -> None:
    page.wait_for_url("**/lapor/kejadian")
    page.locator("textarea[name=narrative]").fill(text)
    go_on(page)


def answer_when(page: Page) -> None:
    page.wait_for_url("**/lapor/waktu")
    page.locator("input[name=event_on]").fill("2026-08-03")
    page.locator("label.choice").filter(has=page.locator("input[name=is_continuing]")).click()
    go_on(page)


def answer_told(page: Page) -> None:
    page.wait_for_url("**/lapor/upaya")
    choose(page, "told_first", "yes")
    page.locator("input[name=prior_effort_on]").fill("2026-08-20")
    page.locator("textarea[name=prior_effort]").fill("Lisan kepada kepala cabang. Katanya akan dicek.")
    go_on(page)


def answer_remedy(page: Page) -> None:
    page.wait_for_url("**/lapor/harapan")
    page.locator("textarea[name=requested_remedy]").fill("Klaim JHT saya dibayar.")
    go_on(page)


def answer_evidence(page: Page) -> None:
    page.wait_for_url("**/lapor/bukti")
    go_on(page)


def answer_urgency(page: Page) -> None:
    page.wait_for_url("**/lapor/mendesak")
    choose(page, "urgency", "none")
    go_on(page)


def answer_confidentiality(page: Page) -> None:
    page.wait_for_url("**/lapor/kerahasiaan")
    choose(page, "confidentiality", "confidential")
    go_on(page)


def answer_identity(page: Page) -> None:
    page.wait_for_url("**/lapor/identitas")
    page.locator("input[name=full_name]").fill(NAME)
    page.locator("input[name=phone]").fill(PHONE_NUMBER)
    go_on(page)


ANSWERS = (
    choose_office,
    choose_counter,
    answer_service,
    answer_narrative,
    answer_when,
    answer_told,
    answer_remedy,
    answer_evidence,
    answer_urgency,
    answer_confidentiality,
    answer_identity,
)


def fill_all(page: Page) -> None:
    """From the first question to the check page."""
    for answer in ANSWERS:
        answer(page)
    page.wait_for_url("**/lapor/periksa")


def receipt_on(page: Page) -> Receipt:
    page.wait_for_url("**/lapor/terkirim")
    return Receipt(page.locator("#ticket").inner_text(), page.locator("#access-code").inner_text())


def file_complaint(page: Page) -> Receipt:
    """The whole way: questions, check, send; the code is noted."""
    fill_all(page)
    go_on(page)
    receipt = receipt_on(page)
    go_on(page)
    expect(page.locator("#access-code")).to_have_count(0)
    return receipt


def follow(page: Page, receipt: Receipt) -> None:
    page.goto("/lacak")
    page.locator("input[name=ticket]").fill(receipt.ticket.lower())
    page.locator("input[name=access_code]").fill(receipt.code)
    go_on(page)
    page.wait_for_url("**/lacak/laporan")


def code_now() -> str:
    """Return what everybody's app shows."""
    return code_at(now())


def type_sign_in(page: Page, email: str, password: str = PASSWORD) -> None:
    """Type address, password and the code of everybody's app, where one is asked for."""
    page.locator("input[name=email]").fill(email)
    page.locator("input[name=password]").fill(password)
    code = page.locator("input[name=code]")
    if code.count():
        code.fill(code_now())


def sign_in(
    page: Page, email: str, password: str = PASSWORD, *, site: Site | None = None, face: str = "staff"
) -> None:
    """By the door; with a `site` also for who did so within the same half minute."""
    if site is not None:
        site.forget_codes()
    page.goto("/staff/sign-in")
    type_sign_in(page, email, password)
    page.locator("main button[type=submit]").first.click()
    page.wait_for_url("**/staff/" if face == "staff" else f"**/{face}**")


def enter_demo(page: Page, sign_ins: Path, key: str, *, face: str = "staff") -> None:
    """Come in as somebody of the demonstration: a role, or another first word of a line.

    `sign_ins`: the file that `accounts.demo.load()` gives.
    """
    known = (line.split("\t") for line in sign_ins.read_text("utf-8").splitlines())
    email, password = next(rest for named, *rest in known if named == key)
    page.context.clear_cookies(name="sid")
    sign_in(page, email, password, face=face)


def to_narrative(page: Page) -> None:
    choose_office(page)
    choose_counter(page)
    answer_service(page)
    page.wait_for_url("**/lapor/kejadian")


def type_and_let_keep(page: Page, text: str) -> None:
    page.locator("textarea[name=narrative]").press_sequentially(text)
    expect(page.locator("[data-kept]")).to_be_visible()


def complaints_in(site: Site) -> int:
    with site.app.app_context():
        return int(db.session.scalar(select(func.count()).select_from(Complaint)) or 0)


def intake_officer(site: Site) -> str:
    """Make an intake officer of Mamuju and return the address to sign in with."""
    with site.app.app_context():
        email: str = UserFactory(Role.PVL_ASSISTANT, office="MAM", name="Demo Penerima").email
        return email


def shows_nobody(page: Page) -> None:
    for secret in (NAME, PHONE_NUMBER):
        expect(page.locator("body")).not_to_contain_text(secret)
