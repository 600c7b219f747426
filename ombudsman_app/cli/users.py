"""`ombudsman user …`: the first administrator and everybody after; there is no default account (AU9)."""

import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

import click

from ombudsman_app.core import limits
from ombudsman_app.core.errors import RuleBroken
from ombudsman_app.core.policy import Actor, Role

from .opened import opened_app

if TYPE_CHECKING:
    from ombudsman_app.accounts.models import User
    from ombudsman_app.directory.models import Office

_ACTOR = Actor(name="command line")
_SENTENCES = {
    "email_taken": "An account with this address exists already.",
    "grant_held": "The person holds this role at this office already.",
    "role_does_not_fit_office": "This role cannot be held at this office.",
}
_EMAIL = click.option("--email", required=True, help="The address with which the person signs in.")
_ROLE = click.option("--role", required=True, type=click.Choice([role.value for role in Role]))
_OFFICE = click.option(
    "--office", required=True, help="Code of a representative office (MAM); for portal roles the slug."
)


_MAIL = click.option(
    "--mail", "mails", is_flag=True, help="Mail the link to the person; nobody else sees it."
)


@click.group()
def user() -> None:
    """People who sign in, and their roles."""


@user.command()
@_EMAIL
@click.option("--name", required=True)
@_ROLE
@_OFFICE
@click.option("--prompt", "asks", is_flag=True, help="Ask for the password instead of printing a link.")
@_MAIL
def create(*, email: str, name: str, role: str, office: str, asks: bool, mails: bool) -> None:
    """Open an account with one role and print or mail the one-time link that sets its password."""
    from ombudsman_app.accounts import commands

    with _app():
        given = commands.NewUser(_line(email, limits.EMAIL).casefold(), _line(name, limits.NAME))
        if given.email.count("@") != 1 or any(letter.isspace() for letter in given.email):
            _refuse("--email must be an address such as name@example.go.id.")
        place = _office(Role(role), office)
        password = _asked_password(given.email, given.name) if asks else None
        commands.create_user_with_role(given, Role(role), place, actor=_ACTOR)
        if password is None:
            _give_link(given.email, mails=mails)
        else:
            _set_password(given.email, password)


@user.command()
@_EMAIL
@_MAIL
def link(email: str, mails: bool) -> None:
    """Print or mail a new one-time link for somebody who lost the password."""
    with _app():
        _give_link(_existing(email).email, mails=mails)


@user.command()
@_EMAIL
@_ROLE
@_OFFICE
def grant(email: str, role: str, office: str) -> None:
    """Give a person one more role."""
    from ombudsman_app.accounts import commands

    with _app():
        commands.give_grant(_existing(email), Role(role), _office(Role(role), office), actor=_ACTOR)


@user.command()
@_EMAIL
def deactivate(email: str) -> None:
    """Close an account and end its sessions at once."""
    from ombudsman_app.accounts import commands

    with _app():
        commands.deactivate(_existing(email), actor=_ACTOR)


@user.command("reset-second-factor")
@_EMAIL
def reset_second_factor(email: str) -> None:
    """Take the lost phone and the recovery codes from an account; the next sign-in sets up new ones."""
    from ombudsman_app.accounts import commands

    with _app():
        person = _existing(email)
        commands.reset_second_factor(person, actor=_ACTOR)
        click.echo(
            f"{person.email} is signed out everywhere and sets up a phone at the next sign-in.", err=True
        )


@contextmanager
def _app() -> Iterator[None]:
    """Open the application and put refusals into one sentence each."""
    try:
        with opened_app():
            yield
    except RuleBroken as refused:
        _refuse(_SENTENCES.get(refused.code, f"Refused: {refused.code}."))


def _refuse(sentence: str) -> NoReturn:
    click.echo(sentence, err=True)
    raise SystemExit(2)


def _line(typed: str, longest: int) -> str:
    text = unicodedata.normalize("NFC", typed).strip()
    if not text or len(text) > longest or not text.isprintable():
        _refuse(f"A name or address must be one line of at most {longest} characters.")
    return text


def _existing(email: str) -> "User":
    from ombudsman_app.accounts import queries

    found = queries.user_by_email(_line(email, limits.EMAIL).casefold())
    return found or _refuse("There is no account with this address.")


def _office(role: Role, code: str) -> "Office":
    from ombudsman_app.accounts import queries

    found = queries.office_for(role, code.strip())
    return found or _refuse(f"The role {role.value} cannot be held at {code!r}: there is no such office.")


def _asked_password(email: str, name: str) -> str:
    from ombudsman_app.accounts import passwords

    password: str = click.prompt("Password", hide_input=True, confirmation_prompt=True)
    found = passwords.weakness(password, own_words=(email, name))
    if found is not None:
        _refuse(f"This password is not strong enough: {found.value.replace('_', ' ')}.")
    return password


def _set_password(email: str, password: str) -> None:
    from ombudsman_app.accounts import commands, queries

    held = queries.credentials_of(email)
    if held is not None:
        commands.change_password(held, password)
        click.echo(f"{email} can sign in.", err=True)


def _give_link(email: str, *, mails: bool) -> None:
    from ombudsman_app.notifications.commands import mail_password_link

    if not mails:
        _print_link(email)
        return
    person = _existing(email)
    if not person.is_active:
        _refuse("This account is closed.")
    is_mailed = mail_password_link(person.id, person.language)
    click.echo(
        f"The link goes to {email}."
        if is_mailed
        else "No mail server is set up (OMBUDSMAN_MAIL_SERVER): leave out --mail, and the link is printed.",
        err=True,
    )
    if not is_mailed:
        raise SystemExit(2)


def _print_link(email: str) -> None:
    from flask import current_app, url_for

    from ombudsman_app.accounts import links, queries

    held = queries.credentials_of(email)
    if held is None or not held.is_active:
        _refuse("This account is closed.")
    token = links.token_for(held.user_id, held.password_hash, held.link_since)
    with current_app.test_request_context(base_url=current_app.extensions["settings"].public_url):
        click.echo(url_for("staff.accounts.first_password", token=token, _external=True))
    hours = int(links.LIVES.total_seconds() // 3600)
    click.echo(f"Good once, for {hours} hours. Give it to nobody but {email}.", err=True)
