"""What is committed works anywhere: no host to fetch from, no path of one machine."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from pipeline.messages import knows

ROOT = Path(__file__).parents[1]
LOCKS = ("book", "test", "readers", "release")
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))

# Written so that this file does not match itself.
REGISTRY = re.compile(
    r"python[h]osted|pypi\.org[/]simple|registry\.np[m]js|deb\.debia[n]\.org"
    r"|(?:archive|security)\.ub[u]ntu\.com|[a-z0-9.-]*(?:mir[r]or|artifac[t])s?\.[a-z]+\.[a-z]+/"
    r"|(?i:https?)://[^\s\"'<>]+\.(?:whl|tar\.(?:gz|xz|bz2)|tgz|deb)\b"
)
MACHINE_PATH = re.compile(r"(?<![\w.$}~)])/(?:work|root|tmp|home|Users)/\w")


def committed() -> list[Path]:
    """Return the files under version control, but for the books' own texts."""
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return []
    listed = subprocess.check_output(["git", "ls-files", "-z"], cwd=ROOT, text=True)
    names = (name for name in listed.split("\0") if name)
    found = (ROOT / name for name in names if not name.startswith("seeds/"))
    return [path for path in found if path.is_file()]


def matches(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in committed()
        for match in pattern.finditer(path.read_text("utf-8", errors="replace"))
    ]


def pins(lock: str) -> dict[str, list[str]]:
    """Return each pinned requirement of a lock file, with its hashes."""
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    lines = text.replace("\\\n", "").split("\n")
    entries = [line.split(" --hash=") for line in lines if line and line[0] != "#"]
    return {entry[0].strip(): [h.strip() for h in entry[1:]] for entry in entries}


def test_no_file_names_a_registry_or_a_download():
    assert matches(REGISTRY) == []


def test_no_file_names_a_path_of_one_machine():
    assert matches(MACHINE_PATH) == []


@pytest.mark.parametrize(
    "text",
    [
        "--index-" + "url https://py" + "pi.org/simple",
        "https://files.python" + "hosted.org/packages/x",
        "HTTPS://example.org/keben-1.0-py3-none-any" + ".whl",
        "deb http://deb.debian" + ".org/debian bookworm main",
        "https://registry.npm" + "js.org/",
        "https://mirror" + "s.example.cn/pypi/",
    ],
)
def test_a_registry_or_a_download_would_be_seen(text):
    assert REGISTRY.search(text)


@pytest.mark.parametrize("text", ["/ro" + "ot/x", "'/wo" + "rk/x'", "(/tm" + "p/x)"])
def test_a_path_of_one_machine_would_be_seen(text):
    assert MACHINE_PATH.search(text)


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_is_exact_and_hashed(lock):
    for requirement, hashes in pins(lock).items():
        assert re.match(r"[a-z0-9-]+(\[[a-z0-9,-]+\])?==[^\s,*]+( ;|$)", requirement)
        assert hashes
        assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", h) for h in hashes)


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host(lock):
    text = (ROOT / "requirements" / f"{lock}.txt").read_text("utf-8")
    assert not re.search(r"://|index-url|find-links|trusted-host", text)


def test_each_lock_holds_all_of_the_one_before():
    assert pins("book").items() <= pins("test").items() <= pins("readers").items()
    assert pins("test").items() <= pins("release").items()


def test_the_licence_of_every_package_that_is_locked_is_told():
    told = (ROOT / "docs" / "LICENSES.md").read_text("utf-8")
    names = {canonicalize_name(name) for name in re.findall(r"(?m)^\| (\S+) \|", told)}
    # What only other systems need is not installed where the page is written.
    locked = [Requirement(pin) for pin in pins("release") if ";" not in pin]
    untold = {canonicalize_name(pin.name) for pin in locked} - names
    assert untold - {"pip", "setuptools"} == set(), "run make licences"


@pytest.mark.parametrize(
    ("lock", "asked_for"),
    [
        ("book", PROJECT["project"]["dependencies"]),
        ("book", PROJECT["dependency-groups"]["build"]),
        ("test", PROJECT["project"]["optional-dependencies"]["check"]),
        ("test", PROJECT["project"]["optional-dependencies"]["cluster"]),
        ("test", PROJECT["dependency-groups"]["test"][1:]),
        ("readers", PROJECT["dependency-groups"]["readers"][1:]),
        ("release", PROJECT["dependency-groups"]["release"][1:]),
    ],
)
def test_what_is_asked_for_is_locked(lock, asked_for):
    locked = [Requirement(pin) for pin in pins(lock)]
    for wanted in map(Requirement, asked_for):
        name = canonicalize_name(wanted.name)
        pinned = [str(pin.specifier)[2:] for pin in locked if pin.name == name]
        assert pinned, f"run make lock: {wanted}"
        assert all(map(wanted.specifier.contains, pinned)), f"run make lock: {wanted}"


def test_every_library_that_is_imported_is_asked_for():
    extras = PROJECT["project"]["optional-dependencies"].values()
    asked_for = [*PROJECT["project"]["dependencies"], *chain(*extras)]
    names = {canonicalize_name(Requirement(text).name) for text in asked_for}
    offered = packages_distributions()
    for library in imported_libraries():
        homes = {canonicalize_name(name) for name in offered[library]}
        assert homes & names, f"pyproject.toml does not ask for {library}"


def test_every_library_that_is_imported_has_one_home():
    contracts = PROJECT["tool"]["importlinter"]["contracts"]
    protected = [c for c in contracts if c["type"] == "protected"]
    homes = {
        m: c["allowed_importers"] for c in protected for m in c["protected_modules"]
    }
    assert set(homes) == imported_libraries()
    assert all(len(home) == 1 for home in homes.values())


def test_every_sentence_that_is_asked_for_is_there():
    said = {key for tree in modules() for key in literal_keys(tree)}
    assert {key for key in said if not knows(key)} == set()


def modules() -> list[ast.Module]:
    paths = sorted((ROOT / "pipeline").rglob("*.py"))
    return [ast.parse(path.read_text("utf-8")) for path in paths]


def imported_libraries() -> set[str]:
    nodes = [node for tree in modules() for node in ast.walk(tree)]
    plain = [a.name for n in nodes if isinstance(n, ast.Import) for a in n.names]
    whole = [n.module for n in nodes if isinstance(n, ast.ImportFrom) and n.module]
    roots = {name.partition(".")[0] for name in (*plain, *whole)}
    return roots - sys.stdlib_module_names - {"pipeline"}


def literal_keys(tree: ast.Module) -> list[str]:
    """Return the keys that a module gives to ``say`` and ``Message`` literally."""
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    said = [c.args[0] for c in calls if ast.unparse(c.func) in ("say", "Message")]
    return [key.value for key in said if isinstance(key, ast.Constant)]


@pytest.mark.skipif(not committed(), reason="not a checkout")
def test_dist_is_kept_and_its_contents_are_not():
    kept = [p.name for p in committed() if p.parent == ROOT / "dist"]
    assert kept == [".gitkeep"]
