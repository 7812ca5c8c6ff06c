# SPDX-License-Identifier: Apache-2.0
# Arguments of R as the library takes them. What is wrong with one is reported here, by its name.

# Text that is safe to print: controls and bidirectional controls, which came from data, are written out, as in "\\x1b" and "\\u202e".
visible <- function(text) {
  text <- enc2utf8(as.character(text))
  broken <- !is.na(text) & !validUTF8(text)
  text[broken] <- iconv(text[broken], "UTF-8", "UTF-8", sub = "byte")
  steers <- "[\u0001-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]"
  at <- which(grepl(steers, text, perl = TRUE))
  text[at] <- vapply(text[at], function(one) {
    letters <- strsplit(one, "", fixed = TRUE)[[1]]
    odd <- grep(steers, letters, perl = TRUE)
    code <- vapply(letters[odd], utf8ToInt, 0L)
    letters[odd] <- ifelse(code == 10L, "\\n", ifelse(code == 13L, "\\r", ifelse(code == 9L, "\\t", sprintf(ifelse(code < 256L, "\\x%02x", "\\u%04x"), code))))
    paste(letters, collapse = "")
  }, "", USE.NAMES = FALSE)
  text
}

# The message and, where something known is near the word, what may have been meant, by the library's own judgement.
with_hint <- function(message, word, known) {
  hint <- rawToChar(checked(.Call(C_suggest, as.character(word), as.character(known))))
  Encoding(hint) <- "UTF-8"
  if (nzchar(hint)) paste0(message, ". ", hint) else message
}

# One of the words of an argument, which may be shortened; the first where it was left as it is.
one_of <- function(x, words, name) {
  if (identical(x, words)) return(words[1L])
  x <- as_needed(x, name)
  at <- pmatch(x, words)
  if (is.na(at)) refuse(with_hint(paste0(name, ": ", x, " is none of: ", paste(words, collapse = ", ")), x, words), field = name)
  words[at]
}

refuse <- function(..., field = NA_character_) raise("invalid_argument", paste0(...), field = field)

# Words, ids, days and periods: text; a Date; a year as a number. NULL stays NULL, which is the default.
as_words <- function(x, name) {
  if (is.null(x)) return(NULL)
  out <- if (inherits(x, "Date")) format(x)
         else if (is.factor(x) || is.character(x)) as.character(x)
         else if (is.numeric(x) && all(is.finite(x) & x == trunc(x))) format(x, scientific = FALSE, trim = TRUE)
         else refuse(name, " is ", class(x)[1], "; it has to be text", field = name)
  if (anyNA(out)) refuse(name, " is NA", field = name)
  unname(out)
}

as_word <- function(x, name) {
  out <- as_words(x, name)
  if (!is.null(out) && length(out) != 1L) refuse(name, " has ", length(out), " elements; it has to be one", field = name)
  out
}

as_needed <- function(x, name) {
  out <- as_word(x, name)
  if (is.null(out) || !nzchar(out)) refuse(name, " is blank", field = name)
  out
}

as_number <- function(x, name) {
  if (is.null(x)) return(NULL)
  if (!is.numeric(x) || length(x) != 1L || is.na(x)) refuse(name, " has to be one number", field = name)
  as.double(x)
}

as_whole <- function(x, name, most = 2^53) {
  out <- as_number(x, name)
  if (!is.null(out) && (out < 0 || out > most || out != trunc(out)))
    refuse(name, " is ", format(out), "; it has to be a whole number from 0 to ", format(most, big.mark = ","), field = name)
  out
}

as_truth <- function(x, name) {
  if (is.null(x)) return(NULL)
  if (!is.logical(x) || length(x) != 1L || is.na(x)) refuse(name, " has to be TRUE or FALSE", field = name)
  as.double(x)
}

# Numbers with the names of what they weigh.
as_weights <- function(x, name) {
  if (is.null(x)) return(NULL)
  if (!is.numeric(x) || is.null(names(x)) || anyNA(x)) refuse(name, " has to be numbers with the names of what they weigh", field = name)
  setNames(as.double(x), names(x))
}

