"""What every answer carries (OU2, OU7), over the whole URL map, error pages and files included."""

import re

import pytest
from flask import Flask
from werkzeug.test import TestResponse

from ombudsman_app.core.policy import Role

from ..conftest import fresh_app
from ..factories.accounts import PASSWORD, UserFactory, code_for
from ..pages import Page
from ..routes import ROUTES, UNSAFE, Route, World, build_world
from ..visitor import FORM_FOR_EVERYBODY, Visitor

CSP = {
    "default-src": "'none'", "script-src": "'self'", "style-src": "'self'", "img-src": "'self' data:",
    "font-src": "'self'", "connect-src": "'self'", "worker-src": "'self'", "manifest-src": "'self'",
    "form-action": "'self'", "base-uri": "'none'", "object-src": "'none'", "frame-ancestors": "'none'",
}  # fmt: skip
FIXED = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}
TELLING = ("Server", "X-Powered-By", "X-AspNet-Version", "Via")
per_route = pytest.mark.parametrize("route", ROUTES, ids=str)


@pytest.fixture(scope="module")
def world(shared_app: Flask) -> World:
    return build_world(shared_app)


@pytest.fixture(scope="module")
def officer(shared_app: Flask) -> int:
    with shared_app.app_context():
        return UserFactory(Role.PVL_ASSISTANT, password=None).id


# what leaves there is stored, never shown
FILES = (
    "/attachments/",
    "/staff/documents/",
    "/verifikasi/daftar",
    "/csv",
    "/surat/",
    "/cakupan/data/",
    "/cakupan/lembar/",
)


def check(answer: TestResponse, *, is_static: bool = False) -> None:
    told = f"{answer.request.method} {answer.request.path} {answer.status_code}"
    policy = answer.headers["Content-Security-Policy"]
    if (
        any(place in answer.request.path for place in FILES)
        and answer.status_code == 200
        and answer.mimetype != "text/html"
    ):
        assert policy == "sandbox; default-src 'none'", told  # a file of somebody, never a page of ours (FI5)
    else:
        assert dict(part.split(" ", 1) for part in policy.split("; ")) == CSP, told
    for name, value in FIXED.items():
        assert answer.headers.getlist(name) == [value], told
    assert "camera" in answer.headers["Permissions-Policy"], told
    if is_static and answer.request.method in ("GET", "HEAD"):
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, immutable", told
    else:
        assert answer.headers["Cache-Control"] == "no-store", told
    if not is_static:
        assert "cookie" in answer.headers["Vary"].lower(), told
    for name in TELLING:
        assert name not in answer.headers, told


@per_route
def test_each_route_answers_with_all_headers(world: World, officer: int, route: Route) -> None:
    address = world.address_of(route)
    for visitor in (Visitor(world.app), Visitor(world.app).enter(officer)):
        for method in ("GET", "HEAD", "OPTIONS", *UNSAFE):
            answer = visitor.client.open(address, method=method)
            check(answer, is_static=route.endpoint == "static_asset")


def asked_badly(visitor: Visitor) -> dict[int, TestResponse]:
    """Return one answer of each kind of refusal, by status."""
    client = visitor.client
    return {
        400: client.get("/kantor?q=1&q=2"),
        403: client.get("/staff/"),
        404: client.get("/tidak-ada"),
        405: client.delete("/kantor", headers={"X-CSRF-Token": visitor.token()}),
        413: client.post("/lacak", data=b"a" * 1_000_001, content_type="application/x-www-form-urlencoded"),
    }


def test_error_pages_carry_them_too_and_tell_nothing(world: World) -> None:
    with world.app.app_context():
        clerk = UserFactory(Role.OFFICE_OFFICER, password=None).id
    for status, answer in asked_badly(Visitor(world.app).enter(clerk)).items():
        assert answer.status_code == status
        check(answer)
        assert_tells_nothing(answer)


