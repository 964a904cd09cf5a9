"""What findings, events and interventions share: the variables and rules of CDISC's three general observation classes."""

from cordside.domains.domain import Domain, Var, rule
from cordside.domains.kinds import PartialDate, dtc, duration, integer, number, result, text


class Observation(Domain):
    """What every observation about a subject has, whatever its class."""

    SEQ = Var(integer, "Sequence Number", derived=True)
    SPID = Var(text, "Sponsor-Defined Identifier")
    REFID = Var(text, "Reference ID")
    CAT = Var(text, "Category")
    SCAT = Var(text, "Subcategory")
    VISIT = Var(text, "Visit Name", shared=True)
    VISITNUM = Var(number, "Visit Number", shared=True)
    EPOCH = Var(text, "Epoch", codelist="EPOCH", derived=True, shared=True)


class Finding(Observation):
    """One test, one result."""

    topic = "TESTCD"

    TESTCD = Var(text, "Short Name of the Test", required=True)
    TEST = Var(text, "Name of the Test", derived=True)
    POS = Var(text, "Position of Subject", codelist="POSITION")
    ORRES = Var(result, "Result as Collected")
    ORRESU = Var(text, "Unit as Collected")
    STRESC = Var(text, "Standard Result as Text", derived=True)
    STRESN = Var(number, "Standard Result as Number", derived=True)
    STRESU = Var(text, "Standard Unit", derived=True)
    STAT = Var(text, "Completion Status", codelist="ND")
    REASND = Var(text, "Reason Not Done")
    LOC = Var(text, "Location", codelist="LOC")
    LAT = Var(text, "Laterality", codelist="LAT")
    METHOD = Var(text, "Method of Test", codelist="METHOD")
    EVAL = Var(text, "Evaluator")
    XFN = Var(text, "External File Path")
    BLFL = Var(text, "Baseline Flag", codelist="NY", derived=True)
    DTC = Var(dtc, "Date/Time of Collection")
    DY = Var(integer, "Study Day of Collection", derived=True)
    TPT = Var(text, "Planned Time Point Name")
    TPTNUM = Var(number, "Minutes from the Reference")
    TPTREF = Var(text, "Time Point Reference")

    @rule("A test needs a result, or a status of NOT DONE")
    def result_or_reason(ORRES: str | None, STAT: str | None) -> bool:
        return bool(ORRES) != bool(STAT)


class Occurrence(Observation):
    """What events and interventions share: asked or not, present or not, from when to when."""

    PRESP = Var(text, "Pre-specified", codelist="NY")
    OCCUR = Var(text, "Occurrence", codelist="NY")
    STAT = Var(text, "Completion Status", codelist="ND")
    REASND = Var(text, "Reason Not Done")
    DTC = Var(dtc, "Date/Time of Collection")
    STDTC = Var(dtc, "Start Date/Time")
    ENDTC = Var(dtc, "End Date/Time")
    STDY = Var(integer, "Study Day of Start", derived=True)
    ENDY = Var(integer, "Study Day of End", derived=True)
    DUR = Var(duration, "Duration")
    STRF = Var(text, "Start Relative to Reference Period", codelist="STENRF")
    ENRF = Var(text, "End Relative to Reference Period", codelist="STENRF")

    @rule("The end lies before the start")
    def end_not_before_start(STDTC: PartialDate | None, ENDTC: PartialDate | None) -> bool:
        return STDTC is None or ENDTC is None or not ENDTC.is_before(STDTC)

    @rule("An occurrence is answered only when it was asked for: set --PRESP to Y")
    def occurrence_was_asked(PRESP: str | None, OCCUR: str | None) -> bool:
        return OCCUR is None or PRESP == "Y"


class Event(Occurrence):
    """Something that happened to the subject."""

    topic = "TERM"

    TERM = Var(text, "Reported Term", required=True)
    DECOD = Var(text, "Standardised Term")
    LOC = Var(text, "Location", codelist="LOC")


class Intervention(Occurrence):
    """Something that was given to the subject or done with them."""

    topic = "TRT"

    TRT = Var(text, "Reported Name of Treatment", required=True)
    DECOD = Var(text, "Standardised Treatment Name")
    CLAS = Var(text, "Class")
    INDC = Var(text, "Indication")
    DOSE = Var(number, "Dose")
    DOSTXT = Var(text, "Dose as Described")
    DOSU = Var(text, "Dose Unit", codelist="UNIT")
    DOSFRM = Var(text, "Dose Form", codelist="FRM")
    DOSFRQ = Var(text, "Dosing Frequency", codelist="FREQ")
    ROUTE = Var(text, "Route of Administration", codelist="ROUTE")

    @rule("A dose is not negative")
    def dose_not_negative(DOSE: object) -> bool:
        return DOSE is None or DOSE >= 0  # type: ignore[operator]


class ProductRow(Domain):
    """A row about the cells, not about a subject: where it happened, and in which zone its people read the clock.

    Instants are UTC (they end in Z), cells whole numbers, volumes mL with at most three decimals.
    """

    by_subject = False

    USUBJID = DOMAIN = None  # type: ignore[assignment]
    SITEID = Var(text, "Site Identifier", shared=True)
    TZ = Var(text, "Time Zone of the Site", shared=True)
