"""What is wrong with the paths, expressions and names that options hold: a sentence, or '' if nothing is."""

from archlint.kinds.entries.paths import BadPathError, parse_path
from archlint.regexes import BadRegexError, compile_regex
from archlint.scope import BadGlobError, matches_name


def path_mistake(path: str) -> str:
    """Why a path to entries cannot be meant as written."""
    try:
        parse_path(path)
    except BadPathError as error:
        return f'bad path "{path}": {error}'
    return ""


def regex_mistake(pattern: str) -> str:
    """Why a regular expression cannot be run."""
    try:
        compile_regex(pattern)
    except BadRegexError as error:
        return f"bad regular expression: {error}"
    return ""


def name_mistake(pattern: str) -> str:
    """Why a name pattern, a glob or ``/regex/``, cannot be meant as written."""
    try:
        matches_name(pattern, "")
    except (BadGlobError, BadRegexError) as error:
        return f'bad name pattern "{pattern}": {error}'
    return ""
