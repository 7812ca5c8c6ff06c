/* SPDX-License-Identifier: Apache-2.0 */
/* The C interface of Commonweal: collective impact as a typed graph. C99 and C++; needs no other header of the library.
 */
#ifndef COMMONWEAL_H
#define COMMONWEAL_H

/*
 * THE CONTRACT
 *
 * Stability. Names, argument lists, status numbers and the order of struct members are kept within one
 * CW_ABI_VERSION_MAJOR (the SONAME has the same number); functions and trailing struct members are added. Check once:
 * cw_abi_version() >> 16 == CW_ABI_VERSION_MAJOR. Words, columns and codes of findings are those of the command line
 * (VERSIONING.md).
 *
 * Errors. Every fallible function returns a status and takes `cw_error** err` last, NULL if you do not want to know
 * more. On entry outputs and *err become NULL (0 for numbers); on failure they stay so, what was there before stays as
 * it was, and *err is an error to be freed with cw_error_free. Where memory does not suffice for one, the status is
 * CW_NO_MEMORY and *err a static error, whose freeing does nothing.
 *
 * Handles. Opaque and typed; each is freed by the function of its type, which takes NULL. A handle is a name, not an
 * address: one that was freed, is of another type or was never a handle is CW_INVALID_ARGUMENT wherever it is passed
 * (freeing one does nothing). So is a required output or input that is NULL. Freeing a handle while another thread uses
 * it is safe: the object goes when the last use ends. The table behind the names is the one process-wide state of the
 * library. There is no other: no thread-local errors, no settings, nothing printed, no signal handler, no abort, no
 * exit, no thread left behind.
 *
 * Threads. An initiative, a table, a buffer and an error are immutable: any number of threads may use one. A builder
 * and a partial have one owner; a second thread that comes while a call runs gets CW_INVALID_ARGUMENT. Callbacks run on
 * the calling thread, during the call. A thread that ends inside a callback (pthread_exit) is unwound, and what the
 * call held is freed. After fork() the child may use what was made before.
 *
 * Text is UTF-8, in by pointer and length (NULL with length 0 is blank), at most 1 MiB; refused otherwise. What comes
 * out is borrowed from its handle until that is freed, and ends with a NUL that no length counts. Nothing of ours is
 * given to free().
 *
 * Missing values. A null is a cleared bit of a validity bitmap (least significant bit first, as in Arrow). In results
 * NaN never stands for a missing value. In observations that come in, NaN is a blank; infinities are CW_INVALID_DATA.
 *
 * Rows. In findings about files a row is as a spreadsheet counts (the header is row 1); about tables in memory it
 * counts from 0 over everything added under that name; -1 where no row is meant. Column indices count from 0.
 *
 * Periods and days are text of ISO 8601 in options ("2024", "2024-Q1", "2024-03", "2024-W05", "2024-03-15"); in tables
 * a period is text, a day the number of days since 1970-01-01 (CW_DATE).
 *
 * Words of a list (a policy, a frequency, a kind) are text as the command line takes them; blank is the default; an
 * unknown word is CW_INVALID_ARGUMENT with a message that lists the known ones. That message, and the one about an id
 * or a name that is not there, ends with "Did you mean ...?" where something is near.
 *
 * Messages and log lines are safe to print: control characters and bidirectional controls in them, which came from
 * data, are written out ("\x1b", "\u202e"); line breaks and tabs are blanks. Tables hold what the data holds.
 *
 * Option structs begin with struct_size, set by their _INIT macro. A shorter one (an older caller) takes defaults for
 * the rest; a longer one (a newer caller) is refused unless what this library does not know is zero. NULL options are
 * all defaults.
 *
 * Arrow. Streams go in and out by the Arrow C Data and C Stream interfaces. An input stream or array is always
 * consumed, success or failure. Types, counts, nesting and offsets of what comes in are checked; how far its pointers
 * reach cannot be, and the same is true of the pointers of cw_column. Exported data keeps the table alive by itself and
 * may be released on any thread.
 */

#include <stddef.h>
#include <stdint.h>

#if defined(_WIN32) && !defined(CW_STATIC)
#if defined(CW_BUILDING)
#define CW_EXPORT __declspec(dllexport)
#else
#define CW_EXPORT __declspec(dllimport)
#endif
#elif defined(__GNUC__)
#define CW_EXPORT __attribute__((visibility("default")))
#else
#define CW_EXPORT
#endif

#if defined(__GNUC__)
#define CW_CHECKED __attribute__((warn_unused_result))
#else
#define CW_CHECKED
#endif

/* The library itself is built without: a thread that ends inside a callback unwinds through it. */
#if defined(__cplusplus) && __cplusplus >= 201103L && !defined(CW_BUILDING)
#define CW_NOEXCEPT noexcept
#else
#define CW_NOEXCEPT
#endif

/* A fallible function, and one that cannot fail. */
#define CW_CALL CW_EXPORT CW_CHECKED int32_t
#define CW_GET(type) CW_EXPORT type

#define CW_ABI_VERSION_MAJOR 0
#define CW_ABI_VERSION_MINOR 1
#define CW_ABI_VERSION ((uint32_t)CW_ABI_VERSION_MAJOR << 16 | (uint32_t)CW_ABI_VERSION_MINOR)

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Arrow C Data and C Stream interfaces, as https://arrow.apache.org/docs/format/CDataInterface.html states them
 * --- */
#ifndef ARROW_C_DATA_INTERFACE
#define ARROW_C_DATA_INTERFACE

#define ARROW_FLAG_DICTIONARY_ORDERED 1
#define ARROW_FLAG_NULLABLE 2
#define ARROW_FLAG_MAP_KEYS_SORTED 4

struct ArrowSchema {
  const char* format;
  const char* name;
  const char* metadata;
  int64_t flags;
  int64_t n_children;
  struct ArrowSchema** children;
  struct ArrowSchema* dictionary;
  void (*release)(struct ArrowSchema*);
  void* private_data;
};

struct ArrowArray {
  int64_t length;
  int64_t null_count;
  int64_t offset;
  int64_t n_buffers;
  int64_t n_children;
  const void** buffers;
  struct ArrowArray** children;
  struct ArrowArray* dictionary;
  void (*release)(struct ArrowArray*);
  void* private_data;
};

#endif /* ARROW_C_DATA_INTERFACE */

#ifndef ARROW_C_STREAM_INTERFACE
#define ARROW_C_STREAM_INTERFACE

struct ArrowArrayStream {
  int (*get_schema)(struct ArrowArrayStream*, struct ArrowSchema* out);
  int (*get_next)(struct ArrowArrayStream*, struct ArrowArray* out);
  const char* (*get_last_error)(struct ArrowArrayStream*);
  void (*release)(struct ArrowArrayStream*);
  void* private_data;
};

