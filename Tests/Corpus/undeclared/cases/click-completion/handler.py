import click
from click.shell_completion import ShellComplete
from click.testing import CliRunner


@click.group()
def cli():
    """Tools of the shop."""


@cli.command()
@click.option("--count", default=1, type=click.IntRange(1, 5))
@click.argument("kind", type=click.Choice(["cup", "pot"]))
def order(count, kind):
    click.secho(f"{count} x {kind}", fg="green")


def handler(event, context):
    ran = CliRunner().invoke(cli, event["arguments"])
    completions = ShellComplete(cli, {}, "shop", "_SHOP_COMPLETE").get_completions(["order"], "p")
    return {"output": ran.output, "code": ran.exit_code, "completions": [c.value for c in completions]}
