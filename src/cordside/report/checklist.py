"""The infusion checklist: two people, the right subject, the right bag, go or no-go, dose, times, signs, reactions."""

from cordside.protocol.protocol import Protocol
from cordside.protocol.regimen import Regimen
from cordside.report.asking import BOX, boxes
from cordside.report.itemlabels import condition_words, item_label
from cordside.report.layouts.glance import dose_words
from cordside.results import Block, Field, Grid, Sheet

_SIGNS = {"TEMP": "°C", "PULSE": "beats/min", "RESP": "breaths/min", "SYSBP": "mmHg", "DIABP": "mmHg", "OXYSAT": "%"}
_SHORT = {"TEMP": "Temp.", "PULSE": "Pulse", "RESP": "Resp.", "SYSBP": "Systolic", "DIABP": "Diastolic", "OXYSAT": "SpO2"}
_TIMES = (0, 15, 30, 60, 120)
_REACTIONS = (
    "None",
    "Fever or chills",
    "Nausea or vomiting",
    "Rash or itching",
    "Shortness of breath",
    "Fall of SpO2",
    "Chest pain",
    "Low blood pressure",
    "Fast or slow pulse",
    "Other",
)


def vital_signs() -> list[str]:
    """The vital signs taken around an infusion, with their units."""
    return [f"{item_label(f'VS.{name}')} ({unit})" for name, unit in _SIGNS.items()]


def checklist(protocol: Protocol, regimen: Regimen, arm: str) -> Sheet:
    """The checklist of one regimen; arm: the arm's label, empty where all arms share it."""
    blocks = (_identity(), _go(protocol), _dose(regimen), _signs(regimen), _reactions(), _end())
    subtitle = " · ".join(filter(None, [protocol.study, arm, regimen.treatment]))
    notes = ("Stop at the first doubt about subject, bag or dose: no infusion until it is settled.", _oxygen_note())
    return Sheet("infusion-checklist", "Infusion checklist", subtitle, blocks, ("First person", "Second person", "Physician"), notes)


def _identity() -> Block:
    fields = (
        Field("Subject number"),
        Field("Name and date of birth asked"),
        Field("Infusion number"),
        Field("Date"),
        Field("Lot"),
        Field("Bag"),
    )
    checks = (
        "Right subject: said by the subject, and read from the wristband, by two people",
        "Right bag: subject, lot and bag on the label agree with the dose order, read by two people",
        "Lot released, not expired, not on hold; bag intact, no clumps",
        "Consent signed and still given",
    )
    return Block("Subject and bag", fields=fields, checks=checks)


def _go(protocol: Protocol) -> Block:
    criteria = protocol.before_each_infusion
    if not criteria:
        words = "not published" if criteria is None else "none"
        return Block("Go or no-go", fields=(Field(f"Criteria of the protocol: {words}. Judged by the physician", choices=("Go", "No go")),))
    rows = tuple((condition_words(criterion), "", boxes("Yes", "No", "Not known")) for criterion in criteria)
    note = "One that is not met, or not known, stops the infusion."
    return Block(
        "Go or no-go", grid=Grid("", ("Criterion", "Value, time", "Met"), rows, note), fields=(Field("Decision", choices=("Go", "No go")),)
    )


def _dose(regimen: Regimen) -> Block:
    per_kg = regimen.dose is not None and regimen.dose.rule != "flat"
    weight = (Field("Weight", unit="kg"), Field("Weighed on")) if per_kg else ()
    asked = (
        Field("Planned dose", dose_words(regimen) or "see the dose order"),
        *weight,
        Field("Cells in the bag", hint="from the label"),
        Field("Viability", unit="%"),
        Field(
            "Planned volume",
            f"{regimen.volume_ml} mL" if regimen.volume_ml is not None else "",
            "" if regimen.volume_ml is not None else "mL",
        ),
        Field("Route", regimen.route.lower() if regimen.route else ""),
        Field("Thawed at"),
        Field("Use before"),
        Field("Started at"),
        Field("Stopped at"),
    )
    return Block("Dose and times", fields=asked)


def _signs(regimen: Regimen) -> Block:
    minutes = regimen.observe_at_min or list(_TIMES)
    columns = ("Minutes from the start", "Time", *(f"{_SHORT[name]} ({unit})" for name, unit in _SIGNS.items()), "O2 support", "Initials")
    rows = tuple((words, *("",) * (len(columns) - 1)) for words in ("before", *map(str, minutes), "after the end"))
    return Block("Vital signs", grid=Grid("", columns, rows))


def _reactions() -> Block:
    return Block(
        "Reactions during or after the infusion",
        fields=(Field("", choices=_REACTIONS), Field("What, when, what was done"), Field("Physician called at")),
    )


def _end() -> Block:
    interrupted = (Field("Interrupted", choices=("No", "Yes")), Field("From – to"), Field("Reason"))
    return Block(
        "Interruption and rest",
        fields=(*interrupted, Field("Volume given", unit="mL"), Field("Rest volume", unit="mL"), Field("Bag kept", choices=("Yes", "No"))),
    )


def _oxygen_note() -> str:
    return f"SpO2 is written with its oxygen support: room air, or device and flow. {BOX} is ticked, never left for later."
