//! Lists that change, and services that lie about them.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;

use super::{MOST_ROUNDS, Next, Noted, Rounds};
use crate::Pagination;

const PER_PAGE: usize = 4;

/// What a reader of a list got: how often each item, how many pages were asked for, and how it ended.
struct Got {
    items: BTreeMap<String, usize>,
    pages: usize,
    end: Next,
}

impl Got {
    fn each_once(&self, wanted: impl IntoIterator<Item = String>) -> bool {
        let wanted: BTreeMap<String, usize> = wanted.into_iter().map(|item| (item, 1)).collect();
        self.items == wanted
    }
}

/// Reads a list whose service is `serve`, which gives the page with a number; `act` sees what came.
fn read(
    serve: &mut dyn FnMut(u64) -> (Pagination, Vec<String>),
    act: &mut dyn FnMut(&[String]),
) -> Got {
    let mut rounds = Rounds::default();
    let mut got = Got { items: BTreeMap::new(), pages: 0, end: Next::First };
    loop {
        let number = match got.end {
            Next::First => 1,
            Next::Page(number) => number,
            Next::TooManyRounds | Next::None => return got,
        };
        let (pagination, items) = serve(number);
        got.pages += 1;
        assert!(got.pages < 10_000, "no end");
        let Noted { next, repeated } =
            rounds.note(number, &pagination, items.iter().map(String::as_str));
        let new = items.iter().enumerate().filter(|(place, _)| !repeated.contains(place));
        let new: Vec<String> = new.map(|(_, item)| item.clone()).collect();
        new.iter().for_each(|item| *got.items.entry(item.clone()).or_default() += 1);
        act(&new);
        got.end = next;
    }
}

fn names(numbers: impl IntoIterator<Item = usize>) -> Vec<String> {
    numbers.into_iter().map(|number| format!("disk_{number}")).collect()
}

/// An honest page of `all`.
fn page(all: &[String], number: u64, is_counted: bool) -> (Pagination, Vec<String>) {
    let pagination = Pagination {
        current_page: number,
        total_pages: is_counted.then_some(all.len().div_ceil(PER_PAGE) as u64),
        total: is_counted.then_some(all.len() as u64),
        per_page: Some(PER_PAGE as u64),
        large_set: Some(!is_counted),
    };
    let start = (number as usize - 1).saturating_mul(PER_PAGE);
    (pagination, all.iter().skip(start).take(PER_PAGE).cloned().collect())
}

/// Reads a list to which `act` does something after each page.
fn changing(count: usize, is_counted: bool, act: &dyn Fn(&mut Vec<String>, &[String])) -> Got {
    let all = RefCell::new(names(0..count));
    read(&mut |number| page(&all.borrow(), number, is_counted), &mut |new| {
        act(&mut all.borrow_mut(), new);
    })
}

#[test]
fn a_list_that_does_not_change_is_read_once() {
    for (count, pages) in [(0, 1), (1, 1), (4, 1), (5, 2), (9, 3), (400, 100)] {
        let got = changing(count, true, &|_, _| {});
        assert!(got.each_once(names(0..count)), "{count}: {:?}", got.items);
        assert_eq!((got.pages, got.end), (pages, Next::None), "{count}");
    }
}

#[test]
fn a_list_that_is_not_counted_is_read_until_nothing_new_comes() {
    for (count, pages) in [(0, 1), (3, 1), (4, 4), (5, 4), (9, 6)] {
        let got = changing(count, false, &|_, _| {});
        assert!(got.each_once(names(0..count)), "{count}: {:?}", got.items);
        assert_eq!((got.pages, got.end), (pages, Next::None), "{count}");
    }
}

#[test]
fn whoever_deletes_what_comes_gets_all_of_it_once() {
    for is_counted in [true, false] {
        for count in 0..100 {
            let got = changing(count, is_counted, &|all, new| all.retain(|id| !new.contains(id)));
            assert!(got.each_once(names(0..count)), "{count}: {:?}", got.items);
            assert_eq!(got.end, Next::None);
        }
    }
    let got = changing(4 * 1024, true, &|all, new| all.retain(|id| !new.contains(id)));
    assert_eq!((got.items.len(), got.end), (4 * 1024, Next::None));
}