# The answer of the library to a question: `given` holds the arguments of the function that asks it.
ask <- function(x, question, given, class = NULL) {
  handle <- live(x, "cw_initiative")
  options <- options_for(question, given[setdiff(names(given), c("x", "progress"))])
  answer <- followed(function(watch) .Call(C_ask, handle, question, options, watch), given$progress, in_memory = !is.null(options$local))
  answer_of(answer, class, x)
}

# Arguments by the names of the options of a question: those without a name in the order of its options.
named_options <- function(question, given) {
  known <- names(.Call(C_option_kinds, question))
  if (is.null(names(given))) names(given) <- rep("", length(given))
  unknown <- setdiff(names(given), c(known, ""))
  if (length(unknown) > 0L) refuse(with_hint(paste0(question, " has no option ", unknown[1L], "; it has: ", paste(known, collapse = ", ")),
                                             unknown[1L], known), field = unknown[1L])
  unnamed <- which(!nzchar(names(given)))
  names(given)[unnamed] <- setdiff(known, names(given))[seq_along(unnamed)]
  given
}

# The options of a C struct, each checked and made what its field takes.
options_for <- function(struct, given) {
  kinds <- .Call(C_option_kinds, struct)
  Map(function(x, name) switch(kinds[[name]], word = as_word(x, name), words = as_words(x, name), number = as_number(x, name),
                               whole = as_whole(x, name), truth = as_truth(x, name),
                               weights = as_weights(x, name), rows = if (!is.null(x)) as_rows(x, name)), given, names(given))
}

as_path <- function(path, name = "path") path.expand(as_needed(path, name))

# Rows for the library: a data frame, a list of columns of equal length, or an Arrow stream. What cannot be meant is refused by name.
as_rows <- function(rows, name) {
  if (inherits(rows, "nanoarrow_array_stream")) return(rows)
  if (!is.list(rows) || (length(rows) > 0L && is.null(names(rows))))
    refuse(name, " is ", class(rows)[1], "; it has to be a data frame or a named list of columns", field = name)
  lengths <- vapply(rows, NROW, 0L)
  if (length(unique(lengths)) > 1L) refuse(name, ": the columns have different lengths: ", paste(unique(lengths), collapse = ", "), field = name)
  for (column in names(rows)) {
    x <- rows[[column]]
    cure <- if (inherits(x, "POSIXt")) "a time; choose the time zone of its day: as.Date(x, tz = ...)"
            else if (inherits(x, "difftime")) "a duration; choose its unit: as.numeric(x, units = ...)"
            else if (length(dim(x)) > 1L || is.data.frame(x)) "a table of its own; make one column of each"
            else if (is.list(x)) "a list; make one value of each element"
            else if (!(is.character(x) || is.logical(x) || is.numeric(x) || is.factor(x) || inherits(x, "Date")))
              paste0(class(x)[1], ", which is not taken; make it text, a number, logical or a Date")
    if (!is.null(cure)) raise("invalid_data", paste0("column ", column, " of ", name, " is ", cure), code = "wrong_type", file = name,
                              field = column)
    # A year that R keeps as a double is a year.
    if (column == "period" && is.double(x) && is.null(attr(x, "class")) && all(is.na(x) | (x == trunc(x) & abs(x) < 1e5)))
      rows[[column]] <- as.integer(x)
  }
  rows
}

# The handle of an initiative or a builder that can be used.
live <- function(x, class, name = "x") {
  if (!inherits(x, class)) {
    what <- switch(class, cw_initiative = "an initiative; read_initiative() makes one", cw_builder = "a builder; initiative_builder() makes one",
                   cw_partial = "a partial rollup; partial_rollup() makes one")
    refuse(name, " is ", class(x)[1], ", not ", what, field = name)
  }
  handle <- unclass(x)$handle
  dead <- .Call(C_dead, handle)
  if (!is.null(dead)) {
    why <- if (class == "cw_builder") "this builder came out of a file or another process, where builders cannot go; make a new one"
           else if (class == "cw_partial") "parts are saved and sent as pack() of them, and read with unpack(bytes, of = )"
           else if (nzchar(dead)) dead
           else "its contents were not saved with it (an old format of saveRDS?); save pack(x), or use write_initiative()"
    refuse(name, " is empty: ", why, field = name)
  }
  handle
}
