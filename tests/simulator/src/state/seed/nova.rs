//! Nova's servers and their volumes: in each region, each project has others.

use std::collections::BTreeMap;
use std::time::Duration;

use super::identity::{
    OPERATOR, OTHER_PROJECT, OTHER_REGION, PROJECT, PROJECT_OF_OTHER_DOMAIN, REGION,
    SECOND_PROJECT, USERS,
};
use crate::state::{Action, ActionEnd, Attachment, NewVolume, Project, Server, User, Volume};

/// What a project has in a region: a server with two volumes, and a volume that is free.
pub(super) struct Content {
    pub(super) region: &'static str,
    pub(super) project: &'static Project,
    name: &'static str,
    pub(super) server_id: &'static str,
    pub(super) root_volume: VolumeIds,
    pub(super) volume: VolumeIds,
    pub(super) free_volume_id: &'static str,
}

pub(super) struct VolumeIds {
    pub(super) id: &'static str,
    attachment_id: &'static str,
    bdm_uuid: &'static str,
}

pub(super) fn content(region: &str, project: &Project) -> Option<&'static Content> {
    CONTENTS.iter().find(|content| content.region == region && content.project.id == project.id)
}

/// Servers and volumes were made an hour ago.
const AGE: Duration = Duration::from_secs(60 * 60);

pub(super) fn servers(now: Duration) -> Vec<Server> {
    CONTENTS.iter().enumerate().map(|(number, content)| server(content, number, now)).collect()
}

fn server(content: &Content, number: usize, now: Duration) -> Server {
    Server {
        id: content.server_id.into(),
        name: content.name.into(),
        region: content.region,
        project_id: content.project.id,
        user_id: user_of(content.project),
        // Of a block that is set aside for documentation.
        address: format!("192.0.2.{}", 10 + number),
        created_at: now.saturating_sub(AGE),
        updated_at: now.saturating_sub(AGE),
        vm_state: "active".into(),
        task_state: None,
        idle_at: None,
        locked: false,
        compute_down: false,
    }
}

pub(super) fn actions(now: Duration) -> Vec<Action> {
    let started_at = now.saturating_sub(AGE);
    let at = started_at + Duration::from_millis(2_750);
    vec![Action {
        action: "create",
        server_id: CONTENTS[0].server_id.into(),
        request_id: "req-4f0c92d1-7b1e-4c58-a6d3-2e95b8f07c41".into(),
        user_id: OPERATOR.id,
        project_id: PROJECT.id,
        started_at,
        event: "compute__do_build_and_run_instance",
        end: Some(ActionEnd { at, failed: false }),
    }]
}

pub(super) fn volumes(now: Duration) -> Vec<Volume> {
    let three = |content: &Content| {
        let root = attached(content, &content.root_volume, now, true);
        let data = attached(content, &content.volume, now, false);
        [root, data, named(content, content.free_volume_id, "spare-1", now)]
    };
    CONTENTS.iter().flat_map(three).collect()
}

fn attached(content: &Content, ids: &VolumeIds, now: Duration, is_root: bool) -> Volume {
    let name = if is_root { "root" } else { "data" };
    let device = if is_root { "/dev/sda" } else { "/dev/sdb" };
    let volume = named(content, ids.id, &format!("{}-{name}", content.name), now);
    let attachment = Attachment {
        server_id: content.server_id.into(),
        device: device.into(),
        attachment_id: ids.attachment_id.into(),
        bdm_uuid: ids.bdm_uuid.into(),
        is_root,
        tag: None,
        delete_on_termination: false,
        attached_at: volume.created_at,
    };
    Volume { attachment: Some(attachment), attached: true, bootable: is_root, ..volume }
}

fn named(content: &Content, id: &str, name: &str, now: Duration) -> Volume {
    let new = NewVolume {
        id: id.into(),
        name: name.into(),
        description: None,
        size_in_gb: 10,
        metadata: BTreeMap::new(),
        region: content.region,
        project_id: content.project.id,
        user_id: user_of(content.project),
    };
    let created_at = now.saturating_sub(AGE);
    Volume { updated_at: Some(created_at), ..new.made(created_at) }
}

