use super::{check, check_refused, document};
use crate::TableFormat::{Html, Json, Markdown, Yaml};

const QUOTED: &[u8] = b"id,note\r\n1,\"a, \"\"b\"\" | c\"\r\n2,\"two\nlines\"\r\n3,<&>\r\n";

#[test]
fn quoted_cells_in_all_formats() {
    check(
        document("a.csv", QUOTED).tables(Html),
        "text/csv",
        &["<table>\n<thead>\n<tr><th>id</th><th>note</th></tr>\n</thead>\n<tbody>\n\
           <tr><td>1</td><td>a, \"b\" | c</td></tr>\n<tr><td>2</td><td>two<br>lines</td></tr>\n\
           <tr><td>3</td><td>&lt;&amp;&gt;</td></tr>\n</tbody>\n</table>"],
    );
    check(
        document("a.csv", QUOTED).tables(Markdown),
        "text/csv",
        &["| id | note |\n| --- | --- |\n| 1 | a, \"b\" \\| c |\n| 2 | two<br>lines |\n| 3 | <&> |"],
    );
    check(
        document("a.csv", QUOTED).tables(Json),
        "text/csv",
        &[r#"[
  {"id": "1", "note": "a, \"b\" | c"},
  {"id": "2", "note": "two\nlines"},
  {"id": "3", "note": "<&>"}
]"#],
    );
    check(
        document("a.csv", QUOTED).tables(Yaml),
        "text/csv",
        &[r#"- "id": "1"
  "note": "a, \"b\" | c"
- "id": "2"
  "note": "two\nlines"
- "id": "3"
  "note": "<&>""#],
    );
}

#[test]
fn no_cell_is_lost_to_blank_repeated_or_missing_headers() {
    check(
        document("a.csv", b"a,,a\n1,2,3,4\n5\n").tables(Json),
        "text/csv",
        &[r#"[
  {"a": "1", "column_2": "2", "a_3": "3", "column_4": "4"},
  {"a": "5", "column_2": "", "a_3": "", "column_4": ""}
]"#],
    );
    check(document("a.csv", b"a_2,a,a_2\n").tables(Json), "text/csv", &["[]"]);
    check(
        document("a.csv", b"a_3,a,a\n1,2,3\n").tables(Yaml),
        "text/csv",
        &["- \"a_3\": \"1\"\n  \"a\": \"2\"\n  \"a_3_\": \"3\""],
    );
}

#[test]
fn the_separator_is_the_one_of_the_first_record() {
    let table = "| a | b |\n| --- | --- |\n| 1,5 | 2 |";
    check(document("a.csv", b"a;b\n1,5;2\n").tables(Markdown), "text/csv", &[table]);
    check(
        document("a.csv", b"\"a;;;\",b\n1,2\n").tables(Markdown),
        "text/csv",
        &["| a;;; | b |\n| --- | --- |\n| 1 | 2 |"],
    );
    check(
        document("a.tsv", b"a,\tb\n1,5\t2\n").tables(Markdown),
        "text/tab-separated-values",
        &["| a, | b |\n| --- | --- |\n| 1,5 | 2 |"],
    );
}

#[test]
fn a_header_repeated_for_every_row_does_not_get_past_the_text_cap() {
    let csv = format!("{}\n{}", "h".repeat(1000), "1\n".repeat(1000));
    let large = document("a.csv", csv.as_bytes()).tables(Json).limits(|limits| limits.max_text_bytes = 10_000);
    let error = large.parse().unwrap_err();
    assert_eq!(error.code(), "document_limit_exceeded");
    check_refused(
        document("a.csv", b"1,2\n3,4").limits(|limits| limits.max_table_cells = 3),
        "document_limit_exceeded",
        "document exceeds max_table_cells: 4 cells in a table, at most 3 are allowed",
    );
}
