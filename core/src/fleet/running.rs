//! A fleet with its threads.

use std::io;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

use super::ends;
use super::job::{Entry, Job};
use super::plan::{Next, Plan};
use super::work::{Caller, FleetWork};
use crate::poll::Patience;
use crate::transport::{Crew, spawn_without_signals};
use crate::{Client, Error, FleetCounts, FleetOptions, FleetResult, Outcome, Result, Status, fork};

/// Half of the 100 ms within which an interrupt must be noticed.
const SLICE: Duration = Duration::from_millis(50);

/// How long the thread that only reads sleeps at most: threads that begin with a disk do not wake it.
const READER_SLEEPS: Duration = Duration::from_millis(500);
const LONGEST_SLEEP: Duration = Duration::from_secs(60);

/// Results that wait to be taken; above that they go first, so that they do not pile up.
const MOST_RESULTS: usize = 1000;

/// Between two calls of the progress function.
const PROGRESS: Duration = Duration::from_secs(1);

/// A fleet under way. [`Client::create_disks`] and its like run one; this is for those who take its results
/// one by one, such as the iterators of Python.
///
/// One thread starts it and calls its [`step`](Fleet::step) until the end.
pub struct Fleet<W: FleetWork> {
    work: W,
    crew: Crew,
    threads: usize,
    patience: Patience,
    /// Which process it belongs to: a forked child has none of its threads.
    process: u32,
    shared: Mutex<Shared<<W as FleetWork>::Spec>>,
    /// Wakes the threads that begin with disks.
    has_work: Condvar,
    /// Wakes the thread that only reads.
    has_looks: Condvar,
    /// Wakes the caller.
    has_news: Condvar,
}

struct Shared<S> {
    plan: Plan<S>,
    /// The number of disks, as far as it is known.
    total: Option<usize>,
    offered: usize,
    shown: FleetCounts,
    shown_at: Instant,
    asked_at: Instant,
    unfinished: Vec<FleetResult>,
}

/// What a fleet asks of its caller, or gives.
#[derive(Debug)]
pub enum FleetStep {
    /// Up to so many disks can be [offered](Fleet::offer) now.
    Wants(usize),
    /// What has come of a disk.
    Result(FleetResult),
    /// The counts have changed: for who shows progress.
    Progress(FleetCounts),
    /// All results were given.
    End,
}

impl<W: FleetWork> Fleet<W> {
    /// A fleet that has no threads yet. `total` is the number of disks, if it is known.
    ///
    /// # Errors
    /// `InvalidArgument`, naming the option.
    pub fn new(work: W, options: &FleetOptions<'_>, total: Option<usize>) -> Result<Fleet<W>> {
        options.check()?;
        let mut plan = Plan::new(W::DEED, W::BATCH);
        if total == Some(0) {
            plan.no_more();
        }
        Ok(Fleet {
            work,
            crew: Crew::new(options.share),
            threads: options.threads.min(total.unwrap_or(usize::MAX)),
            patience: Patience::of(options.timeout),
            process: fork::generation(),
            shared: Mutex::new(Shared {
                plan,
                total,
                offered: 0,
                shown: FleetCounts::default(),
                shown_at: Instant::now(),
                asked_at: Instant::now(),
                unfinished: Vec::new(),
            }),
            has_work: Condvar::new(),
            has_looks: Condvar::new(),
            has_news: Condvar::new(),
        })
    }

    /// What it does with each disk.
    pub fn work(&self) -> &W {
        &self.work
    }

    /// Makes the fleet's threads, which end when it is [stopped](Fleet::stop). Give it, as all others here, one
    /// handle of the client: [`Client::as_one_call`].
    ///
    /// # Errors
    /// The system has no thread left.
    pub fn start(self: &Arc<Self>, client: &Client) -> Result<Vec<JoinHandle<()>>>
    where
        W: 'static,
        <W as FleetWork>::Spec: 'static,
    {
        self.spawn_each(|builder, may_begin| {
            let (fleet, client) = (Arc::clone(self), client.clone());
            builder.spawn(move || fleet.serve(&client, may_begin))
        })
    }

