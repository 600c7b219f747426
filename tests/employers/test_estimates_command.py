"""`ombudsman employers estimate`: anybody can repeat an estimate; nothing that is typed makes it stumble."""

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from ombudsman_app.cli.main import main
from ombudsman_app.employers.estimates.fields import EstimateType

WORKERS: dict[str, Any] = {
    **{"type": "pds_workers", "workers": 10, "wage": 3_200_000, "months": 12, "jkk_class": "medium"},
    **{"programs": ["JKK", "JKM", "JHT", "JP"], "jp_ceiling_above_wage": True},
}
DATED = {k: v for k, v in WORKERS.items() if k not in ("months", "jp_ceiling_above_wage")} | {
    "from": "2026-01",
    "to": "2026-06",
}
WAGE = {**WORKERS, "type": "pds_wage", "true_wage": 3_200_000, "reported_wage": 2_500_000}
del WAGE["wage"]
PROGRAM = {**WORKERS, "type": "pds_program", "programs": ["JHT"]}
PWBD = {**WORKERS, "type": "pwbd"}
ARREARS = {"type": "arrears", "from": "2026-01", "to": "2026-04", "billed": 5_000_000, "paid": 0}
BILL = {"month": "2026-01", "billed": 5_000_000, "paid": 0}
BILLS = {"type": "arrears", "bills": [BILL]}
FINE = {"type": "fine", "contribution_per_month": 3_164_800, "months": 2}
FINE_UNTIL = {
    "type": "fine",
    "contribution_per_month": 1,
    "warning_2_ended_on": "2026-03-16",
    "until": "2026-04-16",
}
JAKON = {"type": "jakon", "contract_value_without_vat": 2_500_000_000}
JAKON_WAGE = {"type": "jakon", "workers": 3, "wage": 3_000_000, "months": 2}


def without(given: dict[str, Any], *keys: str, **changed: Any) -> dict[str, Any]:
    return {key: value for key, value in given.items() if key not in keys} | changed


def run(*words: str, given: object = None) -> Result:
    text = given if isinstance(given, str | bytes) or given is None else json.dumps(given)
    return CliRunner().invoke(main, ["employers", "estimate", *words], input=text)


@pytest.mark.parametrize("kind", EstimateType)
def test_given_a_type_when_its_schema_is_printed_then_its_examples_can_be_estimated(kind: str) -> None:
    schema = json.loads(run("--schema", kind).stdout)

    assert schema["title"] == kind
    assert schema["examples"]
    assert not schema["additionalProperties"]
    for example in schema["examples"]:
        assert set(schema["required"]) <= set(example) <= set(schema["properties"])
        assert list(json.loads(run("-", given=example).stdout)) == [
            *("total", "per_programme", "per_worker_month", "late_charge", "admin_fine_per_month"),
            *("assumed_wage", "steps", "disclaimer"),
        ]


def test_given_a_file_or_lines_when_estimated_then_each_gets_one_line(tmp_path: Path) -> None:
    file = tmp_path / "one.json"
    file.write_text(json.dumps(WORKERS, indent=1))

    assert json.loads(run(str(file)).stdout)["total"] == 37_977_600
    many = run("-", given="\n".join([json.dumps(WORKERS), "", json.dumps(JAKON)] * 500))
    assert [json.loads(line)["total"] for line in many.stdout.splitlines()] == [37_977_600, 3_550_000] * 500


