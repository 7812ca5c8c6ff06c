/* SPDX-License-Identifier: Apache-2.0 */
/* Tables: plain columns in and out, Arrow in and out. */
#include "check.h"

#include <errno.h>

static void plain_columns_come_out_as_they_went_in(void) {
  const double strided[] = {1, -1, 2, -1, 3, -1};
  const int32_t days[] = {0, 19723, -1};
  const uint8_t truth[] = {1, 0, 1};
  const int64_t offsets[] = {0, 2, 2, 5};
  const uint8_t valid = 0x05; /* rows 0 and 2 */
  const int32_t small[] = {7, 8, 9};
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_column c[6];
  int64_t n = 0;
  c[0] = reals("real", strided);
  c[0].stride = 16;
  c[1] = reals("day", NULL);
  c[1].type = CW_DATE;
  c[1].data = days;
  c[2] = reals("truth", NULL);
  c[2].type = CW_BOOLEAN;
  c[2].data = truth;
  c[2].validity = &valid;
  c[3] = reals("text", NULL);
  c[3].type = CW_UTF8;
  c[3].data = "abxyz";
  c[3].offsets = offsets;
  c[4] = reals("small", NULL);
  c[4].type = CW_INT32;
  c[4].data = small;
  c[5] = reals("backward", strided + 4);
  c[5].stride = -16;
  OK(cw_table_from_columns(c, 6, 3, &t, &err));
  OK(cw_table_column_count(t, &n, &err));
  EXPECT(n == 6);
  expect_csv(
      t,
      "real,day,truth,text,small,backward\n1,1970-01-01,true,ab,7,3\n2,2024-01-01,,,8,2\n3,1969-12-31,true,xyz,9,1\n");
  EXPECT(is_null(t, "truth", 1) && !is_null(t, "truth", 0));
  EXPECT(column_of(t, "truth").null_count == 1);
  cw_table_free(t);
}

static void one_value_holds_for_all_rows_of_a_constant_column(void) {
  static const int64_t rows = 70000;
  const double real[] = {5, -1, -1};
  const int64_t whole[] = {-7, -1};
  const int32_t day[] = {19723, INT32_MAX}, small[] = {3, -1};
  const float single[] = {0.5F, -1};
  const uint8_t truth[] = {1, 0}, valid[] = {0x05};
  const char* const words[] = {"word", "not read"};
  const int64_t offsets[] = {1, 3, -1}; /* of which the first two are read */
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_column c[8];
  int64_t i = 0;
  for (i = 0; i < 8; ++i) {
    c[i] = reals("x", real);
    c[i].stride = CW_STRIDE_CONSTANT;
  }
  c[1].name = cw_text_of("whole"), c[1].type = CW_INT64, c[1].data = whole;
  c[2].name = cw_text_of("day"), c[2].type = CW_DATE, c[2].data = day;
  c[3].name = cw_text_of("small"), c[3].type = CW_INT32, c[3].data = small;
  c[4].name = cw_text_of("single"), c[4].type = CW_FLOAT32, c[4].data = single;
  c[5].name = cw_text_of("truth"), c[5].type = CW_BOOLEAN, c[5].data = truth;
  c[6].name = cw_text_of("words"), c[6].type = CW_STRINGS, c[6].data = words;
  c[7].name = cw_text_of("text"), c[7].type = CW_UTF8, c[7].data = "abcd", c[7].offsets = offsets;
  OK(cw_table_from_columns(c, 8, 0, &t, &err));
  cw_table_free(t);
  c[1].validity = valid;
  OK(cw_table_from_columns(c, 8, 3, &t, &err));
  expect_csv(t,
             "x,whole,day,small,single,truth,words,text\n5,-7,2024-01-01,3,0.5,true,word,bc\n5,,2024-01-01,3,0.5,true,"
             "word,bc\n5,-7,2024-01-01,3,0.5,true,word,bc\n");
  cw_table_free(t);
  c[1].validity = NULL;
  OK(cw_table_from_columns(c, 8, rows, &t, &err));
  for (i = 0; i < rows; i += 997) EXPECT(real_at(t, "x", i) == 5 && integer_at(t, "whole", i) == -7);
  EXPECT(text_is(t, "text", rows - 1, "bc"));
  cw_table_free(t);
}

