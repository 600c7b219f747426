"""Two lists are compared: `same` is sure, what is for a person is worth the look, and both say why."""

import csv
import json
from collections import Counter
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st

from ombudsman_app.cli.main import main
from ombudsman_app.employers.matching.compare import Decision, Verdict, compare
from ombudsman_app.employers.matching.engine import InMemory
from ombudsman_app.employers.matching.party import Party, party_of_texts
from ombudsman_app.employers.matching.reasons import REASON_WORDS, Why
from ombudsman_app.employers.matching.spelling import is_slip
from ombudsman_app.employers.matching.thresholds import BLOCK, PAIRS_OF_A_ROW
from tests.employers.data.make_pairs import HEAD, HERE, made

HEADER = "id,name,nib,npwp,regency\n"
FIELDS = ("nib", "npwp", "nitku", "npp", "regency")


class Labelled(NamedTuple):
    label: str
    left: Party
    right: Party
    cells: dict[str, str]


def labelled() -> list[Labelled]:
    pairs = []
    for name in ("pairs.csv", "hand.csv"):
        with (HERE / name).open(encoding="utf-8", newline="") as file:
            for number, row in enumerate(csv.DictReader(file)):
                sides = [_side(row, side, f"{side[0]}{name[0]}{number}") for side in ("left", "right")]
                pairs.append(Labelled(row["label"], *sides, row))
    return pairs


def _side(row: dict[str, str], side: str, row_id: str) -> Party:
    texts = {field: row[f"{side}_{field}"] for field in FIELDS}
    return party_of_texts(row_id, row[f"{side}_name"], texts)[0]


def party(name: str, regency: str = "", **texts: str) -> Party:
    return party_of_texts(name, name, {**texts, "regency": regency})[0]


def reasons(verdict: Verdict) -> set[Why]:
    return {reason.why for reason in verdict.reasons}


def match(tmp_path: Path, left: str | bytes, right: str | bytes, *words: str) -> Result:
    paths = []
    for name, text in (("left.csv", left), ("right.csv", right)):
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode())
        paths.append(str(path))
    return CliRunner().invoke(main, ["employers", "match", *paths, *words])


def lines(result: Result) -> list[dict[str, Any]]:
    assert result.exit_code == 0, result.output
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_the_labelled_pairs_are_those_of_their_script_and_enough():
    with (HERE / "pairs.csv").open(encoding="utf-8", newline="") as file:
        assert list(csv.reader(file)) == [list(HEAD), *map(list, made())]
    counts = Counter(pair.label for pair in labelled())
    assert counts.total() >= 400
    assert counts["different"] >= 150


def test_given_labelled_pairs_when_compared_then_the_promised_figures_hold():
    seen = Counter((pair.label, compare(pair.left, pair.right).decision) for pair in labelled())
    said_same = sum(number for (_label, said), number in seen.items() if said is Decision.SAME)
    looked_at = sum(number for (_label, said), number in seen.items() if said is Decision.REVIEW)
    wanted = sum(number for (label, _said), number in seen.items() if label != "different")
    found = wanted - seen["same", Decision.NONE] - seen["branch", Decision.NONE]
    assert seen["same", Decision.SAME] >= 0.99 * said_same > 0
    assert found >= 0.9 * wanted
    assert looked_at - seen["different", Decision.REVIEW] >= 0.5 * looked_at
    assert seen["branch", Decision.SAME] == 0


def test_given_the_same_pairs_as_two_files_when_matched_then_blocking_loses_none_of_them(tmp_path):
    """Each row meets all rows of the other file: what is found beyond the labels counts as wrong."""
    head = ("id", "name", *FIELDS)
    pairs = labelled()
    for side in ("left", "right"):
        with (tmp_path / f"{side}.csv").open("w", encoding="utf-8", newline="") as file:
            writer = csv.writer(file)
            writer.writerow(head)
            for pair in pairs:
                row_id = getattr(pair, side).id
                writer.writerow([row_id, *(pair.cells[f"{side}_{field}"] for field in ("name", *FIELDS))])
    paths = [str(tmp_path / f"{side}.csv") for side in ("left", "right")]
    said = {(one["left"], one["right"]): one["decision"] for one in lines(
        CliRunner().invoke(main, ["employers", "match", *paths])
    )}  # fmt: skip
    alone = {(p.left.id, p.right.id): compare(p.left, p.right).decision for p in pairs}
    assert {key for key, decision in alone.items() if decision is not Decision.NONE} <= said.keys()
    assert all(said[key] == decision for key, decision in alone.items() if key in said)
    true = {(p.left.id, p.right.id) for p in pairs if p.label != "different"}
    sure = {key for key, decision in said.items() if decision == "same"}
    assert len(sure & true) >= 0.99 * len(sure)
    doubtful = said.keys() - sure
    assert len(doubtful & true) >= 0.5 * len(doubtful)


