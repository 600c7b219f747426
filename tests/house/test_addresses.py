"""Addresses: kebab-case, typed, Indonesian for the public, and shut off from each other (style §3)."""

import re

import pytest

from ..routes import ROUTES, Route

# The words that are printed on posters and letters (design §1), and those without an audience.
PUBLIC_WORDS = {"lapor", "lacak", "kantor", "bahasa"}
TECHNICAL = {"healthz", "static"}


@pytest.mark.parametrize("route", ROUTES, ids=str)
def test_each_address_keeps_the_rules(route: Route) -> None:
    for part in route.rule.strip("/").split("/"):
        if part.startswith("<"):
            assert re.fullmatch(r"<(int|string|path|uuid)(\([^)]*\))?:[a-z_]+>|<release>", part), route.rule
        else:
            assert re.fullmatch(r"[a-z0-9]*(-[a-z0-9]+)*", part), route.rule


@pytest.mark.parametrize("route", [r for r in ROUTES if r.endpoint.startswith("public.")], ids=str)
def test_public_addresses_are_the_words_of_the_posters(route: Route) -> None:
    first = route.rule.strip("/").split("/")[0]
    assert first in PUBLIC_WORDS | TECHNICAL | {""}, route.rule


@pytest.mark.parametrize(
    "route", [r for r in ROUTES if r.endpoint.startswith(("staff.", "portal."))], ids=str
)
def test_each_face_has_its_own_address(route: Route) -> None:
    face = route.endpoint.split(".")[0]
    assert route.rule.startswith(f"/{face}/"), route.rule
