"""What the child makes of GeoJSON: holes, islands, shared borders; and all that it refuses by name."""

import json
import math
import tracemalloc
from pathlib import Path

import pytest

from ombudsman_app.isolated import boundaries as task
from ombudsman_app.isolated import geojson
from ombudsman_app.isolated.server import Ask
from ombudsman_app.isolated.wire import TaskFailed

from .boundary_files import box, collection, feature, islands, read, rings_of

SHARED = Path(__file__).resolve().parents[3] / "shared" / "data"


def edges(path: str) -> set[frozenset[tuple[int, int]]]:
    return {
        frozenset(pair) for ring in rings_of(path) for pair in zip(ring, [*ring[1:], ring[0]], strict=True)
    }


def rough(place: float) -> float:
    """A number below 1 that is always the same and looks like none."""
    return math.sin(place * 12.9898) * 43_758.5453 % 1


def coast(points: int, seed: int = 1) -> list[tuple[float, float]]:
    """A round island with a rough coast, closed."""
    found = []
    for place in range(points):
        angle = 2 * math.pi * place / points
        far = 1.5 + 0.02 * math.sin(50 * angle) + 0.0002 * rough(place + seed)
        found.append((120 + far * math.cos(angle), -5 + far * math.sin(angle)))
    return [*found, found[0]]


# What is read


def test_given_a_square_then_its_path_is_short_projected_and_y_goes_down():
    found = read(collection(feature("53.15", box(120, -9, 1))))
    one = found.outlines["53.15"]
    assert found.answer == {"verdict": "ok", "reason": ""}
    assert one["box"] == [30_000, 18_000, 31_000, 19_000]
    assert one["path"] in {
        "M30000 18000h1000v1000h-1000z", "M30000 19000v-1000h1000v1000z",
        "M31000 18000v1000h-1000v-1000z", "M31000 19000h-1000v-1000h1000z",
    }  # fmt: skip
    assert (one["middle"][0], one["room"]) == (30_500, 500)


@pytest.mark.parametrize(
    ("code", "key"), [("53.15", "kode"), ("5315", "KODE"), (5315, "code"), (" 53.15 ", "Code")]
)
def test_given_a_code_with_or_without_dots_then_it_is_the_same(code, key):
    assert list(read(collection(feature(code, box(120, -9, 1), key=key))).outlines) == ["53.15"]


def test_given_a_lake_then_it_runs_the_other_way_round_and_stays_a_hole():
    outer = box(120, -9, 1)
    for lake in (box(120.4, -8.6, 0.2), list(reversed(box(120.4, -8.6, 0.2)))):
        first, second = rings_of(read(collection(feature("53", outer, lake))).outlines["53"]["path"])
        assert task.area(first) > 0 > task.area(second)
        assert (len(first), len(second)) == (4, 4)


def test_given_many_islands_then_the_largest_comes_first_and_specks_go():
    far = feature("11", box(95, 4, 1)), feature("91", box(140, -3, 1))
    found = read(
        collection(islands("53", [box(121, -9, 0.2)], [box(119, -9, 1)], [box(123, -9, 0.01)]), *far)
    )
    first, second = rings_of(found.outlines["53"]["path"])
    assert task.area(first) > task.area(second)


def test_given_an_area_that_is_only_a_speck_then_it_stays_beside_a_large_one():
    found = read(collection(feature("53.71", box(124, -9, 0.002)), feature("53.01", box(118, -9, 4))))
    assert len(rings_of(found.outlines["53.71"]["path"])) == 1
    assert read(collection(feature("53.71", box(124, -9, 0.0001)))).outlines["53.71"]["room"] == 0


def test_given_one_code_twice_then_both_parts_are_drawn():
    found = read(collection(feature("53", box(119, -9, 1)), feature("53", box(121, -9, 1))))
    assert len(rings_of(found.outlines["53"]["path"])) == 2


def test_given_neighbours_with_a_rough_border_then_they_keep_it_in_common():
    border = [(120 + 0.006 * rough(place), -9 + place / 400) for place in range(401)]
    west = [(119, -9), *border, (119, -8), (119, -9)]
    east = [*reversed(border), (121, -9), (121, -8), border[-1]]
    found = read(collection(feature("53.01", west), feature("53.02", east)))
    one, other = (found.outlines[code]["path"] for code in ("53.01", "53.02"))
    common = edges(one) & edges(other)
    assert 5 < len(common) < 350  # simplified, and still the same for both
    assert len(edges(one) - common) == 3
    assert len(edges(other) - common) == 3


