"""Work over forked processes: one function over many items, or one thing beside what goes on.

The seam behind which something larger could stand: tasks are plain functions from an item to a result. Forked
workers inherit the function and the items as they are in memory; only results travel.
"""

from sitegen.parallel.beside import beside
from sitegen.parallel.shares import run
from sitegen.parallel.workers import WorkerError

__all__ = ["WorkerError", "beside", "run"]
