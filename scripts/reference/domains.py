"""domains.md: every domain with its key, variables and rules."""

from cordside.domains.all import ALL
from cordside.domains.domain import Domain, Var
from reference.markdown import page, table

DOMAINS_INTRODUCTION = """\
What may be recorded: one section a domain, in the order in which a subject meets them. Domains and variables are shaped and
named as in CDISC SDTM (SDTMIG 3.4).

- **Kind** is how the text of a value is read. The text itself is kept as collected.
- **Codelist** names the list that the value is a term of.
- **Required**: a row without it is refused. Everything else that is wrong is stored and queried.
- **Derived**: computed by Cordside. Where a file brings it, it is kept and compared.
- **Sponsor**: SDTM has no place for it. It is exported as supplemental.
- **Blinded**: hidden from blinded roles, because it may reveal the arm.
- **Key**: together these variables name a row. The same key in a later import is the same row.
- **Rules** are written as the sentence that is read when the rule is broken.

The domains:"""


def domains_page() -> str:
    """The text of domains.md: every domain with its key, variables and rules."""
    contents = [f"- [{domain.code}](#{domain.code.lower()}) {domain.label}" for domain in ALL]
    return page("# Domains", DOMAINS_INTRODUCTION, "\n".join(contents), *(_section(domain) for domain in ALL))


def _section(domain: type[Domain]) -> str:
    head = [f"## {domain.code}", (domain.__doc__ or "").strip()]
    key = [f"Key: {', '.join(f'`{name}`' for name in domain.key)}"]
    rows = [(f"`{name}`", var.kind.name, var.label, var.codelist or "", _marks(var)) for name, var in domain.variables.items()]
    rules = [f"- {rule.words}. ({', '.join(f'`{name}`' for name in rule.variables)})" for rule in domain.rules]
    variables = table(("Variable", "Kind", "Label", "Codelist", "Marks"), rows)
    return "\n\n".join([*head, *key, variables, "Rules:", "\n".join(rules)])


def _marks(var: Var) -> str:
    marks = {"required": var.required, "derived": var.derived, "sponsor": var.sponsor, "blinded": var.reveals_arm}
    return ", ".join(mark for mark, holds in marks.items() if holds)
