//! Which page of a list comes next, and which of its items came before.
//!
//! Pages shift while a list is read: when what the first page had is deleted, the second page's items
//! move to the first, and nobody would see them. So a list is read in rounds, each from its first page
//! to its last, until one finds the list unchanged.

use std::mem;

use json_scan::Seen;

use super::Pagination;

/// A loop that deletes all that it gets halves the list with each round, so this is enough for any list.
pub(super) const MOST_ROUNDS: u32 = 32;

/// The page that is fetched next.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Next {
    /// The one that the operation asks for.
    #[default]
    First,
    /// The one with this number.
    Page(u64),
    /// None, since the list does not stop changing.
    TooManyRounds,
    /// None: the list has ended, or failed.
    None,
}

/// What the rounds know of a list so far.
#[derive(Clone, Debug, Default)]
pub(super) struct Rounds {
    /// From 1; 0 before the first page.
    round: u32,
    /// The number of the page that each round begins with.
    first: u64,
    this: Round,
    /// The ids of all items that came.
    seen: Seen,
}

/// What is known of the round under way.
#[derive(Clone, Debug, Default)]
struct Round {
    /// What its first page says of the list: how many items and pages.
    counts: (Option<u64>, Option<u64>),
    /// Whether all its pages are known to be of the same state of the list.
    is_settled: bool,
    has_given: bool,
    /// Whether its latest page was empty.
    was_empty: bool,
}

/// What follows from a page.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Noted {
    pub(super) next: Next,
    /// Which of its items came before, in ascending order.
    pub(super) repeated: Vec<usize>,
}

impl Rounds {
    /// Notes the page with this number, and the ids of its items.
    pub(super) fn note<'a>(
        &mut self,
        number: u64,
        pagination: &Pagination,
        ids: impl ExactSizeIterator<Item = &'a str>,
    ) -> Noted {
        let is_first = self.round == 0 || number == self.first;
        if is_first {
            self.round += 1;
            self.first = number;
            let counts = (pagination.total, pagination.total_pages);
            self.this = Round { counts, is_settled: true, ..Round::default() };
        } else {
            let Pagination { total, total_pages, .. } = *pagination;
            self.this.is_settled &= total.is_some() && self.this.counts == (total, total_pages);
        }
        let items = ids.len();
        let is_last = !self.goes_on(number, pagination, items);
        if is_last && is_first && self.round == 1 {
            // Most lists are one page, which needs no memory of its ids.
            return Noted { next: Next::None, repeated: Vec::new() };
        }
        let (repeated, is_new_in_round) = self.compare(ids);
        // A service may repeat a page, or send empty ones, forever.
        let was_empty = mem::replace(&mut self.this.was_empty, items == 0);
        let is_stuck = if items == 0 { was_empty } else { !is_new_in_round };
        let next = match number.checked_add(1) {
            Some(next) if !is_last && !is_stuck => Next::Page(next),
            _ => self.after_round(),
        };
        Noted { next, repeated }
    }

    /// Whether the list has a page after this one. A round has as many as its first page said, or less:
    /// the number may grow forever.
    fn goes_on(&self, number: u64, pagination: &Pagination, items: usize) -> bool {
        match self.this.counts {
            (_, Some(pages)) => number < pages.min(pagination.total_pages.unwrap_or(pages)),
            // The page that was asked for: a service may call each page the first.
            (_, None) => Pagination { current_page: number, ..*pagination }.next(items).is_some(),
        }
    }

    /// The places of the items that came before, and whether one is new in this round.
    fn compare<'a>(&mut self, ids: impl Iterator<Item = &'a str>) -> (Vec<usize>, bool) {
        let (mut repeated, mut is_new_in_round) = (Vec::new(), false);
        for (place, id) in ids.enumerate() {
            let before = self.seen.note(id, self.round);
            // What comes twice in a round has moved, and others may have moved with it.
            let has_moved = before == Some(self.round);
            self.this.is_settled &= !has_moved;
            is_new_in_round |= !has_moved;
            match before {
                Some(_) => repeated.push(place),
                None => self.this.has_given = true,
            }
        }
        (repeated, is_new_in_round)
    }

    fn after_round(&self) -> Next {
        match self.this {
            Round { is_settled: true, .. } | Round { has_given: false, .. } => Next::None,
            _ if self.round == MOST_ROUNDS => Next::TooManyRounds,
            _ => Next::Page(self.first),
        }
    }
}

#[cfg(test)]
mod tests;
