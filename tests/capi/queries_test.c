/* SPDX-License-Identifier: Apache-2.0 */
/* Figures, judgements and the network. argv[1]: the folder of Communities That Care. */
#include "check.h"

static cw_initiative* care = NULL;

static void a_rollup_adds_the_reporters_of_a_group(void) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_table* t = NULL;
  cw_rollup_options o = CW_ROLLUP_OPTIONS_INIT;
  cw_explain_options one = CW_EXPLAIN_OPTIONS_INIT;
  OK(cw_rollup(i, NULL, &t, &err));
  expect_csv(
      t,
      "group,indicator,period,value,numerator,denominator,reported,expected,coverage,lower,upper,state,structure_date\n"
      "council,meals,2024-01,11.5,,,2,2,1,,,reported,2024-01-31\n"
      "council,meals,2024-02,20,,,1,2,0.5,,,partial,2024-02-29\n");
  cw_table_free(t);
  o.every = cw_text_of("year");
  o.missing = cw_text_of("all-or-nothing");
  OK(cw_rollup(i, &o, &t, &err));
  EXPECT(rows_of(t) == 1 && is_null(t, "value", 0) && text_is(t, "period", 0, "2024"));
  cw_table_free(t);
  one.group = cw_text_of("council");
  one.indicator = cw_text_of("meals");
  one.period = cw_text_of("2024-01");
  OK(cw_explain(i, &one, &t, &err));
  EXPECT(rows_of(t) == 2 && real_at(t, "share", 0) + real_at(t, "share", 1) == 11.5);
  cw_table_free(t);
  cw_initiative_free(i);
}

static void wrong_words_list_the_right_ones(void) {
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_text nobody = cw_text_of("nobody");
  cw_rollup_options o = CW_ROLLUP_OPTIONS_INIT;
  cw_explain_options one = CW_EXPLAIN_OPTIONS_INIT;
  cw_chart_options chart = CW_CHART_OPTIONS_INIT;
  o.every = cw_text_of("fortnight");
  FAILS(CW_INVALID_ARGUMENT, "every: fortnight is none of: day, week, month, quarter, year",
        cw_rollup(care, &o, &t, &err));
  o.every = cw_text_of(NULL);
  o.from = cw_text_of("2024-13");
  FAILS(CW_INVALID_ARGUMENT, "from: 2024-13 is not a valid period", cw_rollup(care, &o, &t, &err));
  o.from = cw_text_of("");
  o.minimum_coverage = NAN;
  FAILS(CW_INVALID_ARGUMENT, "minimum_coverage: not a finite number", cw_rollup(care, &o, &t, &err));
  o.minimum_coverage = 1.5;
  FAILS(CW_INVALID_ARGUMENT, "minimum_coverage: 1.5 is not a share from 0 to 1", cw_rollup(care, &o, &t, &err));
  o.minimum_coverage = 0.5;
  o.group = &nobody;
  o.n_group = 1;
  FAILS(CW_INVALID_ARGUMENT, "nobody", cw_rollup(care, &o, &t, &err));
  o.n_group = SIZE_MAX;
  FAILS(CW_INVALID_ARGUMENT, "longer than", cw_rollup(care, &o, &t, &err));
  FAILS(CW_INVALID_ARGUMENT, "group: the text is blank", cw_explain(care, &one, &t, &err));
  one.group = cw_text_of("coordinating-council");
  one.indicator = cw_text_of("teen-binge-drinking");
  one.period = cw_text_of("soon");
  FAILS(CW_INVALID_ARGUMENT, "period: soon is not a valid period", cw_explain(care, &one, &t, &err));
  chart.chart = cw_text_of("xbar_s");
  FAILS(CW_INVALID_ARGUMENT, "chart: xbar_s is none of: run, xmr, p,", cw_chart(care, &chart, &t, &err));
}

static void older_and_newer_option_structs_are_told_apart(void) {
  cw_error* err = NULL;
  cw_table* t = NULL;
  struct {
    cw_rollup_options known;
    uint64_t unknown;
  } newer = {CW_ROLLUP_OPTIONS_INIT, 0};
  cw_rollup_options older = CW_ROLLUP_OPTIONS_INIT;
  newer.known.struct_size = (uint32_t)sizeof newer;
  OK(cw_rollup(care, &newer.known, &t, &err));
  cw_table_free(t);
  newer.unknown = 1;
  FAILS(CW_INVALID_ARGUMENT, "does not know", cw_rollup(care, &newer.known, &t, &err));
  older.minimum_coverage = NAN; /* beyond what this caller says it has */
  older.struct_size = 8 + 2 * 16;
  OK(cw_rollup(care, &older, &t, &err));
  cw_table_free(t);
  older.struct_size = 4;
  FAILS(CW_INVALID_ARGUMENT, "struct_size is 4", cw_rollup(care, &older, &t, &err));
}

