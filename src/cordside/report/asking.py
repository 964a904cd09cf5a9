"""What a panel asks, as something to fill in by hand: a grid of results, or boxes to tick."""

from collections.abc import Iterator

from cordside.protocol.schedule import Asked, Panel
from cordside.report.itemlabels import asked_label, condition_words, item_label, printed_unit
from cordside.results import Block, Field, Grid
from cordside.terms.codelists import terms_of

BOX = "☐"
_HAPPENED = {"MH", "CE", "AE", "HO", "DS", "PR", "CM", "EX", "DD"}
"""Domains of events and interventions: something happened or it did not. All others hold results."""
_NEEDS_SUPPORT = {"OXYSAT", "PO2", "PO2FIO2", "SPO2FIO2"}
_YES_NO = ("Yes", "No", "Not known")


def boxes(*words: str) -> str:
    """Words behind boxes to tick, in one line."""
    return "   ".join(f"{BOX}\u00a0{word}" for word in words)


def blocks_of(name: str, panel: Panel) -> Iterator[Block]:
    """The blocks of one panel: results in a grid, happenings as boxes; a condition stands in the title."""
    title = panel.label or name
    if panel.when:
        title += f" (only where {condition_words(panel.when)})"
    happened = [asked for asked in panel.items if _domain(asked) in _HAPPENED]
    measured = [asked for asked in panel.items if _domain(asked) not in _HAPPENED]
    if measured:
        yield Block(title, fields=_support(measured), grid=_results(measured))
    if happened:
        yield Block(title if not measured else f"{title}, continued", grid=_happenings(happened))


def _domain(asked: Asked) -> str:
    return asked.item.partition(".")[0]


def _label(asked: Asked) -> str:
    return asked.label or item_label(asked.item)


def _results(measured: list[Asked]) -> Grid:
    rows = tuple(
        (asked_label(asked.model_copy(update={"unit": None})), _answer(asked), printed_unit(asked.unit or ""), "", BOX)
        for asked in measured
    )
    return Grid("", ("Asked", "Result", "Unit", "Time", "Not done"), rows)


def _happenings(happened: list[Asked]) -> Grid:
    rows = tuple((_label(asked), BOX, BOX, BOX, "", "") for asked in happened)
    return Grid("", ("Asked", *_YES_NO, "Start", "Remark"), rows)


def _answer(asked: Asked) -> str:
    domain, _, name = asked.item.partition(".")
    if domain == "MB":
        return boxes("Negative", "Positive")
    return boxes("Yes", "No") if name.endswith("IND") else ""


def _support(measured: list[Asked]) -> tuple[Field, ...]:
    """Oxygen without its support says nothing: it is asked wherever a saturation or a pressure is."""
    if not any(asked.item.partition(".")[2] in _NEEDS_SUPPORT for asked in measured):
        return ()
    supports = tuple(term.name for term in terms_of("O2SUP").values() if term.value != "NOT STATED")
    return (Field("Oxygen support at the measurement", choices=supports), Field("Flow", unit="L/min"), Field("FiO2", hint="0.21 to 1.0"))
