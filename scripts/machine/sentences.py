"""What the preparation says, in English and in Chinese.

The catalogue of Keben itself needs Python 3.11; this one speaks on Python 3.6.
"""

import os
import sys

SENTENCES = {
    "ready": (
        "ready: .venv is as the lock file says",
        "就绪：.venv 与锁定文件一致",
    ),
    "remaking": (
        ".venv is unfinished, or made for another Python or folder: making it anew",
        ".venv 不完整，或是为别的 Python 或目录建的：重新建立",
    ),
    "making": (
        "making .venv with Python {version}, by {way}",
        "正在用 Python {version} 建立 .venv，方法：{way}",
    ),
    "way.venv": ("the venv module", "venv 模块"),
    "way.virtualenv": (
        "the virtualenv program, since the venv module lacks ensurepip",
        "virtualenv 程序（venv 模块缺少 ensurepip）",
    ),
    "way.pip": (
        "the pip of the system, since the venv module lacks ensurepip",
        "系统的 pip（venv 模块缺少 ensurepip）",
    ),
    "locked": (
        "installing the {count} packages of {lock}; the first time takes a minute",
        "正在安装 {lock} 中的 {count} 个软件包；第一次约需一分钟",
    ),
    "npm": (
        "installing the reading systems of {lock} by npm; this takes half a minute",
        "正在用 npm 安装 {lock} 中的阅读器；约需半分钟",
    ),
    "project": (
        "installing Keben itself into .venv",
        "正在把刻本装入 .venv",
    ),
    "supplying": (
        "missing on this machine: {needs}; running: {command}",
        "本机缺少：{needs}；正在运行：{command}",
    ),
    "missing": (
        "missing on this machine: {needs}\nRun this, then the same make again:\n\n"
        "    {command}\n",
        "本机缺少：{needs}\n请先运行下面的命令，再重新 make：\n\n    {command}\n",
    ),
    "unknown-manager": (
        "missing on this machine: {needs}\nNone of {managers} is here to install "
        "that; install it in your system's way, then make again.",
        "本机缺少：{needs}\n这里没有 {managers} 可以安装；"
        "请按您的系统的方式装好，再重新 make。",
    ),
    "still-missing": (
        "installed, and yet Python {version} ({python}) does not find: {needs}\n"
        "Its own package manager may be another one; try: make PYTHON=/usr/bin/python3",
        "已经安装，但 Python {version}（{python}）仍找不到：{needs}\n"
        "它可能属于另一个包管理器；请试：make PYTHON=/usr/bin/python3",
    ),
    "other-python": (
        "Python {version} does not fit, {path} does: going on with that",
        "Python {version} 不合用，改用 {path}",
    ),
    "old-python": (
        "Keben needs Python {oldest} or newer, and this is Python {version}.\n"
        "Run this, then the same make again:\n\n    {command}\n",
        "刻本需要 Python {oldest} 或更新的版本，这里是 Python {version}。\n"
        "请先运行下面的命令，再重新 make：\n\n    {command}\n",
    ),
    "failed": (
        "this command failed, see above: {command}",
        "这条命令失败了，详见上文：{command}",
    ),
    "hindered": (
        "the system does not allow it: {problem}",
        "系统不允许：{problem}",
    ),
}


def say(key: str, **values: object) -> str:
    return SENTENCES[key][_speaks_chinese()].format(**values)


def tell(key: str, **values: object) -> None:
    # Standard error writes any character, in whatever encoding the terminal has.
    print("keben: " + say(key, **values), file=sys.stderr, flush=True)


def _speaks_chinese() -> bool:
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    chosen = [os.environ[name] for name in names if os.environ.get(name)]
    return bool(chosen) and chosen[0].lower().startswith("zh")
