"""The time that a command judges at: `--at`, or now. Nothing below the commands knows the clock."""

from datetime import UTC, datetime

from cordside.errors import CannotDo


def moment_of(at: str | None) -> datetime:
    """The instant of `--at` in UTC, or now. CannotDo for a time without an offset: what expires does so at an instant."""
    if at is None:
        return datetime.now(UTC)
    try:
        found = datetime.fromisoformat(at)
    except ValueError:
        found = None
    if found is None or found.tzinfo is None:
        why = "not a time" if found is None else "a time without its offset from UTC"
        raise CannotDo(f"--at {at}: {why}; write it as 2026-01-05T14:20+08:00, or with Z for UTC.")
    try:
        return found.astimezone(UTC)
    except OverflowError:
        raise CannotDo(f"--at {at}: outside the calendar; write it as 2026-01-05T14:20+08:00.") from None
