"""Indonesian pages speak Indonesian and English ones English: every page, for whoever may open it."""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import yaml
from flask import Flask, g, request

from ombudsman_app.accounts.forms import ChangePasswordForm, EnrolForm, NewPasswordForm
from ombudsman_app.accounts.queries import Credentials
from ombudsman_app.complaints.formats.words import ACTOR_WORDS
from ombudsman_app.complaints.forms import NewEmployerForm
from ombudsman_app.complaints.states import ComplaintState
from ombudsman_app.core.clock import stopped_at
from ombudsman_app.core.paths import PACKAGE
from ombudsman_app.core.policy import STRANGER, Role
from ombudsman_app.coverage.forms.duty import DutyForm, ProposeDutyForm
from ombudsman_app.coverage.forms.figure import FigureForm, RevisionForm
from ombudsman_app.coverage.forms.innovation import InnovationForm, StatementForm
from ombudsman_app.coverage.forms.local_rule import LocalRuleForm, MoveForm
from ombudsman_app.coverage.local_rules import RuleKind, RuleState
from ombudsman_app.coverage.models import LocalRule
from ombudsman_app.directory.reference import DATA
from ombudsman_app.directory.source_words import SOURCE_WORDS
from ombudsman_app.employers.estimate_forms.base import EstimateForm
from ombudsman_app.employers.forms import EmployerForm, EndBreachForm
from ombudsman_app.employers.imports import EMPLOYERS
from ombudsman_app.employers.models import ProjectOwner
from ombudsman_app.employers.project_forms import OwnerForm, ProjectForm
from ombudsman_app.employers.queries import EstimateStart
from ombudsman_app.employers.states import Breach
from ombudsman_app.imports.forms import BringForm, MappingForm
from ombudsman_app.imports.queries.preview import Preview
from ombudsman_app.web import error_pages, refusals
from ombudsman_app.web.forms import BaseForm

from ..factories.accounts import UserFactory
from ..routes import PAGES, World, build_world
from ..wizard import ANSWERS, MAMUJU, Wizard
from .listener import Listener
from .speech import Speech, lexicons

LANGUAGES = ("id", "en")
in_both_languages = pytest.mark.parametrize("language", LANGUAGES)


@pytest.fixture(scope="module")
def world(spoken_app: Flask) -> World:
    return build_world(spoken_app)


@in_both_languages
def test_given_each_page_when_opened_by_a_stranger_or_each_role_then_it_speaks_one_language(
    world: World, language: str
) -> None:
    with world.app.app_context():
        people = [UserFactory(role).id for role in Role]

    for person in (None, *people):
        visitor = Listener(world.app, language)
        if person is not None:
            visitor.enter(person)
        for route in PAGES:
            if route.endpoint != "language.choose" and (person is None or route.rule.startswith("/staff")):
                visitor.get(world.address_of(route))

        assert visitor.wrong == set()
    assert len(visitor.heard) > 1


@in_both_languages
def test_given_the_whole_journey_when_answers_are_missing_then_given_then_one_language_is_spoken(
    spoken_app: Flask, language: str
) -> None:
    visitor = Listener(spoken_app, language, "203.0.113.9")
    wizard = Wizard(visitor)

    visitor.post("/lapor", {"office": "", "q": "mamuju"})
    visitor.get("/lapor?q=pt+maju+jaya")
    visitor.get("/lapor?q=zzzz")
    wizard.begin()
    visitor.post("/lapor/loket", {"counter": ""})
    for slug in (*ANSWERS, "pemberi-kerja"):
        visitor.get(f"/lapor/{slug}")
        visitor.post(f"/lapor/{slug}", dict.fromkeys(ANSWERS.get(slug, {"employer_name": ""}), ""))
    visitor.get("/lapor/periksa")  # with a hole in it
    ticket, code = wizard.send_all()
    visitor.post("/lapor/terkirim")
    visitor.get("/lapor/terkirim")
    visitor.get("/lapor")
    visitor.submit("/lacak", {"ticket": ticket, "access_code": "AAAAAAAAAAAAAAAA"})
    assert visitor.submit("/lacak", {"ticket": ticket, "access_code": code}).location == "/lacak/laporan"
    visitor.get("/lacak/laporan")

    assert visitor.wrong == set()
    assert {"/lapor/periksa", "/lapor/terkirim", "/lacak/laporan"} <= visitor.heard


