//! The operations and workflows of the Katapult client, each found by its name.

use katapult_disk::{
    CallAndWait, Client, CreateDisk, CreateDiskOnce, EnsureDiskAttached, EnsureDiskDeleted,
    EnsureDiskDetached, EnsureDiskSize, EnsureDiskUnassigned, Error, GetTask, ListItem,
    ListOperation, Operation, OperationVisitor, PageCursor, Result, TaskOperation, Workflow,
    each_operation,
};
use serde::de::DeserializeOwned;
use serde_json::Value;

use crate::question::Question;

pub(crate) fn call(client: &Client, question: &Question) -> Result<Value> {
    let run = Run { client, question };
    match question.operation() {
        "create_disk" if question.waits() || has_key(question) => {
            let create = question.read::<CreateDisk>()?;
            run.workflow(&CreateDiskOnce::new(create, question.waits()))
        }
        "wait_task" => {
            let task = question.read::<GetTask>()?.task;
            let response = client.wait_task_response(task, question.wait_options()?)?;
            Ok(parsed(response.body()))
        }
        "request" => {
            let (method, path, request) = question.own_request();
            Ok(parsed(client.request_with_json(method, path, &request)?.body()))
        }
        EnsureDiskAttached::NAME => run.workflow(&question.read::<EnsureDiskAttached>()?),
        EnsureDiskDetached::NAME => run.workflow(&question.read::<EnsureDiskDetached>()?),
        EnsureDiskUnassigned::NAME => run.workflow(&question.read::<EnsureDiskUnassigned>()?),
        EnsureDiskSize::NAME => run.workflow(&question.read::<EnsureDiskSize>()?),
        EnsureDiskDeleted::NAME => run.workflow(&question.read::<EnsureDiskDeleted>()?),
        _ => {
            let mut search = Search { run, found: None };
            each_operation(&mut search);
            let unknown = format!("the driver does not know {:?}", question.operation());
            search.found.unwrap_or_else(|| Err(Error::internal(unknown)))
        }
    }
}

fn has_key(question: &Question) -> bool {
    question.0["request"].get("idempotency_key").is_some()
}

/// Runs the one operation that has the name.
struct Search<'a> {
    run: Run<'a>,
    found: Option<Result<Value>>,
}

impl<'a> Search<'a> {
    fn run_if<O: Operation>(&mut self, run: impl FnOnce(&Run<'a>) -> Result<Value>) {
        if O::NAME == self.run.question.operation() {
            self.found = Some(run(&self.run));
        }
    }
}

impl OperationVisitor for Search<'_> {
    fn operation<O: Operation + DeserializeOwned>(&mut self) {
        self.run_if::<O>(Run::operation::<O>);
    }

    fn task<O: TaskOperation + DeserializeOwned>(&mut self) {
        self.run_if::<O>(Run::task::<O>);
    }

    fn list<O: ListOperation + DeserializeOwned>(&mut self) {
        self.run_if::<O>(Run::list::<O>);
    }
}

struct Run<'a> {
    client: &'a Client,
    question: &'a Question,
}

impl Run<'_> {
    /// The body as it came, provided that it decodes to the crate's types too.
    fn operation<O: Operation + DeserializeOwned>(&self) -> Result<Value> {
        let operation = self.question.read::<O>()?;
        let (decoded, response) = self.client.call_with_response(&operation)?;
        // For the tests that look for secrets: how everything looks.
        log::debug!("{:?} {response:?} {decoded:?}", self.client.request_of(&operation));
        Ok(parsed(response.body()))
    }

    fn task<O: TaskOperation + DeserializeOwned>(&self) -> Result<Value> {
        if self.question.waits() {
            return self.workflow(&CallAndWait(self.question.read::<O>()?));
        }
        self.operation::<O>()
    }

    /// All items as they came, page by page.
    fn list<O: ListOperation + DeserializeOwned>(&self) -> Result<Value> {
        let mut cursor = PageCursor::new(self.question.read::<O>()?);
        let mut items = Vec::new();
        while let Some(page) = cursor.fetch(self.client)? {
            let body = page.response.body();
            let Value::Array(all) = parsed(body)[O::Item::KEY].take() else {
                return Err(Error::internal("the items are not an array"));
            };
            let places = page.places.into_iter().map(|place| parsed(&body[place]));
            if all.len() != page.items.len() || !all.iter().cloned().eq(places) {
                return Err(Error::internal("not every item was decoded"));
            }
            items.extend(all);
        }
        Ok(Value::Array(items))
    }

    fn workflow<W: Workflow>(&self, workflow: &W) -> Result<Value> {
        let options = self.question.wait_options()?;
        let (_, response) = self.client.run_with_response(workflow, options)?;
        Ok(parsed(response.body()))
    }
}

/// The crate has checked that a body is JSON.
pub(crate) fn parsed(body: &str) -> Value {
    serde_json::from_str(body).unwrap_or_default()
}
