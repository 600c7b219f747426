"""Makes `pairs.csv`: labelled pairs of rows as two dirty lists have them. Invented firms; the same each time.

`python -m tests.employers.data.make_pairs` writes the file. `label`: same, branch (one firm, two places of
work) or different; `kind`: what makes the pair hard. `hand.csv` beside it was written by hand.
"""

import csv
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from ombudsman_app.cli.bench.dice import Dice

HERE = Path(__file__).parent
FIELDS = ("name", "nib", "npwp", "nitku", "npp", "regency")
HEAD = ("label", "kind", *(f"{side}_{field}" for side in ("left", "right") for field in FIELDS))


def _words(text: str) -> list[str]:
    return text.split()


_FIRST = _words(
    "Karya Mitra Sinar Bina Cipta Multi Graha Surya Bumi Tunas Cahaya Anugerah Berkah Mandiri Sumber "
    "Mega Duta Prima Citra Wahana Sarana Tirta Samudera Agro Sawit Nusa Buana Global Inti Jaya Putra"
)
_SECOND = _words(
    "Abadi Sejahtera Makmur Sentosa Lestari Perkasa Utama Mandala Persada Pratama Gemilang Bersama "
    "Indah Jaya Raya Mulia Sukses Sakti Permai Teknik Konstruksi Bahari Energi Pangan Beton Logistik "
    "Medika Wisata"
)
_OWN = _words(
    "Alamsyah Barlian Cendrawasih Daengta Emparan Fadhilah Galunggung Halimun Irawadi Jembrana "
    "Kalukku Lamatua Manakarra Ngadaluwih Ombilin Parepangi Qalbiyah Rinjani Salugatta Tappalang "
    "Ulumanda Waepana Yogiswara Zulkarnaen Bongkaran Celebesindo Flobamorata Gantarang Hasanuddin "
    "Lembata"
)
_FAMILY = _words(
    "Siregar Simanjuntak Simatupang Hutapea Hutagalung Nasution Lubis Tarigan Wenas Rumengan Ndolu Bere"
)
_PLACES = (
    "Kabupaten Mamuju|Kab. Mamuju|76.02",
    "Kabupaten Mamuju Tengah|Kab Mamuju Tengah|76.06",
    "Kota Makassar|KOTA MAKASSAR|73.71",
    "Kabupaten Manggarai Barat|Kab. Manggarai Barat|53.15",
    "Kota Bengkulu|kota bengkulu|17.71",
    "Kabupaten Kaur|Kab. Kaur|17.04",
    "Kota Kupang|Kota Kupang|53.71",
    "Kabupaten Kupang|Kab. Kupang|53.01",
    "Kota Administrasi Jakarta Selatan|Jakarta Selatan|31.74",
    "Kota Bima|KOTA BIMA|52.72",
    "Kabupaten Bima|Kab. Bima|52.06",
)


class Row(NamedTuple):
    """One row of a list."""

    name: str
    nib: str = ""
    npwp: str = ""
    nitku: str = ""
    npp: str = ""
    regency: str = ""


class Firm(NamedTuple):
    """An invented firm."""

    form: str
    words: tuple[str, ...]
    nib: str
    npwp: str  # 16 figures
    places: tuple[str, ...]  # the same place, written in several ways

    @property
    def name(self) -> str:
        return " ".join((self.form, *self.words))


Maker = Callable[[Dice, Firm], tuple[str, Row, Row]]


def firm_of(dice: Dice, number: int) -> Firm:
    """Return a firm of its own name."""
    middle = dice.some(_SECOND, dice.between(1, 2))
    words = (dice.pick(_FIRST), *middle)
    if number % 3:
        words = (dice.pick(_FIRST), f"{_OWN[number % len(_OWN)]}", middle[0])
    form = "PT" if dice.happens(60) else dice.pick(("CV", "UD", "CV"))
    nib = f"{dice.between(1, 9)}{number:05d}{dice.below(10_000_000):07d}"
    firm = f"{dice.between(1, 9)}{number:05d}{dice.below(1000):03d}"
    return Firm(
        form, words, nib, f"0{firm}{dice.between(11, 999):03d}000", tuple(dice.pick(_PLACES).split("|"))
    )


