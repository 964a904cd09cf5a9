"""A study of five subjects as result rows, in the shapes of docs/explanation/result-rows.md."""

from cordside.protocol.protocol import Protocol
from cordside.protocol.read import parse_protocol
from cordside.report.source import Provenance, Report
from cordside.results import Result

PROTOCOL = """
format: 1
study: T
title: A study of five
origin: published
control_group: false
period: [2020-02, 2020-03]
ethics: not_published
sites: not_published
arms: {MSC: {label: Cells}}
population:
  planned: 5
  inclusion: [{id: age, text: Aged 18 to 75, item: DM.AGE, between: [18, 75]}]
  exclusion: [{id: shock, item: CE.SHOCK, recorded: true}]
product: not_published
regimen:
  treatment: Cells
  dose: {rule: flat, cells: 30000000, count: not_published}
  vehicle: not_published
  volume_ml: 100
  route: INTRAVENOUS
  days: [1, 4, 7]
  maximum: 3
  caps: not_published
  missed_dose: not_published
before_each_infusion:
  - {id: no_shock, text: No new shock, item: CE.SHOCK, recorded: false}
  - {id: no_fever, item: VS.TEMP, below: 39, unit: C}
visits:
  BEFORE: {label: Before, day: -1, window: [-6, 0], by: ward, ask: [signs, heart]}
  D1: {label: First infusion, day: 1, infusion: 1, by: ward, ask: [signs]}
  D28: {label: Day 28, day: 28, window: [-3, 3], anchor: last infusion, ask: [signs, history]}
  CALL: {label: Call, day: 90, window: [-14, 14], by: phone, repeat: {every: 90, times: 2}}
  EXTRA: {label: Unscheduled, unscheduled: true, ask: [signs]}
panels:
  signs: {label: Signs, items: [{item: VS.RESP, unit: breaths/min}, {item: VS.OXYSAT, label: SpO2, unit: "%"}]}
  heart: {label: Heart, when: {item: MH.CORONARY HEART DISEASE, recorded: true}, items: [{item: LB.TROPONI, unit: ng/L}]}
  history: {label: History, items: [{item: MH.HYPERTENSION}, {item: MB.SAR2RNA, location: NASOPHARYNX}]}
  unused: {label: Never asked, items: [{item: VS.TEMP}]}
events_of_special_interest: [{category: Thromboembolism, terms: [pulmonary embolism]}]
endpoints: [{id: safety, type: safety, text: Adverse events}]
roles: not_published
conventions: {dates: month.day, spread: sd}
analyses:
  - kind: listing
    id: table1
    number: Table 1
    title: Values by subject
    subject: Case {SUBJID}
    rows: [{label: Age, item: DM.AGE}, {label: RR, section: Signs, item: VS.RESP, visit: BEFORE}]
  - kind: characteristics
    id: table3
    title: Characteristics
    rows: [{label: Age, item: DM.AGE, show: median_iqr}, {label: Sex, item: DM.SEX, show: n_percent}]
  - kind: swabs
    id: table2
    number: Table 2
    title: Swabs
    item: MB.SAR2RNA
    subject: Case {SUBJID}
    places: [{label: Nose, location: NASOPHARYNX}, {label: Anus, location: ANUS}]
  - {kind: clearance, id: clearance, title: Clearance, item: MB.SAR2RNA}
  - {kind: adverse_events, id: ae, title: Adverse events}
  - {kind: infusions, id: infusions, title: Infusions}
  - {kind: deviations, id: deviations, title: Deviations}
  - {kind: timeline, id: figure1, number: Figure 1, title: Timelines, swabs: MB.SAR2RNA, stay: HO.HOSPITAL STAY}
  - {kind: images, id: figure2, number: Figure 2, title: Images, item: PR.CT SCAN, before: BEFORE, after: D28}
  - kind: by_visit
    id: figure3
    number: Figure 3
    title: Means
    markers: [{item: LB.CRP, label: CRP}, {item: LB.DDIMER, label: D-dimer}]
    visits: [BEFORE, D1, D28]
  - kind: before_after
    id: figure4
    number: Figure 4
    title: Before and after
    markers: [{item: LB.LYM, label: Lymphocytes}]
    before: BEFORE
    after: D28
remarks:
  - {about: AE, text: The source reports nausea of no named patient.}
  - {about: table2, text: The source calls this table partial.}
"""

