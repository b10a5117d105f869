//! Values of a record as JSON. What is odd is not shown here: `Shown::Odd` leaves it to Python.

use crate::packstream::{Bytes, Head};
use crate::program::{Format, Part, Parts};
use crate::{dates, json, Done, Stop};

/// Lists in values are nested less deeply than this.
const DEEPEST: u32 = 100;
/// The greatest whole number below which a float holds every whole number.
const EXACT: u128 = 1 << 53;
/// `columns.SPLIT`: sums of whole numbers come in two parts.
const SPLIT: i128 = 1 << 20;
const MARKINGS: [&[u8]; 4] = [b"\"CLEAR\"", b"\"GREEN\"", b"\"AMBER\"", b"\"RED\""];

/// What became of a value.
#[derive(PartialEq, Eq)]
pub enum Shown {
    Written,
    /// The value is null. Nothing was written.
    Null,
    /// Python has to show it. Nothing was written.
    Odd,
}

/// Writes the value at a position. Returns what became of it, and the position behind it if that is known.
pub fn show(
    out: &mut Vec<u8>,
    bytes: Bytes,
    at: usize,
    format: &Format,
) -> Done<(Shown, Option<usize>)> {
    if let Format::Plain = format {
        if bytes.is_null(at) {
            return Ok((Shown::Null, Some(at + 1)));
        }
        return Ok((Shown::Written, Some(plain(out, bytes, at, 0)?)));
    }
    if let Format::Texts = format {
        if bytes.is_null(at) {
            out.extend_from_slice(b"[]");
            return Ok((Shown::Written, Some(at + 1)));
        }
        return Ok((Shown::Written, Some(texts(out, bytes, at)?)));
    }
    if bytes.is_null(at) {
        return Ok((Shown::Null, Some(at + 1)));
    }
    Ok((special(out, bytes, at, format)?, None))
}

fn special(out: &mut Vec<u8>, bytes: Bytes, at: usize, format: &Format) -> Done<Shown> {
    match format {
        Format::Marking => Ok(marking(out, bytes, at)),
        Format::Instant => Ok(instant(out, bytes, at)),
        Format::EndDay => Ok(end_day(out, bytes, at)),
        Format::When(parts) => when(out, bytes, at, parts),
        Format::Money(parts) | Format::Point(parts) => pair(out, bytes, at, parts),
        Format::MoneyOfOne(parts) => money_of_one(out, bytes, at, parts),
        Format::Sum => sum(out, bytes, at),
        Format::Mean => mean(out, bytes, at),
        Format::Plain | Format::Texts => Err(Stop::Refused),
    }
}

/// Writes a value as it is. Returns the position behind it.
pub fn plain(out: &mut Vec<u8>, bytes: Bytes, at: usize, depth: u32) -> Done<usize> {
    let (head, next) = bytes.head(at)?;
    match head {
        Head::Null => out.extend_from_slice(b"null"),
        Head::Bool(true) => out.extend_from_slice(b"true"),
        Head::Bool(false) => out.extend_from_slice(b"false"),
        Head::Int(value) => json::int(out, value),
        Head::Float(value) => json::float(out, value),
        Head::Text(length) => {
            json::text(out, bytes.slice(next, length)?)?;
            return Ok(next + length);
        }
        Head::List(items) if depth < DEEPEST => {
            out.push(b'[');
            let mut here = next;
            for item in 0..items {
                if item > 0 {
                    out.push(b',');
                }
                here = plain(out, bytes, here, depth + 1)?;
            }
            out.push(b']');
            return Ok(here);
        }
        _ => return Err(Stop::Refused),
    }
    Ok(next)
}

/// Writes what is a list or, as in Python, an empty one in place of what counts as nothing.
fn texts(out: &mut Vec<u8>, bytes: Bytes, at: usize) -> Done<usize> {
    match bytes.head(at)?.0 {
        Head::List(_) => plain(out, bytes, at, 0),
        _ => Err(Stop::Refused),
    }
}

fn marking(out: &mut Vec<u8>, bytes: Bytes, at: usize) -> Shown {
    let name = match bytes.head(at) {
        Ok((Head::Int(level), _)) => usize::try_from(level)
            .ok()
            .and_then(|level| MARKINGS.get(level)),
        _ => None,
    };
    name.map_or(Shown::Odd, |name| {
        out.extend_from_slice(name);
        Shown::Written
    })
}

fn instant(out: &mut Vec<u8>, bytes: Bytes, at: usize) -> Shown {
    match bytes.head(at) {
        Ok((Head::Int(moment), _)) if dates::EXACT.contains(&moment) => {
            out.push(b'"');
            dates::instant(out, moment);
            out.push(b'"');
            Shown::Written
        }
        _ => Shown::Odd,
    }
}

fn end_day(out: &mut Vec<u8>, bytes: Bytes, at: usize) -> Shown {
    match bytes
        .text(at)
        .ok()
        .and_then(|(text, _)| dates::day_before(text))
    {
        Some(day) => {
            quoted_day(out, day);
            Shown::Written
        }
        None => Shown::Odd,
    }
}

fn quoted_day(out: &mut Vec<u8>, day: dates::Day) {
    out.push(b'"');
    dates::write(out, day);
    out.push(b'"');
}

fn when(out: &mut Vec<u8>, bytes: Bytes, at: usize, parts: &Parts) -> Done<Shown> {
    let text = match bytes.text(at) {
        Ok((text, _)) => text,
        Err(_) => return Ok(Shown::Odd),
    };
    let (earliest, latest) = match dates::simple(text) {
        Some(days) => days,
        None => return Ok(Shown::Odd),
    };
    object(out, parts, |out, part| {
        match part {
            0 => json::text(out, text)?,
            1 => quoted_day(out, earliest),
            _ => quoted_day(out, latest),
        }
        Ok(())
    })
}

