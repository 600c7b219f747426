"""The certificate of the office: the one it was given, or one whose name says that it proves nothing."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask

from ombudsman_app.core.clock import now, stopped_at
from ombudsman_app.core.config import Settings, settings_from
from ombudsman_app.core.signatures import SigningNotPossible, Why, open_certificate, refuse_unready
from ombudsman_app.core.signatures.certificate import (
    DEVELOPMENT,
    DEVELOPMENT_AUTHORITY,
    make_development_certificate,
)
from ombudsman_app.web.refusals import REFUSALS

from ..factories.certificates import AUTHORITY, OFFICE, issue, keep
from ..visitor import Visitor


def settings_in(folder: Path, **more: object) -> Settings:
    return Settings(data_dir=folder, database_url="", **more)  # type: ignore[arg-type]


def why_not(settings: Settings) -> Why:
    with pytest.raises(SigningNotPossible) as refused:
        open_certificate(settings)
    why: Why = refused.value.details["why"]
    return why


def test_given_one_pem_file_with_everything_then_it_signs(tmp_path: Path) -> None:
    given = issue()
    path = keep(tmp_path / "kantor.pem", given.key_pem + given.chain_pem)

    found = open_certificate(settings_in(tmp_path, certificate=path))

    assert (found.subject, found.issuer, found.is_development) == (OFFICE, AUTHORITY, False)
    assert len(found.chain) == 1


def test_given_certificate_and_key_in_two_files_then_it_signs(tmp_path: Path) -> None:
    given = issue()
    path = keep(tmp_path / "kantor.crt", given.chain_pem, 0o644)
    key = keep(tmp_path / "kantor.key", given.key_pem)

    assert open_certificate(settings_in(tmp_path, certificate=path, certificate_key=key)).subject == OFFICE


def test_given_pkcs12_and_the_file_of_its_password_then_it_signs(tmp_path: Path) -> None:
    path = keep(tmp_path / "kantor.p12", issue().pkcs12(b"rahasia"))
    password = keep(tmp_path / "password", b"rahasia\n")
    settings = settings_in(tmp_path, certificate=path, certificate_password=password)

    assert open_certificate(settings).subject == OFFICE
    password.write_bytes(b"salah")
    assert why_not(settings) is Why.UNREADABLE


@pytest.mark.parametrize(
    ("content", "mode", "why"),
    [
        (None, 0o600, Why.MISSING),
        (lambda: issue(ends_in_days=-1, begins_in_days=-30), 0o600, Why.EXPIRED),
        (lambda: issue(begins_in_days=1), 0o600, Why.NOT_YET),
        (issue, 0o644, Why.EXPOSED),
        (b"", 0o600, Why.UNREADABLE),
        (b"-----BEGIN CERTIFICATE-----\nx\n", 0o600, Why.UNREADABLE),
        (b"\x30\x82", 0o600, Why.UNREADABLE),
    ],
)
def test_given_a_certificate_that_cannot_sign_then_it_says_why(
    tmp_path: Path, content: Callable[[], object] | bytes | None, mode: int, why: Why
) -> None:
    path = tmp_path / "kantor.pem"
    if isinstance(content, bytes):
        keep(path, content, mode)
    elif content is not None:
        given = content()
        keep(path, given.key_pem + given.chain_pem, mode)  # type: ignore[attr-defined]

    assert why_not(settings_in(tmp_path, certificate=path)) is why


def test_given_the_key_of_another_certificate_then_it_does_not_fit(tmp_path: Path) -> None:
    path = keep(tmp_path / "kantor.pem", issue().key_pem + issue().chain_pem)

    assert why_not(settings_in(tmp_path, certificate=path)) is Why.DOES_NOT_FIT


def test_given_a_new_file_in_its_place_then_it_counts_without_a_new_start(tmp_path: Path) -> None:
    old, new = issue(), issue()
    settings = settings_in(tmp_path, certificate=tmp_path / "kantor.pem")
    keep(tmp_path / "kantor.pem", old.key_pem + old.chain_pem)
    before = open_certificate(settings)

    keep(tmp_path / "new", new.key_pem + new.chain_pem).rename(tmp_path / "kantor.pem")

    assert open_certificate(settings).fingerprint != before.fingerprint


def test_given_no_certificate_when_trying_out_then_one_that_says_what_it_is_worth(in_app: Flask) -> None:
    settings = in_app.extensions["settings"]
    found = open_certificate(settings)

    assert found.is_development
    assert found.issuer == DEVELOPMENT_AUTHORITY
    assert (settings.keys / DEVELOPMENT).stat().st_mode & 0o777 == 0o600
    refuse_unready()


def test_given_a_second_start_then_the_same_certificate(tmp_path: Path) -> None:
    make_development_certificate(tmp_path)
    before = (tmp_path / DEVELOPMENT).read_bytes()
    make_development_certificate(tmp_path)

    assert (tmp_path / DEVELOPMENT).read_bytes() == before


def test_given_production_then_the_one_for_trying_out_is_refused_unless_accepted_by_name(
    tmp_path: Path,
) -> None:
    settings = settings_in(tmp_path, is_production=True)
    make_development_certificate(settings.keys)

    assert why_not(settings) is Why.MISSING
    assert open_certificate(replace(settings, is_development_certificate_accepted=True)).is_development


def test_given_the_office_has_its_own_then_none_for_trying_out_is_used(tmp_path: Path) -> None:
    settings = settings_in(tmp_path, certificate=tmp_path / "not-there.pem")
    make_development_certificate(settings.keys)

    assert why_not(settings) is Why.MISSING


def test_the_settings_are_read(tmp_path: Path) -> None:
    given = settings_from(
        {
            "OMBUDSMAN_CERTIFICATE": "/a.p12",
            "OMBUDSMAN_CERTIFICATE_KEY": "/a.key",
            "OMBUDSMAN_CERTIFICATE_PASSWORD": "/a.password",
            "OMBUDSMAN_DEVELOPMENT_CERTIFICATE": "yes",
        }
    )

    assert [given.certificate, given.certificate_key, given.certificate_password] == [
        Path("/a.p12"),
        Path("/a.key"),
        Path("/a.password"),
    ]
    assert given.is_development_certificate_accepted


def test_given_an_expired_certificate_then_nothing_is_issued(in_app: Flask) -> None:
    with stopped_at(now() + timedelta(days=25 * 365)), pytest.raises(SigningNotPossible):
        refuse_unready()


@pytest.mark.parametrize("why", list(Why))
def test_given_a_reason_then_the_page_names_it(app: Flask, visitor: Visitor, why: Why) -> None:
    def refuse() -> str:
        raise SigningNotPossible(why=why)

    app.view_functions["public.home.start"] = refuse
    answer = visitor.get("/")

    assert answer.status_code == 503
    with app.test_request_context("/"):
        assert str(REFUSALS["signing_not_possible"].by_why[why]) in answer.text


def test_each_reason_has_a_sentence_of_its_own() -> None:
    by_why = REFUSALS["signing_not_possible"].by_why

    assert set(by_why) == {str(why) for why in Why}
    assert len({words._args for words in by_why.values()}) == len(Why)