static void strides_that_cannot_be_are_refused(void) {
  static const int64_t beyond[] = {INT64_MAX, INT64_MIN + 1, (int64_t)1 << 46, -((int64_t)1 << 46)};
  const double v[] = {1, 2, 3};
  const int64_t offsets[] = {0, 1, 2};
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_column c = reals("x", v);
  size_t i = 0;
  for (i = 0; i < sizeof beyond / sizeof *beyond; ++i) {
    c.stride = beyond[i];
    FAILS(CW_INVALID_ARGUMENT, "beyond memory", cw_table_from_columns(&c, 1, 2, &t, &err));
  }
  c.stride = 0; /* dense, as ever */
  OK(cw_table_from_columns(&c, 1, 3, &t, &err));
  expect_csv(t, "x\n1\n2\n3\n");
  cw_table_free(t);
  c.type = CW_UTF8;
  c.data = "ab";
  c.offsets = offsets;
  c.stride = 8;
  FAILS(CW_INVALID_ARGUMENT, "takes no stride", cw_table_from_columns(&c, 1, 2, &t, &err));
}

static void what_was_mistyped_is_told_what_may_be_meant(void) {
  const double v[] = {1};
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_buffer* said = NULL;
  cw_text known[3];
  cw_column c = reals("value", v);
  int64_t index = 0;
  known[0] = cw_text_of("council"), known[1] = cw_text_of("councils"), known[2] = cw_text_of("zebra");
  OK(cw_suggest(WORD("concil"), known, 3, &said, &err));
  EXPECT_TEXT((const char*)cw_buffer_data(said), "Did you mean council or councils?");
  cw_buffer_free(said);
  OK(cw_suggest(WORD("quite another"), known, 3, &said, &err));
  EXPECT(cw_buffer_size(said) == 0);
  cw_buffer_free(said);
  OK(cw_suggest(NULL, 0, NULL, 0, &said, &err));
  cw_buffer_free(said);
  OK(cw_table_from_columns(&c, 1, 1, &t, &err));
  FAILS(CW_INVALID_ARGUMENT, "Did you mean value?", cw_table_find(t, WORD("vlaue"), &index, &err));
  FAILS(CW_INVALID_ARGUMENT, "no column a\\x1b\\u202eb",
        cw_table_find(t,
                      WORD("a\x1b\xe2\x80\xae"
                           "b"),
                      &index, &err));
  cw_table_free(t);
}

static void impossible_columns_are_refused(void) {
  const double v[] = {1, 2};
  const int32_t beyond = INT32_MAX;
  const int64_t backward[] = {3, 1};
  const char* const latin[] = {"ok", "caf\xe9"};
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_column c[2];
  int64_t index = 5;
  c[0] = c[1] = reals("x", v);
  FAILS(CW_INVALID_ARGUMENT, "already has a column x", cw_table_from_columns(c, 2, 2, &t, &err));
  FAILS(CW_INVALID_ARGUMENT, "no number of rows", cw_table_from_columns(c, 1, -1, &t, &err));
  FAILS(CW_INVALID_ARGUMENT, "no number of rows", cw_table_from_columns(c, 1, INT64_MAX, &t, &err));
  c[0].stride = INT64_MAX;
  FAILS(CW_INVALID_ARGUMENT, "beyond memory", cw_table_from_columns(c, 1, 2, &t, &err));
  c[0] = reals("", v);
  FAILS(CW_INVALID_ARGUMENT, "no name", cw_table_from_columns(c, 1, 2, &t, &err));
  c[0] = reals("x", v);
  c[0].type = 99;
  FAILS(CW_INVALID_ARGUMENT, "no column type 99", cw_table_from_columns(c, 1, 2, &t, &err));
  c[0].type = CW_DATE;
  c[0].data = &beyond;
  FAILS(CW_INVALID_DATA, "outside the years", cw_table_from_columns(c, 1, 1, &t, &err));
  c[0].type = CW_UTF8;
  c[0].data = "abc";
  c[0].offsets = backward;
  FAILS(CW_INVALID_DATA, "do not ascend", cw_table_from_columns(c, 1, 1, &t, &err));
  c[0] = strings("name", latin);
  EXPECT(cw_table_from_columns(c, 1, 2, &t, &err) == CW_INVALID_DATA);
  EXPECT_TEXT(cw_error_code(err), "not_utf8");
  EXPECT_TEXT(cw_error_field(err), "name");
  EXPECT(cw_error_row(err) == 1);
  cw_error_free(err);
  err = NULL;
  c[0] = reals("x", v);
  OK(cw_table_from_columns(c, 1, 2, &t, &err));
  FAILS(CW_INVALID_ARGUMENT, "no column y; the columns are x", cw_table_find(t, WORD("y"), &index, &err));
  EXPECT(index == 0);
  FAILS(CW_INVALID_ARGUMENT, "no column 1", cw_table_column(t, 1, &c[0], &err));
  cw_table_free(t);
}

