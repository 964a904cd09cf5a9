"""The whole form, with the sentences beside the tables.

What a paper prints beside its tables (days to clearance, 30 patients, 10.7 and 4.2) may stand at the top under a name of its
own, as a number or as a mapping such as {n: 30, mean: "10.7", sd: "4.2"}.
"""

import re
from typing import Annotated, Any, Literal, get_args

from pydantic import AfterValidator, BaseModel, Field, ValidationError, model_validator

from cordside.appraisal.formtexts import a_period, checked_statement, is_fact
from cordside.appraisal.published.parts import Part, Words
from cordside.appraisal.published.patients import Eligibility, Figure, Patient, Regimen, Swabs
from cordside.appraisal.published.rows import Row

TABLE_KEY = re.compile(r"table[ _]?[a-z]?\d+\w*", re.IGNORECASE)
StatementKind = Literal["quantity", "date", "period", "reference", "claim", "limit", "test"]


class Statement(Part):
    """A sentence beside the tables."""

    id: Annotated[str, Field(description="its short name")]
    place: Annotated[str, Field(description="where it stands: text, abstract, caption of figure 3")] = "text"
    kind: Annotated[StatementKind, Field(description="what it says; see the table below")]
    quote: Annotated[str, Field(description="the words as printed")]
    about: Annotated[str, Field(description="a row's name or a topic")]
    value: Annotated[Any, Field(description="what it says, as a value")]
    unit: Annotated[str | None, Field(description="unit of the numbers")] = None

    @model_validator(mode="after")
    def _says_something(self) -> "Statement":
        checked_statement(self.kind, self.value)
        return self


class Published(Part):
    """What a paper prints."""

    format: Annotated[Literal["1"], Field(description="version of this form")] = "1"
    study: Annotated[str, Field(description="short name of the study")]
    n: Annotated[int, Field(ge=1, description="patients")]
    title: Annotated[str, Field(description="title of the paper")] = ""
    source: Annotated[str, Field(description="where the paper stands: journal, year, identifier")] = ""
    remarks: Annotated[list[str], Field(description="remarks of whoever entered the paper")] = []
    place: Annotated[str, Field(description="where the patients were treated")] = ""
    period: Annotated[Annotated[list[str], AfterValidator(a_period)] | None, Field(description="first and last month or day")] = None
    ethics: Words = {}
    control_group: Annotated[bool | None, Field(description="false: there is no comparison group")] = None
    regimen: Annotated[Regimen, Field(description="the treatment")] = Regimen()
    test: Annotated[str | None, Field(description="the test behind every P; without it no rule on P is applied")] = None
    partitions: Annotated[list[list[str]], Field(description="rows that exclude one another and make up all n, or their parent row")] = []
    captions: Annotated[dict[str, str], Field(description="by table, as printed")] = {}
    columns: Annotated[dict[str, list[str]], Field(description="by table, as printed")] = {}
    footnotes: Annotated[dict[str, str], Field(description="by table, as printed")] = {}
    tables: Annotated[dict[str, list[Row]], Field(description="every key such as table1: its rows in the printed order")] = {}
    facts: Annotated[dict[str, Any], Field(description="numbers printed beside the tables, by name")] = {}
    patients: Annotated[list[Patient], Field(description="a patient-level table")] = []
    labels: Annotated[dict[str, str], Field(description="labels of the patient-level table, as printed")] = {}
    sections: Annotated[dict[str, list[str]], Field(description="headings of the patient-level table")] = {}
    units: Annotated[dict[str, str], Field(description="units of the patient-level table")] = {}
    printed: Annotated[dict[str, Any], Field(description="how its values are printed")] = {}
    pcr: Annotated[list[Swabs], Field(description="a table of swabs by patient")] = []
    pcr_partial: Annotated[bool, Field(description="the paper calls the table of swabs partial")] = False
    adverse_events: Annotated[list[Any], Field(description="events as the text tells them; no rule reads them")] = []
    ct: Words = {}
    clinical: Words = {}
    figures: Annotated[dict[str, Figure], Field(description="what each figure shows, with data printed in it")] = {}
    eligibility: Annotated[Eligibility | None, Field(description="who could enter")] = None
    product: Words = {}
    n_per_cell: Annotated[str | dict[str, str] | None, Field(description="not published, or published, or by table")] = None
    statements: Annotated[list[Statement], Field(description="sentences beside the tables, quoted as printed")] = []

    @model_validator(mode="before")
    @classmethod
    def _gathered(cls, data: Any) -> Any:
        """Tables and facts, which have names of the paper's own, each below one key."""
        if not isinstance(data, dict):
            return data
        known = {key: value for key, value in data.items() if key in cls.model_fields and key not in ("tables", "facts")}
        others = {key: value for key, value in data.items() if key not in known}
        tables = {key: value for key, value in others.items() if TABLE_KEY.fullmatch(key)}
        facts = {key: value for key, value in others.items() if key not in tables and is_fact(key, value, tuple(cls.model_fields))}
        unknown = {key: value for key, value in others.items() if key not in tables and key not in facts}
        # An empty key says nothing.
        return {key: value for key, value in (known | unknown).items() if value is not None or key in unknown} | {
            "tables": tables,
            "facts": facts,
        }


def published_of(data: dict[str, Any]) -> Published | list[dict[str, Any]]:
    """The form of a file's data, or what is wrong with it: pydantic's details, one a mistake."""
    try:
        return Published.model_validate(data)
    except ValidationError as error:
        return [dict(detail) for detail in error.errors()]


def keys_at(place: tuple[int | str, ...]) -> list[str]:
    """The keys known in the mapping that holds a place of the file."""
    model: type[BaseModel] = Published
    for part in place[:-1]:
        found = None if isinstance(part, int) else _model_below(model, part)
        model = found or model
    return sorted(field.alias or name for name, field in model.model_fields.items() if name not in ("tables", "facts"))


def _model_below(model: type[BaseModel], key: str) -> type[BaseModel] | None:
    wanted = "tables" if model is Published and TABLE_KEY.fullmatch(key) else key
    field = next((one for name, one in model.model_fields.items() if wanted == (one.alias or name)), None)
    return _model_in(field.annotation) if field else None


def _model_in(hint: Any) -> type[BaseModel] | None:
    if isinstance(hint, type) and issubclass(hint, BaseModel):
        return hint
    return next((found for one in get_args(hint) if (found := _model_in(one))), None)
