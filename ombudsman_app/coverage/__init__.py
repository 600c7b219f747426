"""Coverage: how many are insured, who says so, and what was agreed about it (`design.md` §8).

Four neighbours share places and words: figures; monitoring meetings with what was agreed there; duties of
Inpres 2/2021 and local rules; outreach and innovations.
"""