@pytest.mark.parametrize(
    ("left", "right", "decision", "why"),
    [
        (party("PT Maju", nib="9120001234567"), party("Maju, PT", nib="9120001234567"), "same", Why.SAME_NIB),
        (
            party("PT Maju", npwp="01.345.678.9-012.000"),
            party("PT. MAJU", npwp="0013456789012000"),
            "same",
            Why.SAME_NPWP,
        ),
        (
            party("PT Maju", npwp="0013456789012000", nitku="0013456789012000000000"),
            party("PT Maju", npwp="0013456789012000", nitku="0013456789012000000002"),
            "review",
            Why.BRANCH,
        ),
        (
            party("PT Maju", npwp="0013456789012000", npp="AB123456000"),
            party("PT Maju", npwp="0013456789012000", npp="AB123456001"),
            "review",
            Why.BRANCH,
        ),
        (
            party("PT Maju", "76.02", nib="9120001234567"),
            party("PT Maju", "76.05", nib="9120001234567"),
            "review",
            Why.BRANCH,
        ),
        (
            party("PT Maju Cabang Majene", nib="9120001234567"),
            party("PT Maju", nib="9120001234567"),
            "review",
            Why.BRANCH,
        ),
        (
            party("PT Maju", npwp="0013456789012000"),
            party("PT Maju", npwp="0013456789012003"),
            "review",
            Why.BRANCH,
        ),
        (
            party("PT Coal Mining", nib="9120001234567"),
            party("CV Bengkel Tata", nib="9120001234567"),
            "review",
            Why.OTHER_NAME,
        ),
        (
            party("UD Barokah", npwp="7602104507900002"),
            party("Warung Sitti", npwp="7602104507900002"),
            "review",
            Why.SAME_OWNER,
        ),
        (
            party("PT Maju", nib="9120001234567", npwp="0013456789012000"),
            party("PT Maju", nib="9120001234567", npwp="0998877665012000"),
            "review",
            Why.OTHER_NPWP,
        ),
        (party("CV Maju Jaya", "Mamuju"), party("CV. MAJU JAYA", "76.02"), "review", Why.SAME_NAME),
        (
            party("CV Sumberrejeki", "Mamuju"),
            party("CV Sumber Rejeki", "Mamuju"),
            "review",
            Why.WRITTEN_TOGETHER,
        ),
        (party("PT Karampuang", "Mamuju"), party("PT Karampuang Mamuju", "Mamuju"), "none", None),
        (
            party("PT Karampuang Indah", "Mamuju"),
            party("PT Karampuang Indah Mamuju", "Mamuju"),
            "review",
            Why.PLACE_IN_NAME,
        ),
        (party("CV Tappalang Raya", "Mamuju"), party("CV Tapalang Raya", "Mamuju"), "review", Why.SPELLING),
        (party("CV Maju Jaya", "Mamuju"), party("PT Maju Jaya", "Mamuju"), "review", Why.OTHER_FORM),
        (party("CV Maju Jaya", "Mamuju"), party("Koperasi Maju Jaya", "Mamuju"), "none", None),
        (party("PT Maju", "Mamuju"), party("PT Maju Makmur", "Mamuju"), "none", None),
        (party("PT Sawit 1", "Mamuju"), party("PT Sawit 2", "Mamuju"), "none", None),
        (party("CV Maju Jaya", "Mamuju"), party("CV Maju Raya", "Mamuju"), "none", None),
        (party("CV Maju Jaya", "Mamuju"), party("CV Jaya Maju", "Mamuju"), "none", None),
        (party("CV Maju Jaya", "Mamuju"), party("CV Maju Jaya", "Majene"), "none", None),
        (party("CV Maju Jaya", "Kota Bima"), party("CV Maju Jaya", "Kabupaten Bima"), "none", None),
        (party("CV Maju Jaya", "Kota Bima"), party("CV Maju Jaya", "Bima"), "review", Why.SAME_REGENCY),
        (party("CV Maju Jaya"), party("CV Maju Jaya", "Bima"), "none", None),
        (party("PT Salugatta Prima"), party("PT Salugatta Prima", "Bima"), "review", Why.REGENCY_UNKNOWN),
        (
            party("PT Maju Jaya", "Mamuju", nib="9120001234567"),
            party("PT Maju Jaya", "Mamuju", nib="8120007654321"),
            "none",
            None,
        ),
        (
            party("PT Maju Jaya", "Mamuju", nib="9120001234567"),
            party("PT Maju Jaya", "Mamuju", nib="9120001234576"),
            "review",
            Why.NEAR_NIB,
        ),
        (party("PT Maju", nib="1111111111111"), party("CV Laut", nib="1111111111111"), "none", None),
        (party("---", "Mamuju"), party("???", "Mamuju"), "none", None),
        (party("PT", "Mamuju"), party("PT.", "Mamuju"), "none", None),
    ],
)
def test_given_two_rows_then_the_decision_and_its_reason(left, right, decision, why):
    for verdict in (compare(left, right), compare(right, left)):
        assert verdict.decision == decision
        assert why is None or why in reasons(verdict)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("jaya", "raya", False),
        ("maju", "laju", False),
        ("hasan", "hasin", False),
        ("mitra", "mirta", True),
        ("tapalang", "tappalang", True),
        ("soerabaja", "surabaya", True),
        ("sej", "sejahtera", True),
        ("santosa", "sentosa", False),
        ("simanjuntak", "simatupang", False),
        ("manakarra", "manakara", True),
        ("abc", "abd", False),
    ],
)
def test_a_slip_is_told_from_another_word(one, other, expected):
    assert is_slip(one, other) is is_slip(other, one) is expected


