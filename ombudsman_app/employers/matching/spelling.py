"""Are two names the same words, written differently? Guards against firms that only look alike."""

from enum import StrEnum

from rapidfuzz.distance import OSA
from rapidfuzz.fuzz import ratio, token_set_ratio

from .party import Party
from .thresholds import COMMON_WORDS, LETTERS_OF_A_SLIP, LETTERS_OF_TWO_SLIPS, RATIO, TOKEN_SET_RATIO


class Likeness(StrEnum):
    """How two names are alike, the surest first."""

    SAME = "same_name"
    TOGETHER = "written_together"
    PLACE_WORD = "place_in_name"
    SPELLING = "spelling"
    ORDER = "word_order"


_WEAK = frozenset({"dan", "di", "the", "of"})
_OLD_MARKS = ("dj", "tj", "oe")
_MOST_SLIPS = 2
SHORTEST_SLIP = 4  # letters; of shorter words no letter can be wrong


def likeness(one: Party, other: Party) -> tuple[Likeness, list[tuple[str, str]]] | None:
    """Return how the names are alike, with the words that differ; None where they are two names."""
    if not one.key or not other.key:
        return None
    if one.key == other.key:
        return Likeness.SAME, []
    if one.letters == other.letters:
        return Likeness.TOGETHER, []
    if ratio(one.key, other.key) < RATIO or token_set_ratio(one.key, other.key) < TOKEN_SET_RATIO:
        return None
    return _aligned(one, other)


def _aligned(one: Party, other: Party) -> tuple[Likeness, list[tuple[str, str]]] | None:
    ours, theirs = one.key.split(), other.key.split()
    if _numbers(ours) != _numbers(theirs):
        return None
    shared = len(ours)
    left, right = _left_over(ours, theirs)
    shared -= len(left)
    if not left and not right:
        return (Likeness.ORDER, []) if shared > 2 else None
    left, right = _without(left, _WEAK), _without(right, _WEAK)
    places = {one.place.name, other.place.name} - {""}
    if shared and (left or right) and (not left or not right) and "".join(left + right) in places:
        return Likeness.PLACE_WORD, []
    if not left and not right:
        return Likeness.SPELLING, []  # "dan" or "&" here, not there
    slips = _slips(left, right)
    if slips is None or len(slips) > (_MOST_SLIPS if shared > 2 else 1):
        return None
    return Likeness.SPELLING, slips


def _slips(left: list[str], right: list[str]) -> list[tuple[str, str]] | None:
    """Pair the words that differ; None where one of them is another word."""
    if len(left) != len(right):
        together = "".join(left), "".join(right)
        is_one = left and right and together[0] == together[1]
        return [(" ".join(left), " ".join(right))] if is_one else None
    if len(left) > _MOST_SLIPS:
        return None
    left, right = sorted(left), sorted(right)
    for order in (right, right[::-1]):
        if all(is_slip(word, other) for word, other in zip(left, order, strict=True)):
            return list(zip(left, order, strict=True))
    return None


def is_slip(one: str, other: str) -> bool:
    """Return whether one word is the other with a slip, in the old spelling, or cut short.

    Jaya and Raya, Santosa and Sentosa are two words each; jya is jaya, Djaja is Jaya, sej. is Sejahtera.
    """
    if one in COMMON_WORDS and other in COMMON_WORDS:
        return False
    if _is_cut(one, other) or _is_cut(other, one):
        return True
    if min(len(one), len(other)) < SHORTEST_SLIP - 1 or max(len(one), len(other)) < SHORTEST_SLIP:
        return False
    if _modern(one) == _modern(other) or _single(one) == _single(other):
        return True
    return one[0] == other[0] and _is_near(one, other)


def _is_near(one: str, other: str) -> bool:
    """Few letters are wrong for the length of the words."""
    shortest = min(len(one), len(other))
    distance = OSA.distance(one, other, score_cutoff=2)
    if shortest >= LETTERS_OF_A_SLIP:
        return distance <= (2 if shortest >= LETTERS_OF_TWO_SLIPS else 1)
    # in a short word another letter makes another word: only a letter too many, too few or swapped
    return distance == 1 and (len(one) != len(other) or sorted(one) == sorted(other))


def _is_cut(short: str, word: str) -> bool:
    return 3 <= len(short) < len(word) - 1 and word.startswith(short) and short not in COMMON_WORDS


def _modern(word: str) -> str:
    """Return a word of before 1972 in today's spelling: Djaja, Tjipta, Soerabaja."""
    if not any(mark in word for mark in _OLD_MARKS):
        return word
    word = word.replace("dj", "\0").replace("tj", "c").replace("oe", "u").replace("j", "y")
    return word.replace("\0", "j")


def _single(word: str) -> str:
    return "".join(letter for place, letter in enumerate(word) if not place or letter != word[place - 1])


def _numbers(words: list[str]) -> list[str]:
    return sorted(word for word in words if not word.isalpha())


def _left_over(ours: list[str], theirs: list[str]) -> tuple[list[str], list[str]]:
    left, right = list(ours), list(theirs)
    for word in ours:
        if word in right:
            left.remove(word)
            right.remove(word)
    return left, right


def _without(words: list[str], dropped: frozenset[str]) -> list[str]:
    return [word for word in words if word not in dropped]
