"""A publisher that is killed at any moment leaves the old build or the new one, whole.

A dozen kills by default; SITEGEN_KILLS=1000 pytest tests/test_publish_kill.py tries as many.
"""

import os
import random
import subprocess
import sys
from pathlib import Path

import pytest

from sitegen.model import OutputFile
from sitegen.publish import Publisher, read_manifest

KILLS = int(os.environ.get("SITEGEN_KILLS", "12"))
FILES = 60
ROOT = Path(__file__).resolve().parents[1]

PUBLISH_FOR_EVER = f"""
import itertools, pathlib, sys
from sitegen.model import OutputFile
from sitegen.publish import Publisher

for version in itertools.count(int(sys.argv[2])):
    with Publisher(pathlib.Path(sys.argv[1])) as publisher:
        publisher.commit(
            [publisher.write(OutputFile(f"{{n % 9}}/{{n}}.html", b"%d" % version * n)) for n in range({FILES})]
        )
    print(version, flush=True)
"""


def kill_after(seconds: float, output: Path, version: int) -> None:
    """Let another process publish one version after the other, and kill it after so many seconds."""
    command = [sys.executable, "-c", PUBLISH_FOR_EVER, str(output), str(version)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"%d\n" % version
        with pytest.raises(subprocess.TimeoutExpired):
            process.wait(timeout=seconds)
        process.kill()


def versions_in(output: Path) -> set[bytes]:
    """The versions that the files in `output` belong to; fails when one is missing or cut short."""
    versions = set()
    for number in range(1, FILES):
        content = (output / f"{number % 9}/{number}.html").read_bytes()
        digits = len(content) // number
        assert content == content[:digits] * number
        versions.add(content[:digits])
    return versions


def test_a_killed_publisher_leaves_one_whole_build(tmp_path: Path) -> None:
    chance = random.Random(7)
    output = tmp_path / "public"
    for kill in range(KILLS):
        kill_after(chance.uniform(0.02, 0.06), output, 1000 * (kill + 1))
        assert len(versions_in(output)) == 1
        assert len(read_manifest(output)) == FILES
    subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "manifest-sha256.txt"], cwd=output, check=True)
    with Publisher(output):
        assert {path.name for path in tmp_path.iterdir()} == {
            "public",
            ".public.next",
            ".public.lock",
            ".public.standby",
        }
    assert {path.name for path in tmp_path.iterdir()} == {"public", ".public.standby"}


LEAVE_A_WORKER_BEHIND = """
import os, pathlib, signal, sys, time
from sitegen.publish import Publisher

lock = pathlib.Path(sys.argv[1]).parent / ".public.lock"
with Publisher(pathlib.Path(sys.argv[1])):
    if os.fork():
        os.kill(os.getpid(), signal.SIGKILL)
    deadline = time.monotonic() + 20
    # A line with an arrow is of somebody who waits.
    while not any("->" in line and f":{lock.stat().st_ino} " in line for line in open("/proc/locks")):
        assert time.monotonic() < deadline, "nobody waits"
    os._exit(0)
"""


@pytest.mark.skipif(not Path("/proc/locks").exists(), reason="only Linux tells who waits for a lock")
def test_workers_that_a_killed_build_left_behind_are_waited_for(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "-c", LEAVE_A_WORKER_BEHIND, str(tmp_path / "public")], check=False)
    assert (tmp_path / ".public.lock").exists()
    with Publisher(tmp_path / "public") as publication:
        publication.commit([publication.write(OutputFile("index.html", b"home"))])
    assert (tmp_path / "public/index.html").exists()


def test_a_killed_build_is_mended_by_the_next(tmp_path: Path) -> None:
    """Three kills of the whole program; tests/benchmarks/soak_kills.py --help tells of more."""
    command = [sys.executable, str(ROOT / "tests/benchmarks/soak_kills.py"), "--articles", "10", "--kills", "3"]
    environment = {**os.environ, "TMPDIR": str(tmp_path)}
    done = subprocess.run(command, check=False, capture_output=True, text=True, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("next build") == 3
