"""Rules that several domains share without sharing a class; a domain takes one by naming it in its body."""

from cordside.domains.domain import rule


@rule("It was asked for, so it needs an answer in --OCCUR, or a --STAT of NOT DONE")
def asked_is_answered(PRESP: str | None, OCCUR: str | None, STAT: str | None) -> bool:
    return PRESP != "Y" or bool(OCCUR) or bool(STAT)


@rule("A dose needs its unit")
def dose_needs_unit(DOSE: object, DOSU: str | None) -> bool:
    return DOSE is None or bool(DOSU)


@rule("A score needs its scale: write its name and version in --CAT")
def scale_is_named(CAT: str | None) -> bool:
    return bool(CAT)
