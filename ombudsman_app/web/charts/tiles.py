"""Maps of equal tiles: the nation as 38 provinces in their places, a province as its regencies in a row."""

from collections.abc import Sequence
from dataclasses import dataclass

from .areas import Area, Classes, Key

# Kemendagri code: column, row, how people shorten the name, letters of ISO 3166-2:ID for narrow screens.
NATION = {
    "11": (0, 0, "Aceh", "AC"),
    "12": (1, 1, "Sumut", "SU"),
    "21": (3, 1, "Kepri", "KR"),
    "65": (6, 1, "Kaltara", "KU"),
    "71": (9, 1, "Sulut", "SA"),
    "82": (10, 1, "Malut", "MU"),
    "13": (1, 2, "Sumbar", "SB"),
    "14": (2, 2, "Riau", "RI"),
    "61": (4, 2, "Kalbar", "KB"),
    "62": (5, 2, "Kalteng", "KT"),
    "64": (6, 2, "Kaltim", "KI"),
    "75": (8, 2, "Gtalo", "GO"),
    "96": (11, 2, "PBD", "PD"),
    "92": (12, 2, "Pabar", "PB"),
    "91": (13, 2, "Papua", "PA"),
    "17": (1, 3, "Bengkulu", "BE"),
    "15": (2, 3, "Jambi", "JA"),
    "19": (3, 3, "Babel", "BB"),
    "63": (5, 3, "Kalsel", "KS"),
    "76": (7, 3, "Sulbar", "SR"),
    "72": (8, 3, "Sulteng", "ST"),
    "81": (10, 3, "Maluku", "MA"),
    "94": (12, 3, "Pateng", "PT"),
    "95": (13, 3, "P.Peg", "PE"),
    "16": (2, 4, "Sumsel", "SS"),
    "18": (3, 4, "Lampung", "LA"),
    "73": (7, 4, "Sulsel", "SN"),
    "74": (8, 4, "Sultra", "SG"),
    "93": (13, 4, "Pasel", "PS"),
    "36": (2, 5, "Banten", "BT"),
    "31": (3, 5, "DKI", "JK"),
    "33": (4, 5, "Jateng", "JT"),
    "35": (5, 5, "Jatim", "JI"),
    "32": (3, 6, "Jabar", "JB"),
    "34": (4, 6, "DIY", "YO"),
    "51": (6, 6, "Bali", "BA"),
    "52": (7, 6, "NTB", "NB"),
    "53": (8, 6, "NTT", "NT"),
}
COLUMNS, _ROWS = 14, 7
WIDE, HIGH, _GAP = 40, 46, 2  # of the place of a tile, in the units of the picture
_LINE_LETTERS, _LINES = 15, 2  # of a name on a tile of paper
_IN_A_ROW = 6


@dataclass(frozen=True)
class Tile:
    """One area in its place. `lines` are its name as it stands in the tile, `letters` if that is narrow."""

    area: Area
    tone: int
    x: int
    y: int
    lines: tuple[str, ...] = ()
    letters: str = ""


@dataclass(frozen=True)
class Tiles:
    """All tiles in reading order: north to south, west to east in a row. Each is wide × high."""

    tiles: list[Tile]
    keys: list[Key]
    classes: Classes
    width: int
    height: int
    wide: int = WIDE - _GAP
    high: int = HIGH - _GAP

    @property
    def areas(self) -> list[Area]:
        return [tile.area for tile in self.tiles]

    @property
    def silent(self) -> int:
        """How many areas have no value."""
        return sum(not tile.tone for tile in self.tiles)


def nation(areas: Sequence[Area], classes: Classes) -> Tiles:
    """Put provinces into their places. One that the layout does not know yet stands below the others.

    Only what is given is drawn: the caller gives all provinces, those without a value too.
    """
    known = sorted(
        (area for area in areas if area.code in NATION),
        key=lambda one: (NATION[one.code][1], NATION[one.code][0]),
    )
    tiles = [_province(area, classes.tone(area.value)) for area in known]
    new = [area for area in areas if area.code not in NATION]
    for place, area in enumerate(new):
        x, y = place % COLUMNS * WIDE, (_ROWS + place // COLUMNS) * HIGH
        tiles.append(Tile(area, classes.tone(area.value), x, y, (area.label[:7],), area.code))
    rows = _ROWS - (-len(new) // COLUMNS)
    return Tiles(tiles, classes.keys(areas), classes, COLUMNS * WIDE - _GAP, rows * HIGH - _GAP)


def tiles(areas: Sequence[Area], classes: Classes, *, in_a_row: int = _IN_A_ROW) -> Tiles:
    """Put areas side by side in the order given, as a paper shows them. A page lets them flow."""
    wide, high = 120, 62
    drawn = [
        Tile(
            area,
            classes.tone(area.value),
            place % in_a_row * wide,
            place // in_a_row * high,
            _lines(area.label),
        )
        for place, area in enumerate(areas)
    ]
    rows = -(-len(drawn) // in_a_row)
    return Tiles(
        drawn,
        classes.keys(areas),
        classes,
        in_a_row * wide - _GAP * 2,
        max(rows * high - _GAP * 2, 0),
        wide - _GAP * 2,
        high - _GAP * 2,
    )


def _province(area: Area, tone: int) -> Tile:
    column, row, short, letters = NATION[area.code]
    return Tile(area, tone, column * WIDE, row * HIGH, (short,), letters)


def _lines(name: str) -> tuple[str, ...]:
    """Break a name at its blanks; what does not fit into two lines ends in an ellipsis."""
    lines = [""]
    for word in name.split():
        if lines[-1] and len(lines[-1]) + 1 + len(word) > _LINE_LETTERS:
            lines.append(word)
        else:
            lines[-1] = f"{lines[-1]} {word}".strip()
    shown = lines[:_LINES]
    if len(lines) > _LINES or any(len(line) > _LINE_LETTERS for line in shown):
        shown = [*shown[:-1], f"{shown[-1][: _LINE_LETTERS - 1]}…"]
    return tuple(shown)
