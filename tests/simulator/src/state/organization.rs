//! Organizations, and what belongs to them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::State;

/// An organization is its document; what its state says of itself there follows from `state`.
#[derive(Clone)]
pub(crate) struct Organization {
    pub(crate) document: Map<String, Value>,
    pub(crate) state: OrganizationState,
}

#[derive(Clone, Copy, Deserialize, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub(crate) enum OrganizationState {
    Active,
    Suspended,
    NotActivated,
}

impl Organization {
    pub(crate) fn id(&self) -> &str {
        self.text("id")
    }

    pub(crate) fn sub_domain(&self) -> &str {
        self.text("sub_domain")
    }

    pub(crate) fn infrastructure_domain(&self) -> &str {
        self.text("infrastructure_domain")
    }

    pub(crate) fn is(&self, id_or_sub_domain: &str) -> bool {
        [self.id(), self.sub_domain()].contains(&id_or_sub_domain)
    }

    pub(crate) fn view(&self) -> Map<String, Value> {
        let mut view = self.document.clone();
        view.insert("suspended".into(), (self.state == OrganizationState::Suspended).into());
        if self.state == OrganizationState::NotActivated {
            view.insert("activated_at".into(), Value::Null);
        }
        view
    }

    fn text(&self, key: &str) -> &str {
        self.document.get(key).and_then(Value::as_str).unwrap_or_default()
    }
}

impl State {
    /// The one to which everything belongs that a test places without saying more.
    pub(crate) fn main_organization(&self) -> &Organization {
        &self.organizations[0]
    }

    pub(crate) fn organization(&self, id: &str) -> Option<&Organization> {
        self.organizations.iter().find(|organization| organization.id() == id)
    }

    /// By its id or its sub-domain; without either, the main one.
    pub(crate) fn organization_mut(&mut self, key: Option<&str>) -> Option<&mut Organization> {
        match key {
            Some(key) => self.organizations.iter_mut().find(|it| it.is(key)),
            None => self.organizations.first_mut(),
        }
    }

    /// That of a disk, a machine or a backup policy.
    pub(crate) fn owner_of(&self, id: &str) -> Option<&str> {
        let disk = self.disks.get(id).map(|disk| disk.organization.as_str());
        let machine = || self.machine(id).map(|machine| machine.organization.as_str());
        let policy = || self.backup_policies.iter().find(|policy| policy.id == id);
        disk.or_else(machine).or_else(|| self.owner_of(policy()?.target.id()))
    }

    /// Gives an organization another id, and all that belongs to it.
    pub(crate) fn rename_organization(&mut self, from: &str, to: &str) {
        let rename = |organization: &mut String| {
            if organization == from {
                to.clone_into(organization);
            }
        };
        if let Some(organization) = self.organization_mut(Some(from)) {
            organization.document.insert("id".into(), to.into());
        }
        self.disks.for_each_mut(|disk| rename(&mut disk.organization));
        self.virtual_machines.iter_mut().for_each(|machine| rename(&mut machine.organization));
        self.virtual_networks.iter_mut().for_each(|network| rename(&mut network.organization));
        self.tasks.values_mut().for_each(|task| rename(&mut task.organization));
        self.trash.for_each_mut(|trash_object| rename(&mut trash_object.organization));
        self.disk_templates.iter_mut().for_each(|template| rename(&mut template.organization));
        self.api_tokens.for_each_mut(|grant| grant.organizations.iter_mut().for_each(rename));
    }
}
