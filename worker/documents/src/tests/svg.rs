use super::{check, check_refused, document};

#[test]
fn texts_come_out_in_the_order_of_the_file() {
    let svg = "<?xml version=\"1.0\"?><svg xmlns=\"http://www.w3.org/2000/svg\"><title>Sales &amp; &#x5A;o&#235;</title>\
               <desc>By quarter</desc><style>text { fill: red }</style><g><text>Q1 <tspan font-weight=\"bold\">5 €</tspan>\
               <tspan x=\"0\" dy=\"1em\">in all</tspan></text><text><![CDATA[a < b]]></text></g>\
               <image href=\"https://example.com/a.png\"/><use href=\"other.svg#a\"/><path d=\"M 0 0\"/>\
               <foreignObject><div xmlns=\"http://www.w3.org/1999/xhtml\">one<p>two</p></div></foreignObject></svg>";
    check(
        document("a.svg", svg.as_bytes()),
        "image/svg+xml",
        &["Sales & Zoë\nBy quarter\nQ1 5 €\nin all\na < b\none\ntwo"],
    );
}

#[test]
fn entities_are_not_expanded() {
    let svg = "<!DOCTYPE svg [<!ENTITY a \"words\"><!ENTITY b SYSTEM \"file:///etc/passwd\">]><svg><text>1&a;&b;2</text></svg>";
    check(document("a", svg.as_bytes()), "image/svg+xml", &["12"]);
}

#[test]
fn broken_and_deep_drawings_are_refused_by_name() {
    check_refused(
        document("a.svg", b"<svg><text>a</text>"),
        "document_invalid",
        "document is not valid image/svg+xml: its XML ends inside an element",
    );
    let deep = format!("<svg>{}", "<g>".repeat(300));
    check_refused(
        document("a.svg", deep.as_bytes()),
        "document_limit_exceeded",
        "document exceeds max_nesting: 257 nested elements, at most 256 are allowed",
    );
}
