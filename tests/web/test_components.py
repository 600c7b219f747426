"""What every field, status and table promises, whoever uses it: names, links, and nothing believed."""

from html.parser import HTMLParser
from typing import Any

import pytest
import wtforms as w
from flask import Flask, render_template_string
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import validators
from wtforms.fields.choices import SelectChoice as Choice

from ombudsman_app.core.paths import TEMPLATES
from ombudsman_app.web.formats import init_formats

FORMS = '{% from "components/forms.html" import field, error_summary, send %}'
HOSTILE = '"><script>alert(1)</script>'


class Answers(w.Form):
    place = w.StringField("Place", [validators.InputRequired("Say where"), validators.Length(max=80)])
    story = w.TextAreaField("Story", [validators.Length(max=500)], description="In your words")
    kind = w.RadioField(
        "Kind", [validators.InputRequired("Choose one")], choices=[Choice("a", "Late"), Choice("b", "Money")]
    )
    happened_on = w.DateField("Day")
    agrees = w.BooleanField("I agree")
    service = w.SelectField("Service", choices=[Choice("", "–"), Choice("jht", "JHT")])
    email = w.EmailField("E-mail", render_kw={"autocomplete": "email"})


class Elements(HTMLParser):
    """All start tags with their attributes, in order."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))

    def by_id(self, name: str) -> dict[str, str | None]:
        return next(given for _, given in self.found if given.get("id") == name)

    @property
    def ids(self) -> set[str | None]:
        return {given["id"] for _, given in self.found if "id" in given}


@pytest.fixture(scope="module")
def shelf() -> Flask:
    app = Flask("shelf", template_folder=str(TEMPLATES))
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    Babel(app)
    init_formats(app)
    return app


def drawn(app: Flask, source: str, **given: Any) -> str:
    with app.test_request_context():
        return render_template_string(source, **given)


def refused() -> Answers:
    form = Answers(MultiDict({"place": "", "story": HOSTILE, "happened_on": "soon", "service": "jht"}))
    assert not form.validate()
    return form


@pytest.mark.parametrize(
    "name", ["place", "story", "kind", "happened_on", "agrees", "service", "email"]
)  # fmt: skip
@pytest.mark.parametrize("form", [Answers(), refused()], ids=["fresh", "refused"])
def test_each_field_has_its_label_and_describes_only_what_is_there(shelf, form, name):
    page = Elements(drawn(shelf, FORMS + "{{ field(f, hint='A hint') }}", f=form[name]))

    inputs = [given for tag, given in page.found if tag in ("input", "textarea", "select")]
    labels = {given.get("for") for tag, given in page.found if tag == "label"}
    assert inputs
    assert all(given["id"] in labels for given in inputs)
    for _, given in page.found:
        for told in (given.get("aria-describedby") or "").split():
            assert told in page.ids
    described = " ".join(given.get("aria-describedby") or "" for _, given in page.found)
    assert f"{name}-hint" in described
    assert (f"{name}-error" in described) == bool(form[name].errors)


def test_given_a_wrong_answer_when_drawn_then_it_is_marked_kept_and_linked_from_the_summary(shelf):
    text = drawn(
        shelf,
        FORMS + "{{ error_summary(form) }}{% for f in form %}{{ field(f) }}{% endfor %}",
        form=refused(),
    )
    page = Elements(text)

    assert page.by_id("place")["aria-invalid"] == "true"
    assert "aria-invalid" not in page.by_id("email")
    assert "&lt;script&gt;" in text
    assert "<script" not in text
    links = [given["href"] for tag, given in page.found if tag == "a"]
    assert links == ["#place", "#kind-0", "#happened_on"]
    assert {link[1:] for link in links} <= page.ids
    assert text.index("Say where") < text.index('id="place"')


def test_given_a_limit_when_drawn_then_long_text_is_counted_not_cut(shelf):
    page = Elements(drawn(shelf, FORMS + "{{ field(f) }}", f=Answers().story))

    assert "maxlength" not in page.by_id("story")
    assert page.by_id("story-left")["data-limit"] == "500"
    assert page.by_id("story-left")["data-behaviour"] == "count-characters"


@pytest.mark.parametrize("name", ["place", "kind"])
def test_given_a_page_with_one_question_when_drawn_then_the_question_is_its_heading(shelf, name):
    text = drawn(shelf, FORMS + "{{ field(f, heading=true) }}", f=Answers()[name])
    assert text.count("<h1>") == 1


def test_the_words_of_autocomplete_survive(shelf):
    page = Elements(drawn(shelf, FORMS + "{{ field(f) }}", f=Answers().email))
    assert page.by_id("email")["autocomplete"] == "email"
    assert page.by_id("email")["type"] == "email"
