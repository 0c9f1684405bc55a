"""What the system says when a file can't be written, in one Chinese sentence each."""

import errno
from collections.abc import Iterator
from contextlib import contextmanager

from gaigai_cli.errors import GaigaiError

_UNCHANGED = "原有内容没有改动"

# errno → what happened to “{name}”, what to do
_SENTENCES: dict[int, tuple[str, str]] = {
    errno.ENOSPC: ("磁盘空间不足，“{name}”没有写入", f"请清理磁盘后再试，{_UNCHANGED}"),
    errno.EROFS: ("“{name}”所在的磁盘是只读的，没有写入", "请换到可以写入的位置再试"),
    errno.EACCES: (
        "没有权限写入“{name}”",
        f"请检查文件和文件夹的权限，或关闭正在使用它的程序后再试，{_UNCHANGED}",
    ),
    errno.EISDIR: ("“{name}”是一个文件夹，不是文件", "请移走或改名后再试"),
    errno.ENOTDIR: ("“{name}”的上级不是文件夹，而是一个文件", "请移走那个文件后再试"),
    errno.ENAMETOOLONG: ("“{name}”的文件名太长", "请缩短文件名后再试"),
    errno.EFBIG: ("“{name}”超过了磁盘允许的大小，没有写入", f"请换一个位置再试，{_UNCHANGED}"),
    errno.ENOENT: ("找不到“{name}”", "请检查路径，或从 git 恢复后再试"),
    errno.ELOOP: ("“{name}”是循环的链接", "请删去这个链接后再试"),
}
for _code in (errno.ENOSYS, errno.ENOLCK):
    _SENTENCES[_code] = (
        "“{name}”所在的磁盘不支持文件锁，没有写入",
        "请把数据目录放在本机磁盘上再试",
    )
_SENTENCES[errno.EPERM] = _SENTENCES[errno.EACCES]
_SENTENCES[errno.EEXIST] = _SENTENCES[errno.ENOTDIR]
if hasattr(errno, "EDQUOT"):
    _SENTENCES[errno.EDQUOT] = _SENTENCES[errno.ENOSPC]


@contextmanager
def told(name: str) -> Iterator[None]:
    """Turns an ``OSError`` inside into a ``GaigaiError`` about the file ``name``."""
    try:
        yield
    except OSError as error:
        raise failure(error, name) from error


def failure(error: OSError, name: str) -> GaigaiError:
    """The sentence for ``error``; one that nobody foresaw is named by its code."""
    message, remedy = _SENTENCES.get(
        error.errno or 0,
        ("写入“{name}”失败（系统错误 {code}）", f"请检查磁盘和网络后再试，{_UNCHANGED}"),
    )
    code = errno.errorcode.get(error.errno or 0, str(error.errno))
    return GaigaiError(message.format(name=name, code=code), remedy)
