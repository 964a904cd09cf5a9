"""Digests: what a row, a domain and a cut say, independent of file, order, time and software.

A row's digest is the SHA-256 of the canonical JSON (sorted keys, no blanks, UTF-8) of its values as collected, empty
ones left out; a domain's is that of its sorted row digests (32 bytes each, end to end); a cut's is that of the canonical
JSON of its domains' digests and of the protocol text's.
"""

import json
from hashlib import sha256

import numpy as np
import polars as pl
import polars_hash as plh

_ESCAPED = r'["\\\x00-\x1f]'
_SLICE = 50_000
"""Rows digested at a time: their JSON stays in the processor's cache."""


def row_digests(collected: pl.DataFrame) -> bytes:
    """SHA-256 of each row of a frame of texts, 32 bytes each, end to end."""
    return b"".join(_digests(part) for part in collected.iter_slices(_SLICE))


def domain_digest(collected: pl.DataFrame) -> str:
    """SHA-256, as hex, of a domain's sorted row digests."""
    digests = row_digests(collected)
    words = np.frombuffer(digests, dtype=">u8").reshape(-1, 4)
    first = words[:, 0].astype(np.uint64)
    order = np.argsort(first)
    if (np.diff(first[order]) == 0).any():
        order = np.lexsort(words.T[::-1])
    return sha256(words[order].tobytes()).hexdigest()


def cut_digest(domains: dict[str, str], protocol_text: str) -> str:
    """SHA-256, as hex, of the canonical JSON of the domains' digests and the protocol text's."""
    whole = {"domains": domains, "protocol": sha256(protocol_text.encode()).hexdigest()}
    return sha256(canonical(whole).encode()).hexdigest()


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no blanks, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


def _digests(part: pl.DataFrame) -> bytes:
    texts = part.select(pl.all().cast(pl.String))
    hexes = texts.select(line=_canonical_lines(texts)).select(plh.col("line").chash.sha2_256().str.join(""))
    return bytes.fromhex(hexes[0, 0] or "")


def _canonical_lines(collected: pl.DataFrame) -> pl.Series:
    """Canonical JSON of each row. Texts that JSON must escape take the careful road; the others are joined as they are."""
    columns = sorted(collected.columns)
    if any(collected[name].unique().str.contains(_ESCAPED).any() for name in columns):
        rows = collected.select(columns).iter_rows(named=True)
        return pl.Series("line", [canonical({name: value for name, value in row.items() if value}) for row in rows], dtype=pl.String)
    empty = {name for name in columns if collected[name].null_count() or (collected[name] == "").any()}
    pieces: list[pl.Expr] = []
    if not empty:
        for place, name in enumerate(columns):
            pieces += [pl.lit(("{" if place == 0 else '",') + f'"{name}":"'), pl.col(name)]
        return collected.select(line=pl.concat_str(*pieces, pl.lit('"}')))["line"]
    pieces = [_piece(name, name in empty) for name in columns]
    return collected.select(line=pl.concat_str(pl.lit("{"), pl.concat_str(*pieces).str.slice(1), pl.lit("}")))["line"]


def _piece(name: str, may_be_empty: bool) -> pl.Expr:
    piece = pl.concat_str(pl.lit(f',"{name}":"'), pl.col(name), pl.lit('"'))
    return pl.when(pl.col(name).fill_null("") == "").then(pl.lit("")).otherwise(piece) if may_be_empty else piece