#[test]
fn whoever_deletes_some_of_what_comes_gets_all_of_it_once() {
    for count in 0..60 {
        let act = |all: &mut Vec<String>, new: &[String]| {
            let chosen: Vec<&String> = new.iter().step_by(3).collect();
            all.retain(|id| !chosen.contains(&id));
        };
        let got = changing(count, true, &act);
        assert!(got.each_once(names(0..count)), "{count}: {:?}", got.items);
    }
}

#[test]
fn what_is_created_at_the_front_repeats_nothing() {
    let act = |all: &mut Vec<String>, _: &[String]| {
        if all.len() < 30 {
            all.insert(0, format!("new_{}", all.len()));
        }
    };
    let got = changing(20, true, &act);
    assert!(got.items.values().all(|times| *times == 1), "{:?}", got.items);
    assert!(names(0..20).iter().all(|item| got.items.contains_key(item)));
}

#[test]
fn a_list_that_never_rests_is_not_said_to_be_complete() {
    let pages = Cell::new(0);
    let act = |all: &mut Vec<String>, _: &[String]| {
        pages.set(pages.get() + 1);
        if pages.get() % 4 == 0 {
            all.insert(0, format!("new_{}", pages.get()));
        }
    };
    let got = changing(20, true, &act);
    assert_eq!(got.end, Next::TooManyRounds);
    assert!(got.items.values().all(|times| *times == 1));
    assert!(got.pages > MOST_ROUNDS as usize);
}

fn lie(
    total: Option<u64>,
    total_pages: Option<u64>,
    items: Vec<String>,
) -> (Pagination, Vec<String>) {
    let per_page = Some(PER_PAGE as u64);
    (Pagination { current_page: 1, total_pages, total, per_page, large_set: None }, items)
}

type Lie = Box<dyn FnMut(u64) -> (Pagination, Vec<String>)>;

#[test]
fn lies_come_to_an_end() {
    let mut count_up = 0;
    let mut table: Vec<(&str, Lie, usize)> = vec![
        ("one page, again and again", Box::new(|_| lie(Some(9), Some(1 << 40), names(0..4))), 4),
        ("a number that grows", Box::new(|n| lie(Some(9), Some(n + 1), names([0]))), 1),
        ("empty pages", Box::new(|_| lie(Some(9), Some(u64::MAX), Vec::new())), 0),
        ("not counted", Box::new(|_| lie(None, None, names(0..4))), 4),
        ("counted at first only", Box::new(|n| lie((n == 1).then_some(9), None, names(0..4))), 4),
        ("an empty page first", Box::new(|n| lie(Some(1), Some(2), names(1..n as usize))), 1),
        (
            "another count each time",
            Box::new(move |n| {
                count_up += 1;
                lie(Some(count_up), Some(3), names([n as usize]))
            }),
            3,
        ),
    ];
    for (lie, serve, items) in &mut table {
        let got = read(serve, &mut |_| {});
        assert_eq!((got.items.len(), got.end), (*items, Next::None), "{lie}: {:?}", got.items);
        assert!(got.items.values().all(|times| *times == 1), "{lie}: {:?}", got.items);
        assert!(got.pages < 20, "{lie}: {} pages", got.pages);
    }
}

#[test]
fn an_item_that_moves_is_given_once_and_what_it_displaces_too() {
    // The first becomes the last after the first page, so that the fifth moves to the first page.
    let act = |all: &mut Vec<String>, new: &[String]| {
        if new.contains(&"disk_0".to_owned()) {
            all.rotate_left(1);
        }
    };
    let got = changing(10, true, &act);
    assert!(got.each_once(names(0..10)), "{:?}", got.items);
}

#[test]
fn the_last_page_that_a_number_can_have() {
    let pagination = page(&[], u64::MAX, false).0;
    let full = names(0..PER_PAGE);
    let noted = Rounds::default().note(u64::MAX, &pagination, full.iter().map(String::as_str));
    assert_eq!(noted.next, Next::None);
}

#[test]
fn each_round_begins_where_the_first_began() {
    let mut rounds = Rounds::default();
    let mut note = |number, count: usize| {
        let all = names(0..count);
        let (pagination, items) = page(&all, number, true);
        rounds.note(number, &pagination, items.iter().map(String::as_str)).next
    };
    assert_eq!(note(2, 20), Next::Page(3));
    assert_eq!(note(3, 12), Next::Page(2), "a shorter list: begin again");
}
