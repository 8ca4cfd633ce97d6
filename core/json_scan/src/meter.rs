//! What a scan may cost.

/// Limits what a text may cost its reader, who must store what is found in it, and may have no time.
#[derive(Clone, Copy)]
pub struct Limits<'l> {
    /// How many values there may be, at all depths.
    pub most_values: usize,
    /// Asked after each 64 KiB of the text (later only within a long string); false ends the scan.
    pub may_go_on: &'l dyn Fn() -> bool,
}

impl Limits<'_> {
    /// As many values as there are, for as long as that takes.
    pub const NONE: Limits<'static> = Limits { most_values: usize::MAX, may_go_on: &|| true };
}

/// Why a text is not accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rejected {
    /// It is not JSON, or too unusual for this scanner, or not what was looked for.
    Unusual,
    /// It has more values, or an array more elements, than are accepted.
    TooMany,
    /// It was told to stop.
    Stopped,
}

/// In bytes.
const EACH: usize = 64 << 10;

/// Counts the values of a text.
pub(crate) struct Meter<'l> {
    values_left: usize,
    /// Where in the text to ask next.
    ask_at: usize,
    may_go_on: &'l dyn Fn() -> bool,
    pub(crate) rejected: Rejected,
}

impl<'l> Meter<'l> {
    pub(crate) fn of(limits: Limits<'l>) -> Meter<'l> {
        let Limits { most_values, may_go_on } = limits;
        Meter { values_left: most_values, ask_at: EACH, may_go_on, rejected: Rejected::Unusual }
    }

    /// Counts the value that begins at `at`; returns `None` where the scan must end.
    #[inline(always)]
    pub(crate) fn count(&mut self, at: usize) -> Option<()> {
        if self.values_left == 0 || at >= self.ask_at {
            self.check(at)?;
        }
        self.values_left -= 1;
        Some(())
    }

    #[cold]
    fn check(&mut self, at: usize) -> Option<()> {
        self.ask_at = at + EACH;
        self.rejected = match (self.values_left, (self.may_go_on)()) {
            (0, _) => Rejected::TooMany,
            (_, false) => Rejected::Stopped,
            (_, true) => return Some(()),
        };
        None
    }
}