def test_given_a_bug_then_the_page_is_neutral(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(**_values: object) -> str:
        raise RuntimeError("SELECT secret FROM reporter_identity at /srv/kawal/app.py")

    broken.policy_name = "public"  # type: ignore[attr-defined]
    monkeypatch.setitem(world.app.view_functions, "public.home.start", broken)
    answer = Visitor(world.app).client.get("/")
    assert answer.status_code == 500
    check(answer)
    assert_tells_nothing(answer)
    assert "SELECT" not in answer.text


def assert_tells_nothing(answer: TestResponse) -> None:
    for word in ("Traceback", "sqlalchemy", "werkzeug", "flask", "python", "jinja", "psycopg", "sqlite"):
        assert word not in answer.text.lower()
    assert not re.search(r"/(srv|home|usr|work|root)/", answer.text)


@per_route
def test_cookies_are_for_the_server_alone(world: World, officer: int, route: Route) -> None:
    """AU6: HttpOnly and SameSite=Lax on everything, Path=/."""
    for visitor in (Visitor(world.app), Visitor(world.app).enter(officer)):
        for method in sorted(route.methods):
            headers = {"X-CSRF-Token": visitor.token()} if method in UNSAFE else {}
            answer = visitor.client.open(world.address_of(route), method=method, headers=headers)
            for cookie in answer.headers.getlist("Set-Cookie"):
                assert "HttpOnly" in cookie
                assert "SameSite=Lax" in cookie
                assert "Path=/" in cookie


@pytest.mark.parametrize("backend", ["sqlite"])
def test_given_https_then_cookies_are_secure_and_bound_to_the_host(templates, tmp_path, backend) -> None:
    with fresh_app(templates, backend, tmp_path, public_url="https://lapor.example.test") as app:
        with app.app_context():
            user = UserFactory(Role.EXAMINER)
            code = code_for(user.id)
        client = app.test_client()
        here = {"base_url": "https://lapor.example.test"}
        opened = client.get("/staff/sign-in", **here)
        assert opened.headers["Strict-Transport-Security"].startswith("max-age=")
        token = Page(opened.text).token
        entered = client.post(
            "/staff/sign-in",
            data={"email": user.email, "password": PASSWORD, "code": code, "csrf_token": token},
            headers={"Origin": "https://lapor.example.test"},
            **here,
        )
        assert entered.status_code == 302
        started = client.post("/lapor/baru", headers={"X-CSRF-Token": _token(client, here)}, **here)
        switched = client.get("/bahasa/en", **here)
        cookies = [
            cookie
            for answer in (opened, entered, started, switched)
            for cookie in answer.headers.getlist("Set-Cookie")
        ]
        names = {cookie.split("=", 1)[0] for cookie in cookies}
        assert names == {"__Host-sid", "__Host-draft", "language"}
        assert all("; Secure" in cookie and "Domain" not in cookie for cookie in cookies)


def _token(client, here) -> str:
    return Page(client.get(FORM_FOR_EVERYBODY, **here).text).token


def test_given_a_foreign_host_then_nothing_is_answered(world: World) -> None:
    """OU5: no link and no redirect is ever built from a Host header that was not named in the settings."""
    for host in ("evil.example", "localhost.evil.example", "127.0.0.1.evil.example"):
        answer = world.app.test_client().get("/staff/", base_url=f"http://{host}")
        assert answer.status_code == 400
        assert host not in answer.text
        assert host not in answer.headers.get("Location", "")


def test_given_proxy_headers_without_a_proxy_then_they_are_not_believed(world: World) -> None:
    forged = {
        "X-Forwarded-Host": "evil.example",
        "X-Forwarded-Proto": "https",
        "Forwarded": "host=evil.example",
    }
    for path in ("/", "/staff/", "/staff", "/lapor/periksa"):
        answer = world.app.test_client().get(path, headers=forged)
        assert "evil.example" not in answer.text + answer.headers.get("Location", "")


@pytest.mark.parametrize(
    "target",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "/\t/evil.example",
        "javascript:1",
        "/a//b",
    ],
)
def test_given_a_foreign_target_then_the_way_leads_home(world: World, target: str) -> None:
    answer = world.app.test_client().get("/bahasa/en", query_string={"next": target})
    assert answer.location == "/"