@in_both_languages
def test_given_the_directory_when_searched_and_opened_then_one_language_is_spoken(
    spoken_app: Flask, language: str
) -> None:
    visitor = Listener(spoken_app, language, "203.0.113.13")

    for asked in ("", "?q=zzzz", "?q=kupang", "?q=mamuju&provinsi=76", "?q=mamuju&provinsi=11", "?dekat=x"):
        visitor.get(f"/kantor{asked}")
    for slug in (
        MAMUJU,
        "bpjs-ketenagakerjaan-kantor-pusat",
        "ombudsman-ri-perwakilan-provinsi-sulawesi-barat",
    ):
        visitor.get(f"/kantor/{slug}")

    assert visitor.wrong == set()


def test_given_the_shipped_data_when_their_sources_are_named_then_each_has_words_for_a_page() -> None:
    named = set()
    for name in ("places", "institutions", "demo"):
        text = (DATA / f"{name}.yaml").read_text("utf-8")
        named |= {key for keys in re.findall(r"src: \[([^\]]*)\]", text) for key in keys.split(", ")}

    assert len(named) > 5
    assert named - set(SOURCE_WORDS) == set()


@in_both_languages
def test_given_each_state_when_put_into_words_then_they_are_of_one_language(
    spoken_app: Flask, language: str
) -> None:
    with spoken_app.test_request_context("/", headers={"Cookie": f"language={language}"}):
        said = [
            spoken_app.jinja_env.filters[name](state)
            for name in ("state", "public_label", "public_sentence", "next_step", "owner")
            for state in ComplaintState
        ]

    assert len(said) == 5 * 27
    assert lexicons()[language].found_in(said) == []


def test_given_the_actors_of_the_rules_when_named_then_they_bear_their_official_names(
    spoken_app: Flask,
) -> None:
    rules = yaml.safe_load((PACKAGE / "complaints/rules/complaints.yaml").read_text("utf-8"))
    official = {row["id"]: row["id_label"].removesuffix(" (timer)") for row in rules["actors"]}
    with spoken_app.test_request_context("/"):
        assert {actor: str(name) for actor, name in ACTOR_WORDS.items()} == official


@in_both_languages
def test_given_each_refusal_when_shown_then_it_speaks_one_language(spoken_app: Flask, language: str) -> None:
    visitor = Listener(spoken_app, language, "203.0.113.10")
    named = [*refusals.HTTP.items(), *refusals.REFUSALS.items()]
    every = {id(one): (str(code), one) for code, one in named}

    assert visitor.get("/tidak-ada").status_code == 404
    assert visitor.get("/staff/sign-out").status_code == 405
    assert visitor.post("/lapor/hapus", with_token=False).status_code == 400
    for _ in range(20):
        visitor.post("/staff/sign-in", {"email": "siapa@example.test", "password": "bukan ini"})
    for code, refusal in every.values():
        with spoken_app.test_request_context("/", headers={"Cookie": f"language={language}"}):
            g.request_id = "0"
            said = Speech(error_pages._page(refusal, {}, code).get_data(as_text=True)).said
        visitor.wrong |= {(str(refusal.status), text) for text in lexicons()[language].found_in(said)}

    assert visitor.wrong == set()


def forms(kind: type[BaseForm] = BaseForm) -> Iterator[type[BaseForm]]:
    """Every form that stands in a module. Those made for one request speak its language and are gone with it,
    but for those of earlier tests that nobody has swept up yet.
    """
    for form in kind.__subclasses__():
        if getattr(sys.modules[form.__module__], form.__name__, None) is form:
            yield form
        yield from forms(form)


