"""A command line inside a function: Typer's parser, rich's tables, Markdown and tracebacks."""

import io

import typer
from rich.console import Console
from rich.markdown import Markdown
from rich.progress import track
from rich.syntax import Syntax
from rich.table import Table
from rich.traceback import Traceback
from typer.testing import CliRunner

app = typer.Typer()


@app.command()
def greet(name: str, times: int = typer.Option(1, min=1, max=3, help="How often.")):
    """Says hello."""
    typer.echo(f"hello {name} " * times)


@app.command()
def leave(loud: bool = False):
    raise typer.Exit(4)


def handler(event, context):
    runner = CliRunner()
    calls = [runner.invoke(app, line.split()) for line in event["lines"]]
    out = io.StringIO()
    console = Console(file=out, width=40, force_terminal=False, legacy_windows=False)
    table = Table("Name", "Price")
    table.add_row("pen", "[bold]2.50[/]")
    console.print(table, Markdown("# Title\n\n* `one`\n* :tea:"), Syntax("x = 1", "python"))
    console.print(":thumbs_up: done", [n for n in track([1, 2], console=console, transient=True)])
    try:
        1 / 0
    except ZeroDivisionError:
        console.print(Traceback(show_locals=False))
    text = out.getvalue()
    return {"codes": [c.exit_code for c in calls], "first": calls[0].output, "help": "How often." in calls[3].output,
            "table": text.splitlines()[1], "emoji": "👍" in text, "error": "ZeroDivisionError" in text}
