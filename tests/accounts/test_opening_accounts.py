"""The command line opens accounts; the demonstration brings its own (AU9)."""

import stat
from dataclasses import replace

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import func, select

from ombudsman_app.accounts import commands, demo, queries
from ombudsman_app.accounts.errors import EmailTaken, RoleDoesNotFitOffice
from ombudsman_app.accounts.models import RoleGrant, User
from ombudsman_app.accounts.scope import scope
from ombudsman_app.cli.users import user
from ombudsman_app.core.db import db
from ombudsman_app.core.errors import UnsafeSettings
from ombudsman_app.core.policy import STRANGER, Actor, Role
from ombudsman_app.core.trail.models import TrailEntry
from tests.factories.accounts import UserFactory
from tests.visitor import Visitor

ADMINISTRATOR = [
    *("create", "--email", "Kepala@Example.test", "--name", "Demo Kepala"),
    *("--role", "administrator", "--office", "MAM"),
]
PASSWORD = "perahu kecil itu pulang"
SECOND_OFFICES = {  # beside one of each role
    "office_officer_pemda", "office_head_pemda", "prevention_ntt", "head_ntt",
    "audit_head", "audit_lead", "audit_reviewer", "audit_second",  # the round of the head office
    "office_officer_ntt", "office_officer_bengkulu", "office_officer_ende", "office_officer_sikka",
}  # fmt: skip


def _run(app: Flask, monkeypatch: pytest.MonkeyPatch, *words: str, typed: str | None = None) -> Result:
    settings = app.extensions["settings"]
    monkeypatch.setenv("OMBUDSMAN_DATA", str(settings.data_dir))
    monkeypatch.setenv("OMBUDSMAN_DATABASE_URL", settings.database_url)
    monkeypatch.setenv("OMBUDSMAN_ARGON2_MEMORY_KIB", "8")
    return CliRunner().invoke(user, words, input=typed)