SUBJECTS = {f"T-{number}": f"Case {number}" for number in range(1, 6)}


def a_protocol(text: str = PROTOCOL, **changes: str) -> Protocol:
    """The protocol of the sample; changes: whole lines by the key that they begin with."""
    for key, line in changes.items():
        old = next(row for row in text.splitlines() if row.startswith(f"{key}:"))
        text = text.replace(old, line, 1)
    return parse_protocol(text)


def by_subject(analysis: str, subject: str, **columns: object) -> Result:
    """A row of one subject."""
    return a_row(analysis, group="subject", group_level=SUBJECTS[subject], subject=subject, **columns)


def a_row(analysis: str, **columns: object) -> Result:
    """A row with the columns that most rows have."""
    known = {"statistic": "value", "origin": "published", "source": ("records/lb.csv:2",)}
    return Result(analysis=analysis, **(known | columns))  # type: ignore[arg-type]


def sample_rows(origin: str = "published") -> list[Result]:
    """Result rows of every planned item and every standing analysis."""
    return [
        *_listing(),
        *_characteristics(),
        *_swabs(),
        *_clearance(),
        *_events(),
        *_infusions(),
        a_row("deviations", statistic="n", value=0, text="0", error="no deviation is recorded"),
        *_timeline(),
        *(
            by_subject("figure2", name, level=side, visit=visit, warning="no image")
            for name in SUBJECTS
            for side, visit in (("before", "BEFORE"), ("after", "D28"))
        ),
        *_means(origin),
        *_pairs(origin),
        *_standing(),
    ]


def a_report(rows: list[Result] | None = None, protocol: Protocol | None = None, **provenance: object) -> Report:
    """A report of the sample."""
    known: dict[str, object] = {"study": "T", "digest": "0123456789abcdef" * 4, "software": "cordside 0"}
    return Report(
        protocol=protocol or a_protocol(),
        results=sample_rows() if rows is None else rows,
        provenance=Provenance(**(known | provenance)),  # type: ignore[arg-type]
    )


def _listing() -> list[Result]:
    ages = [
        by_subject("table1", name, variable="DM.AGE", label="Age", text=str(60 + at), value=60 + at) for at, name in enumerate(SUBJECTS)
    ]
    rates = [by_subject("table1", name, variable="VS.RESP", label="RR", visit="BEFORE", text="21", value=21) for name in list(SUBJECTS)[:4]]
    missing = by_subject("table1", "T-5", variable="VS.RESP", label="RR", visit="BEFORE", text="-", warning="not recorded")
    return [*ages, *rates, missing]


def _characteristics() -> list[Result]:
    total = {"group": "arm", "group_level": "Total"}
    ages = {"median": "62", "q1": "61", "q3": "63"}
    return [
        a_row("table3", **total, variable="DM.USUBJID", statistic="n", value=5, text="5", n=5),
        a_row("table3", **total, variable="DM.AGE", label="Age", statistic="n", value=4, text="4", n=4, n_missing=1),
        *(
            a_row("table3", **total, variable="DM.AGE", label="Age", statistic=name, text=text, convention="R-7")
            for name, text in ages.items()
        ),
        *(
            a_row("table3", **total, variable="DM.SEX", label="Sex", level=level, statistic=name, text=text)
            for level, texts in {"Female": ("3", "60.0"), "Male": ("2", "40.0")}.items()
            for name, text in zip(("count", "percent"), texts, strict=True)
        ),
    ]


