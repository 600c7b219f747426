"""Numbers and days in words, as Indonesian minutes and receipts write them (terbilang)."""

_UNITS = (
    *("nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan"),
    *("sepuluh", "sebelas"),
)
_GROUPS = (
    *((10**12, "triliun"), (10**9, "miliar"), (10**6, "juta"), (1_000, "ribu")),
    *((100, "ratus"), (10, "puluh")),
)
MOST = 10**15  # from here on the words have no agreed names


def spell_out(value: int) -> str:
    """Return a whole number in Indonesian words: 2026 → dua ribu dua puluh enam.

    Raises ValueError from a thousand triliun on.
    """
    if abs(value) >= MOST:
        raise ValueError("too big to be written in words")
    return f"minus {_words(-value)}" if value < 0 else _words(value)


def _words(value: int) -> str:
    for size, name in _GROUPS:
        if value < max(size, len(_UNITS)):
            continue
        count, rest = divmod(value, size)
        if size == 10 and count == 1:
            return f"{_UNITS[rest]} belas"
        head = f"se{name}" if count == 1 and size in (100, 1_000) else f"{_words(count)} {name}"
        return f"{head} {_words(rest)}" if rest else head
    return _UNITS[value]
