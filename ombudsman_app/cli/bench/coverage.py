"""`ombudsman bench coverage`: what public pages of figures weigh and cost, all regencies and months."""

import gzip
import json
import sys
import tempfile
from collections import OrderedDict
from functools import partial
from pathlib import Path
from typing import Any

import click

from ombudsman_app.cli.lines import BadInput, Plain

MOST_KIB, TIMES_GOAL, PROVENANCE = 100, 2.0, 6  # issue 9: the map with 514 regencies, p95, statements
_PAGES = {
    "map of the nation": "/cakupan",
    "a day in the past": "/cakupan?tanggal=2025-06-30",
    "a province": "/cakupan/53",
    "a regency": "/cakupan/53.15",
    "two days": "/cakupan/perbandingan",
    "two days in a province": "/cakupan/perbandingan?provinsi=35",
    "where a number comes from": "/cakupan/angka/{figure}",
}
_FLOOR = "public.home.guide"  # its view is taken out and gives a ready page of the same size


@click.command(cls=Plain)
@click.option("--months", default=36, show_default=True, type=click.IntRange(2, 120), help="Of each place.")
@click.option("--requests", default=200, show_default=True, type=click.IntRange(20, 5_000), help="Each page.")
@click.option("--database-url", default="", help="A server with {name} for the database; else SQLite.")
@click.option("--json", "is_json", is_flag=True, help="One JSON object instead of the table.")
def coverage(*, months: int, requests: int, database_url: str, is_json: bool) -> None:
    """Ask each page as kept and as drawn, in turn with a ready one of its size. Exit 1 on a miss.

    For all provinces and regencies there is one computed figure a month.
    """
    from .serving import WrongAnswer

    try:
        result = _measure(months, requests, database_url)
    except WrongAnswer as refused:
        raise BadInput(str(refused)) from None
    click.echo(json.dumps(result) if is_json else "\n".join(_lines(result)))
    if result["missed"]:
        sys.exit(1)


def _measure(months: int, requests: int, database_url: str) -> dict[str, Any]:
    from ombudsman_app.core.config import settings_from

    from .coverage_filling import fill_coverage
    from .filling import analyze
    from .quiet import quiet_app
    from .scratch import scratch

    with (
        tempfile.TemporaryDirectory(prefix="bench") as place,
        scratch(Path(place) / "coverage", database_url) as environ,
        quiet_app(settings_from(environ)) as app,
    ):
        with app.app_context():
            figures = fill_coverage(months)
            analyze()
        pages = [
            _page(app, name, path.format(figure=figures // 2), requests) for name, path in _PAGES.items()
        ]
    missed = [one["page"] for one in pages if one["times"] > TIMES_GOAL or one["kib"] > MOST_KIB]
    missed += [one["page"] for one in pages if "comes from" in one["page"] and one["statements"] > PROVENANCE]
    return {"figures": figures, "pages": pages, "missed": missed}


def _page(app: Any, name: str, path: str, requests: int) -> dict[str, Any]:
    from statistics import quantiles

    from ombudsman_app.core.clock import monotonic
    from ombudsman_app.web.access import policy

    from .serving import Request
    from .statements import ask, statements_of

    asked, floor = Request(path, ""), Request("/bantuan", "")
    ask(app, asked)
    kept = statements_of(app, asked)
    app.extensions["published"].clear()
    body = ask(app, asked).get_data()
    app.view_functions[_FLOOR] = policy("public")(partial(str, body.decode()))
    walls: dict[str, list[float]] = {"kept": [], "ready": [], "drawn": []}
    for number in range(requests):  # in turn, so that noise meets all
        turns = [("kept", asked), ("ready", floor)] + ([("drawn", asked)] if number % 10 == 0 else [])
        for kind, request in turns:
            if kind == "drawn":
                app.extensions["published"].clear()
            began = monotonic()
            ask(app, request)
            walls[kind].append((monotonic() - began) * 1000)
    p95 = {kind: quantiles(found, n=20)[-1] for kind, found in walls.items()}
    app.extensions["published"].clear()
    return {
        "page": name,
        "kib": len(gzip.compress(body, 6)) / 1024,
        "statements": _drawn_statements(app, asked),
        "kept_statements": kept,
        "p95_ms": {kind: round(value, 1) for kind, value in p95.items()},
        "times": round(p95["kept"] / p95["ready"], 2),
    }


def _drawn_statements(app: Any, asked: Any) -> int:
    """Count what a page costs that nobody keeps."""
    from .statements import statements_of

    held = app.extensions["published"]
    app.extensions["published"] = _Forgetful()
    try:
        return statements_of(app, asked)
    finally:
        app.extensions["published"] = held


class _Forgetful(OrderedDict[Any, Any]):
    """Keeps nothing."""

    def __setitem__(self, key: Any, value: Any) -> None:
        super().__setitem__(key, (None, ""))


def _lines(result: dict[str, Any]) -> list[str]:
    """Return the table."""
    lines = [
        f"{result['figures']:,} figures",
        "page | KiB gz | statements (kept) | p95 ms kept, ready, drawn | kept / ready",
    ]
    for one in result["pages"]:
        p95 = one["p95_ms"]
        lines.append(
            f"{one['page']} | {one['kib']:.1f} | {one['statements']} ({one['kept_statements']}) | "
            f"{p95['kept']}, {p95['ready']}, {p95['drawn']} | {one['times']:.2f}"
        )
    return [*lines, *(f"missed: {name}" for name in result["missed"])]
