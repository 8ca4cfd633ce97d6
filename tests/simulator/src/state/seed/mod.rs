//! What there is at the start. All ids and names are made up.

mod api_tokens;
mod catalog;
mod disks;
mod environment;
mod identity;
mod machines;
mod networks;
mod nova;
mod organizations;
mod policies;
mod templates;

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use serde_json::{Value, json};

use super::work::Underway;
use super::{
    Answers, Cause, Clock, Conditions, Counts, Disks, Failing, History, Identity, Latency,
    LimitClock, Lists, NextTask, RateLimit, Requests, State, Terms, Trash, TrashObject,
};
use crate::Options;
use crate::base_url::BaseUrl;

pub(super) use disks::disk;
pub(crate) use identity::{APPLICATION_CREDENTIAL, DOMAINS, OTHER_REGION, PROJECTS, REGION, USERS};
pub(super) use identity::{OPERATOR, PROJECT};
pub(super) use machines::machine;
pub(super) use organizations::organization;

pub(crate) const OPENSTACK_TOKEN: &str = "openstack-sim-token-u2Wn4kRt9E";
pub(crate) const PROJECT_ID: &str = "d0eff043e6f6f85fbba0fbbf25aa0678";

const ORGANIZATION: &str = "org_SimuOrganization";
const OTHER_ORGANIZATION: &str = "org_SimOrganization2";
const RUNNING_MACHINE: &str = "vm_SimRunningServer";
const STOPPED_MACHINE: &str = "vm_SimStoppedServer";
const UNASSIGNED_DISK: &str = "disk_SimUnassignedOne";
const ATTACHED_DISK: &str = "disk_SimAttachedDisk1";
const DETACHED_DISK: &str = "disk_SimDetachedDisk1";
const BOOT_DISK: &str = "disk_SimBootDisk00001";
const TRASHED_DISK: &str = "disk_SimTrashedDisk01";
const TRASH_OBJECT: &str = "trsh_SimTrashObject01";
const UNIVERSAL_TEMPLATE: &str = "dtpl_SimDiskTemplate1";
const OWN_TEMPLATE: &str = "dtpl_SimDiskTemplate3";
const LATEST_VERSION: &str = "dtv_SimTemplVersion2";
const OLD_VERSION: &str = "dtv_SimTemplVersion1";
const OPERATING_SYSTEM: &str = "os_SimOperatingSys1";
const MACHINE_POLICY: &str = "dbp_SimBackupPolicy1";
const DISK_POLICY: &str = "dbp_SimBackupPolicy2";

impl State {
    /// With these objects, or else with the usual ones.
    ///
    /// # Errors
    /// There is a mistake in the objects.
    pub(crate) fn start(
        options: &Options,
        base_url: BaseUrl,
        initial: Option<Arc<Value>>,
    ) -> Result<Self, String> {
        let Some(objects) = initial else { return Ok(Self::new(options, base_url)) };
        let mut state = Self::empty(options, base_url);
        state.load(&objects)?;
        state.initial = Some(objects);
        Ok(state)
    }

    pub(crate) fn new(options: &Options, base_url: BaseUrl) -> Self {
        let mut state = Self::empty(options, base_url);
        let now = state.clock.seconds();
        state.data_centers = catalog::data_centers().into();
        state.io_profiles = catalog::io_profiles();
        state.packages = catalog::packages().into();
        state.networks = networks::networks().into();
        state.virtual_networks = networks::virtual_networks();
        state.network_speed_profiles = networks::speed_profiles();
        state.disk_templates = templates::disk_templates();
        state.virtual_machines = machines::machines(now);
        state.network_interfaces = networks::interfaces();
        for disk in disks::disks(now, &state.virtual_machines[0]) {
            state.disks.insert(disk);
        }
        state.backup_policies = policies::backup_policies(now);
        state.put_into_trash(TrashObject {
            id: TRASH_OBJECT.into(),
            keep_until: now + super::trash::KEPT_SECONDS - 600,
            object_id: Some(TRASHED_DISK.into()),
            object_type: "Disk".into(),
            organization: String::new(),
        });
        state.seed_other_organization(now);
        state
    }

