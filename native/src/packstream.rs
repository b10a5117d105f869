//! Reading PackStream, the format of values in Bolt. A position is an offset into the bytes of a record.

use crate::{Done, Stop};

/// The beginning of a value: a whole number, or how many bytes or values follow.
#[derive(Clone, Copy)]
pub enum Head {
    Null,
    Bool(bool),
    Int(i64),
    Float(f64),
    Text(usize),
    Bytes(usize),
    List(usize),
    Map(usize),
    Struct(usize),
}

/// The bytes of a record.
#[derive(Clone, Copy)]
pub struct Bytes<'a>(pub &'a [u8]);

impl<'a> Bytes<'a> {
    /// Reads the head at a position. Returns it and the position behind it.
    #[inline]
    pub fn head(self, at: usize) -> Done<(Head, usize)> {
        let byte = *self.0.get(at).ok_or(Stop::Refused)?;
        let next = at + 1;
        let small = usize::from(byte & 0x0F);
        Ok(match byte {
            0x00..=0x7F | 0xF0..=0xFF => (Head::Int(i64::from(byte as i8)), next),
            0x80..=0x8F => (Head::Text(small), next),
            0x90..=0x9F => (Head::List(small), next),
            0xA0..=0xAF => (Head::Map(small), next),
            0xB0..=0xBF => (Head::Struct(small), next),
            0xC0 => (Head::Null, next),
            0xC1 => (Head::Float(f64::from_be_bytes(self.array(next)?)), next + 8),
            0xC2 => (Head::Bool(false), next),
            0xC3 => (Head::Bool(true), next),
            0xC8 => (
                Head::Int(i64::from(i8::from_be_bytes(self.array(next)?))),
                next + 1,
            ),
            0xC9 => (
                Head::Int(i64::from(i16::from_be_bytes(self.array(next)?))),
                next + 2,
            ),
            0xCA => (
                Head::Int(i64::from(i32::from_be_bytes(self.array(next)?))),
                next + 4,
            ),
            0xCB => (Head::Int(i64::from_be_bytes(self.array(next)?)), next + 8),
            0xCC..=0xCE => self.sized(next, byte - 0xCC, Head::Bytes)?,
            0xD0..=0xD2 => self.sized(next, byte - 0xD0, Head::Text)?,
            0xD4..=0xD6 => self.sized(next, byte - 0xD4, Head::List)?,
            0xD8..=0xDA => self.sized(next, byte - 0xD8, Head::Map)?,
            _ => return Err(Stop::Refused),
        })
    }

    fn sized(self, at: usize, power: u8, head: fn(usize) -> Head) -> Done<(Head, usize)> {
        Ok(match power {
            0 => (
                head(usize::from(u8::from_be_bytes(self.array(at)?))),
                at + 1,
            ),
            1 => (
                head(usize::from(u16::from_be_bytes(self.array(at)?))),
                at + 2,
            ),
            _ => (head(u32::from_be_bytes(self.array(at)?) as usize), at + 4),
        })
    }

    fn array<const N: usize>(self, at: usize) -> Done<[u8; N]> {
        self.slice(at, N)?.try_into().map_err(|_| Stop::Refused)
    }

    /// Returns some bytes from a position on.
    #[inline]
    pub fn slice(self, at: usize, length: usize) -> Done<&'a [u8]> {
        let end = at.checked_add(length).ok_or(Stop::Refused)?;
        self.0.get(at..end).ok_or(Stop::Refused)
    }

    /// Returns the position behind the value at a position. It does not recurse, however deep the value is.
    pub fn skip(self, mut at: usize) -> Done<usize> {
        let mut left: u64 = 1;
        while left > 0 {
            let (head, next) = self.head(at)?;
            left -= 1;
            at = match head {
                Head::Text(length) | Head::Bytes(length) => {
                    self.slice(next, length)?;
                    next + length
                }
                Head::List(items) => {
                    left = left.checked_add(items as u64).ok_or(Stop::Refused)?;
                    next
                }
                Head::Map(items) => {
                    left = left.checked_add(2 * items as u64).ok_or(Stop::Refused)?;
                    next
                }
                Head::Struct(items) => {
                    left = left.checked_add(items as u64).ok_or(Stop::Refused)?;
                    next + 1 // its tag
                }
                _ => next,
            };
        }
        Ok(at)
    }

    /// Returns the length of the list at a position, and the position of its first item.
    #[inline]
    pub fn list(self, at: usize) -> Done<(usize, usize)> {
        match self.head(at)? {
            (Head::List(items), next) => Ok((items, next)),
            _ => Err(Stop::Refused),
        }
    }

    /// Returns the text at a position, as bytes that may not be UTF-8, and the position behind it.
    #[inline]
    pub fn text(self, at: usize) -> Done<(&'a [u8], usize)> {
        match self.head(at)? {
            (Head::Text(length), next) => Ok((self.slice(next, length)?, next + length)),
            _ => Err(Stop::Refused),
        }
    }

    /// Whether the value at a position is null.
    #[inline]
    pub fn is_null(self, at: usize) -> bool {
        self.0.get(at) == Some(&0xC0)
    }
}
