#!/bin/sh
# Installs what Debian and Ubuntu keep outside Python: through apt when root, else it says the line.
set -eu
python=${1:-python3}
if [ -z "$python" ] || ! "$python" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info < (3, 13))' 2>/dev/null; then
    echo "SpeechRNN needs Python 3.11 or 3.12; name one: make PYTHON=/path/to/python3.11 ..." >&2
    exit 1
fi
missing=""
# Debian ships Python without what `venv` needs.
if ! "$python" -c 'import ensurepip, venv' 2>/dev/null; then
    version=$("$python" -c 'import sys; print("%d.%d" % sys.version_info[:2])')
    missing="$missing python$version-venv"
fi
[ -n "$missing" ] || exit 0
if ! command -v apt-get >/dev/null 2>&1; then
    echo "SpeechRNN needs$missing; install them with your system's package manager" >&2
    exit 1
fi
if [ "$(id -u)" -eq 0 ]; then
    apt-get update -qq
    # shellcheck disable=SC2086
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing
else
    echo "SpeechRNN needs system packages; run: sudo apt-get install$missing" >&2
    exit 1
fi