    pub(super) fn spawn_each<T>(
        &self,
        spawn: impl Fn(thread::Builder, bool) -> io::Result<T>,
    ) -> Result<Vec<T>> {
        let mut threads = Vec::new();
        for number in 0..=self.threads {
            // The first only reads.
            let spawned = spawn_without_signals("katapult-fleet", |it| spawn(it, number > 0));
            match spawned {
                Ok(thread) => threads.push(thread),
                Err(_) if number > 1 => break,
                Err(error) => {
                    self.stop();
                    return Err(Error::new(
                        Status::InternalError,
                        Outcome::NotSent,
                        format!("the system gives no thread: {error}"),
                    ));
                }
            }
        }
        Ok(threads)
    }

    /// What a thread of the fleet does until the fleet ends.
    pub(super) fn serve(&self, client: &Client, may_begin: bool) {
        let _joined = self.crew.join();
        let _governed = client.govern();
        let caller = Caller { client, patience: self.patience };
        while let Some((job, total)) = self.next_job(client, may_begin) {
            let performed =
                catch_unwind(AssertUnwindSafe(|| job.perform(&self.work, &caller, total)));
            let cost = self.work.look_cost();
            let mut shared = self.lock();
            match performed {
                Ok(ended) => {
                    let wakes_all = !ended.is_begun();
                    shared.plan.set_look_cost(cost);
                    shared.plan.note(ended, Instant::now());
                    if wakes_all {
                        self.wake_all();
                    }
                }
                Err(panic) => shared.plan.fail_all(Error::of_panic(&*panic)),
            }
            if shared.plan.has_news() {
                self.has_news.notify_one();
            }
        }
    }

