"""Libraries that come inside the wheels of others, which no list of Python packages names.

`papers.py` refuses to go on where a wheel brings a library that no line here matches: what is passed on is
known.
"""

from __future__ import annotations

import fnmatch
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Part:
    """A library, or several of one project.

    Attributes:
        pattern: of its file's name.
        name: of the project.
        licence: by SPDX; GPL and LGPL parts oblige whoever passes them on to give their source, too.
        source: where its source is.
    """

    pattern: str
    name: str
    licence: str
    source: str


PARTS = (
    # Built with --enable-gpl and --enable-version3.
    Part("libav*", "FFmpeg", "GPL-3.0-or-later", "https://ffmpeg.org"),
    Part("libsw*", "FFmpeg", "GPL-3.0-or-later", "https://ffmpeg.org"),
    Part("libx264*", "x264", "GPL-2.0-or-later", "https://code.videolan.org/videolan/x264"),
    Part("libx265*", "x265", "GPL-2.0-or-later", "https://bitbucket.org/multicoreware/x265_git"),
    Part("libSvtAv1Enc*", "SVT-AV1", "BSD-3-Clause-Clear", "https://gitlab.com/AOMediaCodec/SVT-AV1"),
    Part("libdav1d*", "dav1d", "BSD-2-Clause", "https://code.videolan.org/videolan/dav1d"),
    Part("libvpx*", "libvpx", "BSD-3-Clause", "https://chromium.googlesource.com/webm/libvpx"),
    Part("libvpl*", "libvpl", "MIT", "https://github.com/intel/libvpl"),
    Part("libwebp*", "libwebp", "BSD-3-Clause", "https://chromium.googlesource.com/webm/libwebp"),
    Part("libsharpyuv*", "libwebp", "BSD-3-Clause", "https://chromium.googlesource.com/webm/libwebp"),
    Part("libopus*", "Opus", "BSD-3-Clause", "https://opus-codec.org"),
    Part("libmp3lame*", "LAME", "LGPL-2.0-or-later", "https://lame.sourceforge.io"),
    Part("libopencore*", "OpenCORE AMR", "Apache-2.0", "https://sourceforge.net/projects/opencore-amr"),
    Part("libgnutls*", "GnuTLS", "LGPL-2.1-or-later", "https://gnutls.org"),
    Part("libgmp*", "GMP", "LGPL-3.0-or-later", "https://gmplib.org"),
    Part("libnettle*", "Nettle", "LGPL-3.0-or-later", "https://www.lysator.liu.se/~nisse/nettle"),
    Part("libhogweed*", "Nettle", "LGPL-3.0-or-later", "https://www.lysator.liu.se/~nisse/nettle"),
    Part("libunistring*", "libunistring", "LGPL-3.0-or-later", "https://www.gnu.org/software/libunistring"),
    Part("libdrm*", "libdrm", "MIT", "https://gitlab.freedesktop.org/mesa/drm"),
    Part("libxcb*", "libxcb", "X11", "https://gitlab.freedesktop.org/xorg/lib/libxcb"),
    Part("libXau*", "libXau", "MIT-open-group", "https://gitlab.freedesktop.org/xorg/lib/libxau"),
    Part("libasound*", "ALSA", "LGPL-2.1-or-later", "https://www.alsa-project.org"),
    Part("libsndfile*", "libsndfile", "LGPL-2.1-or-later", "https://libsndfile.github.io/libsndfile"),
    Part("libflashlight-text*", "Flashlight Text", "MIT", "https://github.com/flashlight/text"),
    Part("libkenlm*", "KenLM", "LGPL-2.1-or-later", "https://github.com/kpu/kenlm"),
    Part("libscipy_openblas*", "OpenBLAS", "BSD-3-Clause", "https://www.openblas.net"),
    Part("libgfortran*", "GCC's libraries", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"),
    Part("libquadmath*", "GCC's libraries", "LGPL-2.1-or-later", "https://gcc.gnu.org"),
    Part("libgomp*", "GCC's libraries", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"),
    Part("libgcc_s*", "GCC's libraries", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"),
    Part("libstdc++*", "GCC's libraries", "GPL-3.0-or-later WITH GCC-exception-3.1", "https://gcc.gnu.org"),
    Part("libicu*", "ICU", "Unicode-3.0", "https://icu.unicode.org"),
    Part("libQt6*", "Qt", "LGPL-3.0-only", "https://download.qt.io"),
    Part("libportaudio*", "PortAudio", "MIT", "https://www.portaudio.com"),
    Part("libtorch*", "PyTorch", "BSD-3-Clause", "https://github.com/pytorch/pytorch"),
    Part("libc10*", "PyTorch", "BSD-3-Clause", "https://github.com/pytorch/pytorch"),
    Part("libshm*", "PyTorch", "BSD-3-Clause", "https://github.com/pytorch/pytorch"),
    Part("libpyside6*", "Qt for Python", "LGPL-3.0-only", "https://download.qt.io"),
    Part("libshiboken6*", "Qt for Python", "LGPL-3.0-only", "https://download.qt.io"),
)


def part_of(file_name: str) -> Part | None:
    """The project that a library is of; None where nobody has written it down."""
    return next((part for part in PARTS if fnmatch.fnmatchcase(file_name, part.pattern)), None)