WORDS = [
    "maju",
    "jaya",
    "raya",
    "pt",
    "cv",
    "koperasi",
    "cabang",
    "mamuju",
    "tapalang",
    "tappalang",
    "2",
    "ii",
]
PARTIES = st.builds(
    lambda words, nib, npwp, nitku, place: party(" ".join(words), place, nib=nib, npwp=npwp, nitku=nitku),
    st.lists(st.sampled_from(WORDS), max_size=4),
    st.sampled_from(["", "9120001234567", "9120001234576", "8120007654321"]),
    st.sampled_from(["", "0013456789012000", "0013456789012001", "7602104507900002"]),
    st.sampled_from(["", "0013456789012000000000", "0013456789012000000001"]),
    st.sampled_from(["", "Mamuju", "Kota Bima", "Kab. Bima", "Bima"]),
)


@settings(max_examples=1_000)
@given(PARTIES, PARTIES)
def test_whoever_comes_first_the_verdict_is_the_same(one, other):
    ahead, back = compare(one, other), compare(other, one)
    assert (ahead.decision, ahead.score, reasons(ahead)) == (back.decision, back.score, reasons(back))
    assert 0 <= ahead.score <= 100
    if ahead.decision is Decision.SAME:
        assert (one.nib and one.nib == other.nib) or (one.npwp and one.npwp == other.npwp)


@settings(max_examples=200)
@given(st.lists(PARTIES, max_size=12), st.lists(PARTIES, max_size=12))
def test_blocking_finds_what_comparing_all_with_all_finds(left, right):
    left, right = ([row._replace(id=str(n)) for n, row in enumerate(rows)] for rows in (left, right))
    all_pairs = {(a.id, b.id) for a in left for b in right if compare(a, b).decision is not Decision.NONE}
    assert {(pair.left.id, pair.right.id) for pair in InMemory().pairs(left, right)} == all_pairs