def test_given_an_enclave_then_it_fills_the_hole_around_it():
    lake = coast(300)
    found = read(collection(feature("53.01", box(116, -9, 8), lake), feature("53.02", lake)))
    hole = rings_of(found.outlines["53.01"]["path"])[1]
    (filled,) = rings_of(found.outlines["53.02"]["path"])
    assert sorted(hole) == sorted(filled)


def test_given_100_000_points_then_a_picture_remains():
    found = read(collection(feature("53.01", coast(100_000))))
    assert found.about["vertices"] > 5_000
    assert found.about["kept"] < 2_000
    assert len(found.outlines["53.01"]["path"]) < 12_000


def test_given_a_small_loop_then_it_is_cut_off_and_told():
    ring = [(119, -9), (120, -9), (120.002, -8.5), (119.998, -8.5), (120, -8), (119, -8), (119, -9)]
    crossing = [
        *ring[:2],
        (120.004, -8.504),
        (119.999, -8.498),
        (120.004, -8.498),
        (119.999, -8.504),
        *ring[4:],
    ]
    found = read(collection(feature("53.01", crossing)))
    assert found.answer["verdict"] == "ok"
    assert found.about["mended"] == ["53.01"]


def test_given_pieces_that_end_anywhere_then_the_same_is_read(monkeypatch):
    tricky = feature("53.15", box(120, -9, 1), name='Kabupaten "{}" \\ } Manggarai ünd {')
    content = collection(feature("53", box(119, -9, 1)), tricky)
    whole = read(content).outlines
    for size in (1, 2, 3, 7, 64):
        monkeypatch.setattr(geojson, "PIECE_BYTES", size)
        assert read(content).outlines == whole


def test_given_other_objects_beside_the_features_then_they_are_passed_over():
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:OGC:1.3:CRS84", "deep": {"a": [{}]}}}
    held = {
        "crs": crs,
        "type": "FeatureCollection",
        "bbox": [1],
        "features": [feature("53", box(120, -9, 1))],
    }
    content = json.dumps({**held, "foreign": {"x": 1}}).encode()
    assert list(read(content).outlines) == ["53"]
    assert list(read(b"\xef\xbb\xbf" + content).outlines) == ["53"]


def test_the_progress_is_told_while_it_goes_on():
    content = collection(feature("53", box(120, -9, 1)), feature("53.15", box(120, -9, 1)))
    assert read(content).progress.split() == [str(len(content)).encode(), b"2", b"2"]


def test_given_a_large_file_of_many_areas_then_only_one_is_held_at_a_time(monkeypatch):
    monkeypatch.setattr(geojson, "PIECE_BYTES", 64 * 1024)
    content = collection(*(feature(f"{11 + at // 10}.{at % 10 + 10}", coast(600, at)) for at in range(400)))
    assert len(content) > 9_000_000
    read(collection(feature("53", box(120, -9, 1))))
    tracemalloc.start()
    found = read(content)
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert found.about["features"] == 400
    assert peak < len(content) * 0.7


# What is refused


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "empty"),
        (b"PK\x03\x04", "unknown_type"),
        (b"<html>", "unknown_type"),
        (b"[]", "unknown_type"),
        (b"{}", "unknown_type"),
        (b'{"type":"Feature","properties":{},"geometry":null}', "unknown_type"),
        (b'{"type":"Topology","objects":{}}', "unknown_type"),
        (b'{"type":"FeatureCollection","features":[]}', "unknown_type"),
        (collection(feature("53", box(120, -9, 1)))[:-2], "damaged"),
        (collection(feature("53", box(120, -9, 1)))[:60], "damaged"),
        (b'{"type":"FeatureCollection","features":[{]}]}', "damaged"),
        (b'{"type":"FeatureCollection","features":[{"a":"\xff\xfe"}]}', "damaged"),
        (b'{"type":"FeatureCollection","features":[{"a":%b}]}' % (b"[" * 200_000), "too_complex"),
        (collection(feature("53", box(120, -9, 1))).decode().encode("utf-16"), "unknown_type"),
    ],
    ids=[
        "empty", "archive", "page", "list", "nothing", "one", "topology", "none", "cut", "cut-in-one",
        "broken", "no-text", "deep", "utf-16",
    ],
)  # fmt: skip
def test_given_what_is_no_collection_of_areas_then_it_is_refused(content, reason):
    found = read(content)
    assert found.answer == {"verdict": "refused", "reason": reason}
    assert found.outlines == {}


