"""Digests: what a row, a domain and a cut say, independent of file, order, time and software.

A row's digest is the SHA-256 of the canonical JSON (sorted keys, no blanks, UTF-8) of its values as collected, empty
ones left out; a domain's is that of its sorted row digests, written in hex end to end; a cut's is that of its domains'
digests and of the protocol's text.
"""

import json
from hashlib import sha256

import polars as pl
import polars_hash as plh

_ESCAPED = r'["\\\x00-\x1f]'


def row_digests(collected: pl.DataFrame) -> pl.Series:
    """SHA-256, as hex, of each row of a frame of texts."""
    return collected.select(line=_canonical_lines(collected)).select(plh.col("line").chash.sha2_256())[:, 0]


def domain_digest(collected: pl.DataFrame) -> str:
    """SHA-256, as hex, of a domain's sorted row digests."""
    return sha256((row_digests(collected).sort().str.join("")[0] or "").encode()).hexdigest()


def cut_digest(domains: dict[str, str], protocol_text: str) -> str:
    """SHA-256, as hex, of the canonical JSON of the domains' digests and the protocol text's."""
    whole = {"domains": domains, "protocol": sha256(protocol_text.encode()).hexdigest()}
    return sha256(canonical(whole).encode()).hexdigest()


def canonical(value: object) -> str:
    """Canonical JSON: sorted keys, no blanks, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)


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