def written(dice: Dice, form: str, words: tuple[str, ...]) -> str:
    """Return a name as one list or another has it: nothing in it is wrong."""
    name = " ".join(words)
    ways = {
        "PT": (
            f"PT {name}",
            f"PT. {name.upper()}",
            f"P.T. {name}",
            f"{name}, PT",
            f"{name} PT.",
            f"PT {name} Tbk",
        ),
        "CV": (f"CV {name}", f"CV. {name.upper()}", f"C.V. {name}", f"{name}, CV"),
        "UD": (f"UD {name}", f"UD. {name.upper()}", f"Usaha Dagang {name}", f"{name.lower()} ud"),
    }
    return dice.pick(ways[form])


def misspelt(dice: Dice, word: str) -> str:
    """Return a word with one slip of the fingers, behind its first letter."""
    at = dice.between(1, len(word) - 2)
    doubled = word[: at + 1] + word[at] + word[at + 1 :]
    swapped = word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    left_out = word[:at] + word[at + 1 :]
    return dice.pick((doubled, swapped, left_out) if word[at] != word[at + 1] else (left_out, doubled))


def place(dice: Dice, firm: Firm) -> str:
    return dice.pick(firm.places)


def elsewhere(dice: Dice, firm: Firm) -> str:
    return dice.pick([places for places in _PLACES if not places.startswith(firm.places[0])]).split("|")[0]


def old_form(npwp: str) -> str:
    """Return the 15 figures with their dots."""
    d = npwp[1:]
    return f"{d[:2]}.{d[2:5]}.{d[5:8]}.{d[8]}-{d[9:12]}.{d[12:]}"


