"""What a page needs to let people write: documents that write and read each kind of fact, and a description of its fields."""
