"""The domain machinery: Domain, Var and rule.

A domain says what a row may hold. The form, the import check, the stored row, the data frame's schema, the export's
columns and the reference page all walk the same class; there is no second declaration.

    class LB(Finding, code="LB", key=(...)):
        "Laboratory results: one row per test per specimen."

        SPEC = Var(text, "Specimen Type", codelist="SPECTYPE")

        @rule("A test needs a result, or a status of NOT DONE.")
        def result_or_reason(ORRES, STAT):
            return bool(ORRES) != bool(STAT)

Names are written without the domain's prefix; a Var with `shared=True` (USUBJID, VISIT) never takes one. The arguments
of a rule are the variables it reads, typed by their kinds, None when empty. It is asked once per distinct combination.
"""

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, ClassVar

from cordside.domains.kinds import Kind, text


@dataclass(frozen=True)
class Var:
    """One variable: its kind, its label (at most 40 characters, as SAS transport wants), its codelist.

    required: a row without it is unreadable (part of the key, or the topic).
    derived: computed by `record`; when a file brings it, it is kept and compared.
    shared: the name takes no domain prefix. reveals_arm: hidden from blinded roles.
    sponsor: SDTM has no place for it, so it is exported as supplemental.
    """

    kind: Kind
    label: str
    codelist: str | None = None
    required: bool = False
    derived: bool = False
    shared: bool = False
    reveals_arm: bool = False
    sponsor: bool = False


@dataclass(frozen=True)
class Rule:
    """A check across variables of one row; its words are what the person reads when it is broken.

    In the words of a shared rule, `--` stands for the domain's prefix, as in CDISC's own texts.
    """

    name: str
    words: str
    variables: tuple[str, ...]
    holds: Callable[..., bool]


def rule(words: str) -> Callable[[Callable[..., bool]], Rule]:
    """Declare a rule of a domain: it holds (True) or is broken (False) for the values of its arguments."""

    def declare(holds: Callable[..., bool]) -> Rule:
        return Rule(holds.__name__, words, tuple(inspect.signature(holds).parameters), holds)

    return declare


class Domain:
    """Base of all domains: who the row is about and where it comes from."""

    code: ClassVar[str] = ""
    label: ClassVar[str] = ""
    key: ClassVar[tuple[str, ...]] = ()
    topic: ClassVar[str] = ""
    prefix: ClassVar[str] = ""
    variables: ClassVar[dict[str, Var]] = {}
    rules: ClassVar[tuple[Rule, ...]] = ()
    by_subject: ClassVar[bool] = True

    STUDYID = Var(text, "Study Identifier", shared=True)
    DOMAIN = Var(text, "Domain Abbreviation", shared=True)
    USUBJID = Var(text, "Unique Subject Identifier", required=True, shared=True)
    ORIGIN = Var(text, "Origin of the Row", codelist="ORIGIN", shared=True, sponsor=True)
    DERIVED = Var(text, "Variables Not in the Source", shared=True, sponsor=True)
    COMMENT = Var(text, "Comment", shared=True, sponsor=True)

    def __init_subclass__(
        cls, code: str = "", key: tuple[str, ...] = (), topic: str = "", prefix: str | None = None, **kwargs: Any
    ) -> None:
        super().__init_subclass__(**kwargs)
        cls.code = code
        cls.prefix = code if prefix is None else prefix
        if not code:
            return
        cls.label = (cls.__doc__ or "").split(":")[0].strip().rstrip(".")
        cls.variables = {cls.name_of(name, var): var for name, var in _declared(cls, Var).items()}
        own = {name.removeprefix(cls.prefix): name for name in cls.variables}
        cls.rules = tuple(_named(rule, own, cls) for rule in _declared(cls, Rule).values())
        cls.key = tuple(cls._full(name, own) for name in key)
        cls.topic = cls._full(topic or cls.topic, own) if (topic or cls.topic) else ""
        DOMAINS[code] = cls

    @classmethod
    def name_of(cls, name: str, var: Var) -> str:
        """Full name of a variable in this domain: LBORRES for ORRES, USUBJID for USUBJID."""
        return name if var.shared else cls.prefix + name

    @classmethod
    def _full(cls, name: str, own: dict[str, str]) -> str:
        if name in cls.variables:
            return name
        return own[name]


def _declared(cls: type[Domain], wanted: type) -> dict[str, Any]:
    """Declarations of a class and its bases, bases first; a later one of the same name takes the place of the earlier."""
    found: dict[str, Any] = {}
    for base in reversed(cls.__mro__):
        for name, value in vars(base).items():
            if isinstance(value, wanted):
                found[name] = value
            elif name in found and value is None:
                del found[name]  # a domain drops an inherited variable by setting it to None
    return found


def _named(rule: Rule, own: dict[str, str], cls: type[Domain]) -> Rule:
    variables = tuple(name if name in cls.variables else own[name] for name in rule.variables)
    return Rule(rule.name, rule.words.replace("--", cls.prefix), variables, rule.holds)


DOMAINS: dict[str, type[Domain]] = {}