BAD: list[tuple[object, str]] = [
    ({}, "type is missing"),
    ({"type": "tax"}, "type must be one of pwbd, pds_workers"),
    ({"type": ["pwbd"]}, "type must be one of"),
    (without(WORKERS, "workers"), "workers is missing"),
    (without(WORKERS, workers="10"), "workers must be a whole number"),
    (without(WORKERS, workers=10.0), "workers must be a whole number"),
    (without(WORKERS, workers=True), "workers must be a whole number"),
    (without(WORKERS, workers=-1), "workers must lie between 0 and 10000000"),
    (without(WORKERS, workers=10_000_001), "workers must lie between"),
    (json.dumps(WORKERS).replace("3200000", "3.2e6"), "wage must be a whole number"),
    (json.dumps(WORKERS).replace("3200000", "NaN"), "NaN is no number"),
    (json.dumps(WORKERS).replace("3200000", "-Infinity"), "-Infinity is no number"),
    (json.dumps(WORKERS).replace("3200000", "1e999"), "a number is too large"),
    (json.dumps(WORKERS).replace("3200000", "9" * 30), "a number is too large"),
    (json.dumps(WORKERS)[:-1] + ', "wage": 1}', "a key stands there twice"),
    (without(WORKERS, wage=0), "wage must lie between 1"),
    (without(WORKERS, wage=[3_200_000]), "wage must be a whole number"),
    (without(WORKERS, "wage"), "wage or region is missing"),
    (without(WORKERS, "wage", region="76"), "region needs from"),
    (without(WORKERS, colour="red"), "unknown key 'colour'"),
    (without(WORKERS, "months"), "from or months is missing"),
    (without(WORKERS, months=0), "months must lie between 1 and 600"),
    (without(WORKERS, months=601), "months must lie between 1 and 600"),
    (without(WORKERS, to="2026-01"), "to needs from"),
    (without(WORKERS, jkk_class="big"), "jkk_class must be one of very_low"),
    (without(WORKERS, "jkk_class"), "jkk_class is missing"),
    (without(WORKERS, programs=[]), "programs must be a list"),
    (without(WORKERS, programs="JKK"), "programs must be a list"),
    (without(WORKERS, programs=["JKK", "JKK"]), "programs holds JKK twice"),
    (without(WORKERS, programs=["JKN"]), "programs must be one of JKK"),
    (without(WORKERS, programs=[1]), "programs must be one of JKK"),
    (without(WORKERS, "programs"), "programs or scale is missing"),
    (without(WORKERS, "programs", scale="huge"), "scale must be one of large"),
    (without(WORKERS, "jp_ceiling_above_wage"), "JP needs from, or jp_ceiling_above_wage"),
    (without(WORKERS, jp_ceiling_above_wage=False), "JP needs from, or jp_ceiling_above_wage"),
    (without(WORKERS, jp_ceiling_above_wage="yes"), "jp_ceiling_above_wage must be true or false"),
    (without(WORKERS, paid_on="2026-11-20"), "paid_on needs from"),
    (without(WORKERS, paid_after_month=11), "paid_after_month must be at least months"),
    (without(WORKERS, paid_after_month=12, paid_on="2026-11-20"), "not both"),
    (without(DATED, paid_after_month=12), "not both"),
    (without(DATED, paid_on="2026-02-30"), "paid_on must be a day of the calendar"),
    (without(DATED, paid_on="20-11-2026"), "paid_on must be a day of the calendar"),
    (without(DATED, paid_on="２026-02-03"), "paid_on must be a day of the calendar"),
    (without(DATED, "to"), "to or months is missing"),
    (without(DATED, to="2025-12"), "to must not lie before from"),
    (without(DATED, to="2026-13"), "to must be a month written as 2026-03"),
    (without(DATED, to="2026-6"), "to must be a month written as 2026-03"),
    (without(DATED, to=202606), "to must be a month written as 2026-03"),
    (without(DATED, to="2100-01"), "more than 600 months"),
    (without(DATED, months=5), "months and to do not say the same"),
    (without(DATED, **{"from": "2023-02"}), "months before 2023-03 are refused where JP is asked"),
    (without(DATED, **{"from": "2015-06", "programs": ["JKM"]}), "months before 2015-07 are refused"),
    (without(DATED, wage=11_000_000, jp_ceiling_above_wage=True), "above the ceiling of 2026-01 (10547400)"),
    (without(DATED, "wage", region="99"), "no minimum wage is kept for 99 in 2026"),
    (without(DATED, "wage", region="76", to="2027-02"), "no minimum wage is kept for 76 in 2027"),
    (without(DATED, "wage", region="Mamuju"), "region must be a region code"),
    (without(DATED, "wage", region=76), "region must be a region code"),
    (without(PWBD, "workers"), "workers is missing"),
    (without(PWBD, joined=["JKK"]), "unknown key 'joined'"),
    (without(WAGE, "reported_wage"), "reported_wage is missing"),
    (without(WAGE, "true_wage"), "true_wage or region is missing"),
    (without(WAGE, reported_wage=3_200_001), "reported_wage must not be above the true wage"),
    (without(WAGE, reported_wage=-5), "reported_wage must lie between 0"),
    (without(WAGE, wage=3_200_000), "unknown key 'wage'"),
    (without(PROGRAM, joined=["JKK"]), "not both"),
    (without(PROGRAM, "programs", scale="micro", joined=["JKM", "JKK"]), "every programme that is required"),
    (without(PROGRAM, "programs"), "programs or scale is missing"),
    (without(ARREARS, "billed"), "billed or bills is missing"),
    (without(ARREARS, paid=5_000_001), "paid must not be above what was billed"),
    (without(ARREARS, billed=1.5), "billed must be a whole number"),
    (without(ARREARS, bills=[BILL]), "give either bills or from, not both"),
    (without(BILLS, bills=[]), "bills must be a list"),
    (without(BILLS, bills={}), "bills must be a list"),
    (without(BILLS, bills=[1]), "bills must hold objects"),
    (without(BILLS, bills=[BILL, BILL]), "bills holds 2026-01 twice"),
    (without(BILLS, bills=[without(BILL, "month")]), "bills[0].month is missing"),
    (without(BILLS, bills=[without(BILL, paid=-1)]), "bills[0].paid must lie between 0"),
    (without(BILLS, bills=[without(BILL, paid=5_000_001)]), "bills[0].paid must not be above"),
    (without(BILLS, bills=[without(BILL, paid_on="2026-03-01")]), "bills[0].paid_on needs paid"),
    (without(BILLS, bills=[without(BILL, month="2015-06")]), "bills[0].month: months before 2015-07"),
    (without(BILLS, bills=[without(BILL, who="x")]), "unknown key 'who'"),
    (without(BILLS, bills=[BILL] * 601), "bills must be a list with 1 to 600 items"),
    (without(FINE, "contribution_per_month"), "contribution_per_month is missing"),
    (without(FINE, contribution_per_month="3"), "contribution_per_month must be a whole number"),
    (without(FINE, months=-1), "months must lie between 0"),
    (without(FINE, "months"), "until or months is missing"),
    (without(FINE, until="2026-06-30"), "give either until or months"),
    (without(FINE_UNTIL, "warning_2_ended_on"), "warning_2_received_on or warning_2_ended_on is missing"),
    (without(FINE_UNTIL, until="2026-03-15"), "until must not lie before warning_2_ended_on"),
    (without(FINE_UNTIL, warning_2_received_on="2026-03-02"), "not both"),
    (without(JAKON, "contract_value_without_vat"), "contract_value_without_vat or workers is missing"),
    (without(JAKON, contract_value_without_vat=-1), "contract_value_without_vat must lie between 0"),
    (without(JAKON, contract_value_without_vat=10**15 + 1), "contract_value_without_vat must lie between 0"),
    (without(JAKON, contract_value_without_vat=2.5e9), "contract_value_without_vat must be a whole number"),
    (without(JAKON, contract_value_with_vat=1), "contract_value_with_vat must not be below"),
    (without(JAKON, workers=3), "give either contract_value_without_vat or workers"),
    (without(JAKON_WAGE, "wage"), "wage or region is missing"),
    (without(JAKON_WAGE, "workers"), "workers is missing"),
    (without(JAKON_WAGE, contract_value_with_vat=3), "contract_value_with_vat needs"),
    ([WORKERS], "a JSON object is expected"),
    ("{", "no valid JSON"),
    ("", "there is no JSON"),
    (b"\xff\xfe", "no valid JSON"),
]