def same_nib(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    name = written(dice, firm.form, firm.words)
    return "same", Row(name, firm.nib, regency=place(dice, firm)), Row(firm.name, firm.nib, firm.npwp)


def same_npwp_two_forms(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    name = written(dice, firm.form, firm.words)
    return (
        "same",
        Row(name, npwp=old_form(firm.npwp), regency=place(dice, firm)),
        Row(firm.name, npwp=firm.npwp),
    )


def name_and_place(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    left, right = written(dice, firm.form, firm.words), written(dice, firm.form, firm.words)
    return "same", Row(left, regency=place(dice, firm)), Row(right, firm.nib, regency=place(dice, firm))


def slip(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    at = max(range(len(firm.words)), key=lambda n: len(firm.words[n]))
    words = (*firm.words[:at], misspelt(dice, firm.words[at]), *firm.words[at + 1 :])
    left = Row(written(dice, firm.form, words), regency=place(dice, firm))
    return "same", left, Row(firm.name, npwp=firm.npwp, regency=place(dice, firm))


def together(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    words = ("".join(firm.words[:2]).capitalize(), *firm.words[2:])
    return (
        "same",
        Row(f"{firm.form} {' '.join(words)}", regency=place(dice, firm)),
        Row(firm.name, regency=place(dice, firm)),
    )


def slip_in_the_nib(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    at = dice.between(1, 12)
    wrong = firm.nib[:at] + str((int(firm.nib[at]) + 1) % 10) + firm.nib[at + 1 :]
    name = written(dice, firm.form, firm.words)
    return (
        "same",
        Row(name, wrong, regency=place(dice, firm)),
        Row(firm.name, firm.nib, regency=place(dice, firm)),
    )


def place_unknown(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    words = (*firm.words, dice.pick(_OWN))
    return (
        "same",
        Row(written(dice, firm.form, words)),
        Row(f"{firm.form} {' '.join(words)}", regency=place(dice, firm)),
    )


def branch_by_nitku(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    left = Row(firm.name, firm.nib, firm.npwp, firm.npwp + "000000", regency=place(dice, firm))
    name = written(dice, firm.form, firm.words)
    return "branch", left, Row(name, "", firm.npwp, firm.npwp + f"{dice.between(1, 40):06d}")


def branch_elsewhere(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    other = elsewhere(dice, firm)
    left = Row(firm.name, firm.nib, firm.npwp, regency=place(dice, firm))
    town = other.split()[-1]
    name = dice.pick((f"{firm.name} Cabang {town}", firm.name, f"{firm.name} (Cab. {town})"))
    return "branch", left, Row(name, firm.nib, "", regency=other)


def longer_name(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    words = (*firm.words, dice.pick([word for word in _SECOND if word not in firm.words]))
    return (
        "different",
        Row(f"{firm.form} {' '.join(words)}", regency=place(dice, firm)),
        Row(firm.name, regency=place(dice, firm)),
    )


def same_name_elsewhere(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    name = written(dice, firm.form, firm.words)
    return "different", Row(name, regency=place(dice, firm)), Row(firm.name, regency=elsewhere(dice, firm))


def other_number(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    one, two = dice.some(("", "1", "2", "III", "V", "12"), 2)
    left, right = (f"{firm.name} {number}".strip() for number in (one, two))
    return "different", Row(left, regency=place(dice, firm)), Row(right, regency=place(dice, firm))


def neighbours(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    """Two of one word differ by a letter or two: Jaya and Raya."""
    one, two = dice.pick(
        (
            *(
                ("Jaya", "Raya"),
                ("Maju", "Laju"),
                ("Sari", "Asri"),
                ("Mulia", "Mulya"),
                ("Sentosa", "Santosa"),
            ),
            *(("Mandiri", "Mandira"), ("Perdana", "Pradana"), ("Citra", "Cipta"), ("Karya", "Karsa")),
        )
    )
    left, right = (f"{firm.form} {firm.words[0]} {word} {firm.words[-1]}" for word in (one, two))
    return "different", Row(left, regency=place(dice, firm)), Row(right, regency=place(dice, firm))


def family(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    one, two = dice.some(_FAMILY, 2)
    left, right = (f"{firm.form} {firm.words[0]} {name}" for name in (one, two))
    return "different", Row(left, regency=place(dice, firm)), Row(right, regency=place(dice, firm))


def turned(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    one, two = dice.some(_SECOND, 2)
    return (
        "different",
        Row(f"{firm.form} {one} {two}", regency=place(dice, firm)),
        Row(f"{firm.form} {two} {one}", regency=place(dice, firm)),
    )


def two_licences(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    other = f"{dice.between(1, 9)}{dice.below(10**12 // 7):012d}"
    left = Row(firm.name, firm.nib, regency=place(dice, firm))
    return "different", left, Row(firm.name, other, regency=place(dice, firm))


def firm_and_cooperative(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    left = Row(firm.name, regency=place(dice, firm))
    return "different", left, Row(f"Koperasi {' '.join(firm.words)}", regency=place(dice, firm))


def filler_number(dice: Dice, firm: Firm) -> tuple[str, Row, Row]:
    filler = dice.pick(("1111111111111", "0000000000000", "1234567890123", "9999999999999"))
    other = firm_of(Dice("filler", firm.nib), 90_000 + dice.below(9_000))
    return (
        "different",
        Row(firm.name, filler, regency=place(dice, firm)),
        Row(other.name, filler, regency=place(dice, other)),
    )


MAKERS: dict[Maker, int] = {
    same_nib: 45, same_npwp_two_forms: 35, name_and_place: 45, slip: 35, together: 12, slip_in_the_nib: 12,
    place_unknown: 12, branch_by_nitku: 20, branch_elsewhere: 20, longer_name: 35, same_name_elsewhere: 35,
    other_number: 20, neighbours: 35, family: 25, turned: 15, two_licences: 20, firm_and_cooperative: 12,
    filler_number: 12,
}  # fmt: skip


def made() -> list[tuple[str, ...]]:
    """Return all rows of the file."""
    rows: list[tuple[str, ...]] = []
    for make, times in MAKERS.items():
        for turn in range(times):
            number = len(rows)
            dice = Dice("pairs", make.__name__, turn)
            label, left, right = make(dice, firm_of(dice, number))
            rows.append((label, make.__name__, *left, *right))
    return rows


def main() -> None:
    with (HERE / "pairs.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(HEAD)
        writer.writerows(made())


if __name__ == "__main__":
    main()
