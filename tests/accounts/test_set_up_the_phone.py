"""A new colleague sets up codes on the phone, and later another phone (AU2)."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from click.testing import CliRunner
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts import commands, second_factor
from ombudsman_app.accounts.models import RecoveryCode, User
from ombudsman_app.cli.users import user as user_command
from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import RecordChanged
from ombudsman_app.core.policy import Actor, Role
from ombudsman_app.core.sessions import StoredSession
from ombudsman_app.core.trail.models import TrailEntry
from tests.factories.accounts import PASSWORD, UserFactory, code_at
from tests.visitor import Visitor

DESK, PHONE, CODES = "/staff/", "/staff/second-factor", "/staff/recovery-codes"
ACCOUNT, REPLACE = "/staff/account", "/staff/account/replace-phone"
MORE_CODES = "/staff/account/new-recovery-codes"


@pytest.fixture
def baru(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.EXAMINER, email="baru@example.test", has_second_factor=False)


@pytest.fixture
def sari(app: Flask) -> User:
    with app.app_context():
        return UserFactory(Role.EXAMINER, email="sari@example.test")


def _secret(visitor: Visitor) -> str:
    found = re.search(r'factor-secret"[^>]*>([A-Z2-7 ]+)<', visitor.get(PHONE).text)
    assert found is not None
    return found[1].replace(" ", "")


def _shown_codes(visitor: Visitor, page: str = CODES) -> list[str]:
    return re.findall(r"<li><code[^>]*>([0-9A-Z ]+)</code>", visitor.get(page).text)


def _events(app: Flask) -> list[str]:
    with app.app_context():
        events = select(TrailEntry.event).where(TrailEntry.event.like("accounts:%"))
        return list(db.session.scalars(events.order_by(TrailEntry.seq)))


def _count(app: Flask, model: type) -> int:
    with app.app_context():
        return db.session.scalar(select(func.count()).select_from(model)) or 0


def _enrol(visitor: Visitor) -> str:
    secret = _secret(visitor)
    answer = visitor.post(PHONE, {"first_code": code_at(now(), secret)})
    assert answer.status_code == 302, answer.text
    return secret


def test_given_a_first_sign_in_when_the_phone_is_set_up_then_the_desk_opens(
    app: Flask, visitor: Visitor, another_visitor: Visitor, baru: User
) -> None:
    visitor.sign_in(baru)
    assert visitor.get("/staff/complaints/?state=received").location.startswith(f"{PHONE}?next=")
    page = visitor.get(f"{PHONE}?next=/staff/complaints/").text
    assert "data:image/svg+xml" in page
    assert "otpauth://totp/Kawal%20Layanan:baru%40example.test?secret=" in page
    start = now()
    with stopped_at(start):
        secret = _secret(visitor)
        code = code_at(start, secret)
        typed = f"{code[:3]} {code[3:]}"
        answer = visitor.post(f"{PHONE}?next=/staff/complaints/", {"first_code": typed})

        assert answer.location == f"{CODES}?next=/staff/complaints/"
        assert len(set(_shown_codes(visitor, answer.location))) == second_factor.RECOVERY_CODES
        assert visitor.post(answer.location).location == "/staff/complaints/"
        assert visitor.get("/staff/complaints/").status_code == 200
        form = {"email": baru.email, "password": PASSWORD, "code": code}
        assert another_visitor.post("/staff/sign-in", form).status_code == 422, "a code works once"
    later = start + timedelta(seconds=30)
    with stopped_at(later):
        form["code"] = code_at(later, secret)
        assert another_visitor.post("/staff/sign-in", form).status_code == 302
    assert _events(app) == [
        "accounts:session:started", "accounts:second_factor:set", "accounts:sign_in:failed",
        "accounts:session:started",
    ]  # fmt: skip


def test_given_a_wrong_code_when_confirming_then_the_picture_stays_and_nothing_is_set(
    app: Flask, visitor: Visitor, baru: User
) -> None:
    visitor.sign_in(baru)
    secret = _secret(visitor)
    assert secret == _secret(visitor), "a reload shows the same"
    wrong = next(code for code in ("000000", "111111") if second_factor_step(app, secret, code) is None)
    for typed in (wrong, "", "12", "abc def", "9" * 400, "٠١٢٣٤٥"):
        answer = visitor.post(PHONE, {"first_code": typed})
        assert answer.status_code == 422, typed
        assert 'id="first_code-error"' in answer.text
    assert secret == _secret(visitor)
    assert _count(app, RecoveryCode) == 0
    assert visitor.get(DESK).location.startswith(PHONE)


def second_factor_step(app: Flask, secret: str, code: str) -> int | None:
    with app.app_context():
        return second_factor.fitting_step(secret, code)


def test_given_a_picture_older_than_a_quarter_when_confirming_then_another_one_is_shown(
    app: Flask, visitor: Visitor, baru: User
) -> None:
    start = now()
    with stopped_at(start):
        visitor.sign_in(baru)
        secret = _secret(visitor)
    with stopped_at(start + timedelta(minutes=14, seconds=59)):
        assert _secret(visitor) == secret
    late = start + timedelta(minutes=15)
    with stopped_at(late):
        answer = visitor.post(PHONE, {"first_code": code_at(late, secret)})
        assert answer.status_code == 422
        assert 'id="first_code-error"' in answer.text
        assert secret not in answer.text.replace(" ", "")
        assert _secret(visitor) != secret
        _enrol(visitor)
    assert _count(app, RecoveryCode) == second_factor.RECOVERY_CODES


def test_given_one_confirmation_when_sent_many_times_at_once_then_one_phone_is_set(
    app: Flask, visitor: Visitor, baru: User
) -> None:
    visitor.sign_in(baru)
    code = code_at(now(), _secret(visitor))
    cookie, token = visitor.client.get_cookie("sid").value, visitor.token()

    def send(_number: int) -> int:
        copy = Visitor(app)
        copy.client.set_cookie("sid", cookie)
        return copy.client.post(PHONE, data={"first_code": code, "csrf_token": token}).status_code

    with ThreadPoolExecutor(8) as many:
        answers = sorted(many.map(send, range(8)))

    assert answers[0] == 302
    assert set(answers[1:]) <= {403, 409}, "the session has another token by now, or the row changed"
    assert _count(app, RecoveryCode) == second_factor.RECOVERY_CODES
    assert _events(app).count("accounts:second_factor:set") == 1
    assert _count(app, StoredSession) == 1


def test_given_two_browsers_with_a_picture_each_when_both_confirm_then_the_first_phone_counts(
    app: Flask, visitor: Visitor, another_visitor: Visitor, baru: User
) -> None:
    visitor.sign_in(baru)
    another_visitor.sign_in(baru)
    first, second = _secret(visitor), _secret(another_visitor)
    assert first != second
    _enrol(visitor)
    late = another_visitor.post(PHONE, {"first_code": code_at(now(), second)})
    assert late.status_code == 403
    with app.app_context():
        code = visitor.sign_in_form(baru)["code"]  # also lets the step be used again
        assert code
    form = {"email": baru.email, "password": PASSWORD, "code": code_at(now(), first)}
    assert Visitor(app).post("/staff/sign-in", form).status_code == 302


def test_given_a_factor_that_stands_when_a_first_one_is_to_be_set_then_it_is_refused(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    """The statement that sets it looks at what was read, whatever the pages did before."""
    visitor.sign_in(sari)
    with app.app_context():
        session = db.session.scalar(select(StoredSession.token_hash)) or ""
        db.release()
        given = commands.NewFactor(second_factor.new_secret(), step=1, session=session, replaces_since=None)
        with pytest.raises(RecordChanged):
            commands.set_second_factor(given, actor=Actor(sari.id, sari.name))
    assert visitor.get(DESK).status_code == 200
    Visitor(app).sign_in(sari)


def test_given_recovery_codes_when_they_are_kept_then_nobody_sees_them_again(
    app: Flask, visitor: Visitor, baru: User
) -> None:
    visitor.sign_in(baru)
    _enrol(visitor)
    codes = _shown_codes(visitor)
    assert _shown_codes(visitor) == codes, "a lost answer loses none"
    visitor.post(CODES)
    answer = visitor.get(CODES)
    assert (answer.status_code, answer.location) == (302, ACCOUNT)
    form = {"email": baru.email, "password": PASSWORD, "code": codes[3]}
    assert Visitor(app).post("/staff/sign-in", form).status_code == 302


def test_given_another_phone_when_it_is_set_up_then_the_old_one_counts_until_then(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    visitor.sign_in(sari)
    visitor.get(ACCOUNT)
    answer = visitor.post(REPLACE)
    assert answer.location == f"{PHONE}?next=/staff/account"
    secret = _secret(visitor)
    Visitor(app).sign_in(sari)
    assert visitor.post(PHONE, {"first_code": code_at(now(), secret)}).status_code == 302
    old = Visitor(app).post("/staff/sign-in", visitor.sign_in_form(sari))
    assert old.status_code == 422
    form = {"email": sari.email, "password": PASSWORD, "code": code_at(now(), secret)}
    assert Visitor(app).post("/staff/sign-in", form).status_code == 302


def test_given_an_old_sign_in_when_another_phone_is_wanted_then_a_proof_comes_first(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    visitor.enter(sari.id, proved_ago=timedelta(minutes=6))
    assert visitor.get(PHONE).location == ACCOUNT
    for path in (REPLACE, MORE_CODES, PHONE):
        answer = visitor.post(path, {"first_code": "123456"})
        assert answer.status_code == 403, path
        assert 'name="proof_password"' in answer.text, path
    proof = visitor.sign_in_form(sari)
    form = {"proof_password": proof["password"], "proof_code": proof["code"]}
    assert visitor.post(REPLACE, form).location.startswith(PHONE)
    assert visitor.get(PHONE).status_code == 200


def test_given_new_recovery_codes_when_they_are_made_then_the_old_ones_are_worth_nothing(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    with app.app_context():
        old = commands.make_recovery_codes(actor=Actor(sari.id, sari.name))
    visitor.sign_in(sari)
    visitor.get(ACCOUNT)
    assert visitor.post(MORE_CODES).location == f"{CODES}?next=/staff/account"
    new = _shown_codes(visitor)
    assert not set(old) & {code.replace(" ", "") for code in new}
    for code, status in ((old[0], 422), (new[0], 302)):
        form = {"email": sari.email, "password": PASSWORD, "code": code}
        assert Visitor(app).post("/staff/sign-in", form).status_code == status


def test_given_new_recovery_codes_when_asked_for_many_times_at_once_then_ten_are_left(
    app: Flask, sari: User
) -> None:
    def make(_number: int) -> list[str]:
        with app.app_context():
            return commands.make_recovery_codes(actor=Actor(sari.id, sari.name))

    with ThreadPoolExecutor(6) as many:
        made = list(many.map(make, range(12)))

    assert _count(app, RecoveryCode) == second_factor.RECOVERY_CODES
    with app.app_context():
        kept = set(db.session.scalars(select(RecoveryCode.code_hash)))
        assert kept in [{second_factor.recovery_hash(code) for code in codes} for codes in made]


def test_given_an_officer_of_an_office_under_watch_when_signing_in_then_the_phone_comes_first_too(
    app: Flask, visitor: Visitor
) -> None:
    with app.app_context():
        officer = UserFactory(Role.OFFICE_OFFICER, has_second_factor=False)
    visitor.sign_in(officer)
    _enrol(visitor)
    visitor.get(CODES)
    assert visitor.post(CODES).location == "/portal/"
    assert officer.email in visitor.get(ACCOUNT).text
    assert visitor.get(DESK).status_code == 403


def test_given_a_lost_phone_when_the_factor_is_reset_then_sessions_end_and_one_begins_anew(
    app: Flask, visitor: Visitor, sari: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = app.extensions["settings"]
    monkeypatch.setenv("OMBUDSMAN_DATA", str(settings.data_dir))
    monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", settings.database_url)
    visitor.sign_in(sari)
    with app.app_context():
        code = commands.make_recovery_codes(actor=Actor(sari.id, sari.name))[0]

    done = CliRunner().invoke(user_command, ["reset-second-factor", "--email", "Sari@example.test"])

    assert done.exit_code == 0, done.output
    assert visitor.get(DESK).location.startswith("/staff/sign-in")
    assert _count(app, RecoveryCode) == 0
    assert "accounts:second_factor:reset" in _events(app)
    visitor.sign_in(sari)
    assert visitor.get(DESK).location.startswith(PHONE)
    assert (
        Visitor(app).post("/staff/sign-in", {"email": sari.email, "password": "x", "code": code}).status_code
        == 422
    )
    unknown = CliRunner().invoke(user_command, ["reset-second-factor", "--email", "nobody@example.test"])
    assert unknown.exit_code == 2


def test_given_codes_that_nobody_said_to_have_kept_when_a_quarter_is_over_then_they_are_not_shown_again(
    app: Flask, visitor: Visitor, sari: User
) -> None:
    start = now()
    with stopped_at(start):
        visitor.sign_in(sari)
        visitor.post(MORE_CODES)
        assert len(_shown_codes(visitor)) == second_factor.RECOVERY_CODES
    with stopped_at(start + timedelta(minutes=15)):
        assert visitor.get(CODES).location == ACCOUNT
