//! How many requests there were: per minute and token, and of which kinds. Unlike the log, it forgets
//! nothing that a long run needs.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::{Allowance, ApiToken, ApiTokens};

/// Nearly 17 hours: a benchmark must not fill the memory.
const KEPT_MINUTES: usize = 1_000;

#[derive(Default)]
pub(crate) struct Counts {
    /// By the start of the minute, and by token; None for all that came without a valid one.
    minutes: BTreeMap<u64, BTreeMap<Option<ApiToken>, Minute>>,
    kinds: BTreeMap<String, u64>,
}

#[derive(Default)]
struct Minute {
    reads: u64,
    writes: u64,
    /// Of these, those that were answered with 429.
    limited: u64,
    /// At the latest of them.
    permitted: u32,
}

/// What is counted of a request.
pub(crate) struct Counted {
    pub(crate) token: Option<ApiToken>,
    pub(crate) is_read: bool,
    pub(crate) is_limited: bool,
    /// One of a limited number of texts.
    pub(crate) kind: String,
}

impl Counts {
    pub(crate) fn add(&mut self, request: Counted, allowance: Allowance) {
        let minute = self.minutes.entry(allowance.minute).or_default();
        let minute = minute.entry(request.token).or_default();
        *(if request.is_read { &mut minute.reads } else { &mut minute.writes }) += 1;
        minute.limited += u64::from(request.is_limited);
        minute.permitted = allowance.permitted;
        *self.kinds.entry(request.kind).or_default() += 1;
        while self.minutes.len() > KEPT_MINUTES {
            self.minutes.pop_first();
        }
    }

    pub(crate) fn clear(&mut self) {
        *self = Self::default();
    }

    pub(crate) fn view(&self, api_tokens: &ApiTokens) -> Value {
        let minutes = self.minutes.iter().flat_map(|(start, tokens)| {
            tokens.iter().map(move |(token, minute)| {
                json!({
                    "token": token.map(|token| api_tokens.grant(token).text.as_str()),
                    "minute": start,
                    "reads": minute.reads,
                    "writes": minute.writes,
                    "limited": minute.limited,
                    "permitted": minute.permitted,
                })
            })
        });
        json!({ "minutes": minutes.collect::<Vec<_>>(), "kinds": self.kinds })
    }
}

#[cfg(test)]
mod tests {
    use super::{Allowance, ApiTokens, Counted, Counts, KEPT_MINUTES};

    #[test]
    fn only_the_latest_minutes_are_kept() {
        let mut counts = Counts::default();
        for number in 0..KEPT_MINUTES as u64 + 5 {
            let request =
                Counted { token: None, is_read: true, is_limited: false, kind: "GET".into() };
            let minute = number * 60;
            let allowance = Allowance { permitted: 9, remaining: 8, exceeded: false, minute };
            counts.add(request, allowance);
        }
        let view = counts.view(&ApiTokens::new(Vec::new()));
        assert_eq!(view["minutes"].as_array().map(Vec::len), Some(KEPT_MINUTES));
        assert_eq!(view["minutes"][0]["minute"], 300);
        assert_eq!(view["kinds"]["GET"], KEPT_MINUTES + 5);
    }
}
