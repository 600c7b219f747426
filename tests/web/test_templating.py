"""Words in templates: found once per request, escaped as everything else, in the language of the moment."""

import pytest
from flask import Flask, render_template_string
from flask_babel import force_locale, gettext, ngettext
from markupsafe import Markup

from ombudsman_app.core.config import Settings
from ombudsman_app.web.languages import init_languages
from ombudsman_app.web.lifecycle import KawalFlask

SOURCE, ENGLISH, INDONESIAN = "{{ _('Complaints') }}", "Complaints", "Laporan"


@pytest.fixture
def app(tmp_path) -> Flask:
    made = KawalFlask("ombudsman_app")
    init_languages(made, Settings(data_dir=tmp_path, database_url="sqlite://"))
    return made


def test_given_another_language_for_a_moment_then_templates_and_code_follow_and_come_back(app: Flask) -> None:
    with app.test_request_context():
        assert (render_template_string(SOURCE), gettext("Complaints")) == (INDONESIAN, INDONESIAN)
        with force_locale("en"):
            assert (render_template_string(SOURCE), gettext("Complaints")) == (ENGLISH, ENGLISH)
        assert (render_template_string(SOURCE), gettext("Complaints")) == (INDONESIAN, INDONESIAN)


def test_given_two_requests_in_a_row_then_each_speaks_its_own_language(app: Flask) -> None:
    for cookie, word in (("id", INDONESIAN), ("en", ENGLISH), ("id", INDONESIAN)):
        with app.test_request_context(headers={"Cookie": f"language={cookie}"}):
            assert render_template_string(SOURCE) == word


def test_given_hostile_variables_then_they_are_escaped_and_the_sentence_is_not(app: Flask) -> None:
    with app.test_request_context(headers={"Cookie": "language=en"}):
        said = render_template_string("{{ _('<b>%(who)s</b> 5 %%', who=who) }}", who="<i>")
        assert said == "<b>&lt;i&gt;</b> 5 %"
        assert render_template_string("{{ _('100 %% sure') }}") == "100 % sure"
        assert render_template_string("{{ _('x') is escaped }}") == "True"
        assert render_template_string("{{ ngettext('%(num)d <a', '%(num)d <b', 2) }}") == "2 <b"
        assert not isinstance(gettext("x"), Markup)


def test_numbers_choose_the_form_in_templates_as_in_code(app: Flask) -> None:
    source = "{{ ngettext('%(num)d day left', '%(num)d days left', n) }}"
    for language in ("id", "en"):
        with app.test_request_context(headers={"Cookie": f"language={language}"}):
            for number in (1, 2):
                said = ngettext("%(num)d day left", "%(num)d days left", number)
                assert render_template_string(source, n=number) == said


def test_outside_a_request_a_sentence_stays_as_it_was_written(app: Flask) -> None:
    assert gettext("Complaints") == ENGLISH
    with app.app_context():
        assert gettext("Complaints") == INDONESIAN
