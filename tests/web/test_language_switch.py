"""Somebody changes the language and stays where they are."""

import pytest
from flask import Flask

from ..visitor import Visitor
from ..wizard import Wizard
from .listener import Listener


@pytest.mark.parametrize("here", ["/", "/kantor?q=mamuju", "/lapor/layanan", "/tidak-ada"])
def test_given_a_page_when_the_language_is_switched_then_the_same_place_opens_in_the_other(
    spoken_app: Flask, here: str
) -> None:
    visitor = Listener(spoken_app, "id", "203.0.113.11")
    Wizard(visitor).begin()
    visitor.get(here)
    assert visitor.page is not None
    (switch,) = (link for link in visitor.page.links if link.startswith("/bahasa/"))

    moved = visitor.get(switch)
    visitor.language = "en"

    assert moved.location == here
    visitor.get(moved.location)
    assert visitor.wrong == set()


def test_given_a_refused_form_when_the_language_is_switched_then_the_question_opens_again(
    spoken_app: Flask,
) -> None:
    visitor = Listener(spoken_app, "id", "203.0.113.12")
    visitor.submit("/lacak", {"ticket": "", "access_code": ""})
    assert visitor.page is not None
    (switch,) = (link for link in visitor.page.links if link.startswith("/bahasa/"))

    assert visitor.get(switch).location == "/lacak"


@pytest.mark.parametrize(
    "target",
    ["//evil.example", "https://evil.example/", "/\\evil.example", "/\t/evil.example", "javascript:1"],
)
def test_given_a_foreign_way_back_when_the_language_is_switched_then_the_start_page_opens(
    spoken_app: Flask, target: str
) -> None:
    visitor = Visitor(spoken_app)

    assert visitor.get("/bahasa/en", query_string={"next": target}).location == "/"


def test_given_an_unknown_language_when_asked_for_then_nothing_is_remembered(spoken_app: Flask) -> None:
    answer = Visitor(spoken_app).get("/bahasa/xx?next=/kantor")

    assert answer.location == "/kantor"
    assert "language" not in answer.headers.get("Set-Cookie", "")
