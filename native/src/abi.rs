//! The C interface, which `graph/question/decode/native.py` calls. No panic leaves it, and all memory is freed by it.

#![allow(unsafe_code)]

use std::panic::{catch_unwind, AssertUnwindSafe};
use std::slice;

use crate::program::{read, Program, VERSION};
use crate::write::{write, Request, Written};
use crate::{Done, Stop};

/// What `citygraph_write` gives: JSON, then a byte for each synthetic root, then the holes.
///
/// A hole is the place in the JSON (8 bytes), its function and the length of its columns (4 bytes each), then the columns.
/// All numbers are little-endian.
#[repr(C)]
pub struct Answer {
    bytes: *mut u8,
    length: usize,
    capacity: usize,
    json: usize,
    roots: usize,
    holes: usize,
    missed: u8,
}

const WRITTEN: i32 = 0;
const ABSENT: i32 = 1;
const REFUSED: i32 = 2;

#[no_mangle]
pub extern "C" fn citygraph_version() -> u32 {
    VERSION
}

/// Makes a program. Returns null if the bytes are none.
///
/// # Safety
/// `bytes` points to `length` bytes.
#[no_mangle]
pub unsafe extern "C" fn citygraph_program(bytes: *const u8, length: usize) -> *mut Program {
    let given = slice::from_raw_parts(bytes, length);
    match catch_unwind(|| read(given)) {
        Ok(Ok(program)) => Box::into_raw(Box::new(program)),
        _ => std::ptr::null_mut(),
    }
}

/// Frees a program.
///
/// # Safety
/// `program` comes from `citygraph_program` and is not used again.
#[no_mangle]
pub unsafe extern "C" fn citygraph_forget(program: *mut Program) {
    if !program.is_null() {
        drop(Box::from_raw(program));
    }
}

/// Writes the JSON of a record into `answer`, which `citygraph_free` frees. Returns 0, or 1 if a value is absent, or 2.
///
/// # Safety
/// The program is not freed yet, the pointers point to as many bytes as their lengths say, and to an Answer.
#[no_mangle]
pub unsafe extern "C" fn citygraph_write(
    program: *const Program,
    record: *const u8,
    record_length: usize,
    request: *const u8,
    request_length: usize,
    answer: *mut Answer,
) -> i32 {
    let program = &*program;
    let record = slice::from_raw_parts(record, record_length);
    let given = slice::from_raw_parts(request, request_length);
    let made = catch_unwind(AssertUnwindSafe(|| {
        let request = requested(program, given)?;
        write(program, record, &request).map(flat)
    }));
    match made {
        Ok(Ok(made)) => {
            answer.write(made);
            WRITTEN
        }
        Ok(Err(Stop::Absent)) => ABSENT,
        _ => REFUSED,
    }
}

/// Frees what `citygraph_write` gave.
///
/// # Safety
/// `answer` was written by `citygraph_write` and is freed once.
#[no_mangle]
pub unsafe extern "C" fn citygraph_free(answer: *mut Answer) {
    let answer = &*answer;
    drop(Vec::from_raw_parts(
        answer.bytes,
        answer.length,
        answer.capacity,
    ));
}

/// Lays everything out in one piece of memory.
fn flat(written: Written) -> Answer {
    let mut bytes = written.json;
    let json = bytes.len();
    bytes.extend(written.roots.iter().map(|shows| u8::from(*shows)));
    for hole in &written.holes {
        bytes.extend_from_slice(&(hole.at as u64).to_le_bytes());
        bytes.extend_from_slice(&hole.function.to_le_bytes());
        bytes.extend_from_slice(&(hole.columns.len() as u32).to_le_bytes());
        bytes.extend_from_slice(&hole.columns);
    }
    let mut bytes = std::mem::ManuallyDrop::new(bytes);
    Answer {
        bytes: bytes.as_mut_ptr(),
        length: bytes.len(),
        capacity: bytes.capacity(),
        json,
        roots: written.roots.len(),
        holes: written.holes.len(),
        missed: u8::from(written.missed),
    }
}

/// Reads a request: limits of 8 bytes, then lists of ids: their number, and each with its length before it, 4 bytes each.
fn requested<'a>(program: &Program, mut given: &'a [u8]) -> Done<Request<'a>> {
    let mut limits = Vec::with_capacity(program.limits.min(64));
    for _ in 0..program.limits {
        let number = take(&mut given, 8)?.try_into().map_err(|_| Stop::Refused)?;
        limits.push(u64::from_le_bytes(number));
    }
    let mut ids = Vec::new();
    for _ in 0..program.ids {
        let mut texts = Vec::new();
        for _ in 0..length(&mut given)? {
            let length = length(&mut given)?;
            texts.push(take(&mut given, length)?);
        }
        ids.push(texts);
    }
    Ok(Request { limits, ids })
}

fn length(given: &mut &[u8]) -> Done<usize> {
    let number = take(given, 4)?.try_into().map_err(|_| Stop::Refused)?;
    Ok(u32::from_le_bytes(number) as usize)
}

fn take<'a>(given: &mut &'a [u8], length: usize) -> Done<&'a [u8]> {
    if length > given.len() {
        return Err(Stop::Refused);
    }
    let (taken, rest) = given.split_at(length);
    *given = rest;
    Ok(taken)
}
