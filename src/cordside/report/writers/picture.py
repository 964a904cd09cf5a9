"""A figure as picture: its SVG as PNG, for programs that show no SVG."""

import typst

from cordside.report.writers.pdf import fonts

WIDTH_MM, DOTS_PER_INCH = 178, 240
_PAGE = f"""\
#set page(width: {WIDTH_MM}mm, height: auto, margin: 0pt, fill: white)
#image(bytes(sys.inputs.svg), format: "svg", width: 100%)
"""


def png(svg: str) -> bytes:
    """The picture of an SVG, as wide as the text of a page; the same SVG gives the same bytes."""
    inputs, sharp = {"svg": svg}, float(DOTS_PER_INCH)
    return typst.compile(_PAGE.encode(), format="png", ppi=sharp, font_paths=fonts(), ignore_system_fonts=True, sys_inputs=inputs)
