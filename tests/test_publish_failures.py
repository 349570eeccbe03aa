"""When the disk is full, read-only, forbidden or gone, the old build stays whole and the message says what to do.

File systems of our own are mounted in a namespace of a process's own: nothing is left, and nobody need be root.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from sitegen.errors import PublishError
from sitegen.model import OutputFile
from sitegen.publish import Publisher

ROOT = Path(__file__).resolve().parents[1]
NOBODY = 65534

START = """
import os, resource, subprocess, sys
from pathlib import Path
from sitegen.errors import PublishError
from sitegen.model import OutputFile
from sitegen.publish import Publisher, read_manifest

folder = Path(sys.argv[1])
output = folder / "public"
OLD = {f"{n % 5}/{n}.html": b"old" * n for n in range(50)}
NEW = {f"{n % 7}/{n}.html": (b"new" if n % 2 else b"old") * n for n in range(90)}

def mount(options):
    subprocess.run(["mount", "-t", "tmpfs", "-o", options, "tmpfs", folder], check=True)

def publish(build):
    try:
        with Publisher(output) as publication:
            publication.commit([publication.write(OutputFile(path, build[path])) for path in build])
    except PublishError as error:
        return str(error).removeprefix(f"{folder}/")

def assert_built(*builds):
    files = {str(path.relative_to(output)): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    del files["manifest-sha256.txt"]
    assert files in builds, sorted(files)
    assert read_manifest(output).keys() == files.keys()
    subprocess.run(["sha256sum", "--strict", "--quiet", "-c", "manifest-sha256.txt"], cwd=output, check=True)
"""


def run(folder: Path, code: str, *prefix: str) -> str:
    """Run START and `code` in a process of its own; returns what it prints."""
    command = [*prefix, sys.executable, "-c", START + code, str(folder)]
    done = subprocess.run(command, check=False, capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture
def mounting() -> tuple[str, ...]:
    """The command before a command that may mount what it likes."""
    prefix = ("unshare", "--map-root-user", "--mount")
    if not shutil.which("unshare") or subprocess.run([*prefix, "true"], check=False, capture_output=True).returncode:
        pytest.skip("this system lets nobody mount a file system of their own")
    return prefix


def test_a_disk_that_is_full_at_any_moment_leaves_the_old_build(tmp_path: Path, mounting: tuple[str, ...]) -> None:
    """The disk is a page larger each time, so that it is full at each step in turn, until the build fits."""
    printed = run(
        tmp_path,
        """
mount("size=4m")
assert publish(OLD) is None
used = os.statvfs(folder)
full = (used.f_blocks - used.f_bfree) * used.f_frsize
for spare in range(0, 1_000_000, 4096):
    subprocess.run(["mount", "-o", f"remount,size={full + spare}", folder], check=True)
    problem = publish(NEW)
    if problem is None:
        break
    assert_built(OLD)
    print(problem)
assert_built(NEW)
subprocess.run(["mount", "-o", "remount,size=4m", folder], check=True)
assert publish(OLD) is None
assert_built(OLD)
""",
        *mounting,
    ).splitlines()
    assert len(printed) > 20
    assert all("the disk is full; make room and build again" in line for line in printed), printed


def test_a_disk_without_room_for_names_leaves_the_old_build(tmp_path: Path, mounting: tuple[str, ...]) -> None:
    printed = run(
        tmp_path,
        """
mount("size=4m")
assert publish(OLD) is None
used = os.statvfs(folder)
for spare in range(1000):
    subprocess.run(["mount", "-o", f"remount,nr_inodes={used.f_files - used.f_ffree + spare}", folder], check=True)
    problem = publish(NEW)
    if problem is None:
        break
    assert_built(OLD)
    print(problem)
assert_built(NEW)
""",
        *mounting,
    ).splitlines()
    assert len(printed) > 20
    assert all("the disk is full; make room and build again" in line for line in printed), printed


def test_a_read_only_file_system_is_named(tmp_path: Path, mounting: tuple[str, ...]) -> None:
    printed = run(
        tmp_path,
        """
mount("size=4m")
assert publish(OLD) is None
subprocess.run(["mount", "-o", "remount,ro", folder], check=True)
print(publish(NEW))
assert_built(OLD)
""",
        *mounting,
    )
    assert printed == ".public.lock: the file system is read-only; choose another output folder\n"


def test_an_output_folder_that_is_a_mount_point_cannot_be_exchanged(tmp_path: Path, mounting: tuple[str, ...]) -> None:
    printed = run(
        tmp_path,
        """
output.mkdir()
subprocess.run(["mount", "-t", "tmpfs", "tmpfs", output], check=True)
print(publish(NEW))
""",
        *mounting,
    )
    assert "the output folder is a mount point; choose a folder inside it" in printed


def test_the_command_line_says_that_the_disk_is_full(tmp_path: Path, mounting: tuple[str, ...]) -> None:
    (tmp_path / "seeds").mkdir()
    (tmp_path / "seeds/a.txt").write_text("Judul\n- contoh.id\nJakarta – Isi.\n")
    (tmp_path / "disk").mkdir()
    build = f"{sys.executable} build.py --seeds {tmp_path}/seeds --output {tmp_path}/disk/public --no-cache --jobs 2"
    script = f"mount -t tmpfs -o size=256k tmpfs {tmp_path}/disk && {build}; echo status $?; ls -A {tmp_path}/disk"
    done = subprocess.run(
        [*mounting, "sh", "-c", script], check=False, capture_output=True, text=True, cwd=ROOT, env=os.environ
    )
    assert re.search(r"^error: \S+: the disk is full; make room and build again$", done.stderr, re.MULTILINE)
    assert done.stdout == "status 1\n"


def test_a_file_above_the_limit_of_the_process_is_named(tmp_path: Path) -> None:
    printed = run(
        tmp_path,
        """
assert publish(OLD) is None
resource.setrlimit(resource.RLIMIT_FSIZE, (100_000, 100_000))
print(publish(OLD | {"large.html": bytes(200_000)}))
assert_built(OLD)
""",
    )
    assert re.fullmatch(r"\S*large\.html: the file is larger than .* allows; raise it and build again\n", printed)


def test_a_folder_that_may_not_be_written_is_named() -> None:
    become_nobody = f"os.setuid({NOBODY})" if os.geteuid() == 0 else ""
    # Not tmp_path, which nobody but its owner may enter.
    with TemporaryDirectory() as folder:
        printed = run(
            Path(folder),
            f"""
assert publish(OLD) is None
folder.chmod(0o555)
{become_nobody}
print(publish(NEW))
assert_built(OLD)
""",
        )
        Path(folder).chmod(0o755)
    assert "no permission to write here; choose another output folder or mend its permissions" in printed


def test_an_output_folder_that_vanishes_meanwhile_is_an_error_or_is_there_again(tmp_path: Path) -> None:
    output = tmp_path / "public"
    files = [OutputFile(f"{number}/index.html", b"%d" % number) for number in range(20)]
    for some in (files[1:], files, files[1:]):
        with Publisher(output) as publication:
            publication.commit(map(publication.write, some))
    with Publisher(output) as publication:
        written = [publication.write(file) for file in (*files, OutputFile("new/index.html", b"new"))]
        shutil.rmtree(output)
        publication.commit(written)
    assert len(list(output.rglob("index.html"))) == 21
    with Publisher(output) as publication:
        written = [publication.write(file) for file in (*files, OutputFile("1/new.html", b"new"))]
        shutil.rmtree(output)
        shutil.rmtree(tmp_path / ".public.standby")
        with pytest.raises(PublishError, match="the folder vanished while it was written"):
            publication.commit(written)
    with Publisher(output) as publication:
        publication.commit(map(publication.write, files))
    assert len(list(output.rglob("index.html"))) == 20


def test_a_parent_folder_that_vanishes_meanwhile_is_an_error(tmp_path: Path) -> None:
    output = tmp_path / "site/public"
    with Publisher(output) as publication:
        written = publication.write(OutputFile("index.html", b"home"))
        shutil.rmtree(output.parent)
        with pytest.raises(PublishError, match="the folder vanished while it was written"):
            publication.write(OutputFile("new.html", b"new"))
        with pytest.raises(PublishError, match="the folder vanished while it was written"):
            publication.commit([written])
    assert not output.parent.exists()
