"""Digests: what a row, a domain and a cut say, independent of file, order, time and software.

A row's digest is the SHA-256 of the canonical JSON (sorted keys, no blanks, UTF-8) of its values as collected, empty
ones left out; a domain's is that of its sorted row digests (32 bytes each, end to end); a cut's is that of the canonical
JSON of its domains' digests, of the protocol text's and, where there are any, of its analysis datasets'.
"""

import json
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from json.encoder import encode_basestring

import numpy as np
import polars as pl
import polars_hash as plh

_SLICE = 50_000
"""Rows digested at a time: their JSON stays in the processor's cache."""


def row_digests(collected: pl.DataFrame) -> bytes:
    """SHA-256 of each row of a frame of texts, 32 bytes each, end to end."""
    members = pl.DataFrame([_members(collected[name]) for name in sorted(collected.columns)])
    with ThreadPoolExecutor() as pool:
        return b"".join(pool.map(_digests, members.iter_slices(_SLICE)))


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


def _members(values: pl.Series) -> pl.Series:
    """For every row the member `,"NAME":"text"` of its JSON object, null where it is empty; each text is written once."""
    compact = values if isinstance(values.dtype, pl.Categorical) else values.cast(pl.Categorical(pl.Categories.random()))
    distinct = compact.unique().drop_nulls()
    codes, texts = distinct.to_physical().to_list(), distinct.cast(pl.String).to_list()
    written: list[str | None] = [None] * (max(codes, default=-1) + 1)
    for code, text in zip(codes, texts, strict=True):
        written[code] = f',"{values.name}":{encode_basestring(text)}' if text else None
    return pl.Series(values.name, written, dtype=pl.String).gather(compact.to_physical())


def _digests(members: pl.DataFrame) -> bytes:
    joined = members.select(line=pl.concat_str(pl.all(), ignore_nulls=True).str.slice(1))
    hashed = joined.select(pl.concat_str(pl.lit("{"), plh.col("line"), pl.lit("}")).alias("line")).select(plh.col("line").chash.sha2_256())
    return bytes.fromhex(hashed[:, 0].str.join("")[0] or "")