#endif /* ARROW_C_STREAM_INTERFACE */

/* ---- Statuses and handles -------------------------------------------------------------------- */

/* Fixed permanently. */
enum {
  CW_OK = 0,
  CW_INVALID_ARGUMENT = 1, /* the caller's mistake: an unknown group, an impossible option, a stale handle */
  CW_INVALID_DATA = 2,     /* the input's mistake: see cw_error_diagnostics */
  CW_IO = 3,               /* the system's answer: no such file, no permission, disk full */
  CW_CANCELLED = 4,        /* a progress callback asked to stop */
  CW_NO_MEMORY = 5,
  CW_INTERNAL = 6 /* a mistake of ours */
};

typedef struct cw_initiative cw_initiative; /* a checked, immutable initiative */
typedef struct cw_builder cw_builder;       /* tables on their way to an initiative */
typedef struct cw_partial cw_partial;       /* the rollup of some of the observations */
typedef struct cw_table cw_table;           /* immutable typed columns of equal length: every answer */
typedef struct cw_buffer cw_buffer;         /* immutable bytes or text */
typedef struct cw_error cw_error;

/* UTF-8, borrowed; NULL and 0 is blank. */
typedef struct cw_text {
  const char* data;
  size_t size;
} cw_text;
#define CW_BLANK \
  { NULL, 0 }

/* The text of a C string; NULL is blank. Borrows it. */
static inline cw_text cw_text_of(const char* s) {
  cw_text t;
  size_t n = 0;
  while (s != NULL && s[n] != '\0') ++n;
  t.data = s;
  t.size = n;
  return t;
}

/* Called now and then with the share done, 0 to 1, and what is being done (ends with a NUL); not zero cancels. Must
 * return: neither an exception nor longjmp may leave it. */
typedef int32_t (*cw_progress_callback)(void* user, double share, const char* doing, size_t doing_size);

/* Severities of findings. */
enum { CW_NOTE = 0, CW_WARNING = 1, CW_ERROR = 2 };

/* Called with every finding of a long call while it runs (file, row, field, rule, and how to fix it; ends with a
 * NUL). The same as in the table of findings afterwards. Must return as well. */
typedef void (*cw_log_callback)(void* user, int32_t severity, const char* text, size_t text_size);

typedef struct cw_progress {
  uint32_t struct_size;
  uint32_t reserved;         /* 0 */
  cw_progress_callback tell; /* NULL: not called */
  void* user;
  cw_log_callback log; /* NULL: not called */
} cw_progress;
#define CW_PROGRESS_INIT \
  { (uint32_t)sizeof(cw_progress), 0, NULL, NULL, NULL }

/* CW_ABI_VERSION and release ("0.1.0") of the library that is loaded. */
CW_GET(uint32_t) cw_abi_version(void) CW_NOEXCEPT;
CW_GET(const char*) cw_version(void) CW_NOEXCEPT;
/* "ok", "invalid_argument", ...; "unknown" for any other number. */
CW_GET(const char*) cw_status_name(int32_t status) CW_NOEXCEPT;
/* What somebody who mistyped a word may have meant, among the known ones: text, "Did you mean x or y?", or blank where
 * nothing is near. What messages of the library end with, for the names of a caller's own. O(bytes), and a few tenths
 * of a second at most for distances. */
CW_CALL cw_suggest(const char* word, size_t word_size, const cw_text* known, size_t n_known, cw_buffer** out,
                   cw_error** err) CW_NOEXCEPT;

/* ---- Errors: all accessors take NULL and stale handles (CW_OK, "", -1) ----------------------- */
CW_GET(void) cw_error_free(cw_error* error) CW_NOEXCEPT;
CW_GET(int32_t) cw_error_status(const cw_error* error) CW_NOEXCEPT;
/* Stable: "unknown_id", "wrong_type", ... (docs/diagnostics.md), or the name of the status. */
CW_GET(const char*) cw_error_code(const cw_error* error) CW_NOEXCEPT;
/* A sentence for a person: what is wrong and how to fix it. */
CW_GET(const char*) cw_error_message(const cw_error* error) CW_NOEXCEPT;
/* The file or table, the column and the id concerned; blank where there is none. */
CW_GET(const char*) cw_error_file(const cw_error* error) CW_NOEXCEPT;
CW_GET(const char*) cw_error_field(const cw_error* error) CW_NOEXCEPT;
CW_GET(const char*) cw_error_record(const cw_error* error) CW_NOEXCEPT;
CW_GET(int64_t) cw_error_row(const cw_error* error) CW_NOEXCEPT;
/* Every finding of the input that was refused: columns of cw_initiative_diagnostics. Where the error is of no input,
 * itself. */
CW_CALL cw_error_diagnostics(const cw_error* error, cw_table** out, cw_error** err) CW_NOEXCEPT;

/* ---- Buffers --------------------------------------------------------------------------------- */
CW_GET(void) cw_buffer_free(cw_buffer* buffer) CW_NOEXCEPT;
/* NULL and 0 for a stale handle. */
CW_GET(const void*) cw_buffer_data(const cw_buffer* buffer) CW_NOEXCEPT;
CW_GET(size_t) cw_buffer_size(const cw_buffer* buffer) CW_NOEXCEPT;

/* ---- Tables ---------------------------------------------------------------------------------- */

/* Types of cw_column. The first five are in results; the others only come in, as int64, float64 and text. */
enum {
  CW_INT64 = 0,   /* int64_t */
  CW_FLOAT64 = 1, /* double */
  CW_UTF8 = 2,    /* `data` is bytes; string i is [offsets[i], offsets[i + 1]) of them */
  CW_BOOLEAN = 3, /* uint8_t, 0 or 1 */
  CW_DATE = 4,    /* int32_t, days since 1970-01-01 */
  CW_INT32 = 5,   /* int32_t */
  CW_FLOAT32 = 6, /* float */
  CW_STRINGS = 7  /* const char*, each ends with a NUL; NULL is null */
};

/* A stride: one value holds for all rows, and only one is read (of CW_UTF8: the string between offsets[0] and
 * offsets[1]). Not 0, which means dense. */
#define CW_STRIDE_CONSTANT INT64_MIN

