//! Characters that are drawn by fonts of symbols.

/// Fonts of symbols have their own tables; these are the signs that forms and letters use. Symbol's Greek follows the
/// Latin letters that stand on the same keys.
const WINGDINGS: [(u32, &str); 16] = [
    (0x28, "☎"),
    (0x2A, "✉"),
    (0x6C, "●"),
    (0x6E, "■"),
    (0x6F, "□"),
    (0x71, "❑"),
    (0x75, "◆"),
    (0x76, "❖"),
    (0x9F, "•"),
    (0xA7, "▪"),
    (0xA8, "☐"),
    (0xD8, "➢"),
    (0xE0, "→"),
    (0xFB, "✗"),
    (0xFC, "✓"),
    (0xFE, "☑"),
];
const SYMBOL: [(u32, &str); 14] = [
    (0x61, "α"),
    (0x62, "β"),
    (0x64, "δ"),
    (0x6D, "µ"),
    (0x70, "π"),
    (0x73, "σ"),
    (0x57, "Ω"),
    (0xA3, "≤"),
    (0xB0, "°"),
    (0xB1, "±"),
    (0xB3, "≥"),
    (0xB4, "×"),
    (0xB7, "•"),
    (0xDE, "→"),
];

/// The character of a font that this hexadecimal number stands for; `□` for one whose meaning only the font knows.
pub(crate) fn read(font: Option<&str>, code: Option<&str>) -> String {
    let Some(code) = code.and_then(|code| u32::from_str_radix(code.trim(), 16).ok()) else { return String::new() };
    // Fonts of symbols are mapped to the private area.
    let is_private = (0xF000..=0xF0FF).contains(&code);
    let own = if is_private { code - 0xF000 } else { code };
    let table: &[(u32, &str)] = match font.map(str::to_lowercase).as_deref() {
        Some("symbol") => &SYMBOL,
        Some(font) if font.starts_with("wingdings") => &WINGDINGS,
        _ => &[],
    };
    let known = table.iter().find(|(known, _)| *known == own).map(|(_, sign)| (*sign).to_owned());
    known.unwrap_or_else(|| match char::from_u32(own) {
        Some(character) if table.is_empty() && !is_private => character.to_string(),
        Some(character) if font == Some("Symbol") && character.is_ascii_graphic() => character.to_string(),
        _ => "□".to_owned(),
    })
}
