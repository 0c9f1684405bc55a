"""What Windows has and wine 8 lacks: CopyFile2 (shutil.copy2). Python does without it."""

import _winapi

if hasattr(_winapi, "CopyFile2"):
    del _winapi.CopyFile2
