# SPDX-License-Identifier: Apache-2.0
"""The C interface as ctypes sees it. Made from commonweal.h by tools/generate_abi.py: do not edit."""

# fmt: off
# ruff: noqa: E501
from __future__ import annotations

import ctypes
from ctypes import POINTER as P
from typing import Any

CW_ABI_VERSION_MAJOR = 0
CW_ABI_VERSION_MINOR = 1
ARROW_FLAG_DICTIONARY_ORDERED = 1
ARROW_FLAG_NULLABLE = 2
ARROW_FLAG_MAP_KEYS_SORTED = 4
CW_STRIDE_CONSTANT = -9223372036854775808
CW_OK = 0
CW_INVALID_ARGUMENT = 1
CW_INVALID_DATA = 2
CW_IO = 3
CW_CANCELLED = 4
CW_NO_MEMORY = 5
CW_INTERNAL = 6
CW_NOTE = 0
CW_WARNING = 1
CW_ERROR = 2
CW_INT64 = 0
CW_FLOAT64 = 1
CW_UTF8 = 2
CW_BOOLEAN = 3
CW_DATE = 4
CW_INT32 = 5
CW_FLOAT32 = 6
CW_STRINGS = 7


class cw_initiative(ctypes.Structure):
    """struct cw_initiative."""


class cw_builder(ctypes.Structure):
    """struct cw_builder."""


class cw_partial(ctypes.Structure):
    """struct cw_partial."""


class cw_table(ctypes.Structure):
    """struct cw_table."""


class cw_buffer(ctypes.Structure):
    """struct cw_buffer."""


class cw_error(ctypes.Structure):
    """struct cw_error."""


class ArrowSchema(ctypes.Structure):
    """struct ArrowSchema."""


class ArrowArray(ctypes.Structure):
    """struct ArrowArray."""


class ArrowArrayStream(ctypes.Structure):
    """struct ArrowArrayStream."""


class cw_text(ctypes.Structure):
    """struct cw_text."""


class cw_progress(ctypes.Structure):
    """struct cw_progress."""


class cw_column(ctypes.Structure):
    """struct cw_column."""


class cw_sample_options(ctypes.Structure):
    """struct cw_sample_options."""


class cw_info(ctypes.Structure):
    """struct cw_info."""


class cw_rollup_options(ctypes.Structure):
    """struct cw_rollup_options."""


class cw_weight(ctypes.Structure):
    """struct cw_weight."""


class cw_analyze_options(ctypes.Structure):
    """struct cw_analyze_options."""


class cw_assess_options(ctypes.Structure):
    """struct cw_assess_options."""


class cw_select_options(ctypes.Structure):
    """struct cw_select_options."""


class cw_report_options(ctypes.Structure):
    """struct cw_report_options."""


class cw_view_options(ctypes.Structure):
    """struct cw_view_options."""


cw_progress_callback = ctypes.CFUNCTYPE(ctypes.c_int32, ctypes.c_void_p, ctypes.c_double, ctypes.c_char_p, ctypes.c_size_t)

cw_log_callback = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_int32, ctypes.c_char_p, ctypes.c_size_t)

ArrowSchema._fields_ = [
    ("format", ctypes.c_char_p),
    ("name", ctypes.c_char_p),
    ("metadata", ctypes.c_char_p),
    ("flags", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("children", P(P(ArrowSchema))),
    ("dictionary", P(ArrowSchema)),
    ("release", ctypes.CFUNCTYPE(None, P(ArrowSchema))),
    ("private_data", ctypes.c_void_p),
]

ArrowArray._fields_ = [
    ("length", ctypes.c_int64),
    ("null_count", ctypes.c_int64),
    ("offset", ctypes.c_int64),
    ("n_buffers", ctypes.c_int64),
    ("n_children", ctypes.c_int64),
    ("buffers", P(ctypes.c_void_p)),
    ("children", P(P(ArrowArray))),
    ("dictionary", P(ArrowArray)),
    ("release", ctypes.CFUNCTYPE(None, P(ArrowArray))),
    ("private_data", ctypes.c_void_p),
]

ArrowArrayStream._fields_ = [
    ("get_schema", ctypes.CFUNCTYPE(ctypes.c_int, P(ArrowArrayStream), P(ArrowSchema))),
    ("get_next", ctypes.CFUNCTYPE(ctypes.c_int, P(ArrowArrayStream), P(ArrowArray))),
    ("get_last_error", ctypes.CFUNCTYPE(ctypes.c_char_p, P(ArrowArrayStream))),
    ("release", ctypes.CFUNCTYPE(None, P(ArrowArrayStream))),
    ("private_data", ctypes.c_void_p),
]

cw_text._fields_ = [
    ("data", ctypes.c_char_p),
    ("size", ctypes.c_size_t),
]

cw_progress._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("tell", cw_progress_callback),
    ("user", ctypes.c_void_p),
    ("log", cw_log_callback),
]