static void a_shorter_column_struct_of_an_older_caller_works(void) {
  const double v[] = {1, 2};
  cw_error* err = NULL;
  cw_table* t = NULL;
  unsigned char room[2 * 32] = {0};
  cw_column c = reals("x", v);
  c.struct_size = 32; /* up to and with `data` */
  memcpy(room, &c, 32);
  c.name = cw_text_of("y");
  memcpy(room + 32, &c, 32);
  OK(cw_table_from_columns((const cw_column*)(const void*)room, 2, 2, &t, &err));
  expect_csv(t, "x,y\n1,1\n2,2\n");
  cw_table_free(t);
}

static void exported_arrays_outlive_the_table_and_borrow_its_memory(void) {
  const double v[] = {1, 2, 3};
  const uint8_t truth[] = {0, 1, 1};
  const uint8_t valid = 0x06;
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_column c[2];
  struct ArrowArrayStream s;
  struct ArrowSchema schema;
  struct ArrowArray batch, moved, end;
  const void* ours = NULL;
  c[0] = reals("x", v);
  c[0].validity = &valid;
  c[1] = reals("b", NULL);
  c[1].type = CW_BOOLEAN;
  c[1].data = truth;
  OK(cw_table_from_columns(c, 2, 3, &t, &err));
  ours = column_of(t, "x").data;
  OK(cw_table_export(t, &s, &err));
  cw_table_free(t);
  EXPECT(s.get_schema(&s, &schema) == 0);
  EXPECT_TEXT(schema.format, "+s");
  EXPECT(schema.n_children == 2);
  EXPECT_TEXT(schema.children[0]->format, "g");
  EXPECT_TEXT(schema.children[1]->format, "b");
  EXPECT_TEXT(schema.children[0]->name, "x");
  EXPECT(s.get_next(&s, &batch) == 0 && batch.length == 3);
  EXPECT(s.get_next(&s, &end) == 0 && end.release == NULL);
  s.release(&s);
  EXPECT(s.release == NULL);
  schema.release(&schema);
  moved = *batch.children[0]; /* a consumer may keep one column */
  batch.children[0]->release = NULL;
  EXPECT((((const uint8_t*)batch.children[1]->buffers[1])[0] & 7) == 6);
  batch.release(&batch);
  EXPECT(moved.buffers[1] == ours);
  EXPECT(((const double*)moved.buffers[1])[2] == 3);
  EXPECT((((const uint8_t*)moved.buffers[0])[0] & 7) == 6);
  EXPECT(moved.null_count == 1);
  moved.release(&moved);
}

/* ---- Streams made by hand -------------------------------------------------------------------- */
static int releases = 0;
static void count_schema(struct ArrowSchema* s) { s->release = NULL, ++releases; }
static void count_array(struct ArrowArray* a) { a->release = NULL, ++releases; }
static void count_stream(struct ArrowArrayStream* s) { s->release = NULL, ++releases; }

