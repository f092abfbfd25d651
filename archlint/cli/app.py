"""Every command, in one list."""

from typing import Annotated

import typer

from archlint import __version__
from archlint.cli.baseline import EPILOG as BASELINE_EPILOG
from archlint.cli.baseline import baseline
from archlint.cli.cache import cache
from archlint.cli.check import EPILOG as CHECK_EPILOG
from archlint.cli.check import check
from archlint.cli.docs import EPILOG as DOCS_EPILOG
from archlint.cli.docs import docs
from archlint.cli.explain import EPILOG as EXPLAIN_EPILOG
from archlint.cli.explain import explain
from archlint.cli.fix import EPILOG as FIX_EPILOG
from archlint.cli.fix import fix
from archlint.cli.graph import EPILOG as GRAPH_EPILOG
from archlint.cli.graph import graph
from archlint.cli.import_ import EPILOG as IMPORT_EPILOG
from archlint.cli.import_ import import_
from archlint.cli.init import EPILOG as INIT_EPILOG
from archlint.cli.init import init
from archlint.cli.rules import EPILOG as RULES_EPILOG
from archlint.cli.rules import rules
from archlint.cli.schema import EPILOG as SCHEMA_EPILOG
from archlint.cli.schema import schema
from archlint.cli.test import EPILOG as TEST_EPILOG
from archlint.cli.test import test
from archlint.cli.trace import EPILOG as TRACE_EPILOG
from archlint.cli.trace import trace
from archlint.cli.why import EPILOG as WHY_EPILOG
from archlint.cli.why import why

EPILOG = """\b
Start with:
  archlint init            a first configuration
  archlint docs tutorial   ten minutes
  archlint check --help    what a command can do
"""

app = typer.Typer(
    help="Holds a polyglot monorepo to the architecture its documents describe.",
    epilog=EPILOG,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(asked: bool) -> None:  # noqa: FBT001 -- typer's callback signature
    if asked:
        typer.echo(f"archlint {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and stop.")
    ] = False,
) -> None:
    """Options of archlint itself."""


app.command(epilog=INIT_EPILOG, short_help="Write a first configuration.")(init)
app.command(epilog=CHECK_EPILOG, short_help="Judge a tree, a commit or a branch.")(check)
app.command(epilog=BASELINE_EPILOG, short_help="Accept what is found today.")(baseline)
app.command(epilog=FIX_EPILOG, short_help="Mend what needs no person.")(fix)
app.command(epilog=RULES_EPILOG, short_help="List the rules in force.")(rules)
app.command(epilog=TEST_EPILOG, short_help="Try the rules on their examples.")(test)
app.command(epilog=EXPLAIN_EPILOG, short_help="Say why a rule fires, or does not.")(explain)
app.command(epilog=DOCS_EPILOG, short_help="Read the documentation, offline.")(docs)
app.command(epilog=GRAPH_EPILOG, short_help="Show what imports what.")(graph)
app.command(epilog=WHY_EPILOG, short_help="Show how one file leads to another.")(why)
app.add_typer(cache, name="cache", short_help="Show or clear what is kept.")
app.command(epilog=SCHEMA_EPILOG, short_help="Print a JSON Schema, for editors.")(schema)
app.command(epilog=TRACE_EPILOG, short_help="Show which rules hold each statement.")(trace)
app.command("import", epilog=IMPORT_EPILOG, short_help="Write rules of other tools as ours.")(import_)
