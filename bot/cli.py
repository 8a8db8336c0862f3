"""The command `kezek`. What a command needs is imported when it is run: `--help` must be quick."""

import sys
from enum import Enum
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from domain.staff import StaffRole

app = typer.Typer(
    name="kezek",
    help="Kezek: the kindergarten queue in a messenger.",
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
)
staff_app = typer.Typer(rich_markup_mode=None, help="The people behind the console.")
app.add_typer(staff_app, name="staff")
letters_app = typer.Typer(rich_markup_mode=None, help="Messages that did not arrive.")
app.add_typer(letters_app, name="letters")
_MOST_ID = 2**63 - 1
outage_app = typer.Typer(rich_markup_mode=None, help="When the clockwork stood still.")
app.add_typer(outage_app, name="outage")
Days = Annotated[int, typer.Option(min=1, max=3650, help="Of the last so many days.")]


class Referrals(str, Enum):
    """How a confirmed seat becomes a referral in the demo's city."""

    ACTIVATED = "activated"
    INSTANT = "instant"


@app.command()
def demo(
    at: Annotated[str | None, typer.Option(help="Start the clock at this local time (ISO 8601).")] = None,
    port: Annotated[int, typer.Option(min=0, max=65535, help="Where to listen.")] = 8080,
    keep: Annotated[
        Path | None, typer.Option(metavar="DIR", help="Keep the data here instead of a temporary folder.")
    ] = None,
    referrals: Annotated[
        Referrals, typer.Option(help="The kindergarten activates them, or they are there at once.")
    ] = Referrals.ACTIVATED,
) -> None:
    """Play with a whole city in one process: no token, no server, no set-up."""
    from bot.commands.demo import run

    run(at, port, keep, referrals.value)


@app.command()
def serve() -> None:
    """Run the service, configured by the environment (KEZEK_…)."""
    from bot.commands.serve import run

    run()


@app.command()
def migrate() -> None:
    """Bring the database to the newest schema."""
    from bot.commands.migrate import run

    run()


@app.command()
def load(file: Annotated[Path, typer.Argument(metavar="FILE.toml")]) -> None:
    """Load or update territories, policies, kindergartens and groups."""
    from bot.commands.load import run

    run(file)


@staff_app.command("add")
def staff_add(
    login: Annotated[str, typer.Argument(metavar="NAME", help="The name to log in with.")],
    role: Annotated[StaffRole, typer.Option(help="What they do.")],
    kindergarten: Annotated[list[str] | None, typer.Option(help="Code of a kindergarten.")] = None,
    territory: Annotated[list[str] | None, typer.Option(help="Code of a territory.")] = None,
    speaks: Annotated[str, typer.Option(help="Languages that an operator answers in.")] = "kk,ru,en",
) -> None:
    """Let somebody into the console. Asks for a password, or makes one and prints it."""
    from bot.commands.staff import add

    add(login, role.value, kindergarten or [], territory or [], speaks)


@staff_app.command("password")
def staff_password(
    login: Annotated[str, typer.Argument(metavar="NAME", help="The name that they log in with.")],
    second_step_off: Annotated[
        bool, typer.Option("--second-step-off", help="Nor is a code of an app asked for any more.")
    ] = False,
) -> None:
    """Print a one-time password for whoever has forgotten theirs; all their sessions end."""
    from bot.commands.staff_login import new_start

    new_start(login, second_step_off=second_step_off)


@outage_app.callback(invoke_without_command=True)
def outage(context: typer.Context) -> None:
    """List when nothing was done that fell due."""
    if context.invoked_subcommand is None:
        from bot.commands.outage import show

        show()


@outage_app.command("prolong")
def outage_prolong(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As the list says.", min=1, max=_MOST_ID)],
) -> None:
    """Prolong what an outage has hit, once, and tell the families."""
    from bot.commands.outage import give_back

    give_back(number)


@letters_app.callback(invoke_without_command=True)
def letters(context: typer.Context, days: Days = 30) -> None:
    """Show the messages that were refused or given up: how many, on which channel, and why."""
    if context.invoked_subcommand is None:
        from bot.commands.letters import show

        show(days)


@letters_app.command("again")
def letters_again(
    days: Days = 30,
    channel: Annotated[str | None, typer.Option(help="Only of this channel.")] = None,
    reason: Annotated[str | None, typer.Option(help="Only those whose reason begins so.")] = None,
) -> None:
    """Send them again. What came too late to be of use, or was told by another way, is left."""
    from bot.commands.letters import again

    again(days, channel, reason)


@app.command()
def check(
    recount: Annotated[
        bool, typer.Option("--recount", help="Compare every queue with a plain recount, and mend it.")
    ] = False,
) -> None:
    """Check settings, database and every neighbour, and say in plain words what is wrong."""
    from bot.commands.check import run

    run(recount=recount)


@app.callback(invoke_without_command=True)
def root(
    context: typer.Context,
    version: Annotated[bool, typer.Option("--version", help="Print the version.", is_eager=True)] = False,
) -> None:
    """Kezek: the kindergarten queue in a messenger."""
    if version:
        from bot.version import VERSION

        typer.echo(VERSION)
        raise typer.Exit
    if context.invoked_subcommand is None:
        typer.echo(context.get_help(), err=True)
        raise typer.Exit(2)


def main() -> NoReturn:
    """Run the command line; ends the process with 0, 2 (wrong use or settings) or 1 (anything else)."""
    from bot.command_line import run

    sys.exit(run(app, sys.argv[1:]))
