"""`ombudsman import boundaries`: what an institution brings from elsewhere and we do not ship."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

import click

from .lines import BadInput, Plain, PlainGroup
from .opened import opened_app

_MIB = 1024 * 1024
_NAMED = 20


@click.group(name="import", cls=PlainGroup)
def import_group() -> None:
    """Bring data from files."""


@import_group.command(cls=Plain)
@click.argument("file")
@click.option("--source", required=True, metavar="WORDS", help="Whose data it is; stands below each map.")
@click.option("--licence", required=True, metavar="WORDS", help="Under which licence, or by whose leave.")
@click.option("--skip-unknown", is_flag=True, help="Leave out codes that the directory does not know.")
def boundaries(file: str, source: str, licence: str, skip_unknown: bool) -> None:
    """Draw maps with the boundaries of FILE: GeoJSON in degrees, each area with `kode` or `code`.

    Provinces, regencies or both; those of each level that FILE holds replace all that were there.
    """
    from ombudsman_app.core.children import ChildFailed
    from ombudsman_app.core.config import settings_from
    from ombudsman_app.core.policy import STRANGER
    from ombudsman_app.coverage.boundary_words import REFUSED, sentence_of
    from ombudsman_app.coverage.commands.boundaries import read_boundaries, store_boundaries
    from ombudsman_app.coverage.errors import BoundariesRefused

    from .servers import own_servers

    said = {"source": _words(source, "--source", 300), "licence": _words(licence, "--licence", 120)}
    settings = settings_from()
    with opened_app(), _opened(file) as descriptor, own_servers(settings, ["parse"]):
        size = os.fstat(descriptor).st_size
        try:
            read = read_boundaries(descriptor, _Teller(size).tell)
            change = store_boundaries(read, is_lenient=skip_unknown, actor=STRANGER, **said)
        except BoundariesRefused as refused:
            for one in refused.wrong[:_NAMED]:
                click.echo(f"{sentence_of(one)}.", err=True)
            if refused.wrong:
                raise BadInput(f"{refused.count} areas cannot be taken; nothing was changed.") from None
            raise BadInput(f"{REFUSED[refused.why]}; nothing was changed.") from None
        except ChildFailed:
            raise BadInput("the server that reads files does not answer; nothing was changed.") from None
    if read.mended:
        click.echo(f"Small loops were cut off: {', '.join(read.mended)}.")
    unknown = len(read.outlines) - sum(change.stored.values())
    if unknown:
        click.echo(f"{unknown} codes that the directory does not know were left out.")
    if change.missing:
        click.echo(f"Without an outline: {', '.join(change.missing)}.")
    click.echo(f"{read.vertices} points became {read.kept}.")
    for level, number in change.stored.items():
        click.echo(f"{level}: {number} boundaries stored.")


def _words(given: str, option: str, most: int) -> str:
    words = " ".join(given.split())
    if not words or len(words) > most or not words.isprintable():
        raise BadInput(f"{option} is a text of 1 to {most} characters.")
    return words


@contextmanager
def _opened(name: str) -> Iterator[int]:
    try:
        descriptor = os.open(name, os.O_RDONLY | os.O_CLOEXEC)
    except (OSError, ValueError):
        raise BadInput(f"the file {name!r} cannot be read.") from None
    try:
        if not os.path.isfile(name):  # noqa: PTH113 - what is open is asked by its name alone
            raise BadInput(f"{name!r} is no file.")
        yield descriptor
    finally:
        os.close(descriptor)


class _Teller:
    """Says how far it is, each tenth once."""

    def __init__(self, size: int) -> None:
        self._size, self._last = size, ""

    def tell(self, read: int, drawn: int, areas: int) -> None:
        """Print what has changed since the last time."""
        if read < self._size:
            said = f"Read {read // _MIB} of {-(-self._size // _MIB)} MB, {areas} areas …"
        else:
            said = f"Drawn {drawn} of {areas} areas …"
        if said != self._last:
            self._last = said
            click.echo(said, err=True)
