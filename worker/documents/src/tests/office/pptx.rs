use super::hostile::{attempt, survive};
use super::{check_pages, container, read, relations};
use crate::detect::Kind::Pptx;
use crate::document::Content;

/// A presentation of these slides, each the XML of its shapes; the first has a layout and notes.
fn presentation(slides: &[&str]) -> Vec<u8> {
    let ids: Vec<(String, String)> =
        (1..=slides.len()).map(|at| (format!("rId{at}"), format!("slides/slide{at}.xml"))).collect();
    let links: Vec<(&str, &str, &str)> =
        ids.iter().map(|(id, target)| (id.as_str(), "slide", target.as_str())).collect();
    // Slides are shown in the order of the list, which is not that of their names.
    let listed: String = ids.iter().rev().map(|(id, _)| format!(r#"<p:sldId id="256" r:id="{id}"/>"#)).collect();
    let tree = |shapes: &str| format!("<p:sld><p:cSld><p:spTree>{shapes}</p:spTree></p:cSld></p:sld>");
    let mut parts = vec![
        ("_rels/.rels".to_owned(), relations(&[("a", "officeDocument", "ppt/presentation.xml")])),
        (
            "ppt/presentation.xml".to_owned(),
            format!("<p:presentation><p:sldIdLst>{listed}</p:sldIdLst></p:presentation>"),
        ),
        ("ppt/_rels/presentation.xml.rels".to_owned(), relations(&links)),
        (
            "ppt/slides/_rels/slide1.xml.rels".to_owned(),
            relations(&[("a", "slideLayout", "../slideLayouts/l.xml"), ("b", "notesSlide", "../notesSlides/n.xml")]),
        ),
        ("ppt/slideLayouts/l.xml".to_owned(), tree(&shape(r#"<p:ph type="body" idx="7"/>"#, Some((0, 9_000_000)), ""))),
        (
            "ppt/notesSlides/n.xml".to_owned(),
            tree(&shape(r#"<p:ph type="body" idx="1"/>"#, None, "<a:p><a:r><a:t>Say hello</a:t></a:r></a:p>")),
        ),
    ];
    parts.extend(ids.iter().zip(slides).map(|((_, target), shapes)| (format!("ppt/{target}"), tree(shapes))));
    let parts: Vec<(&str, &str)> = parts.iter().map(|(name, content)| (name.as_str(), content.as_str())).collect();
    container(&parts)
}

fn shape(placeholder: &str, place: Option<(u32, u32)>, paragraphs: &str) -> String {
    let place = place.map(|(x, y)| format!(r#"<a:xfrm><a:off x="{x}" y="{y}"/></a:xfrm>"#)).unwrap_or_default();
    format!(
        "<p:sp><p:nvSpPr><p:cNvPr id=\"2\"/><p:nvPr>{placeholder}</p:nvPr></p:nvSpPr><p:spPr>{place}</p:spPr>\
         <p:txBody><a:bodyPr/>{paragraphs}</p:txBody></p:sp>"
    )
}

fn paragraph(properties: &str, text: &str) -> String {
    format!("<a:p>{properties}<a:r><a:t>{text}</a:t></a:r></a:p>")
}

#[test]
fn slides_are_pages_in_the_order_of_the_list_and_read_from_the_top() {
    let body = [
        paragraph("", "First"),
        paragraph(r#"<a:pPr lvl="1"/>"#, "Inner"),
        paragraph("<a:pPr><a:buNone/></a:pPr>", "Plain"),
    ];
    let numbers = paragraph(r#"<a:pPr><a:buAutoNum type="alphaLcParenR" startAt="2"/></a:pPr>"#, "counted");
    let first = [
        shape(r#"<p:ph type="body" idx="7"/>"#, None, &body.concat()),
        shape("", Some((0, 2_000_000)), &[numbers.as_str(), numbers.as_str()].concat()),
        shape("", Some((5, 1_000_000)), &paragraph("", "right<a:br/>")),
        shape("", Some((4, 1_000_000)), &paragraph("", "left")),
        shape(r#"<p:ph type="title"/>"#, Some((0, 8_000_000)), &paragraph("", "Report")),
        shape(r#"<p:ph type="sldNum"/>"#, None, &paragraph("", "17")),
    ];
    check_pages(
        Pptx,
        &presentation(&[&first.concat(), &shape("", None, &paragraph("", "Second"))]),
        &["Second", "# Report\n\nleft\n\nright\n\nb) counted\nc) counted\n- First\n  - Inner\n\nPlain\n\nSay hello"],
    );
}

#[test]
fn shapes_in_groups_stand_where_the_group_puts_them() {
    let group = format!(
        r#"<p:grpSp><p:grpSpPr><a:xfrm><a:off x="0" y="100"/><a:ext cx="10" cy="10"/><a:chOff x="0" y="9000"/>
        <a:chExt cx="100" cy="100"/></a:xfrm></p:grpSpPr>{}</p:grpSp>"#,
        shape("", Some((0, 9_100)), &paragraph("", "in the group at 110"))
    );
    let slide =
        [shape("", Some((0, 111)), &paragraph("", "below")), group, shape("", Some((0, 109)), &paragraph("", "above"))];
    check_pages(Pptx, &presentation(&["", &slide.concat()]), &["above\n\nin the group at 110\n\nbelow", "Say hello"]);
}

#[test]
fn tables_of_slides_keep_their_spans() {
    let cell = |attributes: &str, text: &str| {
        format!("<a:tc {attributes}><a:txBody>{}</a:txBody></a:tc>", paragraph("", text))
    };
    let slide = format!(
        "<p:graphicFrame><a:graphic><a:graphicData><a:tbl><a:tblPr firstRow=\"1\"/><a:tr>{}{}</a:tr><a:tr>{}{}</a:tr>\
         </a:tbl></a:graphicData></a:graphic></p:graphicFrame>",
        cell(r#"gridSpan="2""#, "Prices"),
        cell(r#"hMerge="1""#, ""),
        cell("", "Rope"),
        cell("", "816"),
    );
    let pages = read(Pptx, &presentation(&["", &slide]));
    let Content::Table(table) = &pages[0].blocks[0].content else { panic!("{pages:?}") };
    let cells: Vec<_> = table.cells().iter().map(|cell| (cell.text(), cell.column_span)).collect();
    assert_eq!(cells, [("Prices".to_owned(), 2), ("Rope".to_owned(), 1), ("816".to_owned(), 1)]);
    assert_eq!(table.header_rows, 1);
}

#[test]
fn a_damaged_presentation_never_panics() {
    let text = paragraph("", "some text");
    survive(Pptx, &presentation(&[&shape("", Some((1, 1)), &text.repeat(20))]));
    let huge = shape("", None, "").replace("<p:spPr>", r#"<p:spPr><a:xfrm><a:off x="1e999" y="NaN"/></a:xfrm>"#);
    assert_eq!(attempt(Pptx, presentation(&[&huge])), None);
}
