//! What a client knows that calls need not say.

use serde::Serialize;
use serde_json::{Map, Value};

use crate::{DataCenterRef, Error, OrganizationRef, Result};

/// What a client knows that calls need not say.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Defaults {
    /// The organization of calls that name none.
    pub organization: Option<OrganizationRef>,
    /// The data center of disks that are created without one.
    pub data_center: Option<DataCenterRef>,
}

impl Defaults {
    /// Finds mistakes before a call does.
    pub(crate) fn check(&self) -> Result<()> {
        if let Some(organization) = &self.organization {
            organization.pair()?;
        }
        if let Some(data_center) = &self.data_center {
            data_center.pair()?;
        }
        Ok(())
    }

    /// Adds the organization to the arguments of a call that needs one and names none.
    pub(crate) fn add_organization(&self, arguments: &mut Map<String, Value>) -> Result<()> {
        const NAME: &str = "organization";
        if arguments.contains_key(NAME) {
            return Ok(());
        }
        let organization = self.organization.as_ref().ok_or_else(|| {
            Error::invalid_argument(
                "organization is missing: give it with the call or to the client, or set \
                 KATAPULT_ORGANIZATION",
            )
        })?;
        arguments.insert(NAME.to_owned(), argument_value(organization)?);
        Ok(())
    }
}

/// An argument as it is sent.
pub(crate) fn argument_value(argument: &impl Serialize) -> Result<Value> {
    // The only values that do not serialise are references that name nothing.
    serde_json::to_value(argument).map_err(|error| Error::invalid_argument(error.to_string()))
}
