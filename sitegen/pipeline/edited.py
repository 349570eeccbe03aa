"""The files beside the seeds that people wrote: settings, corrections, lasting addresses."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import TypeVar

from sitegen.archive import (
    ADDRESSES_FILE,
    CORRECTIONS_FILE,
    NO_CORRECTIONS,
    Corrections,
    Frozen,
    parse_addresses,
    parse_corrections,
)
from sitegen.config import FILE_NAME as SETTINGS_FILE
from sitegen.config import Settings, parse_settings
from sitegen.errors import InputError
from sitegen.model import Problem, Severity
from sitegen.options import Options

Value = TypeVar("Value")


@dataclass(frozen=True, slots=True)
class Edited:
    """What people wrote beside the seeds: settings, corrections, lasting addresses."""

    settings: Settings
    corrections: Corrections
    frozen: tuple[Frozen, ...]


def read_edited(options: Options) -> Edited:
    """The files beside the seeds; each may be missing.

    Raises:
        InputError: the problems of all of them together.
    """
    problems: list[Problem] = []
    settings = _read_beside(options, SETTINGS_FILE, parse_settings, Settings(), problems)
    corrections = _read_beside(options, CORRECTIONS_FILE, parse_corrections, NO_CORRECTIONS, problems)
    none_frozen: tuple[Frozen, ...] = ()
    frozen = _read_beside(options, ADDRESSES_FILE, parse_addresses, none_frozen, problems)
    if problems:
        raise InputError(problems)
    return Edited(replace(settings, base_url=options.base_url or settings.base_url), corrections, frozen)


def _read_beside(
    options: Options, name: str, parse: Callable[[str, str], Value], default: Value, problems: list[Problem]
) -> Value:
    path = options.seeds / name
    try:
        return parse(path.read_text("utf-8-sig"), str(path))
    except (FileNotFoundError, NotADirectoryError):
        return default
    except (OSError, UnicodeDecodeError) as error:
        problems.append(Problem(str(path), 0, "", f"cannot be read: {error}; save it as UTF-8 text", Severity.ERROR))
    except InputError as error:
        problems.extend(error.problems)
    return default
