"""One row of the form as one part of the instrument."""

import re
from typing import Any

from ombudsman_app.audits.scoring.definition.shape import AnswerType
from ombudsman_app.audits.scoring.problems import Problem
from ombudsman_app.audits.scoring.reader import shown

from . import columns as c
from .table import Line, whole_of

_THRESHOLD = re.compile(r"(?:(max|min) ([0-9.]{1,40})|else) = ([0-9.]{1,40})", re.ASCII)
_CHOSEN = re.compile(r"\$\{(\w{1,40})\} = '(\w{1,40})'", re.ASCII)
_SELECTED = re.compile(r"selected\(\$\{(\w{1,40})\}, ?'(\w{1,40})'\)", re.ASCII)
_LONGEST = 2_000  # characters of a condition or of thresholds


def dimension_mapping(line: Line, problems: list[Problem]) -> dict[str, Any]:
    """Return the keys and values of a dimension, without its indicators."""
    if line["type"] not in ("begin_group", "begin group"):
        problems.append(line.problem("type_differs", "type", value=shown(line["type"]), wanted="begin_group"))
    if line[c.RELEVANT]:
        problems.append(line.problem("relevance_not_understood", c.RELEVANT))
    return _texts(line, c.DIMENSION_TEXTS)


def indicator_mapping(line: Line, problems: list[Problem], *, list_name: str) -> dict[str, Any]:
    """Return the keys and values of an indicator; `list_name`: the steps it is answered with."""
    mapping: dict[str, Any] = _texts(line, c.INDICATOR_TEXTS)
    mapping |= {key: whole_of(line[column]) for column, key in c.INDICATOR_NUMBERS.items()}
    for column, key in c.INDICATOR_FLAGS.items():
        if line[column] not in (c.YES, c.NO, ""):
            problems.append(
                line.problem("unknown_choice", column, value=shown(line[column]), known="yes, no")
            )
        mapping[key] = line[column] == c.YES
    mapping["evidence"] = line[c.EVIDENCE].split()
    if line[c.THRESHOLDS]:
        mapping["thresholds"] = _thresholds(line, problems)
    if condition := _own_condition(line, mapping["may_be_na"]):
        mapping["relevant_if"] = _relevance(line, condition, problems)
    _note_type(line, mapping, list_name, problems)
    return {key: value for key, value in mapping.items() if value is not None}


def _texts(line: Line, keys: dict[str, str]) -> dict[str, str]:
    return {key: line[column] for column, key in keys.items() if line[column]}


def _note_type(line: Line, mapping: dict[str, Any], list_name: str, problems: list[Problem]) -> None:
    """The kind of answer stands in a column of ours, and in `type` for the phone: both say the same."""
    try:
        kind = AnswerType(mapping.get("answer_type", ""))
    except ValueError:
        return  # told by the instrument
    wanted = f"select_one {list_name}" if kind is AnswerType.SCALE4 else c.TYPE_OF[kind]
    if " ".join(line["type"].split()) != wanted:
        problems.append(line.problem("type_differs", "type", value=shown(line["type"]), wanted=wanted))


def _thresholds(line: Line, problems: list[Problem]) -> list[dict[str, str]]:
    found = []
    for step in line[c.THRESHOLDS][:_LONGEST].split("|"):
        read = _THRESHOLD.fullmatch(" ".join(step.split()))
        if read is None:
            problems.append(line.problem("threshold_not_understood", c.THRESHOLDS, value=shown(step.strip())))
        else:
            found.append({**({read[1]: read[2]} if read[1] else {}), "score": read[3]})
    return found


def _own_condition(line: Line, may_be_na: bool) -> str:
    """Return the condition without the part that asks whether the question applies."""
    condition = " ".join(line[c.RELEVANT].split())
    applies = f"${{{c.joined(line['name'], c.NA)}}} != '{c.YES}'"
    if may_be_na and condition == applies:
        return ""
    if may_be_na and condition.startswith("(") and condition.endswith(f") and {applies}"):
        return condition[1 : -len(f") and {applies}")]
    return condition


def _relevance(line: Line, condition: str, problems: list[Problem]) -> dict[str, Any] | None:
    """Read `${A} = 'yes' or ${A} = 'no'`, the one kind of condition that an instrument knows."""
    read = [
        _CHOSEN.fullmatch(part) or _SELECTED.fullmatch(part) for part in condition[:_LONGEST].split(" or ")
    ]
    chosen = [(one[1], one[2]) for one in read if one]
    if len(chosen) != len(read) or len({name for name, _value in chosen}) != 1:
        problems.append(line.problem("relevance_not_understood", c.RELEVANT))
        return None
    return {"indicator": chosen[0][0], "is": [value for _name, value in chosen]}
