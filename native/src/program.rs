//! The program: how a record becomes JSON. `graph/question/decode/program.py` writes it, this reads it.

use crate::{Done, Stop};

/// Raised with every change of the bytes of a program or of the ABI. A library of another number is not used.
pub const VERSION: u32 = 1;
/// Shapes are nested less deeply than this: a document may have far fewer levels.
const DEEPEST: u32 = 100;

pub struct Program {
    pub fields: Vec<Field>,
    /// For each root field that sees synthetic facts, what tells whether it shows any.
    pub roots: Vec<Vec<Test>>,
    /// How many numbers and lists of ids the request gives.
    pub limits: usize,
    pub ids: usize,
}

/// A field with its key as JSON, quotes and colon included.
pub struct Field {
    pub key: Vec<u8>,
    pub kind: Kind,
}

pub enum Kind {
    Value(Value),
    Constant(Vec<u8>),
    Related(usize, Node),
    List(usize, Node),
    /// The first row of a list, or null.
    One(usize, Node),
    Many(Many),
    Connection(Connection),
    Same(Node),
    Call(Call),
}

/// The rows of a list in the order of the ids of the request.
pub struct Many {
    pub column: usize,
    pub of: Node,
    pub ids: usize,
    pub id_column: usize,
}

/// What Python writes: a function of some columns. `nullable`: null where the first of them is.
pub struct Call {
    pub function: u32,
    pub columns: Vec<usize>,
    pub nullable: bool,
}

pub struct Value {
    pub column: usize,
    pub format: Format,
    pub required: bool,
    /// The function that shows a value which this library does not know to show.
    pub otherwise: u32,
}

pub enum Format {
    Plain,
    Texts,
    Marking,
    Instant,
    EndDay,
    When(Parts),
    Money(Parts),
    Point(Parts),
    MoneyOfOne(Parts),
    Sum,
    Mean,
}

/// The selected fields of a value that is an object.
pub type Parts = Vec<(Vec<u8>, Part)>;

pub enum Part {
    At(usize),
    Constant(Vec<u8>),
}

pub enum Node {
    Object(Vec<Field>),
    Abstract(Abstract),
}

pub struct Abstract {
    pub label: usize,
    pub split: usize,
    pub cases: Vec<(Vec<Vec<u8>>, Vec<Field>)>,
}

pub struct Connection {
    pub column: Option<usize>,
    /// The limit in the request, if one row more is read than shown.
    pub limit: Option<usize>,
    pub backward: bool,
    pub cursor: Call,
    pub parts: Vec<(Vec<u8>, Of)>,
}

pub enum Of {
    Edges(Vec<Field>),
    Nodes(Node),
    PageInfo(Vec<(Vec<u8>, Info)>),
    Field(Kind),
}

pub enum Info {
    Constant(Vec<u8>),
    More,
    Start,
    End,
}

/// Whether a row holds a synthetic fact.
pub enum Test {
    Flag(usize),
    One(usize, Vec<Test>),
    Each(usize, Vec<Test>, Option<usize>),
    ByLabel(usize, usize, Vec<(Vec<u8>, Vec<Test>)>),
}

/// Reads a program. Refuses bytes that are none.
pub fn read(bytes: &[u8]) -> Done<Program> {
    let mut source = Source { bytes, depth: 0 };
    if source.number()? != VERSION {
        return Err(Stop::Refused);
    }
    let (limits, ids) = (source.size()?, source.size()?);
    let fields = source.fields()?;
    let roots = source.many(Source::tests)?;
    if !source.bytes.is_empty() {
        return Err(Stop::Refused);
    }
    Ok(Program {
        fields,
        roots,
        limits,
        ids,
    })
}

struct Source<'a> {
    bytes: &'a [u8],
    depth: u32,
}

