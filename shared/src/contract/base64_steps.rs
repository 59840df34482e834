//! Base64 of any length, decoded in steps: what is only checked, or sent on, is never whole in memory.

use base64::{DecodeError, DecodeSliceError, Engine};

/// Letters of one step: whole groups of four.
const STEP_LETTERS: usize = 64 * 1024;

/// Whether `engine` would decode this text, and to how many bytes: the same answer as decoding it at once.
pub(crate) fn decoded_len(engine: &impl Engine, text: &[u8]) -> Result<u64, DecodeError> {
    let mut scratch = vec![0; STEP_LETTERS.min(text.len()).div_ceil(4) * 3];
    let mut bytes = 0;
    for (step, letters) in text.chunks(STEP_LETTERS).enumerate() {
        let start = step * STEP_LETTERS;
        let decoded = match engine.decode_slice(letters, &mut scratch) {
            Ok(decoded) => decoded,
            Err(DecodeSliceError::DecodeError(error)) => return Err(moved(&error, start)),
            Err(DecodeSliceError::OutputSliceTooSmall) => {
                unreachable!("three bytes for each four letters are room enough")
            }
        };
        // Only the last group of all may be padded.
        if start + letters.len() < text.len() && decoded < letters.len() / 4 * 3 {
            let padding = letters.iter().position(|letter| *letter == b'=').unwrap_or(letters.len());
            return Err(DecodeError::InvalidByte(start + padding, b'='));
        }
        bytes += decoded as u64;
    }
    Ok(bytes)
}

/// The error of a step, at its place in the whole.
const fn moved(error: &DecodeError, start: usize) -> DecodeError {
    match error {
        DecodeError::InvalidByte(at, byte) => DecodeError::InvalidByte(*at + start, *byte),
        DecodeError::InvalidLength(length) => DecodeError::InvalidLength(*length + start),
        DecodeError::InvalidLastSymbol(at, byte) => DecodeError::InvalidLastSymbol(*at + start, *byte),
        DecodeError::InvalidPadding => DecodeError::InvalidPadding,
    }
}

#[cfg(test)]
mod tests {
    use base64::engine::general_purpose::{STANDARD, STANDARD_NO_PAD};

    use super::*;

    #[test]
    fn steps_answer_what_the_whole_does() {
        let lengths = [0, 1, 2, 3, 4, 49_151, 49_152, 49_153, 98_304, 98_305, 150_000];
        for length in lengths {
            let bytes: Vec<u8> = (0..length).map(|_| rand::random()).collect();
            let good = STANDARD.encode(&bytes).into_bytes();
            assert_eq!(decoded_len(&STANDARD, &good), Ok(length as u64));
            for _ in 0..20 {
                let mut text = good.clone();
                match rand::random_range(0..4) {
                    0 => drop(text.pop()),
                    1 => text.push(b'='),
                    2 => text.push(b'A'),
                    _ if text.is_empty() => {}
                    _ => {
                        let at = rand::random_range(0..text.len());
                        text[at] = *b"=+A-_ \n*".get(rand::random_range(0..8)).unwrap();
                    }
                }
                let whole = STANDARD.decode(&text).map(|bytes| bytes.len() as u64);
                assert_eq!(decoded_len(&STANDARD, &text).is_ok(), whole.is_ok(), "{length}");
                let whole = STANDARD_NO_PAD.decode(&text).map(|bytes| bytes.len() as u64);
                assert_eq!(decoded_len(&STANDARD_NO_PAD, &text).ok(), whole.ok(), "{length}");
            }
        }
    }

    #[test]
    fn an_error_is_where_it_is_in_the_whole() {
        let mut text = vec![b'A'; STEP_LETTERS * 2];
        text[STEP_LETTERS + 5] = b'*';
        assert_eq!(decoded_len(&STANDARD, &text), Err(DecodeError::InvalidByte(STEP_LETTERS + 5, b'*')));
        text[STEP_LETTERS - 1] = b'=';
        assert_eq!(decoded_len(&STANDARD, &text), Err(DecodeError::InvalidByte(STEP_LETTERS - 1, b'=')));
    }
}
