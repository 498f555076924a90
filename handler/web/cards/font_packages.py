"""Takes the fonts out of the wheels of their packages, and nothing else that these contain.

The packages are data. A build installs none of their code. Only a build runs this.
"""

import re
from pathlib import Path
from zipfile import ZipFile

from handler.web.cards.text.font_files import FILES

# As in the names of wheels. The first is code that the next two require; it is left out whole.
FONT_PACKAGES = (
    *("fontpkg", "fontpkg_libre_franklin", "fontpkg_source_serif_4"),
    *("manimgx_fonts", "noto_cjk_sans_jp_bold"),
)
# Fonts may be passed on only with their license.
_LICENSE = re.compile(r"\.dist-info/(METADATA|licenses/(LICENSE|OFL)(\.txt|\.md)?)")


def extract_fonts(wheels: Path, destination: Path) -> None:
    """Extract the fonts and licenses from the wheels of font packages, and remove these wheels."""
    for wheel in sorted(wheels.glob("*.whl")):
        package, version, *_ = wheel.name.split("-")
        if package in FONT_PACKAGES:
            with ZipFile(wheel) as archive:
                names = [name for name in archive.namelist() if is_data(name, package, version)]
                archive.extractall(destination, names)
            wheel.unlink()


def is_data(name: str, package: str, version: str) -> bool:
    """Return whether a file of a package is one of the fonts in use, or a license of them."""
    folder, _, file = name.rpartition("/")
    if folder in (package, f"{package}/files"):
        return file in FILES
    distribution = f"{package}-{version}"
    is_its_own = name.startswith(distribution) and package != "fontpkg"
    return is_its_own and bool(_LICENSE.fullmatch(name.removeprefix(distribution)))
