for (const button of document.querySelectorAll("[data-advance]")) {
  const seconds = Number(button.dataset.advance);
  button.addEventListener("click", () => order(`The clock is ${span(seconds)} further`, "POST", "clock", { advance_seconds: seconds }));
}

byId("stop").addEventListener("click", () => {
  const stopped = byId("stop").dataset.to !== "run";
  order(stopped ? "The clock stands still" : "The clock runs", "POST", "clock", { stopped });
});

const RESETS = {
  start: () => order("Everything is as at the start", "POST", "reset"),
  empty: () => order("There is nothing any more", "POST", "reset", { empty: true }),
  requests: () => order("The log is empty", "DELETE", "requests"),
};
for (const button of document.querySelectorAll("[data-reset]")) {
  button.addEventListener("click", () => {
    byId("reset").open = false;
    byId("reset").querySelector("summary").focus();
    RESETS[button.dataset.reset]();
  });
}

// A menu closes by a click elsewhere, and by Escape.
document.addEventListener("click", event => {
  if (!byId("reset").contains(event.target)) byId("reset").open = false;
});
byId("reset").addEventListener("keydown", event => {
  if (event.key !== "Escape") return;
  byId("reset").open = false;
  byId("reset").querySelector("summary").focus();
});

byId("place-disks").addEventListener("click", () =>
  order("Ten disks are placed", "POST", "disks", { count: 10, name: "disk" }));

/** Each says what happens to a request, makes the order for `/answers`, and tells what else it needs. */
const FAULTS = {
  503: ["is answered with 503, and not performed", () => ({ status: 503, body_text: "Service Unavailable" })],
  429: ["is answered with 429, and not performed", () => ({ error: "rate_limit_reached" })],
  error: ["is answered with an error of Katapult", code => ({ error: code }), "code"],
  gone: ["is lost, and not performed", () => ({ send: "nothing" })],
  lost: ["is performed, its answer is lost", () => ({ perform: true, send: "nothing" })],
  half: ["is performed, its answer breaks off", () => ({ perform: true, send: "half_body" })],
  late: ["is performed, its answer is late", seconds => ({ perform: true, delay_seconds: seconds }), "seconds"],
  ignored: ["is answered, and changes nothing", () => ({ perform: "ignored" })],
  task_fails: ["starts a task that fails", () => ({ perform: true, task: { fail: true } })],
  task_nothing: ["starts a task that changes nothing", () => ({ perform: true, task: { no_effect: true } })],
  task_slow: ["starts a task that is slow", seconds => ({ perform: true, task: { seconds } }), "seconds"],
  not_queued: ["cannot queue its task", () => ({ perform: true, task: { queueing_error: true } })],
};
byId("fault-kind").append(...Object.entries(FAULTS).map(([value, [text]]) =>
  element("option", { value, textContent: `The request ${text}` })));
// An object has keys that are numbers in the order of the numbers.
byId("fault-kind").value = "503";

const QUICK = {
  task: () => order("The next task fails", "POST", "next_task", { fail: true }),
  lost: () => order("The next answer is lost", "POST", "answers", FAULTS.lost[1]()),
  503: () => order("The next request is answered with 503", "POST", "answers", FAULTS[503][1]()),
  429: () => order("The next request is answered with 429", "POST", "answers", FAULTS[429][1]()),
};
for (const button of document.querySelectorAll("[data-quick]")) {
  button.addEventListener("click", () => QUICK[button.dataset.quick]());
}

function showNeeds() {
  const needs = FAULTS[byId("fault-kind").value][2] ?? "";
  byId("fault").dataset.needs = needs;
  for (const name of ["seconds", "code"]) show(byId("fault").querySelector(`.${name}`), needs === name);
}
byId("fault-kind").addEventListener("change", showNeeds);
// The browser may have kept the choice of the page's last visit.
showNeeds();

function onSubmit(id, give) {
  byId(id).addEventListener("submit", event => {
    event.preventDefault();
    give(event.currentTarget);
  });
}

onSubmit("fault", () => {
  const [text, made, needs] = FAULTS[byId("fault-kind").value];
  const method = byId("fault-method").value, path = byId("fault-path").value.trim();
  const nth = Number(byId("fault-nth").value), times = Number(byId("fault-times").value);
  const aimed = { ...made(needs === "code" ? byId("fault-code").value : Number(byId("fault-seconds").value)), nth, times };
  if (method) aimed.method = method;
  if (path) aimed.path = path;
  const which = [method, path && `…${path}`].filter(Boolean).join(" ");
  order(`Set: ${which || "any request"} ${text}`, "POST", "answers", aimed);
});
onSubmit("latency", form => {
  const seconds = Number(form.querySelector("input").value);
  order(`Every answer comes ${seconds} s later`, "POST", "latency", { seconds });
});
onSubmit("rate-limit", form => {
  const permitted = Number(form.querySelector("input").value);
  order(`${counted(permitted)} requests a minute are permitted`, "POST", "rate_limit", { permitted });
});
