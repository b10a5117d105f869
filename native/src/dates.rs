//! Dates without sets, intervals and unknown digits. Others are left to Python.

/// A day of the calendar that Python has too: years 1 to 9999.
#[derive(Clone, Copy)]
pub struct Day {
    pub year: u32,
    pub month: u32,
    pub day: u32,
}

/// Reads `YYYY`, `YYYY-MM` or `YYYY-MM-DD`, with `?`, `~` or `%` behind it. Returns its first and its last day.
pub fn simple(text: &[u8]) -> Option<(Day, Day)> {
    let bare = match text.split_last() {
        Some((b'?' | b'~' | b'%', before)) => before,
        _ => text,
    };
    let year = number(bare.get(0..4)?)?;
    if year == 0 {
        return None;
    }
    match bare.len() {
        4 => Some((
            Day {
                year,
                month: 1,
                day: 1,
            },
            Day {
                year,
                month: 12,
                day: 31,
            },
        )),
        7 => {
            let month = part(bare, 4)?;
            let last = days(year, month)?;
            Some((
                Day {
                    year,
                    month,
                    day: 1,
                },
                Day {
                    year,
                    month,
                    day: last,
                },
            ))
        }
        10 => {
            let (month, day) = (part(bare, 4)?, part(bare, 7)?);
            if day == 0 || day > days(year, month)? {
                return None;
            }
            let only = Day { year, month, day };
            Some((only, only))
        }
        _ => None,
    }
}

/// Returns the day before the day `YYYY-MM-DD`.
pub fn day_before(text: &[u8]) -> Option<Day> {
    if text.len() != 10 {
        return None;
    }
    let Day { year, month, day } = simple(text)?.0;
    if day > 1 {
        return Some(Day {
            year,
            month,
            day: day - 1,
        });
    }
    if month > 1 {
        return Some(Day {
            year,
            month: month - 1,
            day: days(year, month - 1)?,
        });
    }
    if year > 1 {
        return Some(Day {
            year: year - 1,
            month: 12,
            day: 31,
        });
    }
    None
}

/// Reads the two digits behind a hyphen.
fn part(text: &[u8], at: usize) -> Option<u32> {
    if text.get(at)? != &b'-' {
        return None;
    }
    number(text.get(at + 1..at + 3)?)
}

fn number(digits: &[u8]) -> Option<u32> {
    let mut value = 0;
    for byte in digits {
        if !byte.is_ascii_digit() {
            return None;
        }
        value = value * 10 + u32::from(byte - b'0');
    }
    Some(value)
}

fn days(year: u32, month: u32) -> Option<u32> {
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => Some(31),
        4 | 6 | 9 | 11 => Some(30),
        2 => Some(if leap { 29 } else { 28 }),
        _ => None,
    }
}

/// Writes digits of a number, with zeros before it.
fn padded(out: &mut Vec<u8>, value: u32, width: u32) {
    for place in (0..width).rev() {
        out.push(b'0' + (value / 10u32.pow(place) % 10) as u8);
    }
}

/// Writes `YYYY-MM-DD`.
pub fn write(out: &mut Vec<u8>, day: Day) {
    padded(out, day.year, 4);
    out.push(b'-');
    padded(out, day.month, 2);
    out.push(b'-');
    padded(out, day.day, 2);
}

/// The milliseconds since 1970 that Python's float of seconds holds exactly enough to show them.
pub const EXACT: std::ops::Range<i64> = 0..4_000_000_000_000;

/// Writes milliseconds since 1970, within `EXACT`, as a moment in UTC.
pub fn instant(out: &mut Vec<u8>, milliseconds: i64) {
    let (mut left, of_day) = (
        milliseconds / 86_400_000,
        (milliseconds % 86_400_000) as u32,
    );
    let mut day = Day {
        year: 1970,
        month: 1,
        day: 1,
    };
    loop {
        let length = i64::from(337 + days(day.year, 2).unwrap_or(28));
        if left < length {
            break;
        }
        left -= length;
        day.year += 1;
    }
    loop {
        let length = i64::from(days(day.year, day.month).unwrap_or(31));
        if left < length {
            break;
        }
        left -= length;
        day.month += 1;
    }
    day.day += left as u32;
    write(out, day);
    for (mark, value, width) in [
        (b'T', of_day / 3_600_000, 2),
        (b':', of_day / 60_000 % 60, 2),
        (b':', of_day / 1000 % 60, 2),
        (b'.', of_day % 1000, 3),
    ] {
        out.push(mark);
        padded(out, value, width);
    }
    out.push(b'Z');
}
