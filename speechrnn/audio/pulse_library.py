"""The part of libpulse that is used here, as ctypes sees it.

libpulse is on every Linux desktop, since browsers need it, and speaks to PulseAudio and to PipeWire alike.
Its interface has been stable since version 1.0. Names, numbers and layouts are those of its header files.
"""

from __future__ import annotations

import ctypes
import functools
from ctypes import POINTER, Structure, c_char_p, c_int, c_size_t, c_uint8, c_uint32, c_uint64, c_void_p

CONTEXT_READY, CONTEXT_FAILED, CONTEXT_TERMINATED = 4, 5, 6
STREAM_CREATING, STREAM_READY = 1, 2
OPERATION_RUNNING = 0
NO_AUTOSPAWN = 0x1
INTERPOLATE_TIMING, AUTO_TIMING_UPDATE = 0x2, 0x8
FIX_RATE, FIX_CHANNELS = 0x80, 0x100
DONT_MOVE, ADJUST_LATENCY = 0x200, 0x2000
FLOAT32LE = 5
INVALID_INDEX = 0xFFFF_FFFF
DEFAULT = 0xFFFF_FFFF  # of a buffer's size: as the server likes
SEEK_RELATIVE = 0

_MOST_CHANNELS = 32


class SampleSpec(Structure):
    """pa_sample_spec"""

    _fields_ = (("format", c_int), ("rate", c_uint32), ("channels", c_uint8))


class BufferAttr(Structure):
    """pa_buffer_attr"""

    _fields_ = (
        ("maxlength", c_uint32),
        ("tlength", c_uint32),
        ("prebuf", c_uint32),
        ("minreq", c_uint32),
        ("fragsize", c_uint32),
    )


class _ChannelMap(Structure):
    _fields_ = (("channels", c_uint8), ("map", c_int * _MOST_CHANNELS))


class _Volume(Structure):
    _fields_ = (("channels", c_uint8), ("values", c_uint32 * _MOST_CHANNELS))


class DeviceInfo(Structure):
    """How pa_source_info and pa_sink_info begin; more follows that is not looked at."""

    _fields_ = (
        ("name", c_char_p),
        ("index", c_uint32),
        ("description", c_char_p),
        ("sample_spec", SampleSpec),
        ("channel_map", _ChannelMap),
        ("owner_module", c_uint32),
        ("volume", _Volume),
        ("mute", c_int),
        ("monitor", c_uint32),  # of a source: the sink that it listens to, or INVALID_INDEX
    )


class ServerInfo(Structure):
    """How pa_server_info begins."""

    _fields_ = (
        ("user_name", c_char_p),
        ("host_name", c_char_p),
        ("server_version", c_char_p),
        ("server_name", c_char_p),
        ("sample_spec", SampleSpec),
        ("default_sink_name", c_char_p),
        ("default_source_name", c_char_p),
    )


# context, info, end of list (1, or below 0 for an error), user data
DeviceInfoCallback = ctypes.CFUNCTYPE(None, c_void_p, POINTER(DeviceInfo), c_int, c_void_p)
ServerInfoCallback = ctypes.CFUNCTYPE(None, c_void_p, POINTER(ServerInfo), c_void_p)

_FUNCTIONS: dict[str, tuple[object, tuple[object, ...]]] = {
    "pa_strerror": (c_char_p, (c_int,)),
    "pa_mainloop_new": (c_void_p, ()),
    "pa_mainloop_free": (None, (c_void_p,)),
    "pa_mainloop_get_api": (c_void_p, (c_void_p,)),
    "pa_mainloop_prepare": (c_int, (c_void_p, c_int)),
    "pa_mainloop_poll": (c_int, (c_void_p,)),
    "pa_mainloop_dispatch": (c_int, (c_void_p,)),
    "pa_context_new": (c_void_p, (c_void_p, c_char_p)),
    "pa_context_connect": (c_int, (c_void_p, c_char_p, c_int, c_void_p)),
    "pa_context_disconnect": (None, (c_void_p,)),
    "pa_context_unref": (None, (c_void_p,)),
    "pa_context_get_state": (c_int, (c_void_p,)),
    "pa_context_errno": (c_int, (c_void_p,)),
    "pa_context_get_source_info_list": (c_void_p, (c_void_p, DeviceInfoCallback, c_void_p)),
    "pa_context_get_sink_info_list": (c_void_p, (c_void_p, DeviceInfoCallback, c_void_p)),
    "pa_context_get_server_info": (c_void_p, (c_void_p, ServerInfoCallback, c_void_p)),
    "pa_operation_get_state": (c_int, (c_void_p,)),
    "pa_operation_cancel": (None, (c_void_p,)),
    "pa_operation_unref": (None, (c_void_p,)),
    "pa_stream_new": (c_void_p, (c_void_p, c_char_p, POINTER(SampleSpec), c_void_p)),
    "pa_stream_connect_record": (c_int, (c_void_p, c_char_p, POINTER(BufferAttr), c_int)),
    "pa_stream_connect_playback": (
        c_int,
        (c_void_p, c_char_p, POINTER(BufferAttr), c_int, c_void_p, c_void_p),
    ),
    "pa_stream_disconnect": (c_int, (c_void_p,)),
    "pa_stream_unref": (None, (c_void_p,)),
    "pa_stream_get_state": (c_int, (c_void_p,)),
    "pa_stream_get_sample_spec": (POINTER(SampleSpec), (c_void_p,)),
    "pa_stream_get_buffer_attr": (POINTER(BufferAttr), (c_void_p,)),
    "pa_stream_get_latency": (c_int, (c_void_p, POINTER(c_uint64), POINTER(c_int))),
    "pa_stream_readable_size": (c_size_t, (c_void_p,)),
    "pa_stream_peek": (c_int, (c_void_p, POINTER(c_void_p), POINTER(c_size_t))),
    "pa_stream_drop": (c_int, (c_void_p,)),
    "pa_stream_writable_size": (c_size_t, (c_void_p,)),
    "pa_stream_write": (c_int, (c_void_p, c_char_p, c_size_t, c_void_p, ctypes.c_int64, c_int)),
    "pa_stream_flush": (c_void_p, (c_void_p, c_void_p, c_void_p)),
}


@functools.cache
def libpulse() -> ctypes.CDLL | None:
    """The library with the types of its functions told; None where it is not installed."""
    try:
        library = ctypes.CDLL("libpulse.so.0")
    except OSError:
        return None
    for name, (result, arguments) in _FUNCTIONS.items():
        function = getattr(library, name)
        function.restype, function.argtypes = result, arguments
    return library
