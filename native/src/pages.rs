//! Pages of lists: which rows are shown, in which direction, and what is said of the page.

use crate::program::{Connection, Info, Of};
use crate::rows::Row;
use crate::write::Writer;
use crate::{Done, Stop};

/// The rows of a list: how many are shown, where the first begins, and whether there are more. Backward lists know all.
struct Listed {
    shown: usize,
    first: usize,
    more: bool,
    starts: Option<Vec<usize>>,
}

impl Writer<'_, '_> {
    pub fn connection(&mut self, of: &Connection, row: Row) -> Done<()> {
        let listed = self.listed(of, row)?;
        self.open(b'{');
        for (at, (key, part)) in of.parts.iter().enumerate() {
            self.key(at, key);
            let (start, holes) = (self.out.len(), self.holes.len());
            match part {
                Of::Edges(fields) => self.rows_of(of, &listed, row, |writer, at| {
                    let inner = writer.rows.open(at)?;
                    writer.object(fields, inner)?;
                    writer.rows.close(inner)
                })?,
                Of::Nodes(node) => {
                    self.rows_of(of, &listed, row, |writer, at| writer.row(node, at))?
                }
                Of::PageInfo(parts) => self.page_info(of, parts, &listed)?,
                Of::Field(kind) => self.kind(kind, row)?,
            }
            self.look(start, holes);
        }
        self.close(b'}');
        Ok(())
    }

    fn listed(&mut self, of: &Connection, row: Row) -> Done<Listed> {
        let (items, first) = match of.column {
            Some(column) => {
                let at = self.rows.column(row, column)?;
                self.rows.bytes.list(at)?
            }
            None => (0, 0),
        };
        let more = match of.limit {
            Some(limit) => items as u64 == *self.request.limits.get(limit).ok_or(Stop::Refused)?,
            None => false,
        };
        let mut listed = Listed {
            shown: items - usize::from(more && items > 0),
            first,
            more,
            starts: None,
        };
        if of.backward {
            let mut starts = self.starts(&listed)?;
            starts.reverse();
            listed.starts = Some(starts);
        }
        Ok(listed)
    }

    /// Returns where the shown rows begin, in the order of the record.
    fn starts(&self, listed: &Listed) -> Done<Vec<usize>> {
        let mut starts = Vec::new();
        let mut here = listed.first;
        for _ in 0..listed.shown {
            starts.push(here);
            here = self.rows.bytes.skip(here)?;
        }
        Ok(starts)
    }

    fn rows_of(
        &mut self,
        of: &Connection,
        listed: &Listed,
        row: Row,
        one: impl Fn(&mut Self, usize) -> Done<usize>,
    ) -> Done<()> {
        if let Some(starts) = &listed.starts {
            self.open(b'[');
            for (at, start) in starts.iter().enumerate() {
                self.key(at, b"");
                one(self, *start)?;
            }
            self.close(b']');
            return Ok(());
        }
        let mut end = self.each(listed.shown, listed.first, one)?;
        if let Some(column) = of.column {
            if listed.more {
                end = self.rows.bytes.skip(end)?;
            }
            self.rows.read(row, column, end);
        }
        Ok(())
    }

    fn page_info(
        &mut self,
        of: &Connection,
        parts: &[(Vec<u8>, Info)],
        listed: &Listed,
    ) -> Done<()> {
        self.open(b'{');
        for (at, (key, info)) in parts.iter().enumerate() {
            self.key(at, key);
            match info {
                Info::Constant(json) => self.out.extend_from_slice(json),
                Info::More => {
                    self.out
                        .extend_from_slice(if listed.more { b"true" } else { b"false" })
                }
                Info::Start | Info::End if listed.shown == 0 => self.null(),
                Info::Start => self.cursor(of, listed, true)?,
                Info::End => self.cursor(of, listed, false)?,
            }
        }
        self.close(b'}');
        Ok(())
    }

    fn cursor(&mut self, of: &Connection, listed: &Listed, first: bool) -> Done<()> {
        let at = match &listed.starts {
            Some(starts) if first => starts.first().copied(),
            Some(starts) => starts.last().copied(),
            None if first => Some(listed.first),
            None => self.starts(listed)?.last().copied(),
        };
        let row = self.rows.open(at.ok_or(Stop::Refused)?)?;
        self.call(&of.cursor, row)?;
        self.rows.close(row)?;
        Ok(())
    }
}