@pytest.mark.parametrize(("given", "sentence"), BAD, ids=range(len(BAD)))
def test_given_bad_input_when_estimated_then_one_sentence_says_what(given: object, sentence: str) -> None:
    result = run("-", given=given)

    assert (result.exit_code, result.stdout) == (2, "")
    assert sentence in result.stderr
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1


def test_given_several_problems_when_estimated_then_the_sentence_counts_them() -> None:
    result = run("-", given=json.dumps(JAKON) + "\n" + json.dumps({"type": "pwbd", "workers": -1, "wage": 0}))

    assert result.exit_code == 2
    assert result.stdout == ""
    assert "line 2: workers must lie between 0 and 10000000 (and 3 more)." in result.stderr


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        ((), "give a file, or --schema with a type"),
        (("--schema", "tax"), "there is no type 'tax'"),
        (("--schema", "fine", "-"), "give a file, or --schema with a type"),
        (("/nowhere/at/all.json",), "cannot be read"),
        (("--colour",), "No such option"),
    ],
)
def test_given_wrong_words_when_called_then_one_sentence_says_what(
    words: tuple[str, ...], sentence: str
) -> None:
    result = run(*words)

    assert result.exit_code == 2
    assert sentence in result.stderr
    assert result.stderr.count("\n") == 1


def test_the_command_needs_neither_database_nor_web_application() -> None:
    script = (
        "import sys, ombudsman_app.cli.employer_estimates\n"
        "print([m for m in sys.modules if m.split('.')[0] in ('flask', 'sqlalchemy', 'werkzeug')])"
    )
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)

    assert found.stdout.strip() == "[]"
