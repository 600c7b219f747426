"""/verifikasi: who holds a letter, its file or only its code learns what it is worth, and nothing else."""

import html
import re
from datetime import date

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from ombudsman_app.core import throttle
from ombudsman_app.core.db import db
from ombudsman_app.core.signatures import record_keys
from ombudsman_app.documents.models import Document
from ombudsman_app.documents.registers import FileRegister
from ombudsman_app.documents.states import UNPUBLISHED, DocumentState

from ..factories.letters import code
from ..factories.register import issued
from ..visitor import Visitor

PAGE = "/verifikasi"
S = DocumentState


def letter(app: Flask, **given: object) -> Document:
    with app.app_context():
        made = issued(**given)  # type: ignore[arg-type]
        db.session.expunge_all()
        return made


def word(page: TestResponse) -> str:
    [found] = re.findall(r"<h1>(.*?)</h1>", page.text)
    return html.unescape(found)


@pytest.fixture
def english(app: Flask) -> Visitor:
    visitor = Visitor(app)
    visitor.get("/bahasa/en?next=/")
    return visitor


@pytest.mark.parametrize(
    ("state", "more", "says"),
    [
        (S.ISSUED, {}, "Berlaku"),
        (S.REVOKED, {"revoked_on": date(2026, 11, 25)}, "Dicabut"),
    ],
)
def test_given_a_code_when_opened_then_one_word_and_what_stands_on_the_letter(
    app: Flask, visitor: Visitor, state: DocumentState, more: dict[str, object], says: str
) -> None:
    made = letter(app, state=state, **more)

    page = visitor.get(f"{PAGE}/{made.code}")

    assert page.status_code == 200
    assert word(page) == says
    for words in (made.number, made.sha256, made.signing_key_id, "20 November 2026"):
        assert str(words) in page.text
    assert ("25 November 2026" in page.text) is (state is S.REVOKED)


def test_given_a_replaced_letter_then_the_way_to_the_new_one(app: Flask, visitor: Visitor) -> None:
    old = letter(app, state=S.SUPERSEDED, superseded_on=date(2026, 11, 24))
    new = letter(app, supersedes_id=old.id)

    page = visitor.get(f"{PAGE}/{old.code}")

    assert word(page) == "Diganti"
    assert str(new.number) in page.text
    assert f'href="{PAGE}/{new.code}"' in page.text
    assert word(visitor.get(f"{PAGE}/{new.code}")) == "Berlaku"


@pytest.mark.parametrize("state", sorted(UNPUBLISHED))
def test_given_a_letter_that_never_went_out_then_it_looks_like_no_letter(
    app: Flask, visitor: Visitor, state: DocumentState
) -> None:
    """Same status, same page, same work (RP4)."""
    made, nothing = letter(app, state=state), code()

    def look(asked: str) -> tuple[int, str, int]:
        page = visitor.get(f"{PAGE}/{asked}")
        # the whole code alone, in one piece or in groups: two letters of it may stand anywhere by chance
        groups = [asked[at : at + 4] for at in range(0, 26, 4)]
        in_groups = r"(?:\s|-|<[^>]*>|%20|\+)*".join(groups)
        return page.status_code, re.sub(in_groups, "", page.text), visitor.queries

    assert look(str(made.code)) == look(nothing)
    assert look(nothing)[0] == 404
    by_hash = [visitor.get(f"{PAGE}/berkas?sidik={digits}") for digits in (made.sha256, "0" * 64)]
    assert {page.status_code for page in by_hash} == {404}


def test_given_nobody_knows_the_code_then_it_says_what_to_do(visitor: Visitor) -> None:
    page = visitor.get(f"{PAGE}/{code()}")

    assert (page.status_code, word(page)) == (404, "Tidak dikenal")


@pytest.mark.parametrize(
    "writing", [str.lower, lambda text: "-".join(text[i : i + 4] for i in range(0, 26, 4))]
)
def test_given_a_code_typed_as_people_type_then_it_is_found(app: Flask, visitor: Visitor, writing) -> None:
    made = letter(app)
    typed = writing(str(made.code)).replace("0", "o").replace("1", "l")

    found = visitor.get(PAGE, query_string={"kode": f" {typed} "})

    assert found.status_code == 303
    assert found.location == f"{PAGE}/{made.code}"
    assert word(visitor.get(f"{PAGE}/{typed}")) == "Berlaku"


@pytest.mark.parametrize("typed", ["", "123", "x" * 27, "ü" * 26, "7K3Q" * 60])
def test_given_something_else_than_a_code_then_a_sentence_beside_the_field(
    visitor: Visitor, typed: str
) -> None:
    page = visitor.get(PAGE, query_string={"kode": typed})

    assert page.status_code == 422
    assert 'id="kode-error"' in page.text