def _swabs() -> list[Result]:
    first = by_subject("table2", "T-1", variable="MB.SAR2RNA", level="positive", text="Positive 2.6", value=1)
    dose = by_subject("table2", "T-1", variable="MB.SAR2RNA", level="first dose", text="2.9")
    found = {"2020-02-19": ("Positive", "NA"), "2020-03-01": ("Negative", "Negative")}
    swabs = [
        by_subject("table2", "T-1", variable="MB.SAR2RNA", level=place, visit=day, text=text)
        for day, texts in found.items()
        for place, text in zip(("Nose", "Anus"), texts, strict=True)
    ]
    return [first, dose, *swabs]


def _clearance() -> list[Result]:
    columns = {"variable": "MB.SAR2RNA", "method": "two-negatives", "label": "Two negatives", "convention": "named by the protocol"}
    cleared = by_subject("clearance", "T-1", **columns, text="4 [-6, 4]", value=4)
    never = by_subject("clearance", "T-2", **columns, text="not cleared by day 15", warning="last swab positive")
    return [cleared, never]


def _events() -> list[Result]:
    total = {"group": "arm", "group_level": "Total", "variable": "AE"}
    counts = {("any", ""): "1", ("special interest", "Thromboembolism"): "0", ("term", "Nausea"): "1"}
    return [
        a_row("ae", **total, level="exposed", statistic="n", value=5, text="5"),
        *(
            a_row("ae", **total, level=level, label=label, statistic=name, text=text, value=int(text))
            for (level, label), text in counts.items()
            for name in ("count", "n")
        ),
        by_subject("ae", "T-1", variable="AE", level="event", label="Nausea", visit="2020-02-10", text="grade 1, 2 h after the infusion"),
    ]


def _infusions() -> list[Result]:
    days = {"1": ("2020-02-17", "D1", ""), "2": ("2020-02-20", "D4", "the date is derived")}
    rows = []
    for number, (date, day, warning) in days.items():
        rows += [
            by_subject("infusions", "T-1", variable="EX.DAY", level=number, visit=date, text=day, warning=warning),
            by_subject("infusions", "T-1", variable="EX.PLANNED", level=number, text=day),
            by_subject("infusions", "T-1", variable="EX.DOSE", level=number, text="30", unit="10^6 Therapeutic Cells"),
            by_subject("infusions", "T-1", variable="VS.PULSE", level=number, visit="BEFORE", text="70", unit="beats/min"),
            by_subject("infusions", "T-1", variable="VS.PULSE", level=number, visit="AFTER", text="75", unit="beats/min"),
        ]
    total = {"group": "arm", "group_level": "Total", "variable": "EX"}
    return [*rows, a_row("infusions", **total, statistic="n", text="1"), a_row("infusions", **total, statistic="count", text="2")]


def _timeline() -> list[Result]:
    rows = []
    for at, name in enumerate(SUBJECTS):
        rows.append(by_subject("figure1", name, variable="HO", value=19 + at, text=str(19 + at)))
        rows += [
            by_subject("figure1", name, variable="EX", label=f"Infusion {n}", level="derived" if n > 1 else "", value=3 * n - 3)
            for n in (1, 2, 3)
        ]
        rows.append(by_subject("figure1", name, variable="MB", level="", text="Positive", value=-2))
        rows += [
            by_subject("figure1", name, variable="MB", level=place, text="Negative", value=10 + at) for place in ("NASOPHARYNX", "ANUS")
        ]
    return rows


def _means(origin: str) -> list[Result]:
    columns = {"variable": "LB.CRP", "label": "CRP", "unit": "mg/L", "origin": origin}
    rows = []
    for visit, mean in {"BEFORE": 80.0, "D1": 60.0, "D28": 20.0}.items():
        for level in ("", "without outliers"):
            shown = {"n": 5.0, "mean": mean - bool(level), "sd": 4.0, "se": 1.8}
            rows += [
                a_row("figure3", **columns, visit=visit, level=level, statistic=name, value=value, text=f"{value:g}")
                for name, value in shown.items()
            ]
    values = [
        by_subject("figure3", name, **columns, visit="BEFORE", value=78.0 + at, text=str(78 + at))
        for at, name in enumerate(list(SUBJECTS)[:4])
    ]
    outlier = by_subject("figure3", "T-5", **columns, visit="BEFORE", level="outlier", value=30.0, text="30", warning="called an outlier")
    empty = a_row(
        "figure3", variable="LB.DDIMER", label="D-dimer", visit="BEFORE", statistic="mean", text="-", error="no value at this visit"
    )
    return [*rows, *values, outlier, empty]