struct source { /* one column, batches of one array */
  const char* format;
  const char* words; /* format of the dictionary */
  struct ArrowArray column;
  struct ArrowArray dictionary;
  struct ArrowArray last_dictionary; /* of the last batch, where it has buffers */
  int64_t rows;
  int64_t offset;
  int batches;
  int fail;
  struct ArrowSchema schema_children[2];
  struct ArrowSchema* schema_pointer;
  struct ArrowArray* array_pointer;
  const void* no_buffer;
};
static int source_schema(struct ArrowArrayStream* s, struct ArrowSchema* out) {
  struct source* x = (struct source*)s->private_data;
  memset(x->schema_children, 0, sizeof x->schema_children);
  x->schema_children[0].format = x->format;
  x->schema_children[0].name = "c";
  x->schema_children[1].format = x->words;
  if (x->words != NULL) x->schema_children[0].dictionary = &x->schema_children[1];
  x->schema_pointer = &x->schema_children[0];
  memset(out, 0, sizeof *out);
  out->format = "+s";
  out->n_children = 1;
  out->children = &x->schema_pointer;
  out->release = count_schema;
  return 0;
}
static int source_next(struct ArrowArrayStream* s, struct ArrowArray* out) {
  struct source* x = (struct source*)s->private_data;
  memset(out, 0, sizeof *out);
  if (x->batches-- == 0) return x->fail;
  x->column.release = count_array;
  x->dictionary.release = count_array;
  x->last_dictionary.release = count_array;
  if (x->words != NULL) x->column.dictionary = &x->dictionary;
  if (x->batches == 0 && x->last_dictionary.n_buffers != 0) x->column.dictionary = &x->last_dictionary;
  x->array_pointer = &x->column;
  out->length = x->rows;
  out->offset = x->offset;
  out->n_children = 1;
  out->n_buffers = 1;
  out->buffers = &x->no_buffer;
  out->children = &x->array_pointer;
  out->release = count_array;
  return 0;
}
static const char* source_error(struct ArrowArrayStream* s) { return s == NULL ? NULL : "the well is dry"; }

static struct ArrowArrayStream stream_of(struct source* x) {
  struct ArrowArrayStream s;
  s.get_schema = source_schema;
  s.get_next = source_next;
  s.get_last_error = source_error;
  s.release = count_stream;
  s.private_data = x;
  releases = 0;
  return s;
}
static struct source source_of(const char* format, int64_t rows, int64_t n_buffers, const void** buffers) {
  struct source x;
  memset(&x, 0, sizeof x);
  x.format = format;
  x.rows = rows;
  x.batches = 1;
  x.column.length = rows;
  x.column.null_count = -1;
  x.column.n_buffers = n_buffers;
  x.column.buffers = buffers;
  return x;
}
static void expect_column(struct source x, const char* csv) {
  cw_error* err = NULL;
  cw_table* t = NULL;
  struct ArrowArrayStream s = stream_of(&x);
  OK(cw_table_import(&s, &t, &err));
  EXPECT(s.release == NULL && releases >= 3);
  expect_csv(t, csv);
  cw_table_free(t);
}
static void expect_refused(struct source x, const char* part) {
  cw_error* err = NULL;
  cw_table* t = NULL;
  struct ArrowArrayStream s = stream_of(&x);
  FAILS(CW_INVALID_DATA, part, cw_table_import(&s, &t, &err));
  EXPECT(s.release == NULL && t == NULL);
}

static void every_taken_type_comes_in(void) {
  const uint8_t valid = 0x05;
  const int8_t bytes[] = {-1, 2, 3};
  const uint64_t large[] = {1, 2, (uint64_t)INT64_MAX};
  const float f[] = {0.5F, 2, 3};
  const int32_t o32[] = {0, 1, 1, 4};
  const int64_t o64[] = {0, 1, 1, 4};
  const int64_t midnight[] = {0, 86400000, -86400000};
  const int32_t codes[] = {1, 0, 1};
  const int32_t word_offsets[] = {0, 3, 5};
  const uint8_t bits = 0x03;
  const void* b[4];
  struct source x;
  struct {
    int32_t size;
    char head[4];
    int32_t buffer, offset;
  } views[3];
  const int64_t view_sizes[] = {40};
  memset(views, 0, sizeof views);
  b[0] = &valid, b[1] = bytes;
  expect_column(source_of("c", 3, 2, b), "c\n-1\n\"\"\n3\n");
  b[0] = NULL, b[1] = large;
  expect_column(source_of("L", 3, 2, b), "c\n1\n2\n9223372036854775807\n");
  b[1] = f;
  expect_column(source_of("f", 3, 2, b), "c\n0.5\n2\n3\n");
  b[1] = o32, b[2] = "axyz";
  expect_column(source_of("u", 3, 3, b), "c\na\n\nxyz\n");
  b[1] = o64;
  expect_column(source_of("U", 3, 3, b), "c\na\n\nxyz\n");
  b[1] = midnight;
  expect_column(source_of("tdm", 3, 2, b), "c\n1970-01-01\n1970-01-02\n1969-12-31\n");
  b[1] = &bits;
  expect_column(source_of("b", 3, 2, b), "c\ntrue\ntrue\nfalse\n");
  expect_column(source_of("n", 2, 0, NULL), "c\n\"\"\n\"\"\n");
  views[0].size = 2, memcpy(views[0].head, "hi", 2);
  views[1].size = 20, views[1].buffer = 0, views[1].offset = 3;
  b[1] = views, b[2] = "...twenty letters long..................", b[3] = view_sizes;
  expect_column(source_of("vu", 3, 4, b), "c\nhi\ntwenty letters long.\n\n");
  /* A dictionary, and a slice of it by the offsets of both the batch and the column. */
  {
    const void* words[3];
    words[0] = NULL, words[1] = word_offsets, words[2] = "redhi";
    b[0] = &valid, b[1] = codes;
    x = source_of("i", 3, 2, b);
    x.words = "u";
    x.dictionary.length = 2;
    x.dictionary.n_buffers = 3;
    x.dictionary.buffers = words;
    expect_column(x, "c\nhi\n\"\"\nhi\n");
    b[0] = NULL;
    x.rows = 1;
    x.offset = 1;
    x.column.length = 2;
    x.column.offset = 1; /* elements 1, 2; the batch shows the second */
    expect_column(x, "c\nhi\n");
  }
}

