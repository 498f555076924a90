from pathlib import Path
from zipfile import ZipFile

from handler.web.cards.font_packages import FONT_PACKAGES, extract_fonts
from handler.web.cards.text.font_files import FILES, SANS, find_font_file

INFO = "fontpkg_libre_franklin-3.0.dist-info"
DATA = "fontpkg_libre_franklin-3.0.data"
UNEXPECTED = (
    *("fontpkg_libre_franklin/__init__.py", "fontpkg_libre_franklin/files/font.py"),
    *("fontpkg_libre_franklin/metadata.json", "fontpkg_libre_franklin/files/Other.ttf"),
    *("handler/render.py", "sitecustomize.py", "boto3/__init__.py", "burgee.pth", f"evil/{SANS}"),
    *(f"../{SANS}", "/tmp/LICENSE", f"fontpkg_libre_franklin/files/../../{SANS}"),  # noqa: S108
    *(f"{INFO}/entry_points.txt", f"{INFO}/licenses/evil.py", f"{INFO}/../evil.py"),
    *(f"{DATA}/scripts/run", f"{DATA}/purelib/a.py"),
)


def write_wheel(folder: Path, name: str, *files: str) -> Path:
    path = folder / f"{name}-py3-none-any.whl"
    with ZipFile(path, "w") as wheel:
        for file in files:
            wheel.writestr(file, file)
    return path


def extracted(folder: Path) -> set[str]:
    return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}


def test_only_fonts_and_licenses_are_extracted(tmp_path: Path) -> None:
    wheels, artifact = tmp_path / "wheels", tmp_path / "artifact"
    wheels.mkdir()
    expected = {
        f"fontpkg_libre_franklin/files/{SANS}",
        f"{INFO}/METADATA",
        f"{INFO}/licenses/LICENSE",
    }
    write_wheel(wheels, "fontpkg_libre_franklin-3.0", *expected, *UNEXPECTED)
    write_wheel(wheels, "fontpkg-0.2.2", "fontpkg/__init__.py", "fontpkg-0.2.2.dist-info/METADATA")
    code = write_wheel(wheels, "boto3-1.0", "boto3/__init__.py")

    extract_fonts(wheels, artifact)

    assert extracted(artifact) == expected
    assert extracted(tmp_path) - {f"artifact/{name}" for name in expected} == {
        f"wheels/{code.name}"
    }


def test_every_font_is_of_a_known_package() -> None:
    folders = {Path(find_font_file(file)).parent for file in FILES}
    packages = {folder.parent.name if folder.name == "files" else folder.name for folder in folders}

    assert packages == {*FONT_PACKAGES} - {"fontpkg"}
