"""A rules file is read strictly: what is strange stops the start and says where."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from ombudsman_app.core.workflow.deadlines import Unit
from ombudsman_app.core.workflow.rules import Level, LimitRow, Mark, Source, limits, load, sources
from ombudsman_app.core.workflow.shape import RulesBroken
from ombudsman_app.core.workflow.yaml_file import read_yaml

REGISTRY = {"law": Source(Level.LAW_TEXT, "A law")}


@dataclass(frozen=True)
class Word:
    id: str
    id_label: str
    count: int | None = None
    src: tuple[str, ...] = ()
    verified: Mark | None = None


@dataclass(frozen=True)
class Book:
    version: int
    words: tuple[Word, ...]


def _file(folder: Path, text: str) -> Path:
    path = folder / "book.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_given_a_sound_file_when_loading_then_each_value_has_its_source_and_mark(tmp_path: Path) -> None:
    path = _file(tmp_path, "version: 1\nwords: [{id: a, id_label: A, src: [law], verified: text}]")
    assert load(path, Book, REGISTRY) == Book(1, (Word("a", "A", None, ("law",), Mark.TEXT),))


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("version: 1\nwords: []\nworlds: []", "book.yaml: unknown key 'worlds'"),
        ("version: 1\nwords: [{id: a, id_label: A, lable: B}]", "words[0]: unknown key 'lable'"),
        ("version: 1\nwords: [{id: a}]", "words[0]: the key 'id_label' is missing"),
        ("version: true\nwords: []", "version: True is no int"),
        ("version: 1\nwords: [{id: a, id_label: 7}]", "words[0].id_label: 7 is no str"),
        ("version: 1\nwords: [{id: a, id_label: A, count: 1.0}]", "words[0].count: 1.0 is no int"),
        ("version: 1\nwords: {id: a}", "words: a list expected"),
        ("version: 1\nwords: [a]", "words[0]: keys and values expected"),
        (
            "version: 1\nwords: [{id: a, id_label: A, src: [lore]}]",
            "src: the registry of sources has no 'lore'",
        ),
        ("version: 1\nwords: [{id: a, id_label: A, verified: sure}]", "verified: 'sure' is none of text"),
        ("version: 1\nversion: 2\nwords: []", "the key 'version' stands there twice"),
        ("version: 1\nwords: [{id: a, id: b, id_label: A}]", "the key 'id' stands there twice"),
        ("- a", "keys and values expected"),
        ("version: [", "book.yaml"),
        ("version: !!python/object:os.system 1\nwords: []", "could not determine a constructor"),
    ],
)
def test_given_a_strange_file_when_loading_then_it_says_where(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(RulesBroken) as refused:
        load(_file(tmp_path, text), Book, REGISTRY)
    assert says in str(refused.value)


def test_given_a_label_cut_by_an_unquoted_comma_when_reading_then_it_is_whole_again(tmp_path: Path) -> None:
    path = _file(tmp_path, "words: [{id: a, id_label: Loket (antrean, 0,1% sikap), count: null}]")
    assert read_yaml(path) == {
        "words": [{"id": "a", "id_label": "Loket (antrean, 0,1% sikap)", "count": None}]
    }


def test_given_the_shipped_registry_when_reading_then_each_source_has_a_level() -> None:
    assert sources()["po58_p54"].level is Level.LAW_TEXT
    assert sources()["gk"].level is Level.KNOWLEDGE


def test_given_rows_of_each_kind_when_read_as_limits_then_they_have_length_and_unit() -> None:
    law: dict[str, Any] = {"legal": "Pasal 1", "src": ("law",), "verified": Mark.TEXT}
    rows = [
        LimitRow("A", "a", days=30, day_type="working", **law),
        LimitRow("B", "b", days=14, day_type="calendar", **law),
        LimitRow("C", "c", years=2, **law),
        LimitRow("D", "d", count=3, **law),
    ]
    found = limits(rows, "book", is_law=True)
    assert [(one.length, one.unit, one.count) for one in found] == [
        (30, Unit.WORKING_DAYS, None), (14, Unit.CALENDAR_DAYS, None), (2, Unit.YEARS, None), (None, None, 3),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (LimitRow("A", "a"), "exactly one"),
        (LimitRow("A", "a", hours=1, years=1), "exactly one"),
        (LimitRow("A", "a", hours=0), "at least 1"),
        (LimitRow("A", "a", days=1), "day_type goes with days"),
        (LimitRow("A", "a", hours=1, day_type="working"), "day_type goes with days"),
        (LimitRow("A", "a", days=1, day_type="moon"), "working or calendar"),
    ],
)
def test_given_a_row_without_one_clear_length_when_read_then_it_is_refused(row: LimitRow, says: str) -> None:
    with pytest.raises(RulesBroken, match=says):
        limits([row], "book", is_law=False)


def test_given_a_number_of_law_without_article_when_read_then_it_is_refused() -> None:
    with pytest.raises(RulesBroken, match="needs legal, src and verified"):
        limits([LimitRow("A", "a", hours=1, src=("law",), verified=Mark.TEXT)], "book", is_law=True)
    with pytest.raises(RulesBroken, match="twice"):
        limits([LimitRow("A", "a", hours=1), LimitRow("A", "b", hours=1)], "book", is_law=False)
