"""Installing fonts, with clients and packages that stand in for the real ones."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import tarfile
import zipfile
from io import BytesIO
from pathlib import Path

import pytest

from pipeline import fonts
from pipeline.cli import main
from pipeline.failures import Status
from pipeline.fonts import catalogue, clients, installation, opentype, shelf
from pipeline.fonts.catalogue import Collection, Item, Origin
from pipeline.fonts.choice import Stock, Wishes
from tests.fonts.typefoundry import font, webfont

KAI = font("山水", family="Test Kai")
BOLD = webfont(font("山水", family="Test Kai", style="Bold"))
FANG = font("山水", family="Test Fang")
RARE = font("𠮷", family="Test Rare")


def item(role: str, file: str, data: bytes, weight: int = 400) -> Item:
    digest = hashlib.sha256(data).hexdigest()
    return Item(role, Path(file).stem, "Test", file, digest, weight)


ALL = {
    c.name: c
    for c in (
        Collection(
            "test-kai",
            "Test Kai",
            Origin.NPM,
            "@test/kai",
            "1.2.3",
            "OFL-1.1",
            (item("kai", "files/kai.ttf", KAI), item("kai", "files/b.woff", BOLD, 700)),
            usual=True,
        ),
        Collection(
            "test-fang",
            "Test Fang",
            Origin.APT,
            "test-fang",
            "",
            "OFL-1.1",
            (item("fangsong", "usr/share/fonts/fang.ttf", FANG),),
        ),
        Collection(
            "test-rare",
            "Test Rare",
            Origin.PIP,
            "test-rare",
            "0.1",
            "OFL-1.1",
            (item("rare", "rare.ttf", RARE),),
            covers=((0x20000, 0x2FA1F),),
        ),
    )
}
REAL = catalogue.collections()


@pytest.fixture
def machine(tmp_path, monkeypatch):
    """A machine with clients that bring our packages, and an empty cache."""
    monkeypatch.setenv("LC_ALL", "C")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    every = (*ALL.values(), *(c for c in REAL if c.origin is Origin.KEBEN))
    for module in (catalogue, shelf, fonts.choice):
        monkeypatch.setattr(module, "collections", lambda: every)
    programs = tmp_path / "bin"
    programs.mkdir()
    monkeypatch.setenv("PATH", f"{programs}{os.pathsep}{os.environ['PATH']}")
    packages = tmp_path / "packages"
    packages.mkdir()
    _tarball(packages / "kai.tgz", {"package/files/kai.ttf": KAI, **_bold()}, "w:gz")
    _tarball(packages / "fang.deb", {"./usr/share/fonts/fang.ttf": FANG}, "w")
    _wheel(packages)
    monkeypatch.setenv("PIP_NO_INDEX", "1")
    monkeypatch.setenv("PIP_FIND_LINKS", str(packages))
    _program(programs / "npm", f'cp "{packages}/kai.tgz" .')
    _program(programs / "apt-get", f'cp "{packages}/fang.deb" .')
    _program(programs / "dpkg-deb", 'cat "$2"')
    return tmp_path


def _bold() -> dict[str, bytes]:
    return {"package/files/b.woff": BOLD, "package/package.json": b"{}"}


def _program(path: Path, script: str) -> None:
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)


def _tarball(path: Path, files: dict[str, bytes], mode: str) -> None:
    with tarfile.open(path, mode) as tarball:
        for name, data in files.items():
            member = tarfile.TarInfo(name)
            member.size = len(data)
            tarball.addfile(member, BytesIO(data))


def _wheel(folder: Path) -> None:
    about = "test_rare-0.1.dist-info"
    with zipfile.ZipFile(folder / "test_rare-0.1-py3-none-any.whl", "w") as wheel:
        wheel.writestr("test_rare/rare.ttf", RARE)
        wheel.writestr("test_rare/__init__.py", "")
        wheel.writestr(
            f"{about}/METADATA",
            "Metadata-Version: 2.1\nName: test-rare\nVersion: 0.1\n",
        )
        wheel.writestr(
            f"{about}/WHEEL",
            "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        wheel.writestr(f"{about}/RECORD", "")


def left(machine: Path) -> list[str]:
    """Return what lies in the cache besides whole collections."""
    return [p.name for p in shelf.home().iterdir() if not (p / shelf.SUMS).is_file()]


# What is brought -------------------------------------------------------------------


@pytest.mark.parametrize("name", ALL)
def test_each_client_brings_its_collections(name, machine):
    collection = ALL[name]
    assert not shelf.is_at_hand(collection)
    folder = installation.install(collection)
    assert shelf.is_at_hand(collection)
    assert folder.is_relative_to(machine / "cache" / "keben" / "fonts")
    for one in collection.items:
        opentype.describe(shelf.place(collection, one).read_bytes())
    assert left(machine) == []


def test_clients_are_asked_for_the_version_that_was_tested(machine):
    assert clients.command(ALL["test-kai"]).endswith("@test/kai@1.2.3")
    assert clients.command(ALL["test-rare"]).endswith("test-rare==0.1")


def test_webfonts_are_unpacked_once_and_for_all(machine):
    installation.install(ALL["test-kai"])
    faces = fonts.choose("zh", Wishes())
    kai = [face for face in faces if face.family == "Keben Kai"]
    assert [(face.path.name, face.weight) for face in kai] == [
        ("kai.ttf", 400),
        ("b.ttf", 700),
    ]
    fonts.verify(kai)


def test_what_is_installed_is_used_unless_a_book_keeps_to_the_standard(machine):
    installation.install(ALL["test-fang"])
    families = {face.family for face in fonts.choose("zh", Wishes())}
    assert "Keben Fangsong" in families
    standard = fonts.choose("zh", Wishes(Stock.STANDARD))
    assert "Keben Fangsong" not in {face.family for face in standard}


def test_a_changed_file_is_noticed_with_the_way_to_mend_it(machine):
    installation.install(ALL["test-fang"])
    (fang,) = (f for f in fonts.choose("zh", Wishes()) if f.family == "Keben Fangsong")
    fang.path.write_bytes(FANG[:-1] + b"x")
    with pytest.raises(
        fonts.FontMissing, match="keben fonts install --again test-fang"
    ):
        fonts.verify((fang,))


# What is not ------------------------------------------------------------------------


def test_a_package_with_another_file_is_refused(machine):
    changed = {"package/files/kai.ttf": KAI + b"x", **_bold()}
    _tarball(machine / "packages" / "kai.tgz", changed, "w:gz")
    with pytest.raises(
        installation.InstallationFailed, match=r"files/kai\.ttf"
    ) as raised:
        installation.install(ALL["test-kai"])
    assert raised.value.status is Status.MACHINE
    assert left(machine) == []
    assert not shelf.is_at_hand(ALL["test-kai"])


def test_a_package_that_lacks_a_file_is_refused(machine):
    _tarball(machine / "packages" / "kai.tgz", {"package/files/kai.ttf": KAI}, "w:gz")
    with pytest.raises(clients.ClientFailed, match=r"files/b\.woff"):
        installation.install(ALL["test-kai"])
    assert left(machine) == []


@pytest.mark.parametrize("data", [b"", b"no archive"])
@pytest.mark.parametrize(
    ("name", "file"), [("test-kai", "kai.tgz"), ("test-fang", "fang.deb")]
)
def test_a_package_that_is_cut_off_is_refused(name, file, data, machine):
    (machine / "packages" / file).write_bytes(data)
    with pytest.raises(clients.ClientFailed):
        installation.install(ALL[name])
    assert left(machine) == []


def test_what_a_client_says_is_passed_on(machine):
    _program(
        machine / "bin" / "apt-get", "echo 'E: Unable to locate package' >&2; exit 100"
    )
    with pytest.raises(clients.ClientFailed, match="Unable to locate") as raised:
        installation.install(ALL["test-fang"])
    assert "apt-get update" in str(raised.value)


def test_a_client_that_is_not_there_is_named_with_one_command(machine, monkeypatch):
    monkeypatch.setenv("PATH", str(machine / "nothing"))
    with pytest.raises(clients.ClientMissing, match="apt-get install npm"):
        installation.install(ALL["test-kai"])
    with pytest.raises(clients.ClientMissing, match="no apt-get"):
        installation.install(ALL["test-fang"])
    monkeypatch.setattr(clients, "find_spec", lambda _name: None)
    with pytest.raises(clients.ClientMissing, match="python -m ensurepip"):
        installation.install(ALL["test-rare"])


def test_an_interruption_leaves_what_was_there(machine, monkeypatch):
    before = installation.install(ALL["test-kai"])
    taken = before.stat().st_ino

    def interrupted(*_arguments):
        raise KeyboardInterrupt

    monkeypatch.setattr(installation, "_moved", interrupted)
    with pytest.raises(KeyboardInterrupt):
        installation.install(ALL["test-kai"])
    assert before.stat().st_ino == taken
    assert left(machine) == []


def test_what_a_killed_run_left_is_cleared_in_time(machine):
    dead = subprocess.Popen([sys.executable, "-c", ""])
    dead.wait()
    for process in (dead.pid, os.getppid()):
        (shelf.home() / f".new-{process}-x").mkdir(parents=True)
    installation.install(ALL["test-kai"])
    assert left(machine) == [f".new-{os.getppid()}-x"]


def test_whoever_is_stopped_while_fonts_come_anew_leaves_sound_ones(
    machine, monkeypatch
):
    place = installation.install(ALL["test-kai"])
    (place / "b.ttf").write_bytes(b"damaged")
    real = Path.replace

    def stopped(self, target):
        if self.name == shelf.SUMS:
            raise KeyboardInterrupt
        return real(self, target)

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        installation.install(ALL["test-kai"])
    fonts.verify(f for f in fonts.choose("zh", Wishes()) if f.family == "Keben Kai")
    assert left(machine) == []


def test_a_cache_that_cannot_be_written(machine):
    (machine / "cache").write_bytes(b"a file")
    with pytest.raises(installation.InstallationFailed, match="XDG_CACHE_HOME"):
        installation.install(ALL["test-kai"])


# As people and programs call it ----------------------------------------------------


def test_the_command_tells_what_it_does(machine, capsys):
    assert main(["fonts", "install", "test-kai", "fangsong"]) == 0
    said = capsys.readouterr().out
    assert "Test Kai: npm pack --ignore-scripts --silent @test/kai@1.2.3" in said
    assert f"Test Fang: installed in {shelf.home() / 'test-fang'}" in said
    assert main(["fonts", "install", "test-kai"]) == 0
    assert capsys.readouterr().out == "Test Kai: is installed already\n"


def test_without_names_the_usual_ones_are_brought(machine):
    assert main(["fonts", "install"]) == 0
    assert [c.name for c in ALL.values() if shelf.is_at_hand(c)] == ["test-kai"]
    assert main(["fonts", "install", "all"]) == 0
    assert all(map(shelf.is_at_hand, ALL.values()))


def test_one_that_fails_does_not_stop_the_others(machine, capfdbinary):
    (machine / "packages" / "kai.tgz").unlink()
    status = main(["fonts", "install", "--json", "all"])
    found = json.loads(capfdbinary.readouterr().out)
    assert status == Status.MACHINE
    states = {one["name"]: (one["state"], bool(one["failure"])) for one in found}
    assert states == {
        "test-kai": ("available", True),
        "test-fang": ("installed", False),
        "test-rare": ("installed", False),
    }


def test_a_name_that_is_none_is_refused_with_the_choices(machine, capsys):
    assert main(["fonts", "install", "comic"]) == Status.USAGE
    assert "all, test-kai, test-fang, test-rare" in capsys.readouterr().err


def test_the_list_shows_each_family_and_what_can_be_had(machine, capfdbinary):
    assert main(["fonts", "--json"]) == 0
    found = json.loads(capfdbinary.readouterr().out)
    families = {one["role"]: one for one in found["families"]}
    assert families["song"]["faces"][0]["name"] == "Noto Serif SC"
    assert families["song"]["faces"][0]["collection"] == "noto-sc"
    assert families["kai"] == {
        "role": "kai",
        "family": "Keben Kai",
        "named_by_theme": families["kai"]["named_by_theme"],
        "stand_in": "Keben Song",
        "faces": [],
    }
    states = {one["name"]: one["state"] for one in found["collections"]}
    assert (states["test-kai"], states["noto-sc"]) == ("available", "included")


@pytest.mark.parametrize(
    ("language", "name"), [("zh-Hans", "Noto Serif SC"), ("zh-TW", "Noto Serif TC")]
)
def test_the_list_for_people_is_by_language(language, name, machine, capsys):
    assert main(["fonts", "--language", language]) == 0
    rows = capsys.readouterr().out.splitlines()
    (song,) = (row for row in rows if "Keben Song" in row and "→" not in row)
    assert name in song
    assert any("→ Keben Song" in row for row in rows)
    assert any("keben fonts install test-kai" in row for row in rows)


def test_the_real_catalogue_is_whole():
    names = [collection.name for collection in REAL]
    assert len(set(names)) == len(names)
    for collection in REAL:
        stored = [shelf.stored_name(one) for one in collection.items]
        assert len(
            {*zip(stored, (i.sha256 for i in collection.items), strict=True)}
        ) == len(set(stored))
        assert all(len(one.sha256) == 64 for one in collection.items)
        assert collection.version or collection.origin is Origin.APT
        assert collection.download or collection.origin is Origin.KEBEN
        assert {one.role for one in collection.items} <= {
            f.role for f in fonts.families.FAMILIES.values()
        }
