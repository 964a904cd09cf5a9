"""terms.md: codelists, our own terms, analytes with their units, and toxicity grades."""

from collections.abc import Iterator
from itertools import groupby

from cordside.domains.all import ALL
from cordside.terms import codelists
from cordside.terms.analytes import Range, analytes
from cordside.terms.factors import factors_of
from cordside.terms.toxicity import Criterion, lab_criteria
from reference.markdown import page, table

TERMS_INTRODUCTION = """\
The words and units of the standards, as Cordside knows them. A value of a variable with a codelist is a term of that list, written
exactly so; `check` names the nearest term where it is not. A list that is extensible takes terms of the study's own, declared
under `sponsor_terms` in the protocol."""

CODELISTS_INTRODUCTION = """\
Terms are those of CDISC SDTM Controlled Terminology, published by NCI Enterprise Vocabulary Services; their number is given, and the terms
themselves stand in CDISC's publication. Lists and terms that CDISC lacks are Cordside's own and follow in full."""

ANALYTES_INTRODUCTION = """\
- **Unit**: the standard unit, in which values are compared. Values stay as they were collected, beside it.
- **Also read**: other units, one spelling each, converted exactly. A unit that the test does not have is a query, never guessed.
- **Plausible**: outside of it a value is more likely a slip than an illness. It is stored and queried.
- **Usual**: common adult ranges, only to notice a wrong unit. They never judge a patient: ranges are the laboratory's, in the protocol.
- **Source** of the usual range. *To confirm* means that nobody has checked it against a publication yet."""

GRADES_INTRODUCTION = """\
Toxicity grades of CTCAE version 5.0 that numbers alone decide. A value has the highest grade of which a condition holds. LLN and ULN
are the limits of the laboratory's range; what needs them is not graded without them. What only a clinician can judge is not here."""

ANALYTE_HEADER = ("Test", "Specimen", "Name", "Unit", "Also read", "Plausible", "Usual", "Source")


def terms_page() -> str:
    """The text of terms.md: codelists with counts, our own terms in full, analytes with their units, and grades."""
    users = _users_of_codelists()
    lists = [
        (name, str(len(codelists.terms_of(name))), "yes" if codelists.is_extensible(name) else "no", users.get(name, ""))
        for name in codelists.names()
    ]
    own = [
        name
        for name in codelists.names()
        if name not in codelists.JOINED and any(term.sponsor for term in codelists.terms_of(name).values())
    ]
    return page(
        *("# Terms", TERMS_INTRODUCTION, "## Codelists", CODELISTS_INTRODUCTION),
        table(("Codelist", "Terms", "Extensible", "Used by"), lists),
        *("## Terms of Cordside's own", *map(_own_terms, own)),
        *("## Analytes", ANALYTES_INTRODUCTION, table(ANALYTE_HEADER, _analyte_rows())),
        *("## Grades", GRADES_INTRODUCTION, table(("Test", "Term", "Grade", "When"), _grade_rows())),
    )


def _users_of_codelists() -> dict[str, str]:
    users: dict[str, list[str]] = {}
    for domain in ALL:
        for name, var in domain.variables.items():
            users.setdefault(var.codelist or "", []).append(name)
    return {name: ", ".join(f"`{user}`" for user in dict.fromkeys(found)) for name, found in users.items()}


def _own_terms(name: str) -> str:
    terms = [term for term in codelists.terms_of(name).values() if term.sponsor]
    return "\n".join([f"**{name}**", "", *(f"- `{term.value}` {term.name}" for term in terms)])


def _analyte_rows() -> Iterator[tuple[str, ...]]:
    sources = {"T": "Taikang 2020, 31 patients"}
    for one in analytes():
        spelt: dict[str, str] = {one.ucum: one.unit}
        for factor in factors_of(one.domain, one.testcd, one.unit).values():
            spelt.setdefault(factor.ucum, factor.unit)
        place = (f"`{one.domain}.{one.testcd}`", one.specimen.capitalize(), one.name, one.unit, ", ".join(list(spelt.values())[1:]))
        yield *place, _range(one.band), _range(one.usual), sources.get(one.usual_source, one.usual_source)


def _range(limits: Range) -> str:
    low, high = limits
    if low is None or high is None:
        return f"at least {low}" if low is not None else f"at most {high}" if high is not None else ""
    return f"{low} to {high}"


def _grade_rows() -> Iterator[tuple[str, ...]]:
    for domain, testcd in dict.fromkeys((one.domain, one.testcd) for one in analytes()):
        for (term, grade), found in groupby(lab_criteria(domain, testcd), key=lambda one: (one.term, one.grade)):
            yield f"`{domain}.{testcd}`", term, str(grade), ", or ".join(map(_condition, found))


def _condition(one: Criterion) -> str:
    reference = one.of.rstrip("+").replace("BASE", "the baseline")
    if not reference:
        limit = f"{one.limit} {one.unit}".strip()
    elif one.of.endswith("+"):
        limit = f"{one.limit} {one.unit} over {reference}" if one.limit else reference
    else:
        limit = f"{one.limit} × {reference}" if one.limit != 1 else reference
    return f"{one.operator} {limit}" + (f" (baseline {one.when})" if one.when else "")