static void
the_source_is_told(void) { /* Hanleybrown, Kania and Kramer 2012: binge drinking fell by 31 percent over eight years */
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_text measure = cw_text_of("teen-binge-drinking");
  cw_text council = cw_text_of("coordinating-council");
  cw_rollup_options o = CW_ROLLUP_OPTIONS_INIT;
  o.indicator = &measure;
  o.n_indicator = 1;
  o.group = &council;
  o.n_group = 1;
  o.from = o.to = cw_text_of("2010");
  OK(cw_rollup(care, &o, &t, &err));
  EXPECT(rows_of(t) == 1 && real_at(t, "value", 0) == 69);
  cw_table_free(t);
}

#define ANSWERS(name, NAME, column)                             \
  do {                                                          \
    cw_##name##_options asked = CW_##NAME##_OPTIONS_INIT;       \
    asked.indicator = &measure;                                 \
    asked.n_indicator = 1;                                      \
    OK(cw_##name(care, &asked, &t, &err));                      \
    OK(cw_table_column_count(t, &n, &err));                     \
    EXPECT(n > 3);                                              \
    OK(cw_table_find(t, column, sizeof(column) - 1, &n, &err)); \
    cw_table_free(t);                                           \
  } while (0)

static void every_analysis_answers(void) {
  cw_error* err = NULL;
  cw_text measure = cw_text_of("teen-binge-drinking");
  cw_table* t = NULL;
  int64_t n = 0;
  cw_trend_options trend = CW_TREND_OPTIONS_INIT;
  cw_card_options card = CW_CARD_OPTIONS_INIT;
  const cw_text days[2] = {{"2005-12-31", 10}, {"2010-12-31", 10}};
  ANSWERS(trend, TREND, "reading");
  ANSWERS(card, CARD, "reading");
  ANSWERS(target, TARGET, "reading");
  ANSWERS(chart, CHART, "center");
  ANSWERS(summary, SUMMARY, "reading");
  ANSWERS(forecast, FORECAST, "method");
  ANSWERS(quality, QUALITY, "rank");
  ANSWERS(breakdowns, BREAKDOWNS, "reading");
  trend.confidence = NAN;
  FAILS(CW_INVALID_ARGUMENT, "confidence: not a finite number", cw_trend(care, &trend, &t, &err));
  card.confidence = 0.9;
  card.as_of = days;
  card.n_as_of = 2;
  OK(cw_card(care, &card, &t, &err));
  EXPECT(rows_of(t) == 2);
  cw_table_free(t);
  FAILS(CW_INVALID_ARGUMENT, "one indicator in one group", cw_chart(care, NULL, &t, &err));
}

static int text_holds(const cw_table* t, const char* column, const char* part) {
  const cw_column c = column_of(t, column);
  char text[2000] = {0};
  const size_t n = (size_t)(c.offsets[1] - c.offsets[0]);
  memcpy(text, (const char*)c.data + c.offsets[0], n < sizeof text ? n : sizeof text - 1);
  return strstr(text, part) != NULL;
}

/* The town: in January 10 + 1.5 meals, in February 20 and no report. */
static void analyses_say_in_a_sentence_what_they_found(void) {
  static const char* const who[] = {"bank", "kitchen"};
  static const char* const what[] = {"dinners", "dinners"};
  static const char* const when[] = {"2024-01", "2024-01"};
  static const char* const numbers[] = {"3", "4"};
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_table* t = NULL;
  cw_table* local = NULL;
  cw_column columns[4];
  cw_contributions_options o = CW_CONTRIBUTIONS_OPTIONS_INIT;
  o.from = cw_text_of("2024-01");
  o.to = cw_text_of("2024-02");
  OK(cw_contributions(i, &o, &t, &err));
  EXPECT(rows_of(t) == 2 && text_holds(t, "reading", "meals of council rose from 2024-01 to 2024-02 by 8.5") &&
         is_null(t, "reading", 1));
  cw_table_free(t);
  o.from = cw_text_of("2024-02");
  o.to = cw_text_of("2024-01");
  FAILS(CW_INVALID_ARGUMENT, "`from` must come before `to`", cw_contributions(i, &o, &t, &err));
  {
    cw_summary_options plain = CW_SUMMARY_OPTIONS_INIT;
    cw_text bank = cw_text_of("bank");
    cw_text nobody = cw_text_of("bakery");
    plain.reporter = &bank;
    plain.n_reporter = 1;
    OK(cw_summary(i, &plain, &t, &err));
    EXPECT(rows_of(t) == 1 && real_at(t, "mean", 0) == 15);
    cw_table_free(t);
    plain.reporter = &nobody;
    FAILS(CW_INVALID_ARGUMENT, "there is no reporter bakery", cw_summary(i, &plain, &t, &err));
    FAILS(CW_INVALID_ARGUMENT, "breakdown", cw_gaps(i, NULL, &t, &err));
    FAILS(CW_INVALID_ARGUMENT, "parts of meals", cw_equity(i, NULL, &t, &err));
    FAILS(CW_INVALID_ARGUMENT, "harmonize needs the local observations: name them with `local`",
          cw_harmonize(i, NULL, &t, &err));
  }
  columns[0] = strings("reporter", who);
  columns[1] = strings("local", what);
  columns[2] = strings("period", when);
  columns[3] = strings("value", numbers);
  OK(cw_table_from_columns(columns, 4, 2, &local, &err));
  {
    cw_harmonize_options with = CW_HARMONIZE_OPTIONS_INIT;
    with.local = local;
    OK(cw_harmonize(i, &with, &t, &err));
    EXPECT(rows_of(t) == 1 && text_is(t, "outcome", 0, "unmapped") &&
           text_holds(t, "reading", "1 local measure without a mapping"));
    cw_table_free(t);
    with.show = cw_text_of("matches");
    OK(cw_harmonize(i, &with, &t, &err));
    cw_table_free(t);
    cw_table_free(local);
    FAILS(CW_INVALID_ARGUMENT, "the handle table was freed", cw_harmonize(i, &with, &t, &err));
    OK(cw_table_from_columns(columns, 3, 2, &local, &err));
    with.local = local;
    FAILS(CW_INVALID_DATA, "value", cw_harmonize(i, &with, &t, &err));
    cw_table_free(local);
  }
  cw_initiative_free(i);
}

static void a_report_is_text_in_lines(void) {
  cw_error* err = NULL;
  cw_buffer* text = NULL;
  cw_report_options o = CW_REPORT_OPTIONS_INIT;
  OK(cw_report(care, NULL, &text, &err));
  EXPECT(strstr((const char*)cw_buffer_data(text), "Communities That Care") != NULL &&
         strchr((const char*)cw_buffer_data(text), '\033') == NULL);
  cw_buffer_free(text);
  o.width = 20;
  FAILS(CW_INVALID_ARGUMENT, "72 to 120", cw_report(care, &o, &text, &err));
  o.width = 100;
  o.color = 1;
  o.full = 1;
  o.group = cw_text_of("coordinating-council");
  o.as_of = cw_text_of("2009-12-31");
  OK(cw_report(care, &o, &text, &err));
  EXPECT(strchr((const char*)cw_buffer_data(text), '\033') != NULL);
  cw_buffer_free(text);
  o.group = cw_text_of("bakers");
  FAILS(CW_INVALID_ARGUMENT, "bakers", cw_report(care, &o, &text, &err));
}

static void a_report_leaves_as_tables_too(void) {
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_report_options o = CW_REPORT_OPTIONS_INIT;
  int64_t i;
  OK(cw_report_tables(care, NULL, NULL, 0, &t, &err));
  EXPECT(rows_of(t) == 8);
  for (i = 0; i < rows_of(t); ++i) {
    const cw_column names = column_of(t, "name");
    cw_table* part = NULL;
    OK(cw_report_tables(care, NULL, (const char*)names.data + names.offsets[i],
                        (size_t)(names.offsets[i + 1] - names.offsets[i]), &part, &err));
    EXPECT(rows_of(part) > 0);
    cw_table_free(part);
  }
  cw_table_free(t);
  OK(cw_report_tables(care, &o, WORD("measures"), &t, &err));
  EXPECT(rows_of(t) == 3);
  EXPECT(text_is(t, "verdict", 0, "right") && real_at(t, "value", 0) == 69 && is_null(t, "target", 0));
  EXPECT(text_is(t, "period", 0, "2010"));
  cw_table_free(t);
  FAILS(CW_INVALID_ARGUMENT, "Did you mean measures?", cw_report_tables(care, &o, WORD("measure"), &t, &err));
  o.group = cw_text_of("bakers");
  FAILS(CW_INVALID_ARGUMENT, "bakers", cw_report_tables(care, &o, WORD("who"), &t, &err));
}

static void a_check_lists_and_does_not_fail(const char* path) {
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_table* of_handle = NULL;
  OK(cw_check(path, strlen(path), NULL, &t, &err));
  OK(cw_initiative_check(care, &of_handle, &err));
  EXPECT(rows_of(t) == rows_of(of_handle));
  (void)column_of(t, "severity");
  cw_table_free(t);
  cw_table_free(of_handle);
  FAILS(CW_IO, "", cw_check(WORD("/no/such/folder"), NULL, &t, &err));
  OK(cw_default_day(care, &t, &err));
  expect_csv(t, "day,origin\n2010-12-31,data\n");
  cw_table_free(t);
  OK(cw_duration(care, NULL, 0, &t, &err));
  EXPECT(rows_of(t) == 1 && real_at(t, "low", 0) <= real_at(t, "high", 0) && real_at(t, "low", 0) > 0);
  cw_table_free(t);
}

static void judgements_come_with_their_evidence(void) {
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_text only = cw_text_of("condition.common_agenda");
  cw_assess_options o = CW_ASSESS_OPTIONS_INIT;
  cw_select_options choice = CW_SELECT_OPTIONS_INIT;
  OK(cw_lint(care, NULL, 0, &t, &err));
  (void)column_of(t, "mend");
  cw_table_free(t);
  OK(cw_assess(care, NULL, &t, &err));
  EXPECT(rows_of(t) > 30);
  cw_table_free(t);
  o.only = &only;
  o.n_only = 1;
  OK(cw_assess(care, &o, &t, &err));
  EXPECT(rows_of(t) > 1 && rows_of(t) < 30);
  cw_table_free(t);
  o.compare = cw_text_of("2001-01-01");
  OK(cw_assess(care, &o, &t, &err));
  (void)column_of(t, "from_score");
  cw_table_free(t);
  o.scheme = cw_text_of("no such scheme");
  FAILS(CW_INVALID_ARGUMENT, "", cw_assess(care, &o, &t, &err));
  OK(cw_catalogue(NULL, 0, &t, &err));
  EXPECT(rows_of(t) >= 19);
  cw_table_free(t);
  OK(cw_catalogue(WORD("effectiveness"), &t, &err));
  EXPECT(rows_of(t) == 27);
  cw_table_free(t);
  FAILS(CW_INVALID_ARGUMENT, "no list horoscopes", cw_catalogue(WORD("horoscopes"), &t, &err));
  choice.show = cw_text_of("uncovered");
  OK(cw_select(care, &choice, &t, &err));
  EXPECT(rows_of(t) == 6); /* nobody has said what they offer */
  cw_table_free(t);
  choice.show = cw_text_of("tensions");
  OK(cw_select(care, &choice, &t, &err));
  cw_table_free(t);
  FAILS(CW_INVALID_ARGUMENT, "candidate", cw_select(care, NULL, &t, &err));
}

static void the_network_has_a_shape(void) {
  static const char* const words[] = {"", "nodes", "bridges", "mixing", "trust", "group_trust"};
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_buffer* text = NULL;
  cw_text part_of = cw_text_of("part_of");
  cw_structure_options o = CW_STRUCTURE_OPTIONS_INIT;
  cw_export_options file = CW_EXPORT_OPTIONS_INIT;
  for (size_t k = 0; k < sizeof words / sizeof *words; ++k) {
    o.show = cw_text_of(words[k]);
    OK(cw_structure(care, &o, &t, &err));
    cw_table_free(t);
  }
  o.show = cw_text_of("changes");
  FAILS(CW_INVALID_ARGUMENT, "changes needs `compare`, the earlier day", cw_structure(care, &o, &t, &err));
  o.compare = cw_text_of("2001-01-01");
  OK(cw_structure(care, &o, &t, &err));
  EXPECT(rows_of(t) > 0);
  cw_table_free(t);
  OK(cw_export(care, NULL, &text, &err));
  EXPECT(strstr((const char*)cw_buffer_data(text), "coordinating-council") != NULL);
  EXPECT(strlen((const char*)cw_buffer_data(text)) == cw_buffer_size(text));
  cw_buffer_free(text);
  file.format = cw_text_of("graphml");
  file.edge = &part_of;
  file.n_edge = 1;
  OK(cw_export(care, &file, &text, &err));
  EXPECT(strstr((const char*)cw_buffer_data(text), "graphml") != NULL);
  cw_buffer_free(text);
  part_of = cw_text_of("married_to");
  FAILS(CW_INVALID_ARGUMENT, "edge: married_to is none of", cw_export(care, &file, &text, &err));
}

int main(int argc, char** argv) {
  cw_error* err = NULL;
  if (argc != 2) return 2;
  OK(cw_load(argv[1], strlen(argv[1]), NULL, &care, &err));
  a_rollup_adds_the_reporters_of_a_group();
  wrong_words_list_the_right_ones();
  older_and_newer_option_structs_are_told_apart();
  the_source_is_told();
  every_analysis_answers();
  analyses_say_in_a_sentence_what_they_found();
  a_report_is_text_in_lines();
  a_report_leaves_as_tables_too();
  a_check_lists_and_does_not_fail(argv[1]);
  judgements_come_with_their_evidence();
  the_network_has_a_shape();
  cw_initiative_free(care);
  return finish();
}
