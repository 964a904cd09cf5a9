"""The words around the findings of an appraisal. They judge what is printed, never who printed it, and guess no motive."""

MEANINGS = {
    "contradiction": "two printed things cannot both be true, or one is impossible",
    "defect": "a reader lacks something, or a reference leads nowhere",
    "note": "unlikely, differently spelt, or resting on outside knowledge",
}
"""What a level means, by its name."""

TASK = (
    "This page says what in a published summary cannot be true, what a reader lacks, what was checked and holds, and what could "
    "not be checked. It speaks of what is printed. Typing errors, rounding, missing values and slips of units explain most findings."
)
NO_FINDING = "None."
CLEAN = "No contradiction was found. What could not be checked is listed below with the reason; it is neither right nor wrong."
READING = (
    "Under the name of a row stand its place in the file (table1.Age is the row Age of table 1, statements.x the sentence entered as x) "
    "and the rule, which Table A6 explains. Words in quotation marks stand in the paper; a semicolon parts two sentences. "
    "All of it is plain text: a raised figure stands on the line, so 109 may be the ninth power of ten."
)
FOOTNOTES = {
    "contradiction": "Only a bound, an exact enumeration or two quotes make a contradiction. It does not tell which of the two is wrong.",
    "defect": "What is missing here may exist and only not be printed.",
    "note": "A note asks for a look. It is no contradiction.",
}
"""What stands under the table of a level."""
PASSED = "A check that passes shows that the printed numbers are possible together, not that they are right."
NOT_CHECKED = "Nothing is guessed: where a recording step, a test, a limit or a second place is not given, the check is not made."
RULES = "Findings are counted at all levels. A rule without a number has nothing in this file to judge."
ORIGIN = "taken from a publication; nothing was checked against patients' files"
LIMITS = (
    "Only what was entered from the paper was judged. A table, figure or sentence that is not in the file is not covered.",
    'A printed number stands for every value that rounds to it, and "< 0.001" for 0 to 0.001. Sums are whole fractions, never rounded.',
    "A contradiction is proved by a bound, an exact enumeration or two quotes. A search that finds nothing is no proof.",
    "Usual ranges of analytes and bands of plausible values are knowledge from outside the paper. They are wide.",
    "A program cannot know why something is printed as it is. The authors, who have the data, can say what is right.",
)
