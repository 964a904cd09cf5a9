"""From an appraisal to the one document that all writers draw: findings by level, what holds, what is open, and the limits."""

from collections.abc import Iterator

from cordside.report import appraisalwords as words
from cordside.report.appraised import Appraised
from cordside.report.layouts.findings import FINDINGS, RULES, draw_checked, draw_findings, draw_rules
from cordside.report.pieces import Bullets, Document, Facts, Paragraph, Piece, PlacedTable, Section, Term, Terms
from cordside.report.summary import Fact
from cordside.report.tables import Table
from cordside.report.themes import THEMES
from cordside.results import LEVELS


def appraisal_document(appraised: Appraised) -> Document:
    """The document of an appraisal; the same appraisal gives the same document."""
    return Document(
        study=appraised.study,
        title=f"The published summary of {appraised.study}",
        lead="Appraisal",
        subtitle=" · ".join([f"Study {appraised.study}", f"file {appraised.file}", f"digest {appraised.digest[:12]}"]),
        badges=(),
        mark="",
        digest=appraised.digest,
        footer=" · ".join(filter(None, [appraised.study, f"{appraised.file} {appraised.digest}", appraised.software])),
        theme=THEMES["plain"],
        sections=(
            Section("summary", "Summary", "Summary", tuple(_summary(appraised))),
            Section("findings", "Findings", "Findings", tuple(_findings(appraised))),
            Section("passed", "Passed", "What was checked and holds", (_passed(appraised),)),
            Section("not-checked", "Not checked", "What could not be checked, and why", (_not_checked(appraised),)),
            Section("rules", "Rules", "What the rules ask", (_rules(appraised),)),
            Section("origin", "Origin", "Origin of what was appraised", (_origin(appraised),)),
            Section("limits", "Limits", "Limits of the method", (Bullets(words.LIMITS),)),
        ),
        name="appraisal",
        source="file",
    )


def _summary(appraised: Appraised) -> Iterator[Piece]:
    counts = {level: len(appraised.of_level(level)) for level in LEVELS}
    found = [Fact(f"{level.capitalize()}s", str(count)) for level, count in counts.items()]
    yield Facts((*found, Fact("Checks passed", str(len(appraised.passed))), Fact("Not checked", str(len(appraised.not_checked)))))
    yield Paragraph(words.TASK, "notice")
    yield Bullets(tuple(f"{level.capitalize()}: {meaning}." for level, meaning in words.MEANINGS.items()))
    if not counts["contradiction"]:
        yield Paragraph(words.CLEAN)


def _findings(appraised: Appraised) -> Iterator[Piece]:
    """A table a level, the gravest first; findings are numbered through all of them."""
    if appraised.findings:
        yield Paragraph(words.READING)
    first = 1
    for place, level in enumerate(LEVELS, 1):
        found = appraised.of_level(level)
        title = f"{level.capitalize()}s ({len(found)}): {words.MEANINGS[level]}"
        empty = "" if found else words.NO_FINDING
        notes = (words.FOOTNOTES[level],) if found else ()
        table = Table(f"{level}s", f"Table A{place}", title, FINDINGS, draw_findings(found, first), notes, empty=empty, prose=True)
        yield _placed(appraised, table)
        first += len(found)


def _passed(appraised: Appraised) -> PlacedTable:
    said = {"heading": "What was found", "note": words.PASSED, "empty": "No check passed."}
    title = f"Checks that passed, by rule ({len(appraised.passed)})"
    return _placed(appraised, draw_checked("checks-passed", "Table A4", title, appraised.passed, appraised, **said))


def _not_checked(appraised: Appraised) -> PlacedTable:
    said = {"heading": "Why it could not be checked", "note": words.NOT_CHECKED, "empty": "Every check that was called for was made."}
    title = f"Checks that could not be made, by rule ({len(appraised.not_checked)})"
    return _placed(appraised, draw_checked("checks-open", "Table A5", title, appraised.not_checked, appraised, **said))


def _rules(appraised: Appraised) -> PlacedTable:
    rows = draw_rules(appraised)
    empty = "" if rows else "No rule is described."
    return _placed(appraised, Table("all-rules", "Table A6", "The rules and what they said", RULES, rows, (words.RULES,), empty=empty))


def _placed(appraised: Appraised, table: Table) -> PlacedTable:
    foot = f"Origin of data: {words.ORIGIN}. Study {appraised.study}, file {appraised.file}, digest {appraised.digest[:12]}."
    return PlacedTable(table, (), foot)


def _origin(appraised: Appraised) -> Terms:
    terms = (
        Term("Study", appraised.study),
        Term("File", appraised.file),
        Term("Digest of the file", appraised.digest, is_code=True),
        Term("Origin of data", words.ORIGIN),
        Term("Software", appraised.software),
    )
    return Terms(tuple(term for term in terms if term.text))
