"""What every part of the form shares: strict keys, and texts that mean a number or a day."""

from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from cordside.appraisal.formtexts import a_day, a_kind, a_number

Number = Annotated[str, AfterValidator(a_number)]
Kind = Annotated[str, AfterValidator(a_kind)]
Day = Annotated[str, AfterValidator(a_day)]
Limits = Annotated[list[Number | None], Field(min_length=2, max_length=2)]
Words = Annotated[dict[str, Any], Field(description="facts in the paper's words; no rule reads them")]


class Part(BaseModel):
    """A mapping of the form: known keys only, unchangeable once read."""

    model_config = ConfigDict(extra="forbid", frozen=True, populate_by_name=False, defer_build=True)
