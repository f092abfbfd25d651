"""The folder of the cache, at the root of the tree."""

import stat
from pathlib import Path

from archlint.cache.git_index import tracks

FOLDER = ".archlint_cache"


def open_folder(root: Path) -> Path:
    """The folder, made if it is not there. Raises OSError if it cannot be made or must not be used."""
    folder = root / FOLDER
    folder.mkdir(exist_ok=True)
    if not stat.S_ISDIR(folder.lstat().st_mode):
        raise NotADirectoryError("it is a link")
    ignore = folder / ".gitignore"
    if not ignore.exists():
        ignore.write_text("*\n")
    if tracks(root, f"{FOLDER}/"):
        # What answers for the checked files must not come with them.
        raise PermissionError("git tracks it")
    return folder
