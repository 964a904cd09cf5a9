"""The machinery: what a class body becomes."""

import pytest

from cordside.domains.classes import Event, Finding
from cordside.domains.domain import DOMAINS, Domain, Var, rule
from cordside.domains.kinds import integer, text


@pytest.fixture(autouse=True)
def no_trace(monkeypatch):
    """Domains declared in a test are forgotten after it."""
    before = dict(DOMAINS)
    yield
    DOMAINS.clear()
    DOMAINS.update(before)


def test_names_take_the_prefix_unless_they_are_shared():
    class XA(Finding, code="XA", key=("USUBJID", "TESTCD")):
        """Tries: one row each."""

        OWN = Var(text, "Own")

    assert {"USUBJID", "VISIT", "XATESTCD", "XAOWN"} <= set(XA.variables)
    assert XA.key == ("USUBJID", "XATESTCD")
    assert XA.topic == "XATESTCD"
    assert XA.label == "Tries"
    assert DOMAINS["XA"] is XA


def test_a_domain_may_have_no_prefix():
    class XB(Domain, code="XB", key=("USUBJID",), topic="USUBJID", prefix=""):
        """Tries."""

        AGE = Var(integer, "Age")

        @rule("An age is not negative")
        def age_not_negative(AGE: int | None) -> bool:
            return AGE is None or AGE >= 0

    assert "AGE" in XB.variables
    assert XB.rules[-1].variables == ("AGE",)


def test_a_later_declaration_takes_the_place_of_the_earlier():
    class XC(Event, code="XC", key=("USUBJID", "TERM")):
        """Tries."""

        TERM = Var(text, "Another Label", required=True)

    assert XC.variables["XCTERM"].label == "Another Label"
    assert [var.label for var in XC.variables.values()].count("Reported Term") == 0


def test_none_drops_a_variable_and_a_rule():
    class XD(Event, code="XD", key=("USUBJID", "TERM")):
        """Tries."""

        OCCUR = None
        occurrence_was_asked = None

    assert "XDOCCUR" not in XD.variables
    assert [rule.name for rule in XD.rules] == ["end_not_before_start"]


def test_a_rule_cannot_read_what_the_domain_lacks():
    with pytest.raises(KeyError, match="OCCUR"):

        class XE(Event, code="XE", key=("USUBJID", "TERM")):
            """Tries."""

            OCCUR = None


def test_the_words_of_a_rule_name_the_variables_of_the_domain():
    class XF(Event, code="XF", key=("USUBJID", "TERM")):
        """Tries."""

    assert "set XFPRESP to Y" in next(rule.words for rule in XF.rules if rule.name == "occurrence_was_asked")


def test_a_rule_is_asked_with_the_variables_that_it_names():
    class XG(Event, code="XG", key=("USUBJID", "TERM")):
        """Tries."""

        @rule("A seen term needs its visit")
        def seen_at_a_visit(TERM: str | None, VISIT: str | None) -> bool:
            return TERM is None or VISIT is not None

    seen = next(rule for rule in XG.rules if rule.name == "seen_at_a_visit")
    assert seen.variables == ("XGTERM", "VISIT")
    assert (seen.holds("fever", None), seen.holds("fever", "D1")) == (False, True)
