//! Hashes ids, of which a list may have many.

use std::hash::{BuildHasher, Hasher, RandomState};

/// Quicker than the standard hasher, and like that one with keys that no service can know: it could
/// otherwise send ids that all have one hash.
#[derive(Clone, Debug)]
pub(crate) struct IdHashes {
    start: u64,
    /// Odd, so that no bit is lost.
    factor: u64,
}

impl Default for IdHashes {
    fn default() -> IdHashes {
        let random = RandomState::new();
        IdHashes { start: random.hash_one(0), factor: random.hash_one(1) | 1 }
    }
}

impl BuildHasher for IdHashes {
    type Hasher = IdHasher;

    fn build_hasher(&self) -> IdHasher {
        IdHasher { hash: self.start, factor: self.factor }
    }
}

/// Hashes one id.
pub(crate) struct IdHasher {
    hash: u64,
    factor: u64,
}

impl IdHasher {
    /// Both halves of the product: each bit of the result depends on all bits so far.
    fn mix(&mut self, word: u64) {
        let product = u128::from(self.hash ^ word) * u128::from(self.factor);
        self.hash = (product as u64) ^ (product >> 64) as u64;
    }
}

impl Hasher for IdHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut words = bytes.chunks_exact(8);
        for word in &mut words {
            self.mix(u64::from_le_bytes(word.try_into().unwrap_or_default()));
        }
        let rest = words.remainder().iter().fold(1, |rest, byte| rest << 8 | u64::from(*byte));
        self.mix(rest);
    }

    /// The byte that ends every text.
    fn write_u8(&mut self, _: u8) {}

    fn finish(&self) -> u64 {
        self.hash
    }
}
