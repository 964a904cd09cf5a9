"""What every domain keeps, whatever it records."""

import re
from pathlib import Path

import pytest

from cordside.domains import classes, oxygen
from cordside.domains.all import ALL, DOMAINS, PRODUCT, domain_of
from cordside.terms import codelists

WANTED = {*"DM IE MH CE SV VS LB IS CP MB RE RS PR CM EX AE DS DD DV HO FA EG FT QS".split()}  # noqa: SIM905 as the standard lists them
WANTED_OF_THE_PRODUCT = {*"DONOR MATERIAL TRANSFORM INPUT OUTPUT LOT TESTRESULT RELEASE ORDER CUSTODY HOLD".split()}  # noqa: SIM905
NOT_A_DOMAIN = {"__init__", "all", "classes", "domain", "kinds", "normalrange", "oxygen", "sharedrules"}

each_domain = pytest.mark.parametrize("domain", ALL, ids=lambda domain: domain.code)


def test_every_domain_of_the_mapping_is_there():
    assert {domain.code for domain in ALL} == WANTED | WANTED_OF_THE_PRODUCT
    assert {domain.code for domain in PRODUCT} == WANTED_OF_THE_PRODUCT
    assert {domain.code for domain in ALL if not domain.by_subject} == WANTED_OF_THE_PRODUCT
    assert set(DOMAINS.values()) >= set(ALL)


def test_every_file_of_the_room_is_listed():
    files = {path.stem.rstrip("_") for path in Path(classes.__file__).parent.glob("*.py")} - {name.rstrip("_") for name in NOT_A_DOMAIN}
    assert files == {domain.code.lower() for domain in ALL}


def test_a_domain_is_found_by_its_code():
    assert domain_of("LB").code == "LB"
    with pytest.raises(KeyError):
        domain_of("XX")


@each_domain
def test_key_and_topic_are_variables(domain):
    assert domain.topic in domain.variables
    assert (domain.key[0] == "USUBJID") == domain.by_subject
    assert set(domain.key) <= set(domain.variables)
    assert len(set(domain.key)) == len(domain.key)


@each_domain
def test_the_key_never_holds_the_sequence(domain):
    assert not any(name.endswith("SEQ") or domain.variables[name].derived for name in domain.key)


@each_domain
def test_the_topic_is_required_and_in_the_key(domain):
    assert domain.variables[domain.topic].required
    assert domain.topic in domain.key


@each_domain
def test_a_required_variable_is_not_derived(domain):
    assert [name for name, var in domain.variables.items() if var.required and var.derived] == []


@each_domain
def test_labels_fit_sas_transport_and_tell_variables_apart(domain):
    labels = [var.label for var in domain.variables.values()]
    assert [label for label in labels if not 0 < len(label) <= 40] == []
    assert sorted(label for label in labels if labels.count(label) > 1) == []
    assert 0 < len(domain.label) <= 40


@each_domain
def test_names_fit_sas_transport(domain):
    assert [name for name in domain.variables if not re.fullmatch(r"[A-Z][A-Z0-9]{0,7}", name)] == []


@each_domain
def test_every_codelist_exists(domain):
    named = {var.codelist for var in domain.variables.values()} - {None}
    assert named - set(codelists.names()) == set()


@each_domain
def test_what_the_class_shares_is_inherited(domain):
    general = next((base for base in (classes.Finding, classes.Event, classes.Intervention) if issubclass(domain, base)), None)
    if general is None:
        assert domain.code in {"DM", "SV"} or domain in PRODUCT
    else:
        assert domain.topic == domain.code + general.topic
        assert {domain.code + "SEQ", domain.code + "SPID", "VISIT", "EPOCH", "USUBJID", "ORIGIN", "DERIVED"} <= set(domain.variables)


@pytest.mark.parametrize(
    ("code", "rules"),
    [
        ("LB", {"result_or_reason", "oxygenation_names_support", "fio2_is_a_fraction", "limits_in_order"}),
        ("VS", {"result_or_reason", "oxygenation_names_support", "fio2_is_a_fraction", "minutes_have_a_reference"}),
        ("RE", {"result_or_reason", "oxygenation_names_support", "fio2_is_a_fraction", "predicted_names_equation"}),
        ("MB", {"result_or_reason", "detection_is_a_word", "number_has_a_unit"}),
        ("AE", {"end_not_before_start", "severity_or_grade"}),
        ("SV", {"end_not_before_start", "occurrence_was_asked"}),
        ("CM", {"end_not_before_start", "occurrence_was_asked", "dose_not_negative", "dose_needs_unit", "asked_is_answered"}),
        ("EX", {"end_not_before_start", "dose_not_negative", "dose_needs_unit"}),
    ],
)
def test_inherited_rules_are_there(code, rules):
    assert rules <= {rule.name for rule in domain_of(code).rules}


