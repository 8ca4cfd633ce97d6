//! Everything the simulated services know, and how time changes it. No HTTP here.

mod actions;
mod answers;
mod api_tokens;
mod attaching;
mod catalog;
mod changes;
mod clock;
mod cloud_orders;
mod counts;
mod disk_collection;
mod disks;
mod durations;
mod failing;
mod history;
mod identity;
mod ids;
mod latency;
mod listing;
mod lists;
mod machines;
mod networks;
mod objects;
mod openstack;
mod organization;
mod past;
mod place;
mod policies;
mod power;
mod rate_limit;
mod requests;
mod seconds;
mod seed;
mod servers;
mod tasks;
mod templates;
mod timestamp;
mod trash;
mod volumes;
mod weight;
mod work;

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::Value;

pub(crate) use actions::{Action, ActionEnd, Deed};
pub(crate) use answers::{Act, Aim, Answer, Answers, Canned, Kind, Performed, Sent, Service};
pub(crate) use api_tokens::{ApiToken, ApiTokens, Asker, Grant};
pub(crate) use attaching::Attach;
pub(crate) use catalog::{Country, DataCenter, IoProfile, Named, Package};
pub(crate) use changes::Change;
pub(crate) use clock::Clock;
pub(crate) use cloud_orders::{
    CloudAct, ConditionsOrder, NotDone, ServerOrder, TokensOrder, VolumeOrder,
};
pub(crate) use counts::{Counted, Counts};
pub(crate) use disk_collection::Disks;
pub(crate) use disks::{Annotation, Disk, FileSystem, VirtualMachineDisk, VirtualMachineReference};
pub(crate) use durations::check_kind;
pub(crate) use failing::{Failing, Failure};
pub(crate) use history::Cause;
pub(crate) use identity::{
    ApplicationCredential, Caller, Domain, Identity, Login, NoCaller, Project, Role, Token, User,
};
pub(crate) use ids::{new_id, new_mac_address, new_uuid, new_wwn};
pub(crate) use latency::Latency;
pub(crate) use lists::Deceit;
pub(crate) use machines::VirtualMachine;
pub(crate) use networks::{
    Network, NetworkInterface, NetworkSpeedProfile, VirtualNetwork, network_of,
};
pub(crate) use openstack::{Conditions, RootDevice};
pub(crate) use organization::{Organization, OrganizationState};
pub(crate) use past::Looks;
pub(crate) use place::Placed;
pub(crate) use policies::{BackupPolicy, Interval, Schedule, Target};
pub(crate) use power::Power;
pub(crate) use rate_limit::{Allowance, LimitClock, RateLimit, Terms};
pub(crate) use requests::{LoggedRequest, Requests};
pub(crate) use seconds::{LONGEST, Seconds};
pub(crate) use seed::{APPLICATION_CREDENTIAL, DOMAINS, OTHER_REGION, PROJECTS, REGION, USERS};
pub(crate) use servers::Server;
pub(crate) use tasks::{BriefTask, NextTask, Task, TaskNotQueued, TaskView};
pub(crate) use templates::{DiskTemplate, DiskTemplateVersion, OperatingSystem, SpecField};
pub(crate) use timestamp::{iso_time, timestamp, whole_seconds};
pub(crate) use trash::{Trash, TrashObject};
pub(crate) use volumes::{Attachment, Mode, NewVolume, Volume, VolumeStatus};

use history::History;
use lists::Lists;
use power::Queue;
use work::Underway;

use crate::Options;
use crate::base_url::BaseUrl;

/// The state of one simulator.
pub(crate) struct State {
    options: Options,
    /// The objects to begin with, if they are not the usual ones.
    initial: Option<Arc<Value>>,
    pub(crate) base_url: BaseUrl,
    pub(crate) clock: Clock,

