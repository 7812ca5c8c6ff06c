/* SPDX-License-Identifier: Apache-2.0 */
/* The options of each question. Written by tools/options.py, and included by options.c: do not edit. */
#define S cw_rollup_options
static const S rollup_initial = CW_ROLLUP_OPTIONS_INIT;
static const field rollup_fields[] = {LIST(indicator, WORDS),  LIST(group, WORDS),  ONE(every, WORD),
                                      ONE(from, WORD),         ONE(to, WORD),       ONE(as_of, WORD),
                                      ONE(membership, WORD),   ONE(missing, WORD),  ONE(minimum_coverage, NUMBER),
                                      ONE(adjustment, NUMBER), ONE(breakdown, WORD)};
#undef S
static int32_t ask_rollup(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_rollup(i, o, out, err);
}
#define S cw_explain_options
static const S explain_initial = CW_EXPLAIN_OPTIONS_INIT;
static const field explain_fields[] = {ONE(group, WORD),
                                       ONE(indicator, WORD),
                                       ONE(period, WORD),
                                       ONE(as_of, WORD),
                                       ONE(membership, WORD),
                                       ONE(missing, WORD),
                                       ONE(minimum_coverage, NUMBER),
                                       ONE(adjustment, NUMBER),
                                       ONE(breakdown, WORD)};
#undef S
static int32_t ask_explain(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_explain(i, o, out, err);
}
#define S cw_trend_options
static const S trend_initial = CW_TREND_OPTIONS_INIT;
static const field trend_fields[] = {LIST(indicator, WORDS), LIST(group, WORDS),      LIST(reporter, WORDS),
                                     ONE(every, WORD),       ONE(from, WORD),         ONE(to, WORD),
                                     ONE(as_of, WORD),       ONE(confidence, NUMBER), ONE(test, WORD)};
#undef S
static int32_t ask_trend(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_trend(i, o, out, err);
}
#define S cw_card_options
static const S card_initial = CW_CARD_OPTIONS_INIT;
static const field card_fields[] = {
    LIST(indicator, WORDS), LIST(group, WORDS), LIST(reporter, WORDS),   ONE(every, WORD),  ONE(from, WORD),
    ONE(to, WORD),          LIST(as_of, WORDS), ONE(confidence, NUMBER), ONE(flat, NUMBER), ONE(basis, WORD)};
#undef S
static int32_t ask_card(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_card(i, o, out, err);
}
#define S cw_target_options
static const S target_initial = CW_TARGET_OPTIONS_INIT;
static const field target_fields[] = {LIST(indicator, WORDS), LIST(group, WORDS),      LIST(reporter, WORDS),
                                      ONE(every, WORD),       ONE(from, WORD),         ONE(to, WORD),
                                      ONE(as_of, WORD),       ONE(confidence, NUMBER), ONE(path, WORD)};
#undef S
static int32_t ask_target(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_target(i, o, out, err);
}
#define S cw_chart_options
static const S chart_initial = CW_CHART_OPTIONS_INIT;
static const field chart_fields[] = {
    LIST(indicator, WORDS), LIST(group, WORDS), LIST(reporter, WORDS), ONE(every, WORD),   ONE(from, WORD),
    ONE(to, WORD),          ONE(as_of, WORD),   ONE(chart, WORD),      LIST(rules, WORDS), LIST(phase, WORDS),
    ONE(freeze, WORD),      LIST(ghost, WORDS), ONE(screen, TRUTH),    ONE(show, WORD)};
#undef S
static int32_t ask_chart(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_chart(i, o, out, err);
}
#define S cw_summary_options
static const S summary_initial = CW_SUMMARY_OPTIONS_INIT;
static const field summary_fields[] = {LIST(indicator, WORDS), LIST(group, WORDS), LIST(reporter, WORDS),
                                       ONE(every, WORD),       ONE(from, WORD),    ONE(to, WORD),
                                       ONE(as_of, WORD)};
