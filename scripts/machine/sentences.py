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
    "reproducing": (
        "building with Python {python}, as {setting}",
        "用 Python {python} 构建，环境：{setting}",
    ),
    "equal": (
        "{count} builds, {files} files each: all bytes are equal",
        "构建 {count} 次，每次 {files} 个文件：逐字节相同",
    ),
    "unequal": (
        "{count} builds, {files} files each: not all bytes are equal, see above",
        "构建 {count} 次，每次 {files} 个文件：有不相同之处，详见上文",
    ),
    "no-version": (
        "give the release a version: make release VERSION=1.0.0",
        "请给出版本号：make release VERSION=1.0.0",
    ),
    "bad-version": (
        "{version} is no version of Semantic Versioning, such as 1.0.0 or 1.1.0-rc.1",
        "{version} 不是语义化版本号，例如 1.0.0 或 1.1.0-rc.1",
    ),
    "no-sources": (
        "there is nothing to release: name sources with SOURCES=…",
        "没有可发布的书稿：请用 SOURCES=… 指定",
    ),
    "no-checkout": (
        "a release needs git and a checkout: it names the commit that it was made of",
        "发布需要 git 仓库：发布记录要写明所用的提交",
    ),
    "dirty": (
        "commit or put away these changes first, or nobody could make the same bytes:"
        "\n{changes}",
        "请先提交或撤去这些改动，否则无人能做出相同的文件：\n{changes}",
    ),
    "tag-elsewhere": (
        "the tag {tag} names another commit: take a new version, or check it out",
        "标签 {tag} 指向另一个提交：请另取版本号，或检出那个提交",
    ),
    "building": ("the build", "构建"),
    "checking": ("the check", "检验"),
    "auditing": ("the audit", "校核"),
    "refused": (
        "no release: {stage} failed, see above; {folder} is as it was",
        "未发布：{stage}未通过，详见上文；{folder} 未改动",
    ),
    "released": (
        "{folder} holds {count} files of release {version}",
        "{folder} 中有 {version} 版的 {count} 个文件",
    ),
    "trying": (
        "trying {package} in an empty environment",
        "在空环境中试装 {package}",
    ),
    "vulnerable": (
        "{count} packages have known vulnerabilities: run make lock OPTIONS=--upgrade",
        "{count} 个软件包有已知漏洞：请运行 make lock OPTIONS=--upgrade",
    ),
    "not-looked-up": (
        "{count} of {total} packages could not be looked up: that is no clean result."
        " Run this where the service of vulnerabilities can be reached",
        "{total} 个软件包中有 {count} 个未能查询，不能算通过。"
        "请在能访问漏洞库的机器上运行",
    ),
    "not-vulnerable": (
        "{count} packages: no known vulnerability",
        "{count} 个软件包：没有已知漏洞",
    ),
    "faults": (
        "{good} of {count} times all was whole, and the next build right",
        "{count} 次中有 {good} 次一切完好，且下一次构建正确",
    ),
    "no-advisories": (
        "the vulnerabilities could not be looked up: {reason}",
        "未能查询漏洞：{reason}",
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
