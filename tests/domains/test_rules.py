"""Every rule of every domain: rows that break it and rows that hold it.

A row is drawn as its values, `NAME=text`, without the domain's prefix, and read by the kinds of the domain's variables.
A rule that several domains share is tried in each of them with the same rows.
"""

import re

import pytest

from cordside.domains.all import ALL

# rule | rows that break it, parted by / | rows that hold it
TABLE = """
result_or_reason          | - // ORRES=6.72, STAT=NOT DONE                       | ORRES=6.72 // STAT=NOT DONE
end_not_before_start      | STDTC=2020-02-11, ENDTC=2020-02-10 // STDTC=2020-02-11T10:00, ENDTC=2020-02-11T09:59 // STDTC=2020-03, ENDTC=2020-02-28 | STDTC=2020-02-11, ENDTC=2020-02-11 // STDTC=2020-02-11, ENDTC=2020-02 // STDTC=2020-02-11T10:00, ENDTC=2020-02-11 // ENDTC=2020
occurrence_was_asked      | OCCUR=Y // OCCUR=N, PRESP=N                            | OCCUR=N, PRESP=Y // PRESP=Y // -
asked_is_answered         | PRESP=Y                                                | PRESP=Y, OCCUR=N // PRESP=Y, STAT=NOT DONE // -
dose_not_negative         | DOSE=-1                                                | DOSE=0 // DOSE=30 // -
dose_needs_unit           | DOSE=30 // DOSE=0                                      | DOSE=30, DOSU=mg // DOSU=mg // -
scale_is_named            | -                                                      | CAT=NHC COVID-19 V7
oxygenation_names_support | TESTCD=OXYSAT // TESTCD=PO2 // TESTCD=PO2FIO2          | TESTCD=OXYSAT, O2SUP=NOT STATED // TESTCD=PO2, STAT=NOT DONE // TESTCD=CRP
fio2_is_a_fraction        | FIO2=40 // FIO2=0.2 // FIO2=1.01                       | FIO2=0.21 // FIO2=1 // -
limits_in_order           | ORNRLO=9.5, ORNRHI=3.5                                 | ORNRLO=3.5, ORNRHI=9.5 // ORNRLO=0, ORNRHI=0 // ORNRHI=10
age_needs_unit            | AGE=65                                                 | AGE=65, AGEU=YEARS // -
age_is_possible           | AGE=-1, AGEU=YEARS // AGE=121, AGEU=YEARS              | AGE=0, AGEU=YEARS // AGE=120, AGEU=YEARS // AGE=600, AGEU=DAYS
age_agrees_with_birth     | AGE=65, AGEU=YEARS, BRTHDTC=1960, DMDTC=2020 // AGE=55, AGEU=YEARS, BRTHDTC=1955-02-01, DMDTC=2020-02-11 | AGE=65, AGEU=YEARS, BRTHDTC=1955-02-01, DMDTC=2020-02-11 // AGE=64, AGEU=YEARS, BRTHDTC=1955-12, DMDTC=2020-02 // AGE=65, AGEU=YEARS // AGE=780, AGEU=MONTHS, BRTHDTC=1955, DMDTC=2020 // AGE=65, AGEU=YEARS, BRTHDTC=--12-15, DMDTC=2020
birth_before_collection   | BRTHDTC=2021, DMDTC=2020-02-11                         | BRTHDTC=1955, DMDTC=2020-02-11 // BRTHDTC=2020, DMDTC=2020-02-11
death_is_flagged          | DTHDTC=2020-03-01 // DTHDTC=2020-03-01, DTHFL=N        | DTHDTC=2020-03-01, DTHFL=Y // DTHFL=Y // -
death_after_birth         | BRTHDTC=1955-02-01, DTHDTC=1955-01-31                  | BRTHDTC=1955-02-01, DTHDTC=2020-03 // DTHDTC=2020 // -
arm_or_reason             | ACTARMCD=UCMSC, ARMNRS=SCREEN FAILURE                  | ACTARMCD=UCMSC // ARMNRS=SCREEN FAILURE // -
criterion_is_answered     | -                                                      | ORRES=Y // ORRES=U
missed_visit_has_no_date  | OCCUR=N, STDTC=2020-02-11                              | OCCUR=N // OCCUR=Y, STDTC=2020-02-11 // STDTC=2020-02-11
missed_visit_has_a_reason | OCCUR=N                                                | OCCUR=N, REASOC=Subject was in another hospital // OCCUR=Y
minutes_have_a_reference  | TPTNUM=15 // TPTNUM=0                                  | TPTNUM=15, TPTREF=INF-1 // TPTREF=INF-1 // -
quantitation_in_order     | LLOQ=2, ULOQ=1                                         | LLOQ=1, ULOQ=2 // LLOQ=1 // ULOQ=1
detection_is_a_word       | TSTDTL=DETECTION, ORRES=31.2 // TSTDTL=DETECTION, ORRES=NA | TSTDTL=DETECTION, ORRES=Positive // TSTDTL=DETECTION // TSTDTL=VIRAL LOAD, ORRES=1200
number_has_a_unit         | ORRES=1200 // TSTDTL=VIRAL LOAD, ORRES=<100            | ORRES=1200, ORRESU=copies/mL // TSTDTL=QUANTIFICATION CYCLE NUMBER, ORRES=31.2 // ORRES=NEGATIVE // -
predicted_names_equation  | TESTCD=FVCPP // TESTCD=DLCOPP, ORRES=81                | TESTCD=FVCPP, ANMETH=GLI 2012 // TESTCD=FVC // TESTCD=FVCPP, STAT=NOT DONE
volumes_not_negative      | VAMT=-1 // VGIVEN=-0.001 // VREST=-1 // FLUSH=-1       | VAMT=100, VGIVEN=98.5, VREST=1.5, FLUSH=20 // VREST=0 // -
volumes_in_whole_microlitres | VGIVEN=98.5001 // VREST=0.0005 // FLUSH=20.12345 | VGIVEN=98.501, VREST=1.5, FLUSH=20 // VGIVEN=98.5000 // -
given_within_prepared     | VAMT=100, VGIVEN=100.001 // VAMT=100, VAMTU=mL, VGIVEN=90, VREST=10.5 | VAMT=100, VAMTU=mL, VGIVEN=90, VREST=10 // VAMT=0.1, VAMTU=L, VGIVEN=100 // VGIVEN=100
volume_needs_unit         | VAMT=100                                               | VAMT=100, VAMTU=mL // -
checkers_differ           | CHK1=N. Li, CHK2=N. Li // CHK1=N. Li, CHK2=n. li       | CHK1=N. Li, CHK2=W. Wu // CHK1=N. Li // -
viable_within_total       | TCELLS=30000000, VCELLS=30000001                       | TCELLS=30000000, VCELLS=30000000 // VCELLS=1 // -
thaw_before_start         | THDTC=2020-02-11T14:01, STDTC=2020-02-11T14:00         | THDTC=2020-02-11T13:00, STDTC=2020-02-11T14:00 // THDTC=2020-02-11T14:01, STDTC=2020-02-11
minutes_mean_interrupted  | INTMIN=5 // INTMIN=5, INTRP=N                          | INTMIN=5, INTRP=Y // INTRP=Y // INTMIN=0, INTRP=N // -
minutes_not_negative      | INTMIN=-1                                              | INTMIN=0 // -
historical_has_no_lot     | HIST=Y, LOT=UC-07 // HIST=Y, CONT=C1 // HIST=Y, ORD=O1 | HIST=Y // HIST=N, LOT=UC-07, CONT=C1, ORD=O1 // LOT=UC-07
severity_or_grade         | -                                                      | SEV=MILD // TOXGR=1
grade_names_scale         | TOXGR=3                                                | TOXGR=3, TOXVER=CTCAE 5.0 // SEV=MILD // -
serious_has_a_criterion   | SER=Y // SER=Y, SDTH=N                                 | SER=Y, SDTH=Y // SER=Y, SLIFE=Y // SER=Y, SHOSP=Y // SER=Y, SDISAB=Y // SER=Y, SCONG=Y // SER=Y, SMIE=Y // SER=N
criterion_means_serious   | SDTH=Y // SER=N, SLIFE=Y // SER=N, SHOSP=Y // SER=N, SDISAB=Y // SER=N, SCONG=Y // SER=N, SMIE=Y | SER=Y, SDTH=Y // SER=N, SDTH=N // -
fatal_is_marked           | OUT=FATAL // OUT=FATAL, TOXGR=4, SDTH=N                | OUT=FATAL, TOXGR=5 // OUT=FATAL, SDTH=Y // OUT=UNKNOWN
death_is_fatal            | TOXGR=5 // SDTH=Y, OUT=UNKNOWN                         | TOXGR=5, OUT=FATAL // SDTH=Y, OUT=FATAL // TOXGR=4, OUT=UNKNOWN // -
unresolved_has_no_end     | OUT=NOT RECOVERED/NOT RESOLVED, ENDTC=2020-02          | OUT=NOT RECOVERED/NOT RESOLVED // OUT=RECOVERED/RESOLVED, ENDTC=2020-02
special_interest_has_a_kind | CAT=EVENT OF SPECIAL INTEREST // SCAT=ARRHYTHMIA     | CAT=EVENT OF SPECIAL INTEREST, SCAT=ARRHYTHMIA // CAT=ADVERSE EVENT // -
consent_is_dated          | DECOD=INFORMED CONSENT OBTAINED                        | DECOD=INFORMED CONSENT OBTAINED, STDTC=2020-02 // DECOD=COMPLETED
consent_is_a_milestone    | DECOD=INFORMED CONSENT OBTAINED // DECOD=INFORMED CONSENT OBTAINED, CAT=DISPOSITION EVENT | DECOD=INFORMED CONSENT OBTAINED, CAT=PROTOCOL MILESTONE // DECOD=COMPLETED, CAT=DISPOSITION EVENT
disposition_is_coded      | -                                                      | DECOD=COMPLETED
autopsy_is_answered       | TESTCD=AUTOPIND, ORRES=yes                             | TESTCD=AUTOPIND, ORRES=N // TESTCD=AUTOPIND // TESTCD=PRCDTH, ORRES=Pneumonia
deviation_is_dated        | -                                                      | STDTC=2020-02-11 // DTC=2020-02
duration_agrees_with_dates | DUR=P19D, STDTC=2020-02-11, ENDTC=2020-02-28 // DUR=P1W, STDTC=2020-02-01, ENDTC=2020-02-10 | DUR=P17D, STDTC=2020-02-11, ENDTC=2020-02-28 // DUR=P18D, STDTC=2020-02-11, ENDTC=2020-02-28 // DUR=P19D // DUR=P1M, STDTC=2020-02-11, ENDTC=2020-02-12 // DUR=P19D, STDTC=2020-02, ENDTC=2020-03-01
duration_not_negative     | DUR=-P1D                                               | DUR=P1D // -
occurrence_is_answered    | TESTCD=OCCUR, ORRES=cough                              | TESTCD=OCCUR, ORRES=N // TESTCD=SEV, ORRES=MILD // TESTCD=OCCUR
severity_is_a_word        | TESTCD=SEV, ORRES=2                                    | TESTCD=SEV, ORRES=moderate // TESTCD=OCCUR, ORRES=Y // TESTCD=SEV
abnormal_is_judged        | TESTCD=INTP, ORRES=ABNORMAL                            | TESTCD=INTP, ORRES=ABNORMAL, CLSIG=N // TESTCD=INTP, ORRES=NORMAL // TESTCD=QTCFAG, ORRES=500 // TESTCD=INTP
gestation_is_possible     | GESTWK=12 // GESTDY=7 // GESTDY=-1                     | GESTWK=39, GESTDY=6 // GESTWK=39 // -
eligibility_names_who     | ELIG=eligible // ELIG=ineligible                       | ELIG=eligible, ELIGBY=Dr. Ott // ELIG=pending // -
consent_before_withdrawal | CNSDTC=2026-01-02, CNSWDTC=2026-01-01                  | CNSDTC=2026-01-02, CNSWDTC=2026-01-02 // CNSDTC=2026-01-02 // -
history_before_eligibility | HXDTC=2026-01-02, ELIGDTC=2026-01-01                  | HXDTC=2026-01-01, ELIGDTC=2026-01-02 // -
material_has_a_kind       | -                                                      | MATKIND=container
viable_within_cells       | CELLS=10, VIABLE=11                                    | CELLS=10, VIABLE=10 // VIABLE=1 // -
amounts_are_possible      | PASSAGE=-1 // AREA=0 // DMSOPCT=101 // DMSOPCT=-1      | PASSAGE=0, AREA=75, DMSOPCT=10 // -
labels_are_accounted_for  | LBLPRN=3, LBLAPL=2 // LBLPRN=3, LBLAPL=2, LBLDST=2     | LBLPRN=3, LBLAPL=2, LBLDST=1 // LBLPRN=2, LBLAPL=2 // LBLPRN=3 // -
donor_of_a_donation       | DNRID=D-1, MATKIND=culture                             | DNRID=D-1, MATKIND=donation // MATKIND=culture
transform_has_a_kind      | -                                                      | TRFKIND=thaw
transform_is_dated        | -                                                      | TRFDTC=2026-01-05T09:00Z
hours_not_negative        | TRFHRS=-1                                              | TRFHRS=0 // TRFHRS=72 // -
witness_is_another        | TRFBY=Ann, WITNESS=ann                                 | TRFBY=Ann, WITNESS=Ben // TRFBY=Ann // -
corrects_another          | TRFID=T1, REFID=T1                                     | TRFID=T2, REFID=T1 // TRFID=T1
lot_has_a_level           | -                                                      | LOTLEVEL=product
certificate_is_whole      | CERTNO=1 // CERTFILE=files/c.pdf                       | CERTNO=1, CERTBY=Maker // -
result_names_its_target   | TRGTYPE=lot // TSTCD=CD73 // -                         | TRGTYPE=lot, TRGID=L1, TSTCD=CD73
reviewer_is_another       | RESBY=Eva, REVBY= eva                                  | RESBY=Eva, REVBY=Fay // RESBY=Eva // -
review_names_who          | RESSTAT=reviewed                                       | RESSTAT=reviewed, REVBY=Fay // RESSTAT=entered // -
sample_before_result      | SMPDTC=2026-01-02T10:00Z, RESDTC=2026-01-02T09:59Z     | SMPDTC=2026-01-02T10:00Z, RESDTC=2026-01-02T10:00Z // SMPDTC=2026-01-02 // -
result_before_review      | RESDTC=2026-01-02, REVDTC=2026-01-01                   | RESDTC=2026-01-02, REVDTC=2026-01-02T08:00Z // -
interval_in_order         | CILOW=96, CIHIGH=95                                    | CILOW=95, CIHIGH=96 // CILOW=95 // -
donor_test_names_the_person | TRGTYPE=donor                                        | TRGTYPE=donor, PERSON=mother // TRGTYPE=lot // -
replaces_another          | TRSID=R1, SUPERSED=R1                                  | TRSID=R2, SUPERSED=R1 // TRSID=R1
decision_is_whole         | LOTID=L1 // LOTID=L1, VERDICT=released // -            | LOTID=L1, VERDICT=released, RELDTC=2026-01-02T09:00Z
two_people_decide         | QABY=Gus, SECBY=gus                                    | QABY=Gus, SECBY=Hal // QABY=Gus // -
conditional_lists_outstanding | VERDICT=conditional                                | VERDICT=conditional, OUTSTND=Sterility=2026-01-20 // VERDICT=released // -
order_names_its_subject   | -                                                      | USUBJID=T-1
verifier_is_another       | ORDBY=Dr. Ito, VERBY=dr. ito                           | ORDBY=Dr. Ito, VERBY=Ken // ORDBY=Dr. Ito // -
window_in_order           | WINFROM=2026-01-02T10:00Z, WINTO=2026-01-02T09:00Z     | WINFROM=2026-01-02T09:00Z, WINTO=2026-01-02T10:00Z // WINFROM=2026-01-02 // -
order_is_possible         | WEIGHT=0 // MAXRATE=0 // TOLPCT=-1 // TOLPCT=100.5 // PERKG=-1 | WEIGHT=70, MAXRATE=5, TOLPCT=0, PERKG=1000000 // -
weight_before_order       | WTDTC=2026-01-03, ORDDTC=2026-01-02                    | WTDTC=2026-01-02, ORDDTC=2026-01-02 // -
hand_over_has_two_parties | GIVENBY=Cleo // RCVDBY=Lea // -                        | GIVENBY=Cleo, RCVDBY=Lea
parties_differ            | GIVENBY=Cleo, RCVDBY=cleo                              | GIVENBY=Cleo, RCVDBY=Lea // GIVENBY=Cleo // -
temperatures_in_order     | TMPMIN=6, TMPMAX=2                                     | TMPMIN=2, TMPMAX=6 // TMPMIN=2 // -
hold_is_whole             | TRGTYPE=lot, TRGID=L1 // TRGTYPE=lot, OPENDTC=2026 // - | TRGTYPE=lot, TRGID=L1, OPENDTC=2026-01-02 // TRGTYPE=study, OPENDTC=2026-01-02
opened_before_closed      | OPENDTC=2026-01-02, CLOSDTC=2026-01-01                 | OPENDTC=2026-01-02, CLOSDTC=2026-01-02 // OPENDTC=2026-01-02 // -
closing_names_who         | CLOSDTC=2026-01-02                                     | CLOSDTC=2026-01-02, CLOSBY=Gus // -
"""  # noqa: E501 a table of rows is read along its lines


