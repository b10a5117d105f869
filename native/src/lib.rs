//! The bytes of a Neo4j record become the JSON of an answer, by a program that Python made of the answer's shape.
//!
//! What this library does not know it refuses, and Python answers. `abi` alone is unsafe.

#![deny(unsafe_code)]

mod abi;
mod dates;
mod json;
mod packstream;
mod pages;
mod program;
mod rows;
mod synthetic;
mod values;
mod write;

/// Why there is no JSON. Python then shapes the record itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stop {
    /// A value that GraphQL requires is missing.
    Absent,
    /// The bytes are no record of this program, or hold a value that only Python knows to write.
    Refused,
}

pub type Done<T> = Result<T, Stop>;
