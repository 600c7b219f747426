"""`ombudsman deadlines explain`: anybody can repeat the count; nothing that is typed makes it stumble."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from ombudsman_app.cli.main import main

GOOD = {"start": "2026-11-20", "length": 30, "unit": "working_days"}


def _explain(*words: str, given: str | bytes | None = None) -> Result:
    return CliRunner().invoke(main, ["deadlines", "explain", *words], input=given)


def _options(**changed: str) -> list[str]:
    options = {"start": "2026-11-20", "length": "3", "unit": "working_days"} | changed
    return [word for name, value in options.items() for word in (f"--{name}", value)]


def test_given_options_when_explaining_then_each_day_is_told() -> None:
    done = _explain(*_options())

    assert done.exit_code == 0
    assert json.loads(done.stdout) == {
        "due": "2026-11-25",
        "rolled_from": None,
        "steps": [
            {"date": "2026-11-21", "counted": False, "number": None, "reason": "weekend: Saturday"},
            {"date": "2026-11-22", "counted": False, "number": None, "reason": "weekend: Sunday"},
            {"date": "2026-11-23", "counted": True, "number": 1, "reason": "working day"},
            {"date": "2026-11-24", "counted": True, "number": 2, "reason": "working day"},
            {"date": "2026-11-25", "counted": True, "number": 3, "reason": "working day"},
        ],
    }


def test_given_a_zone_when_explaining_then_the_last_second_is_told() -> None:
    done = _explain(*_options(), "--zone", "Asia/Makassar")
    assert json.loads(done.stdout)["ends_at"] == "2026-11-25T23:59:59+08:00"


def test_given_no_joint_leave_when_explaining_then_those_days_count() -> None:
    asked = {"start": "2026-02-27", "length": 30, "unit": "working_days"}
    lines = "\n".join(json.dumps(line) for line in (asked, {**asked, "joint_leave": True}))
    done = _explain("-", "--no-joint-leave", given=lines)
    assert [json.loads(line)["due"] for line in done.stdout.splitlines()] == ["2026-04-14", "2026-04-20"]


def test_given_another_holiday_file_when_explaining_then_it_is_used(tmp_path: Path) -> None:
    file = tmp_path / "days.csv"
    file.write_text("date,kind,name,scope,source,version\n2026-11-24,national,Pilkada,ID,SKB,1\n")
    done = _explain(*_options(), "--holidays", str(file))
    assert json.loads(done.stdout)["due"] == "2026-11-26"


@pytest.mark.parametrize("indent", [None, 2])
def test_given_a_file_with_one_object_when_explaining_then_it_may_stand_on_several_lines(
    tmp_path: Path, indent: int | None
) -> None:
    file = tmp_path / "ask.json"
    file.write_text(json.dumps(GOOD, indent=indent) + "\n")
    assert json.loads(_explain(str(file)).stdout)["due"] == "2027-01-07"


def test_given_a_thousand_lines_when_explaining_then_each_has_its_answer_in_order(tmp_path: Path) -> None:
    lengths = [n % 200 + 1 for n in range(1000)]
    file = tmp_path / "many.jsonl"
    file.write_text("\n".join(json.dumps({**GOOD, "length": n}) for n in lengths))
    answers = [json.loads(line) for line in _explain(str(file)).stdout.splitlines()]
    assert [sum(step["counted"] for step in answer["steps"]) for answer in answers] == lengths


BAD_OPTIONS: list[tuple[list[str], str]] = [
    ([], "start is missing"),
    (_options(start="2026-02-30"), "start must be a day"),
    (_options(start="20261120"), "start must be a day"),
    (_options(start="2026-W47-5"), "start must be a day"),
    (_options(start="2026-11-20T00:00:00"), "start must be a day"),
    (_options(start="\u0662026-11-20"), "start must be a day"),
    (_options(start="1899-01-01"), "between 1900 and 2200"),
    (_options(start="9999-12-31"), "between 1900 and 2200"),
    (_options(start="2200-12-31"), "before 2201"),
    (_options(length="0"), "between 1 and 3660"),
    (_options(length="-3"), "whole number"),
    (_options(length="3.0"), "whole number"),
    (_options(length="²"), "whole number"),
    (_options(length="9" * 5000), "whole number"),
    (_options(length="99999"), "between 1 and 3660"),
    (_options(unit="hours"), "unit must be one of"),
    (_options(unit="Working_Days"), "unit must be one of"),
    ([*_options(), "--zone", "Asia/Nowhere"], "no time zone"),
    ([*_options(), "--zone", "../../etc/passwd"], "no time zone"),
    ([*_options(), "--zone", "Asia"], "no time zone"),
    ([*_options(), "--holidays", "/nowhere.csv"], "cannot be read"),
    ([*_options(), "--holidays", "/"], "cannot be read"),
    ([*_options(), "--colour", "red"], "No such option"),
    ([*_options(), "--\udcff\u202e"], "No such option"),
    ([*_options(), "--start"], "requires an argument"),
    (["-", *_options()], "not both"),
    (["/nowhere.json"], "cannot be read"),
    (["a\udcff\nb"], "cannot be read"),
    (["a", "b"], "unexpected extra argument"),
]

BAD_LINES: list[tuple[str | bytes, str]] = [
    ("", "no JSON"),
    ("\n \n", "no JSON"),
    ("nonsense", "no valid JSON"),
    ("[]", "JSON object is expected"),
    ("3", "JSON object is expected"),
    ("null", "JSON object is expected"),
    ('{"start": "2026-11-20"}', "length is missing"),
    ('{"start": "2026-11-20", "length": NaN, "unit": "years"}', "NaN is no number"),
    ('{"start": "2026-11-20", "length": 1e999, "unit": "years"}', "too large"),
    ('{"start": "2026-11-20", "length": %s, "unit": "years"}' % ("1" * 5000), "too large"),
    ('{"start": "2026-11-20", "length": true, "unit": "years"}', "whole number"),
    ('{"start": "2026-11-20", "length": "30", "unit": "years"}', "whole number"),
    ('{"start": "2026-11-20", "length": 30.0, "unit": "years"}', "whole number"),
    ('{"start": "2026-11-20", "length": -9007199254740993, "unit": "years"}', "too large"),
    ('{"start": 20261120, "length": 3, "unit": "years"}', "start must be a day"),
    ('{"start": null, "length": 3, "unit": "years"}', "start must be a day"),
    ('{"start": "\\ud800", "length": 3, "unit": "years"}', "start must be a day"),
    ('{"start": "2026-11-20\\u0000", "length": 3, "unit": "years"}', "start must be a day"),
    ('{"start": "2026-11-20", "length": 3, "unit": ["years"]}', "unit must be one of"),
    ('{"start": "2026-11-20", "length": 3, "unit": {}}', "unit must be one of"),
    ('{"start": "2026-11-20", "length": 3, "unit": "years", "joint_leave": 1}', "true or false"),
    ('{"start": "2026-11-20", "length": 3, "unit": "years", "joint_leave": null}', "true or false"),
    ('{"start": "2026-11-20", "length": 3, "length": 4, "unit": "years"}', "twice"),
    ('{"start": "2026-11-20", "length": 3, "unit": "years", "\\ud800\\n": 1}', "unknown key"),
    ('{"start": "2026-11-20", "length": 3, "unit": "years", "\u202eé": 1}', "unknown key"),
    ('{"a": ' * 25 + "1" + "}" * 25, "deep"),
    ('{"a": ' * 20000 + "1" + "}" * 20000, "no valid JSON"),
    (b'{"start": "\xff"}', "UTF-8"),
    ("\ufeff{}", "no valid JSON"),
    ('{"start": "%s"}' % ("x" * 300_000), "256000 bytes"),
]


def _assert_refused(done: Result, says: str) -> None:
    assert done.exit_code == 2, done.output
    assert done.stdout == ""
    assert done.stderr.count("\n") == 1
    assert done.stderr.isascii()
    assert says in done.stderr


@pytest.mark.parametrize(("words", "says"), BAD_OPTIONS)
def test_given_bad_options_when_explaining_then_one_sentence_says_so(words: list[str], says: str) -> None:
    _assert_refused(_explain(*words), says)


@pytest.mark.parametrize(("line", "says"), BAD_LINES, ids=range(len(BAD_LINES)))
def test_given_a_bad_line_when_explaining_then_nothing_is_answered_and_the_line_is_named(
    line: str | bytes, says: str
) -> None:
    raw = line if isinstance(line, bytes) else line.encode()
    _assert_refused(_explain("-", given=raw), says)
    if raw.strip():
        _assert_refused(_explain("-", given=json.dumps(GOOD).encode() + b"\n\n" + raw), "line 3: ")


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "line 1: the columns"),
        ("day,kind\n", "line 1: the columns"),
        ("{head}\n", "names no day"),
        ("{head}\n2026-13-01,national,X,ID,,\n", "line 2: the date"),
        ("{head}\n20261224,national,X,ID,,\n", "line 2: the date"),
        ("{head}\n2026-12-24,fun,X,ID,,\n", "line 2: the kind"),
        ("{head}\n2026-12-24,national,,ID,,\n", "line 2: name and scope"),
        ("{head}\n2026-12-24,national,X,ID\n", "line 2: a row has"),
        ("{head}\n2026-12-24,national,X,ID,,\n2026-12-24,national,Y,ID,,\n", "line 3: this day"),
        ('{head}\n"2026-12-24\n', "no CSV"),
        ("\x00" * 10, "line 1"),
        ("x" * 2_000_001, "larger than"),
    ],
)
def test_given_a_strange_holiday_file_when_explaining_then_the_line_is_named(
    tmp_path: Path, text: str, says: str
) -> None:
    file = tmp_path / "days.csv"
    file.write_text(text.replace("{head}", "date,kind,name,scope,source,version"))
    _assert_refused(_explain(*_options(), "--holidays", str(file)), says)


def test_given_the_offline_commands_when_started_then_neither_flask_nor_a_database_is_loaded() -> None:
    code = (
        "import sys; from ombudsman_app.cli.main import main\n"
        f"main({['deadlines', 'explain', *_options()]!r}, standalone_mode=False)\n"
        "main(['rules', 'show', 'complaints'], standalone_mode=False)\n"
        "import ombudsman_app.cli.audits as audits; audits._instrument('', 'bpjstk_branch_v1')\n"
        "print(*sorted({'flask', 'sqlalchemy', 'holidays', 'werkzeug'} & set(sys.modules)), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, check=True, text=True)
    assert done.stderr.strip() == ""


@pytest.mark.parametrize("words", [["deadlines", "guess"], ["rules", "bend"], ["holidays", "\udcff"]])
def test_given_an_unknown_subcommand_when_called_then_one_sentence_says_so(words: list[str]) -> None:
    _assert_refused(CliRunner().invoke(main, words), "No such command")


def test_given_a_subject_without_rules_when_shown_then_one_sentence_says_so() -> None:
    done = CliRunner().invoke(main, ["rules", "show", "weather"])
    _assert_refused(done, "there are no rules of 'weather'")
