"""Labels of a prepared container. Their words are the same in every arm of the study, so that a label tells nobody the arm."""

from cordside.product.cellrows import Cells
from cordside.product.codes.sec import shown_code
from cordside.product.dosing.gate import regimen_for
from cordside.product.dosing.sheet import barcode_of, moment_words, origin_notes
from cordside.product.dosing.working import Dose
from cordside.product.expiry import volume_words
from cordside.results import Block, Field, Sheet

COPIES = ("For the container", "For the record of the preparation")


def label_sheet(cells: Cells, dose: Dose) -> Sheet:
    """A page of labels to cut out, one for the container and one for its record; ValueError for a dose that the gate refuses."""
    if dose.is_refused or dose.draw is None:
        raise ValueError("a refused dose has no labels")
    blocks = tuple(_label(cells, dose, copy) for copy in COPIES)
    notes = ("Labels printed = labels applied + labels destroyed: write all three on the preparation sheet.", *origin_notes(cells))
    return Sheet("labels", "Container labels", f"{cells.record.study} · container {dose.container}", blocks, (), notes, layout="labels")


def _label(cells: Cells, dose: Dose, copy: str) -> Block:
    assert dose.draw is not None
    own, regimen, product = cells.materials[dose.container], regimen_for(cells, dose.subject), cells.protocol.product
    fields = [
        Field("Subject", dose.subject),
        Field("Container", dose.container),
        *([Field("Code", shown_code(own["MATCODE"]))] if own["MATCODE"] else []),
        Field("Lot", dose.lot),
        Field("Content", _content(cells)),
        Field("Volume", volume_words(dose.draw.prepared_ul)),
        Field("Use before", moment_words(cells, dose, dose.expiry)),
        Field("Route", (regimen.route or "as ordered").lower()),
    ]
    if product is not None and product.temperature:
        low, high = product.temperature
        fields.append(Field("Keep at", f"{low} to {high} °C"))
    if product is not None and product.manufacturer:
        fields.append(Field("Maker", product.manufacturer))
    fields.append(Field("Prepared", hint="date, time, initials"))
    notes = (
        "Only for the subject named. Compare with wristband and order.",
        "Do not irradiate. No leukocyte filter.",
        *origin_notes(cells),
    )
    return Block(
        f"{cells.record.study} · for clinical trial use only",
        fields=tuple(fields),
        picture=barcode_of(own["MATCODE"] or dose.container),
        notes=(*notes, copy),
    )


def _content(cells: Cells) -> str:
    """What any arm may get, in one order: the words do not tell which."""
    protocol = cells.protocol
    regimens = [protocol.regimen_of(code) for code in protocol.arms or {}] if protocol.arms else [protocol.regimen]
    return " or ".join(sorted({regimen.treatment for regimen in regimens if regimen is not None}))
