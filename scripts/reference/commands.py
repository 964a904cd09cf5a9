"""commands.md: usage and arguments of every command."""

import argparse

from cordside.cli.arguments import parser
from reference.markdown import page, table

COMMANDS_INTRODUCTION = """\
`cordside COMMAND --help` prints the same. A study is a study folder, a cut, or the name of a study that ships with Cordside.

Results go to standard output; progress, and the number of open queries, go to standard error. Outputs appear whole or not at all, and what
exists is not overwritten without `--force`.

| Exit status | Means |
| --- | --- |
| 0 | fine |
| 1 | problems found and listed: `check`, a hard problem; `appraise`, a contradiction; `demo`, a published cell that is not reproduced |
| 2 | cannot do what was asked: wrong arguments, an unreadable file, an output that exists |"""


def commands_page() -> str:
    """The text of commands.md: usage and arguments of every command."""
    commands = next(action for action in parser()._actions if isinstance(action, argparse._SubParsersAction))
    sections = [_command(name, command) for name, command in commands.choices.items()]
    return page("# Commands", COMMANDS_INTRODUCTION, *sections)


def _command(name: str, command: argparse.ArgumentParser) -> str:
    actions = [action for action in command._actions if not isinstance(action, argparse._HelpAction)]
    usage = " ".join(["cordside", name, *sorted(map(_usage, actions), key=lambda word: word.startswith("["))])
    rows = [(f"`{_usage(action).strip('[]')}`", _default_words(action)) for action in actions]
    return "\n\n".join([f"## {name}", command.description or "", f"```\n{usage}\n```", table(("Argument", "Meaning"), rows)])


def _usage(action: argparse.Action) -> str:
    value = action.metavar or ("{" + ",".join(map(str, action.choices)) + "}" if action.choices else action.dest.upper())
    if not action.option_strings:
        return str(value)
    words = action.option_strings[-1] + (f" {value}" if action.nargs != 0 else "")
    return words if action.required else f"[{words}]"


def _default_words(action: argparse.Action) -> str:
    given = action.default not in (None, False, argparse.SUPPRESS)
    return (action.help or "") + (f" (default `{action.default}`)" if given else "")
