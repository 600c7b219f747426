"""An instrument as YAML and back. What is foreign is read without aliases, tags and second documents."""

from collections.abc import Mapping
from typing import Any

import yaml

from ombudsman_app.core.limits import INSTRUMENT_BYTES, JSON_DEPTH

from .definition.reading import read_definition
from .definition.shape import Definition
from .definition.writing import as_mapping
from .problems import InstrumentInvalid, Problem

_MOST_EVENTS = 100_000
_WIDTH = 110
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def export_yaml(definition: Definition) -> bytes:
    """Return the instrument as YAML in UTF-8."""
    text: str = yaml.safe_dump(as_mapping(definition), allow_unicode=True, sort_keys=False, width=_WIDTH)
    return text.encode()


def import_yaml(content: bytes) -> dict[str, Any]:
    """Return the instrument in canonical form. Raises InstrumentInvalid with every problem."""
    if len(content) > INSTRUMENT_BYTES:
        raise InstrumentInvalid([Problem("", "file_too_large", {"most": INSTRUMENT_BYTES})])
    try:
        text = content.decode("utf-8")
    except UnicodeDecodeError:
        raise InstrumentInvalid([Problem("", "not_utf8")]) from None
    return as_mapping(read_definition(_held(text)))


def _held(text: str) -> Mapping[str, Any]:
    try:
        _refuse_tricks(text)
        loader = _Once(text)
        try:
            held = loader.get_single_data()
        finally:
            loader.dispose()
    except yaml.MarkedYAMLError as broken:
        row = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise InstrumentInvalid([Problem(f"line {row}", "not_yaml", {"row": row})]) from None
    except InstrumentInvalid:
        raise
    except (yaml.YAMLError, ValueError, RecursionError, OverflowError):
        raise InstrumentInvalid([Problem("", "not_yaml", {"row": None})]) from None
    if not isinstance(held, dict):
        raise InstrumentInvalid([Problem("", "not_a_mapping")])
    return held


def _refuse_tricks(text: str) -> None:
    """Walk over the file before anything is made of it: a few lines can stand for gigabytes."""
    depth = documents = 0
    for number, event in enumerate(yaml.parse(text, Loader=_Loader), 1):
        row = event.start_mark.line + 1 if event.start_mark else 1
        documents += isinstance(event, yaml.DocumentStartEvent)
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        is_trick = (
            isinstance(event, yaml.AliasEvent)
            or bool(getattr(event, "anchor", None))
            or bool(getattr(event, "tag", None))
        )
        if is_trick:
            raise InstrumentInvalid([Problem(f"line {row}", "yaml_trick", {"row": row})])
        if depth > JSON_DEPTH or documents > 1 or number > _MOST_EVENTS:
            raise InstrumentInvalid([Problem(f"line {row}", "yaml_too_deep", {"row": row})])


class _Once(_Loader):  # type: ignore[misc]
    """Refuses a key that stands twice; the library would keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        seen: set[str] = set()
        for key, _value in node.value:
            if isinstance(key, yaml.ScalarNode) and key.value in seen:
                twice = "a key stands there twice"
                raise yaml.constructor.ConstructorError(None, None, twice, key.start_mark)
            seen.add(str(key.value))
        held: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return held
