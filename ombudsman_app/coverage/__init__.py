"""Coverage: how many are insured, who says so, and what was agreed about it (`design.md` §8).

Four neighbours that share places and words: figures (`…/figures`), monitoring meetings (`…/meetings`), duties and
local rules (`…/duties`, `…/local_rules`), outreach and innovations (`…/outreach`, `…/innovations`).
"""
