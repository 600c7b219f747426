"""What passes the input gate, and in which form (IN1, IN2)."""

import pytest
from flask import Flask, g, request
from werkzeug.exceptions import RequestEntityTooLarge

from ombudsman_app.core import limits
from ombudsman_app.core.errors import BadInput
from ombudsman_app.web.gate import init_gate

URLENCODED = "application/x-www-form-urlencoded"


@pytest.fixture
def house() -> Flask:
    app = Flask("gate")
    init_gate(app)
    return app


def passed(app: Flask, body: bytes, content_type: str = URLENCODED) -> dict[str, str]:
    with app.test_request_context("/", method="POST", data=body, content_type=content_type):
        app.preprocess_request()
        return dict(request.form) | {f"!{name}": "cleaned" for name in sorted(g.cleaned_fields)}


@pytest.mark.parametrize(
    ("body", "form"),
    [
        (b"a=1&b=2", {"a": "1", "b": "2"}),
        (b"a=", {"a": ""}),
        (b"a=e%CC%81", {"a": "\u00e9"}),
        (b"a=1%0D%0A2%0D3%0A4", {"a": "1\n2\n3\n4"}),
        (b"a=%09x", {"a": "\tx"}),
        ("a=é".encode(), {"a": "é"}),
        (b"a=%F0%9F%8F%9D", {"a": "🏝"}),
        (b"a=x%00y", {"a": "xy", "!a": "cleaned"}),
        (b"a=x%ED%A0%80y", {"a": "xy", "!a": "cleaned"}),
        (b"a=x%FFy", {"a": "xy", "!a": "cleaned"}),
        (b"a=x%C2%85y", {"a": "xy", "!a": "cleaned"}),
        (b"a=x%7Fy&b=1", {"a": "xy", "b": "1", "!a": "cleaned"}),
        (b"a=x%EF%BF%BFy", {"a": "xy", "!a": "cleaned"}),
        (b"a=%E2%80%AEabc", {"a": "\u202eabc"}),
    ],
)
def test_values_are_normal_storable_text(house: Flask, body: bytes, form: dict[str, str]) -> None:
    assert passed(house, body) == form
    boundary = b'--x\r\nContent-Disposition: form-data; name="c"\r\n\r\n1\r\n--x--'
    assert passed(house, boundary, "multipart/form-data; boundary=x") == {"c": "1"}


@pytest.mark.parametrize(
    "body",
    [
        b"a=1&a=2",
        b"a=1&a=1",
        b"a%00=1",
        b"%0a=1",
        b"n" * 121 + b"=1",
        b"&".join(b"f%d=" % number for number in range(201)),
    ],
    ids=["twice", "twice the same", "NUL in a name", "line end in a name", "long name", "many"],
)
def test_what_no_browser_sends_is_refused(house: Flask, body: bytes) -> None:
    with pytest.raises(BadInput):
        passed(house, body)


def test_limits_hold_to_the_character(house: Flask) -> None:
    assert len(passed(house, b"a=" + b"x" * limits.FIELD_CHARACTERS)["a"]) == limits.FIELD_CHARACTERS
    assert len(passed(house, b"&".join(b"f%d=" % n for n in range(limits.FORM_FIELDS)))) == limits.FORM_FIELDS


@pytest.mark.parametrize("over", [0, 1])
def test_the_body_has_a_limit_for_every_kind(house: Flask, over: int) -> None:
    fields = b"&".join(b"f%02d=" % n + b"x" * 39_995 for n in range(25))
    body = fields + b"x" * (limits.REQUEST_BYTES + over - len(fields))
    if over:
        with pytest.raises(RequestEntityTooLarge):
            passed(house, body)
    else:
        assert len(body) == limits.REQUEST_BYTES
        assert passed(house, body)