def _pairs(origin: str) -> list[Result]:
    columns = {"variable": "LB.LYM", "label": "Lymphocytes", "unit": "10^9/L", "origin": origin}
    values = [
        by_subject(
            "figure4", name, **columns, visit=visit, value=0.5 + at / 10 + (visit == "D28"), text=f"{0.5 + at / 10 + (visit == 'D28'):.1f}"
        )
        for at, name in enumerate(SUBJECTS)
        for visit in ("BEFORE", "D28")
    ]
    return [*values, a_row("figure4", **columns, statistic="n", value=5, text="5", n=5, n_missing=0)]


def _standing() -> list[Result]:
    total = {"group": "arm", "group_level": "Total", "statistic": "count", "n": 5}
    flow = {
        ("recorded", ""): "5",
        ("consented", ""): "5",
        ("eligible", "met"): "0",
        ("eligible", "not met"): "0",
        ("eligible", "unknown"): "5",
    }
    flow |= {("treated", ""): "5", ("infusions", "3"): "5", ("discharged", ""): "5", ("died", ""): "0"}
    verdicts = {"verdict": ("All", "", "unknown"), "age": ("Aged 18 to 75", "inclusion", "met"), "shock": ("Shock", "exclusion", "unknown")}
    return [
        *(
            a_row("flow", **total, variable=step, level=level, label=f"{step} {level}".strip().capitalize(), text=text)
            for (step, level), text in flow.items()
        ),
        *(
            by_subject("eligibility", name, variable=id, label=label, level=level, text=text)
            for name in SUBJECTS
            for id, (label, level, text) in verdicts.items()
        ),
        by_subject(
            "eligibility",
            "T-1",
            variable="age",
            label="Aged 18 to 75",
            level="inclusion",
            statistic="evidence",
            text="65",
            visit="2020-02-09",
        ),
        *(by_subject("schedule", name, visit=visit, text="done") for name in SUBJECTS for visit in ("BEFORE", "D1")),
        *_product(),
        a_row("data", variable="LB", label="Laboratory", level="published", statistic="count", text="12", value=12),
        a_row("data", variable="LB", label="Laboratory", level="simulated", statistic="count", text="3", value=3, origin="simulated"),
    ]


def _product() -> list[Result]:
    """One lot, of which the first subject had an infusion; the second had one of which no lot is known."""
    lines = {("Source", "Tissue"): "Umbilical cord", ("Source", "Donors"): "not recorded", ("Dose", "Rule"): "not published"}
    tests = {"method": "7-AAD", "limit": "≥ 70 %", "value": "94.2", "verdict": "passed", "due": "before use"}
    given = {"DAY": "D1 (D1)", "LOT": "L-1", "THAW": "60", "VIABILITY": "not recorded"}
    unknown = given | {"LOT": "historical, no lot known", "THAW": "not recorded"}
    received = {"CONTAINER": "L-1-A", "DATE": "2020-02-11", "RELEASED": "released", "STATE": "released", "HOLDS": "none"}
    lot = {"group": "lot", "group_level": "L-1"}
    return [
        *(
            a_row("product", variable=f"{group}: {label}", level=group, label=label, text=text)
            for (group, label), text in lines.items()
        ),
        *(
            a_row("product_tests", **lot, variable="test.1", label="Viability", level="bank", statistic=name, text=text, unit="%")
            for name, text in tests.items()
        ),
        *(
            by_subject("product_infusions", subject, level="1", variable=name, label=name.capitalize(), text=text)
            for subject, own in {"T-1": given, "T-2": unknown}.items()
            for name, text in own.items()
        ),
        *(a_row("product_recipients", **lot, subject="T-1", level="1", variable=name, text=text) for name, text in received.items()),
    ]
