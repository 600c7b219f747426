"""What pages call definitions, parts and what is odd about a figure."""

from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l

from .models import SourceKind
from .states import Definition, FigureStatus, Flag, Level, Part, Standing

LazyText = Any


@dataclass(frozen=True)
class DefinitionWords:
    """A definition in words: its name, what stands above and below the line, and what to beware of."""

    name: LazyText
    short: LazyText
    numerator: LazyText
    denominator: LazyText
    warning: LazyText = ""


DEFINITION_WORDS: dict[Definition, DefinitionWords] = {
    Definition.UCJ: DefinitionWords(
        "Universal Coverage Jamsostek (UCJ)",
        "UCJ",
        _l("workers who take part and whose contributions are paid, of all kinds"),
        _l("workers of the area who should take part; without civil servants, army and police"),
    ),
    Definition.LABOUR_FORCE_SHARE: DefinitionWords(
        _l("Members in the labour force"),
        _l("labour force"),
        _l("workers who take part"),
        _l("the labour force as BPS counts it (Sakernas)"),
        _l("The labour force is larger than what UCJ counts: the two are never compared."),
    ),
    Definition.SEGMENT_COVERAGE: DefinitionWords(
        _l("Coverage by kind of worker"),
        _l("by kind of worker"),
        _l("workers of this kind who take part"),
        _l("workers of this kind who should take part"),
        _l("Construction is counted by project: one worker can stand in several."),
    ),
    Definition.VILLAGE_OFFICIALS: DefinitionWords(
        _l("Village heads and village staff"),
        _l("village government"),
        _l("those who take part at least in JKK and JKM"),
        _l("those in office"),
        _l("Heads, staff, BPD and RT/RW are counted apart."),
    ),
    Definition.VULNERABLE_PAID: DefinitionWords(
        _l("Vulnerable workers whose contributions are paid for them"),
        _l("vulnerable workers paid for"),
        _l("vulnerable workers whose contributions somebody pays"),
        _l("vulnerable workers in the decree of the region, or in DTSEN"),
        _l("Who pays is part of the figure. A worker counts once a month, even if two pay."),
    ),
}
PART_WORDS: dict[Part, LazyText] = {
    Part.WHOLE: _l("all together"),
    Part.PU: _l("wage earners (PU)"),
    Part.BPU: _l("those who pay for themselves (BPU)"),
    Part.JAKON: _l("construction (JAKON)"),
    Part.PMI: _l("migrant workers (PMI)"),
    Part.PU_AND_PMI: _l("wage earners and migrant workers"),
    Part.HEAD: _l("village heads"),
    Part.APPARATUS: _l("village staff"),
    Part.HEAD_AND_APPARATUS: _l("village heads and staff"),
    Part.BPD: _l("village councils (BPD)"),
    Part.RT_RW: _l("neighbourhood heads (RT/RW)"),
    Part.APBN: _l("paid by the state budget (APBN)"),
    Part.APBD_PROVINCE: _l("paid by the provincial budget (APBD)"),
    Part.APBD_REGENCY: _l("paid by the budget of the regency or city (APBD)"),
    Part.APBDES: _l("paid by the village budget (APBDes)"),
    Part.CSR: _l("paid by companies (CSR)"),
    Part.DONATION: _l("paid by donations"),
}
LEVEL_WORDS: dict[Level, LazyText] = {
    Level.NATION: _l("nation"),
    Level.PROVINCE: _l("province"),
    Level.REGENCY: _l("regency or city"),
    Level.AREA: _l("area without a code of its own"),
    Level.UNKNOWN: _l("place not clear"),
}
STATUS_WORDS: dict[FigureStatus, LazyText] = {
    FigureStatus.COMPUTED: _l("computed from both counts"),
    FigureStatus.QUOTED: _l("quoted"),
    FigureStatus.QUALITATIVE: _l("words without a number"),
    FigureStatus.DO_NOT_USE: _l("not to be used"),
}
STANDING_WORDS: dict[Standing, LazyText] = {
    Standing.PROPOSED: _l("waits for a decision"),
    Standing.CURRENT: _l("released"),
    Standing.SUPERSEDED: _l("superseded by a revision"),
    Standing.REFUSED: _l("sent back"),
    Standing.WITHDRAWN: _l("taken back"),
}
STANDING_TONES: dict[Standing, str] = {
    Standing.PROPOSED: "info",
    Standing.CURRENT: "success",
    Standing.SUPERSEDED: "neutral",
    Standing.REFUSED: "danger",
    Standing.WITHDRAWN: "danger",
}
FLAG_WORDS: dict[Flag, LazyText] = {
    Flag.APPROXIMATE: _l("The day is that of the source: it does not say when it was counted."),
    Flag.UNDATED: _l("Neither the figure nor its source bears a day."),
    Flag.ABOVE_100: _l("More than 100%: kept, with the reason."),
    Flag.DIFFERS: _l("The source gives another percentage than its own counts make."),
    Flag.ROUNDED: _l("The source rounds what its own counts make."),
    Flag.PARTS_DIFFER: _l("Its parts do not add up to it. Both are kept."),
    Flag.SUM_DIFFERS: _l("The regencies of the same source do not add up to it. Both are kept."),
    Flag.OLD_CODE: _l("The source names the place by its code from before a split."),
}
SOURCE_KIND_WORDS: dict[SourceKind, LazyText] = {
    SourceKind.BPJS: _l("BPJS Ketenagakerjaan"),
    SourceKind.OFFICIAL: _l("another public body"),
    SourceKind.STATISTICS: _l("Statistics Indonesia (BPS)"),
    SourceKind.PRESS: _l("press"),
    SourceKind.OTHER: _l("another source"),
}
WHY_WORDS: dict[str, LazyText] = {
    "future": _l("This day lies in the future. Look at the year once more."),
    "too_early": _l("BPJS Ketenagakerjaan works since 2014: this day is earlier."),
    "people": _l("So many people do not live in Indonesia."),
    "zero": _l("The number below the line cannot be nothing."),
    "impossible": _l("This percentage cannot be. Is a comma missing, as in 33,73?"),
    "above_100": _l("More than 100%: write down why this is right."),
    "definition": _l("What does the figure count? Without a definition a percentage says nothing."),
    "part": _l("This part does not belong to this definition."),
    "empty": _l("Write a number, or in words what the source says."),
    "count": _l("Write the number in figures, such as 1.234.567."),
    "percent": _l("Write the percentage in figures, such as 33,73."),
    "negative": _l("This number cannot be below nothing."),
    "share_of_one": _l(
        "This may be a share of one or a very small percentage. Write 33,73, or 0,34% with its sign."
    ),
    "no_address": _l("Write the whole address of the page; it begins with https:// and holds no blanks."),
    "no_title": _l("Write what the source is called, or choose one that is known."),
    "place": _l("No province, regency or city bears this code."),
    "said": _l("This source says this of this place and day already. Revise that figure."),
    "not_current": _l("Only a released figure is revised. Open it again to see where it stands."),
    "another": _l("A revision speaks of the same place, definition, part and programme."),
    "waits": _l("A revision of this figure waits for a decision already."),
}


def measure_words(definition: Definition, part: Part, programme: str = "") -> str:
    """UCJ; Village heads and village staff: village heads; … · JKK."""
    name = str(DEFINITION_WORDS[definition].name)
    if part is not Part.WHOLE:
        name = f"{name}: {PART_WORDS[part]}"
    return f"{name} · {programme}" if programme else name