/* One column, in or out. What comes out is borrowed from the table until that is freed. */
typedef struct cw_column {
  uint32_t struct_size;
  uint32_t type;
  cw_text name;
  const void* data;
  int64_t stride;          /* bytes from one value to the next, also negative; 0: dense; or CW_STRIDE_CONSTANT.
                              Of CW_UTF8: 0 or CW_STRIDE_CONSTANT */
  const uint8_t* validity; /* bit i % 8 of byte i / 8 is set where row i has a value; NULL: all have */
  const int64_t* offsets;  /* CW_UTF8: rows + 1 of them, ascending from 0 or more */
  int64_t null_count;      /* out only */
} cw_column;
#define CW_COLUMN_INIT \
  { (uint32_t)sizeof(cw_column), CW_INT64, CW_BLANK, NULL, 0, NULL, NULL, 0 }

CW_GET(void) cw_table_free(cw_table* table) CW_NOEXCEPT;
/* Copies columns of `rows` values each. Names may not repeat or be blank. A stride by which the rows would reach beyond
 * memory, or that the type does not take, is CW_INVALID_ARGUMENT. O(cells). */
CW_CALL cw_table_from_columns(const cw_column* columns, size_t n_columns, int64_t rows, cw_table** out,
                              cw_error** err) CW_NOEXCEPT;
/* Reads a stream of struct arrays to its end: integers, floats, booleans, UTF-8 (32-bit, 64-bit, view), date32, date64,
 * null, and dictionaries of UTF-8. Refuses other types, with a message that names the column (times of day: cast to
 * date). O(cells). */
CW_CALL cw_table_import(struct ArrowArrayStream* stream, cw_table** out, cw_error** err) CW_NOEXCEPT;
/* The same for one struct array; consumes both. */
CW_CALL cw_table_import_array(struct ArrowArray* array, struct ArrowSchema* schema, cw_table** out,
                              cw_error** err) CW_NOEXCEPT;
/* A stream of one batch: int64, float64, large UTF-8, bool, date32. Borrows the table's memory (no copy) but for
 * booleans, and text that came in as dictionaries. Fails only with `out` untouched; release `out` when done. */
CW_CALL cw_table_export(const cw_table* table, struct ArrowArrayStream* out, cw_error** err) CW_NOEXCEPT;
/* The same, with text columns as dictionaries (int32 indices, large UTF-8) where the field of that name in `requested`,
 * a schema that is only read, is a dictionary of any kind; the rest of it is not followed. Columns of 2^31 rows or more
 * stay plain. NULL: cw_table_export. */
CW_CALL cw_table_export_as(const cw_table* table, const struct ArrowSchema* requested, struct ArrowArrayStream* out,
                           cw_error** err) CW_NOEXCEPT;
CW_CALL cw_table_rows(const cw_table* table, int64_t* out, cw_error** err) CW_NOEXCEPT;
CW_CALL cw_table_column_count(const cw_table* table, int64_t* out, cw_error** err) CW_NOEXCEPT;
/* The column of an index; `out` begins with struct_size (CW_COLUMN_INIT). O(1). */
CW_CALL cw_table_column(const cw_table* table, int64_t index, cw_column* out, cw_error** err) CW_NOEXCEPT;
/* The index of the column with this name; CW_INVALID_ARGUMENT, naming the columns there are, where there is none. */
CW_CALL cw_table_find(const cw_table* table, const char* name, size_t name_size, int64_t* out,
                      cw_error** err) CW_NOEXCEPT;
/* Whether a column of this name says what the rows of an answer are about or rest on (a group, a period, a unit, who
 * reported): 1, and a program that prints may leave it out where it is blank or the same in every row. 0: it is the
 * answer itself (a value, its interval, a state, a verdict), to be shown always. O(log names). */
CW_CALL cw_column_is_context(const char* name, size_t name_size, int64_t* out, cw_error** err) CW_NOEXCEPT;
/* RFC 4180 text as the folder format has it: numbers in the fewest digits that read back the same, blank for null. */
CW_CALL cw_table_csv(const cw_table* table, cw_buffer** out, cw_error** err) CW_NOEXCEPT;

/* ---- Loading and saving ---------------------------------------------------------------------- */
CW_GET(void) cw_initiative_free(cw_initiative* initiative) CW_NOEXCEPT;
/* A folder, a datapackage.json or a packed file. CW_INVALID_DATA with every finding where the data does not hold. */
CW_CALL cw_load(const char* path, size_t path_size, const cw_progress* progress, cw_initiative** out,
                cw_error** err) CW_NOEXCEPT;
/* As `commonweal check`: every finding of a folder or a packed file, those about its records too, whether or not it
 * loads; columns of cw_initiative_diagnostics. It loads where no finding about the files themselves is an error. */
CW_CALL cw_check(const char* path, size_t path_size, const cw_progress* progress, cw_table** out,
                 cw_error** err) CW_NOEXCEPT;
/* The packed form in memory; bytes that were cut or changed are CW_INVALID_DATA. */
CW_CALL cw_unpack(const void* bytes, size_t size, cw_initiative** out, cw_error** err) CW_NOEXCEPT;
CW_CALL cw_pack(const cw_initiative* initiative, cw_buffer** out, cw_error** err) CW_NOEXCEPT;
/* The packed form in a file: the old file or the new one, never a torn one. */
CW_CALL cw_save(const cw_initiative* initiative, const char* path, size_t path_size, cw_error** err) CW_NOEXCEPT;
/* The folder form. Refuses a folder that is not empty unless the library wrote it. */
CW_CALL cw_write_folder(const cw_initiative* initiative, const char* path, size_t path_size,
                        const cw_progress* progress, cw_error** err) CW_NOEXCEPT;

/* A synthetic initiative to try things with; see `commonweal sample --help`. */
/* options of sample: written by tools/options.py */
/* As `commonweal sample`. Write a synthetic initiative, to try things out. */
typedef struct cw_sample_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* Organizations that report */
  uint64_t reporters;
  /* Groups, at least 4: the cascade has four levels */
  uint64_t groups;
  /* Months from 2020-01 */
  uint64_t periods;
  /* Shared measures, 1 to 5 of: people served, dollars spent, households housed, a waiting list, well-being */
  uint64_t indicators;
  /* The same seed gives the same bytes */
  uint64_t seed;
} cw_sample_options;
#define CW_SAMPLE_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_sample_options), 0, 200, 20, 36, 5, 1 }
/* end of options of sample */
CW_CALL cw_sample(const char* path, size_t path_size, const cw_sample_options* options, const cw_progress* progress,
                  cw_error** err) CW_NOEXCEPT;

/* ---- Building and editing -------------------------------------------------------------------- */

/* What the package says of the whole. */
typedef struct cw_info {
  uint32_t struct_size;
  uint32_t synthetic; /* 0 or 1 */
  cw_text name;
  cw_text title;
  cw_text description;
} cw_info;
#define CW_INFO_INIT \
  { (uint32_t)sizeof(cw_info), 0, CW_BLANK, CW_BLANK, CW_BLANK }

