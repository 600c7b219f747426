"""The code at the door under attack (AU2, AU3): once, by its owner, in its minute, and nothing is told."""

import re
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from argon2 import PasswordHasher
from flask import Flask
from sqlalchemy import func, select, text, update
from werkzeug.test import TestResponse

from ombudsman_app.accounts import commands, queries, second_factor
from ombudsman_app.accounts.commands import proving, signing_in
from ombudsman_app.accounts.models import RecoveryCode, User
from ombudsman_app.core import throttle
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import command, db
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.core.trail.models import TrailEntry
from tests.factories.accounts import PASSWORD, SECRET, UserFactory, code_at
from tests.visitor import Visitor

DOOR, DESK = "/staff/sign-in", "/staff/"
OTHER_SECRET = "PETUGASLAINPETUGASLAIN2345672345"
WRONG = "not-the-right-one"
MANY = 20


@pytest.fixture
def sari(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.PVL_ASSISTANT, email="sari@example.test")


@pytest.fixture
def budi(app: Flask) -> User:
    """Somebody whose app has another secret."""
    with app.app_context():
        made = UserFactory(Role.EXAMINER, email="budi@example.test")
        _give_secret(made.id, OTHER_SECRET)
        return made


@pytest.fixture
def hashes(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was hashed, in order; the real hash is still made."""
    made: list[str] = []
    real = PasswordHasher.verify

    def spy(self: Any, *given: Any) -> Any:
        made.append("verify")
        return real(self, *given)

    monkeypatch.setattr(PasswordHasher, "verify", spy)
    return made


@command
def _give_secret(user_id: int, secret: str) -> None:
    sealed = second_factor.sealed_for(user_id, secret)
    db.session.execute(update(User).where(User.id == user_id).values(totp_secret=sealed))


def _recovery_codes(app: Flask, user: User) -> list[str]:
    with app.app_context():
        return commands.make_recovery_codes(actor=Actor(user.id, user.name))


def _form(user: User, code: str, password: str = PASSWORD) -> dict[str, str]:
    return {"email": user.email, "password": password, "code": code}


def _calm(app: Flask) -> None:
    """Let many tries of one test count as the first."""
    with app.app_context(), db.engine.begin() as connection:
        connection.execute(text("delete from throttle_counter"))


def _sessions(app: Flask) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(StoredSession)) or 0


def _neutral(answer: TestResponse, email: str) -> str:
    """The page without what was typed and without the token under its fresh mask."""
    return re.sub(r'name="csrf_token"[^>]*>', "", answer.text.replace(email, ""))


def _at_once(app: Flask, forms: list[dict[str, str]]) -> list[int]:
    """Send forms from as many browsers, their pages open before; return the states."""
    guests = [Visitor(app, f"198.51.100.{number + 1}") for number in range(len(forms))]
    for guest in guests:
        guest.get(DOOR)

    def knock(guest: Visitor, form: dict[str, str]) -> int:
        given = {**form, "csrf_token": guest.token()}
        return guest.client.post(
            DOOR, data=given, environ_overrides={"REMOTE_ADDR": guest.address}
        ).status_code

    with ThreadPoolExecutor(10) as many:
        return sorted(many.map(knock, guests, forms))


def test_given_whatever_is_wrong_when_signing_in_then_text_status_and_work_are_equal(
    app: Flask, visitor: Visitor, sari: User, budi: User, hashes: list[str]
) -> None:
    with app.app_context():
        closed = UserFactory(Role.EXAMINER, email="closed@example.test", is_active=False)
    used, other = _recovery_codes(app, sari)[0], _recovery_codes(app, budi)[0]
    start = now().replace(second=5)

    def tried(form: dict[str, str]) -> tuple[object, ...]:
        _calm(app)
        hashes.clear()
        answer = visitor.post(DOOR, form)
        return answer.status_code, _neutral(answer, form["email"]), tuple(visitor.statements), tuple(hashes)

    with stopped_at(start):
        good = code_at(start)
        Visitor(app).post(DOOR, _form(sari, used))
        Visitor(app).post(DOOR, _form(sari, good))
        for what, form in {
            "wrong password": _form(sari, good, WRONG),
            "closed": _form(closed, good),
            "no code": _form(sari, ""),
            "wrong code": _form(sari, "000000"),
            "replayed code": _form(sari, good),
            "code of somebody else": _form(budi, good),
            "used recovery code": _form(sari, used),
            "recovery code of somebody else": _form(sari, other),
            "recovery code and wrong password": _form(budi, other, WRONG),
            "letters": _form(sari, "abcdef"),
        }.items():
            seen, unknown = tried(form), tried(form | {"email": "nobody@example.test"})
            assert seen == unknown, what
            assert (seen[0], seen[3]) == (422, ("verify",)), what


@pytest.fixture
def _unthrottled(monkeypatch: pytest.MonkeyPatch) -> None:
    """The throttle of an account would hide what the database does."""
    monkeypatch.setitem(throttle.RULES, "sign_in", throttle.Rule())


@pytest.mark.usefixtures("_unthrottled")
def test_given_one_code_when_sent_many_times_at_once_then_one_session_begins(app: Flask, sari: User) -> None:
    code, before = code_at(now()), _sessions(app)
    answers = _at_once(app, [_form(sari, code)] * MANY)
    assert answers == [302] + [422] * (MANY - 1)
    assert _sessions(app) == before + 1


@pytest.mark.usefixtures("_unthrottled")
def test_given_one_recovery_code_when_sent_many_times_at_once_then_one_session_begins(
    app: Flask, sari: User
) -> None:
    code = _recovery_codes(app, sari)[0]
    answers = _at_once(app, [_form(sari, code)] * MANY)
    assert answers == [302] + [422] * (MANY - 1)
    assert _sessions(app) == 1


def test_given_a_code_when_its_minute_is_past_or_not_yet_there_then_only_its_neighbours_open(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    start = now().replace(second=15, microsecond=0)
    with stopped_at(start):
        for steps, status in ((-2, 422), (2, 422), (-1, 302), (0, 302), (1, 302)):
            _calm(app)
            code = code_at(start + timedelta(seconds=30 * steps))
            answer = Visitor(app).post(DOOR, _form(sari, code))
            assert answer.status_code == status, steps


def test_given_a_later_code_was_used_when_an_earlier_one_comes_then_it_is_refused(
    app: Flask, visitor: Visitor, another_visitor: Visitor, sari: User
) -> None:
    start = now()
    earlier = code_at(start)
    with stopped_at(start + timedelta(seconds=30)):
        assert visitor.post(DOOR, _form(sari, code_at(start + timedelta(seconds=30)))).status_code == 302
        assert another_visitor.post(DOOR, _form(sari, earlier)).status_code == 422


@pytest.mark.parametrize("write", [lambda code: f"{code[:3]} {code[3:]}", " {}".format, "{:.3}-".format])
def test_given_blanks_and_strokes_in_a_code_when_signing_in_then_they_do_not_matter(
    visitor: Visitor, sari: User, write: Callable[[str], str]
) -> None:
    code = code_at(now())
    written = write(code) if len(write(code)) > 5 else write(code) + code[3:]
    assert visitor.post(DOOR, _form(sari, written)).status_code == 302


CODES_OF_NOBODY = [
    "0" * 400, "9" * 41, "12345", "1234567", "-1", "1e5", "٠١٢٣٤٥", "０００００１", "🙂" * 6, "\0" * 6,
    "\ud800", "' or 1=1", "null", "000000000000", "IIIIIIIIIIII", "OOOO OOOO OOOO", "\u202e123456",
]  # fmt: skip


def test_given_a_code_of_nobody_when_signing_in_then_the_answer_is_a_page_and_never_a_session(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    _recovery_codes(app, sari)
    for code in CODES_OF_NOBODY:
        _calm(app)
        raw = {name: word.encode("utf-8", "surrogatepass") for name, word in _form(sari, code).items()}
        answer = visitor.post(DOOR, raw)
        assert answer.status_code in (400, 422), code
    assert _sessions(app) == 0


def test_given_a_secret_that_was_changed_or_moved_when_signing_in_then_it_opens_for_nobody(
    app: Flask, visitor: Visitor, sari: User, budi: User, caplog: pytest.LogCaptureFixture
) -> None:
    """Who can write into the database cannot lend a known secret to another account."""
    with app.app_context():
        sealed = db.session.scalar(select(User.totp_secret).where(User.id == sari.id))
        db.release()
        assert sealed is not None
        for planted in (sealed, sealed[:-1] + bytes([sealed[-1] ^ 1]), sealed[:20], b"", SECRET.encode()):
            with db.engine.begin() as connection:
                connection.execute(update(User).where(User.id == budi.id).values(totp_secret=planted))
            _calm(app)
            assert visitor.post(DOOR, _form(budi, code_at(now()))).status_code == 422
    assert "secret of a second factor cannot be read" in caplog.text
    assert SECRET not in caplog.text


def test_given_a_recovery_code_when_it_was_used_then_it_is_worth_nothing_and_the_others_stand(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    first, second, *_ = _recovery_codes(app, sari)
    assert visitor.post(DOOR, _form(sari, first)).status_code == 302
    assert "notice" in visitor.get(DESK).text, "it is said that a code was used up"
    assert Visitor(app).post(DOOR, _form(sari, first)).status_code == 422
    typed = f" {second[:4]}-{second[4:8]} {second[8:]} ".lower().replace("0", "o").replace("1", "l")
    assert Visitor(app).post(DOOR, _form(sari, typed)).status_code == 302
    with app.app_context():
        unused = select(func.count()).where(RecoveryCode.used_at.is_(None))
        assert db.session.scalar(unused) == second_factor.RECOVERY_CODES - 2
        events = db.session.scalars(select(TrailEntry.event)).all()
        assert events.count("accounts:recovery_code:used") == 2


def test_given_the_database_is_stolen_when_reading_it_then_no_secret_and_no_code_is_in_it(
    app: Flask, sari: User
) -> None:
    codes = _recovery_codes(app, sari)
    with app.app_context():
        rows = str(db.session.execute(text("select * from user_account")).all())
        rows += str(db.session.execute(text("select * from recovery_code")).all())
    assert SECRET not in rows
    assert not [code for code in codes if code in rows]


def test_given_no_second_factor_yet_when_signing_in_then_the_password_is_enough_and_no_code_is_asked(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        newcomer = UserFactory(Role.EXAMINER, has_second_factor=False)
    assert visitor.post(DOOR, _form(newcomer, "123456")).status_code == 302
    assert visitor.get(DESK).location == "/staff/second-factor?next=/staff/"


def test_given_a_session_without_the_factor_when_it_is_set_up_elsewhere_then_that_session_ends(
    app: Flask, visitor: Visitor, another_visitor: Visitor
) -> None:
    """Who knows the password alone must not grow with its owner's phone."""
    with app.app_context():
        newcomer = UserFactory(Role.EXAMINER, has_second_factor=False)
    thief, owner = visitor.sign_in(newcomer), another_visitor.sign_in(newcomer)
    page = owner.get("/staff/second-factor")
    secret = re.search(r'factor-secret"[^>]*>([A-Z2-7 ]+)<', page.text)
    assert secret is not None
    code = code_at(now(), secret[1].replace(" ", ""))
    assert owner.post("/staff/second-factor", {"first_code": code}).status_code == 302
    assert owner.get(DESK).status_code == 200
    assert thief.get(DESK).location.startswith(DOOR)
    assert _sessions(app) == 1


def test_given_the_factor_is_set_up_meanwhile_when_a_password_alone_arrives_then_it_is_refused(
    in_app: Flask,
) -> None:
    """The statement that lets somebody in looks at the factor once more."""
    newcomer = UserFactory(Role.EXAMINER, has_second_factor=False)
    held = queries.credentials_of(newcomer.email)
    db.release()
    proven = proving.compared(held, PASSWORD, "")
    assert proven is not None
    _confirm(newcomer.id)
    given = commands.SignIn(newcomer.email, PASSWORD)
    assert signing_in._begin_session(proven, given) is None
    assert db.session.scalar(select(func.count()).select_from(StoredSession)) == 0


@command
def _confirm(user_id: int) -> None:
    sealed = second_factor.sealed_for(user_id, SECRET)
    values = {"totp_secret": sealed, "totp_since": now()}
    db.session.execute(update(User).where(User.id == user_id).values(**values))
