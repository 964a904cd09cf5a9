"""Digests: what a row, a domain and a cut say, independent of file, order, time and software.

A row's digest is the SHA-256 of the canonical JSON (sorted keys, no blanks, UTF-8) of its values as collected, empty
ones left out; a domain's is that of its sorted row digests (32 bytes each, end to end); a cut's is that of the canonical
JSON of its domains' digests, of the protocol text's and, where there are any, of its analysis datasets'.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256

import numpy as np
import polars as pl
import polars_hash as plh

_ESCAPED = r'["\\\x00-\x1f]'
_SLICE = 50_000
"""Rows digested at a time: their JSON stays in the processor's cache."""


def row_digests(collected: pl.DataFrame) -> bytes:
    """SHA-256 of each row of a frame of texts, 32 bytes each, end to end."""
    plain = not any(collected[name].unique().cast(pl.String).str.contains(_ESCAPED).any() for name in collected.columns)
    with ThreadPoolExecutor() as pool:
        return b"".join(pool.map(lambda part: _digests(part, plain), collected.iter_slices(_SLICE)))


def domain_digest(collected: pl.DataFrame) -> str:
    """SHA-256, as hex, of a domain's sorted row digests."""
    digests = row_digests(collected)
    words = np.frombuffer(digests, dtype=">u8").reshape(-1, 4)
    first = words[:, 0].astype(np.uint64)
    order = np.argsort(first)
    if (np.diff(first[order]) == 0).any():
        order = np.lexsort(words.T[::-1])
    return sha256(words[order].tobytes()).hexdigest()


def cut_digest(domains: dict[str, str], protocol_text: str, datasets: dict[str, str] | None = None) -> str:
    """SHA-256, as hex, of the canonical JSON of the digests of domains, the protocol text and the analysis datasets, if any."""
    whole: dict[str, object] = {"domains": domains, "protocol": sha256(protocol_text.encode()).hexdigest()}
    if datasets:
        whole["analysis_data"] = datasets
    return sha256(canonical(whole).encode()).hexdigest()


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no blanks, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _digests(part: pl.DataFrame, plain: bool) -> bytes:
    texts = part.select(pl.all().cast(pl.String))
    lines = _joined_lines(texts) if plain else _escaped_lines(texts)
    hexes = texts.select(line=lines).select(plh.col("line").chash.sha2_256().str.join(""))
    return bytes.fromhex(hexes[0, 0] or "")


def _escaped_lines(texts: pl.DataFrame) -> pl.Series:
    """Canonical JSON of each row, by the careful road: some text holds a quotation mark, a backslash or a control character."""
    rows = texts.iter_rows(named=True)
    return pl.Series("line", [canonical({name: value for name, value in row.items() if value}) for row in rows], dtype=pl.String)


def _joined_lines(texts: pl.DataFrame) -> pl.Series:
    """Canonical JSON of each row of texts that need no escape: they are joined as they are."""
    columns = sorted(texts.columns)
    empty = {name for name in columns if texts[name].null_count() or (texts[name] == "").any()}
    if empty:
        pieces = [_piece(name, name in empty) for name in columns]
        return texts.select(line=pl.concat_str(pl.lit("{"), pl.concat_str(*pieces).str.slice(1), pl.lit("}")))["line"]
    parts: list[pl.Expr] = []
    for place, name in enumerate(columns):
        parts += [pl.lit(("{" if place == 0 else '",') + f'"{name}":"'), pl.col(name)]
    return texts.select(line=pl.concat_str(*parts, pl.lit('"}')))["line"]


def _piece(name: str, may_be_empty: bool) -> pl.Expr:
    piece = pl.concat_str(pl.lit(f',"{name}":"'), pl.col(name), pl.lit('"'))
    return pl.when(pl.col(name).fill_null("") == "").then(pl.lit("")).otherwise(piece) if may_be_empty else piece
