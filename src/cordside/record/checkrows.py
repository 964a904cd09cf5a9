"""Rows against their domain: known variables, readable values, terms of their codelists, rules.

A kind is read once per distinct text, a rule asked once per distinct combination of the variables it names.
"""

from collections.abc import Iterator
from difflib import get_close_matches
from typing import Any

import polars as pl

from cordside.domains.domain import Domain, Rule
from cordside.domains.kinds import Unreadable
from cordside.errors import Problem
from cordside.protocol.protocol import Protocol
from cordside.record.csvfile import ROW
from cordside.record.distinct import Coded
from cordside.terms.codelists import is_extensible, is_term, nearest, terms_of

_MOST_SHOWN = 12


def check_columns(domain: type[Domain], columns: list[str], file: str) -> list[Problem]:
    """Columns that the domain does not have, and key columns that are missing. All hard: the rows cannot be read."""
    unknown = [column for column in columns if column not in domain.variables and column != ROW]
    found = [_unknown_column(domain, column, file) for column in unknown]
    for name, var in domain.variables.items():
        if var.required and name not in columns:
            found.append(
                Problem(file, 1, name, "the column is missing", f"{domain.code} needs {name}: {var.label}", "add the column", hard=True)
            )
    return found


def _unknown_column(domain: type[Domain], column: str, file: str) -> Problem:
    prefixed = domain.prefix + column
    same = next((name for name in domain.variables if name.casefold() in (column.casefold(), prefixed.casefold())), None)
    near = same or next(iter(get_close_matches(column.upper(), domain.variables, 1, 0.7)), None)
    remedy = f"did you mean {near}" if near else "rename or remove the column"
    allowed = f"variables of {domain.code} such as {', '.join([domain.topic, *domain.key][:4])}"
    return Problem(file, 1, column, "the column is not known", allowed, remedy, hard=True)


def check_rows(domain: type[Domain], coded: Coded, protocol: Protocol, file: str) -> Iterator[Problem]:
    """Every problem of the rows of one file: kinds and missing keys (hard), codelists and rules."""
    values = {name: dict[str, Any]() for name in domain.variables if name in coded.frame.columns}
    for name in values:
        yield from _check_column(domain, name, coded, protocol, file, values[name])
    for rule in domain.rules:
        yield from _check_rule(domain, rule, coded, file, values)


def _check_column(
    domain: type[Domain], name: str, coded: Coded, protocol: Protocol, file: str, values: dict[str, Any]
) -> Iterator[Problem]:
    var = domain.variables[name]
    if var.required and coded.frame[name].null_count():
        for row in coded.frame.filter(pl.col(name).is_null())[ROW]:
            yield Problem(file, row, name, *_empty(domain, name), hard=True)
    troubles: dict[str, tuple[str, str, str, bool]] = {}
    for found in coded.texts(name):
        try:
            values[found] = var.kind.read(found)
        except Unreadable as error:
            values[found] = None
            troubles[found] = (error.problem, error.allowed, error.remedy, not var.derived)
            continue
        if var.required and not found.strip():
            troubles[found] = (*_empty(domain, name), True)
        elif var.codelist and not is_term(var.codelist, found) and not protocol.is_sponsor_term(var.codelist, found):
            troubles[found] = (*_not_a_term(var.codelist, found), not (is_extensible(var.codelist) or var.derived))
        elif found != found.strip():
            troubles[found] = ("blanks around the value", "a value without them", "remove the blanks", False)
    for row, found in coded.rows_with(name, list(troubles)).select(ROW, name).iter_rows() if troubles else ():
        problem, allowed, remedy, hard = troubles[found]
        yield Problem(file, row, name, problem, allowed, remedy, hard)


def _empty(domain: type[Domain], name: str) -> tuple[str, str, str]:
    return "empty", f"every row of {domain.code} has {name}", f"write {domain.variables[name].label.lower()}"


def _not_a_term(codelist: str, found: str) -> tuple[str, str, str]:
    near = nearest(codelist, found)
    terms = list(terms_of(codelist))
    allowed = ", ".join(terms) if len(terms) <= _MOST_SHOWN else f"one of {len(terms)} terms of {codelist}"
    remedy = f"did you mean {near}" if near else "write the standard's term, or declare yours under sponsor_terms"
    if not is_extensible(codelist) and not near:
        remedy = "write one of its terms"
    return f"{_shortened(found)} is no term of {codelist}", allowed, remedy


def _shortened(found: str) -> str:
    return found if len(found) <= 40 else found[:37] + "..."


def _check_rule(domain: type[Domain], rule: Rule, coded: Coded, file: str, values: dict[str, dict[str, Any]]) -> Iterator[Problem]:
    present = [name for name in rule.variables if name in values]
    if not present:
        if not rule.holds(*(None for _ in rule.variables)):
            missing = f"{rule.words} (the file has no column {' or '.join(rule.variables)})"
            yield Problem(file, 1, domain.code, missing, "", "add the column")
        return

    def broken(*texts: str | None) -> bool:
        read = {name: None if found is None else values[name][found] for name, found in zip(present, texts, strict=True)}
        if any(found is not None and read[name] is None for name, found in zip(present, texts, strict=True)):
            return False  # an unreadable value is already a problem of its own
        return not rule.holds(*(read.get(name) for name in rule.variables))

    rows = coded.combinations(present).rows_where(broken)
    where = rule.variables[0] if len(rule.variables) == 1 else domain.code
    for row, *texts in rows.select(ROW, *present).iter_rows():
        shown = ", ".join(f"{name} {_shortened(found)}" for name, found in zip(present, texts, strict=True) if found)
        yield Problem(file, row, where, rule.words + (f" ({shown})" if shown else ""), "", "check the row against its source")


def check_keys(domain: type[Domain], coded: Coded, file: str) -> Iterator[Problem]:
    """Rows that repeat the key of an earlier row. Soft: both happened, or one is a mistake; a person must say."""
    key = [name for name in domain.key if name in coded.frame.columns]
    frame = coded.frame
    if not key or coded.key(key).n_unique() == frame.height:
        return
    joined = pl.concat_str(pl.col(key).fill_null(""), separator="\0").alias("key")
    repeated = frame.filter(pl.struct(key).is_duplicated()).select(ROW, joined)
    first: dict[str, int] = {}
    for row, found in repeated.iter_rows():
        if found in first:
            apart = f"withdraw one, or tell them apart by {domain.prefix}SPID"
            remedy = apart if domain.prefix + "SPID" in domain.key else "withdraw one; results count the first"
            yield Problem(file, row, domain.code, f"the row repeats row {first[found]}", f"one row for each {', '.join(key)}", remedy)
        first.setdefault(found, row)
