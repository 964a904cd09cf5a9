"""The words: every list is there, its codes are CDISC's, and a misspelt term is recognised."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cordside.terms import codelists
from cordside.terms.codelists import decode, is_extensible, is_term, names, nearest, terms_of

CLOSED = ["SEX", "AGEU", "NY", "AESEV", "ACN", "OUT", "ND", "IECAT", "DSCAT"]
EXTENSIBLE = """
    EPOCH ROUTE FRM UNIT LOC METHOD SPECTYPE PROCEDUR HODECOD LBTESTCD RETESTCD MBTESTCD CPTESTCD ISBDAGT NCOMPLT
    VSTESTCD ISTESTCD EGTESTCD FATESTCD DTHDXCD CCCAT QSCAT FTCAT FREQ MICROORG DSDECOD ISBDAGNT RSTESTCD
"""

# list | code | value: the C-codes that the two studies and the trial's forms rest on, as looked up in release 2025-03-28.
CODES = """
    AGEU     | C29848  | YEARS                              | SEX      | C20197  | M
    SEX      | C16576  | F                                  | VSTESTCD | C16358  | BMI
    VSTESTCD | C25347  | HEIGHT                             | VSTESTCD | C25208  | WEIGHT
    FATESTCD | C127786 | OCCUR                              | FATESTCD | C25676  | SEV
    PROTMLST | C16735  | INFORMED CONSENT OBTAINED          | NCOMPLT  | C25250  | COMPLETED
    NCOMPLT  | C28554  | DEATH                              | DSCAT    | C74588  | PROTOCOL MILESTONE
    DSCAT    | C74590  | DISPOSITION EVENT                  | HODECOD  | C171453 | HOSPITAL STAY
    HODECOD  | C171454 | INTENSIVE CARE UNIT STAY           | HODECOD  | C171509 | GENERAL WARD STAY
    DTHDXCD  | C99531  | PRCDTH                             | DTHDXCD  | C116142 | SECDTH
    DTHDXCD  | C135384 | AUTOPIND                           | DTHDXCD  | C124331 | LOCDTH
    DOMAIN   | C49585  | DV                                 | VSTESTCD | C49678  | RESP
    VSTESTCD | C49677  | HR                                 | VSTESTCD | C49676  | PULSE
    VSTESTCD | C25298  | SYSBP                              | VSTESTCD | C25299  | DIABP
    VSTESTCD | C174446 | TEMP                               | VSTESTCD | C60832  | OXYSAT
    LBTESTCD | C60832  | OXYSAT                             | LBTESTCD | C71251  | PO2
    LBTESTCD | C38082  | FIO2                               | RETESTCD | C38082  | FIO2
    LBTESTCD | C119293 | PO2FIO2                            | RETESTCD | C119293 | PO2FIO2
    RETESTCD | C189635 | OI                                 | RETESTCD | C174311 | SAO2FIO2
    METHOD   | C38085  | PULSE OXIMETRY                     | SPECTYPE | C78729  | ARTERIAL BLOOD
    UNIT     | C49674  | breaths/min                        | UNIT     | C49673  | beats/min
    UNIT     | C49670  | mmHg                               | UNIT     | C42559  | C
    UNIT     | C25613  | %                                  | UNIT     | C105484 | fraction of 1
    UNIT     | C67388  | L/min                              | UNIT     | C67255  | 10^9/L
    UNIT     | C67308  | 10^12/L                            | UNIT     | C67452  | 10^6/L
    UNIT     | C64572  | mg/L                               | UNIT     | C67306  | ug/L
    UNIT     | C67327  | ng/L                               | UNIT     | C161495 | ug/L DDU
    UNIT     | C158292 | ug/L FEU                           | UNIT     | C158291 | mg/L FEU
    UNIT     | C67456  | U/L                                | UNIT     | C191361 | Arbitrary U/mL
    UNIT     | C126078 | Absorbance U/mL                    | UNIT     | C70504  | AU/mL
    UNIT     | C28254  | mL                                 | UNIT     | C198380 | 10^6/kg
    UNIT     | C187973 | 10^6 Therapeutic Cells             | UNIT     | C187971 | 10^5 Therapeutic Cells
    UNIT     | C187998 | 10^9 Therapeutic Cells             | UNIT     | C187669 | Therapeutic Cells
    UNIT     | C186224 | Therapeutic Cells/m2               | PROCEDUR | C17204  | CT SCAN
    PROCEDUR | C171510 | HIGH-FLOW NASAL CANNULA OXYGEN THERAPY | PROCEDUR | C171457 | NON-INVASIVE MECHANICAL VENTILATION
    PROCEDUR | C191573 | INVASIVE MECHANICAL VENTILATION    | PROCEDUR | C171507 | EXTRACORPOREAL MEMBRANE OXYGENATION
    CCCAT    | C171357 | NEWS2                              | CCCAT    | C121005 | APACHE II
    CCCAT    | C204319 | SOFA 27MAR2024                     | EGTESTCD | C119259 | EGHRMN
    EGTESTCD | C117773 | PRAG                               | EGTESTCD | C117779 | QRSAG
    EGTESTCD | C117786 | QTCFAG                             | EGTESTCD | C41255  | INTP
    FTCAT    | C115789 | SIX MINUTE WALK                    | FTTESTCD | C115805 | SIXMW106
    QSCAT    | C100775 | SF36 V1.0 STANDARD                 | QSCAT    | C102122 | SF36 V2.0 STANDARD
    RETESTCD | C111361 | FVC                                | RETESTCD | C38084  | FEV1
    RETESTCD | C111359 | FEV1FVC                            | RETESTCD | C111325 | TLC
    RETESTCD | C38083  | DLCO                               | RETESTCD | C112381 | FVCPP
    RETESTCD | C112376 | FEV1PP                             | RETESTCD | C120829 | DLCOPP
    SPECTYPE | C12434  | BLOOD                              | SPECTYPE | C105706 | SERUM OR PLASMA
    LBTESTCD | C51948  | WBC                                | LBTESTCD | C51949  | LYM
    LBTESTCD | C63321  | NEUT                               | CPTESTCD | C181302 | TLYH
    CPTESTCD | C174314 | BLYCE                              | CPTESTCD | C98762  | NKCE
    LBTESTCD | C122157 | TLYCE                              | LBTESTCD | C64548  | CRP
    LBTESTCD | C103430 | PCT                                | LBTESTCD | C74834  | INTLK6
    LBTESTCD | C74816  | INTLK2                             | LBTESTCD | C74832  | INTLK4
    LBTESTCD | C74836  | INTLK8                             | LBTESTCD | C74806  | INTLK10
    LBTESTCD | C74751  | TNF                                | LBTESTCD | C81996  | IFNG
    LBTESTCD | C82621  | DDIMER                             | SPECTYPE | C106556 | PLATELET POOR PLASMA
    LBTESTCD | C64820  | LYMLE                              | LBTESTCD | C64848  | HGB
    LBTESTCD | C51951  | PLAT                               | LBTESTCD | C64855  | LDH
    LBTESTCD | C74737  | FERRITIN                           | LBTESTCD | C64547  | CREAT
    LBTESTCD | C64431  | ALB                                | LBTESTCD | C64433  | ALT
    LBTESTCD | C64467  | AST                                | LBTESTCD | C64606  | FIBRINO
    LBTESTCD | C64805  | INR                                | LBTESTCD | C105585 | GLUC
    LBTESTCD | C64849  | HBA1C                              | LBTESTCD | C74749  | TROPONI
    LBTESTCD | C74750  | TROPONT                            | LBTESTCD | C96610  | BNPPRONT
    LBTESTCD | C64851  | HCG                                | LBTESTCD | C74732  | AFP
    LBTESTCD | C81983  | CEA                                | LBTESTCD | C79089  | CA125AG
    LBTESTCD | C81982  | CA19_9AG                           | LBTESTCD | C106514 | CYFRA211
    LBTESTCD | C116205 | NSE                                | LBTESTCD | C17634  | PSA
    MBTESTCD | C171531 | SAR2RNA                            | MBTSTDTL | C174330 | DETECTION
    MBTSTDTL | C161328 | QUANTIFICATION CYCLE NUMBER        | MBTSTDTL | C174331 | VIRAL LOAD
    SPECTYPE | C150895 | SWABBED MATERIAL                   | LOC      | C12423  | NASOPHARYNX
    LOC      | C43362  | ANUS                               | METHOD   | C18136  | REVERSE TRANSCRIPTASE PCR
    LBSTRESC | C38758  | POSITIVE                           | LBSTRESC | C38757  | NEGATIVE
    ND       | C49484  | NOT DONE                           | ISTESTCD | C187786 | MBIMAB
    ISTESTCD | C181394 | MBIGGAB                            | ISBDAGT  | C178209 | SARS-COV-2 SPIKE PROTEIN
    ISBDAGT  | C188490 | SARS-COV-2 SPIKE PROTEIN RBD       | ISBDAGT  | C181991 | SARS-COV-2 NUCLEOCAPSID PROTEIN
    LAT      | C13332  | BILATERAL                          | LOC      | C12468  | LUNG
    RETESTCD | C171521 | PNEUMIND                           | RETESTCD | C171512 | INFLTIND
    FRM      | C42995  | INJECTION, SUSPENSION              | ROUTE    | C38279  | INTRAVENOUS DRIP
    CPTESTCD | C199834 | CD73X                              | CPTESTCD | C189388 | CD16X
