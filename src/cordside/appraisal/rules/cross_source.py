"""One quantity printed in several places is the same everywhere.

A row of a table, a column of patients, data drawn in a figure, and every sentence with the same `about` are
compared: numbers as rounding intervals (of patients also their smallest, largest, mean and median), units, words
for a class, and periods as exactly as both are printed. Two values that cannot both be true: contradiction. Only
the spelling differs ("< .001" and "< 0.001"), or a word such as "low" has no printed limit: note.

Example: "Table 1 gives stays of 19, 29, 35, 38 and 46 days, figure 1 gives 19, 30, 29, 37 and 39. Please say which
are right."
"""

from cordside.appraisal.comparing import compared, quotes_of
from cordside.appraisal.names import plain
from cordside.appraisal.paper import Paper, Spot
from cordside.appraisal.periods import periods_agree
from cordside.appraisal.sources import Said, said_of, topics
from cordside.appraisal.verdict import CONTRADICTION, NOTE, Verdicts

ID = "cross-source"
LEVELS = (CONTRADICTION, NOTE)
_PERIODS = ("study period", "period")


def judge(paper: Paper) -> Verdicts:
    """Every topic of the sentences and figures, then every period."""
    say = Verdicts(paper, ID)
    for topic, spot in topics(paper).items():
        _judge(say, spot, said_of(paper, topic))
    for topic in dict.fromkeys(statement.about for statement, _ in paper.statements("period")):
        _judge_period(say, paper, topic)
    return say


def _judge(say: Verdicts, spot: Spot, places: list[Said]) -> None:
    if len(places) < 2:
        return say.open(spot, "it is printed in one place only")
    found = compared(places)
    quote = "; ".join(quotes_of(places))
    if found.differ:
        why = f"{'; '.join(found.differ)}. They cannot all be true. Please say which is right."
        say.found(CONTRADICTION, spot, why, printed="; ".join(found.differ), expected="one value in all places", quote=quote)
    for words, why in ((found.spelt, "Only the spelling differs."), (found.vague, "Please print the limit, or the unit.")):
        if words:
            say.found(NOTE, spot, f"{'; '.join(words)}. {why}", printed="; ".join(words), expected="one way to print it", quote=quote)
    if not (found.differ or found.spelt or found.vague):
        say.right(spot, "; ".join(found.agree)) if found.agree else say.open(spot, "; ".join(found.open))
    return None


def _judge_period(say: Verdicts, paper: Paper, topic: str) -> None:
    said = [(statement, spot) for statement, spot in paper.statements("period") if statement.about == topic]
    places = [(statement.place, list(statement.value), statement.quote) for statement, _ in said]
    if paper.published.period and plain(topic) in _PERIODS:
        places.append(("the file's period", paper.published.period, ""))
    spot, first = said[0][1], places[0]
    different = [place for place in places[1:] if not periods_agree(first[1], place[1])]
    if different:
        words = "; ".join(f"{place} {' to '.join(period)}" for place, period, _ in [first, *different])
        quote = "; ".join(quote for _, _, quote in [first, *different] if quote)
        why = f"{words}. The periods cannot both be right. Please say which is."
        say.found(CONTRADICTION, spot, why, printed=words, expected="one period", quote=quote)
    elif len(places) > 1:
        say.right(spot, f"{' to '.join(first[1])} in {len(places)} places")
    else:
        say.open(spot, "it is printed in one place only")
