//! A task: work that a call started and that goes on after its response.

use compact_str::CompactString;
use serde::Deserialize;

/// A task. It goes on whether or not anybody waits, and cannot be cancelled.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[non_exhaustive]
pub struct Task {
    /// `task_` and 16 letters or digits.
    pub id: CompactString,
    /// What it does, for people; do not branch on it (recorded: three resizes, three names).
    pub name: Option<CompactString>,
    /// How far it is.
    pub status: Option<TaskStatus>,
    /// When it was queued, in Unix seconds.
    pub created_at: Option<i64>,
    /// When it began, in Unix seconds.
    pub started_at: Option<i64>,
    /// When it ended, in Unix seconds.
    pub finished_at: Option<i64>,
    /// 0 to 100. It jumps (recorded: 0, 5, 100), so it says little about the time left.
    pub progress: Option<u64>,
}

/// How far a task is.
#[derive(
    Clone,
    Debug,
    PartialEq,
    Eq,
    Hash,
    Deserialize,
    strum::AsRefStr,
    strum::Display,
    strum::VariantNames,
)]
#[serde(rename_all = "snake_case")]
#[strum(serialize_all = "snake_case")]
#[non_exhaustive]
#[allow(missing_docs)]
pub enum TaskStatus {
    Pending,
    Running,
    Completed,
    Failed,
    /// A value that this version does not know.
    #[serde(untagged)]
    #[strum(transparent)]
    Other(String),
}

impl TaskStatus {
    /// The API's word.
    pub fn as_str(&self) -> &str {
        self.as_ref()
    }
}
