"""The form of a published summary: what a paper prints, as data, every scalar as the text that was printed.

Nothing is guessed: a key that is missing is not known, and the rules that need it say so.
"""

from cordside.appraisal.published.parts import Part
from cordside.appraisal.published.patients import Eligibility, Exclusion, Figure, Patient, Swabs
from cordside.appraisal.published.rows import Row, Target
from cordside.appraisal.published.whole import Published, Statement, keys_at, published_of

__all__ = [
    "Eligibility",
    "Exclusion",
    "Figure",
    "Part",
    "Patient",
    "Published",
    "Row",
    "Statement",
    "Swabs",
    "Target",
    "keys_at",
    "published_of",
]
