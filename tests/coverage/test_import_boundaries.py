"""`ombudsman import boundaries`: stored whole or not at all, replaced whole, told on the trail."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from sqlalchemy import event, func, select

from ombudsman_app.cli.main import main
from ombudsman_app.core.config import Settings
from ombudsman_app.core.db import db
from ombudsman_app.core.policy import STRANGER
from ombudsman_app.core.trail.models import TrailEntry
from ombudsman_app.coverage.commands.boundaries import BoundaryFile, read_boundaries, store_boundaries
from ombudsman_app.coverage.errors import BoundariesRefused
from ombudsman_app.coverage.models import Boundary, BoundarySet
from ombudsman_app.coverage.queries.boundaries import province_boundaries, regency_boundaries

from ..children import child_server
from .boundary_files import box, collection, feature

SQUARE = box(119, -9, 1)
BOW = [(120, -9), (121, -8), (121, -9), (120, -8)]
GIVEN: dict[str, Any] = {"source": "Badan Informasi Geospasial", "licence": "CC BY 4.0", "actor": STRANGER}


@pytest.fixture
def reader(app: Flask) -> Iterator[Flask]:
    """The product with the server that reads foreign files."""
    settings: Settings = app.extensions["settings"]
    settings.run_dir.mkdir(parents=True, exist_ok=True)
    with child_server(settings.run_dir, "parse"), app.app_context():
        yield app


def brought(*features: Any) -> BoundaryFile:
    descriptor = os.memfd_create("test")
    try:
        os.write(descriptor, collection(*features))
        return read_boundaries(descriptor)
    finally:
        os.close(descriptor)


def counted() -> tuple[int, int]:
    return tuple(
        db.session.scalar(select(func.count()).select_from(table)) for table in (BoundarySet, Boundary)
    )  # type: ignore[return-value]


@pytest.mark.usefixtures("reader")
def test_given_provinces_and_regencies_when_imported_then_maps_have_outlines_source_and_licence() -> None:
    read = brought(
        feature("53", box(119, -10, 4)), feature("5315", box(119, -9, 1)), feature("53.04", box(124, -9, 1))
    )
    change = store_boundaries(read, **GIVEN)

    assert {str(level): number for level, number in change.stored.items()} == {"province": 1, "regency": 2}
    assert len(change.missing) == 37 + 512
    (nation,) = province_boundaries().outlines
    assert (nation.code, nation.box) == ("53", (2900, 1600, 3300, 2000))
    found = regency_boundaries("53")
    assert [one.code for one in found.outlines] == ["53.04", "53.15"]
    assert (found.source, found.licence) == (GIVEN["source"], GIVEN["licence"])
    assert found.imported_at
    assert regency_boundaries("17").outlines == []
    entry = db.session.scalars(
        select(TrailEntry).where(TrailEntry.event == "coverage:boundaries:imported")
    ).one()
    assert read.sha256 in entry.changes


@pytest.mark.usefixtures("reader")
def test_given_boundaries_when_others_come_then_those_of_the_level_are_replaced_and_no_others() -> None:
    store_boundaries(brought(feature("53", box(119, -9, 1)), feature("52", box(116, -9, 1))), **GIVEN)
    store_boundaries(brought(feature("53.15", box(119, -9, 1))), **GIVEN)
    store_boundaries(brought(feature("51", box(114, -9, 1))), **{**GIVEN, "source": "Pemda"})

    assert [one.code for one in province_boundaries().outlines] == ["51"]
    assert province_boundaries().source == "Pemda"
    assert [one.code for one in regency_boundaries("53").outlines] == ["53.15"]
    assert counted() == (2, 2)


@pytest.mark.usefixtures("reader")
def test_given_unknown_codes_then_they_are_named_and_nothing_changes_unless_they_may_be_left_out() -> None:
    store_boundaries(brought(feature("53", box(119, -9, 1))), **GIVEN)
    read = brought(feature("52", box(116, -9, 1)), feature("53.99", box(119, -9, 1), name="Lama"))

    with pytest.raises(BoundariesRefused) as refused:
        store_boundaries(read, **GIVEN)
    assert [(one["code"], one["name"]) for one in refused.value.wrong] == [("53.99", "Lama")]
    assert [one.code for one in province_boundaries().outlines] == ["53"]

    change = store_boundaries(read, is_lenient=True, **GIVEN)
    assert sum(change.stored.values()) == 1
    assert [one.code for one in province_boundaries().outlines] == ["52"]

    with pytest.raises(BoundariesRefused):
        store_boundaries(brought(feature("99", box(119, -9, 1))), is_lenient=True, **GIVEN)
    assert counted() == (1, 1)


@pytest.mark.usefixtures("reader")
def test_given_a_failure_while_they_are_stored_then_the_old_ones_stand(monkeypatch) -> None:
    store_boundaries(brought(feature("53", box(119, -9, 1))), **GIVEN)
    read = brought(feature("52", box(116, -9, 1)))
    broken = {**read.outlines["52"], "path": None}

    with pytest.raises(Exception, match="path"):
        store_boundaries(BoundaryFile({"52": broken}, {}, [], 1, 4, 4, "0" * 64), **GIVEN)

    db.session.rollback()
    assert [one.code for one in province_boundaries().outlines] == ["53"]


@pytest.mark.usefixtures("reader")
def test_given_a_bad_file_then_it_is_refused_with_what_is_wrong() -> None:
    with pytest.raises(BoundariesRefused) as refused:
        brought(feature("53", [(120, -9), (121, -8), (121, -9), (120, -8)]))
    assert (refused.value.why, refused.value.count) == ("areas", 1)
    assert refused.value.wrong[0]["why"] == "twisted"


def test_a_map_costs_one_statement(reader: Flask) -> None:
    store_boundaries(brought(feature("53.15", box(119, -9, 1)), feature("53.04", box(124, -9, 1))), **GIVEN)
    said: list[str] = []

    def heard(*given: Any) -> None:
        said.append(given[2])

    event.listen(reader.extensions["engine"], "before_cursor_execute", heard)
    regency_boundaries("53")
    province_boundaries()
    event.remove(reader.extensions["engine"], "before_cursor_execute", heard)
    assert len([one for one in said if one.lstrip().startswith("SELECT")]) == 2


# The command


@pytest.fixture
def command(reader: Flask, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    settings: Settings = reader.extensions["settings"]
    monkeypatch.setattr("ombudsman_app.core.config.settings_from", lambda: settings)
    monkeypatch.setattr("ombudsman_app.app.create_app", lambda *_given: reader)

    def run(*words: str) -> Result:
        return CliRunner().invoke(main, ["import", "boundaries", *words])

    return run


def test_given_a_file_when_the_command_runs_then_it_says_what_it_did(command, tmp_path: Path) -> None:
    path = tmp_path / "batas.geojson"
    path.write_bytes(collection(feature("53", box(119, -9, 1))))
    result = command(str(path), "--source", "BIG", "--licence", "CC BY 4.0")
    assert result.exit_code == 0, result.output
    assert "province: 1 boundaries stored." in result.output
    assert "Without an outline: 11, 12" in result.output


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", ["the file is empty"]),
        (b"{}", ["this is no GeoJSON"]),
        (collection(feature("53", SQUARE))[:-9], ["the file ends too early"]),
        (
            collection(feature("53.15", BOW, name="Manggarai Barat")),
            ["feature 1 (53.15 Manggarai Barat) has an outline that crosses itself, near 120", "1 areas"],
        ),
        (collection(feature("54", SQUARE)), ["feature 1 (54 Daerah 54) has a code that the directory"]),
        (collection(feature("53", [(float("nan"), 1)])), ["1 (53 Daerah 53) holds NaN or Infinity"]),
        (collection(feature("53", [(179, -9), (-179, -9), (179, -8)])), ["outside of Indonesia", "near 179"]),
    ],
    ids=["empty", "nothing", "cut", "twisted", "unknown", "nan", "antimeridian"],
)
def test_given_a_bad_file_when_the_command_runs_then_one_sentence_says_why(
    command, tmp_path: Path, content, words
) -> None:
    path = tmp_path / "batas.geojson"
    path.write_bytes(content)
    result = command(str(path), "--source", "BIG", "--licence", "CC BY 4.0")
    assert result.exit_code == 2
    for one in words:
        assert one in result.output
    assert "nothing was changed" in result.output
    assert "Traceback" not in result.output
    assert counted() == (0, 0)


@pytest.mark.parametrize(
    "words",
    [
        ["none.geojson", "--source", "a", "--licence", "b"],
        [".", "--source", "a", "--licence", "b"],
        ["x", "--source", " ", "--licence", "b"],
        ["x", "--source", "a" * 301, "--licence", "b"],
        ["x", "--source", "a", "--licence", "b\x07"],
        ["x", "--source", "a"],
    ],
)
def test_given_bad_words_then_the_command_refuses_them_in_one_sentence(command, words) -> None:
    result = command(*words)
    assert result.exit_code == 2
    assert result.output.startswith("Error: ")
    assert "Traceback" not in result.output
