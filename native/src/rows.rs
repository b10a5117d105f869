//! Rows of a record, whose columns are found as they are read: a row that is read in order is read once.

use crate::packstream::Bytes;
use crate::{Done, Stop};

/// A row: a list, with the place of its offsets in `Rows`.
#[derive(Clone, Copy)]
pub struct Row {
    first: usize,
    columns: usize,
}

/// The rows that are being read, each inside the one before. `offsets` holds where their columns begin, as far as known.
pub struct Rows<'a> {
    pub bytes: Bytes<'a>,
    offsets: Vec<usize>,
}

impl<'a> Rows<'a> {
    pub fn new(bytes: Bytes<'a>) -> Self {
        Rows {
            bytes,
            offsets: Vec::with_capacity(64),
        }
    }

    /// Begins the row at a position.
    pub fn open(&mut self, at: usize) -> Done<Row> {
        let (columns, next) = self.bytes.list(at)?;
        let row = Row {
            first: self.offsets.len(),
            columns,
        };
        self.offsets.push(next);
        Ok(row)
    }

    /// Ends a row. Returns the position behind it.
    pub fn close(&mut self, row: Row) -> Done<usize> {
        let end = self.find(row, row.columns)?;
        self.offsets.truncate(row.first);
        Ok(end)
    }

    /// Returns the position of a column.
    #[inline]
    pub fn column(&mut self, row: Row, column: usize) -> Done<usize> {
        if column >= row.columns {
            return Err(Stop::Refused);
        }
        self.find(row, column)
    }

    /// Notes the position behind a column, so that the next one need not be looked for.
    #[inline]
    pub fn read(&mut self, row: Row, column: usize, end: usize) {
        if self.offsets.len() == row.first + column + 1 {
            self.offsets.push(end);
        }
    }

    #[inline]
    fn find(&mut self, row: Row, column: usize) -> Done<usize> {
        while self.offsets.len() <= row.first + column {
            let last = *self.offsets.last().ok_or(Stop::Refused)?;
            self.offsets.push(self.bytes.skip(last)?);
        }
        Ok(self.offsets[row.first + column])
    }
}
