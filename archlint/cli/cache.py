"""``archlint cache``: what is kept between runs."""

from pathlib import Path

import typer

from archlint.cli.guard import OutputError, guarded
from archlint.cli.options import Root
from archlint.cli.output import write_out

EPILOG = """\b
Examples:
  archlint cache info
  archlint cache clear --root ../shop
"""

cache = typer.Typer(
    help="What is kept between runs, in .archlint_cache: where it is, how large, and how to be rid of it.",
    epilog=EPILOG,
    no_args_is_help=True,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


@cache.command(epilog="\b\nExamples:\n  archlint cache info")
def info(root: Root = None) -> None:
    """Say where the cache is and how large it is."""

    def command() -> int:
        from archlint.cache.store import usage
        from archlint.reporters.escape import terminal

        used = usage(_tree(root))
        size = f"{terminal(str(used.path))}: {used.bytes / 1e6:,.1f} MB" if used else "there is no cache"
        write_out(f"{size}\n")
        return 0

    guarded(command)


@cache.command(epilog="\b\nExamples:\n  archlint cache clear --root ../shop")
def clear(root: Root = None) -> None:
    """Remove the cache. The next run reads everything."""

    def command() -> int:
        from archlint.cache.store import clear as remove

        try:
            removed = remove(_tree(root))
        except OSError as error:
            raise OutputError(f"the cache cannot be removed: {error}") from None
        write_out("the cache is removed\n" if removed else "there is no cache\n")
        return 0

    guarded(command)


def _tree(root: Path | None) -> Path:
    from archlint.config import folder_of

    return folder_of(root, None, Path.cwd())
