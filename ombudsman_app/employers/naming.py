"""Names of firms in the one form in which they are sorted, searched and compared. No database, no web.

5 to 10 µs a name on a busy machine: an import of 100,000 rows normalises each of them once.
"""

import re
import unicodedata
from typing import NamedTuple

KEY_LETTERS = 300  # of `Employer.name_key`


class Name(NamedTuple):
    """`key`: words of a to z and 0 to 9 with one blank between, without the legal form; never empty.

    `legal_form`: PT (with or without Tbk and Persero), CV, UD, FIRMA, KOPERASI …, None: not written.
    """

    key: str
    legal_form: str | None
    tokens: tuple[str, ...]


# Legal forms by the word that says them. PT Tbk and PT (Persero) are kinds of PT.
_LEADING = {
    "pt": "PT", "persero": "PT", "cv": "CV", "ud": "UD", "pd": "PD", "fa": "FIRMA", "firma": "FIRMA",
    "po": "PO", "perum": "PERUM", "perumda": "PERUMDA", "perseroda": "PERSERODA", "koperasi": "KOPERASI",
    "kop": "KOPERASI", "yayasan": "YAYASAN", "yys": "YAYASAN", "bumdes": "BUMDES", "bumdesa": "BUMDES",
    "bumdesma": "BUMDES",
}  # fmt: skip
_TRAILING = {
    "pt": "PT", "tbk": "PT", "persero": "PT", "cv": "CV", "ud": "UD", "pd": "PD", "fa": "FIRMA",
    "perumda": "PERUMDA", "perseroda": "PERSERODA", "ltd": None, "limited": None, "pte": None, "co": None,
    "inc": None, "corp": None,
}  # fmt: skip
_WRITTEN_OUT = {  # two words that say a legal form
    ("perseroan", "terbatas"): "pt", ("perusahaan", "perseroan"): "persero", ("usaha", "dagang"): "ud",
    ("perusahaan", "dagang"): "pd", ("perusahaan", "daerah"): "pd", ("perusahaan", "otobus"): "po",
    ("persekutuan", "komanditer"): "cv", ("commanditaire", "vennootschap"): "cv",
}  # fmt: skip
_LONE = frozenset("abcdefghijklmnopqrstuvwxyz")
_SURELY_SHORT = (
    KEY_LETTERS // 8
)  # letters; the longest written-out word has less than eight times its letters
_FIRST_OF_TWO = frozenset(first for first, _second in _WRITTEN_OUT)
# What is written short, or in another spelling, and the words it stands for.
_STANDS_FOR = {
    "ptpn": "pt perkebunan nusantara", "pdam": "pd air minum", "bpr": "bank perkreditan rakyat",
    "bprs": "bank perkreditan rakyat syariah", "ksp": "koperasi simpan pinjam", "kud": "koperasi unit desa",
    "kopkar": "koperasi karyawan", "primkop": "koperasi primer", "rs": "rumah sakit",
    "rsu": "rumah sakit umum", "rsia": "rumah sakit ibu anak", "rm": "rumah makan", "tb": "toko bangunan",
    "and": "dan", "international": "internasional", "intl": "internasional",
    "group": "grup", "ind": "indonesia", "inds": "industri", "tech": "teknologi", "technology": "teknologi",
    "cab": "cabang", "cbg": "cabang", "perkeb": "perkebunan", "kons": "konstruksi",
    "bros": "bersaudara", "sdr": "saudara", "putera": "putra", "puteri": "putri", "sejahtra": "sejahtera",
    "ii": "2", "iii": "3", "iv": "4", "vi": "6", "vii": "7", "viii": "8", "ix": "9", "xi": "11",
    "xii": "12", "xiii": "13", "xiv": "14", "xv": "15",
}  # fmt: skip
_REWRITTEN = _LONE | _STANDS_FOR.keys()
_BEGINS = _LEADING.keys() | _FIRST_OF_TWO
_LONE_ROMAN = {"i": "1", "v": "5", "x": "10"}  # only as the last word: elsewhere they are letters
_MARKS = "'’‘`´ʼ′"  # between letters of one word: Ma'mur
_UNSEEN = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_DROPPED = b"'`"
_TO_WORDS = bytes(code if chr(code).isalnum() else 32 for code in range(128)).lower().ljust(256, b" ")
_LETTERS: dict[int, str | None] = {
    **dict.fromkeys(map(ord, _MARKS + _UNSEEN)),
    **{
        ord(a): b
        for a, b in {"ø": "o", "đ": "d", "ł": "l", "æ": "ae", "œ": "oe", "ð": "d", "þ": "th"}.items()
    },
}
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")


