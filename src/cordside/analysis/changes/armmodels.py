"""How arms are compared on one measurement: a least-squares model, a mixed model of all visits, or a test of two samples."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Protocol

import polars as pl

from cordside.analysis.measurements import BASELINE, CHANGE, VALUE
from cordside.analysis.members import GROUP
from cordside.analysis.statistics import linear, mixed
from cordside.analysis.statistics.answer import Answer
from cordside.analysis.statistics.hodgeslehmann import hodges_lehmann_two
from cordside.analysis.statistics.twosamples import rank_sum, two_sample_t
from cordside.protocol.plans.comparison import Comparison

ARM, DOSE, VISIT = "arm", "dose", "visit"
RESPONSES = {"value": VALUE, "change": CHANGE}


class Model(Protocol):
    """Whatever gives the difference of two arms at the visit, and the mean of an arm where it is adjusted for something."""

    def difference(self, arm: str, minus: str) -> Answer:
        """The first arm minus the second, with interval and test."""

    def mean(self, arm: str) -> Answer:
        """The least-squares mean of an arm; an error where the method has none."""


def model_of(planned: Comparison, frame: pl.DataFrame) -> Model:
    """The model of a plan; frame: one record a subject at the visit, for a mixed model at every visit, with further factors."""
    if planned.method == "ancova":
        return Ancova(planned, frame)
    return Mixed(planned, frame) if planned.method == "mixed" else TwoSamples(planned, frame)


def texts(frame: pl.DataFrame, name: str) -> list[str | None]:
    """A column as texts."""
    return frame[name].cast(pl.String).to_list()


@dataclass(frozen=True)
class Ancova:
    """Least squares of the response at the visit on arm, further factors and the baseline."""

    planned: Comparison
    frame: pl.DataFrame

    @cached_property
    def _fit(self) -> linear.LinearFit:
        return self._fitted({ARM: texts(self.frame, GROUP)}, {})

    def _fitted(self, factors: dict[str, Sequence[Any]], covariates: dict[str, Sequence[Any]]) -> linear.LinearFit:
        factors |= {name: texts(self.frame, name) for name in self.planned.factors}
        own: dict[str, Sequence[Any]] = {BASELINE: self.frame[BASELINE].to_list()} if self.planned.adjusts_for_baseline else {}
        response = self.frame[RESPONSES[self.planned.response]].to_list()
        return linear.fit_linear(response, factors=factors, covariates=own | covariates)

    def difference(self, arm: str, minus: str) -> Answer:
        """The difference of two least-squares means."""
        return replace(linear.difference(self._fit, ARM, arm, minus), convention=words_of(self.planned))

    def mean(self, arm: str) -> Answer:
        """The least-squares mean of an arm."""
        means = linear.least_squares_means(self._fit, ARM)
        error = self._fit.error or f"nobody of {arm} is in the model"
        found = means.get(arm, Answer(n=self._fit.n, n_missing=self._fit.n_missing, method="least squares", error=error))
        return replace(found, convention=words_of(self.planned))

    def dose_response(self, doses: Mapping[str, float]) -> Answer:
        """The coefficient of the dose of the arm in place of the arm."""
        fit = self._fitted({}, {DOSE: [doses.get(arm or "") for arm in texts(self.frame, GROUP)]})
        return replace(linear.coefficient(fit, DOSE), convention=words_of(self.planned, "the dose of the arm"))


def words_of(planned: Comparison, arm: str = "arm") -> str:
    """A model as a reader would write it."""
    repeated = [VISIT, "arm by visit"] if planned.method == "mixed" else []
    terms = [*repeated, *planned.factors, *(["baseline"] if planned.adjusts_for_baseline else [])]
    subject = ", with a random intercept for each subject" if planned.method == "mixed" else ""
    return f"{planned.response} explained by {arm}{''.join(f', {term}' for term in terms)}{subject}"


@dataclass(frozen=True)
class Mixed:
    """A random intercept for each subject; arm, visit and both together, further factors and the baseline are fixed."""

    planned: Comparison
    frame: pl.DataFrame

    def _levels(self, name: str) -> list[str]:
        return [level for level in dict.fromkeys(texts(self.frame, name)) if level is not None]

    @cached_property
    def _fixed(self) -> dict[str, list[float | None]]:
        """Columns of the model by name: 0 or 1 for each label but the first, and the baseline about its mean."""
        arms, visits = self._levels(GROUP)[1:], [name for name in self.planned.visits if name in self._levels(VISIT.upper())][1:]
        labels = list(zip(texts(self.frame, GROUP), texts(self.frame, VISIT.upper()), strict=True))
        columns: dict[str, list[float | None]] = {f"{ARM} {arm}": [float(own == arm) for own, _ in labels] for arm in arms}
        columns |= {f"{VISIT} {visit}": [float(own == visit) for _, own in labels] for visit in visits}
        columns |= {f"{ARM} {arm} {VISIT} {visit}": [float(own == (arm, visit)) for own in labels] for arm in arms for visit in visits}
        for name in self.planned.factors:
            columns |= {
                f"{name} {level}": [None if own is None else float(own == level) for own in texts(self.frame, name)]
                for level in self._levels(name)[1:]
            }
        if self.planned.adjusts_for_baseline:
            values = self.frame[BASELINE]
            mean = values.mean()
            columns[BASELINE] = [None if value is None else value - mean for value in values]
        return columns

    @cached_property
    def _fit(self) -> mixed.MixedFit:
        response = self.frame[RESPONSES[self.planned.response]].to_list()
        return mixed.fit_mixed(response, self._fixed, texts(self.frame, "USUBJID"), df=self.planned.df)

    def _weights(self, arm: str) -> dict[str, float]:
        """The mean of an arm at the visit: every level of a further factor weighs the same, the baseline is at its mean."""
        visit = self.planned.visit
        wanted = (mixed.INTERCEPT, f"{ARM} {arm}", f"{VISIT} {visit}", f"{ARM} {arm} {VISIT} {visit}")
        weights = {name: 1.0 for name in wanted if name == mixed.INTERCEPT or name in self._fixed}
        for name in self.planned.factors:
            levels = self._levels(name)
            weights |= {f"{name} {level}": 1 / len(levels) for level in levels[1:]}
        return weights

    def _finished(self, found: Answer) -> Answer:
        df = {"satterthwaite": "Satterthwaite", "kenward_roger": "Kenward and Roger"}[self.planned.df]
        return replace(found, convention=f"{words_of(self.planned)}; degrees of freedom by {df}")

    def difference(self, arm: str, minus: str) -> Answer:
        """The difference of two means at the visit."""
        first, second = self._weights(arm), self._weights(minus)
        weights = {name: first.get(name, 0.0) - second.get(name, 0.0) for name in first | second}
        return self._finished(mixed.contrast(self._fit, weights))

    def mean(self, arm: str) -> Answer:
        """The mean of an arm at the visit."""
        return self._finished(mixed.contrast(self._fit, self._weights(arm)))


@dataclass(frozen=True)
class TwoSamples:
    """A t test, or the rank-sum test with the Hodges-Lehmann shift, of the responses of two arms."""

    planned: Comparison
    frame: pl.DataFrame

    def _of(self, arm: str) -> list[float | None]:
        return self.frame.filter(pl.col(GROUP) == arm)[RESPONSES[self.planned.response]].to_list()

    def difference(self, arm: str, minus: str) -> Answer:
        """The difference of the means, or the shift, of the two arms."""
        first, second = self._of(arm), self._of(minus)
        if self.planned.method != "rank_sum":
            return replace(two_sample_t(first, second, variance=self.planned.method), convention=f"of the {self.planned.response}")
        size = hodges_lehmann_two(first, second)
        test = rank_sum(first, second, p=self.planned.rank_sum)
        convention = f"of the {self.planned.response}; {test.convention}"
        method = f"{size.method}, {test.method}"
        return replace(size, statistic=test.statistic, p=test.p, method=method, convention=convention, warning=size.warning or test.warning)

    def mean(self, arm: str) -> Answer:
        """A test has no adjusted mean."""
        return Answer(method=self.planned.method, error="a test of two samples gives no least-squares mean")
