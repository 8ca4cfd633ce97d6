//! The operations on tasks and on the trash.

use std::time::Duration;

use katapult_disk::{
    Client, GetTask, GetTrashObject, PurgeAllTrash, PurgeTrashObject, RestoreTrashObject, Result,
};
use serde_json::Value;

use crate::answers::{parsed, part};
use crate::arguments::Arguments;

pub(crate) fn call(
    client: &Client,
    operation: &str,
    arguments: &Arguments,
) -> Result<Option<Value>> {
    let trash_object = || arguments.lookup("trash_object");
    let value = match operation {
        "get_task" => part(client, &GetTask { task: arguments.lookup("task_id")? }, "task"),
        "wait_task" => wait_task(client, arguments),
        "get_trash_object" => {
            part(client, &GetTrashObject { trash_object: trash_object()? }, "trash_object")
        }
        "restore_trash_object" => {
            part(client, &RestoreTrashObject { trash_object: trash_object()? }, "trash_object")
        }
        "purge_trash_object" => {
            part(client, &PurgeTrashObject { trash_object: trash_object()? }, "task")
        }
        "purge_all_trash" => {
            let organization = arguments.optional_lookup("organization")?;
            part(client, &PurgeAllTrash { organization }, "task")
        }
        _ => return Ok(None),
    };
    value.map(Some)
}

fn wait_task(client: &Client, arguments: &Arguments) -> Result<Value> {
    let task = arguments.lookup("task_id")?;
    let timeout = arguments.0.get("timeout").and_then(Value::as_f64);
    let timeout = timeout.map(Duration::from_secs_f64);
    let last = client.wait_task_response(task, timeout, &mut |_, _| Ok(()))?;
    Ok(parsed(last.body())["task"].take())
}
