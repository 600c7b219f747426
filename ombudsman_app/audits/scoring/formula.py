"""The numbers of the formula. They are frozen with its version: a new number is a new version.

A score is kept with the version it was counted by, so these stand in code; a test compares them with
`rules/audits.yaml` (answer_types) and the sentences of `audits.md` §6.
"""

from typing import Final

FORMULA_VERSION: Final = "1"

FULL: Final = 100
YES_NO: Final = {"yes": FULL, "no": 0}
SCALE4: Final = {"0": 0, "1": 25, "2": 50, "3": 75, "4": FULL}
SKM_LEAST, SKM_MOST = 25, 100  # the index runs from 25 to 100: (IKM - 25) / 75 x 100
MAJOR_BELOW: Final = 50  # also the line for critical indicators
MINOR_BELOW: Final = 75
EXACT_DECIMALS: Final = 10
TOTAL_DECIMALS: Final = 2
