"""Images before and after, side by side; a neutral placeholder where none is given."""

import base64
from collections.abc import Mapping, Sequence
from html import escape

from cordside.protocol.plans.pictures import Images
from cordside.protocol.protocol import Protocol
from cordside.report.figures.canvas import box
from cordside.report.itemlabels import visit_label
from cordside.report.layouts.shared import reason_of, subjects_of
from cordside.report.statements import watermark
from cordside.results import Result, find, origins_of

_SIGNATURES = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif"}
_WIDE, _LEFT, _GAP, _TOP = 504, 62, 10, 24
_CELL = (_WIDE - _LEFT - _GAP) / 2
_HIGH_IMAGE, _HIGH_PLACEHOLDER = 150, 34


def draw(planned: Images, rows: Sequence[Result], protocol: Protocol, files: Mapping[str, bytes]) -> str:
    """The images of a plan as SVG.

    files: bytes of PNG, JPEG or GIF by the name that a row's text cites; any other name or form is a placeholder.
    """
    if reason := reason_of(rows):
        return box(planned.id, planned.title, reason)
    parts, top = [_headings(planned, protocol)], float(_TOP)
    for name, heading in subjects_of(rows).items():
        shots = [find(rows, subject=name, level=side, statistic="value")[:1] for side in ("before", "after")]
        uris = [_uri(shot, files) for shot in shots]
        high = _HIGH_IMAGE if any(uris) else _HIGH_PLACEHOLDER
        parts.append(_line(heading, shots, uris, top, high))
        top += high + _GAP
    label = escape(planned.title)
    size = f'width="{_WIDE}pt" height="{top:.0f}pt" viewBox="0 0 {_WIDE} {top:.0f}"'
    style = 'font-family="DejaVu Sans, Verdana, Arial, sans-serif" font-size="8.5" fill="#1a1a1a"'
    mark = _mark(watermark(origins_of(rows)), top)
    return f'<svg xmlns="http://www.w3.org/2000/svg" role="img" aria-label="{label}" {size} {style}>{"".join(parts)}{mark}</svg>'


def _headings(planned: Images, protocol: Protocol) -> str:
    places = (_LEFT + _CELL / 2, _LEFT + _CELL + _GAP + _CELL / 2)
    words = (visit_label(protocol, planned.before), visit_label(protocol, planned.after))
    return "".join(
        f'<text x="{x:.1f}" y="14" text-anchor="middle" font-weight="bold">{escape(word)}</text>'
        for x, word in zip(places, words, strict=True)
    )


def _line(heading: str, shots: list[list[Result]], uris: list[str], top: float, high: float) -> str:
    parts = [f'<text x="0" y="{top + high / 2 + 3:.1f}" font-weight="bold">{escape(heading)}</text>']
    for index, (shot, uri) in enumerate(zip(shots, uris, strict=True)):
        left = _LEFT + index * (_CELL + _GAP)
        parts.append(_image(left, top, high, uri) if uri else _placeholder(left, top, high, shot))
    return "".join(parts)


def _image(left: float, top: float, high: float, uri: str) -> str:
    place = f'x="{left:.1f}" y="{top:.1f}" width="{_CELL:.1f}" height="{high:.1f}"'
    return f'<rect {place} fill="#000"/><image {place} preserveAspectRatio="xMidYMid meet" href="{uri}"/>'


def _placeholder(left: float, top: float, high: float, shot: list[Result]) -> str:
    words = f"{shot[0].text}: not a PNG, JPEG or GIF that was given" if shot and shot[0].text else "no image"
    place = f'x="{left + 0.5:.1f}" y="{top:.1f}" width="{_CELL - 1:.1f}" height="{high:.1f}"'
    frame = f'<rect {place} fill="#f4f5f7" stroke="#b8bdc4" stroke-dasharray="4 3"/>'
    return (
        f'{frame}<text x="{left + _CELL / 2:.1f}" y="{top + high / 2 + 3:.1f}" text-anchor="middle" fill="#5a5f66">{escape(words)}</text>'
    )


def _uri(shot: list[Result], files: Mapping[str, bytes]) -> str:
    content = files.get(shot[0].text, b"") if shot else b""
    kind = next((kind for signature, kind in _SIGNATURES.items() if content.startswith(signature)), "")
    return f"data:{kind};base64,{base64.b64encode(content).decode('ascii')}" if kind else ""


def _mark(words: str, high: float) -> str:
    if not words:
        return ""
    turn = f"rotate(-24 {_WIDE / 2:.0f} {high / 2:.0f})"
    look = 'text-anchor="middle" font-size="42" font-weight="bold" fill="#b00020" fill-opacity="0.3"'
    return f'<text x="{_WIDE / 2:.0f}" y="{high / 2 + 14:.0f}" transform="{turn}" {look}>{escape(words)}</text>'