#undef S
static int32_t ask_summary(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_summary(i, o, out, err);
}
#define S cw_forecast_options
static const S forecast_initial = CW_FORECAST_OPTIONS_INIT;
static const field forecast_fields[] = {LIST(indicator, WORDS), LIST(group, WORDS),      LIST(reporter, WORDS),
                                        ONE(every, WORD),       ONE(from, WORD),         ONE(to, WORD),
                                        ONE(as_of, WORD),       ONE(confidence, NUMBER), ONE(method, WORD),
                                        ONE(horizon, WHOLE),    ONE(reconcile, WORD)};
#undef S
static int32_t ask_forecast(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_forecast(i, o, out, err);
}
#define S cw_quality_options
static const S quality_initial = CW_QUALITY_OPTIONS_INIT;
static const field quality_fields[] = {LIST(indicator, WORDS), LIST(group, WORDS), LIST(reporter, WORDS),
                                       ONE(from, WORD),        ONE(to, WORD),      ONE(as_of, WORD),
                                       ONE(show, WORD),        ONE(top, WHOLE)};
#undef S
static int32_t ask_quality(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_quality(i, o, out, err);
}
#define S cw_contributions_options
static const S contributions_initial = CW_CONTRIBUTIONS_OPTIONS_INIT;
static const field contributions_fields[] = {ONE(indicator, WORD), ONE(group, WORD), ONE(from, WORD), ONE(to, WORD),
                                             ONE(as_of, WORD)};
#undef S
static int32_t ask_contributions(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_contributions(i, o, out, err);
}
#define S cw_group_contributions_options
static const S group_contributions_initial = CW_GROUP_CONTRIBUTIONS_OPTIONS_INIT;
static const field group_contributions_fields[] = {ONE(indicator, WORD), ONE(group, WORD), ONE(from, WORD),
                                                   ONE(to, WORD), ONE(as_of, WORD)};
#undef S
#define S cw_gaps_options
static const S gaps_initial = CW_GAPS_OPTIONS_INIT;
static const field gaps_fields[] = {ONE(indicator, WORD), ONE(group, WORD),     ONE(to, WORD),
                                    ONE(by, WORD),        ONE(reference, WORD), ONE(confidence, NUMBER)};
#undef S
static int32_t ask_gaps(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_gaps(i, o, out, err);
}
#define S cw_equity_options
static const S equity_initial = CW_EQUITY_OPTIONS_INIT;
static const field equity_fields[] = {ONE(indicator, WORD), LIST(group, WORDS),     ONE(to, WORD),
                                      ONE(by, WORD),        ONE(across, WORD),      ONE(reference, WORD),
                                      LIST(order, WORDS),   ONE(confidence, NUMBER)};
#undef S
static int32_t ask_equity(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_equity(i, o, out, err);
}
#define S cw_standardized_options
static const S standardized_initial = CW_STANDARDIZED_OPTIONS_INIT;
static const field standardized_fields[] = {ONE(indicator, WORD),   LIST(group, WORDS), ONE(to, WORD),
                                            ONE(by, WORD),          ONE(across, WORD),  LIST(standard, WEIGHTS),
                                            ONE(confidence, NUMBER)};
#undef S
static int32_t ask_standardized(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_standardized(i, o, out, err);
}
#define S cw_reversals_options
static const S reversals_initial = CW_REVERSALS_OPTIONS_INIT;
static const field reversals_fields[] = {ONE(indicator, WORD), LIST(group, WORDS), ONE(to, WORD), ONE(by, WORD),
                                         ONE(across, WORD)};
#undef S
static int32_t ask_reversals(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_reversals(i, o, out, err);
}
#define S cw_breakdowns_options
static const S breakdowns_initial = CW_BREAKDOWNS_OPTIONS_INIT;
static const field breakdowns_fields[] = {LIST(indicator, WORDS), ONE(tolerance, NUMBER), ONE(all, TRUTH)};
#undef S
static int32_t ask_breakdowns(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_breakdowns(i, o, out, err);
}
#define S cw_harmonize_options
static const S harmonize_initial = CW_HARMONIZE_OPTIONS_INIT;
static const field harmonize_fields[] = {ONE(local, ROWS), ONE(show, WORD)};
#undef S
static int32_t ask_harmonize(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_harmonize(i, o, out, err);
}
#define S cw_assess_options
static const S assess_initial = CW_ASSESS_OPTIONS_INIT;
static const field assess_fields[] = {ONE(as_of, WORD),  ONE(compare, WORD), LIST(only, WORDS),  ONE(policy, WORD),
                                      ONE(rubric, WORD), ONE(scheme, WORD),  ONE(currency, WORD)};
