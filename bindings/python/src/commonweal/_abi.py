# SPDX-License-Identifier: Apache-2.0
"""The C interface as ctypes sees it. Made from commonweal.h by tools/generate_abi.py: do not edit."""

# fmt: off
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


class cw_explain_options(ctypes.Structure):
    """struct cw_explain_options."""


class cw_weight(ctypes.Structure):
    """struct cw_weight."""


class cw_trend_options(ctypes.Structure):
    """struct cw_trend_options."""


class cw_card_options(ctypes.Structure):
    """struct cw_card_options."""


class cw_target_options(ctypes.Structure):
    """struct cw_target_options."""


class cw_chart_options(ctypes.Structure):
    """struct cw_chart_options."""


class cw_summary_options(ctypes.Structure):
    """struct cw_summary_options."""


class cw_forecast_options(ctypes.Structure):
    """struct cw_forecast_options."""


class cw_quality_options(ctypes.Structure):
    """struct cw_quality_options."""


class cw_contributions_options(ctypes.Structure):
    """struct cw_contributions_options."""


class cw_group_contributions_options(ctypes.Structure):
    """struct cw_group_contributions_options."""


class cw_gaps_options(ctypes.Structure):
    """struct cw_gaps_options."""


class cw_equity_options(ctypes.Structure):
    """struct cw_equity_options."""


class cw_standardized_options(ctypes.Structure):
    """struct cw_standardized_options."""


class cw_reversals_options(ctypes.Structure):
    """struct cw_reversals_options."""


class cw_breakdowns_options(ctypes.Structure):
    """struct cw_breakdowns_options."""


class cw_harmonize_options(ctypes.Structure):
    """struct cw_harmonize_options."""


class cw_assess_options(ctypes.Structure):
    """struct cw_assess_options."""


class cw_select_options(ctypes.Structure):
    """struct cw_select_options."""


class cw_report_options(ctypes.Structure):
    """struct cw_report_options."""


class cw_structure_options(ctypes.Structure):
    """struct cw_structure_options."""


class cw_export_options(ctypes.Structure):
    """struct cw_export_options."""


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
    ("reserved", ctypes.c_uint32),
    ("reporters", ctypes.c_uint64),
    ("groups", ctypes.c_uint64),
    ("periods", ctypes.c_uint64),
    ("indicators", ctypes.c_uint64),
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
    ("progress", P(cw_progress)),
    ("indicator", P(cw_text)),
    ("n_indicator", ctypes.c_size_t),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("every", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
    ("membership", cw_text),
    ("missing", cw_text),
    ("minimum_coverage", ctypes.c_double),
    ("adjustment", ctypes.c_double),
    ("breakdown", cw_text),
]

cw_explain_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("group", cw_text),
    ("indicator", cw_text),
    ("period", cw_text),
    ("as_of", cw_text),
    ("membership", cw_text),
    ("missing", cw_text),
    ("minimum_coverage", ctypes.c_double),
    ("adjustment", ctypes.c_double),
    ("breakdown", cw_text),
]

cw_weight._fields_ = [
    ("name", cw_text),
    ("weight", ctypes.c_double),
]

cw_trend_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", P(cw_text)),
    ("n_indicator", ctypes.c_size_t),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("reporter", P(cw_text)),
    ("n_reporter", ctypes.c_size_t),
    ("every", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
    ("confidence", ctypes.c_double),
    ("test", cw_text),
]

cw_card_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", P(cw_text)),
    ("n_indicator", ctypes.c_size_t),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("reporter", P(cw_text)),
    ("n_reporter", ctypes.c_size_t),
    ("every", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", P(cw_text)),
    ("n_as_of", ctypes.c_size_t),
    ("confidence", ctypes.c_double),
    ("flat", ctypes.c_double),
    ("basis", cw_text),
]

cw_target_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", P(cw_text)),
    ("n_indicator", ctypes.c_size_t),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("reporter", P(cw_text)),
    ("n_reporter", ctypes.c_size_t),
    ("every", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
    ("confidence", ctypes.c_double),
    ("path", cw_text),
]

cw_chart_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", P(cw_text)),
    ("n_indicator", ctypes.c_size_t),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("reporter", P(cw_text)),
    ("n_reporter", ctypes.c_size_t),
    ("every", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
    ("chart", cw_text),
    ("rules", P(cw_text)),
    ("n_rules", ctypes.c_size_t),
    ("phase", P(cw_text)),
    ("n_phase", ctypes.c_size_t),
    ("freeze", cw_text),
    ("ghost", P(cw_text)),
    ("n_ghost", ctypes.c_size_t),
    ("screen", ctypes.c_uint64),
    ("show", cw_text),
]

