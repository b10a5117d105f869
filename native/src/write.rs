//! A record becomes JSON. What Python has to write is left open: a hole, with the columns that Python needs.

use std::collections::HashMap;

use crate::packstream::Bytes;
use crate::program::{Abstract, Call, Field, Kind, Many, Node, Program, Value};
use crate::rows::{Row, Rows};
use crate::values::{show, Shown};
use crate::{synthetic, Done, Stop};

/// What a request gives besides the record.
pub struct Request<'a> {
    pub limits: Vec<u64>,
    pub ids: Vec<Vec<&'a [u8]>>,
}

/// What Python has to write at a place of the JSON: a function of a PackStream list of columns.
pub struct Hole {
    pub at: usize,
    pub function: u32,
    pub columns: Vec<u8>,
}

pub struct Written {
    pub json: Vec<u8>,
    pub holes: Vec<Hole>,
    /// For each root that sees synthetic facts, whether it shows any.
    pub roots: Vec<bool>,
    /// Whether a list of the answer may be empty: a 0, false or [] stands in an object of the root, or a hole does.
    pub missed: bool,
}

/// Writes the JSON of a record.
pub fn write(program: &Program, record: &[u8], request: &Request) -> Done<Written> {
    let bytes = Bytes(record);
    let mut writer = Writer {
        rows: Rows::new(bytes),
        request,
        out: Vec::with_capacity(record.len() + record.len() / 2 + 64),
        holes: Vec::new(),
        level: 0,
        missed: false,
    };
    let row = writer.rows.open(0)?;
    writer.object(&program.fields, row)?;
    if writer.rows.close(row)? != record.len() {
        return Err(Stop::Refused);
    }
    let mut roots = Vec::with_capacity(program.roots.len());
    for tests in &program.roots {
        roots.push(synthetic::any(tests, bytes, 0, &request.limits)?);
    }
    Ok(Written {
        json: writer.out,
        holes: writer.holes,
        roots,
        missed: writer.missed,
    })
}

pub struct Writer<'a, 'r> {
    pub rows: Rows<'a>,
    pub request: &'r Request<'r>,
    pub out: Vec<u8>,
    pub holes: Vec<Hole>,
    /// How many objects and lists are open.
    level: u32,
    missed: bool,
}