#undef S
static int32_t ask_assess(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_assess(i, o, out, err);
}
#define S cw_select_options
static const S select_initial = CW_SELECT_OPTIONS_INIT;
static const field select_fields[] = {ONE(show, WORD),     LIST(weight, WEIGHTS),          ONE(seed, WHOLE),
                                      ONE(deadline, WORD), ONE(coordination_cost, NUMBER), ONE(as_of, WORD)};
#undef S
static int32_t ask_select(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_select(i, o, out, err);
}
#define S cw_structure_options
static const S structure_initial = CW_STRUCTURE_OPTIONS_INIT;
static const field structure_fields[] = {ONE(show, WORD),    LIST(node, WORDS),   LIST(edge, WORDS), ONE(as_of, WORD),
                                         ONE(compare, WORD), ONE(sources, WHOLE), ONE(seed, WHOLE)};
#undef S
static int32_t ask_structure(const cw_initiative* i, const void* o, cw_table** out, cw_error** err) {
  return cw_structure(i, o, out, err);
}
#define S cw_export_options
static const S export_initial = CW_EXPORT_OPTIONS_INIT;
static const field export_fields[] = {ONE(format, WORD), LIST(node, WORDS), LIST(edge, WORDS), ONE(as_of, WORD)};
#undef S
#define S cw_report_options
static const S report_initial = CW_REPORT_OPTIONS_INIT;
static const field report_fields[] = {ONE(as_of, WORD),  ONE(group, WORD),  ONE(flat, NUMBER), ONE(full, TRUTH),
                                      ONE(width, WHOLE), ONE(ascii, TRUTH), ONE(color, TRUTH)};
#undef S
#define S cw_sample_options
static const S sample_initial = CW_SAMPLE_OPTIONS_INIT;
static const field sample_fields[] = {ONE(reporters, WHOLE), ONE(groups, WHOLE), ONE(periods, WHOLE),
                                      ONE(indicators, WHOLE), ONE(seed, WHOLE)};
#undef S
static const option_list lists[] = {
    OPTIONS(info, 0, NULL),
    OPTIONS(rollup, offsetof(cw_rollup_options, progress), ask_rollup),
    OPTIONS(explain, offsetof(cw_explain_options, progress), ask_explain),
    OPTIONS(trend, offsetof(cw_trend_options, progress), ask_trend),
    OPTIONS(card, offsetof(cw_card_options, progress), ask_card),
    OPTIONS(target, offsetof(cw_target_options, progress), ask_target),
    OPTIONS(chart, offsetof(cw_chart_options, progress), ask_chart),
    OPTIONS(summary, offsetof(cw_summary_options, progress), ask_summary),
    OPTIONS(forecast, offsetof(cw_forecast_options, progress), ask_forecast),
    OPTIONS(quality, offsetof(cw_quality_options, progress), ask_quality),
    OPTIONS(contributions, offsetof(cw_contributions_options, progress), ask_contributions),
    OPTIONS(group_contributions, offsetof(cw_group_contributions_options, progress), NULL),
    OPTIONS(gaps, offsetof(cw_gaps_options, progress), ask_gaps),
    OPTIONS(equity, offsetof(cw_equity_options, progress), ask_equity),
    OPTIONS(standardized, offsetof(cw_standardized_options, progress), ask_standardized),
    OPTIONS(reversals, offsetof(cw_reversals_options, progress), ask_reversals),
    OPTIONS(breakdowns, offsetof(cw_breakdowns_options, progress), ask_breakdowns),
    OPTIONS(harmonize, offsetof(cw_harmonize_options, progress), ask_harmonize),
    OPTIONS(assess, offsetof(cw_assess_options, progress), ask_assess),
    OPTIONS(select, 0, ask_select),
    OPTIONS(structure, offsetof(cw_structure_options, progress), ask_structure),
    OPTIONS(export, 0, NULL),
    OPTIONS(report, 0, NULL),
    OPTIONS(sample, 0, NULL)};