/* Three rows of the words "red" and "hi", a null among them. */
static struct source words_of(const char* indices, const void** buffers, const char* format, const void** words) {
  struct source x = source_of(indices, 3, 2, buffers);
  x.words = format;
  x.dictionary.length = 2;
  x.dictionary.null_count = -1;
  x.dictionary.n_buffers = 3;
  x.dictionary.buffers = words;
  return x;
}

static void dictionaries_come_in_by_indices_of_every_width(void) {
  const int8_t c[] = {1, 0, 1};
  const uint8_t C[] = {1, 0, 1};
  const int16_t s[] = {1, 0, 1};
  const uint16_t S[] = {1, 0, 1};
  const int32_t i[] = {1, 0, 1};
  const uint32_t I[] = {1, 0, 1};
  const int64_t l[] = {1, 0, 1};
  const uint64_t L[] = {1, 0, 1};
  const int8_t low[] = {1, -1, 1};
  const uint64_t high[] = {1, 2, UINT64_MAX};
  const uint8_t valid = 0x05, second_word = 0x02;
  const int64_t offsets[] = {0, 3, 5};
  const char* formats[] = {"c", "C", "s", "S", "i", "I", "l", "L"};
  const void* data[8];
  const void* b[2] = {NULL, NULL};
  const void* words[3] = {NULL, NULL, "redhi"};
  size_t k = 0;
  data[0] = c, data[1] = C, data[2] = s, data[3] = S, data[4] = i, data[5] = I, data[6] = l, data[7] = L;
  words[1] = offsets;
  for (k = 0; k < 8; ++k) {
    b[0] = NULL, b[1] = data[k], words[0] = NULL;
    expect_column(words_of(formats[k], b, "U", words), "c\nhi\nred\nhi\n");
    b[0] = &valid;
    expect_column(words_of(formats[k], b, "U", words), "c\nhi\n\"\"\nhi\n");
    b[0] = NULL, words[0] = &second_word; /* the first word is null */
    expect_column(words_of(formats[k], b, "U", words), "c\nhi\n\"\"\nhi\n");
  }
  words[0] = NULL, b[1] = low;
  expect_refused(words_of("c", b, "U", words), "an index is outside the dictionary");
  b[1] = high;
  expect_refused(words_of("L", b, "U", words), "an index is outside the dictionary");
  b[1] = i, words[2] = "r\xff"
                       "dhi";
  expect_refused(words_of("i", b, "U", words), "not UTF-8");
  words[2] = NULL;
  expect_refused(words_of("i", b, "U", words), "the buffer of bytes is NULL");
  words[1] = NULL;
  expect_refused(words_of("i", b, "U", words), "a buffer is NULL");
}

