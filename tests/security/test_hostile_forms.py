"""Whatever arrives at a form: a clear sentence beside the field, the text kept, never a 5xx (IN1–IN5).

The forms are found, not listed: every class derived from BaseForm that a route uses, by the fields its
page shows. A new form is attacked as soon as its page exists.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from itertools import count
from math import ceil
from unicodedata import normalize
from urllib.parse import quote_plus

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from werkzeug.test import TestResponse

from ombudsman_app.complaints.views.public.steps import _BY_SLUG
from ombudsman_app.core import limits
from ombudsman_app.core.clock import now as instant
from ombudsman_app.core.clock import stopped_at
from ombudsman_app.core.policy import Role
from ombudsman_app.web.forms import BaseForm
from ombudsman_app.web.gate import MULTIPLE_VALUES

from ..factories.accounts import UserFactory
from ..factories.complaints import CODE
from ..pages import Page
from ..routes import PAGES, ROUTES, Route, World, build_world
from ..visitor import FORM_FOR_EVERYBODY, Visitor
from ..wizard import ANSWERS, Wizard

FORMS = [route for route in ROUTES if "POST" in route.methods]
HANDLED = (200, 302, 400, 401, 404, 409, 412, 413, 415, 422, 429)
URLENCODED = "application/x-www-form-urlencoded"

# What people and programs send. Bytes, percent-encoded where a browser would.
TEXTS: dict[str, bytes] = {
    "empty": b"",
    "blanks": b"+++%09%0A",
    "emoji": quote_plus("🏝️👩🏽‍💼 terima kasih 🙏").encode(),
    "right to left": quote_plus("\u202eabc\u202c \u2067x\u2069 مرحبا").encode(),
    "combining": quote_plus("e" + "\u0301" * 300).encode(),
    "NUL": b"a%00b",
    "raw NUL": b"a\x00b",
    "lone surrogate": b"a%ED%A0%80b",
    "raw lone surrogate": b"a\xed\xa0\x80b",
    "overlong": b"%C0%AF%C0%80",
    "not UTF-8": b"%FF%FE\xff\xfe",
    "half a sequence": b"%E2%82",
    "non-character": quote_plus("\uffff\ufffe\U0010ffff").encode(),
    "private use": quote_plus("\ue000").encode(),
    "script": quote_plus("<script>alert(1)</script>").encode(),
    "template": quote_plus("{{ config }}{% raw %}").encode(),
    "SQL": quote_plus("' OR 1=1; --").encode(),
    "path": quote_plus("../../etc/passwd").encode(),
    "percent": b"%",
    "huge number": b"9" * 400,
    "negative": b"-1",
    "float": b"1e999",
    "future": b"2999-12-31",
    "ancient": b"0001-01-01",
    "no such day": b"2026-02-30",
    "last day": b"9999-12-31",
    "beyond": b"10000-01-01",
    "JSON": quote_plus('{"a": [1]}').encode(),
}
MOST_SENT = 40  # to one form in the quick tier
per_form = pytest.mark.parametrize("route", FORMS, ids=str)


@dataclass
class Opened:
    """A form as its page shows it, ready to be sent again and again at the instant of its opening.

    However long the tests take, so the proof of a step-up stays fresh.
    """

    visitor: Visitor
    address: str
    fields: dict[str, str]
    token: str
    opened_at: datetime = field(default_factory=instant)

    def send(self, body: bytes, content_type: str = URLENCODED) -> TestResponse:
        with stopped_at(self.opened_at):
            return self.visitor.client.post(
                self.address,
                data=body,
                content_type=content_type,
                headers={"X-CSRF-Token": self.token},
                environ_overrides={"REMOTE_ADDR": _next_address()},
            )

    def body(self, **replaced: bytes) -> bytes:
        given = {name: quote_plus(value).encode() for name, value in self.fields.items()}
        # Each try is a form of its own; that the same key refuses another text is tested elsewhere.
        given |= {name: next(_keys) for name in self.fields if name.endswith("_key")} | replaced
        return b"&".join(name.encode() + b"=" + value for name, value in given.items())


_addresses: Iterator[str] = (
    f"198.{18 + a}.{b}.{c}" for a in range(2) for b in range(256) for c in range(1, 255)
)


_keys: Iterator[bytes] = (f"key{number}".encode() for number in count())


def _next_address() -> str:
    """A client of its own for each try, so that the throttle does not hide what a form does."""
    return next(_addresses)


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    return build_world(shared_app)


Doors = Callable[[Route], list["Opened"]]


@pytest.fixture(scope="module")
def opened(world: World) -> Doors:
    """The forms of a route, opened once: each try is a request of its own. All of them at one instant."""
    at = instant()

    def open_at_that_instant(route: Route) -> list[Opened]:
        with stopped_at(at):
            return open_forms(world, route)

    return cache(open_at_that_instant)


def open_forms(world: World, route: Route) -> list[Opened]:
    """Open the page of a route with a finished draft at hand; the questions of the wizard one by one."""
    visitor = Visitor(world.app, _next_address())
    if route.endpoint.startswith("public.complaints."):
        Wizard(visitor).answer_all()
    if route.endpoint.startswith("staff.") and route.policy != "public":
        with world.app.app_context():
            roles = (Role.PVL_ASSISTANT, Role.HEAD_OF_REPRESENTATIVE)
            visitor.enter(UserFactory(*roles, password=None).id)
    if route.endpoint.startswith("staff.operations."):
        with world.app.app_context():
            visitor.enter(UserFactory(Role.CARETAKER, password=None).id)
    if world.is_for_administrators(route):
        with world.app.app_context():
            visitor.enter(UserFactory(Role.ADMINISTRATOR, password=None).id)
    if route.endpoint.startswith("portal."):
        with world.app.app_context():
            visitor.enter(UserFactory(Role.OFFICE_HEAD, password=None).id)
    if route.policy in ("complaints.open_identity", "complaints.examine", "attachments.open_original"):
        visitor.enter(world.team[Role.EXAMINER])
    if route.policy == "complaints.pause":
        visitor.enter(world.team[Role.PVL_ASSISTANT])
    if route.endpoint in (
        "public.complaints.write",
        "public.complaints.calendar",
        "public.complaints.end_calendar",
    ):
        visitor.submit("/lacak", {"ticket": world.own_ticket, "access_code": CODE})
    written = world.sheets.open
    is_written = route.endpoint in written.values()
    if is_written:
        visitor.enter(written.third if route.policy == "audits.settle" else written.lead)
        with world.app.test_request_context("/"):
            addresses = [world.app.url_for(route.endpoint, **written.values()[route.endpoint])]
    else:
        addresses = [world.address_of(route)]
    if route.endpoint == "public.complaints.question":
        addresses = [f"/lapor/{slug}" for slug in _BY_SLUG]
    visitor.get(FORM_FOR_EVERYBODY)
    token = visitor.token()
    opened = []
    for address in addresses:
        page_of = written.page_of(route.endpoint) if is_written else world.page_of(route)
        shows = address if "GET" in route.methods else page_of
        page = Page(visitor.client.get(shows).text if shows else "")
        names = {str(field["name"]) for field in page.fields if field.get("name")} | set(page.values)
        fields = {name: page.values.get(name, "") for name in names - {"csrf_token"}}
        opened.append(Opened(visitor, address, fields, page.token or token))
    return opened


def test_every_form_of_the_wizard_is_reached() -> None:
    """Else a form that no page shows would go untested."""
    assert set(_BY_SLUG) == {*ANSWERS, "pemberi-kerja"}
    names = {form.__name__ for form in _all_forms(BaseForm)}
    reached = {step.form.__name__ for step in _BY_SLUG.values()} | {
        "SendForm", "FollowForm", "SignInForm", "NewPasswordForm", "ChangePasswordForm", "EnrolForm",
        "EndSessionForm", "_CodeForm", "MessageForm", "NoteForm", "VersionedForm", "BeginForm", "ChecksForm",
        "FormalChecksForm", "MaterialChecksForm", "AnswerForm", "SettleForm", "_ExaminerForm",
        "DecisionForm", "AssignForm",
        "DeclarationForm", "OpenIdentityForm",
        "TipMoveForm", "OriginalForm", "PosterForm",
        "SaveViewForm", "CalendarForm",
        "ChangeViewForm",  # of a person: tests/complaints/test_saved_views.py
        "ProofForm",  # of a step-up: tests/security/test_step_up.py; of a letter: its page
        "LetterForm", "CompletionForm", "_DecidedForm", "CloseForm", "CompletedForm", "RevocationForm",
        "CompleteForm", "WithdrawForm", "ReceiptForm", "CodeForm", "FileForm", "_Asked",
        "PreferencesForm", "ReturnForm", "ForgottenForm",
        "GrantForm", "InvitationForm", "_ReasonForm", "EndGrantForm", "ResetForm",
        "RefusalForm", "NotCompetentForm", "TransferForm",  # tests/complaints/test_letters.py
        "PaperAnswerForm", "ExportForm", "DecideExportForm",
        "VisitForm", "FindingForm", "JudgementForm", "ReleaseForm", "ResponseForm", "ProgressForm",
        "OfficeAnswerForm", "AnswerLinkForm", "OpenLinkForm",
        "ExamineForm", "ReviewForm", "FileAnswerForm", "ResolvedForm",
        "PauseForm", "DecidePauseForm", "MoreTimeForm", "DecideTimeForm",
        "EndPauseForm",  # of a clock that stands still: tests/complaints/test_pause_a_clock.py
        "ClarificationForm",  # tests/complaints/test_name_nobody_to_the_respondent.py
        "PartForm", "ActionForm", "ExamineAgainForm",
        # tests/complaints/test_report_of_an_examination.py
        "ConclusionForm", "MonitorForm", "CloseReportForm", "HandOverForm", "InterimForm",
        "NewInstrumentForm", "_SchemeChoice", "ImportForm", "CopyForm", "HeadForm", "MoveForm",
        "ArrangeForm", "DimensionForm", "IndicatorForm", "WeightsForm", "TrialForm", "SchemeForm",
        "AssignmentForm", "CancelForm", "InterestForm", "PickForm", "RoundForm", "StartForm", "TeamForm",
        "VisitDaysForm", "KindForm", "SampleForm", "SortForm", "ToldForm", "WordsForm", "GiveBackForm",
        "RemarkForm", "ChangeForm", "DropForm", "ProposalForm", "RulingForm", "StudyPlaceForm",
        "EndStudyPlaceForm", "CorrectionForm", "DropCorrectionForm",
        "ArrearsForm", "BreachForm", "EndBreachForm", "EstimateForm", "FineForm", "JakonForm", "LeftOutForm",
        "LowWageForm", "MissingProgrammeForm", "ObservationForm", "OpenNumberForm", "PwbdForm", "SameForm",
        "_SaidForm", "_WithRefusals", "_WorkersForm",
        "OwnerFindingForm", "OwnerForm", "PartyForm", "ProjectForm", "RegistrationForm",
        "BringForm", "DecideForm", "MappingForm", "RejectedForm",
        "LinkEmployerForm", "NewEmployerForm", "UnlinkEmployerForm",
        "DelayForm", "DisputeForm", "DropDelayForm", "EndForm", "ForwardForm", "OpenCaseForm", "StepForm",
        "VerifyForm",
        "IssueAllForm",  # of approved letters: tests/documents/test_issue_many.py
    }  # fmt: skip
    assert names == reached


def _all_forms(kind: type) -> set[type]:
    found = set(kind.__subclasses__())
    return found | {below for one in found for below in _all_forms(one)}


@per_form
def test_given_anything_in_any_field_then_it_is_handled(opened: Doors, route: Route) -> None:
    """Of long forms as much as of short ones: each field gets others (`full`: all of it in each field)."""
    fields = sum(len(form.fields) + 1 for form in opened(route))
    _send_all(opened(route), min(len(TEXTS), max(3, ceil(fields * len(TEXTS) / MOST_SENT))))


@pytest.mark.full
@per_form
def test_given_all_of_it_in_any_field_then_it_is_handled(opened: Doors, route: Route) -> None:
    _send_all(opened(route), 1)


def _send_all(forms: list[Opened], each: int) -> None:
    """Send each n-th text in each field; one field begins where the last one did not, so none is left out."""
    fields = [(form, name) for form in forms for name in [*form.fields, "unknown_field"]]
    for number, (form, name) in enumerate(fields):
        for what, raw in list(TEXTS.items())[number % each :: each]:
            answer = form.send(form.body(**{name: raw}))
            assert answer.status_code in HANDLED, (form.address, name, what, answer.status_code)
            assert_beside_its_field(form, name, answer)
            assert b"<script>alert(1)" not in answer.data


def assert_beside_its_field(form: Opened, name: str, answer: TestResponse) -> None:
    """A 422 says what is wrong, and the fields that were right keep what they held."""
    if answer.status_code != 422:
        return
    page = Page(answer.text)
    own = page.names_sent_to(form.address)  # what other forms of the page hold is not what was sent
    is_said = f'id="{name}-error"' in answer.text or 'role="alert"' in answer.text
    assert is_said or "error" in answer.text, (form.address, name)
    for other, value in form.fields.items():
        is_secret = "password" in other or other == "again"
        # A key is renewed with each try (Opened.body); the version of a case and how far its messages were
        # seen are those of the page that is shown now.
        is_key = other.endswith("_key") or other in ("version", "seen")
        if other != name and value and not is_secret and not is_key and other in own & page.values.keys():
            assert page.values[other] == value, (form.address, other)


@per_form
def test_given_something_no_browser_sends_then_it_is_refused(opened: Doors, route: Route) -> None:
    for form in opened(route):
        name = next((one for one in form.fields if one not in MULTIPLE_VALUES), "field")
        bodies = {
            "twice": form.body() + b"&" + name.encode() + b"=1&" + name.encode() + b"=2",
            "many": b"&".join(b"f%d=1" % number for number in range(limits.FORM_FIELDS + 1)),
            "long name": b"n" * 5_000 + b"=1",
            "odd name": b"%00%01=1",
        }
        for what, body in bodies.items():
            assert form.send(body).status_code == 400, what
        endless = name.encode() + b"=" + b"a" * (limits.FIELD_CHARACTERS + 1)
        assert form.send(endless).status_code in HANDLED
        assert form.send(b"a=" + b"b" * 2_000_000).status_code == 413
        big = b"--x\r\nContent-Disposition: form-data; name=a\r\n\r\n" + b"b" * 2_000_000 + b"\r\n--x--"
        assert form.send(big, "multipart/form-data; boundary=x").status_code == 413


def test_given_a_slow_machine_when_a_form_is_sent_then_its_proof_is_still_fresh(opened: Doors) -> None:
    """The tests of one form lie minutes apart; a proof is fresh for five."""
    route = next(one for one in FORMS if one.endpoint == "staff.accounts.new_recovery_codes")
    (form,) = opened(route)
    with stopped_at(instant() + timedelta(minutes=6)):
        assert form.send(b"field=1").status_code in HANDLED


CONTENT_TYPES = [
    ("application/json", b'{"a": 1}'),
    ("application/json", b"[" * 10_000),
    ("text/plain", b"a=b"),
    ("application/xml", b"<a/>"),
    ("application/x-www-form-urlencoded; charset=utf-16", b"a=b"),
    ("multipart/form-data", b"no boundary"),
    ("multipart/form-data; boundary=x", b"--x\r\nbroken"),
    ("multipart/form-data; boundary=x", b"--y\r\n\r\n--y--"),
    ("multipart/form-data; boundary=x", b""),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="narrative"\r\n\r\na\x00b\xed\xa0\x80\r\n--x--',
    ),
    (
        "multipart/form-data; boundary=x",
        b'--x\r\nContent-Disposition: form-data; name="narrative"; filename="a.txt"\r\n\r\nx\r\n--x--',
    ),
    ("", b"a=b"),
    ("\xff", b"a=b"),
]


@per_form
def test_given_another_content_type_then_it_is_handled(opened: Doors, route: Route) -> None:
    _send_contents(opened(route)[0], CONTENT_TYPES)


def _send_contents(form: Opened, contents: list[tuple[str, bytes]]) -> None:
    for content_type, body in contents:
        assert form.send(body, content_type).status_code in HANDLED, (content_type, body[:60])


LIMITED = [
    (slug, name, field.kwargs["render_kw"]["maxlength"])
    for slug, step in _BY_SLUG.items()
    for name in dir(step.form)
    if hasattr(field := getattr(step.form, name), "field_class")
    and "maxlength" in (field.kwargs.get("render_kw") or {})
]


# what the same question needs besides
BESIDE = {("pemberi-kerja", "employer_place"): {"employer_name": "PT Contoh Usaha"}}


def _of_length(name: str, length: int) -> str:
    """A value that is right in kind and has exactly this many characters."""
    if name == "phone":
        return "0" * length
    return "a" * (length - 11) + "@contoh.idn" if name == "email" else "ä" * length


@pytest.mark.parametrize(("slug", "name", "most"), LIMITED)
def test_each_limit_holds_to_the_character(world: World, slug: str, name: str, most: int) -> None:
    """IN3: limit − 1 and limit are taken, limit + 1 is told beside the field, and nothing is cut off."""
    visitor = Visitor(world.app, _next_address())
    Wizard(visitor).answer_all()
    for length, status in ((most - 1, 302), (most, 302), (most + 1, 422)):
        text = _of_length(name, length)
        answer = visitor.submit(f"/lapor/{slug}", {**BESIDE.get((slug, name), {}), name: text})
        assert answer.status_code == status, length
        if status == 422:
            assert f'id="{name}-error"' in answer.text
            assert Page(answer.text).values[name] == text
        else:
            assert Page(visitor.get(f"/lapor/{slug}").text).values[name] == text


@pytest.mark.parametrize("text", ["2999-12-31", "31-12-2999", "0001-01-01", "30-02-2026", "kemarin", "1/1/1"])
@pytest.mark.parametrize(
    ("slug", "name"), [("waktu", "event_on"), ("upaya", "prior_effort_on"), ("identitas", "birth_date")]
)
def test_given_an_impossible_day_then_it_is_told_beside_it_and_kept(
    world: World, slug: str, name: str, text: str
) -> None:
    visitor = Visitor(world.app, _next_address())
    Wizard(visitor).answer_all()
    answer = visitor.submit(f"/lapor/{slug}", {name: text})
    assert answer.status_code == 422
    assert f'id="{name}-error"' in answer.text
    assert Page(answer.text).values[name] == text


@pytest.mark.parametrize("what", ["NUL", "lone surrogate", "not UTF-8", "non-character"])
def test_given_what_cannot_be_stored_then_the_rest_is_kept(world: World, what: str) -> None:
    visitor = Visitor(world.app, _next_address())
    Wizard(visitor).begin()
    visitor.get("/lapor/kejadian")
    form = Opened(visitor, "/lapor/kejadian", {"narrative": ""}, visitor.token())
    kept = "Kalimat yang harus tetap ada di sini."
    answer = form.send(form.body(narrative=quote_plus(kept).encode() + TEXTS[what]))
    assert answer.status_code == 422
    assert 'id="narrative-error"' in answer.text
    assert kept in Page(answer.text).values["narrative"]


@pytest.mark.parametrize("text", ["🏝️👩🏽‍💼🙏", "\u202eabc\u202c مرحبا", "\ue000", "𝔘𝔫𝔦𝔠𝔬𝔡𝔢", "a\u0301"])
def test_given_letters_of_the_world_then_they_come_back_whole(world: World, text: str) -> None:
    visitor = Visitor(world.app, _next_address())
    Wizard(visitor).begin()
    told = f"{text} – dua puluh huruf atau lebih – {text}"
    assert visitor.submit("/lapor/kejadian", {"narrative": told}).status_code == 302
    assert Page(visitor.get("/lapor/kejadian").text).values["narrative"] == normalize("NFC", told)


ANY_TEXT = st.text(st.characters(codec=None), max_size=60)


@pytest.mark.parametrize("slug", ["kejadian", "waktu", "upaya", "identitas"])
def test_given_text_by_chance_then_a_question_handles_it(world: World, slug: str) -> None:
    _by_chance(world, slug, 15)


@pytest.mark.full
@pytest.mark.parametrize("slug", sorted(_BY_SLUG))
def test_given_much_text_by_chance_then_a_question_handles_it(world: World, slug: str) -> None:
    _by_chance(world, slug, 500)


def _by_chance(world: World, slug: str, examples: int) -> None:
    visitor = Visitor(world.app, _next_address())
    Wizard(visitor).answer_all()
    page = Page(visitor.get(f"/lapor/{slug}").text)
    fields = {name: page.values.get(name, "") for name in page.values if name != "csrf_token"}
    form = Opened(visitor, f"/lapor/{slug}", fields, page.token)

    @settings(max_examples=examples, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(text=ANY_TEXT)
    def attack(text: str) -> None:
        raw = quote_plus(text, errors="surrogatepass").encode()
        for name in form.fields:
            assert form.send(form.body(**{name: raw})).status_code in HANDLED

    attack()


QUERIES = (
    "q=1&q=2", "q=%00", "q=%ED%A0%80", "q=" + "a" * 50_000, "lat=nan&lon=inf", "lat=1e999&lon=x",
    "provinsi=99&setelah=~", "setelah=9999999999~x", "%FF=1", "a&b&c", "dari=%0d%0aSet-Cookie:x",
    "&".join(f"x{number}=1" for number in range(300)),
)  # fmt: skip


@pytest.mark.parametrize("route", PAGES, ids=str)
def test_given_any_query_then_a_page_handles_it(world: World, route: Route) -> None:
    visitor = Visitor(world.app, _next_address())
    for query in QUERIES:
        answer = visitor.client.get(f"{world.address_of(route)}?{query}")
        assert answer.status_code in (200, 302, 400, 401, 404, 414, 422), query[:60]
        assert not any(cookie.startswith("x") for cookie in answer.headers.getlist("Set-Cookie"))


PIECES = (
    "%00", "%ED%A0%80", "%FF", "..%2F..%2Fetc%2Fpasswd", "a" * 5_000, "%E2%80%AE", "'", "-1", "%2e%2e",
    "%0d%0aX:y", "9" * 40,
)  # fmt: skip


@pytest.mark.parametrize("route", [route for route in ROUTES if "<" in route.rule], ids=str)
def test_given_any_address_then_it_is_like_none(world: World, route: Route) -> None:
    visitor = Visitor(world.app, _next_address())
    for piece in PIECES:
        path = re.sub(r"<[^>]+>", piece, route.rule)
        assert visitor.client.get(path).status_code in (200, 302, 400, 404, 405), path[:80]
