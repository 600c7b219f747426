"""Instruments leave as YAML and as XLSForm and come back the same; field programs take the form."""

import io
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from flask import Flask
from hypothesis import HealthCheck, given, settings
from lxml import etree
from openpyxl import load_workbook
from pyxform.xls2xform import convert

from ombudsman_app.audits.scoring.definition import (
    Definition,
    as_mapping,
    bpjstk_branch_v1,
    read_definition,
)
from ombudsman_app.audits.scoring.doors import export_xlsform, export_yaml, import_xlsform, import_yaml
from ombudsman_app.audits.scoring.problems import SENTENCES, InstrumentInvalid

from ..children import child_server
from .made_instruments import definitions
from .small_instruments import dimension, indicator, instrument

BRANCH = bpjstk_branch_v1()
XFORM = {"x": "http://www.w3.org/2002/xforms", "h": "http://www.w3.org/1999/xhtml"}
LITTLE = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)


@pytest.fixture(scope="module")
def reader(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Flask]:
    """A bare application beside a real child server; no database is needed."""
    folder = tmp_path_factory.mktemp("run")
    app = Flask("bare")
    app.extensions["settings"] = SimpleNamespace(run_dir=folder)
    with child_server(folder, "parse"), app.app_context():
        yield app


def _compiled(definition: Definition) -> etree._Element:
    """Compile as field programs do; no warning is taken either."""
    done = convert(xlsform=export_xlsform(definition), warnings=[])
    assert done.warnings == []
    return etree.fromstring(done.xform.encode())


def test_given_the_shipped_instrument_when_exported_then_the_reimport_is_identical(reader: Flask) -> None:
    assert read_definition(import_yaml(export_yaml(BRANCH))) == BRANCH
    assert read_definition(import_xlsform(export_xlsform(BRANCH))) == BRANCH
    assert import_xlsform(export_xlsform(BRANCH)) == import_yaml(export_yaml(BRANCH)) == as_mapping(BRANCH)


@LITTLE
@given(definitions())
def test_any_instrument_comes_back_from_yaml_the_same(definition: Definition) -> None:
    assert import_yaml(export_yaml(definition)) == as_mapping(definition)


def test_any_instrument_comes_back_from_a_form_the_same(reader: Flask) -> None:
    @LITTLE
    @given(definitions())
    def comes_back(definition: Definition) -> None:
        assert import_xlsform(export_xlsform(definition)) == as_mapping(definition)

    comes_back()


@settings(LITTLE, max_examples=10)
@given(definitions())
def test_field_programs_take_any_instrument(definition: Definition) -> None:
    _compiled(definition)


def test_given_the_shipped_instrument_when_compiled_then_every_question_is_asked_in_both_languages() -> None:
    form = _compiled(BRANCH)
    nodes = {one.tag.rpartition("}")[2] for one in form.iterfind(".//x:instance/*//", XFORM)}
    texts = {
        one.get("lang"): {text.get("id") for text in one.iterfind("x:text", XFORM)}
        for one in form.iterfind(".//x:itext/x:translation", XFORM)
    }

    assert {one.id for one in BRANCH.indicators} | {one.id for one in BRANCH.dimensions} <= nodes
    assert set(texts) == {"Bahasa Indonesia (id)", "English (en)"}
    assert len(set(map(frozenset, texts.values()))) == 1
    for one in BRANCH.indicators:
        assert {f"{one.id}__{kind}" for kind in one.evidence} <= nodes
        assert (f"{one.id}__na_reason" in nodes) == one.may_be_na
    binds = {one.get("nodeset").rpartition("/")[2]: one for one in form.iterfind(".//x:bind", XFORM)}
    assert binds["P11__numerator"].get("constraint") == ". >= 0 and . <=  /data/process/P11__denominator "
    assert binds["P11__na_reason"].get("relevant").strip().endswith("= 'yes'")
    assert binds["O01"].get("constraint") == ". >= 25 and . <= 100"


