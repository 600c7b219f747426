"""OCDS packages become plain rows; what is no package, or is built to hurt, is refused with a reason."""

import json
from copy import deepcopy
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft4Validator, FormatChecker

from ombudsman_app.isolated import verdicts as v
from ombudsman_app.isolated.ocds import DEPTH, HEADS, read_package

SCHEMA = Path(__file__).parent / "data" / "ocds-release-schema-1.1.4.json"
SAMPLE = Path(__file__).parents[2] / "ombudsman_app" / "employers" / "data" / "ocds-sample.json"


@pytest.fixture
def sample() -> dict[str, Any]:
    return json.loads(SAMPLE.read_text("utf-8"))


def rows(package: object) -> list[dict[str, Any]]:
    heads, *found = read_package(json.dumps(package).encode())
    assert tuple(heads) == HEADS
    return [dict(zip(heads, row, strict=True)) for row in found]


def test_the_schema_of_its_publisher_accepts_the_sample_that_we_offer(sample: dict[str, Any]) -> None:
    checker = Draft4Validator(json.loads(SCHEMA.read_text("utf-8")), format_checker=FormatChecker())
    for release in sample["releases"]:
        assert [error.message for error in checker.iter_errors(release)] == []
    for needed in ("uri", "publishedDate", "publisher", "version"):
        assert sample[needed]
    broken = deepcopy(sample["releases"][0])
    broken["date"] = 5
    assert not checker.is_valid(broken), "the schema does refuse"


def test_given_the_sample_when_read_then_each_contract_is_a_row_with_its_changes(
    sample: dict[str, Any],
) -> None:
    road, consortium, cancelled = rows(sample)
    assert road["package"] == "DEMO Rehabilitasi Jalan Kalukku - Tapalang"
    assert (road["value"], road["fund_source"], road["place"]) == ("2775000000", "APBD", "Kabupaten Mamuju")
    assert (road["nib"], road["changes"]) == ("9000000000001", "")
    assert consortium["contractor"] == "DEMO PT Karya Mandar"
    assert len(consortium["members"].split(" | ")) == 4
    assert consortium["value"] == "18870000000", "as it was signed"
    assert consortium["changes"].startswith("DEMO-ADD-1;2026-07-06T00:00:00+08:00;amended;20535000000;")
    assert ";2026-04-24T10:00:00+08:00;cancelled;;" in cancelled["changes"]


def test_given_releases_in_another_order_or_twice_when_read_then_the_rows_are_the_same(
    sample: dict[str, Any],
) -> None:
    turned = {**sample, "releases": sample["releases"][::-1] + sample["releases"]}
    key = "contract_id"
    assert sorted(rows(turned), key=lambda row: row[key]) == sorted(rows(sample), key=lambda row: row[key])


def test_given_a_record_package_when_read_then_its_releases_count_and_else_the_compiled_one(
    sample: dict[str, Any],
) -> None:
    ocid = sample["releases"][1]["ocid"]
    own = [one for one in sample["releases"] if one["ocid"] == ocid]
    compiled = {**own[1], "tag": ["compiled"]}
    whole = {"version": "1.1", "records": [{"ocid": ocid, "releases": own, "compiledRelease": compiled}]}
    assert rows(whole) == [row for row in rows(sample) if row["ocid"] == ocid]
    linked = {"records": [{"ocid": ocid, "releases": [{"url": "https://x"}], "compiledRelease": compiled}]}
    (row,) = rows(linked)
    assert (row["value"], row["changes"]) == ("20535000000", "")


def test_given_another_currency_when_read_then_nobody_takes_it_for_rupiah(sample: dict[str, Any]) -> None:
    sample["releases"][0]["contracts"][0]["value"] = {"amount": 5000.5, "currency": "USD"}
    assert rows(sample)[0]["value"] == "5000.50 USD"
    sample["releases"][0]["contracts"][0]["value"] = {"amount": 5000}
    assert rows(sample)[0]["value"] == "5000 ?"


def test_given_extensions_and_odd_values_when_read_then_they_are_left_out(sample: dict[str, Any]) -> None:
    before = rows(sample)[0]
    release = sample["releases"][0]
    release["x_extension"] = {"deep": [1, 2, {"more": None}]}
    release["contracts"][0]["implementation"] = {"transactions": [5]}
    release["parties"].append("no object")
    release["awards"][0]["suppliers"].append(None)
    assert rows(sample)[0] == before
    release["contracts"][0]["title"] = "Jalan\x00 \ud800 | baru"
    assert rows(sample)[0]["package"] == "Jalan  | baru"


def test_given_an_award_without_a_contract_when_read_then_it_stands_for_one(sample: dict[str, Any]) -> None:
    release = sample["releases"][0]
    del release["contracts"]
    (row,) = rows({**sample, "releases": [release]})
    assert row["contract_number"] == f"{release['ocid']}-award"
    release["awards"][0]["status"] = "unsuccessful"
    assert rows({**sample, "releases": [release]}) == []


DEEP = b'{"releases":' + b"[" * (DEPTH + 1) + b"]" * (DEPTH + 1) + b"}"
BAD = {
    "no JSON": (b'{"releases": [', v.DAMAGED),
    "not UTF-8": (b'{"releases": ["\xff"]}', v.DAMAGED),
    "a list": (b"[]", v.UNKNOWN_TYPE),
    "another document": (b'{"type": "FeatureCollection", "features": []}', v.UNKNOWN_TYPE),
    "a key twice": (b'{"releases": [], "releases": []}', v.DAMAGED),
    "NaN": (b'{"releases": [], "x": NaN}', v.DAMAGED),
    "infinite": (b'{"releases": [], "x": 1e999}', v.DAMAGED),
    "a huge number": (b'{"releases": [], "x": ' + b"9" * 5_000 + b"}", v.DAMAGED),
    "too deep": (DEEP, v.TOO_COMPLEX),
    "bottomless": (b'{"releases":' + b"[" * 200_000, v.TOO_COMPLEX),
    "no ocid": (b'{"releases": [{"id": "1"}]}', v.DAMAGED),
}


@pytest.mark.parametrize("name", BAD)
def test_given_what_is_no_package_when_read_then_it_is_refused(name: str) -> None:
    content, reason = BAD[name]
    with pytest.raises(v.Refusal) as refusal:
        list(read_package(content))
    assert refusal.value.reason == reason