cw_summary_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", P(cw_text)),
    ("n_indicator", ctypes.c_size_t),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("reporter", P(cw_text)),
    ("n_reporter", ctypes.c_size_t),
    ("every", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
]

cw_forecast_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", P(cw_text)),
    ("n_indicator", ctypes.c_size_t),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("reporter", P(cw_text)),
    ("n_reporter", ctypes.c_size_t),
    ("every", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
    ("confidence", ctypes.c_double),
    ("method", cw_text),
    ("horizon", ctypes.c_uint64),
    ("reconcile", cw_text),
]

cw_quality_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", P(cw_text)),
    ("n_indicator", ctypes.c_size_t),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("reporter", P(cw_text)),
    ("n_reporter", ctypes.c_size_t),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
    ("show", cw_text),
    ("top", ctypes.c_uint64),
]

cw_contributions_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", cw_text),
    ("group", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
]

cw_group_contributions_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", cw_text),
    ("group", cw_text),
    ("from", cw_text),
    ("to", cw_text),
    ("as_of", cw_text),
]

cw_gaps_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", cw_text),
    ("group", cw_text),
    ("to", cw_text),
    ("by", cw_text),
    ("reference", cw_text),
    ("confidence", ctypes.c_double),
]

cw_equity_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", cw_text),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("to", cw_text),
    ("by", cw_text),
    ("across", cw_text),
    ("reference", cw_text),
    ("order", P(cw_text)),
    ("n_order", ctypes.c_size_t),
    ("confidence", ctypes.c_double),
]

cw_standardized_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", cw_text),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("to", cw_text),
    ("by", cw_text),
    ("across", cw_text),
    ("standard", P(cw_weight)),
    ("n_standard", ctypes.c_size_t),
    ("confidence", ctypes.c_double),
]

cw_reversals_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", cw_text),
    ("group", P(cw_text)),
    ("n_group", ctypes.c_size_t),
    ("to", cw_text),
    ("by", cw_text),
    ("across", cw_text),
]

cw_breakdowns_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("indicator", P(cw_text)),
    ("n_indicator", ctypes.c_size_t),
    ("tolerance", ctypes.c_double),
    ("all", ctypes.c_uint64),
]

cw_harmonize_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("local", P(cw_table)),
    ("show", cw_text),
]

cw_assess_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("as_of", cw_text),
    ("compare", cw_text),
    ("only", P(cw_text)),
    ("n_only", ctypes.c_size_t),
    ("policy", cw_text),
    ("rubric", cw_text),
    ("scheme", cw_text),
    ("currency", cw_text),
]

cw_select_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("show", cw_text),
    ("weight", P(cw_weight)),
    ("n_weight", ctypes.c_size_t),
    ("seed", ctypes.c_uint64),
    ("deadline", cw_text),
    ("coordination_cost", ctypes.c_double),
    ("as_of", cw_text),
]

cw_report_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("as_of", cw_text),
    ("group", cw_text),
    ("flat", ctypes.c_double),
    ("full", ctypes.c_uint64),
    ("width", ctypes.c_uint64),
    ("ascii", ctypes.c_uint64),
    ("color", ctypes.c_uint64),
]

cw_structure_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("progress", P(cw_progress)),
    ("show", cw_text),
    ("node", P(cw_text)),
    ("n_node", ctypes.c_size_t),
    ("edge", P(cw_text)),
    ("n_edge", ctypes.c_size_t),
    ("as_of", cw_text),
    ("compare", cw_text),
    ("sources", ctypes.c_uint64),
    ("seed", ctypes.c_uint64),
]

