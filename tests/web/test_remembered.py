"""/healthz is asked all the time: its ok holds for a second, everything else is asked again."""

from collections.abc import Iterator

import pytest
from flask import Flask
from werkzeug.test import Client, TestResponse, create_environ

from ombudsman_app.core import clock
from ombudsman_app.web import remembered
from ombudsman_app.web.remembered import Remembered

HEALTH = "/healthz"


class Hands:
    """A clock that is moved by hand."""

    def __init__(self) -> None:
        self.seconds = 100.0

    def __call__(self) -> float:
        return self.seconds


@pytest.fixture
def hands(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hands]:
    moved = Hands()
    monkeypatch.setattr(remembered, "monotonic", moved)
    yield moved
    assert clock.monotonic() > 0


class Behind:
    """The application behind: counts how often it is asked."""

    def __init__(self, status: str = "200 OK", *more: tuple[str, str]) -> None:
        self.status, self.more, self.asked, self.closed = status, list(more), 0, 0

    def __call__(self, _environ, start_response):
        self.asked += 1
        start_response(self.status, [("Content-Type", "text/plain"), *self.more])
        return self

    def __iter__(self):
        yield b"answer "
        yield str(self.asked).encode()

    def close(self) -> None:
        self.closed += 1


def ask(app, path: str = HEALTH, **more) -> TestResponse:
    return Client(app).open(create_environ(path, **more))


def test_given_an_ok_when_asked_within_the_second_then_memory_answers(
    hands: Hands,
) -> None:
    behind = Behind()
    app = Remembered(behind, HEALTH, seconds=1)
    answers = [ask(app) for _ in range(3)]
    hands.seconds += 0.99
    answers.append(ask(app))

    assert {(one.text, one.status, tuple(one.headers)) for one in answers} == {
        ("answer 1", "200 OK", (("Content-Type", "text/plain"),))
    }
    assert (behind.asked, behind.closed) == (1, 1)

    hands.seconds += 0.01
    assert ask(app).text == "answer 2"


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/"},
        {"method": "POST"},
        {"method": "HEAD"},
        {"query_string": "a=1"},
        {"base_url": "http://evil/"},
    ],
    ids=lambda other: next(iter(other)) + str(next(iter(other.values()))),
)
def test_given_an_ok_when_asked_otherwise_then_the_application_answers(hands: Hands, other) -> None:
    behind = Behind()
    app = Remembered(behind, HEALTH, seconds=1)
    ask(app)
    ask(app, **other)
    assert behind.asked == 2


@pytest.mark.parametrize(
    "behind",
    [Behind("503 SERVICE UNAVAILABLE"), Behind("200 OK", ("Set-Cookie", "sid=1"))],
    ids=["503", "cookie"],
)
def test_what_is_not_fine_for_everybody_is_never_remembered(hands: Hands, behind: Behind) -> None:
    app = Remembered(behind, HEALTH, seconds=1)
    assert [ask(app).text for _ in range(2)] == ["answer 1", "answer 2"]


def test_given_a_database_that_goes_away_then_it_is_told_within_a_second_and_its_return_at_once(
    app: Flask, hands: Hands, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = app.test_client()
    fine = client.get(HEALTH)
    assert (fine.status_code, fine.json) == (200, {"status": "ok"})
    engine, gone = app.extensions["engine"], _gone(app)
    monkeypatch.setitem(app.extensions, "engine", gone)

    assert client.get(HEALTH).status_code == 200
    hands.seconds += 1
    assert client.get(HEALTH).status_code == 503
    monkeypatch.setitem(app.extensions, "engine", engine)
    again = client.get(HEALTH)
    assert again.status_code == 200
    assert dict(again.headers) == dict(client.get(HEALTH).headers) == dict(fine.headers)
    gone.dispose()


def _gone(app: Flask):
    from ombudsman_app.core.config import Settings
    from ombudsman_app.core.db import engine_for

    settings: Settings = app.extensions["settings"]
    kind = settings.database_url.split(":")[0]
    nowhere = "sqlite:////nowhere/at/all.db" if kind == "sqlite" else f"{kind}://nobody@/gone?host=/nowhere"
    return engine_for(Settings(data_dir=settings.data_dir, database_url=nowhere))


def test_given_a_foreign_host_then_memory_answers_nothing_that_the_house_would_refuse(app: Flask) -> None:
    client = app.test_client()
    assert client.get(HEALTH).status_code == 200
    assert client.get(HEALTH, headers={"Host": "evil.example"}).status_code == 400
    assert client.get(HEALTH).status_code == 200
