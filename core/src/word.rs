//! The words of the API's enumerations. Each is declared once, as a variant: serde reads and writes
//! it, strum names it.

use serde::Deserialize;
use serde::de::value::{Error as ValueError, StrDeserializer};
use serde::de::{DeserializeOwned, Deserializer, Error as _, IntoDeserializer};
use strum::VariantNames;

use crate::clipped::clipped;
use crate::{Error, Result};

/// An enumeration of words that an argument may be.
pub trait Word: DeserializeOwned + VariantNames {
    /// The argument that takes one.
    const ARGUMENT: &'static str;

    /// The words that the API documents.
    fn known() -> Vec<&'static str> {
        Self::VARIANTS.iter().copied().filter(|word| *word != "other").collect()
    }

    /// Reads a word for the argument that takes one. Accepts only what the API documents, although
    /// a response may have one that this version does not know.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the argument and the known words.
    fn parse(word: &str) -> Result<Self> {
        read(word).map_err(|text| Error::invalid_argument(format!("{} {text}", Self::ARGUMENT)))
    }
}

/// `#[serde(deserialize_with)]` for a word as an argument.
pub(crate) fn argument<'de, W, D>(deserializer: D) -> std::result::Result<Option<W>, D::Error>
where
    W: Word,
    D: Deserializer<'de>,
{
    let word = Option::<String>::deserialize(deserializer)?;
    word.map(|word| read(&word).map_err(D::Error::custom)).transpose()
}

fn read<W: Word>(word: &str) -> std::result::Result<W, String> {
    let known = W::known();
    let text: StrDeserializer<'_, ValueError> = word.into_deserializer();
    known
        .contains(&word)
        .then(|| W::deserialize(text).ok())
        .flatten()
        .ok_or_else(|| format!("must be {}, not {:?}", known.join(" or "), clipped(word)))
}