def test_given_an_empty_house_when_the_first_administrator_gets_a_link_then_it_opens_the_desk(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = _run(app, monkeypatch, *ADMINISTRATOR)
    assert done.exit_code == 0, done.output
    page = done.stdout.strip().removeprefix("http://localhost:8000")
    assert page.startswith("/staff/first-password/")

    visitor.get(page)
    visitor.post(page, {"password": PASSWORD, "again": PASSWORD})

    with app.app_context():
        made = queries.user_by_email("kepala@example.test")
        assert made is not None
        actor = queries.actor_for(made.id)
        assert actor is not None
        assert actor.roles == {Role.ADMINISTRATOR}
    visitor.sign_in(made, PASSWORD)


def test_given_a_prompt_when_the_password_is_typed_twice_then_it_is_set_and_never_shown(
    app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    done = _run(app, monkeypatch, *ADMINISTRATOR, "--prompt", typed=f"{PASSWORD}\n{PASSWORD}\n")
    assert done.exit_code == 0, done.output
    assert PASSWORD not in done.output
    with app.app_context():
        made = queries.user_by_email("kepala@example.test")
        assert made is not None
    visitor.sign_in(made, PASSWORD)


def test_given_what_cannot_be_when_opening_an_account_then_one_sentence_says_so_and_nothing_is_kept(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refused(*words: str, typed: str | None = None) -> None:
        done = _run(app, monkeypatch, *words, typed=typed)
        assert done.exit_code == 2, done.output
        assert len(done.stderr.strip().splitlines()) == 1 or "Usage:" in done.stderr, done.stderr

    base = dict(zip(ADMINISTRATOR[1::2], ADMINISTRATOR[2::2], strict=True))
    for option, value in (
        ("--email", "no address"), ("--email", "a@b@c"), ("--name", "\n"), ("--name", "x" * 201),
        ("--role", "king"), ("--office", "XXX"), ("--role", "office_officer"),
    ):  # fmt: skip
        words = {**base, option: value}
        refused("create", *(part for pair in words.items() for part in pair))
    refused(*ADMINISTRATOR, "--prompt", typed="short\nshort\n")
    refused("link", "--email", "nobody@example.test")
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(User)) == 0

    _run(app, monkeypatch, *ADMINISTRATOR)
    refused(*ADMINISTRATOR)
    with app.app_context():
        assert db.session.scalar(select(func.count()).select_from(RoleGrant)) == 1


def test_given_an_account_when_more_is_done_by_command_then_role_link_and_closing_work(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    _run(app, monkeypatch, *ADMINISTRATOR)
    whom = ["--email", "kepala@example.test"]

    assert _run(app, monkeypatch, "grant", *whom, "--role", "examiner", "--office", "MAM").exit_code == 0
    with app.app_context():
        made = queries.user_by_email("kepala@example.test")
        assert made is not None
        assert len((queries.actor_for(made.id) or STRANGER).grants) == 2
    assert "/staff/first-password/" in _run(app, monkeypatch, "link", *whom).stdout
    assert _run(app, monkeypatch, "deactivate", *whom).exit_code == 0
    with app.app_context():
        assert queries.actor_for(made.id) is None
    assert _run(app, monkeypatch, "link", *whom).exit_code == 2


def test_given_a_command_refuses_when_opening_an_account_then_the_whole_act_is_undone(in_app: Flask) -> None:
    branch = queries.office_for(Role.OFFICE_OFFICER, "kc_mamuju")
    assert branch is not None
    given = commands.NewUser("a@example.test", "Demo A")
    with pytest.raises(RoleDoesNotFitOffice):
        commands.create_user_with_role(given, Role.EXAMINER, branch, actor=STRANGER)
    assert db.session.scalar(select(func.count()).select_from(User)) == 0

    commands.create_user_with_role(given, Role.OFFICE_OFFICER, branch, actor=STRANGER)
    with pytest.raises(EmailTaken):
        commands.create_user(given, actor=STRANGER)


def test_given_the_demonstration_when_loaded_twice_then_one_account_per_role_keeps_its_password(
    app: Flask, visitor: Visitor
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], is_demo=True)
    with app.app_context():
        path = demo.load()
        first = path.read_text()
        entries = db.session.scalar(select(func.count()).select_from(TrailEntry))
        assert demo.load() == path
        assert path.read_text() == first
        assert db.session.scalar(select(func.count()).select_from(TrailEntry)) == entries
        accounts = {role: (email, password) for role, email, password in map(str.split, first.splitlines())}
        assert set(accounts) == {role.value for role in Role} | SECOND_OFFICES
        email, password = accounts["pvl_assistant"]
        assert email == "intake@demo.example"
        someone = queries.user_by_email(email)

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    visitor.sign_in(someone, password)


def test_given_the_file_is_lost_when_loaded_again_then_new_passwords_are_written(
    app: Flask, visitor: Visitor
) -> None:
    app.extensions["settings"] = replace(app.extensions["settings"], is_demo=True)
    with app.app_context():
        before = demo.load().read_text()
        demo.load().unlink()
        after = demo.load().read_text()
        people = db.session.scalar(select(func.count()).select_from(User))
        assert people == len(before.splitlines()) == len(Role) + len(SECOND_OFFICES)
        someone = queries.user_by_email("examiner@demo.example")
    assert not set(before.splitlines()) & set(after.splitlines())
    visitor.sign_in(someone, after.split("examiner@demo.example\t")[1].split("\n")[0])


def test_given_no_demonstration_when_its_accounts_are_asked_for_then_there_are_none(in_app: Flask) -> None:
    with pytest.raises(UnsafeSettings):
        demo.load()
    assert db.session.scalar(select(func.count()).select_from(User)) == 0


def test_given_people_when_looking_at_accounts_then_one_sees_oneself_and_an_administrator_all(
    in_app: Flask,
) -> None:
    sari, budi = UserFactory(Role.EXAMINER), UserFactory(Role.ADMINISTRATOR)

    def seen_by(actor: Actor) -> set[int]:
        return {found.id for found in db.session.scalars(scope(actor).users())}

    assert seen_by(queries.actor_for(sari.id) or STRANGER) == {sari.id}
    assert seen_by(queries.actor_for(budi.id) or STRANGER) == {sari.id, budi.id}
    assert seen_by(STRANGER) == set()