    /// There is always one, and the first is the main one.
    pub(crate) organizations: Vec<Organization>,
    pub(crate) api_tokens: ApiTokens,
    /// Whose request is being performed; None for orders, and for what happens by itself.
    pub(crate) asker: Option<Asker>,
    pub(crate) data_centers: Vec<DataCenter>,
    pub(crate) io_profiles: Vec<IoProfile>,
    pub(crate) disk_templates: Vec<DiskTemplate>,
    pub(crate) packages: Vec<Package>,
    pub(crate) networks: Vec<Network>,
    pub(crate) virtual_networks: Vec<VirtualNetwork>,
    pub(crate) network_speed_profiles: Vec<NetworkSpeedProfile>,
    pub(crate) virtual_machines: Vec<VirtualMachine>,
    pub(crate) network_interfaces: Vec<NetworkInterface>,
    pub(crate) disks: Disks,
    pub(crate) backup_policies: Vec<BackupPolicy>,
    pub(crate) trash: Trash,
    /// Disks made by the API since the start or the last reset.
    pub(crate) created: usize,
    /// The id of the latest of them.
    pub(crate) latest_created: Option<String>,
    pub(crate) tasks: HashMap<String, Task>,
    /// By the ids of machines.
    queues: HashMap<String, Queue>,
    /// What is going to happen, mostly by the unfinished tasks.
    underway: Underway,
    pub(crate) next_task: NextTask,
    /// By the kind of a task, where they differ from the option.
    task_times: BTreeMap<String, Duration>,
    pub(crate) rate_limit: RateLimit,
    pub(crate) counts: Counts,
    pub(crate) latency: Latency,
    pub(crate) failing: Failing,
    /// Lists do not tell how long they are.
    pub(crate) large_set: bool,

    pub(crate) servers: Vec<Server>,
    pub(crate) volumes: Vec<Volume>,
    /// The oldest first.
    pub(crate) actions: Vec<Action>,
    pub(crate) conditions: Conditions,
    pub(crate) identity: Identity,

    pub(crate) answers: Answers,
    pub(crate) requests: Requests,
    pub(crate) lists: Lists,
    pub(crate) history: History,
    /// Nothing happens by itself, and nothing is noted: the objects are others for a moment.
    pub(crate) stands_still: bool,
    /// Who makes the changes that happen now.
    pub(crate) cause: Cause,
}

impl State {
    /// Back to the start, or to nothing: only the address and the options remain.
    pub(crate) fn reset(&mut self, to_nothing: bool) {
        if let Some(seed) = self.options.seed {
            fastrand::seed(seed);
        }
        let (options, base_url) = (self.options.clone(), self.base_url.clone());
        let initial = self.initial.take();
        *self = if to_nothing {
            Self::empty(&options, base_url)
        } else {
            // The simulator has started with them.
            let started = Self::start(&options, base_url.clone(), initial.clone());
            started.unwrap_or_else(|_| Self::empty(&options, base_url))
        };
        self.initial = initial;
    }

    /// How long a minute is, unless an order says something else.
    pub(crate) fn minute_seconds(&self) -> u32 {
        self.options.minute_seconds
    }

    /// Counts a request for the rate limit.
    pub(crate) fn count(&mut self, token: Option<ApiToken>) -> Allowance {
        self.rate_limit.count(token, &self.clock)
    }

    /// What the rate limit says at present.
    pub(crate) fn allowance(&mut self, token: Option<ApiToken>) -> Allowance {
        self.rate_limit.now(token, &self.clock)
    }

    /// Lets happen what is due.
    fn advance(&mut self) {
        self.disks.set_now(self.clock.now());
        if self.stands_still {
            return;
        }
        self.note(self.cause);
        self.finish_work();
        self.trash_due_policies();
        self.purge_expired();
        self.finish_servers();
        self.finish_volumes();
        self.note(Cause::Order);
    }
}

/// The state, as all connections share it.
#[derive(Clone)]
pub(crate) struct Shared(Arc<Mutex<State>>);

impl Shared {
    pub(crate) fn new(state: State) -> Self {
        Self(Arc::new(Mutex::new(state)))
    }

    /// The state as of now.
    pub(crate) fn lock(&self) -> MutexGuard<'_, State> {
        // No operation leaves the state half changed, so one that panicked does not spoil it for
        // the others.
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.advance();
        state
    }
}

/// Time since the Unix epoch.
pub(crate) fn unix_now() -> Duration {
    SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default()
}
