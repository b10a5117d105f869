//! Which root fields show or count synthetic facts, as `graph/question/decode/synthetic.py` finds them.

use crate::packstream::{Bytes, Head};
use crate::program::Test;
use crate::{Done, Stop};

/// Whether a row holds a synthetic fact. `limits` are those of the request.
pub fn any(tests: &[Test], bytes: Bytes, row: usize, limits: &[u64]) -> Done<bool> {
    for test in tests {
        if holds(test, bytes, row, limits)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn holds(test: &Test, bytes: Bytes, row: usize, limits: &[u64]) -> Done<bool> {
    match test {
        Test::Flag(column) => flag(bytes, self::column(bytes, row, *column)?),
        Test::One(column, tests) => {
            let at = self::column(bytes, row, *column)?;
            Ok(!bytes.is_null(at) && any(tests, bytes, at, limits)?)
        }
        Test::Each(column, tests, limit) => {
            let (mut left, mut at) = bytes.list(self::column(bytes, row, *column)?)?;
            if let Some(limit) = limit {
                let most = *limits.get(*limit).ok_or(Stop::Refused)?;
                // The last row only tells that there are more.
                left -= usize::from(left > 0 && left as u64 == most);
            }
            for _ in 0..left {
                if any(tests, bytes, at, limits)? {
                    return Ok(true);
                }
                at = bytes.skip(at)?;
            }
            Ok(false)
        }
        Test::ByLabel(column, label, cases) => {
            let at = self::column(bytes, row, *column)?;
            if bytes.is_null(at) {
                return Ok(false);
            }
            let (name, _) = bytes.text(self::column(bytes, row, *label)?)?;
            let case = cases
                .iter()
                .find(|(each, _)| each == name)
                .ok_or(Stop::Refused)?;
            any(&case.1, bytes, at, limits)
        }
    }
}

fn column(bytes: Bytes, row: usize, column: usize) -> Done<usize> {
    let (columns, mut at) = bytes.list(row)?;
    if column >= columns {
        return Err(Stop::Refused);
    }
    for _ in 0..column {
        at = bytes.skip(at)?;
    }
    Ok(at)
}

fn flag(bytes: Bytes, at: usize) -> Done<bool> {
    match bytes.head(at)?.0 {
        Head::Null => Ok(false),
        Head::Bool(told) => Ok(told),
        _ => Err(Stop::Refused),
    }
}