    fn next_job(
        &self,
        client: &Client,
        may_begin: bool,
    ) -> Option<(Job<<W as FleetWork>::Spec>, Option<usize>)> {
        let mut shared = self.lock();
        loop {
            if self.crew.is_stopped() || client.is_interrupted() {
                return None;
            }
            let now = Instant::now();
            let until = match shared.plan.next(now, may_begin) {
                Next::Job(job) => return Some((job, shared.total)),
                Next::Wait(until) => until,
            };
            let wait = until.map(|until| until.saturating_duration_since(now));
            let (wakes, longest) = match may_begin {
                true => (&self.has_work, LONGEST_SLEEP),
                false => (&self.has_looks, READER_SLEEPS),
            };
            let wait = wait.unwrap_or(longest).min(longest);
            shared = wakes.wait_timeout(shared, wait).unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Takes another disk. A mistake in it is its result; nothing is sent for it.
    pub fn offer(&self, client: &Client, spec: <W as FleetWork>::Spec) {
        let (name, id) = self.work.label(&spec);
        let checked = self.work.check(client, &spec);
        let mut shared = self.lock();
        let index = shared.offered;
        shared.offered += 1;
        match checked {
            Ok(()) => shared.plan.offer(Entry { index, name, id, spec, attempts: 0 }),
            Err(error) => {
                let mut result = FleetResult::of_error(index, name, error);
                result.id = id;
                shared.plan.push(result);
            }
        }
        self.has_work.notify_one();
    }

    /// Takes what could not be read as a disk: that is its result.
    pub fn offer_mistake(&self, name: Option<String>, error: Error) {
        let mut shared = self.lock();
        let index = shared.offered;
        shared.offered += 1;
        shared.plan.push(FleetResult::of_error(index, name, error));
    }

    /// All disks were offered.
    pub fn no_more(&self) {
        let mut shared = self.lock();
        shared.total = Some(shared.offered);
        shared.plan.no_more();
        self.wake_all();
    }

    fn wake_all(&self) {
        self.has_work.notify_all();
        self.has_looks.notify_all();
    }

    /// Waits for what comes next. Runs the client's interrupt hook meanwhile.
    ///
    /// # Errors
    /// What ends the fleet: `TimedOut`, `Interrupted`, what forbids to begin. Call [`Fleet::end`] then.
    pub fn step(&self, client: &Client) -> Result<FleetStep> {
        loop {
            self.require_own_process()?;
            if self.crew.is_stopped() {
                return Err(Error::interrupted(Outcome::NotSent, "the fleet was stopped"));
            }
            if self.is_time_to_ask() || client.is_interrupted() {
                client.check_interrupt(Outcome::NotSent)?;
                // A signal's handler that the hook runs may fork.
                self.require_own_process()?;
            }
            if let Some(step) = self.next_step()? {
                return Ok(step);
            }
        }
    }

    fn require_own_process(&self) -> Result<()> {
        if fork::generation() == self.process {
            return Ok(());
        }
        Err(Error::invalid_argument(
            "the fleet belongs to the process that has started it; a forked child has none of its threads",
        ))
    }

    /// Whether the interrupt hook was not asked for a while: also between results, since many may be there and their
    /// caller may take long with each.
    fn is_time_to_ask(&self) -> bool {
        let mut shared = self.lock();
        let is_time = shared.asked_at.elapsed() >= SLICE / 2;
        if is_time {
            shared.asked_at = Instant::now();
        }
        is_time
    }

    fn next_step(&self) -> Result<Option<FleetStep>> {
        let mut shared = self.lock();
        if let Some(failure) = shared.plan.take_failure() {
            return Err(failure);
        }
        let is_over = shared.plan.is_over();
        if self.patience.is_over() && !is_over {
            let result = shared.plan.take_result();
            return result
                .map(|result| Some(FleetStep::Result(result)))
                .ok_or_else(|| ends::timed_out(self.patience.seconds(), &shared.counts()));
        }
        if shared.plan.results() < MOST_RESULTS {
            let wanted = shared.plan.wanted();
            if wanted > 0 {
                return Ok(Some(FleetStep::Wants(wanted)));
            }
        }
        if let Some(result) = shared.plan.take_result() {
            return Ok(Some(FleetStep::Result(result)));
        }
        let counts = shared.counts();
        if counts != shared.shown && (is_over || shared.shown_at.elapsed() >= PROGRESS) {
            (shared.shown, shared.shown_at) = (counts, Instant::now());
            return Ok(Some(FleetStep::Progress(counts)));
        }
        if is_over {
            return Ok(Some(FleetStep::End));
        }
        drop(self.has_news.wait_timeout(shared, SLICE));
        Ok(None)
    }

    /// Ends what the fleet's threads are at, within 100 ms. What the service has accepted goes on there.
    pub fn stop(&self) {
        self.crew.stop();
        // A thread that has just seen that it goes on is asleep by then, so that it can be woken.
        drop(self.lock());
        self.wake_all();
    }

    /// How far it has come.
    pub fn counts(&self) -> FleetCounts {
        self.lock().counts()
    }

    /// Notes, once its threads have ended, what they have left unfinished: something was sent for these disks,
    /// and what has come of it is not known.
    pub fn end(&self) -> FleetCounts {
        let mut shared = self.lock();
        let mut left = shared.plan.give_up(|pending| ends::unfinished(W::NAME, W::DEED, pending));
        left.sort_by_key(|result| result.index);
        shared.unfinished.extend(left);
        shared.counts()
    }

    /// Takes the results that [`Fleet::end`] has made.
    pub fn take_unfinished(&self) -> Vec<FleetResult> {
        std::mem::take(&mut self.lock().unfinished)
    }

    /// The error that has ended the fleet, with the counts and the unfinished disks as its detail. Its outcome is
    /// unknown if the fleet has changed any disk, or may have. Call [`Fleet::end`] before.
    pub fn explain(&self, client: &Client, error: Error) -> Error {
        let shared = self.lock();
        let counts = shared.counts();
        let detail = ends::detail(&counts, &shared.unfinished);
        let error = error.with_more_detail(detail).with_hint(self.work.hint(&counts));
        let has_changed = counts.has_changed_something() || shared.plan.is_any_unknown();
        let error = if has_changed { error.unclear() } else { error };
        error.in_operation(W::NAME, None).without(client.secrets())
    }

    fn lock(&self) -> MutexGuard<'_, Shared<<W as FleetWork>::Spec>> {
        // A plan is changed by code that does not panic.
        self.shared.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl<S> Shared<S> {
    fn counts(&self) -> FleetCounts {
        let mut counts = self.plan.counts();
        counts.not_started += self.total.map_or(0, |total| total.saturating_sub(self.offered));
        counts
    }
}