static void a_dictionary_may_be_shared_grow_or_be_replaced_between_batches(void) {
  const int32_t codes[] = {1, 0, 1};
  const int64_t offsets[] = {0, 3, 5}, longer[] = {0, 3, 5, 9};
  const void* b[2] = {NULL, NULL};
  const void* words[3] = {NULL, NULL, "redhi"};
  const void* others[3] = {NULL, NULL, "hired"};
  struct source x;
  b[1] = codes, words[1] = offsets, others[1] = offsets;
  x = words_of("i", b, "U", words);
  x.batches = 3;
  expect_column(x, "c\nhi\nred\nhi\nhi\nred\nhi\nhi\nred\nhi\n");
  x.batches = 2;
  x.last_dictionary = x.dictionary;
  x.last_dictionary.buffers = others; /* "hir", "ed" */
  expect_column(x, "c\nhi\nred\nhi\ned\nhir\ned\n");
  words[2] = "redhimore", others[2] = words[2], others[1] = longer;
  x.last_dictionary.length = 3;
  expect_column(x, "c\nhi\nred\nhi\nhi\nred\nhi\n");
  x.last_dictionary.length = INT64_C(1) << 39; /* it says so; nothing is made of that size */
  expect_column(x, "c\nhi\nred\nhi\nhi\nred\nhi\n");
}

static void text_goes_out_plain_and_as_dictionaries_where_asked(void) {
  const int32_t codes[] = {1, 0, 1};
  const uint8_t valid = 0x05;
  const int64_t offsets[] = {0, 3, 5};
  const void* b[2] = {NULL, NULL};
  const void* words[3] = {NULL, NULL, "redhi"};
  cw_error* err = NULL;
  cw_table* t = NULL;
  cw_table* back = NULL;
  struct source x;
  struct ArrowArrayStream s;
  struct ArrowSchema wanted, schema;
  struct ArrowArray batch;
  cw_column plain, again;
  int coded = 0, from_plain = 0;
  b[0] = &valid, b[1] = codes, words[1] = offsets;
  for (from_plain = 0; from_plain < 2; ++from_plain) {
    x = words_of("i", b, "U", words);
    s = stream_of(&x);
    OK(cw_table_import(&s, &t, &err));
    if (from_plain) {
      OK(cw_table_export(t, &s, &err));
      cw_table_free(t);
      OK(cw_table_import(&s, &t, &err));
    }
    plain = column_of(t, "c");
    again = column_of(t, "c");
    EXPECT(plain.type == CW_UTF8 && plain.null_count == 1 && plain.offsets[3] == 4);
    EXPECT(memcmp(plain.data, "hihi", 4) == 0 && plain.data == again.data);
    for (coded = 0; coded < 2; ++coded) {
      x = words_of("i", b, "U", words);
      s = stream_of(&x);
      EXPECT(source_schema(&s, &wanted) == 0);
      OK(cw_table_export_as(t, coded ? &wanted : NULL, &s, &err));
      EXPECT(wanted.release != NULL);
      EXPECT(s.get_schema(&s, &schema) == 0 && s.get_next(&s, &batch) == 0);
      s.release(&s);
      EXPECT_TEXT(schema.children[0]->format, coded ? "i" : "U");
      EXPECT((schema.children[0]->dictionary != NULL) == coded);
      EXPECT((batch.children[0]->dictionary != NULL) == coded);
      EXPECT(batch.length == 3 && batch.children[0]->null_count == 1);
      if (coded) EXPECT_TEXT(schema.children[0]->dictionary->format, "U");
      OK(cw_table_import_array(&batch, &schema, &back, &err));
      expect_csv(back, "c\nhi\n\"\"\nhi\n");
      cw_table_free(back);
    }
    wanted.release = NULL;
    FAILS(CW_INVALID_ARGUMENT, "was released", cw_table_export_as(t, &wanted, &s, &err));
    cw_table_free(t);
  }
}

