"""Somebody holds a letter and a phone: genuine or not, by its file, which stays there, or by its code."""

import hashlib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from ..documents.real_letter import RealLetter
from .people import DESK, PHONE

PAGE = "/verifikasi"
GENUINE, ALTERED, UNKNOWN = "Berlaku", "Diubah", "Tidak dikenal"


@dataclass(frozen=True)
class Files:
    """A letter as an officer issued it, the same with one bit changed, and something else."""

    genuine: Path
    altered: Path
    other: Path
    code: str


@pytest.fixture
def files(site, tmp_path: Path) -> Files:
    with ThreadPoolExecutor(
        1
    ) as pool:  # in this thread runs the loop of the browser, and signing has its own
        letter = pool.submit(RealLetter, site.app).result()
    content = letter.content
    made = Files(
        tmp_path / "surat.pdf", tmp_path / "ubah.pdf", tmp_path / "lain.pdf", str(letter.document.code)
    )
    made.genuine.write_bytes(content)
    middle = len(content) // 2
    made.altered.write_bytes(content[:middle] + bytes([content[middle] ^ 1]) + content[middle + 1 :])
    made.other.write_bytes(b"%PDF-1.4\n")
    return made


def choose(page: Page, file: Path) -> None:
    """Choose a file as a person can: once its box has appeared, which it does when the script arrives."""
    expect(page.locator("[data-part=drop]")).to_be_visible()
    page.get_by_label("Pilih PDF surat").set_input_files(file)


def said(page: Page, word: str) -> None:
    expect(page.locator("h1")).to_have_text(word)


@pytest.mark.parametrize("device", [PHONE, DESK], ids=["phone", "desk"])
def test_given_the_file_of_a_letter_when_chosen_then_genuine_altered_or_unknown(person, files, device):
    page = person(device)
    sent: list[str] = []
    page.on("request", lambda request: sent.append(f"{request.method} {request.post_data or ''}"))
    for file, word in ((files.genuine, GENUINE), (files.altered, ALTERED), (files.other, UNKNOWN)):
        page.goto(PAGE)
        choose(page, file)
        said(page, word)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert set(sent) == {"GET "}, "the file stays where it is"


def test_given_a_page_without_the_hash_of_the_browser_then_our_own_says_the_same(person, files):
    """Plain http on the local network has no crypto.subtle."""
    page = person(PHONE)
    page.add_init_script("delete SubtleCrypto.prototype.digest; delete Crypto.prototype.subtle")
    page.goto(PAGE)
    assert page.evaluate("globalThis.crypto.subtle === undefined")

    choose(page, files.genuine)

    said(page, GENUINE)


def test_given_a_file_dropped_on_the_page_then_it_is_looked_at(person, files):
    page = person(DESK)
    page.goto(PAGE)
    held = page.evaluate_handle(
        """(digits) => {
          const bytes = Uint8Array.from(digits.match(/../g), (pair) => parseInt(pair, 16));
          const held = new DataTransfer();
          held.items.add(new File([bytes], "surat.pdf", { type: "application/pdf" }));
          return held;
        }""",
        files.altered.read_bytes().hex(),
    )

    expect(page.locator("[data-part=drop]")).to_be_visible()
    page.locator("[data-part=drop]").dispatch_event("drop", {"dataTransfer": held})

    said(page, ALTERED)


def test_given_only_a_keyboard_then_code_and_file_can_be_checked(person, files):
    page = person(DESK)
    page.goto(PAGE)
    page.get_by_label("Kode surat").focus()
    page.keyboard.type(files.code.lower())
    page.keyboard.press("Enter")
    said(page, GENUINE)

    page.goto(PAGE)
    page.get_by_label("Kode surat").focus()
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(page.get_by_label("Pilih PDF surat")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Space")
    chooser.value.set_files(files.altered)
    said(page, ALTERED)


def test_given_no_script_then_the_fingerprint_is_typed(person, files):
    page = person(PHONE, java_script_enabled=False)
    page.goto(PAGE)
    expect(page.get_by_label("Pilih PDF surat")).to_be_hidden()

    page.get_by_label("Sidik berkas (SHA-256)").fill(hashlib.sha256(files.genuine.read_bytes()).hexdigest())
    page.get_by_role("button", name="Periksa sidik").click()

    said(page, GENUINE)


def test_given_the_answer_about_one_letter_then_the_next_can_be_chosen(person, files):
    """Back on the page the chosen file is forgotten, so that choosing the same one again does something."""
    page = person(PHONE)
    page.goto(PAGE)
    choose(page, files.altered)
    said(page, ALTERED)

    page.get_by_role("link", name="Periksa surat lain").click()
    choose(page, files.altered)

    said(page, ALTERED)
