"""What pip installs is all that Keben needs, and nothing besides."""

from __future__ import annotations

import subprocess
import sys
import sysconfig
import tarfile
import venv
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parents[1]
TEXT = """夜航

第一章 出海

　　船出了港，风很大。

第二章 归来

　　船回了港。
"""


@pytest.fixture(scope="module")
def packages(tmp_path_factory) -> Path:
    """A folder with the wheel and the sdist of this checkout."""
    out = tmp_path_factory.mktemp("packages")
    run(sys.executable, "-m", "hatchling", "build", "--directory", out, cwd=ROOT)
    return out


@pytest.fixture(scope="module")
def wheel(packages) -> Path:
    return next(packages.glob("keben-*-py3-none-any.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory) -> Path:
    """The programs of a new environment: the wheel, and the libraries of this one."""
    home = tmp_path_factory.mktemp("installed")
    venv.create(home, symlinks=True)
    pip = (sys.executable, "-m", "pip", "--python", home / "bin" / "python")
    options = ("--quiet", "--no-index", "--no-deps", "--no-compile")
    run(*pip, "install", *options, wheel, cwd=home)
    libraries = Path(sysconfig.get_path("purelib", vars={"base": str(home)}))
    (libraries / "libraries.pth").write_text(sysconfig.get_path("purelib"))
    return home / "bin"


def run(*command: str | Path, cwd: Path) -> str:
    """Run a program in ``cwd`` and return what it said; fail as it fails."""
    words = [str(word) for word in command]
    done = subprocess.run(words, cwd=cwd, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def sources(folder: str) -> set[str]:
    """Return the files below a folder of the checkout that belong to the product."""
    found = (ROOT / folder).rglob("*")
    kept = (f for f in found if f.is_file() and f.parent.name != "__pycache__")
    return {str(f.relative_to(ROOT)) for f in kept}


def test_the_wheel_holds_the_code_its_data_and_the_styles(wheel):
    names = {name for name in ZipFile(wheel).namelist() if ".dist-info/" not in name}
    assert names == sources("pipeline") | {f"pipeline/{s}" for s in sources("styles")}
    assert {
        "pipeline/locale/zh.toml",
        "pipeline/render/templates/page.xhtml.j2",
        "pipeline/styles/base.css",
    } < names


def test_the_wheel_carries_its_licence_and_its_notice(wheel):
    names = {Path(name).name for name in ZipFile(wheel).namelist()}
    assert {"LICENSE", "NOTICE"} < names


def test_the_sdist_holds_all_that_the_wheel_is_built_from(packages):
    with tarfile.open(next(packages.glob("keben-*.tar.gz"))) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    expected = sources("pipeline") | sources("styles") | sources("tests")
    expected |= {"pyproject.toml", "README.md", "LICENSE", "NOTICE", "Makefile"}
    assert expected <= names
    assert not [n for n in names if n.startswith(("seeds/", ".venv/"))]
    assert {n for n in names if n.startswith("dist/")} <= {"dist/.gitkeep"}


def test_the_installed_program_is_the_one_that_runs(installed, tmp_path):
    code = "import pipeline; print(pipeline.__file__)"
    place = run(installed / "python", "-c", code, cwd=tmp_path)
    assert Path(place).is_relative_to(installed.parent)


def test_the_installed_program_explains_itself(installed, tmp_path):
    assert "build" in run(installed / "keben", "--help", cwd=tmp_path)


def test_the_installed_program_makes_both_editions_anywhere(installed, tmp_path):
    (tmp_path / "night.txt").write_text(TEXT, encoding="utf-8")
    run(installed / "keben", "build", "night.txt", cwd=tmp_path)
    made = {path.name: path.read_bytes() for path in (tmp_path / "dist").iterdir()}
    assert made["night.epub"].startswith(b"PK")
    assert made["night.pdf"].startswith(b"%PDF-")
