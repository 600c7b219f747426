"""What the offline commands share: strict JSON in, JSON lines out, one sentence for bad input (exit 2)."""

import json
import math
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import click

from ombudsman_app.core.limits import JSON_BYTES, JSON_DEPTH

LONGEST_INPUT_BYTES = 64_000_000
_LARGEST_NUMBER = 2**53


class BadInput(click.ClickException):
    """Input that is refused: exit 2 and one sentence on stderr, never a traceback (IN5)."""

    exit_code = 2

    def show(self, file: IO[Any] | None = None) -> None:
        # What was typed may hold anything: only ASCII leaves, on one line.
        sentence = " ".join(self.format_message().encode("ascii", "backslashreplace").decode().split())
        click.echo(f"Error: {sentence}", file=file, err=file is None)


class Plain(click.Command):
    """A command whose wrong options are answered in one sentence, without the usage text."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        try:
            return super().parse_args(ctx, args)
        except click.UsageError as wrong:
            raise BadInput(wrong.format_message()) from None


class PlainGroup(click.Group):
    """A group whose unknown subcommands are answered in one sentence."""

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        try:
            return super().resolve_command(ctx, args)
        except click.UsageError as wrong:
            raise BadInput(wrong.format_message()) from None


def objects_in(name: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield the JSON objects of a file, or of stdin for `-`, each with its place ("line 3: " or "").

    One object over several lines, or one on each line; empty lines are skipped. Raises BadInput.
    """
    raw = _read(name)
    if name != "-" and (whole := _one_object(raw)) is not None:
        yield "", whole
        return
    is_empty = True
    for number, line in enumerate(raw.split(b"\n"), 1):
        if line.strip():
            is_empty = False
            yield f"line {number}: ", _object(line, f"line {number}: ")
    if is_empty:
        raise BadInput("there is no JSON in the input.")


def _read(name: str) -> bytes:
    try:
        if name == "-":
            raw = sys.stdin.buffer.read(LONGEST_INPUT_BYTES + 1)
        else:
            with Path(name).open("rb") as file:
                raw = file.read(LONGEST_INPUT_BYTES + 1)
    except (OSError, ValueError):
        raise BadInput(f"the file {name!r} cannot be read.") from None
    if len(raw) > LONGEST_INPUT_BYTES:
        raise BadInput(f"the input is larger than {LONGEST_INPUT_BYTES} bytes.")
    return raw


def _one_object(raw: bytes) -> dict[str, Any] | None:
    """Return the object when the whole file is one; None when it may be JSON lines."""
    if len(raw) > JSON_BYTES or b"\n" not in raw.strip():
        return _object(raw, "") if len(raw) <= JSON_BYTES else None
    try:
        return _object(raw, "")
    except BadInput:
        try:
            _object(raw.strip().split(b"\n", 1)[0], "")
        except BadInput:
            raise BadInput("the file is neither one JSON object nor one on each line.") from None
        return None


def _object(raw: bytes, place: str) -> dict[str, Any]:
    """Read one JSON object as the input gate does (IN1). Raises BadInput."""
    if len(raw) > JSON_BYTES:
        raise BadInput(f"{place}a JSON object may have {JSON_BYTES} bytes at most.")
    try:
        held = json.loads(
            raw.decode("utf-8"),
            object_pairs_hook=_unique,
            parse_constant=_refuse_constant,
            parse_float=_finite,
            parse_int=_safe_int,
        )
        _refuse_deep(held, 1)
    except _Refused as refused:
        raise BadInput(f"{place}{refused}.") from None
    except (ValueError, RecursionError):
        raise BadInput(f"{place}this is no valid JSON in UTF-8.") from None
    if not isinstance(held, dict):
        raise BadInput(f"{place}a JSON object is expected.")
    return held


class _Refused(Exception):
    """JSON that the standard allows and we do not."""


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    held = dict(pairs)
    if len(held) != len(pairs):
        raise _Refused("a key stands there twice")
    return held


def _refuse_constant(word: str) -> float:
    raise _Refused(f"{word} is no number")


def _finite(text: str) -> float:
    if not math.isfinite(number := float(text)):
        raise _Refused("a number is too large")
    return number


def _safe_int(text: str) -> int:
    if len(text) > 17 or abs(number := int(text)) > _LARGEST_NUMBER:
        raise _Refused("a number is too large")
    return number


def _refuse_deep(held: Any, depth: int) -> None:
    if depth > JSON_DEPTH:
        raise _Refused(f"it is nested more than {JSON_DEPTH} deep")
    items = held.values() if isinstance(held, dict) else held if isinstance(held, list) else ()
    for item in items:
        _refuse_deep(item, depth + 1)


def print_line(answer: dict[str, Any]) -> None:
    """Write one answer as one line of JSON, in ASCII: no terminal's encoding can refuse it."""
    click.echo(json.dumps(answer))
