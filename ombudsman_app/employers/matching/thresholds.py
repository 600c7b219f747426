"""The numbers of `rules/matching.yaml`, each with its reason there."""

from dataclasses import dataclass
from pathlib import Path

from ombudsman_app.core.workflow.rules import load


@dataclass(frozen=True)
class _Threshold:
    id: str
    value: int
    why: str


@dataclass(frozen=True)
class _MatchingRules:
    version: int
    thresholds: tuple[_Threshold, ...]
    common_words: str


_READ = load(Path(__file__).parents[1] / "rules" / "matching.yaml", _MatchingRules)
_VALUES = {threshold.id: threshold.value for threshold in _READ.thresholds}

VERSION = f"matching.yaml {_READ.version}"  # stored beside what was proposed by it
TOKEN_SET_RATIO = _VALUES["token_set_ratio"]
RATIO = _VALUES["ratio"]
NAMES_IN_COMMON = _VALUES["names_in_common"]
OWNER_NAMES = _VALUES["owner_names"]
LETTERS_OF_A_SLIP = _VALUES["letters_of_a_slip"]
LETTERS_OF_TWO_SLIPS = _VALUES["letters_of_two_slips"]
PLACE_UNKNOWN = _VALUES["place_unknown"]
OTHER_FORM = _VALUES["other_form"]
SPELLING = _VALUES["spelling"]
PAIRS_OF_A_ROW = _VALUES["pairs_of_a_row"]
BLOCK = _VALUES["block"]
COMMON_WORDS = frozenset(_READ.common_words.split())