    /// Only the organization, and what Nova has.
    pub(crate) fn empty(options: &Options, base_url: BaseUrl) -> Self {
        let clock = Clock::new();
        Self {
            options: options.clone(),
            initial: None,
            base_url,
            organizations: organizations::organizations(),
            api_tokens: api_tokens::api_tokens(),
            asker: None,
            data_centers: Vec::new(),
            io_profiles: Vec::new(),
            disk_templates: Vec::new(),
            packages: Vec::new(),
            networks: Vec::new(),
            virtual_networks: Vec::new(),
            network_speed_profiles: Vec::new(),
            virtual_machines: Vec::new(),
            network_interfaces: Vec::new(),
            disks: Disks::default(),
            backup_policies: Vec::new(),
            trash: Trash::default(),
            created: 0,
            latest_created: None,
            tasks: HashMap::new(),
            queues: HashMap::new(),
            underway: Underway::default(),
            next_task: NextTask::default(),
            task_times: options.task_times.clone(),
            rate_limit: RateLimit::new(Terms {
                permitted: options.rate_limit,
                minute_seconds: options.minute_seconds,
                late_reset: Duration::ZERO,
                clock: LimitClock::Wall,
            }),
            counts: Counts::default(),
            latency: Latency::default(),
            failing: Failing::default(),
            large_set: false,
            servers: nova::servers(clock.unix()),
            volumes: nova::volumes(clock.unix()),
            actions: nova::actions(clock.unix()),
            conditions: Conditions::default(),
            identity: Identity::new(),
            clock,
            answers: Answers::default(),
            requests: Requests::default(),
            lists: Lists::default(),
            history: History::default(),
            stands_still: false,
            cause: Cause::default(),
        }
    }

    pub(crate) fn description(&self) -> Value {
        self.description_at(self.base_url.described())
    }

    /// For a client that reaches the simulator by this URL.
    pub(crate) fn description_at(&self, base_url: &str) -> Value {
        let mut description = self.katapult_description(base_url);
        for more in [api_tokens::description(), identity::description(base_url)] {
            identity::extend(&mut description, more);
        }
        description["environment"] = environment::environment(&description);
        description
    }

    fn katapult_description(&self, base_url: &str) -> Value {
        let machine =
            |id: &str| json!({ "id": id, "fqdn": self.machine(id).map(|machine| machine.fqdn()) });
        json!({
            "katapult_url": format!("{base_url}/core/v1"),
            "organization": self.main_organization().sub_domain(),
            "organization_id": self.main_organization().id(),
            "other_organization": self.other_description(),
            "data_center": self.data_centers.first().map(|place| &place.permalink),
            "virtual_machine": machine(RUNNING_MACHINE),
            "stopped_virtual_machine": machine(STOPPED_MACHINE),
            "network_interface": networks::NETWORK_INTERFACE,
            "disks": {
                "unassigned": UNASSIGNED_DISK,
                "attached": ATTACHED_DISK,
                "detached": DETACHED_DISK,
                "boot": BOOT_DISK,
                "trashed": TRASHED_DISK,
            },
            "trash_object_id": TRASH_OBJECT,
            "disk_templates": { "universal": UNIVERSAL_TEMPLATE, "own": OWN_TEMPLATE },
            "disk_template_versions": { "latest": LATEST_VERSION, "old": OLD_VERSION },
            "operating_system_id": OPERATING_SYSTEM,
            "disk_backup_policies": { "virtual_machine": MACHINE_POLICY, "disk": DISK_POLICY },
            "control_url": format!("{base_url}/__sim"),
            "ui_url": format!("{base_url}/__sim/ui"),
            "control_token": self.options.control_token,
        })
    }
}
