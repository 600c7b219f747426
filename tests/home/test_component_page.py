"""The page of components opens for all staff, in both schemes, and names every piece."""

import re

import pytest
from flask import Flask

from ombudsman_app.core.paths import TEMPLATES
from ombudsman_app.core.policy import Role

from ..factories.accounts import UserFactory
from ..visitor import Visitor

PAGE = "/staff/design"
# what every page shows anyway, and what shows others
NOT_SHOWN = {"_inputs", "exhibit", "anchors"}


@pytest.fixture
def text(app: Flask) -> str:
    with app.app_context():
        user_id = UserFactory(Role.ANALYST, password=None).id
    return Visitor(app).enter(user_id).get(PAGE).text


def test_every_file_of_components_is_named_and_at_work(text: str) -> None:
    files = {path.stem for path in (TEMPLATES / "components").glob("*.html")} - NOT_SHOWN
    named = set(re.findall(r'<code lang="en">(\w+)\.html · ', text))
    assert named == files


def test_every_icon_and_drawing_is_shown(text: str) -> None:
    for drawing in (TEMPLATES / "components" / "pictures").glob("*.svg"):
        assert f'<code lang="en">{drawing.stem}</code>' in text
    assert text.count('class="icon"') > 20


def test_the_other_scheme_is_another_style_sheet_and_the_way_back(app: Flask) -> None:
    with app.app_context():
        user_id = UserFactory(Role.ANALYST, password=None).id
    visitor = Visitor(app).enter(user_id)
    sheets = {}
    for address in (PAGE, f"{PAGE}?scheme=other"):
        (sheets[address],) = re.findall(r'rel="stylesheet" href="([^"]+)"', visitor.get(address).text)
    own, other = (visitor.client.get(sheet).text for sheet in sheets.values())
    assert "(prefers-color-scheme: dark)" in own
    assert "(prefers-color-scheme: dark)" not in other
    assert own == other.replace("(prefers-color-scheme: light)", "(prefers-color-scheme: dark)")