def test_given_a_firm_with_thousands_of_branches_then_a_row_meets_the_nearest_only():
    many = [party(f"PT Ritel Cabang {n}", "Mamuju", npwp="0013456789012000") for n in range(BLOCK * 3)]
    engine = InMemory()
    found = list(engine.pairs([party("PT Ritel", "Mamuju", npwp="0013456789012000")], many))
    assert len(found) == PAIRS_OF_A_ROW
    engine = InMemory()
    list(engine.pairs(many, [party("PT Ritel", "Mamuju", npwp="0013456789012000")]))
    assert engine.compared <= 3 * BLOCK


def test_every_reason_has_words_in_both_languages(tmp_path):
    assert set(REASON_WORDS) == set(Why)
    left = HEADER + "1,PT Maju,9120001234567,,Mamuju\n"
    right = HEADER + "2,PT Maju,9120001234567,,Majene\n"
    (english,) = lines(match(tmp_path, left, right))
    (indonesian,) = lines(match(tmp_path, left, right, "--language", "id"))
    assert english["reasons"] == ["same NIB", "branch", "same name", "another regency or city"]
    assert indonesian["reasons"] == ["NIB sama", "cabang", "nama sama", "kabupaten atau kota lain"]


def test_given_lists_in_other_dress_then_left_and_right_stay_left_and_right(tmp_path):
    left = "\ufeffID;Name;NIB;NPWP;Regency;extra\n1;PT Maju;9120001234567;;;x\n"
    right = HEADER + "2,PT Maju,9120001234567,,\n"
    (one,) = lines(match(tmp_path, left, right))
    (turned,) = lines(match(tmp_path, right, left + "3;PT Lain;;;;y\n" * 1))
    assert (one["left"], one["right"], one["decision"], one["score"]) == ("1", "2", "same", 100)
    assert (turned["left"], turned["right"]) == ("2", "1")


def test_given_a_number_of_another_form_then_it_is_left_out_and_told(tmp_path):
    rows = HEADER + "1,PT Maju,9.12E+12,,Mamuju\n"
    result = match(tmp_path, rows, rows)
    assert [one["decision"] for one in lines(result)] == ["review"]
    assert result.stderr == "2 numbers of another form were left out of the comparison.\n"


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("", "column id is missing"),
        ("id,name,nib,npwp\n1,PT Maju,,\n", "column regency is missing"),
        ("id,name,name,nib,npwp,regency\n", "column name stands there twice"),
        (HEADER + "1,PT Maju,,\n", "line 2: 4 cells instead of 5"),
        (HEADER + ",PT Maju,,,\n", "line 2: the id is missing"),
        (HEADER + "1,PT Maju,,,\n1,PT Jaya,,,\n", "line 3: the id '1' stands there twice"),
        (HEADER + f"1,{'A' * 1001},,,\n", "line 2: a cell has more than 1000 characters"),
        (HEADER.encode() + b"1,PT Maju\xff,,,\n", "not in UTF-8"),
        (HEADER + '1,"PT Maju,,,\n', "no CSV"),
        (HEADER + "1,PT \0 Maju,,,\n", ""),
    ],
)
def test_given_a_list_that_cannot_be_read_then_one_sentence_and_exit_2(tmp_path, bad, words):
    good = HEADER + "1,PT Maju,,,\n"
    for left, right in ((bad, good), (good, bad)):
        result = match(tmp_path, left, right)
        if words:
            assert result.exit_code == 2
            assert words in result.stderr
            assert result.stderr.count("\n") == 1
            assert result.stdout == ""
        assert "Traceback" not in result.output


def test_given_no_file_then_one_sentence_and_exit_2(tmp_path):
    result = CliRunner().invoke(main, ["employers", "match", str(tmp_path / "none.csv"), "-"], input=HEADER)
    assert (result.exit_code, result.stderr.count("\n")) == (2, 1)
    result = CliRunner().invoke(main, ["employers", "match", "-", "-"], input=HEADER)
    assert result.exit_code == 2


def test_given_the_standard_input_then_it_is_one_of_the_lists(tmp_path):
    path = tmp_path / "left.csv"
    path.write_text(HEADER + "1,PT Maju,9120001234567,,\n")
    given = HEADER + "2,PT Maju,9120001234567,,\n"
    (found,) = lines(CliRunner().invoke(main, ["employers", "match", str(path), "-"], input=given))
    assert (found["left"], found["right"]) == ("1", "2")