"""
CELLS = [cell.strip() for line in CODES.strip().splitlines() for cell in line.split("|")]
SPONSOR = """
    O2SUP ROOM AIR|O2SUP LOW-FLOW OXYGEN|O2SUP HIGH-FLOW NASAL CANNULA|O2SUP NOT STATED|FIO2M MEASURED|FIO2M ESTIMATED
    ORIGIN published|ORIGIN simulated|COUNTBASIS VIABLE|COUNTBASIS TOTAL|SEVCLASS CRITICAL|RSTESTCD WHOCPS|RSTESTCD SEVCLASS
    AESCAT THROMBOEMBOLISM|AECAT EVENT OF SPECIAL INTEREST|RETESTCD GGOIND|RETESTCD NODESZ|DSDECOD DISCHARGED
    PROCEDUR LOW-FLOW OXYGEN THERAPY|ISBDAGNT SARS-COV-2|DVDECOD expired|RSCAT NHC COVID-19 V7|AETOXGR 5
"""


@pytest.mark.parametrize(("codelist", "code", "value"), list(zip(CELLS[::3], CELLS[1::3], CELLS[2::3], strict=True)))
def test_a_term_has_the_code_that_cdisc_gives_it(codelist, code, value):
    assert terms_of(codelist)[value].code == code
    assert not terms_of(codelist)[value].sponsor


@pytest.mark.parametrize("codelist", CLOSED)
def test_a_list_that_cdisc_closed_is_closed_and_holds_no_term_of_ours(codelist):
    assert not is_extensible(codelist)
    assert not any(term.sponsor for term in terms_of(codelist).values())


@pytest.mark.parametrize("codelist", EXTENSIBLE.split())
def test_a_list_that_cdisc_left_open_is_extensible(codelist):
    assert is_extensible(codelist)


@pytest.mark.parametrize("term", [term.strip() for line in SPONSOR.strip().splitlines() for term in line.split("|")])
def test_a_sponsor_term_belongs_to_its_list_and_is_marked(term):
    codelist, _, value = term.partition(" ")
    assert terms_of(codelist)[value].sponsor
    assert terms_of(codelist)[value].code == ""


@pytest.mark.parametrize("codelist", names())
def test_every_list_has_terms_and_every_term_a_name(codelist):
    assert terms_of(codelist)
    assert all(term.value and term.name for term in terms_of(codelist).values())


@pytest.mark.parametrize("codelist", [name for name in names() if name.endswith("TESTCD")])
def test_test_codes_and_names_fit_into_a_transport_file(codelist):
    assert [t.value for t in terms_of(codelist).values() if len(t.value) > 8 or len(t.name) > 40] == []


@pytest.mark.parametrize("name", ["", "codelist", "NOSUCH", "ny"])
def test_an_unknown_list_is_a_key_error(name):
    for ask in (lambda: terms_of(name), lambda: is_extensible(name), lambda: is_term(name, "Y"), lambda: nearest(name, "Y")):
        with pytest.raises(KeyError):
            ask()


def test_a_term_is_exact():
    assert is_term("NY", "Y")
    assert not is_term("NY", "y")
    assert not is_term("NY", "")


def test_a_term_decodes_to_its_name_and_anything_else_to_itself():
    assert decode("LBTESTCD", "WBC") == "Leukocytes"
    assert decode("LBTESTCD", "NOSUCH") == "NOSUCH"


@pytest.mark.parametrize(
    ("codelist", "written", "meant"),
    [
        ("LBTESTCD", "leukocytes", "WBC"),
        ("LBTESTCD", "LEUKO", "WBC"),
        ("LBTESTCD", "CPR", "CRP"),
        ("SEX", "Female", "F"),
        ("SEX", "femail", "F"),
        ("NY", "yes", "Y"),
        ("UNIT", "ng/mL", "ug/L"),
        ("UNIT", "AU/mL", "AU/mL"),
        ("PROCEDUR", "ct  scan", "CT SCAN"),
        ("O2SUP", "ECMO", "EXTRACORPOREAL MEMBRANE OXYGENATION"),
        ("SEX", "", None),
        ("SEX", "no such thing at all", None),
    ],
)
def test_the_nearest_term_is_offered(codelist, written, meant):
    assert nearest(codelist, written) == meant


def test_a_very_long_text_is_near_to_nothing():
    assert nearest("LBTESTCD", "WBC " * 1_000_000) is None


@given(st.text(max_size=50))
def test_the_nearest_term_is_a_term_or_none(written):
    found = nearest("SPECTYPE", written)
    assert found is None or is_term("SPECTYPE", found)


def test_the_joined_lists_are_made_of_lists_that_exist():
    assert all(part in names() for parts in codelists.JOINED.values() for part in parts)


def test_items_of_licensed_questionnaires_are_not_shipped():
    assert all("Score" in term.name for term in terms_of("QSTESTCD").values())


def test_generated_files_name_their_source_release_and_licence():
    for name, release in (("_codelists.csv", "2025-03-28"), ("_ctcae.csv", "2017-11-27")):
        head = (Path(codelists.__file__).parent / name).read_text(encoding="utf-8").splitlines()[:3]
        assert all(line.startswith("# ") for line in head)
        assert release in head[1] and head[1].startswith("# Source") and head[2].startswith("# Licence")
