//! Decimal numbers, exact: sums of money in floating point are a cent off.

use std::cmp::Ordering;
use std::fmt;

/// Digits that a number may have. A sum of money has fewer, and the product of two still fits into `i128`.
const MAX_DIGITS: usize = 18;

/// A number of decimal digits, a point somewhere among them. 1.50 equals 1.5, and is written as it was read.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal {
    digits: i128,
    scale: u32,
}

impl Decimal {
    pub(crate) const ZERO: Self = Self { digits: 0, scale: 0 };

    /// `digits` with the point before the last `scale` of them.
    pub(crate) fn new(digits: i64, scale: u32) -> Self {
        Self { digits: i128::from(digits), scale: scale.min(18) }
    }

    /// The number of digits, an optional point and an optional minus before them: `-1234.50`.
    pub(crate) fn parse(text: &str) -> Option<Self> {
        let (is_negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, fraction) = unsigned.split_once('.').unwrap_or((unsigned, ""));
        let is_number = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || whole.len() + fraction.len() > MAX_DIGITS || !is_number(whole) || !is_number(fraction) {
            return None;
        }
        let digits: i128 = format!("{whole}{fraction}").parse().ok()?;
        let scale = u32::try_from(fraction.len()).ok()?;
        Some(Self { digits: if is_negative { -digits } else { digits }, scale })
    }

    /// The sum; nothing if it has too many digits.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let scale = self.scale.max(other.scale);
        Some(Self { digits: self.at(scale)?.checked_add(other.at(scale)?)?, scale })
    }

    /// The difference; nothing if it has too many digits.
    pub(crate) fn minus(self, other: Self) -> Option<Self> {
        self.plus(other.negated())
    }

    /// The product; nothing if it has too many digits.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        Some(Self { digits: self.digits.checked_mul(other.digits)?, scale: self.scale.checked_add(other.scale)? })
    }

    /// With that many digits behind the point, a half away from zero.
    pub(crate) fn rounded(self, scale: u32) -> Self {
        let Some(divisor) = self.scale.checked_sub(scale).filter(|more| *more > 0).and_then(power) else {
            return self;
        };
        let half = if self.digits < 0 { -(divisor / 2) } else { divisor / 2 };
        Self { digits: self.digits.saturating_add(half) / divisor, scale }
    }

    pub(crate) fn negated(self) -> Self {
        Self { digits: -self.digits, ..self }
    }

    pub(crate) fn abs(self) -> Self {
        Self { digits: self.digits.abs(), ..self }
    }

    pub(crate) fn is_negative(self) -> bool {
        self.digits < 0
    }

    pub(crate) fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// Digits behind the point, as it was read.
    pub(crate) fn scale(self) -> u32 {
        self.scale
    }

    /// The number as an integer, if it is one.
    pub(crate) fn integer(self) -> Option<i64> {
        let divisor = power(self.scale)?;
        if self.digits % divisor != 0 {
            return None;
        }
        i64::try_from(self.digits / divisor).ok()
    }

    /// The nearest floating-point number: what JSON has for numbers.
    pub(crate) fn nearest(self) -> f64 {
        self.to_string().parse().unwrap_or_default()
    }

    fn at(self, scale: u32) -> Option<i128> {
        self.digits.checked_mul(power(scale.checked_sub(self.scale)?)?)
    }

    /// Without zeros at the end.
    fn reduced(self) -> (i128, u32) {
        let (mut digits, mut scale) = (self.digits, self.scale);
        while scale > 0 && digits % 10 == 0 {
            digits /= 10;
            scale -= 1;
        }
        (digits, scale)
    }
}

fn power(exponent: u32) -> Option<i128> {
    10_i128.checked_pow(exponent)
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.reduced() == other.reduced()
    }
}

impl Eq for Decimal {}

impl std::hash::Hash for Decimal {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.reduced().hash(state);
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Self) -> Ordering {
        if self == other {
            return Ordering::Equal;
        }
        let scale = self.scale.max(other.scale);
        match (self.at(scale), other.at(scale)) {
            (Some(left), Some(right)) => left.cmp(&right),
            // Only products of products are too long to be brought to one scale.
            _ => self.nearest().total_cmp(&other.nearest()),
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.digits < 0 { "-" } else { "" };
        let scale = self.scale as usize;
        let digits = format!("{:0>width$}", self.digits.unsigned_abs(), width = scale + 1);
        let (whole, fraction) = digits.split_at_checked(digits.len() - scale).unwrap_or((&digits, ""));
        if fraction.is_empty() {
            return write!(formatter, "{sign}{whole}");
        }
        write!(formatter, "{sign}{whole}.{fraction}")
    }
}