NOTHING_KNOWN = EstimateStart(None, None, None, None, None, (), None, None)
NO_PREVIEW = Preview([], {"number": 1}, 1, [], {}, [], "csv", "utf-8", ";", is_remembered=False)
NOT_AN_ANSWER = ("", "x", "x" * 30_000, "tidak ada", "31-02-2026", "01-01-0001", "01-01-2999", "\x00")


@in_both_languages
def test_given_each_form_when_filled_with_nonsense_then_every_error_speaks_one_language(
    spoken_app: Flask, language: str
) -> None:
    held = Credentials(1, "orang@example.test", "Demo Orang", None, True, None, None, None, None)
    made_with: dict[type, dict[str, object]] = {
        NewPasswordForm: {"held": held},
        ChangePasswordForm: {"held": held},
        EnrolForm: {"secret": "JBSWY3DPEHPK3PXP" * 2},
        **{kind: {"places": []} for kind in (EmployerForm, ProjectForm, NewEmployerForm)},
        OwnerForm: {"bodies": [], "kept": ProjectOwner(name="Dinas Contoh")},
        EndBreachForm: {"breaches": list(Breach)},
        LocalRuleForm: {"places": []},
        InnovationForm: {"places": []},
        StatementForm: {"sources": []},
        **{kind: {"rules": []} for kind in (DutyForm, ProposeDutyForm)},
        MoveForm: {"rule": LocalRule(kind=RuleKind.PERBUP, status=RuleState.PROMULGATED), "others": []},
        BringForm: {"kind": EMPLOYERS, "actor": STRANGER, "offices": []},
        MappingForm: {"kind": EMPLOYERS, "preview": NO_PREVIEW, "version": 1},
        **{kind: {"sources": [], "places": []} for kind in (FigureForm, RevisionForm)},
        **{kind: {"start": NOTHING_KNOWN} for kind in (EstimateForm, *forms(EstimateForm))},
    }
    wrong, said = [], 0
    for kind in forms():
        if kind.__name__.startswith("_"):  # only ever asked through the forms below it
            continue
        for nonsense in NOT_AN_ANSWER:
            more, told = made_with.get(kind, {}), {"headers": {"Cookie": f"language={language}"}}
            with spoken_app.test_request_context("/", **told):
                names = [field.name for field in kind(**more)]
            with spoken_app.test_request_context(
                "/", method="POST", data=dict.fromkeys(names, nonsense), **told
            ):
                request.max_content_length = request.max_form_memory_size = (
                    1 << 30
                )  # the gate is not asked here
                form = kind(**more)
                for field in form:
                    if getattr(field, "choices", ()) is None:  # the view fills them from the case
                        field.choices = []
                form.validate()
                errors = [str(error) for field in form for error in field.errors]
                labels = [str(field.label.text) for field in form]
                said += len(errors)
                wrong += [
                    (kind.__name__, text)
                    for text in lexicons()[language].found_in(errors + labels)
                    if text != "CSRF Token"
                ]

    assert wrong == []
    assert said > 50


def test_given_a_count_when_said_in_english_then_one_and_many_differ(spoken_app: Flask) -> None:
    with spoken_app.test_request_context("/", headers={"Cookie": "language=en"}):
        days_left = spoken_app.jinja_env.filters["days_left"]

        assert (days_left(1), days_left(2), days_left(-1)) == ("1 day left", "2 days left", "1 day late")


def test_given_a_date_when_shown_then_months_and_separators_are_those_of_the_language(
    spoken_app: Flask,
) -> None:
    at = datetime(2026, 8, 17, 6, 5, tzinfo=UTC)
    said = {}
    for language in LANGUAGES:
        with stopped_at(at), spoken_app.test_request_context("/", headers={"Cookie": f"language={language}"}):
            filters = spoken_app.jinja_env.filters
            said[language] = (filters["instant"](at, "Asia/Makassar"), filters["number"](1234567))

    assert said["id"] == ("17 Agustus 2026, 14.05 WITA", "1.234.567")
    assert said["en"] == ("17 August 2026, 14.05 WITA", "1,234,567")