CW_GET(void) cw_builder_free(cw_builder* builder) CW_NOEXCEPT;
CW_CALL cw_builder_new(cw_builder** out, cw_error** err) CW_NOEXCEPT;
/* A builder that holds the tables of an initiative, to edit: remove, add, finish. */
CW_CALL cw_builder_from(const cw_initiative* initiative, cw_builder** out, cw_error** err) CW_NOEXCEPT;
CW_CALL cw_builder_set_info(cw_builder* builder, const cw_info* info, cw_error** err) CW_NOEXCEPT;
/* Adds rows to a table of the folder format ("organizations", "member_of", "observations", ...: docs/data-format.md),
 * or of a record table of your own. Text passes for periods, days and numbers, whole numbers for ids. In any order, as
 * often as there are batches. What does not fit is found by finish. Holds the table, without a copy where nothing is
 * converted. */
CW_CALL cw_builder_add_table(cw_builder* builder, const char* resource, size_t resource_size, const cw_table* table,
                             cw_error** err) CW_NOEXCEPT;
CW_CALL cw_builder_add_stream(cw_builder* builder, const char* resource, size_t resource_size,
                              struct ArrowArrayStream* stream, cw_error** err) CW_NOEXCEPT;
/* Drops every row added under the name; CW_INVALID_ARGUMENT where there are none. */
CW_CALL cw_builder_remove(cw_builder* builder, const char* resource, size_t resource_size, cw_error** err) CW_NOEXCEPT;
/* Checks all of it and makes the initiative; CW_INVALID_DATA with every finding. The builder stays as it is and may go
 * on. */
CW_CALL cw_builder_finish(cw_builder* builder, cw_initiative** out, cw_error** err) CW_NOEXCEPT;

/* ---- What an initiative holds ---------------------------------------------------------------- */

