//! The table, the broken worlds, the section of docs/reliability.md.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::Path;
use std::time::Duration;
use std::{fs, io};

use serde_json::Value;

use crate::cloud;
use crate::face::Outcome;
use crate::judge::described;
use crate::kinds;
use crate::pool::Finished;
use crate::run::Lived;
use crate::scenario::DISK;
use crate::truth::Request;
use crate::world::World;

pub(crate) struct Report {
    /// Only worlds in which their events took place.
    finished: Vec<Finished>,
    took: Duration,
}

const BEGIN: &str = "<!-- begin worlds -->";
const END: &str = "<!-- end worlds -->";

impl Report {
    pub(crate) fn of(finished: Vec<Finished>, took: Duration) -> Report {
        let finished = finished.into_iter().filter(Finished::took_place).collect();
        Report { finished, took }
    }

    pub(crate) fn is_well(&self) -> bool {
        self.broken().next().is_none()
    }

    fn broken(&self) -> impl Iterator<Item = &Finished> {
        self.finished.iter().filter(|finished| !finished.broken.is_empty())
    }

    pub(crate) fn print(&self) {
        for finished in self.broken() {
            println!("{}", story(finished));
        }
        println!("{}", plain(&self.rows()));
        println!("\nHow the calls ended:\n{}\n", plain(&self.endings()));
        println!("{}", self.sentence());
    }

    fn sentence(&self) -> String {
        let scenarios: BTreeSet<&str> =
            self.finished.iter().map(|it| it.world.scenario().name.as_str()).collect();
        format!(
            "{} worlds ({} scenarios, {} kinds of events) in {:.0} s: {} broken.",
            thousands(self.finished.len()),
            scenarios.len(),
            rows_of_events().count(),
            self.took.as_secs_f64(),
            self.broken().count()
        )
    }

    fn rows(&self) -> Vec<Vec<String>> {
        let mut columns: Vec<&str> = Vec::new();
        let mut rows: Vec<&str> = vec!["nothing happens"];
        rows.extend(rows_of_events());
        for finished in &self.finished {
            let (column, row) = (finished.world.scenario().workflow, finished.world.row());
            if !columns.contains(&column) {
                columns.push(column);
            }
            if !rows.contains(&row) {
                rows.push(row);
            }
        }
        let header = std::iter::once("Event").chain(columns.iter().copied());
        let mut table = vec![header.map(str::to_owned).collect()];
        for row in rows {
            let cells = columns.iter().map(|column| self.cell(column, row));
            let line: Vec<String> = std::iter::once(row.to_owned()).chain(cells).collect();
            if line[1..].iter().any(|cell| cell != "-") {
                table.push(line);
            }
        }
        table
    }

    /// How the calls of each workflow ended: one that always fails would keep all promises but one.
    fn endings(&self) -> Vec<Vec<String>> {
        let mut counts: BTreeMap<&str, BTreeMap<String, usize>> = BTreeMap::new();
        for finished in &self.finished {
            let calls = finished.lived.iter().flat_map(|lived| &lived.calls);
            let of_workflow = counts.entry(finished.world.scenario().workflow).or_default();
            for call in calls {
                *of_workflow.entry(ending(&call.outcome)).or_default() += 1;
            }
        }
        let line = |(workflow, endings): (&str, BTreeMap<String, usize>)| {
            let mut endings: Vec<(String, usize)> = endings.into_iter().collect();
            endings.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
            let endings = endings.iter().map(|(ending, count)| format!("{ending} {count}"));
            vec![workflow.to_owned(), endings.collect::<Vec<_>>().join(", ")]
        };
        let header = vec!["Workflow".to_owned(), "Ends of calls".to_owned()];
        std::iter::once(header).chain(counts.into_iter().map(line)).collect()
    }

    /// Worlds tried, and how many of them are broken, if any.
    fn cell(&self, column: &str, row: &str) -> String {
        let is_here =
            |it: &&Finished| it.world.scenario().workflow == column && it.world.row() == row;
        let here: Vec<&Finished> = self.finished.iter().filter(is_here).collect();
        let broken = here.iter().filter(|finished| !finished.broken.is_empty()).count();
        match (here.len(), broken) {
            (0, _) => "-".to_owned(),
            (tried, 0) => tried.to_string(),
            (tried, broken) => format!("{tried}, {broken} broken"),
        }
    }

