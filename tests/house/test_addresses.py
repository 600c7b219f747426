"""Addresses are kebab-case with typed parameters; public ones are Indonesian words (`design.md` §1)."""

import re

import pytest

from ..routes import ROUTES, Route

PIECE = re.compile(r"([a-z0-9]+(-[a-z0-9]+)*|<(int|string|path|uuid):[a-z_]+>)(\.ics)?")
# Words of the public face. A new one is looked up here first: is it a word that a reader knows?
INDONESIAN = {
    "kantor", "lapor", "lacak", "laporan", "tutup", "periksa", "terkirim", "pesan", "baru", "hapus",
    "terhapus", "loket", "bahasa", "kajian", "cakupan", "verifikasi", "statistik", "data", "bantuan", "sesi",
    "galat", "unggah", "agenda", "cara", "daftar", "kalender", "cari", "semua", "berkas", "biasa", "kecil",
    "surat", "buka", "tanda-terima", "lengkapi", "cabut", "lanjutkan", "jawab", "penilaian", "perbandingan",
    "studi-banding", "json", "csv", "angka", "aturan-daerah", "hadir", "tercatat", "lembar",
    "inovasi",
}  # fmt: skip
MACHINES = {
    "static",
    "healthz",
    "readyz",
    "robots.txt",
    "manifest.webmanifest",
    "sw.js",
    "favicon.ico",
    "datapackage.json",
}
per_route = pytest.mark.parametrize("route", ROUTES, ids=lambda route: f"{route.endpoint} {route.rule}")


def pieces(route: Route) -> list[str]:
    return [piece for piece in route.rule.split("/") if piece]


@per_route
def test_an_address_is_kebab_case_with_typed_parameters(route: Route) -> None:
    for piece in pieces(route):
        assert PIECE.fullmatch(piece) or piece in MACHINES, route.rule
    assert "_" not in re.sub(r"<[^>]*>", "", route.rule)


@per_route
def test_a_public_address_is_an_indonesian_word(route: Route) -> None:
    first = (pieces(route) or [""])[0]
    if first in ("staff", "portal", "api", "open311"):
        return
    for piece in pieces(route):
        assert piece.startswith("<") or piece in INDONESIAN or piece in MACHINES, route.rule


@per_route
def test_an_endpoint_says_its_face_and_its_domain(route: Route) -> None:
    """face.domain.view, apart from what every face shares."""
    if route.endpoint in ("static_asset", "language.choose"):
        return
    face, domain, _view = route.endpoint.split(".")
    prefix = {"public": "", "staff": "staff", "portal": "portal"}[face]
    assert not prefix or pieces(route)[0] == prefix
    assert domain.isidentifier()


def test_no_two_routes_share_an_address() -> None:
    seen = [(route.rule, method) for route in ROUTES for method in route.methods]
    assert len(seen) == len(set(seen))