static void what_is_not_taken_says_so(void) {
  const int64_t v[] = {1, 2, INT64_MIN};
  const int32_t o[] = {0, 5, 2, 3};
  const int32_t codes[] = {0, 9, 1};
  const int32_t word_offsets[] = {0, 1, 2};
  const void* b[4] = {NULL, v, NULL, NULL};
  const void* words[3] = {NULL, word_offsets, "ab"};
  struct source x;
  expect_refused(source_of("tsu:UTC", 3, 2, b), "a timestamp, which is not taken; cast it to a date");
  expect_refused(source_of("ttm", 3, 2, b), "a time of day");
  expect_refused(source_of("d:19,2", 3, 2, b), "a decimal");
  expect_refused(source_of("+l", 3, 2, b), "a nested type");
  expect_refused(source_of("z", 3, 3, b), "binary");
  expect_refused(source_of("e", 3, 2, b), "half-precision");
  expect_refused(source_of("", 3, 2, b), "Arrow type");
  expect_refused(source_of("L", 3, 2, b), "beyond a 64-bit integer");
  expect_refused(source_of("tdm", 3, 2, b), "not at midnight");
  expect_refused(source_of("l", 3, 3, b), "number of buffers");
  expect_refused(source_of("l", -1, 2, b), "out of range");
  expect_refused(source_of("l", INT64_MAX, 2, b), "out of range");
  b[1] = NULL;
  expect_refused(source_of("l", 3, 2, b), "a buffer is NULL");
  b[1] = o, b[2] = "abcdef";
  expect_refused(source_of("u", 3, 3, b), "do not ascend");
  b[1] = codes;
  x = source_of("i", 3, 2, b);
  x.words = "u";
  x.dictionary.length = 2;
  x.dictionary.n_buffers = 3;
  x.dictionary.buffers = words;
  expect_refused(x, "outside the dictionary");
  x.words = "l";
  expect_refused(x, "a dictionary of something other than text");
  x = source_of("l", 3, 2, b);
  x.column.length = 2;
  expect_refused(x, "shorter than the batch");
}

static void a_failing_stream_is_reported_in_its_own_words(void) {
  const int64_t v[] = {1};
  const void* b[2] = {NULL, v};
  cw_error* err = NULL;
  cw_table* t = NULL;
  struct source x = source_of("l", 1, 2, b);
  struct ArrowArrayStream s;
  x.fail = EIO;
  s = stream_of(&x);
  FAILS(CW_IO, "the well is dry", cw_table_import(&s, &t, &err));
  EXPECT(s.release == NULL);
  FAILS(CW_INVALID_ARGUMENT, "consumed already", cw_table_import(&s, &t, &err));
  x = source_of("l", 1, 2, b);
  x.fail = ENOMEM;
  s = stream_of(&x);
  FAILS(CW_NO_MEMORY, "not enough memory", cw_table_import(&s, &t, &err));
  x = source_of("l", 1, 2, b);
  s = stream_of(&x);
  FAILS(CW_INVALID_ARGUMENT, "output is NULL", cw_table_import(&s, NULL, &err));
  EXPECT(s.release == NULL); /* consumed all the same */
}

static void what_goes_out_comes_in_again(void) {
  cw_error* err = NULL;
  cw_initiative* i = town();
  cw_table* out = NULL;
  cw_table* back = NULL;
  cw_buffer* csv = NULL;
  struct ArrowArrayStream s;
  struct ArrowSchema schema;
  struct ArrowArray batch;
  OK(cw_rollup(i, NULL, &out, &err));
  OK(cw_table_csv(out, &csv, &err));
  OK(cw_table_export(out, &s, &err));
  OK(cw_table_import(&s, &back, &err));
  expect_csv(back, (const char*)cw_buffer_data(csv));
  cw_table_free(back);
  OK(cw_table_export(out, &s, &err));
  EXPECT(s.get_schema(&s, &schema) == 0 && s.get_next(&s, &batch) == 0);
  OK(cw_table_import_array(&batch, &schema, &back, &err));
  EXPECT(batch.release == NULL && schema.release == NULL);
  expect_csv(back, (const char*)cw_buffer_data(csv));
  s.release(&s);
  cw_table_free(back);
  cw_table_free(out);
  cw_buffer_free(csv);
  cw_initiative_free(i);
}

int main(void) {
  plain_columns_come_out_as_they_went_in();
  one_value_holds_for_all_rows_of_a_constant_column();
  strides_that_cannot_be_are_refused();
  what_was_mistyped_is_told_what_may_be_meant();
  impossible_columns_are_refused();
  a_shorter_column_struct_of_an_older_caller_works();
  exported_arrays_outlive_the_table_and_borrow_its_memory();
  every_taken_type_comes_in();
  dictionaries_come_in_by_indices_of_every_width();
  a_dictionary_may_be_shared_grow_or_be_replaced_between_batches();
  text_goes_out_plain_and_as_dictionaries_where_asked();
  what_is_not_taken_says_so();
  a_failing_stream_is_reported_in_its_own_words();
  what_goes_out_comes_in_again();
  return finish();
}
