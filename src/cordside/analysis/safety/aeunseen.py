"""Events of special interest that nobody had: how often they may still happen, who looked for them and for how long."""

from cordside.analysis.rows import ABSENT
from cordside.analysis.statistics.firstevent import unseen_risk
from cordside.analysis.subjects.grouptests import answer_columns
from cordside.protocol.plans.safety import AdverseEvents
from cordside.results import Result, as_dict
from cordside.words import rounded

NONE_RECORDED = "no adverse event is recorded; that is not shown to be none"
_KEPT = ("analysis", "table", "group", "group_level", "variable", "label", "level", "source", "origin")


def upper_limit(planned: AdverseEvents, line: Result, subjects: int, policy: str) -> list[Result]:
    """`conf_high`, in percent, of an event that a group of so many subjects did not have; none where the plan does not say who looked.

    line: the result row with the number of events of the line in the group.
    """
    if planned.unseen is None or line.value:
        return []
    answer = unseen_risk(subjects, event=line.label, assessor=planned.unseen.assessor, follow_up=planned.unseen.follow_up)
    columns = answer_columns({name: value for name, value in as_dict(line).items() if name in _KEPT}, answer)
    columns["source"] = line.source
    value = None if answer.high is None else 100 * answer.high
    text = ABSENT if value is None else rounded(value, 1, policy)
    return [Result(**columns, statistic="conf_high", value=value, text=text, unit="%")]
