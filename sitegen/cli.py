"""The command line: words in, exit status out. Prints, reads the clock, and calls the pipeline.

Each command imports what it needs itself, so that a build with nothing to do takes no time.
"""

import os
import sys
import time
import traceback
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

import click

from sitegen import __version__, pipeline
from sitegen.config import with_base_url
from sitegen.errors import InputError, SitegenError
from sitegen.model import Problem, TermKind
from sitegen.options import Options
from sitegen.report import write_report
from sitegen.urls import FOLDERS, Site

if TYPE_CHECKING:
    from rich.progress import Progress

INPUT_MUST_BE_MENDED = 1
OUR_BUG = 3
INTERRUPTED = 130
MOST_SHOWN = 40
Command = TypeVar("Command", bound=Callable[..., object])


@dataclass
class Watch:
    """Shows which stage is at work, and keeps the seconds that each took."""

    seconds: dict[str, float] = field(default_factory=dict)
    _progress: "Progress | None" = None
    _stage: str = ""
    _since: float = 0.0

    def __enter__(self) -> Self:
        """Start with nothing to show."""
        return self

    def __exit__(self, *_failure: object) -> None:
        """Take away what still shows, however the work ended."""
        self.end()

    def begin(self, stage: str, steps: int) -> None:
        """Note that `stage`, of `steps` steps, begins, and that the one before it is over."""
        self.end()
        self._stage, self._since = stage, time.perf_counter()
        if sys.stderr.isatty():
            self._progress = _show_progress(stage, steps)

    def advance(self, steps: int = 1) -> None:
        """Note steps done."""
        if self._progress:
            self._progress.advance(self._progress.task_ids[0], steps)
            if time.perf_counter() - self._since > 0.2:
                self._progress.refresh()

    def all_seconds(self, started: float) -> dict[str, float]:
        """The seconds that each stage took, and "all" of them since `started`, when no stage is at work any more."""
        self.end()
        return {**self.seconds, "all": time.perf_counter() - started}

    def end(self) -> None:
        """Note that the last stage is over."""
        if self._progress:
            self._progress.stop()
            self._progress = None
        if self._stage:
            self.seconds[self._stage] = time.perf_counter() - self._since
            self._stage = ""


def _show_progress(stage: str, steps: int) -> "Progress":
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    # No thread of its own: processes are forked while it shows.
    progress = Progress(*columns, console=Console(stderr=True), auto_refresh=False, transient=True)
    progress.start()
    progress.add_task(stage, total=steps)
    return progress