@pytest.mark.parametrize(
    ("given", "why"),
    [
        (feature("", box(120, -9, 1)), "code"),
        (feature("Nusa Tenggara Timur", box(120, -9, 1)), "code"),
        (feature("53.15.05", box(120, -9, 1)), "code"),
        (feature(None, box(120, -9, 1)), "code"),
        (feature(True, box(120, -9, 1)), "code"),
        (feature("53", box(120, -9, 1), key="id"), "code"),
        (feature("53", [(120, math.nan), (121, -9), (121, -8)]), "number"),
        (feature("53", [(120, math.inf), (121, -9), (121, -8)]), "number"),
        (feature("53", [(179, -9), (-179, -9), (-179, -8), (179, -8)]), "outside"),
        (feature("53", box(700_000, 9_000_000, 1000)), "outside"),
        (feature("53", [("120", -9), (121, -9), (121, -8)]), "shape"),
        (feature("53", [(120,), (121, -9), (121, -8)]), "shape"),
        (feature("53", [None, (121, -9), (121, -8)]), "shape"),
        ({**feature("53"), "geometry": {"type": "Point", "coordinates": [120, -9]}}, "shape"),
        ({**feature("53"), "geometry": None}, "shape"),
        ({**feature("53"), "geometry": {"type": "Polygon"}}, "shape"),
        (feature("53"), "empty"),
        (feature("53", []), "empty"),
        (feature("53", [(120, -9), (121, -8), (121, -9), (120, -8), (120, -9)]), "twisted"),
    ],
)
def test_given_one_bad_area_among_good_ones_then_it_is_named_and_nothing_is_drawn(given, why):
    found = read(collection(feature("52", box(116, -9, 1)), given, feature("51", box(114, -9, 1))))
    assert found.answer == {"verdict": "refused", "reason": ""}
    assert found.outlines == {}
    (wrong,) = found.about["wrong"]
    assert (wrong["number"], wrong["why"], found.about["wrong_count"]) == (2, why, 1)


def test_given_a_twisted_outline_then_it_is_said_where():
    found = read(collection(feature("53", [(120, -9), (121, -8), (121, -9), (120, -8), (120, -9)])))
    (wrong,) = found.about["wrong"]
    assert (wrong["code"], wrong["name"]) == ("53", "Daerah 53")
    assert 119 <= wrong["at"][0] <= 122
    assert -10 <= wrong["at"][1] <= -7


def test_given_many_bad_areas_then_the_first_are_named_and_all_are_counted():
    found = read(collection(*(feature("x", box(120, -9, 1)) for _ in range(25))))
    assert (len(found.about["wrong"]), found.about["wrong_count"]) == (20, 25)


def test_given_an_area_of_a_scribble_then_the_search_for_crossings_ends():
    scribble = [(100 + 20 * rough(at), -9 + 10 * rough(at + 0.5)) for at in range(20_000)]
    assert read(collection(feature("53.01", scribble))).whys[0][1] in ("complex", "twisted")


def test_given_an_area_too_large_to_be_held_then_the_file_is_refused(monkeypatch):
    monkeypatch.setattr(geojson, "FEATURE_BYTES", 20_000)
    monkeypatch.setattr(geojson, "PIECE_BYTES", 4_096)
    assert read(collection(feature("53.01", coast(2_000)))).answer["reason"] == "too_complex"


@pytest.mark.parametrize("limit", ["VERTICES", "GROUP_VERTICES", "AREAS"])
def test_given_more_than_can_be_drawn_then_the_file_is_refused(monkeypatch, limit):
    monkeypatch.setattr(task, limit, 1)
    content = collection(feature("53.01", box(120, -9, 1)), feature("53.02", box(121, -9, 1)))
    assert read(content).answer == {"verdict": "refused", "reason": "too_complex"}


def test_given_a_file_beyond_all_measure_then_it_is_not_even_opened(tmp_path):
    path = tmp_path / "large"
    with path.open("w+b") as file:
        file.truncate(task.FILE_BYTES + 1)
        with pytest.raises(TaskFailed):
            task.boundaries(Ask({}, file.fileno(), (1, 1, 1)))


# The data set to try with, where it is


@pytest.mark.skipif(not SHARED.is_dir(), reason="no data to try with")
@pytest.mark.parametrize(("name", "number"), [("provinces", 38), ("regencies", 514)])
def test_given_the_data_to_try_with_then_all_areas_are_drawn_and_light(name, number):
    found = read((SHARED / f"boundaries-{name}.geojson").read_bytes())
    assert found.answer["verdict"] == "ok"
    assert len(found.outlines) == number
    pages: dict[str, int] = {}
    for code, one in found.outlines.items():
        page = code[:2] if name == "regencies" else ""
        pages[page] = pages.get(page, 0) + len(one["path"])
    assert max(pages.values()) < 60 * 1024
