//! Writing JSON, with the same bytes as orjson.

use std::io::Write;

use crate::{Done, Stop};

/// Writes bytes that must be UTF-8 as text.
#[inline]
pub fn text(out: &mut Vec<u8>, bytes: &[u8]) -> Done<()> {
    std::str::from_utf8(bytes).map_err(|_| Stop::Refused)?;
    out.push(b'"');
    if bytes.iter().any(|&byte| is_special(byte)) {
        escaped(out, bytes);
    } else {
        out.extend_from_slice(bytes);
    }
    out.push(b'"');
    Ok(())
}

#[inline]
fn is_special(byte: u8) -> bool {
    (byte < 0x20) | (byte == b'"') | (byte == b'\\')
}

fn escaped(out: &mut Vec<u8>, bytes: &[u8]) {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    for &byte in bytes {
        match byte {
            b'"' | b'\\' => out.extend_from_slice(&[b'\\', byte]),
            0x08 => out.extend_from_slice(b"\\b"),
            0x09 => out.extend_from_slice(b"\\t"),
            0x0A => out.extend_from_slice(b"\\n"),
            0x0C => out.extend_from_slice(b"\\f"),
            0x0D => out.extend_from_slice(b"\\r"),
            0x00..=0x1F => {
                let (high, low) = (usize::from(byte >> 4), usize::from(byte & 0x0F));
                out.extend_from_slice(&[b'\\', b'u', b'0', b'0', DIGITS[high], DIGITS[low]]);
            }
            _ => out.push(byte),
        }
    }
}

/// Writes a whole number.
#[inline]
pub fn int(out: &mut Vec<u8>, value: i64) {
    if value < 0 {
        out.push(b'-');
    }
    digits(out, value.unsigned_abs());
}

fn digits(out: &mut Vec<u8>, mut value: u64) {
    let mut buffer = [0u8; 20];
    let mut at = buffer.len();
    loop {
        at -= 1;
        buffer[at] = b'0' + (value % 10) as u8;
        value /= 10;
        if value == 0 {
            break;
        }
    }
    out.extend_from_slice(&buffer[at..]);
}

/// Writes a float as the shortest decimal that reads as it; null if it is not finite.
pub fn float(out: &mut Vec<u8>, value: f64) {
    if !value.is_finite() {
        out.extend_from_slice(b"null");
        return;
    }
    if value.is_sign_negative() {
        out.push(b'-');
    }
    if !few_decimals(out, value.abs()) {
        any_float(out, value.abs());
    }
}

/// Writes a number that is a decimal with at most six places and 15 digits. No other decimal of 15 digits reads as it.
fn few_decimals(out: &mut Vec<u8>, value: f64) -> bool {
    const SCALE: f64 = 1e6;
    let scaled = (value * SCALE).round();
    if !(10.0..1e15).contains(&scaled) || scaled / SCALE != value {
        return false;
    }
    let (whole, mut rest) = (scaled as u64 / 1_000_000, scaled as u64 % 1_000_000);
    digits(out, whole);
    out.push(b'.');
    let mut place = 100_000;
    loop {
        out.push(b'0' + (rest / place) as u8);
        rest %= place;
        if rest == 0 {
            return true;
        }
        place /= 10;
    }
}

fn any_float(out: &mut Vec<u8>, value: f64) {
    if value == 0.0 {
        out.extend_from_slice(b"0.0");
        return;
    }
    // Rust's shortest form is "d.ddde±x"; where the point stands, and when there is an exponent, is as in orjson.
    let mut scientific = [0u8; 32];
    let mut rest = &mut scientific[..];
    let _ = write!(rest, "{:e}", value);
    let length = 32 - rest.len();
    let shown = &scientific[..length];
    let split = shown
        .iter()
        .position(|&byte| byte == b'e')
        .unwrap_or(length);
    let exponent: i32 = std::str::from_utf8(shown.get(split + 1..).unwrap_or(b"0"))
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(0);
    let mut figures = [0u8; 24];
    let mut count = 0;
    for &byte in shown[..split].iter().filter(|&&byte| byte != b'.') {
        figures[count] = byte;
        count += 1;
    }
    if count > 15 && figures[count - 1] % 2 == 1 && is_a_tie(value, count) {
        figures[count - 1] -= 1;
    }
    placed(out, &figures[..count], exponent);
}

/// Whether a number lies in the middle of two decimals with as many figures. Rust takes the greater, orjson the even one.
fn is_a_tie(value: f64, count: usize) -> bool {
    let exact = format!("{:.60e}", value);
    let mut after = exact
        .bytes()
        .take_while(|&byte| byte != b'e')
        .filter(|&byte| byte != b'.')
        .skip(count);
    after.next() == Some(b'5') && after.all(|byte| byte == b'0')
}

/// Writes figures d.ddd times ten to the power of an exponent.
fn placed(out: &mut Vec<u8>, figures: &[u8], exponent: i32) {
    let count = figures.len() as i32;
    let point = exponent + 1;
    if (0..16).contains(&exponent) {
        if count <= point {
            out.extend_from_slice(figures);
            out.extend(std::iter::repeat(b'0').take((point - count) as usize));
            out.extend_from_slice(b".0");
        } else {
            out.extend_from_slice(&figures[..point as usize]);
            out.push(b'.');
            out.extend_from_slice(&figures[point as usize..]);
        }
    } else if (-5..0).contains(&exponent) {
        out.extend_from_slice(b"0.");
        out.extend(std::iter::repeat(b'0').take((-point) as usize));
        out.extend_from_slice(figures);
    } else {
        out.push(figures[0]);
        if count > 1 {
            out.push(b'.');
            out.extend_from_slice(&figures[1..]);
        }
        out.push(b'e');
        if exponent > 0 {
            out.push(b'+');
        }
        int(out, i64::from(exponent));
    }
}
