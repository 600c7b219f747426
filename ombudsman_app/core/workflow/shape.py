"""Fits what a YAML file holds into frozen dataclasses; what does not fit is refused by its place."""

import types
from dataclasses import MISSING, fields, is_dataclass
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

T = TypeVar("T")


class RulesBroken(Exception):
    """A rules file is refused at load; the text says where and why."""


def fit(cls: type[T], value: object, where: str) -> T:
    """Return the dataclass that a mapping describes. Unknown, missing and wrong-typed keys are refused.

    A field `from_` reads the key `from`. Understood: str, int, bool, date, words of a StrEnum, optional
    values, `tuple[X, ...]`, dataclasses. Raises RulesBroken.
    """
    if not isinstance(value, dict):
        raise RulesBroken(f"{where}: keys and values expected")
    shape: Any = cls
    known = _fields(shape)
    if unknown := [str(key) for key in value if key not in known]:
        raise RulesBroken(f"{where}: unknown key {unknown[0]!r}")
    given = {}
    for key, (name, hint, is_needed) in known.items():
        if key in value:
            given[name] = _fit(hint, value[key], f"{where}.{key}")
        elif is_needed:
            raise RulesBroken(f"{where}: the key {key!r} is missing")
    return cls(**given)


@cache
def _fields(cls: type[Any]) -> dict[str, tuple[str, Any, bool]]:
    hints = get_type_hints(cls)
    return {
        field.name.rstrip("_"): (field.name, hints[field.name], field.default is MISSING)
        for field in fields(cls)
    }


def _fit(hint: Any, value: object, where: str) -> object:
    kind = get_origin(hint)
    if kind in (Union, types.UnionType):
        return _fit_one_of(get_args(hint), value, where)
    if kind is tuple:
        if not isinstance(value, list):
            raise RulesBroken(f"{where}: a list expected")
        return tuple(_fit(get_args(hint)[0], item, f"{where}[{n}]") for n, item in enumerate(value))
    if kind is dict:  # a part of which each reader takes its own share
        return _fit(dict, value, where)
    if is_dataclass(hint):
        return fit(hint, value, where)  # type: ignore[arg-type] # a class, never an instance
    if issubclass(hint, StrEnum):
        if value not in tuple(hint):
            raise RulesBroken(f"{where}: {value!r} is none of {', '.join(hint)}")
        return hint(value)
    if type(value) is not hint:  # exactly: True is no number
        raise RulesBroken(f"{where}: {value!r} is no {hint.__name__}")
    return value


def _fit_one_of(hints: tuple[Any, ...], value: object, where: str) -> object:
    if value is None and types.NoneType in hints:
        return None
    real = [hint for hint in hints if hint is not types.NoneType]
    for hint in real[:-1]:
        if type(value) is hint:
            return value
    return _fit(real[-1], value, where)
