"""Images before and after, side by side: the files that rows of the record name."""

from cordside.analysis.picking import by_subject
from cordside.analysis.rows import Row, Subject, joined, named, nothing, proof, subjects_of, values
from cordside.protocol.plans.pictures import Images
from cordside.record.record import Record
from cordside.results import Result

NO_IMAGE = "no image"


def summarise(record: Record, planned: Images) -> list[Result]:
    """One row a subject, before and after; its text is the file's path in the study folder."""
    everybody = subjects_of(record, planned.subject)
    if not everybody:
        return nothing(planned, "no subjects are recorded")
    rows = values(record, planned.item)
    found = {"before": by_subject(rows, planned.before), "after": by_subject(rows, planned.after)}
    return [_image(planned, subject, when, found[when].get(subject.id, [])) for subject in everybody for when in found]


def _image(planned: Images, subject: Subject, when: str, rows: list[Row]) -> Result:
    named_files = [row for row in rows if row["XFN"]]
    used = named_files[-1:] or rows[-1:]
    several = f"{len(named_files)} images; the last is shown" if len(named_files) > 1 else ""
    return Result(
        **named(planned),
        **subject.columns,
        variable=planned.item,
        label="Before" if when == "before" else "After",
        level=when,
        visit=planned.before if when == "before" else planned.after,
        statistic="value",
        text=named_files[-1]["XFN"] if named_files else "",
        n=len(named_files[-1:]),
        n_missing=0 if named_files else 1,
        warning=joined([several, "" if named_files else NO_IMAGE]),
        **proof(used),
    )
