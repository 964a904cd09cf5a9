"""published.yaml → Paper, every mistake at once: file, line, what is allowed, the nearest known key."""

from pathlib import Path

from cordside.appraisal.formcheck import check_published
from cordside.appraisal.mistakes import problem_of
from cordside.appraisal.paper import Paper
from cordside.appraisal.published import Published, published_of
from cordside.errors import Problem, ProblemsFound
from cordside.yamlfile import YamlFile, parse_yaml, read_yaml
from cordside.yamlmistakes import problem_at, unusable


@unusable()
def read_paper(path: Path, name: str | None = None) -> Paper:
    """Read the published summary of a paper.

    name: how findings and problems call the file; the path as given unless told.
    Raises CannotDo when it cannot be read and UnusableFile with every mistake in it.
    """
    return _paper_of(read_yaml(path, name or str(path)))


@unusable()
def parse_paper(text: str, name: str = "published.yaml") -> Paper:
    """The paper of a text; see read_paper."""
    return _paper_of(parse_yaml(text.encode(), name))


def _paper_of(file: YamlFile) -> Paper:
    if not isinstance(file.data, dict):
        what = "an empty file" if file.data is None else "not a mapping of keys"
        raise ProblemsFound([Problem(file.name, 1, "", what, "keys such as study, n, table1", "begin with study: NAME", hard=True)])
    published = published_of(file.data)
    if not isinstance(published, Published):
        raise ProblemsFound(_sorted([problem_of(file, detail) for detail in published]))
    problems = [problem_at(file, found[0], found[1:]) for found in check_published(published)]
    if problems:
        raise ProblemsFound(_sorted(problems))
    return Paper(file, published)


def _sorted(problems: list[Problem]) -> list[Problem]:
    return sorted(dict.fromkeys(problems), key=lambda problem: (problem.row or 0, problem.variable))