impl<'a> Writer<'a, '_> {
    pub fn object(&mut self, fields: &[Field], row: Row) -> Done<()> {
        self.open(b'{');
        for (at, field) in fields.iter().enumerate() {
            self.key(at, &field.key);
            let (start, holes) = (self.out.len(), self.holes.len());
            self.kind(&field.kind, row)?;
            self.look(start, holes);
        }
        self.close(b'}');
        Ok(())
    }

    pub fn open(&mut self, mark: u8) {
        self.level += 1;
        self.out.push(mark);
    }

    pub fn close(&mut self, mark: u8) {
        self.level -= 1;
        self.out.push(mark);
    }

    pub fn key(&mut self, at: usize, key: &[u8]) {
        if at > 0 {
            self.out.push(b',');
        }
        self.out.extend_from_slice(key);
    }

    /// Notes whether a part of an object of the root, which was just written, tells of an empty list.
    #[inline]
    pub fn look(&mut self, start: usize, holes: usize) {
        if self.level == 2 && !self.missed {
            let told = matches!(
                &self.out[start..],
                b"0" | b"[]" | b"false" | b"0.0" | b"-0.0"
            );
            self.missed = told || self.holes.len() > holes;
        }
    }

    pub fn null(&mut self) {
        self.out.extend_from_slice(b"null");
    }

    fn node(&mut self, of: &Node, row: Row) -> Done<()> {
        match of {
            Node::Object(fields) => self.object(fields, row),
            Node::Abstract(of) => self.one_of(of, row),
        }
    }

    fn one_of(&mut self, of: &Abstract, row: Row) -> Done<()> {
        let at = self.rows.column(row, of.label)?;
        if self.rows.bytes.is_null(at) {
            return Err(Stop::Absent);
        }
        let (label, end) = self.rows.bytes.text(at)?;
        self.rows.read(row, of.label, end);
        for (labels, fields) in &of.cases {
            if labels.iter().any(|each| each == label) {
                if fields.is_empty() {
                    // Then the column is null.
                    return self.object(fields, row);
                }
                let at = self.rows.column(row, of.split)?;
                let split = self.rows.open(at)?;
                self.object(fields, split)?;
                let end = self.rows.close(split)?;
                self.rows.read(row, of.split, end);
                return Ok(());
            }
        }
        Err(Stop::Absent)
    }

    /// Writes the row at a position. Returns the position behind it.
    pub fn row(&mut self, of: &Node, at: usize) -> Done<usize> {
        let row = self.rows.open(at)?;
        self.node(of, row)?;
        self.rows.close(row)
    }

    pub fn kind(&mut self, kind: &Kind, row: Row) -> Done<()> {
        match kind {
            Kind::Value(value) => self.value(value, row),
            Kind::Constant(json) => {
                self.out.extend_from_slice(json);
                Ok(())
            }
            Kind::Related(column, of) => self.related(*column, of, row),
            Kind::List(column, of) => {
                let at = self.rows.column(row, *column)?;
                let (items, first) = self.rows.bytes.list(at)?;
                let end = self.each(items, first, |writer, at| writer.row(of, at))?;
                self.rows.read(row, *column, end);
                Ok(())
            }
            Kind::One(column, of) => self.one(*column, of, row),
            Kind::Many(many) => self.many(many, row),
            Kind::Connection(connection) => self.connection(connection, row),
            Kind::Same(of) => self.node(of, row),
            Kind::Call(call) => self.call(call, row),
        }
    }

    fn value(&mut self, value: &Value, row: Row) -> Done<()> {
        let at = self.rows.column(row, value.column)?;
        let (shown, end) = show(&mut self.out, self.rows.bytes, at, &value.format)?;
        if let Some(end) = end {
            self.rows.read(row, value.column, end);
        }
        match shown {
            Shown::Written => {}
            Shown::Null if value.required => return Err(Stop::Absent),
            Shown::Null => self.null(),
            Shown::Odd => return self.hole(value.otherwise, &[value.column], row),
        }
        Ok(())
    }

    pub fn call(&mut self, call: &Call, row: Row) -> Done<()> {
        if call.nullable {
            let first = *call.columns.first().ok_or(Stop::Refused)?;
            let at = self.rows.column(row, first)?;
            if self.rows.bytes.is_null(at) {
                self.null();
                return Ok(());
            }
        }
        self.hole(call.function, &call.columns, row)
    }

    /// Leaves a hole, with a PackStream list of columns.
    fn hole(&mut self, function: u32, columns: &[usize], row: Row) -> Done<()> {
        let count = u32::try_from(columns.len()).map_err(|_| Stop::Refused)?;
        let mut packed = vec![0xD6];
        packed.extend_from_slice(&count.to_be_bytes());
        for column in columns {
            let at = self.rows.column(row, *column)?;
            let end = self.rows.bytes.skip(at)?;
            self.rows.read(row, *column, end);
            packed.extend_from_slice(self.rows.bytes.slice(at, end - at)?);
        }
        self.holes.push(Hole {
            at: self.out.len(),
            function,
            columns: packed,
        });
        Ok(())
    }

    fn related(&mut self, column: usize, of: &Node, row: Row) -> Done<()> {
        let at = self.rows.column(row, column)?;
        if self.rows.bytes.is_null(at) {
            self.null();
            return Ok(());
        }
        let end = self.row(of, at)?;
        self.rows.read(row, column, end);
        Ok(())
    }

    fn one(&mut self, column: usize, of: &Node, row: Row) -> Done<()> {
        let at = self.rows.column(row, column)?;
        let (items, first) = self.rows.bytes.list(at)?;
        if items == 0 {
            self.null();
        } else {
            let end = self.row(of, first)?;
            if items == 1 {
                self.rows.read(row, column, end);
            }
        }
        Ok(())
    }

    fn many(&mut self, many: &Many, row: Row) -> Done<()> {
        let at = self.rows.column(row, many.column)?;
        let (items, mut here) = self.rows.bytes.list(at)?;
        let mut found: HashMap<&'a [u8], usize> = HashMap::new();
        for _ in 0..items {
            let start = here;
            let inner = self.rows.open(start)?;
            let id = self.rows.column(inner, many.id_column)?;
            found.insert(self.rows.bytes.text(id)?.0, start);
            here = self.rows.close(inner)?;
        }
        self.rows.read(row, many.column, here);
        let request = self.request;
        let asked = request.ids.get(many.ids).ok_or(Stop::Refused)?;
        self.open(b'[');
        for (at, id) in asked.iter().enumerate() {
            self.key(at, b"");
            match found.get(id) {
                Some(start) => {
                    self.row(&many.of, *start)?;
                }
                None => self.null(),
            }
        }
        self.close(b']');
        Ok(())
    }

    /// Writes a list of items that follow each other. Returns the position behind the last.
    pub fn each(
        &mut self,
        items: usize,
        first: usize,
        one: impl Fn(&mut Self, usize) -> Done<usize>,
    ) -> Done<usize> {
        self.open(b'[');
        let mut here = first;
        for item in 0..items {
            self.key(item, b"");
            here = one(self, here)?;
        }
        self.close(b']');
        Ok(here)
    }
}
