"""`ombudsman audits`: anybody can repeat a score; nothing that is typed makes it stumble."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ombudsman_app.audits.scoring.definition import bpjstk_branch_v1
from ombudsman_app.cli.main import main

BEST = {
    "yes_no": {"value": "yes"},
    "scale4": {"value": "4"},
    "percentage": {"numerator": 10, "denominator": 10},
    "survey_negative": {"numerator": 0, "denominator": 30},
    "skm": {"value": 100},
}
MEASURES = {"I05": 1.0, "I06": 12, "P18": 15}


def _sheet(**changed: Any) -> dict[str, Any]:
    """Return the best sheet, changed; None takes an answer away."""
    answers = {
        one.id: {"value": MEASURES[one.id], "evidence": 1}
        if one.id in MEASURES
        else {**BEST[one.answer_type], "evidence": 1}
        for one in bpjstk_branch_v1().indicators
    } | changed
    return {"instrument": "bpjstk_branch_v1", "answers": {k: v for k, v in answers.items() if v is not None}}


def _run(command: str, *words: str, given: object = None) -> Result:
    text = given if isinstance(given, str | bytes) or given is None else json.dumps(given)
    return CliRunner().invoke(main, ["audits", command, *words], input=text)


def _score(given: object, *words: str) -> Result:
    return _run("score", "-", *words, given=given)


def test_given_the_best_sheet_when_scored_then_it_is_a_hundred() -> None:
    assert json.loads(_score(_sheet()).stdout) == {
        "dimensions": {"input": "100.00", "process": "100.00", "output": "100.00", "complaints": "100.00"},
        "total_exact": "100",
        "total": "100.00",
        "category": "A",
        "zone": "green",
        "capped_by": [],
        "findings": [],
        "low_sample": [],
        "no_evidence": [],
    }


def test_given_a_sheet_of_the_shipped_instrument_when_scored_then_it_is_as_counted_by_hand() -> None:
    # Input: I01 75 (8 x 25 = 200 lost), I05 1.2 -> 75 (8 x 25 = 200 lost): 100 - 4 = 96; x 21.85 = 20.976
    # Process: P15 (3) is left out of 100, P11 8/10 -> 80: 7 x 20 / 97 lost = 140/97; 32.37 x (1 - 140/9700)
    # Output: O02 2 of 40 -> 95: 8 x 5 / 100 = 0.4 lost; O05 16 of 30 -> 46.67: 6.4 lost: 93.2 left
    # Total: 20.976 + 32.37 - 0.46719587… + 22.59168 + 21.54 = 97.01048412… ; O05 caps it at C
    sheet = _sheet(
        I01={"value": "3", "evidence": 1},
        I05={"value": 1.2, "evidence": 1},
        P11={"numerator": 8, "denominator": 10, "evidence": 1},
        O02={"numerator": 2, "denominator": 40, "evidence": 1},
        O05={"numerator": 16, "denominator": 30, "evidence": 1},
        P15={"na": "no cases"},
    )
    found = json.loads(_score(sheet).stdout)

    assert found["dimensions"]["input"] == "96.00"
    assert found["dimensions"]["output"] == "93.20"
    assert (found["total_exact"], found["total"]) == ("97.0104841237", "97.01")
    assert (found["category"], found["zone"], found["capped_by"]) == ("C", "yellow", ["O05"])
    assert found["findings"] == [{"indicator": "O05", "severity": "major"}]
    assert json.loads(_score(sheet, "--no-cap").stdout)["category"] == "A"
    assert json.loads(_score({**sheet, "cap": False}).stdout)["category"] == "A"
    assert json.loads(_score({**sheet, "scheme": "opini_2025"}).stdout)["category"] is None


def test_given_many_sheets_when_scored_then_each_has_its_line_in_order(tmp_path: Path) -> None:
    file = tmp_path / "sheets.jsonl"
    file.write_text("\n".join(json.dumps(_sheet(O01={"value": 25 + n, "evidence": 1})) for n in range(76)))
    totals = [float(json.loads(line)["total"]) for line in _run("score", str(file)).stdout.splitlines()]
    assert len(totals) == 76
    assert totals == sorted(totals)


def test_given_two_assessors_when_compared_then_agreement_and_kappa_are_told() -> None:
    # I01-I04: 3/3, 3/2, 2/2, 2/2: agree 3 of 4; chance (2x1 + 2x3) / 16 = 0.5; kappa (0.75 - 0.5) / 0.5 = 0.5
    sheets = {
        "a": {"I01": "3", "I02": 3, "I03": "2", "I04": "2", "P08": "yes", "G10": "no"},
        "b": {"I01": 3, "I02": "2", "I03": "2", "I04": 2, "P08": "yes", "O08": "yes"},
    }
    found = json.loads(_run("kappa", "-", given=sheets).stdout)

    assert found["by_dimension"]["input"] == {
        "n": 4,
        "percent_agreement": "0.7500",
        "kappa": "0.5000",
        "note": None,
    }
    assert found["by_dimension"]["process"] == {
        "n": 1,
        "percent_agreement": "1.0000",
        "kappa": None,
        "note": "chance agreement is 1: kappa does not exist",
    }
    assert found["by_dimension"]["output"]["n"] == 0
    # All five: agree 4 of 5; chance (2x1 + 2x3 + 1x1) / 25 = 0.36; (0.8 - 0.36) / 0.64 = 0.6875
    assert (found["n"], found["percent_agreement"], found["kappa"]) == (5, "0.8000", "0.6875")


def _with(name: str, answer: object) -> str:
    return json.dumps({**_sheet(), "answers": {**_sheet()["answers"], name: answer}})


BAD_SHEETS: list[tuple[str, str]] = [
    ("", "no JSON"),
    ("[]", "JSON object is expected"),
    ("{}", "instrument is missing"),
    ('{"instrument": "bpjstk_branch_v1"}', "answers is missing"),
    ('{"instrument": "other", "answers": {}}', "no instrument 'other'"),
    ('{"instrument": ["a"], "answers": {}}', "no instrument"),
    ('{"instrument": "bpjstk_branch_v1", "answers": []}', "answers: keys and values"),
    ('{"instrument": "bpjstk_branch_v1", "answers": {}}', "incomplete"),
    (json.dumps({**_sheet(), "scheme": "none"}), "no scheme 'none'"),
    (json.dumps({**_sheet(), "cap": 1}), "cap must be true or false"),
    (json.dumps({**_sheet(), "colour": 1}), "unknown key"),
    (json.dumps(_sheet(I01=None)), "no answer for I01"),
    (_with("X01", {"value": "3"}), "no indicator 'X01'"),
    (_with("I01", "3"), "I01: keys and values"),
    (_with("I01", {}), "I01: the key 'value' is missing"),
    (_with("I01", {"value": "5"}), "I01.value: '5' is none of"),
    (_with("I01", {"value": 5}), "I01.value: '5' is none of"),
    (_with("I01", {"value": 3.0}), "I01.value: 'float' is none of"),
    (_with("I01", {"value": True}), "I01.value: 'bool' is none of"),
    (_with("I01", {"value": [3]}), "I01.value: 'list' is none of"),
    (_with("I01", {"value": "3", "evidence": True}), "I01.evidence: a whole number"),
    (_with("I01", {"value": "3", "evidence": -1}), "I01.evidence: it must lie between"),
    (_with("I01", {"value": "3", "evidence": 1.0}), "I01.evidence: a whole number"),
    (_with("I01", {"value": "3", "colour": 1}), "I01: the key 'colour' is unknown"),
    (_with("I01", {"numerator": 1, "denominator": 2}), "I01: the key 'numerator' is unknown"),
    (_with("P08", {"value": True}), "P08.value: 'bool' is none of yes, no"),
    (_with("P08", {"value": "Yes"}), "P08.value: 'Yes' is none of yes, no"),
    (_with("P18", {"value": -1}), "P18.value: it must lie between"),
    (_with("P18", {"value": True}), "P18.value: a number"),
    (_with("P18", {"value": "1e3"}), "P18.value: a number"),
    (_with("P18", {"value": "ten"}), "P18.value: a number"),
    (_with("P18", {"value": "9" * 500}), "P18.value: a number"),
    (_with("P18", {"value": 10**15}), "P18.value: a number"),
    (_with("P18", {"value": "1" * 100_000}), "P18.value: a number"),
    (_with("O01", {"value": 24.99}), "O01.value: it must lie between 25 and 100"),
    (_with("O01", {"value": 100.01}), "O01.value: it must lie between 25 and 100"),
    (_with("P11", {"numerator": 11, "denominator": 10}), "P11.numerator: 11 of 10 is more than all"),
    (_with("O02", {"numerator": 41, "denominator": 40}), "O02.numerator: 41 of 40"),
    (_with("P11", {"numerator": -1, "denominator": 10}), "P11.numerator: it must lie between"),
    (_with("P11", {"numerator": 1.0, "denominator": 10}), "P11.numerator: a whole number"),
    (_with("P11", {"numerator": True, "denominator": 10}), "P11.numerator: a whole number"),
    (_with("P11", {"numerator": "8", "denominator": "10"}), "P11.numerator: a whole number"),
    (_with("P11", {"numerator": 8}), "P11: the key 'denominator' is missing"),
    (_with("P11", {"value": 80}), "P11: the key 'value' is unknown"),
    (_with("P11", {"numerator": 0, "denominator": 0, "evidence": 1}), "0 of 0"),
    (_with("P11", {"na": ""}), "needs a reason: P11"),
    (_with("P11", {"na": True}), "P11.na: text"),
    (_with("P11", {"na": "x" * 4001}), "P11.na: it is longer"),
    (_with("P11", {"na": "a\u202eb"}), "P11.na: it holds characters"),
    (_with("P11", {"na": "none", "numerator": 1, "denominator": 1}), "P11: it cannot have a value"),
    (_with("I01", {"na": "none"}), "not allowed here: I01"),
    (_with("P18", {"value": 1}).replace('{"value": 1}', '{"value": NaN}'), "NaN is no number"),
    (_with("P18", {"value": 1}).replace('{"value": 1}', '{"value": Infinity}'), "Infinity is no number"),
    (_with("P18", {"value": 1}).replace('{"value": 1}', '{"value": 1e999}'), "too large"),
    (_with("P18", {"value": 1}).replace('{"value": 1}', '{"value": 1, "value": 2}'), "twice"),
]

BAD_PAIRS: list[tuple[str, str]] = [
    ("{}", "a is missing"),
    ('{"a": {}}', "b is missing"),
    ('{"a": [], "b": {}}', "a: keys and values"),
    ('{"a": {"X01": "3"}, "b": {}}', "a: the instrument has no indicator 'X01'"),
    ('{"a": {"I01": true}, "b": {}}', "a.I01: an answer is a word or a number"),
    ('{"a": {"I01": null}, "b": {}}', "a.I01: an answer"),
    ('{"a": {"I01": ""}, "b": {}}', "a.I01: an answer"),
    ('{"a": {"I01": ["3"]}, "b": {}}', "a.I01: an answer"),
    ('{"a": {"I01": "%s"}, "b": {}}' % ("x" * 201), "a.I01: an answer"),
    ('{"a": {}, "b": {}, "c": {}}', "unknown key 'c'"),
    ('{"a": {}, "b": {}, "instrument": "other"}', "no instrument 'other'"),
    ('{"a": {"I01": NaN}, "b": {}}', "NaN is no number"),
]


def _assert_refused(done: Result, says: str) -> None:
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.isascii()
    assert says in done.stderr


@pytest.mark.parametrize(("line", "says"), BAD_SHEETS, ids=range(len(BAD_SHEETS)))
def test_given_a_bad_sheet_when_scored_then_nothing_is_answered_and_the_place_is_named(
    line: str, says: str
) -> None:
    _assert_refused(_score(line), says)
    if line:
        _assert_refused(_score(json.dumps(_sheet()) + "\n" + line), "line 2: ")


@pytest.mark.parametrize(("line", "says"), BAD_PAIRS, ids=range(len(BAD_PAIRS)))
def test_given_a_bad_pair_when_compared_then_one_sentence_says_so(line: str, says: str) -> None:
    _assert_refused(_run("kappa", "-", given=line), says)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["score"], "Missing argument"),
        (["kappa", "/nowhere"], "cannot be read"),
        (["guess"], "No such command"),
    ],
)
def test_given_bad_words_when_called_then_one_sentence_says_so(words: list[str], says: str) -> None:
    _assert_refused(CliRunner().invoke(main, ["audits", *words]), says)


def test_given_the_command_when_started_then_neither_flask_nor_a_database_is_loaded(tmp_path: Path) -> None:
    file, pair = tmp_path / "sheet.json", tmp_path / "pair.json"
    file.write_text(json.dumps(_sheet()))
    pair.write_text('{"a": {"I01": "3"}, "b": {"I01": "3"}}')
    code = (
        "import sys; from ombudsman_app.cli.main import main\n"
        f"main(['audits', 'score', {str(file)!r}], standalone_mode=False)\n"
        f"main(['audits', 'kappa', {str(pair)!r}], standalone_mode=False)\n"
        "print(*sorted({'flask', 'sqlalchemy', 'xlsxwriter'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stderr.strip() == ""
    assert len(done.stdout.splitlines()) == 2
