"""By which words a local rule is found (`core/search.py`)."""

from ombudsman_app.core.search import WordIndex
from ombudsman_app.directory.names import normalised, words_of

from .local_rules import RuleKind
from .models import LocalRuleWord

INDEX = WordIndex(LocalRuleWord.province, LocalRuleWord.word, LocalRuleWord.rule_id)
_KIND_WORDS = {
    RuleKind.PERDA_PROVINSI: "perda peraturan daerah provinsi",
    RuleKind.PERDA_KABUPATEN: "perda peraturan daerah kabupaten kota",
    RuleKind.PERGUB: "pergub peraturan gubernur",
    RuleKind.PERBUP: "perbup peraturan bupati",
    RuleKind.PERWALI: "perwali peraturan wali kota",
    RuleKind.PERDES: "perdes peraturan desa",
    RuleKind.SK: "sk keputusan penetapan penerima",
    RuleKind.CIRCULAR: "se surat edaran",
}


def number_key(number: str | None) -> str:
    """Return a number without what people write differently: 188.45/12 and 188,45-12 are one."""
    return normalised(number or "").replace(" ", "")


def words_of_rule(kind: RuleKind, number: str | None, year: int | None, *names: str) -> set[str]:
    """Return the words of a rule; `names` are its title, its place, its village."""
    told = [_KIND_WORDS[kind], number or "", str(year or ""), *names]
    return words_of(" ".join(told))