impl Source<'_> {
    fn take(&mut self, length: usize) -> Done<&[u8]> {
        if length > self.bytes.len() {
            return Err(Stop::Refused);
        }
        let (taken, rest) = self.bytes.split_at(length);
        self.bytes = rest;
        Ok(taken)
    }

    fn byte(&mut self) -> Done<u8> {
        Ok(self.take(1)?[0])
    }

    fn flag(&mut self) -> Done<bool> {
        Ok(self.byte()? != 0)
    }

    fn number(&mut self) -> Done<u32> {
        let bytes = self.take(4)?.try_into().map_err(|_| Stop::Refused)?;
        Ok(u32::from_le_bytes(bytes))
    }

    fn size(&mut self) -> Done<usize> {
        Ok(self.number()? as usize)
    }

    /// Reads a number that is one more than what it stands for; 0 stands for nothing.
    fn maybe(&mut self) -> Done<Option<usize>> {
        Ok(self.size()?.checked_sub(1))
    }

    fn text(&mut self) -> Done<Vec<u8>> {
        let length = self.size()?;
        Ok(self.take(length)?.to_vec())
    }

    fn many<T>(&mut self, one: fn(&mut Self) -> Done<T>) -> Done<Vec<T>> {
        let count = self.size()?;
        // Nothing is reserved for a count that may be wrong.
        let mut read = Vec::new();
        for _ in 0..count {
            read.push(one(self)?);
        }
        Ok(read)
    }

    fn fields(&mut self) -> Done<Vec<Field>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Stop::Refused);
        }
        let fields = self.many(Self::field)?;
        self.depth -= 1;
        Ok(fields)
    }

    fn field(&mut self) -> Done<Field> {
        Ok(Field {
            key: self.text()?,
            kind: self.kind()?,
        })
    }

    fn kind(&mut self) -> Done<Kind> {
        Ok(match self.byte()? {
            0 => Kind::Value(self.value()?),
            1 => Kind::Constant(self.text()?),
            2 => Kind::Related(self.size()?, self.node()?),
            3 => Kind::List(self.size()?, self.node()?),
            4 => Kind::One(self.size()?, self.node()?),
            5 => Kind::Many(Many {
                column: self.size()?,
                of: self.node()?,
                ids: self.size()?,
                id_column: self.size()?,
            }),
            6 => Kind::Connection(self.connection()?),
            7 => Kind::Same(self.node()?),
            8 => Kind::Call(self.call()?),
            _ => return Err(Stop::Refused),
        })
    }

    fn call(&mut self) -> Done<Call> {
        Ok(Call {
            function: self.number()?,
            columns: self.many(Self::size)?,
            nullable: self.flag()?,
        })
    }

    fn value(&mut self) -> Done<Value> {
        Ok(Value {
            column: self.size()?,
            format: self.format()?,
            required: self.flag()?,
            otherwise: self.number()?,
        })
    }

    fn format(&mut self) -> Done<Format> {
        Ok(match self.byte()? {
            0 => Format::Plain,
            1 => Format::Texts,
            2 => Format::Marking,
            3 => Format::Instant,
            4 => Format::EndDay,
            5 => Format::When(self.many(Self::part)?),
            6 => Format::Money(self.many(Self::part)?),
            7 => Format::Point(self.many(Self::part)?),
            8 => Format::MoneyOfOne(self.many(Self::part)?),
            9 => Format::Sum,
            10 => Format::Mean,
            _ => return Err(Stop::Refused),
        })
    }

    fn part(&mut self) -> Done<(Vec<u8>, Part)> {
        let key = self.text()?;
        let part = match self.byte()? {
            255 => Part::Constant(self.text()?),
            at @ 0..=2 => Part::At(usize::from(at)),
            _ => return Err(Stop::Refused),
        };
        Ok((key, part))
    }

    fn node(&mut self) -> Done<Node> {
        Ok(match self.byte()? {
            0 => Node::Object(self.fields()?),
            1 => Node::Abstract(Abstract {
                label: self.size()?,
                split: self.size()?,
                cases: self.many(|source| Ok((source.many(Self::text)?, source.fields()?)))?,
            }),
            _ => return Err(Stop::Refused),
        })
    }

    fn connection(&mut self) -> Done<Connection> {
        Ok(Connection {
            column: self.maybe()?,
            limit: self.maybe()?,
            backward: self.flag()?,
            cursor: self.call()?,
            parts: self.many(|source| Ok((source.text()?, source.of()?)))?,
        })
    }

    fn of(&mut self) -> Done<Of> {
        Ok(match self.byte()? {
            0 => Of::Edges(self.fields()?),
            1 => Of::Nodes(self.node()?),
            2 => Of::PageInfo(self.many(|source| Ok((source.text()?, source.info()?)))?),
            3 => Of::Field(self.kind()?),
            _ => return Err(Stop::Refused),
        })
    }

    fn info(&mut self) -> Done<Info> {
        Ok(match self.byte()? {
            0 => Info::Constant(self.text()?),
            1 => Info::More,
            2 => Info::Start,
            3 => Info::End,
            _ => return Err(Stop::Refused),
        })
    }

    fn tests(&mut self) -> Done<Vec<Test>> {
        self.depth += 1;
        if self.depth > DEEPEST {
            return Err(Stop::Refused);
        }
        let tests = self.many(Self::test)?;
        self.depth -= 1;
        Ok(tests)
    }

    fn test(&mut self) -> Done<Test> {
        Ok(match self.byte()? {
            0 => Test::Flag(self.size()?),
            1 => Test::One(self.size()?, self.tests()?),
            2 => Test::Each(self.size()?, self.tests()?, self.maybe()?),
            3 => Test::ByLabel(
                self.size()?,
                self.size()?,
                self.many(|source| Ok((source.text()?, source.tests()?)))?,
            ),
            _ => return Err(Stop::Refused),
        })
    }
}
