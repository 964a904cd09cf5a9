"""The donation identification number of ISBT 128: syntax and check character. Its product tables are licensed and not here."""

import re

from cordside.product.refusals import Refusal

LENGTH = 13
_ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ*"
_SYNTAX = re.compile(r"[A-Z0-9]{5}\d{2}\d{6}", re.ASCII)
_ALLOWED = "13 characters: facility 5 (letters and digits), year 2 digits, serial 6 digits"


def check_value(code: str) -> int:
    """Check value 0 to 36 of capital letters and digits, by ISO 7064 mod 37,2; ValueError for any other character.

    It finds every single wrong character and every two neighbours that were swapped. G123498654321: 17.
    """
    total = 0
    for character in code:
        total = (total + _ALPHABET.index(character)) * 2 % 37
    return (38 - total) % 37


def check_character(code: str) -> str:
    """Check character of a code: 0 to 9, A to Z or *. G123498654321: H."""
    return _ALPHABET[check_value(code)]


def din_refusals(din: str, character: str | None = None) -> list[Refusal]:
    """What is wrong with a number as scanned or typed; character: the check character printed beside it, where there is one."""
    remedy = "scan the label again; a number is never edited, a correction is a new record"
    if len(din) != LENGTH:
        return [Refusal("wrong_length", f"donation number {din}: {len(din)} characters; 13 are needed", _ALLOWED, remedy)]
    if not _SYNTAX.fullmatch(din):
        return [Refusal("check_character_wrong", f"donation number {din}: there is no such number, so no character fits", _ALLOWED, remedy)]
    wanted = check_character(din)
    if character is not None and character != wanted:
        why = f"donation number {din}: the check character is {wanted}, not {character}"
        return [Refusal("check_character_wrong", why, f"{wanted}, by ISO 7064 mod 37,2", remedy)]
    return []