cw_export_options._fields_ = [
    ("struct_size", ctypes.c_uint32),
    ("reserved", ctypes.c_uint32),
    ("format", cw_text),
    ("node", P(cw_text)),
    ("n_node", ctypes.c_size_t),
    ("edge", P(cw_text)),
    ("n_edge", ctypes.c_size_t),
    ("as_of", cw_text),
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


def init_cw_explain_options(**members: Any) -> cw_explain_options:
    """CW_EXPLAIN_OPTIONS_INIT, and then the members given."""
    return cw_explain_options(**{**dict(struct_size=ctypes.sizeof(cw_explain_options), minimum_coverage=0.75, adjustment=0.25), **members})


def init_cw_trend_options(**members: Any) -> cw_trend_options:
    """CW_TREND_OPTIONS_INIT, and then the members given."""
    return cw_trend_options(**{**dict(struct_size=ctypes.sizeof(cw_trend_options), confidence=0.95), **members})


def init_cw_card_options(**members: Any) -> cw_card_options:
    """CW_CARD_OPTIONS_INIT, and then the members given."""
    return cw_card_options(**{**dict(struct_size=ctypes.sizeof(cw_card_options), confidence=0.95), **members})


def init_cw_target_options(**members: Any) -> cw_target_options:
    """CW_TARGET_OPTIONS_INIT, and then the members given."""
    return cw_target_options(**{**dict(struct_size=ctypes.sizeof(cw_target_options), confidence=0.95), **members})


def init_cw_chart_options(**members: Any) -> cw_chart_options:
    """CW_CHART_OPTIONS_INIT, and then the members given."""
    return cw_chart_options(**{**dict(struct_size=ctypes.sizeof(cw_chart_options)), **members})


def init_cw_summary_options(**members: Any) -> cw_summary_options:
    """CW_SUMMARY_OPTIONS_INIT, and then the members given."""
    return cw_summary_options(**{**dict(struct_size=ctypes.sizeof(cw_summary_options)), **members})


def init_cw_forecast_options(**members: Any) -> cw_forecast_options:
    """CW_FORECAST_OPTIONS_INIT, and then the members given."""
    return cw_forecast_options(**{**dict(struct_size=ctypes.sizeof(cw_forecast_options), confidence=0.95), **members})


def init_cw_quality_options(**members: Any) -> cw_quality_options:
    """CW_QUALITY_OPTIONS_INIT, and then the members given."""
    return cw_quality_options(**{**dict(struct_size=ctypes.sizeof(cw_quality_options)), **members})


def init_cw_contributions_options(**members: Any) -> cw_contributions_options:
    """CW_CONTRIBUTIONS_OPTIONS_INIT, and then the members given."""
    return cw_contributions_options(**{**dict(struct_size=ctypes.sizeof(cw_contributions_options)), **members})


def init_cw_group_contributions_options(**members: Any) -> cw_group_contributions_options:
    """CW_GROUP_CONTRIBUTIONS_OPTIONS_INIT, and then the members given."""
    return cw_group_contributions_options(**{**dict(struct_size=ctypes.sizeof(cw_group_contributions_options)), **members})


def init_cw_gaps_options(**members: Any) -> cw_gaps_options:
    """CW_GAPS_OPTIONS_INIT, and then the members given."""
    return cw_gaps_options(**{**dict(struct_size=ctypes.sizeof(cw_gaps_options), confidence=0.95), **members})


def init_cw_equity_options(**members: Any) -> cw_equity_options:
    """CW_EQUITY_OPTIONS_INIT, and then the members given."""
    return cw_equity_options(**{**dict(struct_size=ctypes.sizeof(cw_equity_options), confidence=0.95), **members})


def init_cw_standardized_options(**members: Any) -> cw_standardized_options:
    """CW_STANDARDIZED_OPTIONS_INIT, and then the members given."""
    return cw_standardized_options(**{**dict(struct_size=ctypes.sizeof(cw_standardized_options), confidence=0.95), **members})


def init_cw_reversals_options(**members: Any) -> cw_reversals_options:
    """CW_REVERSALS_OPTIONS_INIT, and then the members given."""
    return cw_reversals_options(**{**dict(struct_size=ctypes.sizeof(cw_reversals_options)), **members})


def init_cw_breakdowns_options(**members: Any) -> cw_breakdowns_options:
    """CW_BREAKDOWNS_OPTIONS_INIT, and then the members given."""
    return cw_breakdowns_options(**{**dict(struct_size=ctypes.sizeof(cw_breakdowns_options), tolerance=0.5), **members})


def init_cw_harmonize_options(**members: Any) -> cw_harmonize_options:
    """CW_HARMONIZE_OPTIONS_INIT, and then the members given."""
    return cw_harmonize_options(**{**dict(struct_size=ctypes.sizeof(cw_harmonize_options)), **members})


def init_cw_assess_options(**members: Any) -> cw_assess_options:
    """CW_ASSESS_OPTIONS_INIT, and then the members given."""
    return cw_assess_options(**{**dict(struct_size=ctypes.sizeof(cw_assess_options)), **members})


def init_cw_select_options(**members: Any) -> cw_select_options:
    """CW_SELECT_OPTIONS_INIT, and then the members given."""
    return cw_select_options(**{**dict(struct_size=ctypes.sizeof(cw_select_options), seed=1), **members})


def init_cw_report_options(**members: Any) -> cw_report_options:
    """CW_REPORT_OPTIONS_INIT, and then the members given."""
    return cw_report_options(**{**dict(struct_size=ctypes.sizeof(cw_report_options), flat=0.005, width=80), **members})


def init_cw_structure_options(**members: Any) -> cw_structure_options:
    """CW_STRUCTURE_OPTIONS_INIT, and then the members given."""
    return cw_structure_options(**{**dict(struct_size=ctypes.sizeof(cw_structure_options), seed=1), **members})


def init_cw_export_options(**members: Any) -> cw_export_options:
    """CW_EXPORT_OPTIONS_INIT, and then the members given."""
    return cw_export_options(**{**dict(struct_size=ctypes.sizeof(cw_export_options)), **members})


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
    "cw_explain": (ctypes.c_int32, [P(cw_initiative), P(cw_explain_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_partial_free": (None, [P(cw_partial)]),
    "cw_partial_new": (ctypes.c_int32, [P(cw_initiative), P(cw_rollup_options), P(P(cw_partial)), P(P(cw_error))]),
    "cw_partial_update": (ctypes.c_int32, [P(cw_partial), P(cw_table), P(P(cw_error))]),
    "cw_partial_update_stream": (ctypes.c_int32, [P(cw_partial), P(ArrowArrayStream), P(P(cw_error))]),
    "cw_partial_merge": (ctypes.c_int32, [P(cw_partial), P(cw_partial), P(P(cw_error))]),
    "cw_partial_serialize": (ctypes.c_int32, [P(cw_partial), P(P(cw_buffer)), P(P(cw_error))]),
    "cw_partial_deserialize": (ctypes.c_int32, [P(cw_initiative), ctypes.c_void_p, ctypes.c_size_t, P(P(cw_partial)), P(P(cw_error))]),
    "cw_partial_finish": (ctypes.c_int32, [P(cw_partial), P(cw_progress), P(P(cw_table)), P(P(cw_error))]),
    "cw_trend": (ctypes.c_int32, [P(cw_initiative), P(cw_trend_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_card": (ctypes.c_int32, [P(cw_initiative), P(cw_card_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_target": (ctypes.c_int32, [P(cw_initiative), P(cw_target_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_chart": (ctypes.c_int32, [P(cw_initiative), P(cw_chart_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_summary": (ctypes.c_int32, [P(cw_initiative), P(cw_summary_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_forecast": (ctypes.c_int32, [P(cw_initiative), P(cw_forecast_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_quality": (ctypes.c_int32, [P(cw_initiative), P(cw_quality_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_contributions": (ctypes.c_int32, [P(cw_initiative), P(cw_contributions_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_group_contributions": (ctypes.c_int32, [P(cw_initiative), P(cw_group_contributions_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_gaps": (ctypes.c_int32, [P(cw_initiative), P(cw_gaps_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_equity": (ctypes.c_int32, [P(cw_initiative), P(cw_equity_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_standardized": (ctypes.c_int32, [P(cw_initiative), P(cw_standardized_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_reversals": (ctypes.c_int32, [P(cw_initiative), P(cw_reversals_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_breakdowns": (ctypes.c_int32, [P(cw_initiative), P(cw_breakdowns_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_harmonize": (ctypes.c_int32, [P(cw_initiative), P(cw_harmonize_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_default_day": (ctypes.c_int32, [P(cw_initiative), P(P(cw_table)), P(P(cw_error))]),
    "cw_lint": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(P(cw_table)), P(P(cw_error))]),
    "cw_assess": (ctypes.c_int32, [P(cw_initiative), P(cw_assess_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_duration": (ctypes.c_int32, [P(cw_initiative), ctypes.c_char_p, ctypes.c_size_t, P(P(cw_table)), P(P(cw_error))]),
    "cw_select": (ctypes.c_int32, [P(cw_initiative), P(cw_select_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_catalogue": (ctypes.c_int32, [ctypes.c_char_p, ctypes.c_size_t, P(P(cw_table)), P(P(cw_error))]),
    "cw_report": (ctypes.c_int32, [P(cw_initiative), P(cw_report_options), P(P(cw_buffer)), P(P(cw_error))]),
    "cw_report_tables": (ctypes.c_int32, [P(cw_initiative), P(cw_report_options), ctypes.c_char_p, ctypes.c_size_t, P(P(cw_table)), P(P(cw_error))]),
    "cw_structure": (ctypes.c_int32, [P(cw_initiative), P(cw_structure_options), P(P(cw_table)), P(P(cw_error))]),
    "cw_export": (ctypes.c_int32, [P(cw_initiative), P(cw_export_options), P(P(cw_buffer)), P(P(cw_error))]),
}


def declare(library: Any) -> None:
    """Tell ctypes what each function takes and gives; AttributeError where the library lacks one."""
    for name, (returns, takes) in FUNCTIONS.items():
        function = getattr(library, name)
        function.restype = returns
        function.argtypes = takes
