use super::{check_pages, container, read, relations};
use crate::detect::Kind::Docx;
use crate::document::Content;

const STYLES: &str = r#"<w:styles xmlns:w="w">
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="berschrift1"><w:name w:val="heading 1"/><w:basedOn w:val="Normal"/></w:style>
<w:style w:type="paragraph" w:styleId="Chapter"><w:name w:val="Chapter"/><w:basedOn w:val="berschrift1"/></w:style>
<w:style w:type="paragraph" w:styleId="ListBullet"><w:name w:val="List Bullet"/>
  <w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="ListNumber2"><w:name w:val="List Number 2"/>
  <w:pPr><w:numPr><w:numId w:val="2"/></w:numPr></w:pPr></w:style>
<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>
</w:styles>"#;

const NUMBERING: &str = r#"<w:numbering xmlns:w="w">
<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/><w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>
<w:abstractNum w:abstractNumId="1">
  <w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>
  <w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>
  <w:lvl w:ilvl="2"><w:start w:val="4"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="(%3)"/></w:lvl>
</w:abstractNum>
<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>
<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>
<w:num w:numId="3"><w:abstractNumId w:val="1"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="7"/></w:lvlOverride></w:num>
</w:numbering>"#;

/// A document with this body and these further parts.
fn document(body: &str, parts: &[(&str, &str, &str)]) -> Vec<u8> {
    let main = format!(r#"<?xml version="1.0"?><w:document xmlns:w="w"><w:body>{body}</w:body></w:document>"#);
    let package = relations(&[("rId1", "officeDocument", "word/document.xml")]);
    let names: Vec<(String, &str, &str)> =
        parts.iter().enumerate().map(|(at, (kind, name, _))| (format!("rId{}", at + 10), *kind, *name)).collect();
    let links: Vec<(&str, &str, &str)> = names.iter().map(|(id, kind, name)| (id.as_str(), *kind, *name)).collect();
    let links = relations(&links);
    let paths: Vec<String> = parts.iter().map(|(_, name, _)| format!("word/{name}")).collect();
    let mut all = vec![
        ("_rels/.rels", package.as_str()),
        ("word/document.xml", main.as_str()),
        ("word/_rels/document.xml.rels", links.as_str()),
    ];
    all.extend(paths.iter().zip(parts).map(|(path, (_, _, content))| (path.as_str(), *content)));
    container(&all)
}

fn lists() -> [(&'static str, &'static str, &'static str); 2] {
    [("styles", "styles.xml", STYLES), ("numbering", "numbering.xml", NUMBERING)]
}

fn styled(style: &str, text: &str) -> String {
    format!(r#"<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#)
}

fn item(list: u8, level: u8, text: &str) -> String {
    format!(
        r#"<w:p><w:pPr><w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list}"/></w:numPr></w:pPr><w:r><w:t>{text}</w:t></w:r></w:p>"#
    )
}

fn paragraph(text: &str) -> String {
    format!("<w:p><w:r><w:t>{text}</w:t></w:r></w:p>")
}

#[test]
fn headings_come_from_styles_by_their_english_names_or_from_outline_levels() {
    let outline = r#"<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr><w:r><w:t>Third</w:t></w:r></w:p>"#;
    let body = [&styled("berschrift1", "First"), &styled("Chapter", "Derived"), outline, &paragraph("Text")].concat();
    check_pages(Docx, &document(&body, &lists()), &["# First\n\n# Derived\n\n### Third\n\nText"]);
}

#[test]
fn lists_have_their_printed_markers_also_when_only_a_style_makes_them() {
    let body = [
        styled("ListBullet", "rope"),
        item(2, 0, "one"),
        item(2, 1, "inner"),
        item(2, 1, "again"),
        item(2, 2, "deep"),
        item(2, 0, "two"),
        item(2, 1, "afresh"),
        item(3, 0, "restarted"),
        styled("ListNumber2", "after"),
    ]
    .concat();
    let pages = read(Docx, &document(&body, &lists()));
    let Content::List { items } = &pages[0].blocks[0].content else { panic!("{pages:?}") };
    let found: Vec<(u8, &str, &str)> =
        items.iter().map(|item| (item.level, item.marker.as_str(), item.lines[0].text.as_str())).collect();
    assert_eq!(
        found,
        [
            (0, "•", "rope"),
            (0, "1.", "one"),
            (1, "1.a)", "inner"),
            (1, "1.b)", "again"),
            (2, "(IV)", "deep"),
            (0, "2.", "two"),
            (1, "2.a)", "afresh"),
            (0, "7.", "restarted"),
            (1, "8.", "after"),
        ]
    );
}

#[test]
fn headers_and_footers_of_all_sections_are_read_once_and_those_not_shown_are_not() {
    let section = |inner: &str| format!("<w:sectPr xmlns:r=\"r\">{inner}</w:sectPr>");
    let own = r#"<w:headerReference w:type="default" r:id="rId10"/><w:headerReference w:type="first" r:id="rId11"/>
        <w:footerReference w:type="default" r:id="rId12"/>"#;
    let body = format!(
        "<w:p><w:pPr>{}</w:pPr><w:r><w:t>One</w:t></w:r></w:p>{}{}",
        section(own),
        paragraph("Two"),
        section(&format!("{own}<w:titlePg/>"))
    );
    let parts = [
        ("header", "header1.xml", "<w:hdr><w:p><w:r><w:t>Elswick Chandlery</w:t></w:r></w:p></w:hdr>"),
        ("header", "header2.xml", "<w:hdr><w:p><w:r><w:t>First page</w:t></w:r></w:p></w:hdr>"),
        ("footer", "footer1.xml", "<w:ftr><w:p><w:r><w:t>VAT 12</w:t></w:r></w:p></w:ftr>"),
    ];
    check_pages(Docx, &document(&body, &parts), &["Elswick Chandlery\n\nFirst page\n\nOne", "Two\n\nVAT 12"]);
    let without_title_page = format!("{}{}", paragraph("Only"), section(own));
    check_pages(Docx, &document(&without_title_page, &parts), &["Elswick Chandlery\n\nOnly\n\nVAT 12"]);
}

#[test]
fn text_boxes_are_read_once() {
    let content = "<w:txbxContent><w:p><w:r><w:t>Boxed</w:t></w:r></w:p></w:txbxContent>";
    let body = format!(
        "<w:p><w:r><w:t>Before</w:t></w:r><w:r><mc:AlternateContent><mc:Choice Requires=\"wps\"><w:drawing><wps:wsp>\
         <wps:txbx>{content}</wps:txbx></wps:wsp></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{content}\
         </v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r></w:p><w:p><w:r><w:pict><v:shape>\
         <v:textbox><w:txbxContent><w:p><w:r><w:t>Old</w:t></w:r></w:p></w:txbxContent></v:textbox></v:shape></w:pict></w:r></w:p>"
    );
    check_pages(Docx, &document(&body, &[]), &["Before\n\nBoxed\n\nOld"]);
}

#[test]
fn inserted_text_is_read_and_deleted_hidden_and_field_codes_are_not() {
    let body = r#"<w:p><w:ins><w:r><w:t>new</w:t></w:r></w:ins><w:del><w:r><w:delText>old</w:delText></w:r></w:del>
        <w:r><w:rPr><w:vanish/></w:rPr><w:t>secret</w:t></w:r>
        <w:r><w:rPr><w:rStyle w:val="Ghost"/></w:rPr><w:t>ghost</w:t></w:r>
        <w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText> DATE </w:instrText></w:r>
        <w:r><w:t>code</w:t></w:r>
        <w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t xml:space="preserve"> 14 March</w:t></w:r>
        <w:r><w:fldChar w:fldCharType="end"/></w:r>
        <w:hyperlink><w:r><w:tab/><w:t>link</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>&#x20;smart</w:t></w:r></w:smartTag>
        <w:sdt><w:sdtPr><w:alias w:val="x"/></w:sdtPr><w:sdtContent><w:r><w:t>&amp;control</w:t></w:r></w:sdtContent></w:sdt>
        <w:r><w:br/><w:t>a</w:t><w:noBreakHyphen/><w:t>b</w:t><w:sym w:font="Wingdings" w:char="F0FE"/></w:r></w:p>"#;
    check_pages(Docx, &document(body, &lists()), &["new 14 March link smart&control\na-b☑"]);
}

#[test]
fn tables_keep_spans_and_header_rows() {
    let cell = |properties: &str, text: &str| format!("<w:tc><w:tcPr>{properties}</w:tcPr>{}</w:tc>", paragraph(text));
    let body = format!(
        "<w:tbl><w:tr><w:trPr><w:tblHeader/></w:trPr>{}{}</w:tr><w:tr>{}{}{}</w:tr><w:tr>{}{}{}</w:tr></w:tbl>",
        cell("", "Item"),
        cell(r#"<w:gridSpan w:val="2"/>"#, "Price"),
        cell(r#"<w:vMerge w:val="restart"/>"#, "Rope"),
        cell("", "1"),
        cell("", "2"),
        cell("<w:vMerge/>", ""),
        cell("", "3"),
        cell("", "4"),
    );
    let pages = read(Docx, &document(&body, &[]));
    let Content::Table(table) = &pages[0].blocks[0].content else { panic!("{pages:?}") };
    let cells: Vec<_> = table
        .cells()
        .iter()
        .map(|cell| (cell.row, cell.column, cell.row_span, cell.column_span, cell.text()))
        .collect();
    let expected = [
        (0, 0, 1, 1, "Item"),
        (0, 1, 1, 2, "Price"),
        (1, 0, 2, 1, "Rope"),
        (1, 1, 1, 1, "1"),
        (1, 2, 1, 1, "2"),
        (2, 1, 1, 1, "3"),
        (2, 2, 1, 1, "4"),
    ];
    assert_eq!(cells, expected.map(|(row, column, rows, columns, text)| (row, column, rows, columns, text.to_owned())));
    assert_eq!((table.header_rows, table.rows(), table.columns()), (1, 3, 3));
}

#[test]
fn a_table_that_holds_tables_only_places_them() {
    let inner = format!("<w:tbl><w:tr><w:tc>{}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>", paragraph("a"), paragraph("b"));
    let body = format!(
        "<w:tbl><w:tr><w:tc>{}{inner}</w:tc><w:tc>{}</w:tc></w:tr></w:tbl>",
        paragraph("Left"),
        paragraph("Right")
    );
    check_pages(Docx, &document(&body, &[]), &["Left\n\n| a | b |\n| --- | --- |\n\nRight"]);
}

#[test]
fn pages_end_at_breaks_where_word_last_broke_and_at_sections_that_are_not_continuous() {
    let end = |kind: &str| {
        format!(r#"<w:p><w:pPr><w:sectPr><w:type w:val="{kind}"/></w:sectPr></w:pPr><w:r><w:t>end</w:t></w:r></w:p>"#)
    };
    let body = [
        r#"<w:p><w:r><w:t>1</w:t><w:br w:type="page"/></w:r></w:p>"#,
        "<w:p><w:r><w:lastRenderedPageBreak/><w:t>2</w:t></w:r></w:p>",
        "<w:p><w:r><w:t>still 2</w:t><w:lastRenderedPageBreak/><w:t>3</w:t></w:r></w:p>",
        &end("nextPage"),
        &paragraph("4"),
        &end("nextPage"),
        &paragraph("still 4"),
        r#"<w:sectPr><w:type w:val="continuous"/></w:sectPr>"#,
    ]
    .concat();
    check_pages(Docx, &document(&body, &[]), &["1", "2\n\nstill 2", "3\n\nend", "4\n\nend\n\nstill 4"]);
}

#[test]
fn notes_stand_at_the_end_in_the_order_of_their_references() {
    let body = r#"<w:p><w:r><w:t>One</w:t><w:footnoteReference w:id="5"/></w:r><w:r><w:t>, two</w:t>
        <w:endnoteReference w:id="2"/><w:footnoteReference w:id="3"/></w:r></w:p>"#;
    let footnotes = r#"<w:footnotes><w:footnote w:type="separator" w:id="0"><w:p><w:r><w:t>---</w:t></w:r></w:p></w:footnote>
        <w:footnote w:id="3"><w:p><w:r><w:footnoteRef/><w:t>later</w:t></w:r></w:p></w:footnote>
        <w:footnote w:id="5"><w:p><w:r><w:t>sooner</w:t></w:r></w:p></w:footnote></w:footnotes>"#;
    let endnotes =
        r#"<w:endnotes><w:endnote w:id="2"><w:p><w:r><w:t>at last</w:t></w:r></w:p></w:endnote></w:endnotes>"#;
    let parts = [("footnotes", "footnotes.xml", footnotes), ("endnotes", "endnotes.xml", endnotes)];
    check_pages(Docx, &document(body, &parts), &["One [1], two [i] [2]\n\n[1] sooner\n\n[2] later\n\n[i] at last"]);
}

#[test]
fn pictures_leave_their_alternative_text_and_charts_their_words() {
    let body = r#"<w:p><w:r><w:drawing><wp:inline><wp:docPr id="1" name="Picture 1" descr="Our harbour"/>
        <a:graphic><pic:pic/></a:graphic></wp:inline></w:drawing></w:r></w:p>
        <w:p><w:r><w:drawing><wp:inline><wp:docPr id="2" name="Chart 1"/><a:graphic><a:graphicData>
        <c:chart r:id="rId10"/></a:graphicData></a:graphic></wp:inline></w:drawing></w:r></w:p>"#;
    let chart = "<c:chartSpace><c:chart><c:title><c:tx><c:rich><a:p><a:r><a:t>Sales</a:t></a:r></a:p></c:rich></c:tx></c:title>\
        <c:plotArea><c:ser><c:tx><c:v>2025</c:v></c:tx><c:cat><c:pt><c:v>North</c:v></c:pt></c:cat>\
        <c:val><c:pt><c:v>17</c:v></c:pt></c:val></c:ser></c:plotArea></c:chart></c:chartSpace>";
    check_pages(
        Docx,
        &document(body, &[("chart", "charts/chart1.xml", chart)]),
        &["Our harbour\n\nSales\n2025\nNorth"],
    );
}
