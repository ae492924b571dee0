#!/bin/sh
# Sees that what lies outside Python is there: system-packages.sh PYTHON [run|test|package]
# Debian and Ubuntu: installs what is missing through apt when root, else says the line. Elsewhere it says the
# names. Only Python is a must; without the rest the window, the microphone or some tests do not work.
set -eu
python=${1:-python3}
purpose=${2:-run}

# install WHO PACKAGE...: whether they are there afterwards.
install() {
    who=$1
    shift
    if ! command -v apt-get >/dev/null 2>&1; then
        echo "$who needs (by Debian's names): $*; install that with your system's package manager" >&2
        return 1
    fi
    if [ "$(id -u)" -ne 0 ]; then
        echo "$who needs system packages; run: sudo apt-get install $*" >&2
        return 1
    fi
    apt-get update -qq || true # a mirror may be away, and yet the packages be at hand
    if ! DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@"; then
        echo "$who needs system packages that could not be installed; run: apt-get install $*" >&2
        return 1
    fi
}

# One call, since some installations of Python are slow to start. Debian ships Python without what `venv` needs;
# the libraries are what Qt loads for a window under X11 or Wayland, and the two ways to sound.
missing=$("$python" - <<'END'
import ctypes
import sys

if not (3, 11) <= sys.version_info < (3, 13):
    sys.exit(1)
try:
    import ensurepip
    import venv
except ImportError:
    print("python%d.%d-venv" % sys.version_info[:2])
LIBRARIES = """
libEGL.so.1 libegl1
libGL.so.1 libgl1
libX11-xcb.so.1 libx11-xcb1
libdbus-1.so.3 libdbus-1-3
libfontconfig.so.1 libfontconfig1
libglib-2.0.so.0 libglib2.0-0
libportaudio.so.2 libportaudio2
libpulse.so.0 libpulse0
libwayland-cursor.so.0 libwayland-cursor0
libxcb-cursor.so.0 libxcb-cursor0
libxcb-icccm.so.4 libxcb-icccm4
libxcb-image.so.0 libxcb-image0
libxcb-keysyms.so.1 libxcb-keysyms1
libxcb-randr.so.0 libxcb-randr0
libxcb-render-util.so.0 libxcb-render-util0
libxcb-shape.so.0 libxcb-shape0
libxcb-sync.so.1 libxcb-sync1
libxcb-xfixes.so.0 libxcb-xfixes0
libxcb-xkb.so.1 libxcb-xkb1
libxkbcommon-x11.so.0 libxkbcommon-x11-0
"""
if sys.platform == "linux":
    for line in LIBRARIES.split("\n"):
        library, _, package = line.partition(" ")
        try:
            library and ctypes.CDLL(library)
        except OSError:
            print(package)
END
) 2>/dev/null || {
    echo "SpeechRNN needs Python 3.11 or 3.12; name one: make PYTHON=/path/to/python3.11 ..." >&2
    exit 1
}
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    install SpeechRNN $missing || case $missing in
    *-venv*) exit 1 ;;
    *) echo "until then the window or the microphone may not work" >&2 ;;
    esac
fi
if [ "$purpose" = run ] || [ "$(uname -s)" != Linux ]; then
    exit 0
fi

# The virtual sound card of the tests, and the voice that speaks into it.
missing=""
for pair in pulseaudio:pulseaudio pactl:pulseaudio-utils espeak-ng:espeak-ng; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || missing="$missing ${pair#*:}"
done
case $(ls /usr/lib*/alsa-lib /usr/lib/*/alsa-lib 2>/dev/null) in
*libasound_module_pcm_pulse.so*) ;;
*) missing="$missing libasound2-plugins" ;;
esac
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    install "The virtual sound card" $missing || echo "tests that need it are skipped" >&2
fi
if [ "$purpose" != package ]; then
    exit 0
fi

# What packages are made with, and proved on: a clean Debian, a screen that nobody sees.
missing=""
for pair in objdump:binutils xz:xz-utils git:git appstreamcli:appstream \
    desktop-file-validate:desktop-file-utils debootstrap:debootstrap Xvfb:xvfb import:imagemagick \
    xwininfo:x11-utils pgrep:procps; do
    command -v "${pair%%:*}" >/dev/null 2>&1 || [ -x "/usr/sbin/${pair%%:*}" ] || missing="$missing ${pair#*:}"
done
# Libraries that parts of Qt load: a .deb depends on the packages that have them here.
for library in libwayland-egl.so.1; do
    ldconfig -p 2>/dev/null | grep -q "$library" || /sbin/ldconfig -p | grep -q "$library" || missing="$missing libwayland-egl1"
done
if [ -n "$missing" ]; then
    # shellcheck disable=SC2086
    install "Making packages" $missing || exit 1
fi
