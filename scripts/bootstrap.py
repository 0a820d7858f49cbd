"""Make this machine ready for ``make book`` and ``make test``.

Run it with any Python 3: what it needs and lacks, it installs or names. This
file, and what it imports at the top, must stay readable for Python 3.6, or an
old Python could not even say that it is too old.
"""

import subprocess
import sys

from machine import interpreter
from machine.sentences import tell


def main() -> int:
    interpreter.ensure_supported()
    from machine.workshop import prepare

    try:
        prepare(sys.argv[1] if sys.argv[1:] else "book")
    except subprocess.CalledProcessError as problem:
        tell("failed", command=" ".join(map(str, problem.cmd)))
        return 1
    except OSError as problem:
        tell("hindered", problem=problem)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
