"""The door: read the arguments, run the one command they name, and show a user's mistake as words.

A command's rooms are imported when it runs, so that `cordside --help` answers at once.
"""

import os
import sys
from importlib import import_module
from io import TextIOWrapper

from cordside.cli.arguments import parser
from cordside.errors import CordsideError


def main(arguments: list[str] | None = None) -> int:
    """Run one command; returns its exit status (0 fine, 1 problems found, 2 cannot do what was asked)."""
    for stream in (sys.stdout, sys.stderr):
        # A name that the terminal cannot show is shown escaped, not as a failure.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    given = parser().parse_args(arguments)
    try:
        status = int(import_module(f"cordside.cli.{given.command}").run(given))
        sys.stdout.flush()
        return status
    except CordsideError as error:
        print(error, file=sys.stderr)
        return error.exit_status
    except BrokenPipeError:
        # The reader (head, less) has what it wanted; nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        print("Stopped; nothing was half written.", file=sys.stderr)
        return 130
    except OSError as error:
        print(
            f"{error.filename or 'a file'}: {(error.strerror or str(error)).lower()}; free the disk or choose another place.",
            file=sys.stderr,
        )
        return 2


if __name__ == "__main__":
    sys.exit(main())
