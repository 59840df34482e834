//! What is damaged in a file and can be read all the same.

use memchr::memmem;

const FILTER: &[u8] = b"/ASCII85Decode";
/// Bytes of a stream's dictionary between the name of its filter and its data.
const MAX_DICTIONARY: usize = 512;
/// Digits that make a group of four bytes.
const GROUP: usize = 5;

/// Blanks the last digit of a stream in ASCII base-85 if it stands alone: a single digit is no byte, and the
/// interpreter takes a stream with one for nothing at all, where all other readers decode it to there. Files whose line
/// ends or signs were lost on their way have such streams.
pub(super) fn mend(bytes: &mut [u8]) {
    let filters: Vec<usize> = memmem::find_iter(bytes, FILTER).collect();
    for at in filters {
        if let Some(lone) = lone_digit(bytes, at)
            && let Some(digit) = bytes.get_mut(lone)
        {
            *digit = b' ';
        }
    }
}

/// Where the lone digit stands of the stream whose first filter is named here.
fn lone_digit(bytes: &[u8], filter: usize) -> Option<usize> {
    let before = bytes.get(..filter)?.trim_ascii_end();
    if !before.ends_with(b"[") && !before.ends_with(b"/Filter") {
        return None;
    }
    let after = filter + FILTER.len();
    let dictionary = bytes.get(after..bytes.len().min(after + MAX_DICTIONARY))?;
    let start = after + memmem::find(dictionary, b"stream")? + b"stream".len();
    let mut last = None;
    let mut digits = 0;
    for (at, byte) in bytes.iter().enumerate().skip(start) {
        match byte {
            b'!'..=b'u' => {
                last = Some(at);
                digits += 1;
            }
            b'z' => digits = 0,
            b'~' => break,
            _ if byte.is_ascii_whitespace() || *byte == 0 => {}
            // Encrypted, or no such stream at all.
            _ => return None,
        }
    }
    last.filter(|_| digits % GROUP == 1)
}
