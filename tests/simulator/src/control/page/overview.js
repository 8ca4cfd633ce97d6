const SECTIONS = {
  disks: { name: "Disks", key: disk => disk.id, make: diskRow },
  virtual_machines: { name: "Machines", key: machine => machine.id, make: machineRow },
  servers: { name: "OpenStack", key: it => it.id, make: it => it.is_free ? freeVolumeRow(it) : serverRow(it) },
  trash_objects: { name: "Trash", key: it => it.id, make: trashRow },
  faults: { name: "Faults" },
  tasks: { name: "Tasks", key: task => task.id, make: taskRow },
  requests: { name: "Requests" },
};

for (const [id, section] of Object.entries(SECTIONS)) {
  section.number = element("b");
  byId("sections").append(element("a", { href: `#${id}` }, section.name, " ", section.number));
}

function showSection(id, content, now) {
  const section = byId(id), list = section.querySelector(".rows");
  const with_time = item => {
    const row = SECTIONS[id].make(item);
    return { ...row, update: item => row.update(item, now.seconds) };
  };
  if (id === "requests") syncRequests(list, content);
  else sync(list, content.shown, SECTIONS[id].key, with_time);
  const is_cut = content.total > content.shown.length;
  const text = is_cut ? `${counted(content.shown.length)} of ${counted(content.total)}` : counted(content.total);
  setText(section.querySelector(".count"), content.underway ? `${text} · ${counted(content.underway)} under way` : text);
  setText(SECTIONS[id].number, counted(content.total));
  show(list, content.shown.length > 0);
  show(section.querySelector(".empty"), content.shown.length === 0 && !byId("find").value.trim());
}

/** One object, which the rows read at each update. */
const now = { seconds: 0 };

function showOverview(overview) {
  now.seconds = overview.clock.unix_seconds;
  setText(byId("version"), overview.version);
  showClock(overview.clock);
  const free = overview.volumes.shown.map(volume => ({ ...volume, is_free: true }));
  overview.servers.shown.push(...free);
  overview.servers.total += overview.volumes.total;
  for (const id of ["disks", "virtual_machines", "servers", "trash_objects", "tasks", "requests"]) {
    showSection(id, overview[id], now);
  }
  showFaults(overview.faults);
}

function showClock(clock) {
  const [date, time] = new Date(clock.unix_seconds * 1000).toISOString().split(/[T.]/);
  setText(byId("date"), date);
  setText(byId("time"), time);
  show(byId("ahead"), clock.ahead_seconds > 0);
  setText(byId("ahead"), `+${span(clock.ahead_seconds)}`);
  show(byId("stopped"), clock.stopped);
  byId("stop").dataset.to = clock.stopped ? "run" : "stop";
  setText(byId("stop"), clock.stopped ? "Run" : "Stop");
  byId("stop").setAttribute("aria-label", clock.stopped ? "Run the clock" : "Stop the clock");
}

const drop = action("Drop", () => order("No fault is in store any more", "DELETE", "answers"));
const forget = action("Forget", () => order("The next task goes as usual", "POST", "next_task", {}));
const in_store = element("span"), next_task = element("span", { textContent: "the next task is special" });
byId("in-store").append(in_store, drop, next_task, forget);

function showFaults(faults) {
  const { answers } = faults;
  setText(in_store, answers === 1 ? "for 1 request" : `for ${counted(answers)} requests`);
  for (const node of [in_store, drop]) show(node, answers > 0);
  for (const node of [next_task, forget]) show(node, faults.next_task);
  setText(SECTIONS.faults.number, counted(answers + Number(faults.next_task)));
  const codes = byId("fault-code");
  if (!codes.length) codes.append(...faults.error_codes.map(code => element("option", { textContent: code })));
  byId("rate-limit").querySelector("input").placeholder = faults.permitted;
  const latency = `Answers come ${faults.latency_seconds ? `${faults.latency_seconds} s late` : "at once"}`;
  setText(byId("dials-now"), `${latency}; ${counted(faults.remaining)} of ${counted(faults.permitted)} requests are left this minute.`);
}

function showLive(state, text) {
  byId("live").dataset.state = state;
  setText(byId("live"), text);
  const is_gone = state === "gone";
  document.body.classList.toggle("is-gone", is_gone);
  show(byId("gone"), is_gone);
}

function showGone(error) {
  showLive("gone", "gone");
  const why = error instanceof Gone ? "The simulator does not answer." : `The simulator refuses to tell: ${error.message}.`;
  setText(byId("gone"), `${why} You see how it was at ${byId("time").textContent}; the page keeps trying.`);
}

let timer, polls = 0;
/** Asks for everything, once a second; nothing in a tab that nobody sees. */
async function poll() {
  clearTimeout(timer);
  const number = ++polls;
  if (document.hidden) return showLive("paused", "paused");
  const find = byId("find").value.trim();
  try {
    const overview = await control("GET", `overview${find ? `?find=${encodeURIComponent(find)}` : ""}`);
    if (number !== polls) return;
    timer = setTimeout(poll, 1000);
    showOverview(overview);
    showLive("live", "live");
  } catch (error) {
    if (number !== polls) return;
    if (error instanceof NotAllowed) {
      showLive("paused", "no token");
      return askForToken(error.message);
    }
    if (!(error instanceof Gone || error instanceof Refused)) throw error;
    showGone(error);
    timer = setTimeout(poll, 2000);
  }
}

setText(byId("address"), `${location.origin}/core/v1`);
takeToken();
addEventListener("hashchange", () => { takeToken(); poll(); });
document.addEventListener("visibilitychange", poll);
let typing;
byId("find").addEventListener("input", () => { clearTimeout(typing); typing = setTimeout(poll, 150); });
poll();
