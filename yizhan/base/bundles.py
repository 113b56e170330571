"""One style sheet per surface, out of many small files, when static files are collected.

`yi/resident.css` and its sisters only import the files of `yi/parts/`. A development server and the
tests serve them as they are; `collectstatic` writes each surface as one file without comments, and
the script without comments and indentation.
"""

import re
from collections.abc import Iterator
from typing import Any

from django.core.files.base import ContentFile
from whitenoise.storage import CompressedManifestStaticFilesStorage

PARTS = "yi/parts/"
SCRIPT = "yi/app.js"
SURFACES = ("yi/resident.css", "yi/console.css", "yi/print.css")
IMPORT = re.compile(r'@import "(parts/[a-z]+\.css)";')
Paths = dict[str, tuple[Any, str]]


class BundledStorage(CompressedManifestStaticFilesStorage):
    """WhiteNoise's compressed, hashed files, after the surfaces are put together."""

    def post_process(
        self, paths: Paths, dry_run: bool = False, **options: Any
    ) -> Iterator[tuple[str, str | None, bool]]:
        """Bundle, then hash and compress; the parts themselves are not shipped."""
        if not dry_run:
            for name in (*SURFACES, SCRIPT):
                if name in paths:
                    self._write(name, bundled(name, paths))
                    paths[name] = (self, name)
            for name in [name for name in paths if name.startswith(PARTS)]:
                self.delete(name)
                del paths[name]
        yield from super().post_process(paths, dry_run=dry_run, **options)

    def _write(self, name: str, text: str) -> None:
        if self.exists(name):
            self.delete(name)
        self.save(name, ContentFile(text.encode()))


def bundled(name: str, paths: Paths) -> str:
    """The text of a surface with its imports in place, squeezed; or of the script, squeezed."""
    if name == SCRIPT:
        return squeezed_script(_text(name, paths))

    def part(match: re.Match[str]) -> str:
        return _text(f"yi/{match[1]}", paths)

    return squeezed(IMPORT.sub(part, _text(name, paths)))


def _text(name: str, paths: Paths) -> str:
    storage, path = paths[name]
    with storage.open(path) as file:
        return str(file.read().decode())


def squeezed(css: str) -> str:
    """The same rules without comments and needless white space."""
    css = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    css = re.sub(r"\s+", " ", css)
    css = re.sub(r" ?([{};,>]) ?", r"\1", css)
    return css.replace(": ", ":").replace(";}", "}").strip()


def squeezed_script(script: str) -> str:
    """The same script without lines that only comment, empty lines and indentation."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))
