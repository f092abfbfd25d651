"""A mistake in the configuration names the page that says what may stand there, and the page is there."""

import re
from pathlib import Path

import pytest

from archlint.config import pages
from archlint.errors import ConfigError
from archlint.kinds import KIND_OF
from tests.config.configs import RULE, config_of
from tests.config.test_config_mistakes import BESIDE_RULES, ON_ITS_OWN
from tests.trees import REPOSITORY

NAMED = [
    *(value for name, value in vars(pages).items() if name.isupper() and isinstance(value, str)),
    *map(pages.of_kind, KIND_OF),
]


def anchors(page: Path) -> set[str]:
    """The anchors of a page, as Python-Markdown and GitHub both make them of headings such as these."""
    titles = re.findall(
        r"^#+ (.+)$",
        re.sub(r"^```.*?^```$", "", page.read_text(), flags=re.MULTILINE | re.DOTALL),
        re.MULTILINE,
    )
    return {re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in titles}


@pytest.mark.parametrize("named", NAMED)
def test_a_page_that_is_named_is_there(named: str) -> None:
    name, _, anchor = named.partition("#")
    path = REPOSITORY / "docs" / f"{name}.md"

    assert path.is_file()
    assert not anchor or anchor in anchors(path)


@pytest.mark.parametrize(
    ("sheet", "rules"),
    [
        *((sheet, None) for sheet, _ in ON_ITS_OWN),
        *((f'{sheet}\nrules = "rules.yml"', None) for sheet, _ in BESIDE_RULES),
        *(
            ('rules = "rules.yml"', f"rules:\n- id: a-rule\n  {rule}\n")
            for rule in (
                "valeu: 1",
                "size: { line: 1 }",
                "size: { lines: x }",
                "severity: fatal\n  size: { lines: 1 }",
            )
        ),
        ('rules = "rules.yml"', "rules: ["),
    ],
)
def test_every_mistake_names_a_page(tmp_path: Path, sheet: str, rules: str | None) -> None:
    with pytest.raises(ConfigError) as caught:
        config_of(tmp_path, sheet, rules or RULE)

    assert [mistake.page for mistake in caught.value.mistakes if mistake.page not in NAMED] == []
