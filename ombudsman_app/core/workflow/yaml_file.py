"""Reads a YAML file safely, and more strictly than the library does."""

from pathlib import Path
from typing import Any

import yaml

from .shape import RulesBroken

# The safe loader in both cases; the one in C, where it is there, reads the file five times faster.
_SafeLoader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def read_yaml(path: Path) -> dict[str, Any]:
    """Read a YAML file whose root is a mapping. Raises RulesBroken, also for a key that stands twice."""
    try:
        loader = _Strict(path.read_text(encoding="utf-8"))
        try:
            held = loader.get_single_data()
        finally:
            loader.dispose()
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as broken:
        reason = " ".join(str(broken).split())
        raise RulesBroken(f"{path.name}: {reason}") from None
    if not isinstance(held, dict):
        raise RulesBroken(f"{path.name}: keys and values expected")
    return held


class _Strict(_SafeLoader):  # type: ignore[misc]
    """Refuses equal keys (the library keeps the last: a number of law would be lost silently), and mends
    labels that an unquoted comma cut in two: `{id_label: Layanan loket (antrean, sikap)}` is read by the
    library as a label `Layanan loket (antrean` and a key `sikap)` without value. The files of the law are
    copied byte by byte, so that their slips are mended here.
    """

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self._text = text

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Any, Any]:
        if node.flow_style:
            node.value = self._mended(node.value)
        keys = [self.construct_object(key, deep=True) for key, _ in node.value]
        for number, key in enumerate(keys):
            if key in keys[:number]:
                raise yaml.constructor.ConstructorError(None, None, f"the key {key!r} stands there twice")
        held: dict[Any, Any] = super().construct_mapping(node, deep=deep)
        return held

    def _mended(self, pairs: list[tuple[Any, Any]]) -> list[tuple[Any, Any]]:
        mended: list[tuple[Any, Any]] = []
        for key, value in pairs:
            if mended and _is_tail(value) and _is_plain_text(mended[-1][1]):
                label = mended[-1][1]
                label.value = self._text[label.start_mark.index : key.end_mark.index]
                label.tag = "tag:yaml.org,2002:str"
            else:
                mended.append((key, value))
        return mended


def _is_tail(value: Any) -> bool:
    """No value at all, not even the word null."""
    return isinstance(value, yaml.ScalarNode) and value.value == "" and not value.style


def _is_plain_text(value: Any) -> bool:
    return isinstance(value, yaml.ScalarNode) and not value.style
