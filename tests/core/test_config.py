"""Settings: every unsafe start is refused with a sentence that says how to mend it (FB4, AU9)."""

import pytest

from ombudsman_app.core.config import settings_from
from ombudsman_app.core.errors import UnsafeSettings

PRODUCTION = {
    "OMBUDSMAN_DATA": "/tmp/kawal-test",
    "OMBUDSMAN_PRODUCTION": "yes",
    "OMBUDSMAN_PUBLIC_URL": "https://lapor.example.go.id",
    "OMBUDSMAN_DATABASE_URL": "postgresql+psycopg://kawal@/kawal",
    "OMBUDSMAN_KEYS": "/etc/kawal/keys",
}


def test_given_nothing_when_starting_then_it_is_embedded_and_for_this_machine_alone() -> None:
    settings = settings_from({})
    assert settings.database_url.startswith("sqlite:///")
    assert (settings.host, settings.port, settings.is_demo) == ("127.0.0.1", 8000, False)


def test_given_a_whole_production_when_starting_then_it_is_accepted() -> None:
    settings = settings_from(PRODUCTION)
    assert settings.is_https
    assert settings.hosts == ("lapor.example.go.id",)


@pytest.mark.parametrize(
    ("given", "named"),
    [
        ({"OMBUDSMAN_PUBLIC_URL": "http://lapor.example.go.id"}, "OMBUDSMAN_PUBLIC_URL"),
        ({"OMBUDSMAN_PUBLIC_URL": "lapor"}, "OMBUDSMAN_PUBLIC_URL"),
        ({"OMBUDSMAN_PUBLIC_URL": "https://x.example/?a=b"}, "OMBUDSMAN_PUBLIC_URL"),
        ({"OMBUDSMAN_DATABASE_URL": ""}, "OMBUDSMAN_DATABASE_URL"),
        ({"OMBUDSMAN_KEYS": ""}, "OMBUDSMAN_KEYS"),
        ({"OMBUDSMAN_SECOND_FACTOR": "off"}, "OMBUDSMAN_SECOND_FACTOR"),
        ({"OMBUDSMAN_ARGON2_MEMORY_KIB": "1024"}, "OMBUDSMAN_ARGON2_MEMORY_KIB"),
        ({"OMBUDSMAN_DEMO": "yes"}, "OMBUDSMAN_DEMO"),
    ],
)
def test_given_an_unsafe_production_when_starting_then_it_names_the_setting(
    given: dict[str, str], named: str
) -> None:
    with pytest.raises(UnsafeSettings, match=named):
        settings_from(PRODUCTION | given)


@pytest.mark.parametrize(
    ("given", "is_demanded"),
    [
        ({}, True),
        ({"OMBUDSMAN_SECOND_FACTOR": "on"}, True),
        ({"OMBUDSMAN_SECOND_FACTOR": "off"}, False),
        ({"OMBUDSMAN_DEMO": "yes"}, False),
        (PRODUCTION, True),
    ],
)
def test_the_second_factor_is_on_unless_for_trying_out(given: dict[str, str], is_demanded: bool) -> None:
    assert settings_from(given).demands_second_factor is is_demanded


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.168.1.5", "kawal.example"])
def test_given_a_demonstration_on_the_network_when_not_told_so_then_it_is_refused(host: str) -> None:
    given = {"OMBUDSMAN_DEMO": "yes", "OMBUDSMAN_HOST": host}
    with pytest.raises(UnsafeSettings, match="DEMO_ON_NETWORK"):
        settings_from(given)
    assert settings_from(given | {"OMBUDSMAN_DEMO_ON_NETWORK": "yes"}).is_demo


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost", "::1"])
def test_given_a_demonstration_on_this_machine_then_it_starts(host: str) -> None:
    assert settings_from({"OMBUDSMAN_DEMO": "yes", "OMBUDSMAN_HOST": host}).is_demo


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("OMBUDSMAN_PORT", "99999"),
        ("OMBUDSMAN_PORT", "²"),
        ("OMBUDSMAN_POOL_SIZE", "0"),
        ("OMBUDSMAN_PROXY_HOPS", "-1"),
        ("OMBUDSMAN_DEMO", "perhaps"),
        ("OMBUDSMAN_LANGUAGE", "fr"),
        ("OMBUDSMAN_SECOND_FACTOR", "accepted"),
        ("OMBUDSMAN_LOG_LEVEL", "LOUD"),
    ],
)
def test_given_nonsense_when_starting_then_it_names_the_setting(name: str, value: str) -> None:
    with pytest.raises(UnsafeSettings, match=name):
        settings_from({name: value})


def test_the_port_of_the_environment_is_honoured() -> None:
    assert settings_from({"PORT": "8123"}).public_url == "http://localhost:8123"


@pytest.mark.parametrize("port", ["abc", "0", "65536", "8e3", "-5"])
def test_given_a_bad_plain_port_when_starting_then_a_sentence_and_no_trace(port: str) -> None:
    with pytest.raises(UnsafeSettings, match=r"OMBUDSMAN_PORT must be a whole number from 1 to 65535\."):
        settings_from({"PORT": port})


@pytest.mark.parametrize(
    ("address", "is_clear"),
    [
        ("http://localhost:8000", False),
        ("http://127.0.0.1:8000", False),
        ("http://[::1]:8000", False),
        ("https://lapor.example.go.id", False),
        ("http://192.168.1.5:8000", True),
        ("http://lapor.example.go.id", True),
    ],
)
def test_an_address_on_the_network_without_https_is_known(address: str, is_clear: bool) -> None:
    assert settings_from({"OMBUDSMAN_PUBLIC_URL": address}).is_clear_on_network == is_clear
