"""Templates: each parses, is used, stays small, and keeps to what the content policy allows (OU1)."""

import re
from pathlib import Path

import pytest
from flask import Flask
from jinja2 import nodes

from ombudsman_app.core.paths import PACKAGE, TEMPLATES

from ..conftest import _Templates, fresh_app

ALL = sorted(path.relative_to(TEMPLATES).as_posix() for path in TEMPLATES.rglob("*.html"))
PAGES = [name for name in ALL if not name.startswith(("layouts/", "components/")) and "/_" not in name]
LINES = 150
FORBIDDEN = {
    "the safe filter": re.compile(r"\|\s*safe\b"),
    "an inline style": re.compile(r"<style|\sstyle\s*="),
    "an inline script": re.compile(r"<script(?![^>]*\ssrc=)(?![^>]*application/json)"),
    "an inline handler": re.compile(r"\son[a-z]+\s*="),
    "autoescape switched": re.compile(r"autoescape"),
    "a Markup call": re.compile(r"\bMarkup\b"),
}


@pytest.fixture(scope="module")
def house(templates: _Templates, tmp_path_factory: pytest.TempPathFactory) -> Flask:
    with fresh_app(templates, "sqlite", tmp_path_factory.mktemp("templates")) as app:
        return app


def text_of(name: str) -> str:
    return (TEMPLATES / name).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ALL)
def test_each_template_parses_and_keeps_the_rules(house: Flask, name: str) -> None:
    text = text_of(name)
    house.jinja_env.parse(text)
    wrong = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert not wrong
    assert len(text.splitlines()) <= LINES


@pytest.mark.parametrize("name", PAGES)
def test_each_page_extends_a_layout(house: Flask, name: str) -> None:
    tree = house.jinja_env.parse(text_of(name))
    assert next(tree.find_all(nodes.Extends), None) is not None


def test_each_template_is_used(house: Flask) -> None:
    named = {word for path in PACKAGE.rglob("*.py") for word in re.findall(r"[\w/]+\.html", path.read_text())}
    for name in ALL:
        named |= set(re.findall(r"[\w/]+\.html", text_of(name)))
    # the wizard builds these names from its table of questions
    named |= {
        f"complaints/public/steps/{path.name}" for path in (TEMPLATES / "complaints/public/steps").iterdir()
    }
    assert [name for name in ALL if name not in named] == []


def test_templates_lie_where_their_view_says() -> None:
    faces = {"public", "staff", "portal", "mail", "pdf"}
    for name in PAGES:
        folder = Path(name).parts
        assert folder[0] == "errors" or folder[1] in faces, name