cw_column._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("type", ctypes.c_uint32),
    ("name", cw_text),
    ("data", ctypes.c_void_p),
    ("stride", ctypes.c_int64),
    ("validity", P(ctypes.c_uint8)),
    ("offsets", P(ctypes.c_int64)),
    ("null_count", ctypes.c_int64),
]

cw_sample_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reporters", ctypes.c_uint32),
    ("groups", ctypes.c_uint32),
    ("periods", ctypes.c_uint32),
    ("indicators", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("seed", ctypes.c_uint64),
]

cw_info._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("synthetic", ctypes.c_uint32),
    ("name", cw_text),
    ("title", cw_text),
    ("description", cw_text),
]

cw_rollup_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("indicators", P(cw_text)),
    ("n_indicators", ctypes.c_size_t),
    ("groups", P(cw_text)),
    ("n_groups", ctypes.c_size_t),
    ("every", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
    ("membership", cw_text),
    ("missing", cw_text),
    ("minimum_coverage", ctypes.c_double),
    ("adjustment", ctypes.c_double),
    ("breakdown", cw_text),
    ("progress", P(cw_progress)),
]

cw_weight._fields_ = [
    ("criterion", cw_text),
    ("weight", ctypes.c_double),
]

cw_analyze_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("screen", ctypes.c_uint32),
    ("chart_phases", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("indicators", P(cw_text)),
    ("n_indicators", ctypes.c_size_t),
    ("groups", P(cw_text)),
    ("n_groups", ctypes.c_size_t),
    ("every", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("confidence", ctypes.c_double),
    ("flat", ctypes.c_double),
    ("days", P(cw_text)),
    ("n_days", ctypes.c_size_t),
    ("test", cw_text),
    ("basis", cw_text),
    ("path", cw_text),
    ("chart", cw_text),
    ("rules", P(cw_text)),
    ("n_rules", ctypes.c_size_t),
    ("phases", P(cw_text)),
    ("n_phases", ctypes.c_size_t),
    ("freeze", cw_text),
    ("ghosts", P(cw_text)),
    ("n_ghosts", ctypes.c_size_t),
    ("reporters", P(cw_text)),
    ("n_reporters", ctypes.c_size_t),
    ("show", cw_text),
    ("method", cw_text),
    ("reconcile", cw_text),
    ("by", cw_text),
    ("reference", cw_text),
    ("top", ctypes.c_uint64),
    ("horizon", ctypes.c_uint64),
    ("local", P(cw_table)),
    ("progress", P(cw_progress)),
    ("compare", cw_text),
    ("order", P(cw_text)),
    ("n_order", ctypes.c_size_t),
    ("standard", P(cw_weight)),
    ("n_standard", ctypes.c_size_t),
    ("tolerance", ctypes.c_double),
    ("all", ctypes.c_uint64),
]

cw_assess_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("as_of", cw_text),
    ("compare", cw_text),
    ("only", P(cw_text)),
    ("n_only", ctypes.c_size_t),
    ("policy", cw_text),
    ("rubric", cw_text),
    ("scheme", cw_text),
    ("currency", cw_text),
    ("progress", P(cw_progress)),
]

cw_select_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("weights", P(cw_weight)),
    ("n_weights", ctypes.c_size_t),
    ("seed", ctypes.c_uint64),
    ("deadline", cw_text),
    ("coordination_cost", ctypes.c_double),
    ("as_of", cw_text),
]

