"""The way through, stage by stage: a folder of seeds becomes a published site.

The only place where the stages meet. Prints nothing and knows no clock: an Observer is told what goes on.
"""

from pathlib import Path

from sitegen.last_build import LastBuild
from sitegen.model import Built
from sitegen.options import Observer, Options
from sitegen.store import Store

__all__ = ["build_site", "freeze_addresses"]


def build_site(options: Options, observer: Observer) -> Built:
    """Build and publish the site; where nothing has changed since the last build, say again what that said.

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

        return build_all(options, store, last, observer)


def freeze_addresses(options: Options, observer: Observer) -> tuple[Path, int]:
    """Record every address now in use beside the seeds; returns the file and how many it lists.

    Raises:
        InputError: the seeds must be mended first, or nothing can be written beside them.
    """
    from sitegen.pipeline.build import freeze_addresses  # noqa: PLC0415

    return freeze_addresses(options, observer)