def test_given_a_condition_when_compiled_then_it_names_the_other_question() -> None:
    form = _compiled(
        read_definition(
            instrument(
                dimension(
                    "only",
                    "100",
                    indicator("first", weight="40", answer_type="scale4"),
                    indicator(
                        "second",
                        weight="60",
                        may_be_na=True,
                        relevant_if={"indicator": "first", "is": ["3", "4"]},
                    ),
                )
            )
        )
    )
    bind = next(one for one in form.iterfind(".//x:bind", XFORM) if one.get("nodeset").endswith("/second"))
    assert " ".join(bind.get("relevant").split()) == (
        "( /data/only/first = '3' or /data/only/first = '4') and /data/only/second__na != 'yes'"
    )


def test_given_the_same_instrument_when_exported_twice_then_the_sheets_hold_text_only() -> None:
    book = load_workbook(io.BytesIO(export_xlsform(BRANCH)))
    assert book.sheetnames == ["survey", "choices", "settings"]
    kinds = {
        cell.data_type
        for sheet in book
        for row in sheet.iter_rows()
        for cell in row
        if cell.value is not None
    }
    assert kinds == {"s"}


def test_given_text_like_a_formula_when_exported_then_no_program_counts_it() -> None:
    definition = read_definition(instrument(dimension("only", "100", indicator("q1", question_id="=1+1"))))
    book = load_workbook(io.BytesIO(export_xlsform(definition)))
    cells = [cell.value for row in book["survey"].iter_rows() for cell in row]
    assert "'=1+1" in cells


def _problems(call: Any) -> list[tuple[str, str]]:
    with pytest.raises(InstrumentInvalid) as refused:
        call()
    for problem in refused.value:
        assert problem.code in SENTENCES
        assert problem.sentence
    return [(problem.where, problem.code) for problem in refused.value]


YAML = export_yaml(BRANCH).decode()
LAUGHS = "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n"


@pytest.mark.parametrize(
    ("text", "where", "code"),
    [
        ("", "", "not_a_mapping"),
        ("- a\n", "", "not_a_mapping"),
        ("a: [", "line 2", "not_yaml"),
        ("a: 1\nb: \x00\n", "", "not_yaml"),
        (LAUGHS, "line 1", "yaml_trick"),
        ("a: !!python/object/apply:os.system ['true']\n", "line 1", "yaml_trick"),
        ("a: !thing 3\n", "line 1", "yaml_trick"),
        ("a: 1\n---\nb: 2\n", "line 2", "yaml_too_deep"),
        ("a: " + "[" * 30 + "]" * 30, "line 1", "yaml_too_deep"),
        ("a: " + "[" * 3000, "line 1", "yaml_too_deep"),
        ("[" + "x," * 200_000 + "]", "line 1", "yaml_too_deep"),
        (f"id: {'9' * 5000}\n", "", "not_yaml"),
        (YAML + "version: '2.0'\n", f"line {YAML.count(chr(10)) + 1}", "not_yaml"),
        (YAML.replace("version: '1.0'", "version: 1.0"), "version", "not_text"),
        (YAML.replace("weight: '21.85'", "weight: .nan"), "dimensions[0].weight", "not_a_number"),
        (YAML.replace("weight: '21.85'", "weight: 21.84"), "dimensions", "weights_do_not_sum"),
        (YAML + "2026-11-20: x\n", "", "unknown_key"),
    ],
)  # fmt: skip
def test_given_a_strange_yaml_when_imported_then_its_place_is_named(text: str, where: str, code: str) -> None:
    assert (where, code) in _problems(lambda: import_yaml(text.encode()))


def test_given_yaml_that_is_too_large_or_no_text_when_imported_then_it_is_refused() -> None:
    assert _problems(lambda: import_yaml(b"#" * 3_000_000)) == [("", "file_too_large")]
    assert _problems(lambda: import_yaml(b"a: \xff")) == [("", "not_utf8")]


def test_given_numbers_written_as_numbers_when_imported_then_they_are_taken() -> None:
    text = YAML.replace("weight: '21.85'", "weight: 21.85").replace("weight: '8'", "weight: 8")
    assert import_yaml(text.encode()) == as_mapping(BRANCH)