cw_report_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("width", ctypes.c_uint32),
    ("as_of", cw_text),
    ("group", cw_text),
    ("flat", ctypes.c_double),
    ("full", ctypes.c_uint32),
    ("ascii", ctypes.c_uint32),
    ("color", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
]

cw_view_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("nodes", P(cw_text)),
    ("n_nodes", ctypes.c_size_t),
    ("edges", P(cw_text)),
    ("n_edges", ctypes.c_size_t),
    ("as_of", cw_text),
    ("compare", cw_text),
    ("sources", ctypes.c_uint64),
    ("seed", ctypes.c_uint64),
    ("progress", P(cw_progress)),
]


def init_cw_progress(**members: Any) -> cw_progress:
    """CW_PROGRESS_INIT, and then the members given."""
    return cw_progress(**{**dict(struct_size=ctypes.sizeof(cw_progress)), **members})


def init_cw_column(**members: Any) -> cw_column:
    """CW_COLUMN_INIT, and then the members given."""
    return cw_column(**{**dict(struct_size=ctypes.sizeof(cw_column), type=0), **members})


def init_cw_sample_options(**members: Any) -> cw_sample_options:
    """CW_SAMPLE_OPTIONS_INIT, and then the members given."""
    return cw_sample_options(**{**dict(struct_size=ctypes.sizeof(cw_sample_options), reporters=200, groups=20, periods=36, indicators=5, seed=1), **members})


def init_cw_info(**members: Any) -> cw_info:
    """CW_INFO_INIT, and then the members given."""
    return cw_info(**{**dict(struct_size=ctypes.sizeof(cw_info)), **members})


def init_cw_rollup_options(**members: Any) -> cw_rollup_options:
    """CW_ROLLUP_OPTIONS_INIT, and then the members given."""
    return cw_rollup_options(**{**dict(struct_size=ctypes.sizeof(cw_rollup_options), minimum_coverage=0.75, adjustment=0.25), **members})


def init_cw_analyze_options(**members: Any) -> cw_analyze_options:
    """CW_ANALYZE_OPTIONS_INIT, and then the members given."""
    return cw_analyze_options(**{**dict(struct_size=ctypes.sizeof(cw_analyze_options), confidence=0.95, tolerance=0.5), **members})


def init_cw_assess_options(**members: Any) -> cw_assess_options:
    """CW_ASSESS_OPTIONS_INIT, and then the members given."""
    return cw_assess_options(**{**dict(struct_size=ctypes.sizeof(cw_assess_options)), **members})


def init_cw_select_options(**members: Any) -> cw_select_options:
    """CW_SELECT_OPTIONS_INIT, and then the members given."""
    return cw_select_options(**{**dict(struct_size=ctypes.sizeof(cw_select_options), seed=1), **members})


def init_cw_report_options(**members: Any) -> cw_report_options:
    """CW_REPORT_OPTIONS_INIT, and then the members given."""
    return cw_report_options(**{**dict(struct_size=ctypes.sizeof(cw_report_options), width=80, flat=0.005), **members})


def init_cw_view_options(**members: Any) -> cw_view_options:
    """CW_VIEW_OPTIONS_INIT, and then the members given."""
    return cw_view_options(**{**dict(struct_size=ctypes.sizeof(cw_view_options), seed=1), **members})


