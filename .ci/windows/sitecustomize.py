"""What Windows has and wine 8 lacks: WMI (module platform) and CopyFile2 (shutil.copy2). Python does without both."""

import _winapi
import sys

sys.modules["_wmi"] = None  # type: ignore[assignment]
if hasattr(_winapi, "CopyFile2"):
    del _winapi.CopyFile2
