#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""Writes misuse.c from the header: every function with every argument misused, one at a time and all at once.

A new function joins by itself; where it has an argument that cannot be made up, this fails and says which.
usage: misuse.py HEADER > misuse.c
"""
import re
import sys

header = re.sub(r"/\*.*?\*/", "", open(sys.argv[1]).read(), flags=re.S)

structs = {}
for body, name in re.findall(r"typedef struct \w+ \{([^}]*)\} (\w+);", header):
    structs[name] = [re.match(r"(.*?)(\w+)$", " ".join(m.split())).groups() for m in body.split(";") if m.strip()]
structs = {n: [(t.strip(), m) for t, m in ms] for n, ms in structs.items()}
handles = ["initiative", "builder", "table", "buffer", "error", "partial"]
# Other good handles and bytes, by the name of the argument or the function.
good_handles = {"observations": "w.observations", "other": "w.other"}
good_bytes = {"cw_partial_deserialize": "w.bytes"}

functions = []
for returns, name, arguments in re.findall(r"(CW_CALL|CW_GET\([^)]*\))\s+(cw_\w+)\(([^;]*?)\)\s*CW_NOEXCEPT;", header):
    found = []
    for a in [] if arguments.strip() == "void" else re.sub(r"\s+", " ", arguments).split(", "):
        t, n = re.match(r"(.*?)(\w+)$", a).groups()
        found.append((t.strip(), n))
    functions.append((returns, name, found))
if len(functions) != len(re.findall(r"\bcw_\w+\([^;*]*\)\s*CW_NOEXCEPT;|\bcw_\w+\([^;]*?\)\s*CW_NOEXCEPT;", header)):
    sys.exit("misuse.py: a prototype could not be read")

# What makes a call succeed, by argument or by function and argument.
good = {
    "resource": "groups", "group": "council", "indicator": "meals", "period": "2024-01", "as_of": "2024-01-31",
    "list": "conditions", "format": "dot", "word": "councl", 
    "cw_initiative_table.name": "groups", "cw_report_tables.name": "measures", "cw_table_find.name": "id", "cw_column_is_context.name": "group", "cw_load.path": "@packed", "cw_check.path": "@packed", "cw_save.path": "@saved",
    "cw_write_folder.path": "@folder", "cw_sample.path": "@sample", "cw_builder_remove.resource": "observations",
}


# Options that a question needs, and those that the world has no answer without.
needed = {
    "cw_explain": {"group": "council", "indicator": "meals", "period": "2024-01"},
    "cw_select": {"show": "tensions"},
    "cw_contributions": {"from": "2024-01", "to": "2024-02"},
    "cw_group_contributions": {"from": "2024-01", "to": "2024-02"},
}
no_answer = {"cw_gaps", "cw_equity", "cw_standardized", "cw_reversals", "cw_harmonize"}


def text_cases(function, name):
    value = good.get(f"{function}.{name}", good.get(name))
    if value is None:
        sys.exit(f"misuse.py: {function} needs a good value for {name}; add it to `good`")
    ok = f"path_of(\"{value[1:]}\")" if value.startswith("@") else f'"{value}"'
    return [("good", f"{ok}, strlen({ok})", True), ("null with a length", "NULL, 5", False), ("invalid UTF-8", '"\\xc3\\x28\\xff", 3', False),
            ("huge length", '"x", SIZE_MAX', False), ("half of memory", '"x", SIZE_MAX / 2', False), ("null", "NULL, 0", None), ("unknown", '"\\x01?", 2', None),
            ("overlong", '"\\xe0\\x80\\x80", 3', False), ("with a NUL", '"a\\0b", 3', None)]


def option_cases(struct, name, function=""):
    """Each is (label, code before the call, expression, outcome)."""
    init = re.sub(r"(?<!^)_", "_", struct).upper() + "_INIT"
    declare = f"{struct} o = {init};" + "".join(f' o.{m} = cw_text_of("{v}");' for m, v in needed.get(function, {}).items())
    out = [("good", declare, "&o", None if function in no_answer else True), ("null", "", "NULL", None)]
    for size in ("0", "4", "7", "8", "9", "12", "16", "20", "0xffffffffu", "70000"):
        if size in ("7", "9", "12", "20") or size == "8" or size == "16":
            out.append((f"struct_size {size}", f"{declare} o.struct_size = {size};", "&o", None))
        else:
            out.append((f"struct_size {size}", f"{declare} o.struct_size = {size};", "&o", False))
    out.append(("unknown tail", f"struct {{ {struct} known; uint64_t more; }} big = {{{init}, 1}}; big.known.struct_size = (uint32_t)sizeof big;", "&big.known", False))
    members = structs[struct]
    for i, (t, m) in enumerate(members):
        if t == "double":
            for v in ("NAN", "INFINITY", "-1e308"):
                out.append((f"{m} {v}", f"{declare} o.{m} = {v};", "&o", None))
        if t == "cw_text":
            for label, v in (("null with a length", "{NULL, 3}"), ("invalid UTF-8", '{"\\xff", 1}'), ("huge", '{"x", SIZE_MAX}')):
                out.append((f"{m} {label}", f"{declare} {{ const cw_text bad = {v}; o.{m} = bad; }}", "&o", None))
        if t in ("uint32_t", "uint64_t") and m != "struct_size":
            out.append((f"{m} all ones", f"{declare} o.{m} = ({t})-1;", "&o", False if m == "reserved" else None) if not (struct == "cw_sample_options" and m != "reserved") else
                       (f"{m} zero", f"{declare} o.{m} = 0;", "&o", None))
        if t.startswith("const") and t.endswith("*") and i + 1 < len(members) and members[i + 1][0] == "size_t":
            count, element = members[i + 1][1], t[len("const "):-1].strip()
            item = '{{"\\xff", 1}}' if element == "cw_text" else '{{{"\\xff", 1}, NAN}}'
            unknown = '{{"?", 1}}' if element == "cw_text" else '{{{"?", 1}, -1}}'
            out.append((f"{m} null with a count", f"{declare} o.{count} = 3;", "&o", None))
            out.append((f"{m} huge count", f"static const {element} items[1] = {unknown}; {declare} o.{m} = items; o.{count} = SIZE_MAX;", "&o", None))
            out.append((f"{m} bad item", f"static const {element} items[1] = {item}; {declare} o.{m} = items; o.{count} = 1;", "&o", None))
            out.append((f"{m} unknown item", f"static const {element} items[1] = {unknown}; {declare} o.{m} = items; o.{count} = 1;", "&o", None))
        if t == "const cw_table*":
            out.append((f"{m} freed", f"{declare} o.{m} = freed_table();", "&o", None))
            out.append((f"{m} no handle", f"{declare} o.{m} = (const cw_table*)(const void*)&w;", "&o", None))
            out.append((f"{m} good", f"{declare} o.{m} = w.observations;", "&o", None))
        if t == "const cw_progress*":
            progress = "cw_progress p = CW_PROGRESS_INIT;"
            for label, code in (("telling", "p.tell = go_on; p.log = hear;"), ("cancelling", "p.tell = stop;"), ("of size 0", "p.struct_size = 0;"),
                                ("of a huge size", "p.struct_size = 0xffffffffu;"), ("with a reserved member", "p.reserved = 1;")):
                out.append((f"{m} {label}", f"{declare} {progress} {code} o.{m} = &p;", "&o", None))
    if struct == "cw_progress":
        out += [("telling", f"{declare} o.tell = go_on; o.log = hear;", "&o", True), ("cancelling", f"{declare} o.tell = stop;", "&o", None)]
    own = lambda code: re.sub(r"(?<![\w.])(o|p|big|items)\b", rf"\1_{struct}", code)  # a call may take two structs
    return [(label, own(before), own(e), outcome) for label, before, e, outcome in out]


def handle_cases(kind, name):
    other = handles[(handles.index(kind) + 1) % len(handles)]
    cast = f"(cw_{kind}*)(void*)"
    return [("good", good_handles.get(name, f"w.{kind}"), True), ("null", "NULL", False), ("freed", f"freed_{kind}()", False), ("another type", f"{cast}w.{other}", False),
            ("an address", f"{cast}&w", False), ("an odd address", f"{cast}((char*)&w + 1)", False), ("one", f"{cast}(uintptr_t)1", False),
            ("all ones", f"{cast}~(uintptr_t)0", False), ("another generation", f"{cast}((uintptr_t)(void*)w.{kind} ^ ((uintptr_t)1 << 40))", False)]


def cases(function, arguments):
    """For each position: (label, before, expression, outcome), a text and its length being one position."""
    out, i = [], 0
    while i < len(arguments):
        t, n = arguments[i]
        following = arguments[i + 1] if i + 1 < len(arguments) else ("", "")
        handle = re.match(r"(const )?cw_(\w+)\*$", t)
        if t == "cw_error**":
            out.append([("good", "", "&err", True), ("null", "", "NULL", None)])
        elif t == "const char*" and following[1] == n + "_size":
            out.append([(l, "", e, ok) for l, e, ok in text_cases(function, n)])
            i += 1
        elif t == "const void*" and following == ("size_t", "size"):
            out.append([("good", "", "cw_buffer_data({0}), cw_buffer_size({0})".format(good_bytes.get(function, "w.buffer")), True), ("null", "", "NULL, 9", False), ("nothing", "", "NULL, 0", False),
                        ("huge", "", '"x", SIZE_MAX', False), ("text", "", '"no initiative at all, though long enough", 40', False)])
            i += 1
        elif t == "const cw_text*" and following[0] == "size_t":
            texts = "static const cw_text {0}[1] = {{{{{1}}}}};"
            out.append([("good", texts.format("word", '"council", 7'), "word, 1", True), ("null with a count", "", "NULL, 1", False), ("none", "", "NULL, 0", True),
                        ("huge", texts.format("word", '"council", 7'), "word, SIZE_MAX", False), ("invalid UTF-8", texts.format("bad", '"\\xff", 1'), "bad, 1", False),
                        ("null text", texts.format("bad", "NULL, 3"), "bad, 1", False), ("huge text", texts.format("bad", '"x", SIZE_MAX'), "bad, 1", False)])
            i += 1
        elif t == "const cw_column*":
            out.append([("good", "", "&w.column, 1", True), ("null", "", "NULL, 1", False), ("huge", "", "&w.column, SIZE_MAX", False)] +
                       [(l, b, e + ", 1", ok) for l, b, e, ok in option_cases("cw_column", n)[2:]])
            i += 1
        elif handle and handle[2] in handles:
            out.append([(l, "", e, ok) for l, e, ok in handle_cases(handle[2], n)])
        elif re.match(r"cw_(\w+)\*\*$", t):
            kind = t[3:-2]
            out.append([("good", "", f"&out_{kind}", True), ("null", "", "NULL", False)])
        elif t == "cw_column*":
            out.append([("good", "cw_column filled = CW_COLUMN_INIT;", "&filled", True), ("null", "", "NULL", False)] +
                       [(l, b, e, ok) for l, b, e, ok in option_cases("cw_column", n)[2:13]])
        elif handle and "cw_" + handle[2] in structs:
            out.append(option_cases("cw_" + handle[2], n, function))
        elif t == "struct ArrowArrayStream*" and n == "out":
            out.append([("good", "struct ArrowArrayStream s; memset(&s, 0, sizeof s);", "&s", "release"), ("null", "", "NULL", False)])
        elif t == "struct ArrowArrayStream*":
            out.append([("good", f"struct ArrowArrayStream s = stream_of({good_handles.get(n, 'w.table')});", "&s", True), ("null", "", "NULL", False),
                        ("released", "struct ArrowArrayStream s; memset(&s, 0, sizeof s);", "&s", False),
                        ("failing", "struct ArrowArrayStream s = failing_stream();", "&s", False),
                        ("without callbacks", "struct ArrowArrayStream s = failing_stream(); s.get_schema = NULL;", "&s", False)])
        elif t == "struct ArrowArray*":
            out.append([("good", "struct ArrowArray a = array();", "&a", True), ("null", "", "NULL", False), ("released", "struct ArrowArray a; memset(&a, 0, sizeof a);", "&a", False)])
        elif t == "const struct ArrowSchema*":
            out.append([("good", "struct ArrowSchema c = schema();", "&c", True), ("null", "", "NULL", True), ("released", "struct ArrowSchema c; memset(&c, 0, sizeof c);", "&c", False),
                        ("without columns", "struct ArrowSchema c = schema(); struct ArrowSchema bad = c; bad.children = NULL;", "(c.release(&c), &bad)", False)])
        elif t == "struct ArrowSchema*":
            out.append([("good", "struct ArrowSchema c = schema();", "&c", True), ("null", "", "NULL", False), ("released", "struct ArrowSchema c; memset(&c, 0, sizeof c);", "&c", False)])
        elif t == "int64_t*":
            out.append([("good", "", "&out_number", True), ("null", "", "NULL", False)])
        elif t in ("int64_t", "int32_t"):
            out.append([("good", "", "0", True), ("minus one", "", "-1", None), ("largest", "", f"{t[:-2].upper()}_MAX", None), ("smallest", "", f"{t[:-2].upper()}_MIN", None)])
        else:
            sys.exit(f"misuse.py: {function}: there is no misuse for {t} {n}")
        i += 1
    return out


print("""/* Generated by misuse.py from commonweal.h. argv[1]: a folder to write in. */
#include "misuse_world.h"
""")
count = 0
for returns, name, arguments in functions:
    positions = cases(name, arguments)
    print(f"static void misuse_{name}(void) {{")
    plans = [[0] * len(positions)] + [[k if q == p else 0 for q in range(len(positions))] for p in range(len(positions)) for k in range(1, len(positions[p]))]
    if positions:
        plans.append([1 if len(p) > 1 else 0 for p in positions])
        plans.append([len(p) - 1 for p in positions])
    for plan in plans:
        chosen = [positions[p][k] for p, k in enumerate(plan)]
        label = name + ": " + (", ".join(f"{i}: {c[0]}" for i, c in enumerate(chosen) if plan[i]) or "as meant")
        outcome = "SUCCEEDS" if all(c[3] in (True, "release") for c in chosen) else "FAILS_CLEANLY" if any(c[3] is False for c in chosen) else "ANYTHING"
        if name not in no_answer and any(c[2] == "NULL" and positions[i][0][2] == "&err" for i, c in enumerate(chosen)) and outcome == "ANYTHING" and sum(map(bool, plan)) == 1:
            outcome = "SUCCEEDS_SILENTLY"
        before = " ".join(c[1] for c in chosen if c[1])
        count += 1
        print(f"  {{\n    BEGIN({label!r});".replace("'", '"'))
        if before:
            print(f"    {before}")
        call = f"{name}({', '.join(c[2] for c in chosen)})"
        print(f"    CALL_{'STATUS' if returns == 'CW_CALL' else 'VOID' if 'void)' in returns and '*' not in returns else 'VALUE'}({outcome}, {call});")
        if any(c[2] == "&s" for c in chosen):
            print("    release_stream(&s);")
        if any(c[2] == "&a" for c in chosen):
            print("    if (a.release != NULL) a.release(&a);")
        if any(c[2] == "&c" for c in chosen):
            print("    if (c.release != NULL) c.release(&c);")
        print("    end();\n  }")
    print("}\n")
print("int main(int argc, char** argv) {\n  if (argc != 2) return 2;\n  begin_world(argv[1]);")
for _, name, _ in functions:
    print(f"  misuse_{name}();")
print(f"  return end_world({len(functions)}, {count});\n}}")