class BuildByDefault(click.Group):
    """`build.py --output x` means `build.py build --output x`."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        """Put "build" before arguments that begin with no command."""
        if not args or (args[0] not in self.commands and args[0] not in ("--help", "--version")):
            args = ["build", *args]
        return super().parse_args(ctx, args)


FOLDER = click.Path(path_type=Path, file_okay=False)
seeds_option = click.option(
    "--seeds", type=FOLDER, default="seeds", show_default=True, help="The folder of the articles."
)


def build_options(command: Command) -> Command:
    """The options that every command which builds takes."""
    for option in (
        click.option("--strict", is_flag=True, help="Publish nothing when anything should be mended."),
        click.option(
            "--cache", type=FOLDER, default=".sitegen", show_default=True, help="What earlier builds learned."
        ),
        click.option("--no-cache", is_flag=True, help="Build from nothing and remember nothing."),
        click.option(
            "--jobs", type=click.IntRange(min=1), default=None, help="Processes at work.  [default: all cores]"
        ),
        click.option(
            "--base-url", callback=_base_url, help="Where the site will stand, instead of what site.toml says."
        ),
        click.option(
            "--output", type=FOLDER, default="public", show_default=True, help="The folder of the built site."
        ),
        seeds_option,
    ):
        command = option(command)
    return command


def _base_url(_context: click.Context, _option: click.Parameter, value: str | None) -> str | None:
    try:
        return None if value is None else with_base_url(value)
    except ValueError as error:
        raise click.BadParameter(f"{value!r} is no address like https://archive.example.org/news/") from error


def _options(given: dict[str, Any], *, review: bool = False) -> Options:
    return Options(
        seeds=given["seeds"],
        output=given["output"],
        cache=None if given["no_cache"] else given["cache"],
        base_url=given["base_url"],
        jobs=given["jobs"] or len(os.sched_getaffinity(0)),
        strict=given["strict"],
        review=review,
    )


@click.group(cls=BuildByDefault)
@click.version_option(__version__, prog_name="sitegen")
def commands() -> None:
    """Turns a folder of raw news articles into a static, searchable archive."""


@commands.command()
@build_options
@click.option(
    "--report", type=click.Path(path_type=Path, dir_okay=False), help="Write counts, seconds and problems as JSON."
)
def build(report: Path | None, **given: Any) -> None:  # noqa: ANN401 (click gives what build_options lists)
    """Build the seeds into the output folder (the default command)."""
    options = _options(given, review=report is not None)
    started = time.perf_counter()
    with Watch() as watch:
        try:
            built = pipeline.build_site(options, watch)
        except InputError as refusal:
            if report:
                write_report(report, refusal, watch.all_seconds(started))
            raise
    seconds = time.perf_counter() - started
    if report:
        write_report(report, built, watch.all_seconds(started))
    _show_problems(built.problems)
    terms = ", ".join(f"{built.terms[kind]} {FOLDERS[kind]}" for kind in TermKind)
    click.echo(f"{built.articles} articles, {terms}")
    click.echo(f"{built.files} files, {built.bytes / 1e6:.1f} MB in {options.output}/, built in {seconds:.1f} s")
    click.echo(f"{built.files_written} files, {built.bytes_written / 1e6:.1f} MB of it are new or changed")
    click.echo("Look at it with:  python build.py serve")


@commands.command()
@build_options
@click.option("--port", type=click.IntRange(1, 65535), default=8000, show_default=True)
def serve(port: int, **given: Any) -> None:  # noqa: ANN401
    """Build, serve on 127.0.0.1, and rebuild and reload on change."""
    given["base_url"] = given["base_url"] or f"http://localhost:{port}/"
    from sitegen.pipeline.shelf import Shelf
    from sitegen.pipeline.site import watched_folders
    from sitegen.serve import serve as serve_site

    options = _options(given)
    shelf = Shelf()

    def rebuild() -> None:
        started = time.perf_counter()
        with Watch() as watch:
            built = pipeline.build_site(options, watch, shelf)
        _show_problems(built.problems)
        click.echo(f"{built.articles} articles, built in {time.perf_counter() - started:.1f} s")

    serve_site(rebuild, options.output, watched_folders(options), Site(given["base_url"]).base_path, port)


@commands.command()
@click.argument("folder", type=click.Path(path_type=Path, file_okay=False), default="public")
def check(folder: Path) -> None:
    """Verify a built site: links, counts, markup, hashes."""
    from sitegen.check import check_site

    problems = check_site(folder)
    _show_problems(problems, most=None)
    if problems:
        raise SystemExit(INPUT_MUST_BE_MENDED)
    click.echo(f"{folder}/ holds together: every link, count and hash is right")


@commands.command()
@seeds_option
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def inspect(file: Path, seeds: Path) -> None:
    """Show what is understood from one seed, and why."""
    from sitegen import inspection

    for line in inspection.describe_seed(file, seeds):
        click.echo(line)


@commands.command()
@seeds_option
@click.argument("files", type=click.Path(path_type=Path, dir_okay=False), nargs=-1, required=True)
def markdown(files: tuple[Path, ...], seeds: Path) -> None:
    """Write each seed's document as .md beside it, to be corrected by hand."""
    from sitegen import inspection

    for file in files:
        click.echo(f"{inspection.write_document(file, seeds)}: correct it, and the next build goes by it")


@commands.command()
@build_options
def freeze(**given: Any) -> None:  # noqa: ANN401
    """Record the addresses in use, so that they last."""
    with Watch() as watch:
        place, count = pipeline.freeze_addresses(_options(given), watch)
    click.echo(f"{count} addresses stand in {place}; keep it with the seeds")


def _show_problems(problems: tuple[Problem, ...], most: int | None = MOST_SHOWN) -> None:
    for problem in problems[:most]:
        click.echo(f"{problem.severity}: {problem}", err=True)
    if most is not None and len(problems) > most:
        click.echo(f"… and {len(problems) - most} more: build with --report FILE to see all", err=True)


def main() -> None:
    """Run the program and exit with its status."""
    try:
        commands.main(standalone_mode=False)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("interrupted; the output folder is as it was", err=True)
        sys.exit(INTERRUPTED)
    except InputError as error:
        _show_problems(error.problems, most=None)
        click.echo("Nothing was published; mend what is listed above.", err=True)
        sys.exit(INPUT_MUST_BE_MENDED)
    except SitegenError as error:
        click.echo(f"error: {error}", err=True)
        sys.exit(INPUT_MUST_BE_MENDED)
    except Exception:
        traceback.print_exc()
        click.echo("This is a bug in sitegen; the output folder is as it was.", err=True)
        sys.exit(OUR_BUG)
