"""When two label codes are the same: blanks between their blocks and a check character that fits make no other code."""

from cordside.product.codes.din import LENGTH, din_refusals


def code_key(code: str) -> str:
    """A code as it is compared: without blanks, a donation number without its check character."""
    plain = "".join(code.split())
    is_checked_number = len(plain) == LENGTH + 1 and not din_refusals(plain[:LENGTH], plain[LENGTH])
    return plain[:LENGTH] if is_checked_number else plain