def normalised(name: str) -> Name:
    """Return the one form of a name. The key of a key is the same key."""
    plain = name if name.isascii() else _plain(name)
    if "&" in plain or "+" in plain:
        plain = plain.replace("&", " dan ").replace("+", " dan ")
    # bytes: translating them costs a tenth of translating text
    words = plain.encode("ascii").translate(_TO_WORDS, _DROPPED).decode("ascii").split()
    if not words:
        key = _unreadable(name)
        return Name(key, None, tuple(key.split()))
    if not _REWRITTEN.isdisjoint(words):
        words = " ".join([_STANDS_FOR.get(word, word) for word in _joined(words)]).split()
    if len(plain) > _SURELY_SHORT:
        words = _cut(words)
    form = None
    if words[0] in _BEGINS or words[-1] in _TRAILING:
        rest, form = _without_form(words)
        words = rest or words
    if words[-1] in _LONE_ROMAN and len(words) > 1:
        words[-1] = _LONE_ROMAN[words[-1]]
    if "0" in plain:
        words = [word.lstrip("0") or "0" if word.isdigit() else word for word in words]
    return Name(" ".join(words), form, tuple(words))


def _cut(words: list[str]) -> list[str]:
    """Return the first words, as many as a key holds."""
    while len(words) > 1 and len(" ".join(words)) > KEY_LETTERS:
        words = words[:-1]
    return [words[0][:KEY_LETTERS], *words[1:]]


def _joined(words: list[str]) -> list[str]:
    """Put letters that stand alone together: P.T. A.B.C. → pt abc. A legal form in front stays apart."""
    found: list[str] = []
    run = ""
    for word in words:
        if word in _LONE:
            run += word
            if not found and run in _LEADING:
                found.append(run)
                run = ""
            continue
        if run:
            found.append(run)
            run = ""
        found.append(word)
    return [*found, run] if run else found


def _without_form(words: list[str]) -> tuple[list[str], str | None]:
    """Take legal forms off both ends; the first that names one counts."""
    form = _LEADING.get(words[0])
    if form and len(words) > 2 and words[1] not in _BEGINS and words[-1] not in _TRAILING:
        return words[1:], form  # nearly all names
    form = None
    start, end = 0, len(words)
    while start < end:
        word = words[start]
        step = 1
        if word in _FIRST_OF_TWO and end - start > 1:
            word, step = _WRITTEN_OUT.get((word, words[start + 1]), ""), 2
        if word not in _LEADING:
            break
        form = form or _LEADING[word]
        start += step
    while end > start and words[end - 1] in _TRAILING:
        end -= 1
        form = form or _TRAILING[words[end]]
    return words[start:end], form


def _plain(name: str) -> str:
    """Return a name in ASCII: accents off, letters of other scripts as gaps."""
    letters = unicodedata.normalize("NFKD", name.translate(_LETTERS)).casefold().translate(_LETTERS)
    kept = "".join([letter for letter in letters if not unicodedata.combining(letter)])
    return _NOT_ASCII.sub(" ", kept)


def _unreadable(name: str) -> str:
    """Return what stands for a name without a letter that we can read, so that no key is empty."""
    folded = unicodedata.normalize("NFKC", unicodedata.normalize("NFKD", name).casefold())
    return " ".join(folded[:KEY_LETTERS].split()) or "-"