@pytest.mark.parametrize("typed", ["", "abc", "g" * 64, "0" * 65])
def test_given_something_else_than_a_fingerprint_then_a_sentence_beside_the_field(
    visitor: Visitor, typed: str
) -> None:
    page = visitor.get(f"{PAGE}/berkas", query_string={"sidik": typed})

    assert page.status_code == 422
    assert 'id="sidik-error"' in page.text
    assert typed not in page.text or not typed or f'value="{typed}"' in page.text


def test_given_the_fingerprint_of_a_letter_then_its_file_is_genuine(app: Flask, visitor: Visitor) -> None:
    made = letter(app)
    spaced = " ".join(re.findall("....", str(made.sha256))).upper()

    page = visitor.get(f"{PAGE}/berkas", query_string={"sidik": spaced})

    assert (page.status_code, word(page)) == (200, "Berlaku")
    assert "asli" in page.text


@pytest.mark.parametrize("mark", ["own", "1", "of nobody"])
def test_given_our_mark_in_a_file_that_we_do_not_know_then_it_is_altered(
    app: Flask, visitor: Visitor, mark: str
) -> None:
    made = letter(app)
    found = {"own": str(made.code), "1": "1", "of nobody": code()}[mark]

    page = visitor.get(f"{PAGE}/berkas", query_string={"sidik": "a" * 64, "tanda": found})

    assert (page.status_code, word(page)) == (200, "Diubah")
    assert (str(made.number) in page.text) is (mark == "own")


def test_given_neither_mark_nor_known_fingerprint_then_it_is_unknown(app: Flask, visitor: Visitor) -> None:
    letter(app)
    page = visitor.get(f"{PAGE}/berkas", query_string={"sidik": "a" * 64})

    assert (page.status_code, word(page)) == (404, "Tidak dikenal")


def test_given_a_row_that_somebody_changed_then_the_page_does_not_call_it_valid(
    app: Flask, visitor: Visitor
) -> None:
    made = letter(app, signature_is=b"x" * 64)
    assert word(visitor.get(f"{PAGE}/{made.code}")) == "Tidak dikenal"


def test_the_page_names_no_person_and_no_ticket(app: Flask, visitor: Visitor) -> None:
    made = letter(app, answers={"words": "Siti Rahma"}, content={"letter": {"ticket": "MAM-2026-7K3Q9XWA-5"}})
    page = visitor.get(f"{PAGE}/{made.code}")

    assert "Siti" not in page.text
    assert "7K3Q9XWA" not in page.text
    assert made.subject not in page.text


def test_given_the_register_is_downloaded_then_it_verifies_without_us(app: Flask, visitor: Visitor) -> None:
    made = letter(app)

    answer = visitor.get(f"{PAGE}/daftar")
    register = FileRegister(answer.data)

    assert answer.headers["Content-Disposition"].startswith("attachment;")
    found = register.by_code(str(made.code))
    assert found is not None
    assert found.record.number == made.number
    with app.app_context():
        assert register.signed_with == record_keys().newest.id


def test_the_guide_shows_the_public_key_and_the_command(app: Flask, visitor: Visitor) -> None:
    page = visitor.get(f"{PAGE}/cara")

    with app.app_context():
        key = record_keys().newest
    for words in (key.id, html.escape(key.text), "ombudsman documents verify", "sha256sum"):
        assert words in page.text


@pytest.mark.parametrize("path", ["", "/cara", "/7K3Q"])
def test_given_a_certificate_for_trying_out_then_each_page_says_so(visitor: Visitor, path: str) -> None:
    assert "CA PENGEMBANGAN" in visitor.get(f"{PAGE}{path}").text


@pytest.mark.parametrize(("rule", "path"), [("verification", f"/{'0' * 26}"), ("register", "/daftar")])
def test_given_too_many_questions_then_patience_is_asked_for(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch, rule: str, path: str
) -> None:
    monkeypatch.setitem(throttle.RULES, rule, throttle.Rule(address=(throttle.Limit(2, 900),)))

    said = [visitor.get(f"{PAGE}{path}") for _ in range(3)]

    assert [page.status_code for page in said][2] == 429
    assert 429 not in [page.status_code for page in said][:2]
    assert int(said[2].headers["Retry-After"]) > 0


def test_the_pages_are_there_in_english_too(app: Flask, english: Visitor) -> None:
    made = letter(app)

    assert word(english.get(PAGE)) == "Is this letter genuine?"
    assert word(english.get(f"{PAGE}/{made.code}")) == "Valid"
    assert word(english.get(f"{PAGE}/cara")) == "How to check it yourself"
