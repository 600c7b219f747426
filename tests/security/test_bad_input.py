"""Input that no page sends, or too much of it: an answer with a sentence, never a 5xx (IN1, IN5, OU4)."""

from dataclasses import replace

import pytest
from flask import Flask

from ombudsman_app.core import limits
from ombudsman_app.core.policy import Role
from ombudsman_app.web import csrf

from ..factories.accounts import UserFactory
from ..factories.complaints import ComplaintFactory
from ..pages import Page
from ..visitor import Visitor
from ..wizard import Wizard


def test_given_a_text_field_sent_as_a_file_then_the_field_counts_as_empty(visitor: Visitor) -> None:
    Wizard(visitor).begin()
    token = Page(visitor.get("/lapor/kejadian").text).token
    body = (
        f'--x\r\nContent-Disposition: form-data; name="csrf_token"\r\n\r\n{token}\r\n'
        '--x\r\nContent-Disposition: form-data; name="narrative"; filename="a.txt"\r\n'
        "Content-Type: text/plain\r\n\r\nDua puluh huruf atau lebih di dalam berkas.\r\n--x--\r\n"
    )
    answer = visitor.client.post(
        "/lapor/kejadian", data=body.encode(), content_type="multipart/form-data; boundary=x"
    )
    assert answer.status_code == 422
    assert 'id="narrative-error"' in answer.text


@pytest.mark.parametrize(
    ("origin", "is_ours"),
    [
        ("http://[::", False),
        ("http://[x]", False),
        ("http://\u2100.example", False),
        ("https://localhost", False),
        ("ftp://localhost", False),
        ("localhost", False),
        ("http://localhost", True),
    ],
)
def test_given_an_origin_then_only_the_very_same_is_ours(
    visitor: Visitor, origin: str, is_ours: bool
) -> None:
    token = Page(visitor.get("/lacak").text).token
    answer = visitor.client.post(
        "/lacak", data={"csrf_token": token}, headers={"Origin": origin.encode().decode("latin-1")}
    )
    assert answer.status_code == (422 if is_ours else 400)


@pytest.mark.parametrize(("origin", "is_ours"), [("https://localhost", True), ("http://localhost", False)])
def test_given_a_proxy_in_front_then_the_public_address_says_the_scheme(
    app: Flask, monkeypatch: pytest.MonkeyPatch, origin: str, is_ours: bool
) -> None:
    settings = replace(app.extensions["settings"], proxy_hops=1, public_url="https://localhost")
    monkeypatch.setitem(app.extensions, "settings", settings)
    with app.test_request_context("/lacak", method="POST", headers={"Origin": origin}):
        assert csrf._is_same_origin() == is_ours


@pytest.mark.parametrize("letter", ["a", "\ufb2c"], ids=["plain", "grows when normalised"])
def test_given_an_endless_text_then_its_beginning_is_kept_and_the_field_says_so(
    visitor: Visitor, letter: str
) -> None:
    Wizard(visitor).begin()
    text = "Awal cerita. " + letter * limits.FIELD_CHARACTERS
    answer = visitor.submit("/lapor/kejadian", {"narrative": text})
    assert answer.status_code == 422
    assert 'id="narrative-error"' in answer.text
    assert "40.000" in answer.text
    kept = Page(answer.text).values["narrative"]
    assert kept.startswith("Awal cerita.")
    assert len(kept) >= limits.FIELD_CHARACTERS


def test_given_an_endless_word_in_an_address_then_the_page_answers(visitor: Visitor) -> None:
    assert visitor.get("/kantor?q=" + "a" * 50_000).status_code in (200, 400, 422)


@pytest.mark.parametrize("number", ["2147483648", "9" * 18, str(2**63 - 1), str(2**63), "9" * 400])
def test_given_a_number_beyond_the_database_then_no_such_page(
    app: Flask, visitor: Visitor, number: str
) -> None:
    with app.app_context():
        ComplaintFactory()
        officer = UserFactory(Role.EXAMINER, password=None).id
    assert visitor.enter(officer).get(f"/staff/complaints/{number}").status_code == 404


def test_given_a_place_in_a_list_beyond_the_database_then_the_list_answers(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        officer = UserFactory(Role.EXAMINER, password=None).id
    visitor.enter(officer)
    for key in ("after", "setelah"):
        for number in ("2147483648", "9" * 18):
            for path in ("/staff/complaints/", "/kantor"):
                assert visitor.get(f"{path}?{key}=2026-11-20~{number}").status_code == 200
