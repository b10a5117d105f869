"""The build hook. In: the Rust sources beside it. Out: the library in the wheel; cargo makes it, and needs no network."""

import subprocess
import sysconfig
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

NAMES = ("libcitygraph_native.so", "libcitygraph_native.dylib", "citygraph_native.dll")
"""What cargo calls the library on the systems that there are."""


class CustomBuildHook(BuildHookInterface[Any]):
    """Builds the library. hatchling looks for this name."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002  # hatchling gives it
        """Run cargo and name the wheel after this system. Raise CalledProcessError if cargo fails."""
        if self.target_name != "wheel":
            return
        root = Path(self.root)
        made = root / "target" / "release"
        command = ("cargo", "build", "--release", "--locked", "--offline", "--quiet", "--target-dir", str(made.parent))
        subprocess.run(command, cwd=root, check=True)
        (library,) = (made / name for name in NAMES if (made / name).exists())
        build_data["force_include"][str(library)] = "citygraph_native/library.so"
        build_data["pure_python"] = False
        # The library is no extension of Python: any version of it will do.
        build_data["tag"] = f"py3-none-{sysconfig.get_platform().replace('-', '_').replace('.', '_')}"
