"""The regimen: how many cells, in what, by which route, on which days."""

from decimal import Decimal
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from cordside.protocol.part import Part


class Dose(Part):
    """How many cells one infusion holds."""

    rule: Annotated[Literal["per_kg", "flat", "per_kg_pbw"] | None, Field(description="cells per kg, flat, or per kg of predicted weight")]
    cells: Annotated[Decimal | None, Field(gt=0, description="cells, or cells per kg")]
    count: Annotated[Literal["viable", "total", "not stated"] | None, Field(description="which cells are counted")]
    tolerance_percent: Annotated[
        Decimal | None, Field(ge=0, description="percent by which the cells given may differ from those planned")
    ] = None
    weight_age_days: Annotated[int | None, Field(ge=0, description="how old the weight may be")] = None
    weight_cap_kg: Annotated[Decimal | None, Field(gt=0, description="kg; a heavier subject is dosed as of this weight")] = None
    concentration: Annotated[
        Literal["after thaw", "label"],
        Field(description="cells per mL of a container: counted after thaw, or as labelled when it was filled"),
    ] = "after thaw"

    def words(self) -> str:
        """The dose as a reader would print it."""
        rules = {"per_kg": " per kg", "flat": "", "per_kg_pbw": " per kg of predicted body weight"}
        per_kg = rules.get(self.rule or "", ", per kg or flat not stated")
        cells = "viable cells" if self.count == "viable" else "cells"
        counted = {"viable": "", "total": ", all counted"}.get(self.count or "", ", viable or total not stated")
        if self.cells is None:
            return f"number of {cells}{per_kg}{counted}, not published" if counted else f"number of {cells}{per_kg} not published"
        exponent = self.cells.adjusted()
        mantissa = (self.cells / Decimal(10) ** exponent).normalize()
        return f"{mantissa} × 10^{exponent} {cells}{per_kg}{counted}"


class Caps(Part):
    """What one infusion must not exceed."""

    volume_ml: Annotated[Decimal | None, Field(gt=0, description="most mL of one infusion")] = None
    rate_ml_per_min: Annotated[Decimal | None, Field(gt=0, description="fastest rate, in mL per minute")] = None
    dmso_g_per_kg: Annotated[Decimal | None, Field(gt=0, description="most DMSO, in g per kg of body weight")] = None
    endotoxin_eu_per_kg_per_h: Annotated[
        Decimal | None, Field(gt=0, description="most endotoxin, in EU per kg of body weight and hour")
    ] = None
    dmso_density_g_per_ml: Annotated[
        Decimal | None, Field(gt=0, description="density of DMSO by which its grams are counted; 1.10 g/mL (20 °C) unless given")
    ] = None


class MissedDose(Part):
    """What happens with a dose that was not given on its day."""

    rule: Annotated[Literal["skip", "delay", "stop"], Field(description="the dose is left out, given later, or no more is given")]
    delay_days: Annotated[int | None, Field(ge=0, description="days by which the dose may be late")] = None


class Regimen(Part):
    """Infusions as planned. Days are study days: the first infusion is day 1."""

    treatment: Annotated[str, Field(description="name of the treatment, as in EXTRT")]
    dose: Annotated[Dose | None, Field(description="cells of one infusion")]
    vehicle: Annotated[str | None, Field(description="liquid in which the cells are infused")]
    volume_ml: Annotated[Decimal | None, Field(gt=0, description="mL of one infusion; cells are filled up to it with the vehicle")]
    syringe_step_ml: Annotated[
        Decimal | None, Field(ge=Decimal("0.001"), description="graduation of the syringe in mL; what is drawn is rounded up to it")
    ] = None
    overfill_ml: Annotated[
        Decimal | None, Field(ge=0, description="mL prepared beyond the volume of the infusion, because they stay in the line; no dose")
    ] = None
    route: Annotated[str | None, Field(description="how it is given, for instance INTRAVENOUS")]
    days: Annotated[list[int] | None, Field(min_length=1, description="planned days; never 'days between'")]
    window: Annotated[list[int], Field(min_length=2, max_length=2, description="days allowed before and after each planned day")] = [0, 0]
    maximum: Annotated[int | None, Field(ge=1, description="largest number of infusions")]
    caps: Annotated[Caps | None, Field(description="what one infusion must not exceed")]
    missed_dose: Annotated[MissedDose | None, Field(description="what happens with a dose not given on its day")]
    premedication: Annotated[str | None, Field(description="medicines given before an infusion")] = None
    duration_min: Annotated[Decimal | None, Field(gt=0, description="planned minutes of one infusion")] = None
    observe_at_min: Annotated[list[int] | None, Field(description="minutes from the start at which vital signs are taken")] = None

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        days = self.days or []
        if any(day < 1 for day in days) or sorted(set(days)) != days:
            raise ValueError(f"infusion days {days}|rising days from 1|the first infusion is day 1; there is no day 0")
        if days and self.maximum is not None and len(days) > self.maximum:
            raise ValueError(f"{len(days)} days but a maximum of {self.maximum}|no more days than infusions|mend days or maximum")
        if self.window[0] > 0 or self.window[1] < 0:
            raise ValueError(
                f"window {self.window} does not hold the planned day|days before as 0 or less, days after as 0 or more|for instance [-1, 1]"
            )
        return self
