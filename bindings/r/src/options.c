/* SPDX-License-Identifier: Apache-2.0 */
/* Option structs from named lists; what a list does not name keeps the library's default. */
#include "options.h"

cw_rollup_options cwr_rollup_options(SEXP list) {
  cw_rollup_options o = CW_ROLLUP_OPTIONS_INIT;
  o.indicators = cwr_texts(cwr_at(list, "indicators"), &o.n_indicators);
  o.groups = cwr_texts(cwr_at(list, "groups"), &o.n_groups);
  o.every = cwr_text(cwr_at(list, "every"));
  o.from = cwr_text(cwr_at(list, "from"));
  o.to = cwr_text(cwr_at(list, "to"));
  o.as_of = cwr_text(cwr_at(list, "as_of"));
  o.membership = cwr_text(cwr_at(list, "membership"));
  o.missing = cwr_text(cwr_at(list, "missing"));
  o.minimum_coverage = cwr_number(list, "minimum_coverage", o.minimum_coverage);
  o.adjustment = cwr_number(list, "adjustment", o.adjustment);
  o.breakdown = cwr_text(cwr_at(list, "breakdown"));
  return o;
}

/* A named vector of numbers, which R/arguments.R sends as two: names and weights. */
static const cw_weight* weights_of(SEXP list, const char* names_at, const char* weights_at, size_t* count) {
  const cw_text* names = cwr_texts(cwr_at(list, names_at), count);
  SEXP numbers = cwr_at(list, weights_at);
  if (*count == 0 || TYPEOF(numbers) != REALSXP || (size_t)XLENGTH(numbers) != *count) {
    *count = 0;
    return NULL;
  }
  cw_weight* out = (cw_weight*)R_alloc(*count, sizeof(cw_weight));
  for (size_t i = 0; i < *count; ++i) {
    out[i].criterion = names[i];
    out[i].weight = REAL(numbers)[i];
  }
  return out;
}

cw_analyze_options cwr_analyze_options(SEXP list) {
  cw_analyze_options o = CW_ANALYZE_OPTIONS_INIT;
  o.screen = (uint32_t)cwr_whole(list, "screen", o.screen);
  o.chart_phases = (uint32_t)cwr_whole(list, "chart_phases", o.chart_phases);
  o.indicators = cwr_texts(cwr_at(list, "indicators"), &o.n_indicators);
  o.groups = cwr_texts(cwr_at(list, "groups"), &o.n_groups);
  o.every = cwr_text(cwr_at(list, "every"));
  o.from = cwr_text(cwr_at(list, "from"));
  o.to = cwr_text(cwr_at(list, "to"));
  o.confidence = cwr_number(list, "confidence", o.confidence);
  o.flat = cwr_number(list, "flat", o.flat);
  o.days = cwr_texts(cwr_at(list, "days"), &o.n_days);
  o.test = cwr_text(cwr_at(list, "test"));
  o.basis = cwr_text(cwr_at(list, "basis"));
  o.path = cwr_text(cwr_at(list, "path"));
  o.chart = cwr_text(cwr_at(list, "chart"));
  o.rules = cwr_texts(cwr_at(list, "rules"), &o.n_rules);
  o.phases = cwr_texts(cwr_at(list, "phases"), &o.n_phases);
  o.freeze = cwr_text(cwr_at(list, "freeze"));
  o.ghosts = cwr_texts(cwr_at(list, "ghosts"), &o.n_ghosts);
  o.reporters = cwr_texts(cwr_at(list, "reporters"), &o.n_reporters);
  o.show = cwr_text(cwr_at(list, "show"));
  o.method = cwr_text(cwr_at(list, "method"));
  o.reconcile = cwr_text(cwr_at(list, "reconcile"));
  o.by = cwr_text(cwr_at(list, "by"));
  o.reference = cwr_text(cwr_at(list, "reference"));
  o.top = cwr_whole(list, "top", o.top);
  o.horizon = cwr_whole(list, "horizon", o.horizon);
  o.compare = cwr_text(cwr_at(list, "compare"));
  o.order = cwr_texts(cwr_at(list, "order"), &o.n_order);
  o.standard = weights_of(list, "standard_names", "standard", &o.n_standard);
  o.tolerance = cwr_number(list, "tolerance", o.tolerance);
  o.all = cwr_whole(list, "all", o.all);
  return o;
}

cw_assess_options cwr_assess_options(SEXP list) {
  cw_assess_options o = CW_ASSESS_OPTIONS_INIT;
  o.as_of = cwr_text(cwr_at(list, "as_of"));
  o.compare = cwr_text(cwr_at(list, "compare"));
  o.only = cwr_texts(cwr_at(list, "only"), &o.n_only);
  o.policy = cwr_text(cwr_at(list, "policy"));
  o.rubric = cwr_text(cwr_at(list, "rubric"));
  o.scheme = cwr_text(cwr_at(list, "scheme"));
  o.currency = cwr_text(cwr_at(list, "currency"));
  return o;
}

cw_select_options cwr_select_options(SEXP list) {
  cw_select_options o = CW_SELECT_OPTIONS_INIT;
  o.weights = weights_of(list, "criteria", "weights", &o.n_weights);
  o.seed = cwr_whole(list, "seed", o.seed);
  o.deadline = cwr_text(cwr_at(list, "deadline"));
  o.coordination_cost = cwr_number(list, "coordination_cost", o.coordination_cost);
  o.as_of = cwr_text(cwr_at(list, "as_of"));
  return o;
}

cw_view_options cwr_view_options(SEXP list) {
  cw_view_options o = CW_VIEW_OPTIONS_INIT;
  o.nodes = cwr_texts(cwr_at(list, "nodes"), &o.n_nodes);
  o.edges = cwr_texts(cwr_at(list, "edges"), &o.n_edges);
  o.as_of = cwr_text(cwr_at(list, "as_of"));
  o.compare = cwr_text(cwr_at(list, "compare"));
  o.sources = cwr_whole(list, "sources", o.sources);
  o.seed = cwr_whole(list, "seed", o.seed);
  return o;
}

cw_report_options cwr_report_options(SEXP list) {
  cw_report_options o = CW_REPORT_OPTIONS_INIT;
  o.width = (uint32_t)cwr_whole(list, "width", o.width);
  o.as_of = cwr_text(cwr_at(list, "as_of"));
  o.group = cwr_text(cwr_at(list, "group"));
  o.flat = cwr_number(list, "flat", o.flat);
  o.full = (uint32_t)cwr_whole(list, "full", o.full);
  o.ascii = (uint32_t)cwr_whole(list, "ascii", o.ascii);
  o.color = (uint32_t)cwr_whole(list, "color", o.color);
  return o;
}

cw_sample_options cwr_sample_options(SEXP list) {
  cw_sample_options o = CW_SAMPLE_OPTIONS_INIT;
  o.reporters = (uint32_t)cwr_whole(list, "reporters", o.reporters);
  o.groups = (uint32_t)cwr_whole(list, "groups", o.groups);
  o.periods = (uint32_t)cwr_whole(list, "periods", o.periods);
  o.indicators = (uint32_t)cwr_whole(list, "indicators", o.indicators);
  o.seed = cwr_whole(list, "seed", o.seed);
  return o;
}

cw_info cwr_info(SEXP list) {
  cw_info o = CW_INFO_INIT;
  o.name = cwr_text(cwr_at(list, "name"));
  o.title = cwr_text(cwr_at(list, "title"));
  o.description = cwr_text(cwr_at(list, "description"));
  o.synthetic = (uint32_t)cwr_whole(list, "synthetic", 0);
  return o;
}