@pytest.mark.parametrize(
    ("code", "dropped"), [("EX", "EXOCCUR"), ("AE", "AEOCCUR"), ("DS", "DSENDTC"), ("DV", "DVOCCUR"), ("IE", "IEORRESU"), ("DD", "DDLOC")]
)
def test_what_a_domain_has_no_place_for_is_dropped(code, dropped):
    assert dropped not in domain_of(code).variables


@pytest.mark.parametrize("code", ["VS", "LB", "RE"])
def test_every_domain_that_can_measure_oxygenation_carries_the_support(code):
    assert issubclass(domain_of(code), oxygen.Oxygenation)
    assert {code + name for name in ("O2SUP", "O2FLO", "FIO2", "FIO2M")} <= set(domain_of(code).variables)


def test_the_infusion_carries_the_variables_of_the_product():
    wanted = {
        *("EXCONT", "EXORD", "EXWRIST", "EXSCAN", "EXCHK1", "EXCHK2", "EXVGIVEN", "EXVREST", "EXTCELLS", "EXVCELLS", "EXTHDTC"),
        *("EXINTRP", "EXINTMIN", "EXSTOPR", "EXANTIC", "EXLINE", "EXFILTER", "EXFLUSH", "EXHIST"),
    }
    sponsor = {name for name, var in domain_of("EX").variables.items() if var.sponsor}
    assert wanted <= sponsor


def test_blinded_roles_see_no_cells_lot_container_or_arm():
    hidden = {name for domain in ALL for name, var in domain.variables.items() if var.reveals_arm}
    assert hidden >= {"CELLS", "VIABLE", "LOTID", "PASSAGE", "CUMPD", "TARGET", "ORRES"}
    assert hidden >= {"EXTRT", "EXDOSE", "EXDOSU", "EXLOT", "EXCONT", "EXSCAN", "EXTCELLS", "EXVCELLS", "EXTHDTC", "ARM", "ARMCD", "ACTARM"}
    assert not hidden & {"USUBJID", "EXSTDTC", "EXREFID", "EXVGIVEN", "EXINTRP"}


COLUMNS = {
    "DONOR": "DNRID DNRSRC SEX GESTWK GESTDY DELMODE DELDTC ASKED HXDTC HXRES CNSNTBY CNSDTC CNSVER CNSSCOPE CNSWDTC ELIG ELIGBY ELIGDTC",
    "MATERIAL": "MATID MATKIND DNRID LOTID MATCODE PASSAGE CUMPD PDFROM CELLS VIABLE VOL AREA VEHICLE DMSOPCT STORPOS EXPDTC USUBJID "
    "LBLPRN LBLAPL LBLDST MATSTAT",
    "TRANSFORM": "TRFID TRFKIND TRFDTC TRFHRS TRFBY WITNESS SOP SOPVER RGTLOTS EQUIP LOSSCELL LOSSVOL REFID",
    "INPUT": "TRFID MATID CELLS VOL",
    "OUTPUT": "TRFID MATID CELLS VIABLE VOL",
    "LOT": "LOTID LOTLEVEL SPECID SPECVER MAKER CERTNO CERTBY CERTDTC CERTFILE",
    "TESTRESULT": "TRSID TRGTYPE TRGID PERSON TSTCD METHOD METHVER STAGE SMPDTC RESDTC ORRES ORRESU EVENTS CILOW CIHIGH MINTHAW RESBY "
    "REVBY REVDTC RESSTAT RAWFILE RAWSHA RCPSHA CTLSHA SUPERSED",
    "RELEASE": "RELID LOTID SPECVER RESSHA VERDICT OUTSTND QABY SECBY EXCREAS EXCRISK EXCPHYS EXCSPON RELDTC",
    "ORDER": "ORDID USUBJID VISIT RULE CNTBASIS PERKG TARGET TOLPCT WEIGHT WTKIND WTDTC MATID VOL DILUENT DILVOL MAXRATE WINFROM WINTO "
    "ORDBY VERBY ORDDTC ORDSTAT",
    "CUSTODY": "CSTID MATID FROMLOC TOLOC GIVENBY RCVDBY CSTDTC TMPMIN TMPMAX SEAL",
    "HOLD": "HLDID TRGTYPE TRGID HLDREAS OPENDTC OPENBY CLOSDTC CLOSBY PROPAG",
}
BESIDE = {"STUDYID", "SITEID", "TZ", "ORIGIN", "DERIVED", "COMMENT"}


@pytest.mark.parametrize("code", COLUMNS)
def test_a_file_of_the_product_has_its_columns_the_key_first(code):
    own = [name for name in domain_of(code).variables if name not in BESIDE]
    assert sorted(own) == sorted(COLUMNS[code].split())
    assert list(domain_of(code).key) == own[: len(domain_of(code).key)]
    assert set(domain_of(code).variables) >= BESIDE


@pytest.mark.parametrize("domain", PRODUCT, ids=lambda domain: domain.code)
def test_no_file_of_the_product_has_room_for_a_name(domain):
    assert not [name for name, var in domain.variables.items() if "name of the" in var.label.lower() or name in ("NAME", "DNRNAME")]