FUNCTIONS: dict[str, tuple[Any, list[Any]]] = {
    "cw_abi_version": (ctypes.c_uint32, []),
    "cw_version": (ctypes.c_char_p, []),
    "cw_status_name": (ctypes.c_char_p, [ctypes.c_int32]),
    "cw_suggest": (ctypes.c_int32, [ctypes.c_char_p, ctypes.c_size_t, P(cw_text), ctypes.c_size_t, P(P(cw_buffer)), P(P(cw_error))]),
    "cw_error_free": (None, [P(cw_error)]),
    "cw_error_status": (ctypes.c_int32, [P(cw_error)]),
    "cw_error_code": (ctypes.c_char_p, [P(cw_error)]),
    "cw_error_message": (ctypes.c_char_p, [P(cw_error)]),
    "cw_error_file": (ctypes.c_char_p, [P(cw_error)]),
    "cw_error_field": (ctypes.c_char_p, [P(cw_error)]),
    "cw_error_record": (ctypes.c_char_p, [P(cw_error)]),
    "cw_error_row": (ctypes.c_int64, [P(cw_error)]),
    "cw_error_diagnostics": (ctypes.c_int32, [P(cw_error), P(P(cw_table)), P(P(cw_error))]),
    "cw_buffer_free": (None, [P(cw_buffer)]),
    "cw_buffer_data": (ctypes.c_void_p, [P(cw_buffer)]),
    "cw_buffer_size": (ctypes.c_size_t, [P(cw_buffer)]),
    "cw_table_free": (None, [P(cw_table)]),
    "cw_table_from_columns": (ctypes.c_int32, [P(cw_column), ctypes.c_size_t, ctypes.c_int64, P(P(cw_table)), P(P(cw_error))]),
    "cw_table_import": (ctypes.c_int32, [P(ArrowArrayStream), P(P(cw_table)), P(P(cw_error))]),
    "cw_table_import_array": (ctypes.c_int32, [P(ArrowArray), P(ArrowSchema), P(P(cw_table)), P(P(cw_error))]),
    "cw_table_export": (ctypes.c_int32, [P(cw_table), P(ArrowArrayStream), P(P(cw_error))]),
    "cw_table_export_as": (ctypes.c_int32, [P(cw_table), P(ArrowSchema), P(ArrowArrayStream), P(P(cw_error))]),
    "cw_table_rows": (ctypes.c_int32, [P(cw_table), P(ctypes.c_int64), P(P(cw_error))]),
    "cw_table_column_count": (ctypes.c_int32, [P(cw_table), P(ctypes.c_int64), P(P(cw_error))]),
    "cw_table_column": (ctypes.c_int32, [P(cw_table), ctypes.c_int64, P(cw_column), P(P(cw_error))]),
    "cw_table_find": (ctypes.c_int32, [P(cw_table), ctypes.c_char_p, ctypes.c_size_t, P(ctypes.c_int64), P(P(cw_error))]),
    "cw_column_is_context": (ctypes.c_int32, [ctypes.c_char_p, ctypes.c_size_t, P(ctypes.c_int64), P(P(cw_error))]),
    "cw_table_csv": (ctypes.c_int32, [P(cw_table), P(P(cw_buffer)), P(P(cw_error))]),
    "cw_initiative_free": (None, [P(cw_initiative)]),
    "cw_load": (ctypes.c_int32, [ctypes.c_char_p, ctypes.c_size_t, P(cw_progress), P(P(cw_initiative)), P(P(cw_error))]),
    "cw_check": (ctypes.c_int32, [ctypes.c_char_p, ctypes.c_size_t, P(cw_progress), P(P(cw_table)), P(P(cw_error))]),
    "cw_unpack": (ctypes.c_int32, [ctypes.c_void_p, ctypes.c_size_t, P(P(cw_initiative)), P(P(cw_error))]),
    "cw_pack": (ctypes.c_int32, [P(cw_initiative), P(P(cw_buffer)), P(P(cw_error))]),
    "cw_save": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(P(cw_error))]),
    "cw_write_folder": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(cw_progress), P(P(cw_error))]),
    "cw_sample": (ctypes.c_int32, [ctypes.c_char_p, ctypes.c_size_t, P(cw_sample_options), P(cw_progress), P(P(cw_error))]),
    "cw_builder_free": (None, [P(cw_builder)]),
    "cw_builder_new": (ctypes.c_int32, [P(P(cw_builder)), P(P(cw_error))]),
    "cw_builder_from": (ctypes.c_int32, [P(cw_initiative), P(P(cw_builder)), P(P(cw_error))]),
    "cw_builder_set_info": (ctypes.c_int32, [P(cw_builder), P(cw_info), P(P(cw_error))]),
    "cw_builder_add_table": (ctypes.c_int32, [P(cw_builder), ctypes.c_char_p, ctypes.c_size_t, P(cw_table), P(P(cw_error))]),
    "cw_builder_add_stream": (ctypes.c_int32, [P(cw_builder), ctypes.c_char_p, ctypes.c_size_t, P(ArrowArrayStream), P(P(cw_error))]),
    "cw_builder_remove": (ctypes.c_int32, [P(cw_builder), ctypes.c_char_p, ctypes.c_size_t, P(P(cw_error))]),
    "cw_builder_finish": (ctypes.c_int32, [P(cw_builder), P(P(cw_initiative)), P(P(cw_error))]),
    "cw_initiative_diagnostics": (ctypes.c_int32, [P(cw_initiative), P(P(cw_table)), P(P(cw_error))]),
    "cw_initiative_check": (ctypes.c_int32, [P(cw_initiative), P(P(cw_table)), P(P(cw_error))]),
    "cw_initiative_info": (ctypes.c_int32, [P(cw_initiative), P(P(cw_table)), P(P(cw_error))]),
    "cw_initiative_summary": (ctypes.c_int32, [P(cw_initiative), P(P(cw_table)), P(P(cw_error))]),
    "cw_initiative_tables": (ctypes.c_int32, [P(cw_initiative), P(P(cw_table)), P(P(cw_error))]),
    "cw_initiative_table": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(P(cw_table)), P(P(cw_error))]),
    "cw_initiative_indicators": (ctypes.c_int32, [P(cw_initiative), P(P(cw_table)), P(P(cw_error))]),
    "cw_rollup": (ctypes.c_int32, [P(cw_initiative), P(cw_rollup_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_explain": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, ctypes.c_char_p, ctypes.c_size_t, P(cw_rollup_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_partial_free": (None, [P(cw_partial)]),
    "cw_partial_new": (ctypes.c_int32, [P(cw_initiative), P(cw_rollup_options), P(P(cw_partial)), P(P(cw_error))]),
    "cw_partial_update": (ctypes.c_int32, [P(cw_partial), P(cw_table), P(P(cw_error))]),
    "cw_partial_update_stream": (ctypes.c_int32, [P(cw_partial), P(ArrowArrayStream), P(P(cw_error))]),
    "cw_partial_merge": (ctypes.c_int32, [P(cw_partial), P(cw_partial), P(P(cw_error))]),
    "cw_partial_serialize": (ctypes.c_int32, [P(cw_partial), P(P(cw_buffer)), P(P(cw_error))]),
    "cw_partial_deserialize": (ctypes.c_int32, [P(cw_initiative), ctypes.c_void_p, ctypes.c_size_t, P(P(cw_partial)), P(P(cw_error))]),
    "cw_partial_finish": (ctypes.c_int32, [P(cw_partial), P(cw_progress), P(P(cw_table)), P(P(cw_error))]),
    "cw_analyze": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(cw_analyze_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_default_day": (ctypes.c_int32, [P(cw_initiative), P(P(cw_table)), P(P(cw_error))]),
    "cw_lint": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(P(cw_table)), P(P(cw_error))]),
    "cw_assess": (ctypes.c_int32, [P(cw_initiative), P(cw_assess_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_duration": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(P(cw_table)), P(P(cw_error))]),
    "cw_select": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(cw_select_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_catalogue": (ctypes.c_int32, [ctypes.c_char_p, ctypes.c_size_t, P(P(cw_table)), P(P(cw_error))]),
    "cw_report": (ctypes.c_int32, [P(cw_initiative), P(cw_report_options), P(P(cw_buffer)), P(P(cw_error))]),
    "cw_report_tables": (ctypes.c_int32, [P(cw_initiative), P(cw_report_options), ctypes.c_char_p, ctypes.c_size_t, P(P(cw_table)), P(P(cw_error))]),
    "cw_structure": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(cw_view_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_graph": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(cw_view_options), P(P(cw_buffer)), P(P(cw_error))]),
}


def declare(library: Any) -> None:
    """Tell ctypes what each function takes and gives; AttributeError where the library lacks one."""
    for name, (returns, takes) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype = returns
        function.argtypes = takes