fn pair(out: &mut Vec<u8>, bytes: Bytes, at: usize, parts: &Parts) -> Done<Shown> {
    let (items, first) = bytes.list(at)?;
    if items < 2 {
        return Err(Stop::Refused);
    }
    if bytes.is_null(first) {
        return Ok(Shown::Null);
    }
    let second = bytes.skip(first)?;
    of_two(out, bytes, [first, second], parts)
}

fn of_two(out: &mut Vec<u8>, bytes: Bytes, two: [usize; 2], parts: &Parts) -> Done<Shown> {
    object(out, parts, |out, part| {
        let at = *two.get(part).ok_or(Stop::Refused)?;
        plain(out, bytes, at, 0).map(|_| ())
    })
}

/// Writes an object of which a client selected fields.
fn object(
    out: &mut Vec<u8>,
    parts: &Parts,
    each: impl Fn(&mut Vec<u8>, usize) -> Done<()>,
) -> Done<Shown> {
    out.push(b'{');
    for (at, (key, part)) in parts.iter().enumerate() {
        if at > 0 {
            out.push(b',');
        }
        out.extend_from_slice(key);
        match part {
            Part::At(part) => each(out, *part)?,
            Part::Constant(json) => out.extend_from_slice(json),
        }
    }
    out.push(b'}');
    Ok(Shown::Written)
}

fn money_of_one(out: &mut Vec<u8>, bytes: Bytes, at: usize, parts: &Parts) -> Done<Shown> {
    let (items, amount) = bytes.list(at)?;
    if items != 3 {
        return Err(Stop::Refused);
    }
    let first = bytes.skip(amount)?;
    let last = bytes.skip(first)?;
    if !same(bytes, first, last)? || bytes.is_null(amount) {
        return Ok(Shown::Null);
    }
    of_two(out, bytes, [amount, first], parts)
}

/// Whether two currencies are one: texts or null.
fn same(bytes: Bytes, one: usize, other: usize) -> Done<bool> {
    match (bytes.is_null(one), bytes.is_null(other)) {
        (true, true) => Ok(true),
        (false, false) => Ok(bytes.text(one)?.0 == bytes.text(other)?.0),
        _ => Ok(false),
    }
}

enum Number {
    Int(i128),
    Float(f64),
}

fn number(bytes: Bytes, at: usize) -> Done<Number> {
    match bytes.head(at)?.0 {
        Head::Int(value) => Ok(Number::Int(i128::from(value))),
        Head::Float(value) => Ok(Number::Float(value)),
        _ => Err(Stop::Refused),
    }
}

/// Adds up the parts of a sum: a count, the lower and the upper part, and for money the first and the last currency.
fn total(bytes: Bytes, at: usize) -> Done<Option<(i64, Number)>> {
    let (items, first) = bytes.list(at)?;
    if !matches!(items, 2 | 3 | 5) {
        return Err(Stop::Refused);
    }
    let count = match bytes.head(first)?.0 {
        Head::Null | Head::Int(0) => return Ok(None),
        Head::Int(count) => count,
        _ => return Err(Stop::Refused),
    };
    let low_at = bytes.skip(first)?;
    let low = number(bytes, low_at)?;
    if items == 2 {
        return Ok(Some((count, low)));
    }
    let high_at = bytes.skip(low_at)?;
    if items == 5 {
        let currency = bytes.skip(high_at)?;
        if !same(bytes, currency, bytes.skip(currency)?)? {
            return Ok(None);
        }
    }
    let added = match (low, number(bytes, high_at)?) {
        (Number::Int(low), Number::Int(high)) => Number::Int(low + high * SPLIT),
        (Number::Float(low), Number::Int(high)) => Number::Float(low + (high * SPLIT) as f64),
        (Number::Int(low), Number::Float(high)) => Number::Float(low as f64 + high * SPLIT as f64),
        (Number::Float(low), Number::Float(high)) => Number::Float(low + high * SPLIT as f64),
    };
    Ok(Some((count, added)))
}

fn sum(out: &mut Vec<u8>, bytes: Bytes, at: usize) -> Done<Shown> {
    Ok(match total(bytes, at)? {
        None => Shown::Null,
        Some((_, Number::Int(amount))) => {
            match i64::try_from(amount) {
                Ok(small) if amount.unsigned_abs() <= EXACT => json::int(out, small),
                _ => json::float(out, amount as f64),
            }
            Shown::Written
        }
        Some((_, Number::Float(amount))) if amount.is_finite() => {
            json::float(out, amount);
            Shown::Written
        }
        Some(_) => Shown::Null,
    })
}

fn mean(out: &mut Vec<u8>, bytes: Bytes, at: usize) -> Done<Shown> {
    let (count, amount) = match total(bytes, at)? {
        None => return Ok(Shown::Null),
        Some((count, Number::Int(amount))) if amount.unsigned_abs() <= EXACT => {
            (count, amount as f64)
        }
        // Python divides great whole numbers exactly.
        Some((_, Number::Int(_))) => return Ok(Shown::Odd),
        Some((count, Number::Float(amount))) if amount.is_finite() => (count, amount),
        Some(_) => return Ok(Shown::Null),
    };
    if u128::from(count.unsigned_abs()) > EXACT {
        return Ok(Shown::Odd);
    }
    json::float(out, amount / count as f64);
    Ok(Shown::Written)
}
