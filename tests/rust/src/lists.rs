//! The operations that list.

use katapult_disk::{
    Client, DiskBackupPolicyOwner, ListDataCenters, ListDiskBackupPolicies, ListDiskIoProfiles,
    ListDiskTemplateVersions, ListDiskTemplates, ListDisks, ListTrashObjects,
    ListVirtualMachineDisks, ListVirtualMachines, Result,
};
use serde_json::Value;

use crate::answers::{items, part};
use crate::arguments::Arguments;

pub(crate) fn call(
    client: &Client,
    operation: &str,
    arguments: &Arguments,
) -> Result<Option<Value>> {
    let page = None;
    let organization = || arguments.optional_lookup("organization");
    let per_page = arguments.optional_whole_number("page_size");
    let value = match operation {
        "list_data_centers" => part(client, &ListDataCenters, "data_centers"),
        "list_disks" => {
            let annotations = arguments.annotations()?;
            let organization = organization()?;
            items(client, ListDisks { organization, annotations, page, per_page: per_page? })
        }
        "list_virtual_machine_disks" => {
            let virtual_machine = arguments.lookup("virtual_machine")?;
            items(client, ListVirtualMachineDisks { virtual_machine, page, per_page: per_page? })
        }
        "list_virtual_machines" => {
            let annotations = arguments.annotations()?;
            let organization = organization()?;
            let per_page = per_page?;
            items(client, ListVirtualMachines { organization, annotations, page, per_page })
        }
        "list_disk_io_profiles" => {
            let organization = organization()?;
            items(client, ListDiskIoProfiles { organization, page, per_page: per_page? })
        }
        "list_disk_templates" => {
            let list = ListDiskTemplates {
                organization: organization()?,
                operating_system: arguments.optional_lookup("operating_system")?,
                include_universal: arguments.flag("include_universal")?.unwrap_or(false),
                page,
                per_page: per_page?,
            };
            items(client, list)
        }
        "list_disk_template_versions" => {
            let disk_template = arguments.lookup("disk_template")?;
            items(client, ListDiskTemplateVersions { disk_template, page, per_page: per_page? })
        }
        "list_disk_backup_policies" => {
            let owner = DiskBackupPolicyOwner::of(
                organization()?,
                arguments.optional_lookup("virtual_machine")?,
                arguments.optional_lookup("disk")?,
                // Where a bool says it, false is the same as nothing.
                arguments.flag("include_disks")?.filter(|include| *include),
            )?;
            items(client, ListDiskBackupPolicies { owner, page, per_page: per_page? })
        }
        "list_trash_objects" => {
            let organization = organization()?;
            items(client, ListTrashObjects { organization, page, per_page: per_page? })
        }
        _ => return Ok(None),
    };
    value.map(Some)
}
