"""The way through, stage by stage: a folder of seeds becomes a published site.

The only place where the stages meet. Prints nothing and knows no clock: an Observer is told what goes on.
"""

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sitegen.last_build import LastBuild
from sitegen.model import Built
from sitegen.options import Observer, Options
from sitegen.pipeline.shelf import Shelf
from sitegen.store import Store

__all__ = ["build_site", "freeze_addresses"]

SELDOM = 1000
"""How many times as seldom as usual what is old is looked through for garbage."""


def build_site(options: Options, observer: Observer, shelf: Shelf | None = None) -> Built:
    """Build and publish the site; where nothing has changed since the last build, say again what that said.

    Args:
        shelf: what a process that builds more than once keeps in between; None keeps nothing.

    Raises:
        InputError: nothing was published; what must be mended first.
        PublishError: the output folder is as it was.
    """
    with Store(options.cache) as store:
        last = LastBuild(options, store)
        if built := last.recall():
            return built
        # Loading the stages takes longer than looking whether they are needed.
        from sitegen.pipeline.build import build_all  # noqa: PLC0415

        with _garbage_sought_among_the_young():
            return build_all(options, store, last, observer, shelf or Shelf())


def freeze_addresses(options: Options, observer: Observer) -> tuple[Path, int]:
    """Record every address now in use beside the seeds; returns the file and how many it lists.

    Raises:
        InputError: the seeds must be mended first, or nothing can be written beside them.
    """
    from sitegen.pipeline.build import freeze_addresses  # noqa: PLC0415

    return freeze_addresses(options, observer)


@contextmanager
def _garbage_sought_among_the_young() -> Iterator[None]:
    """An archive holds no cycles: looking through all of it each time it has grown would cost a fifth of the time."""
    young, middle, old = gc.get_threshold()
    gc.set_threshold(young, middle, old * SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(young, middle, old)
