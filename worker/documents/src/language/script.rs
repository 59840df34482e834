//! Which script text is written in.

/// A script, or a family of scripts, by the characters that only it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Script {
    /// Also where there are no letters at all.
    Latin,
    Greek,
    Cyrillic,
    Armenian,
    Hebrew,
    Arabic,
    /// The scripts of India, from Devanagari to Malayalam.
    Indic,
    Thai,
    Georgian,
    Ethiopic,
    /// Hangul.
    Korean,
    /// Kana, and the ideographs between them.
    Japanese,
    /// Ideographs without kana.
    Chinese,
    /// Letters that none of these has.
    Other,
}

impl Script {
    const ALL: [Self; 14] = [
        Self::Latin,
        Self::Greek,
        Self::Cyrillic,
        Self::Armenian,
        Self::Hebrew,
        Self::Arabic,
        Self::Indic,
        Self::Thai,
        Self::Georgian,
        Self::Ethiopic,
        Self::Korean,
        Self::Japanese,
        Self::Chinese,
        Self::Other,
    ];

    /// Its name, for people.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Latin => "Latin",
            Self::Greek => "Greek",
            Self::Cyrillic => "Cyrillic",
            Self::Armenian => "Armenian",
            Self::Hebrew => "Hebrew",
            Self::Arabic => "Arabic",
            Self::Indic => "Indic",
            Self::Thai => "Thai",
            Self::Georgian => "Georgian",
            Self::Ethiopic => "Ethiopic",
            Self::Korean => "Korean",
            Self::Japanese => "Japanese",
            Self::Chinese => "Chinese",
            Self::Other => "unknown",
        }
    }

    fn of(letter: char) -> Option<Self> {
        if letter.is_ascii() {
            return letter.is_ascii_alphabetic().then_some(Self::Latin);
        }
        if !letter.is_alphabetic() {
            return None;
        }
        // Blocks of Unicode 16.
        Some(match u32::from(letter) {
            // Units and formulas: micro, ohm, and letters of mathematics.
            0xb5 | 0x2100..=0x214f | 0x1d400..=0x1d7ff => return None,
            0x80..=0x2af | 0x1e00..=0x1eff | 0x2c60..=0x2c7f | 0xa720..=0xa7ff | 0xfb00..=0xfb06 | 0xff21..=0xff5a => {
                Self::Latin
            }
            0x370..=0x3ff | 0x1f00..=0x1fff => Self::Greek,
            0x400..=0x52f | 0x1c80..=0x1c8f | 0x2de0..=0x2dff | 0xa640..=0xa69f => Self::Cyrillic,
            0x530..=0x58f => Self::Armenian,
            0x590..=0x5ff | 0xfb1d..=0xfb4f => Self::Hebrew,
            0x600..=0x77f | 0x860..=0x8ff | 0xfb50..=0xfdff | 0xfe70..=0xfeff => Self::Arabic,
            0x900..=0xdff => Self::Indic,
            0xe00..=0xe7f => Self::Thai,
            0x10a0..=0x10ff | 0x1c90..=0x1cbf | 0x2d00..=0x2d2f => Self::Georgian,
            0x1200..=0x139f | 0x2d80..=0x2ddf => Self::Ethiopic,
            0x1100..=0x11ff | 0x3130..=0x318f | 0xac00..=0xd7ff => Self::Korean,
            0x3040..=0x30ff | 0x31f0..=0x31ff | 0xff66..=0xff9f => Self::Japanese,
            0x2e80..=0x2fdf
            | 0x3005..=0x3007
            | 0x3400..=0x4dbf
            | 0x4e00..=0x9fff
            | 0xf900..=0xfaff
            | 0x20000..=0x3ffff => Self::Chinese,
            _ => Self::Other,
        })
    }
}

/// Letters of each script.
#[derive(Debug, Clone, Default)]
pub(super) struct Count([u32; Script::ALL.len()]);

impl Count {
    pub(super) fn add(&mut self, line: &str) {
        for script in line.chars().filter_map(Script::of) {
            if let Some(count) = self.0.get_mut(script as usize) {
                *count += 1;
            }
        }
    }

    /// The script of most letters; Latin if half of them are, for companies and products keep their names. Japanese
    /// has more ideographs than kana, Chinese has no kana.
    pub(super) fn script(&self) -> Script {
        let count = |script: Script| self.0.get(script as usize).copied().unwrap_or_default();
        let others: u32 = self.0.iter().sum::<u32>() - count(Script::Latin);
        if count(Script::Latin) >= others {
            return Script::Latin;
        }
        let most = Script::ALL.into_iter().skip(1).max_by_key(|script| count(*script)).unwrap_or(Script::Latin);
        // A twentieth: text of names and headings has little kana, and Chinese quotes a brand at most.
        match most {
            Script::Chinese if count(Script::Japanese) > count(Script::Chinese) / 20 => Script::Japanese,
            most => most,
        }
    }
}