/* Findings of loading: severity, code, file utf8, row int64, field, record, message utf8. */
CW_CALL cw_initiative_diagnostics(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT;
/* The same and what cannot be right in its records: the columns are the same. */
CW_CALL cw_initiative_check(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT;
/* One row: name, title, description utf8, synthetic boolean. */
CW_CALL cw_initiative_info(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT;
/* What there is: item utf8, count int64, detail utf8. */
CW_CALL cw_initiative_summary(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT;
/* The tables that cw_initiative_table knows: table, kind (nodes, edges, records) utf8, rows int64. */
CW_CALL cw_initiative_tables(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT;
/* One table as the folder format has it: a kind of node ("organizations") or edge ("member_of"), "observations" in long
 * form (reporter, indicator, period, value, numerator, denominator, breakdown, status), "targets", or a record table.
 */
CW_CALL cw_initiative_table(const cw_initiative* initiative, const char* name, size_t name_size, cw_table** out,
                            cw_error** err) CW_NOEXCEPT;
/* Definitions with defaults filled in: id, name, unit, kind, direction, over_groups, over_time, order, nature utf8,
 * counts_people boolean, factor float64, formula, formula_level utf8, look_back int64 (null: no limit). */
CW_CALL cw_initiative_indicators(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT;

/* ---- Figures --------------------------------------------------------------------------------- */

/* options of rollup: written by tools/options.py */
/* As `commonweal rollup`. Figures of every group: each reporter counts once on every level. */
typedef struct cw_rollup_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* This indicator (default: all) */
  const cw_text* indicator;
  size_t n_indicator;
  /* This group (default: all) */
  const cw_text* group;
  size_t n_group;
  /* Aggregate over time (default: as reported): day, week, month, quarter, year */
  cw_text every;
  /* First period, as 2024, 2024-Q1 or 2024-03 */
  cw_text from;
  /* Last period */
  cw_text to;
  /* Use the structure of this one day for all periods */
  cw_text as_of;
  /* When a membership counts in a period: last_day, first_day, any_day, whole_period */
  cw_text membership;
  /* What missing reports do: complete_case, all_or_nothing, minimum_coverage, carry_forward, adjusted */
  cw_text missing;
  /* Share of reports that minimum_coverage and adjusted ask for */
  double minimum_coverage;
  /* k of the policy adjusted */
  double adjustment;
  /* A part of the whole, as sex=female (default: the total) */
  cw_text breakdown;
} cw_rollup_options;
#define CW_ROLLUP_OPTIONS_INIT                                                                                        \
  {                                                                                                                   \
    (uint32_t)sizeof(cw_rollup_options), 0, NULL, NULL, 0, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, \
        CW_BLANK, 0.75, 0.25, CW_BLANK                                                                                \
  }
/* end of options of rollup */

/* group, indicator, period utf8, value, numerator, denominator float64, reported, expected int64, coverage, lower,
 * upper float64, state utf8, structure_date date. A null value is explained by `state` (docs/rollup-semantics.md).
 * CW_INVALID_ARGUMENT, answer_too_large, where it would have more than 2,097,152 rows and 128 for each node, edge and
 * report. */
CW_CALL cw_rollup(const cw_initiative* initiative, const cw_rollup_options* options, cw_table** out,
                  cw_error** err) CW_NOEXCEPT;
/* options of explain: written by tools/options.py */
/* As `commonweal explain`. The reporters and amounts behind one figure. */
typedef struct cw_explain_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* The group */
  cw_text group;
  /* The indicator */
  cw_text indicator;
  /* The period, as 2024, 2024-Q1 or 2024-03 */
  cw_text period;
  /* Use the structure of this one day for all periods */
  cw_text as_of;
  /* When a membership counts in a period: last_day, first_day, any_day, whole_period */
  cw_text membership;
  /* What missing reports do: complete_case, all_or_nothing, minimum_coverage, carry_forward, adjusted */
  cw_text missing;
  /* Share of reports that minimum_coverage and adjusted ask for */
  double minimum_coverage;
  /* k of the policy adjusted */
  double adjustment;
  /* A part of the whole, as sex=female (default: the total) */
  cw_text breakdown;
} cw_explain_options;
#define CW_EXPLAIN_OPTIONS_INIT                                                                                      \
  {                                                                                                                  \
    (uint32_t)sizeof(cw_explain_options), 0, NULL, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, 0.75, \
        0.25, CW_BLANK                                                                                               \
  }
/* end of options of explain */
/* The reports behind one figure; their shares add up to it. reporter, name, period utf8, value, numerator, denominator
 * float64, state, paths utf8, share float64, indicator utf8. */
CW_CALL cw_explain(const cw_initiative* initiative, const cw_explain_options* options, cw_table** out,
                   cw_error** err) CW_NOEXCEPT;

/* ---- Rollups in parts ------------------------------------------------------------------------ */

/* Observations may be rolled up in parts, by several processes, where each report (reporter, indicator, period) is in
 * one part: new, update, merge, finish. How they are shared out leaves no trace: finish gives the bits of cw_rollup
 * over all of them. A part holds sums and counts of groups and a mark for each report, not the reports; its bytes are
 * small. Of indicators by median, percentile or geometric_mean over groups it holds the values, and is as large as they
 * are. What sums and counts do not determine is refused with CW_INVALID_ARGUMENT, naming indicator and operator:
 * standard deviations; first and last over several periods as reported; the policy carry_forward; formulas computed for
 * each reporter; people counted once by their ids. A partial has one owner. */
CW_GET(void) cw_partial_free(cw_partial* partial) CW_NOEXCEPT;
/* Empty. The initiative gives network and definitions, and is kept in use; its own observations are not in the partial.
 * The progress of the options is not kept. */
CW_CALL cw_partial_new(const cw_initiative* initiative, const cw_rollup_options* options, cw_partial** out,
                       cw_error** err) CW_NOEXCEPT;
/* Adds rows of the table "observations" of the folder format, judged as in loading; those of other indicators and
 * breakdowns than asked for are judged and left. CW_INVALID_DATA with every finding where some are refused, or have
 * come before; then nothing is added. Cheapest in large pieces. O(rows x groups above a reporter). */
CW_CALL cw_partial_update(cw_partial* partial, const cw_table* observations, cw_error** err) CW_NOEXCEPT;
CW_CALL cw_partial_update_stream(cw_partial* partial, struct ArrowArrayStream* observations,
                                 cw_error** err) CW_NOEXCEPT;
/* Adds what another holds, which stays as it is. CW_INVALID_ARGUMENT where options, network or definitions differ,
 * CW_INVALID_DATA where a report is in both. */
CW_CALL cw_partial_merge(cw_partial* into, const cw_partial* other, cw_error** err) CW_NOEXCEPT;
/* Checked, portable bytes; equal parts give equal bytes. */
CW_CALL cw_partial_serialize(const cw_partial* partial, cw_buffer** out, cw_error** err) CW_NOEXCEPT;
/* Back to a partial, of the same initiative (its observations may differ). Bytes that were cut or changed, or are of
 * another initiative, are CW_INVALID_DATA. */
CW_CALL cw_partial_deserialize(const cw_initiative* initiative, const void* bytes, size_t size, cw_partial** out,
                               cw_error** err) CW_NOEXCEPT;
/* The table of cw_rollup over what was added. The partial stays as it is and may go on. */
CW_CALL cw_partial_finish(const cw_partial* partial, const cw_progress* progress, cw_table** out,
                          cw_error** err) CW_NOEXCEPT;

/* ---- Analyses -------------------------------------------------------------------------------- */

/* A criterion or a category, and its weight. */
typedef struct cw_weight {
  cw_text name;
  double weight;
} cw_weight;

/* As `commonweal analyze`: of the figures of groups, by default of those that are part of no other. The columns are
 * those of the command line (docs/cli.md), and last `reading` utf8: what the rows say in a sentence, in the first of
 * the rows it is about, null in the others. */
/* options of analyses: written by tools/options.py */
/* As `commonweal analyze trend`. Does each measure rise or fall, more than by chance. */
typedef struct cw_trend_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* This indicator (default: all) */
  const cw_text* indicator;
  size_t n_indicator;
  /* This group (default: those that are part of no other) */
  const cw_text* group;
  size_t n_group;
  /* Figures of this reporter instead of a group */
  const cw_text* reporter;
  size_t n_reporter;
  /* Aggregate over time (default: as reported): day, week, month, quarter, year */
  cw_text every;
  /* First period, as 2024, 2024-Q1 or 2024-03 */
  cw_text from;
  /* Last period */
  cw_text to;
  /* Only periods that are over by this day */
  cw_text as_of;
  /* Of intervals and tests */
  double confidence;
  /* Test of the trend: automatic, original, seasonal, correlated_seasonal, hamed_rao, yue_wang, pre_whitening,
   * trend_free_pre_whitening */
  cw_text test;
} cw_trend_options;
#define CW_TREND_OPTIONS_INIT                                                                                       \
  {                                                                                                                 \
    (uint32_t)sizeof(cw_trend_options), 0, NULL, NULL, 0, NULL, 0, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, \
        0.95, CW_BLANK                                                                                              \
  }
CW_CALL cw_trend(const cw_initiative* initiative, const cw_trend_options* options, cw_table** out,
                 cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze card`. How many measures move in the right direction. */
typedef struct cw_card_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* This indicator (default: all) */
  const cw_text* indicator;
  size_t n_indicator;
  /* This group (default: those that are part of no other) */
  const cw_text* group;
  size_t n_group;
  /* Figures of this reporter instead of a group */
  const cw_text* reporter;
  size_t n_reporter;
  /* Aggregate over time (default: as reported): day, week, month, quarter, year */
  cw_text every;
  /* First period, as 2024, 2024-Q1 or 2024-03 */
  cw_text from;
  /* Last period */
  cw_text to;
  /* Only periods that are over by this day; of several days a card each */
  const cw_text* as_of;
  size_t n_as_of;
  /* Of intervals and tests */
  double confidence;
  /* Changes up to this share are flat */
  double flat;
  /* What the latest value is compared with: since_baseline, since_previous, since_year_before, trend */
  cw_text basis;
} cw_card_options;
#define CW_CARD_OPTIONS_INIT                                                                                      \
  {                                                                                                               \
    (uint32_t)sizeof(cw_card_options), 0, NULL, NULL, 0, NULL, 0, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, NULL, 0, \
        0.95, 0.0, CW_BLANK                                                                                       \
  }
CW_CALL cw_card(const cw_initiative* initiative, const cw_card_options* options, cw_table** out,
                cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze target`. How far each measure is on its way to its target. */
typedef struct cw_target_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* This indicator (default: all) */
  const cw_text* indicator;
  size_t n_indicator;
  /* This group (default: those that are part of no other) */
  const cw_text* group;
  size_t n_group;
  /* Figures of this reporter instead of a group */
  const cw_text* reporter;
  size_t n_reporter;
  /* Aggregate over time (default: as reported): day, week, month, quarter, year */
  cw_text every;
  /* First period, as 2024, 2024-Q1 or 2024-03 */
  cw_text from;
  /* Last period */
  cw_text to;
  /* Judge on this day (default: at the end of the last period) */
  cw_text as_of;
  /* Of intervals and tests */
  double confidence;
  /* Shape of the way from the baseline to the target: linear, geometric */
  cw_text path;
} cw_target_options;
#define CW_TARGET_OPTIONS_INIT                                                                                       \
  {                                                                                                                  \
    (uint32_t)sizeof(cw_target_options), 0, NULL, NULL, 0, NULL, 0, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, \
        0.95, CW_BLANK                                                                                               \
  }
CW_CALL cw_target(const cw_initiative* initiative, const cw_target_options* options, cw_table** out,
                  cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze chart`. Which points of one indicator in one group stand out. */
typedef struct cw_chart_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* This indicator (default: all) */
  const cw_text* indicator;
  size_t n_indicator;
  /* This group (default: those that are part of no other) */
  const cw_text* group;
  size_t n_group;
  /* Figures of this reporter instead of a group */
  const cw_text* reporter;
  size_t n_reporter;
  /* Aggregate over time (default: as reported): day, week, month, quarter, year */
  cw_text every;
  /* First period, as 2024, 2024-Q1 or 2024-03 */
  cw_text from;
  /* Last period */
  cw_text to;
  /* Only periods that are over by this day */
  cw_text as_of;
  /* Kind of chart (default: by the kind of indicator): run, xmr, p, p_prime, u, u_prime, c, t, g */
  cw_text chart;
  /* Set of rules by which points stand out; sets are never mixed: shewhart, anhoej, western_electric, nelson, nhs */
  const cw_text* rules;
  size_t n_rules;
  /* New center and limits from this period on */
  const cw_text* phase;
  size_t n_phase;
  /* Limits of the last phase come from its points up to this period */
  cw_text freeze;
  /* Plot this period and do not count it */
  const cw_text* ghost;
  size_t n_ghost;
  /* Drop unusual moving ranges from the limits */
  uint64_t screen;
  /* Which table: a row for each point or each phase: points, phases */
  cw_text show;
} cw_chart_options;
#define CW_CHART_OPTIONS_INIT                                                                                       \
  {                                                                                                                 \
    (uint32_t)sizeof(cw_chart_options), 0, NULL, NULL, 0, NULL, 0, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, \
        CW_BLANK, NULL, 0, NULL, 0, CW_BLANK, NULL, 0, 0, CW_BLANK                                                  \
  }
CW_CALL cw_chart(const cw_initiative* initiative, const cw_chart_options* options, cw_table** out,
                 cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze summary`. Count, extremes, mean and spread of each measure. */
typedef struct cw_summary_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* This indicator (default: all) */
  const cw_text* indicator;
  size_t n_indicator;
  /* This group (default: those that are part of no other) */
  const cw_text* group;
  size_t n_group;
  /* Figures of this reporter instead of a group */
  const cw_text* reporter;
  size_t n_reporter;
  /* Aggregate over time (default: as reported): day, week, month, quarter, year */
  cw_text every;
  /* First period, as 2024, 2024-Q1 or 2024-03 */
  cw_text from;
  /* Last period */
  cw_text to;
  /* Only periods that are over by this day */
  cw_text as_of;
} cw_summary_options;
#define CW_SUMMARY_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_summary_options), 0, NULL, NULL, 0, NULL, 0, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK }
CW_CALL cw_summary(const cw_initiative* initiative, const cw_summary_options* options, cw_table** out,
                   cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze forecast`. Where each measure goes if nothing changes. */
typedef struct cw_forecast_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* This indicator (default: all) */
  const cw_text* indicator;
  size_t n_indicator;
  /* This group (default: those that are part of no other) */
  const cw_text* group;
  size_t n_group;
  /* Figures of this reporter instead of a group */
  const cw_text* reporter;
  size_t n_reporter;
  /* Aggregate over time (default: as reported): day, week, month, quarter, year */
  cw_text every;
  /* First period, as 2024, 2024-Q1 or 2024-03 */
  cw_text from;
  /* Last period */
  cw_text to;
  /* Only periods that are over by this day */
  cw_text as_of;
  /* Of intervals and tests */
  double confidence;
  /* Method of the forecast: automatic, naive, seasonal_naive, drift, holt, damped_holt, damped_holt_winters */
  cw_text method;
  /* Periods ahead; 0: one cycle of seasons, or three years */
  uint64_t horizon;
  /* Make groups and reporters add up, by this method (default: not): bottom_up, ols, structural, wls, mint_shrink */
  cw_text reconcile;
} cw_forecast_options;
#define CW_FORECAST_OPTIONS_INIT                                                                                       \
  {                                                                                                                    \
    (uint32_t)sizeof(cw_forecast_options), 0, NULL, NULL, 0, NULL, 0, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, \
        0.95, CW_BLANK, 0, CW_BLANK                                                                                    \
  }
CW_CALL cw_forecast(const cw_initiative* initiative, const cw_forecast_options* options, cw_table** out,
                    cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze quality`. Whom to call about which report, worst first. */
typedef struct cw_quality_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* This indicator (default: all) */
  const cw_text* indicator;
  size_t n_indicator;
  /* Reports of those in this group on the day */
  const cw_text* group;
  size_t n_group;
  /* Reports of this reporter alone */
  const cw_text* reporter;
  size_t n_reporter;
  /* First period, as 2024, 2024-Q1 or 2024-03 */
  cw_text from;
  /* Last period */
  cw_text to;
  /* The day that is today: what came later is not judged (default: the end of the data) */
  cw_text as_of;
  /* Which table: calls, findings, reporters, indicators, pairs */
  cw_text show;
  /* At most so many calls; 0: all, and 20 in a table that is printed */
  uint64_t top;
} cw_quality_options;
#define CW_QUALITY_OPTIONS_INIT                                                                                       \
  {                                                                                                                   \
    (uint32_t)sizeof(cw_quality_options), 0, NULL, NULL, 0, NULL, 0, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, \
        0                                                                                                             \
  }
CW_CALL cw_quality(const cw_initiative* initiative, const cw_quality_options* options, cw_table** out,
                   cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze contributions`. Which reporters moved a figure between two periods. */
typedef struct cw_contributions_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* The indicator (default: the only one) */
  cw_text indicator;
  /* The group (default: the only one that is part of no other) */
  cw_text group;
  /* The earlier period (default: a year before the later) */
  cw_text from;
  /* The later period (default: the latest) */
  cw_text to;
  /* Only periods that are over by this day */
  cw_text as_of;
} cw_contributions_options;
#define CW_CONTRIBUTIONS_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_contributions_options), 0, NULL, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK }
CW_CALL cw_contributions(const cw_initiative* initiative, const cw_contributions_options* options, cw_table** out,
                         cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze group_contributions`. Which groups moved a sum between two periods. */
typedef struct cw_group_contributions_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* The indicator (default: the only one) */
  cw_text indicator;
  /* The group (default: the only one that is part of no other) */
  cw_text group;
  /* The earlier period (default: a year before the later) */
  cw_text from;
  /* The later period (default: the latest) */
  cw_text to;
  /* Only periods that are over by this day */
  cw_text as_of;
} cw_group_contributions_options;
#define CW_GROUP_CONTRIBUTIONS_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_group_contributions_options), 0, NULL, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK }
CW_CALL cw_group_contributions(const cw_initiative* initiative, const cw_group_contributions_options* options,
                               cw_table** out, cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze gaps`. How far the parts of a whole are from each other. */
typedef struct cw_gaps_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* The indicator (default: the only one) */
  cw_text indicator;
  /* The group (default: the only one that is part of no other) */
  cw_text group;
  /* The period (default: the latest) */
  cw_text to;
  /* Dimension of the breakdown, as sex in sex=female */
  cw_text by;
  /* Category compared with (default: the largest) */
  cw_text reference;
  /* Of intervals and tests */
  double confidence;
} cw_gaps_options;
#define CW_GAPS_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_gaps_options), 0, NULL, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, 0.95 }
CW_CALL cw_gaps(const cw_initiative* initiative, const cw_gaps_options* options, cw_table** out,
                cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze equity`. Gaps, ratios and slope indices between the parts of several populations. */
typedef struct cw_equity_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* The indicator (default: the only one) */
  cw_text indicator;
  /* This group (default: those that are part of no other) */
  const cw_text* group;
  size_t n_group;
  /* The period (default: the latest) */
  cw_text to;
  /* Dimension of the breakdown, as sex in sex=female */
  cw_text by;
  /* Dimension of the populations (default: groups) */
  cw_text across;
  /* Category compared with (default: the largest) */
  cw_text reference;
  /* Categories from the least to the most advantaged, for slope indices */
  const cw_text* order;
  size_t n_order;
  /* Of intervals and tests */
  double confidence;
} cw_equity_options;
#define CW_EQUITY_OPTIONS_INIT                                                                                        \
  {                                                                                                                   \
    (uint32_t)sizeof(cw_equity_options), 0, NULL, CW_BLANK, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK, NULL, 0, \
        0.95                                                                                                          \
  }
CW_CALL cw_equity(const cw_initiative* initiative, const cw_equity_options* options, cw_table** out,
                  cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze standardized`. Rates of populations as if each had the same mix of parts. */
typedef struct cw_standardized_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* The indicator (default: the only one) */
  cw_text indicator;
  /* This group (default: those that are part of no other) */
  const cw_text* group;
  size_t n_group;
  /* The period (default: the latest) */
  cw_text to;
  /* Dimension of the breakdown, as sex in sex=female */
  cw_text by;
  /* Dimension of the populations (default: groups) */
  cw_text across;
  /* Weight of a category (default: the people of all populations) */
  const cw_weight* standard;
  size_t n_standard;
  /* Of intervals and tests */
  double confidence;
} cw_standardized_options;
#define CW_STANDARDIZED_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_standardized_options), 0, NULL, CW_BLANK, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, NULL, 0, 0.95 }
CW_CALL cw_standardized(const cw_initiative* initiative, const cw_standardized_options* options, cw_table** out,
                        cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze reversals`. Pairs of populations whose order in every part is not that of the whole. */
typedef struct cw_reversals_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* The indicator (default: the only one) */
  cw_text indicator;
  /* This group (default: those that are part of no other) */
  const cw_text* group;
  size_t n_group;
  /* The period (default: the latest) */
  cw_text to;
  /* Dimension of the breakdown, as sex in sex=female */
  cw_text by;
  /* Dimension of the populations (default: groups) */
  cw_text across;
} cw_reversals_options;
#define CW_REVERSALS_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_reversals_options), 0, NULL, CW_BLANK, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK }
CW_CALL cw_reversals(const cw_initiative* initiative, const cw_reversals_options* options, cw_table** out,
                     cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze breakdowns`. Parts that do not add up to their whole. */
typedef struct cw_breakdowns_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* This indicator (default: all) */
  const cw_text* indicator;
  size_t n_indicator;
  /* Difference allowed a part */
  double tolerance;
  /* Also what holds or cannot be checked */
  uint64_t all;
} cw_breakdowns_options;
#define CW_BREAKDOWNS_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_breakdowns_options), 0, NULL, NULL, 0, 0.5, 0 }
CW_CALL cw_breakdowns(const cw_initiative* initiative, const cw_breakdowns_options* options, cw_table** out,
                      cw_error** err) CW_NOEXCEPT;

/* As `commonweal analyze harmonize`. Local observations as shared measures, by measure_map.csv. */
typedef struct cw_harmonize_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* Local observations: reporter, local, period, value, and optionally breakdown, name, unit */
  const cw_table* local;
  /* Which table: report, observations, lineage, matches */
  cw_text show;
} cw_harmonize_options;
#define CW_HARMONIZE_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_harmonize_options), 0, NULL, NULL, CW_BLANK }
CW_CALL cw_harmonize(const cw_initiative* initiative, const cw_harmonize_options* options, cw_table** out,
                     cw_error** err) CW_NOEXCEPT;

/* end of options of analyses */

/* ---- Judgements ------------------------------------------------------------------------------ */

/* A day that is left blank, here and below, is the last day with data: of the last period with a report, and of what is
 * recorded with its day (meetings, surveys, people served, ...). Where nothing is reported it is the last day that the
 * data names (starts, ends, targets, ...), and where it names none, today in UTC, or the day that the environment
 * variable COMMONWEAL_TODAY names. What has no dates holds on every day. This is that day, in one row: day date, origin
 * utf8 (data, named, today). */
CW_CALL cw_default_day(const cw_initiative* initiative, cw_table** out, cw_error** err) CW_NOEXCEPT;

/* Links that are missing on a day (blank: the last day with data): rule, severity, kind, id, name, finding, mend,
 * requirement utf8, date. */
CW_CALL cw_lint(const cw_initiative* initiative, const char* as_of, size_t as_of_size, cw_table** out,
                cw_error** err) CW_NOEXCEPT;

/* options of assess: written by tools/options.py */
/* As `commonweal assess`. Preconditions, conditions, backbone and phase, judged with their evidence. */
typedef struct cw_assess_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* Judge on this day (default: the last day with data) */
  cw_text as_of;
  /* What moved since this day, instead of the judgements */
  cw_text compare;
  /* Criteria that begin so: precondition, condition, backbone, phase, condition.common_agenda */
  const cw_text* only;
  size_t n_only;
  /* Preconditions as a gate or to cultivate: gate, cultivate */
  cw_text policy;
  /* Run this instrument instead: readiness, checklist, factors, principles, feasibility, contrast, or one of the
   * initiative's own */
  cw_text rubric;
  /* Phase scheme */
  cw_text scheme;
  /* Currency in which money is added */
  cw_text currency;
} cw_assess_options;
#define CW_ASSESS_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_assess_options), 0, NULL, CW_BLANK, CW_BLANK, NULL, 0, CW_BLANK, CW_BLANK, CW_BLANK, CW_BLANK }
/* end of options of assess */
/* criterion, question, verdict utf8, score float64, scale, evidence_for, evidence_against, rule, missing, change,
 * source utf8, date. With `compare`: criterion, question utf8, from_date date, from utf8, from_score float64, to_date
 * date, to utf8, to_score float64. */
CW_CALL cw_assess(const cw_initiative* initiative, const cw_assess_options* options, cw_table** out,
                  cw_error** err) CW_NOEXCEPT;

/* Months that the first two phases may take, as of a day (blank: the last day with data). One row: low, high float64,
 * arithmetic utf8. */
CW_CALL cw_duration(const cw_initiative* initiative, const char* as_of, size_t as_of_size, cw_table** out,
                    cw_error** err) CW_NOEXCEPT;

/* options of select: written by tools/options.py */
/* As `commonweal select`. Candidates for the backbone ranked, tensions, functions shared, budget. */
typedef struct cw_select_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* Which table: rank, tensions, share, uncovered, budget */
  cw_text show;
  /* Rank: weight of a criterion (default: all alike) */
  const cw_weight* weight;
  size_t n_weight;
  /* Rank: seed of the random weightings that test how firm it is */
  uint64_t seed;
  /* Rank: day by which to decide */
  cw_text deadline;
  /* Share: cost of each organization after the first */
  double coordination_cost;
  /* Budget: its day (default: the last day with data) */
  cw_text as_of;
} cw_select_options;
#define CW_SELECT_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_select_options), 0, CW_BLANK, NULL, 0, 1, CW_BLANK, 0.0, CW_BLANK }
/* end of options of select */
/* The columns are those of the command line; uncovered: function utf8. */
CW_CALL cw_select(const cw_initiative* initiative, const cw_select_options* options, cw_table** out,
                  cw_error** err) CW_NOEXCEPT;

/* What the literature fixes: the list of that name, or, blank, the lists there are. Needs no initiative. */
CW_CALL cw_catalogue(const char* list, size_t list_size, cw_table** out, cw_error** err) CW_NOEXCEPT;

/* ---- The report ------------------------------------------------------------------------------ */

/* options of report: written by tools/options.py */
/* As `commonweal report`. Who the initiative is, where its measures stand, what is wrong with the data. */
typedef struct cw_report_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* Structure and figures up to this day (default: the last day with data) */
  cw_text as_of;
  /* This group and what is below it (default: the whole) */
  cw_text group;
  /* A change of at most this share of the baseline is flat */
  double flat;
  /* Cut no list */
  uint64_t full;
  /* Columns to fill */
  uint64_t width;
  /* No letters and lines beyond ASCII */
  uint64_t ascii;
  /* With the escape sequences of terminals */
  uint64_t color;
} cw_report_options;
#define CW_REPORT_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_report_options), 0, CW_BLANK, CW_BLANK, 0.005, 0, 80, 0, 0 }
/* end of options of report */
/* Who the initiative is, where its measures stand, what is wrong with the data: text, in lines. */
CW_CALL cw_report(const cw_initiative* initiative, const cw_report_options* options, cw_buffer** out,
                  cw_error** err) CW_NOEXCEPT;
/* The same content as a table: summary, who, groups, goals, measures, series, scorecard, problems; blank lists them
 * (name, about utf8). The columns are in docs/cli.md. Of the options as_of, group and flat. */
CW_CALL cw_report_tables(const cw_initiative* initiative, const cw_report_options* options, const char* name,
                         size_t name_size, cw_table** out, cw_error** err) CW_NOEXCEPT;

/* ---- The network ----------------------------------------------------------------------------- */

/* options of structure: written by tools/options.py */
/* As `commonweal structure`. Density, centrality, bridges, mixing, trust, and what falls apart. */
typedef struct cw_structure_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* NULL: not called */
  const cw_progress* progress;
  /* Which table: whole, nodes, bridges, mixing, without_backbone, trust, group_trust, changes */
  cw_text show;
  /* Kind of node (default: person,organization,group) */
  const cw_text* node;
  size_t n_node;
  /* Kind of edge that is a tie (default: communicates_with,member_of) */
  const cw_text* edge;
  size_t n_edge;
  /* Ties in force on this day (default: the last day with data) */
  cw_text as_of;
  /* Changes: the earlier day */
  cw_text compare;
  /* Whole, nodes: estimate paths from this many nodes; 0: from all */
  uint64_t sources;
  /* Whole, nodes: seed of drawing them */
  uint64_t seed;
} cw_structure_options;
#define CW_STRUCTURE_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_structure_options), 0, NULL, CW_BLANK, NULL, 0, NULL, 0, CW_BLANK, CW_BLANK, 0, 1 }
/* end of options of structure */
/* The columns are those of `commonweal structure`. */
CW_CALL cw_structure(const cw_initiative* initiative, const cw_structure_options* options, cw_table** out,
                     cw_error** err) CW_NOEXCEPT;
/* options of export: written by tools/options.py */
/* As `commonweal export`. The typed graph for Graphviz, Gephi, networkx or igraph. */
typedef struct cw_export_options {
  uint32_t struct_size;
  uint32_t reserved; /* 0 */
  /* Form of the file: dot, graphml, gexf */
  cw_text format;
  /* Kind of node (default: all) */
  const cw_text* node;
  size_t n_node;
  /* Kind of edge (default: all) */
  const cw_text* edge;
  size_t n_edge;
  /* Nodes and edges in force on this day (default: of all time) */
  cw_text as_of;
} cw_export_options;
#define CW_EXPORT_OPTIONS_INIT \
  { (uint32_t)sizeof(cw_export_options), 0, CW_BLANK, NULL, 0, NULL, 0, CW_BLANK }
/* end of options of export */
/* The graph as text. */
CW_CALL cw_export(const cw_initiative* initiative, const cw_export_options* options, cw_buffer** out,
                  cw_error** err) CW_NOEXCEPT;

#ifdef __cplusplus
} /* extern "C" */
#endif

#endif /* COMMONWEAL_H */