    /// Writes the section of the docs.
    pub(crate) fn write(&self) -> io::Result<()> {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/reliability.md");
        let text = fs::read_to_string(&page)?;
        let missing = || io::Error::other(format!("there is no section {BEGIN} … {END}"));
        let (before, rest) = text.split_once(BEGIN).ok_or_else(missing)?;
        let (_, after) = rest.split_once(END).ok_or_else(missing)?;
        let cpus = std::thread::available_parallelism().map_or(1, usize::from);
        let (os, arch) = (std::env::consts::OS, std::env::consts::ARCH);
        let section = format!(
            "{} {cpus} CPUs, {os} {arch}.\n\nA cell says how many worlds were tried.\n\n{}\n\n{}",
            self.sentence(),
            markdown(&self.rows()),
            markdown(&self.endings())
        );
        fs::write(&page, format!("{before}{BEGIN}\n{section}\n{END}{after}"))
    }
}

/// The titles of the kinds, each once: some concern both services.
fn rows_of_events() -> impl Iterator<Item = &'static str> {
    let of_katapult = || kinds::KINDS.iter().map(|kind| kind.title);
    let of_cloud = cloud::kinds::KINDS.iter().map(|kind| kind.title);
    of_katapult().chain(of_cloud.filter(move |title| of_katapult().all(|it| it != *title)))
}

/// `7,024`
fn thousands(number: usize) -> String {
    match number / 1000 {
        0 => number.to_string(),
        thousands => format!("{thousands},{:03}", number % 1000),
    }
}

fn markdown(rows: &[Vec<String>]) -> String {
    let line = |cells: &[String]| format!("| {} |", cells.join(" | "));
    let rule = vec!["---".to_owned(); rows[0].len()];
    let mut lines = vec![line(&rows[0]), line(&rule)];
    lines.extend(rows[1..].iter().map(|row| line(row)));
    lines.join("\n")
}

fn plain(rows: &[Vec<String>]) -> String {
    let width = |column: usize| rows.iter().map(|row| row[column].len()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..rows[0].len()).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect::<Vec<_>>().join("\n")
}

/// A broken world: what is broken, what happened, how to see it again.
fn story(finished: &Finished) -> String {
    let mut text = format!("BROKEN {}\n", finished.world.name());
    for broken in &finished.broken {
        // Writing to a String cannot fail.
        let _ = writeln!(text, "  {broken}");
    }
    let _ = writeln!(text, "  again: make worlds ONLY='{}'", finished.world.name());
    if let Some(lived) = &finished.lived {
        tell(&mut text, lived, &finished.world);
    }
    text
}

fn tell(text: &mut String, lived: &Lived, world: &World) {
    let scenario = world.scenario();
    let arguments = &scenario.arguments;
    let _ = writeln!(
        text,
        "  {} {arguments}, the machine is {}",
        scenario.operation, scenario.machine_state
    );
    let versions = &lived.history.versions;
    let mut told = 0;
    let mut versions_until = |text: &mut String, until: usize| {
        while told < until.min(versions.len()) {
            let version = &versions[told];
            let id =
                version.disk(DISK).or(version.disks.iter().find(|disk| disk.name == "created"));
            let id = id.map_or(DISK, |disk| disk.id.as_str());
            let (at, cause) = (version.at, version.cause);
            let what = match scenario.is_cloud() {
                true => cloud::judge::described(version),
                false => described(version, id),
            };
            let _ = writeln!(text, "    {at:6.2} s  version {told} by {cause:?}: {what}");
            told += 1;
        }
    };
    for call in &lived.calls {
        for number in call.requests.clone() {
            let request = &lived.history.requests[number];
            versions_until(text, request.received + 1);
            let _ = writeln!(text, "    {}", line(number, request, world));
        }
        versions_until(text, call.end + 1);
        let _ = writeln!(text, "    after {:.1} s: {}", call.seconds, came_to(&call.outcome));
    }
    versions_until(text, versions.len());
}

fn line(number: usize, request: &Request, world: &World) -> String {
    let status = request.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
    let shown = match request.shown {
        Some(version) => format!("shows version {version}"),
        None => "shows nothing true".to_owned(),
    };
    let events = world.events.iter().filter(|event| request.ordered && event.at == number + 1);
    let events: String = events.map(|event| format!("  <- {}", event.kind.title)).collect();
    let (method, path) = (&request.method, request.path());
    let subject = request.subject();
    format!("request {}: {method} {path} {subject}: {status}, {shown}{events}", number + 1)
}

fn came_to(outcome: &Outcome) -> String {
    let ending = ending(outcome);
    match outcome {
        Ok(value) => {
            let text = value.to_string();
            format!("{ending}: {}", text.chars().take(600).collect::<String>())
        }
        Err(error) => format!("{ending}: {}", error["description"].as_str().unwrap_or_default()),
    }
}

/// `success`, or the status and the outcome of an error.
fn ending(outcome: &Outcome) -> String {
    let word = |error: &Value, name: &str| error[name].as_str().unwrap_or_default().to_owned();
    match outcome {
        Ok(_) => "success".to_owned(),
        Err(error) => format!("{}/{}", word(error, "status"), word(error, "outcome")),
    }
}