fn user_of(project: &Project) -> &'static str {
    let is_its =
        |user: &&&User| user.may_write() && user.projects.iter().any(|it| it.id == project.id);
    USERS.iter().find(is_its).map_or("", |user| user.id)
}

/// The first is what the description tells first.
pub(super) static CONTENTS: [Content; 8] = [
    Content {
        region: REGION,
        project: &PROJECT,
        name: "web-1",
        server_id: "d7e1f694-09ca-4323-9cab-960297cfd9f3",
        root_volume: VolumeIds {
            id: "16a94610-d04a-44e2-aafa-2efefb2a7df9",
            attachment_id: "ce971f47-f754-46b7-95d8-6321d220a8e7",
            bdm_uuid: "2c140f1b-b7fb-48e3-a268-a26e36442a20",
        },
        volume: VolumeIds {
            id: "5c8f49bf-fbb9-4f67-bbac-e4cca869b335",
            attachment_id: "2de78590-3cc2-4123-a54c-45fdfdc6a626",
            bdm_uuid: "0b439148-1206-4f40-9d0e-fa1c0b4f6d27",
        },
        free_volume_id: "e539a78b-c8ef-4346-8b12-ae6ead581e57",
    },
    Content {
        region: OTHER_REGION,
        project: &PROJECT,
        name: "web-1",
        server_id: "a3f96f0e-5143-4d1f-8d68-615c80690847",
        root_volume: VolumeIds {
            id: "b969ec07-f1f8-4a79-af37-1d87d8a8f065",
            attachment_id: "8d1a6bff-ff9a-4914-a335-e9e266cea9fa",
            bdm_uuid: "caa7e9bf-d007-44a1-a3cf-493f0febddf8",
        },
        volume: VolumeIds {
            id: "e1ff83ab-26a2-458f-b252-1553e014be00",
            attachment_id: "cd425ec3-8f13-4999-8869-510db4a02517",
            bdm_uuid: "54bec7d8-35c3-4744-af92-9a91f4873115",
        },
        free_volume_id: "331241a9-82f1-4ec0-9ee5-7012853d452f",
    },
    Content {
        region: REGION,
        project: &SECOND_PROJECT,
        name: "web-1",
        server_id: "b730d88f-e1e8-44aa-9f9d-b8dd8a3b09dd",
        root_volume: VolumeIds {
            id: "68e06b0c-4f27-435c-91b5-aecda386a3a0",
            attachment_id: "dbd5f6d2-f095-49af-81dd-a9da14f50791",
            bdm_uuid: "9995d8aa-ff0f-4b81-a3e2-889c795e846b",
        },
        volume: VolumeIds {
            id: "689edcd6-cfec-4e2c-aebf-999324405d96",
            attachment_id: "561d2417-eb83-4ba8-818d-ced3d0398c72",
            bdm_uuid: "925b1ec9-5f48-47bc-aeca-ce3c0490ca26",
        },
        free_volume_id: "877994af-ff2f-4504-98e0-0e8c64beb012",
    },
    Content {
        region: OTHER_REGION,
        project: &SECOND_PROJECT,
        name: "web-1",
        server_id: "bd27b4f2-c085-4ac9-a599-e3580d3a2dc6",
        root_volume: VolumeIds {
            id: "7a2c3b72-f5a2-424a-8ce0-2d285ac9cd0e",
            attachment_id: "01520627-c63d-4f69-947f-eaa35ff4cb50",
            bdm_uuid: "1df99531-3d2b-4a36-a7cc-1752de27660b",
        },
        volume: VolumeIds {
            id: "3fa244ad-f517-4775-b6be-6e688e8b88c2",
            attachment_id: "0ee06e0b-5c15-4fd1-b515-f75186e41524",
            bdm_uuid: "468629e8-c956-43ef-9071-e6da44673e23",
        },
        free_volume_id: "9851e4d5-25f4-4a82-95af-4c654a13d22e",
    },
    Content {
        region: REGION,
        project: &OTHER_PROJECT,
        name: "web-2",
        server_id: "83b5d0c7-1f46-4e2a-9c38-65ad07e1f2b9",
        root_volume: VolumeIds {
            id: "4dad2986-ce83-4960-aa06-e9ab85a0bcc1",
            attachment_id: "2cb85f3f-4a24-439a-9d99-8017f5e2fc57",
            bdm_uuid: "8a4996ef-b447-40ce-b484-38b5c41f9dfd",
        },
        volume: VolumeIds {
            id: "eae0d2c1-1c33-4464-873d-212ba950666d",
            attachment_id: "d0b0090d-6259-4992-bfb8-1d2706e55426",
            bdm_uuid: "dc159e6a-409c-48f2-ab68-b48ebf13c171",
        },
        free_volume_id: "69701591-42ac-430c-9b90-1e7842d60baa",
    },
    Content {
        region: OTHER_REGION,
        project: &OTHER_PROJECT,
        name: "web-2",
        server_id: "d422051f-9a98-44d0-bf5d-a6cc3157e672",
        root_volume: VolumeIds {
            id: "e6d747b4-8db0-4b42-887b-5f5f8e384a7b",
            attachment_id: "4ebf6be1-a897-498f-800b-49322125fd8a",
            bdm_uuid: "2bb4c811-51a2-4dc3-990a-d570eaa1a8c3",
        },
        volume: VolumeIds {
            id: "932d838d-e8b6-453d-9817-d0235502bfbd",
            attachment_id: "55c9dfdb-45c7-4738-884b-75db940e6e2b",
            bdm_uuid: "fd9399c0-c0d6-4421-8cf5-ce20027fd9eb",
        },
        free_volume_id: "d5a262c8-4495-4e11-b7cf-5a6c53ce530e",
    },
    Content {
        region: REGION,
        project: &PROJECT_OF_OTHER_DOMAIN,
        name: "web-1",
        server_id: "bea12ba5-7797-49dc-84eb-48705916ca58",
        root_volume: VolumeIds {
            id: "0dd00e8f-a212-48fc-b94b-aead45c2c169",
            attachment_id: "42114abf-4f4e-45b4-b2c3-233dba9eba35",
            bdm_uuid: "b71e77b2-fc9e-4dc6-bf89-b6551335276b",
        },
        volume: VolumeIds {
            id: "9efd9ce2-054a-408a-bc22-ca48e8f8746d",
            attachment_id: "236dac08-af9d-4634-8676-b326906e6a67",
            bdm_uuid: "f391361a-bb4c-4a3e-bc21-ab0d672bd7e9",
        },
        free_volume_id: "e5aefe75-5353-4361-85f6-ffa81b8e8d8d",
    },
    Content {
        region: OTHER_REGION,
        project: &PROJECT_OF_OTHER_DOMAIN,
        name: "web-1",
        server_id: "d1032239-9713-485b-ba84-3e7cf5b67503",
        root_volume: VolumeIds {
            id: "fed259c3-3215-4f4f-aeeb-dd04643e2ec8",
            attachment_id: "ad22a5cd-269a-4d1d-b5fd-749b405cf5d4",
            bdm_uuid: "0cdbbb62-365f-4c2c-a849-dddd1c43af35",
        },
        volume: VolumeIds {
            id: "4e1c7a41-8977-4347-b928-8931d78ee74f",
            attachment_id: "50c5238c-eb91-4b43-a3c4-4e83ce104541",
            bdm_uuid: "2954cac8-0ca8-4ac8-90ef-f308cf8f95c3",
        },
        free_volume_id: "9e1b43fd-91b9-46a2-85da-31934fa1f5f5",
    },
];
