"""Write the reference pages from the declarations.

    python scripts/generate_reference.py            writes docs/reference/
    python scripts/generate_reference.py --check    writes nothing; status 1 and the stale pages' names when any is stale

A page is one file of reference/ with one function that returns its text, and one line in PAGES.
"""

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

from reference.appraisal import published_page, rule_pages, rules_page
from reference.commands import commands_page
from reference.domains import domains_page
from reference.protocol import protocol_page
from reference.results import results_page
from reference.terms import terms_page

FOLDER = Path(__file__).parent.parent / "docs" / "reference"

PAGES: dict[str, Callable[[], str]] = {
    "domains.md": domains_page,
    "terms.md": terms_page,
    "protocol.md": protocol_page,
    "commands.md": commands_page,
    "results.md": results_page,
    "published.md": published_page,
    "rules.md": rules_page,
    **rule_pages(),
}


def stale_pages(folder: Path = FOLDER) -> list[str]:
    """Names of the pages whose file is missing or differs from what the declarations say."""
    return [name for name, page in PAGES.items() if not (folder / name).is_file() or (folder / name).read_text(encoding="utf-8") != page()]


def write_pages(folder: Path = FOLDER) -> None:
    """Write every page anew."""
    for name, page in PAGES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(page(), encoding="utf-8", newline="\n")


def main() -> int:
    """Write the pages, or say which are stale; the exit status."""
    parser = argparse.ArgumentParser(description="Write the reference pages from the declarations.")
    parser.add_argument("--check", action="store_true", help="write nothing; name the stale pages")
    if not parser.parse_args().check:
        write_pages()
        return 0
    stale = stale_pages()
    for name in stale:
        print(f"docs/reference/{name}: stale; run python scripts/generate_reference.py", file=sys.stderr)
    return 1 if stale else 0


if __name__ == "__main__":
    sys.exit(main())
