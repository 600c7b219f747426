"""How names of places and offices are compared: forgiving about case, accents, dots and abbreviations."""

import re
import unicodedata

WORDS_AT_MOST = 6  # of a search; each costs one range of the index
WORD_LETTERS = 40
SLUG_LETTERS = 120
_SLUG = re.compile(r"[a-z0-9-]+")

# What people type, and what it stands for in our names.
_STANDS_FOR = {
    "kab": "kabupaten",
    "prov": "provinsi",
    "prop": "provinsi",
    "kec": "kecamatan",
    "kc": "kantor cabang",
    "kcp": "kantor cabang perintis",
    "kanwil": "kantor wilayah",
    "pemkab": "pemerintah kabupaten",
    "pemkot": "pemerintah kota",
    "pemprov": "pemerintah provinsi",
    "pemda": "pemerintah",
    "disnaker": "dinas ketenagakerjaan",
    "bpjstk": "bpjs ketenagakerjaan",
    "bpjamsostek": "bpjs ketenagakerjaan",
    "jamsostek": "bpjs ketenagakerjaan",
    "bpjsketenagakerjaan": "bpjs ketenagakerjaan",
    "ori": "ombudsman",
    "labuanbajo": "labuan bajo",
    "mabar": "manggarai barat",
    "tts": "timor tengah selatan",
    "ttu": "timor tengah utara",
    "ntt": "nusa tenggara timur",
    "ntb": "nusa tenggara barat",
    "diy": "daerah istimewa yogyakarta",
    "jogja": "yogyakarta",
    "dki": "jakarta",
    "babel": "bangka belitung",
    "kepri": "kepulauan riau",
    "jabar": "jawa barat",
    "jateng": "jawa tengah",
    "jatim": "jawa timur",
    "sumut": "sumatera utara",
    "sumbar": "sumatera barat",
    "sumsel": "sumatera selatan",
    "kalbar": "kalimantan barat",
    "kalteng": "kalimantan tengah",
    "kalsel": "kalimantan selatan",
    "kaltim": "kalimantan timur",
    "kaltara": "kalimantan utara",
    "sulut": "sulawesi utara",
    "sulteng": "sulawesi tengah",
    "sulsel": "sulawesi selatan",
    "sultra": "sulawesi tenggara",
    "sulbar": "sulawesi barat",
    "malut": "maluku utara",
}
# Words that rarely tell one office from another: dropped from a search that has others.
_WEAK = frozenset(
    {"kabupaten", "kota", "kecamatan", "provinsi", "kantor", "loket", "di", "ke", "dan", "dekat"}
)
_FIRMS = frozenset({"pt", "cv", "ud", "firma", "tbk", "persero", "koperasi", "toko", "perusahaan", "company"})

_BREAKS = re.compile(r"[^a-z0-9]+")
_ASIDE = re.compile(r"\([^)]*\)")
_APOSTROPHES = re.compile(r"['’‘`]")


def normalised(text: str) -> str:
    """Return plain lower-case words of a to z and 0 to 9, abbreviations written out, one space between."""
    plain = _BREAKS.sub(" ", _APOSTROPHES.sub("", _plain(text)))
    return " ".join(_STANDS_FOR.get(word, word) for word in plain.split())


def words_of(text: str) -> set[str]:
    """Return the words by which something of this name is found."""
    return {word[:WORD_LETTERS] for word in normalised(text).split()}


def searched_words(text: str) -> list[str]:
    """Return the words of a search in their order, each once, weak ones only where there are no others."""
    words = list(dict.fromkeys(word[:WORD_LETTERS] for word in normalised(text).split()))
    return ([word for word in words if word not in _WEAK] or words)[:WORDS_AT_MOST]


def looks_like_company(text: str) -> bool:
    """Return whether somebody seems to look for a private firm, which is never a respondent."""
    return not _FIRMS.isdisjoint(normalised(text).split())


def is_slug(text: str, most: int = SLUG_LETTERS) -> bool:
    """Tell whether an address of ours can hold this; a NUL, for one, would make PostgreSQL stumble."""
    return len(text) <= most and _SLUG.fullmatch(text) is not None


def slug_of(name: str) -> str:
    """Return the name as a part of an address, without what stands in parentheses."""
    return _BREAKS.sub("-", _APOSTROPHES.sub("", _plain(_ASIDE.sub("", name)))).strip("-")


def _plain(text: str) -> str:
    letters = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in letters if not unicodedata.combining(letter))