def table():
    """Each rule's name with its breaking and its holding rows."""
    lines = [[cell.strip() for cell in line.split("|")] for line in TABLE.strip().splitlines()]
    return {name: (broken.split(" // "), holding.split(" // ")) for name, broken, holding in lines}


ROWS = table()
RULES = [(domain, rule) for domain in ALL for rule in domain.rules]

each_rule = pytest.mark.parametrize(("domain", "rule"), RULES, ids=[f"{domain.code}.{rule.name}" for domain, rule in RULES])


def values_of(domain, rule, row):
    """The typed values of the rule's variables in a drawn row; None where the row has none."""
    drawn = dict(value.split("=", 1) for value in row.split(", ")) if row != "-" else {}
    texts = {domain.prefix + name: text for name, text in drawn.items()}
    unknown = set(texts) - set(rule.variables)
    # A shared table row may name a variable that the rule does not read; it must at least be one of the domain's.
    assert unknown <= set(domain.variables), f"{domain.code} has no {', '.join(sorted(unknown))}"
    return [domain.variables[name].kind.read(texts[name]) if name in texts else None for name in rule.variables]


@each_rule
def test_a_rule_is_broken_by_the_rows_that_break_it(domain, rule):
    assert [row for row in ROWS[rule.name][0] if rule.holds(*values_of(domain, rule, row)) is not False] == []


@each_rule
def test_a_rule_holds_for_the_rows_that_are_sound(domain, rule):
    assert [row for row in ROWS[rule.name][1] if rule.holds(*values_of(domain, rule, row)) is not True] == []


def test_every_line_of_the_table_is_a_rule():
    assert set(ROWS) == {rule.name for _, rule in RULES}


@each_rule
def test_the_words_of_a_rule_are_a_sentence_without_full_stop(domain, rule):
    assert rule.words[0].isupper()
    assert not rule.words.endswith((".", " "))
    assert len(rule.words) > 15


@each_rule
def test_the_words_name_only_variables_of_the_domain(domain, rule):
    assert "--" not in rule.words
    named = re.findall(rf"\b{domain.code}[A-Z0-9]{{2,6}}\b", rule.words)
    assert set(named) <= set(domain.variables)
