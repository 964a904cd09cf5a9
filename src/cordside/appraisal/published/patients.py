"""Patient-level tables, figures, the treatment, and who could enter."""

from typing import Annotated

from pydantic import ConfigDict, Field

from cordside.appraisal.published.parts import Day, Part


class Patient(Part):
    """One patient of a patient-level table: the case and whatever the table prints of it."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    case: Annotated[str, Field(description="number or name of the patient")]


class Swabs(Part):
    """One patient of a table of swabs."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    case: Annotated[str, Field(description="number or name of the patient")]
    positive: Annotated[Day | None, Field(description="day of the positive test before treatment")] = None
    d1: Annotated[Day | None, Field(description="day of the first dose")] = None
    swabs: Annotated[list[tuple[Day | None, str, str]], Field(description="date, specimen, result of each")] = []


class Figure(Part):
    """What a figure shows; data printed in it stand beside, by name."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    shows: Annotated[list[str], Field(description="what is drawn")] = []
    over: Annotated[list[str], Field(description="the times at which it is drawn")] = []
    error_bars: Annotated[str | None, Field(description="SD, SE, an interval, none, or not defined")] = None
    place: Annotated[str, Field(description="where the data printed in it stand")] = ""
    caption: Annotated[str, Field(description="the caption as printed")] = ""
    panels: Annotated[dict[str, str], Field(description="what each panel shows")] = {}
    one_line_a_patient: Annotated[bool | None, Field(description="true: every patient is drawn")] = None


class Regimen(Part):
    """The treatment; days are counted from the first dose, which is day 1."""

    model_config = ConfigDict(extra="allow", frozen=True, defer_build=True)
    days: Annotated[list[int], Field(description="days of the doses: [1, 4, 7]")] = []


class Given(Part):
    """A value that all patients share, from the text."""

    value: Annotated[str, Field(description="the value")]
    quote: Annotated[str, Field(description="the words of the paper")] = ""


class Inclusion(Part):
    """Criteria of inclusion."""

    all: Annotated[list[str], Field(description="one criterion an item")] = []
    any: Annotated[list[str], Field(description="one criterion of several parts")] = []
    values: Annotated[dict[str, Given], Field(description="values from the text, the same for all patients")] = {}
    not_published: Annotated[list[str], Field(description="what the paper does not print of them")] = []


class Exclusion(Part):
    """One criterion of exclusion."""

    item: Annotated[str, Field(description="the criterion; a comparison is judged: pregnant = Y")]
    values: Annotated[str, Field(description="not published, or none when all patients are known to be without it")] = "not published"


class Eligibility(Part):
    """Who could enter."""

    include: Annotated[Inclusion, Field(description="criteria of inclusion")] = Inclusion()
    exclude: Annotated[list[Exclusion], Field(description="criteria of exclusion")] = []
