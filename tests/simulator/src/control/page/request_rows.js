/** How a status looks; null is that of a request without an answer. */
function toneOfStatus(status) {
  if (status === null) return "idle";
  if (status < 400) return "good";
  return status < 500 ? "warn" : "bad";
}

const encodedQuery = pairs => pairs.map(([name, value]) => `${name}=${value}`).join("&");

function requestRow(request) {
  const status = badge(), query = element("span", { className: "query" });
  const fault = element("span", { className: "badge", textContent: "fault", title: "An order was about it", hidden: !request.is_ordered });
  fault.dataset.tone = "warn";
  const summary = element("summary", {}, status.node,
    element("span", { className: "method", textContent: request.method }),
    element("span", { className: "path", title: request.path }, request.path, query), fault,
    element("time", { textContent: timeOfDay(request.at) }));
  const detail = element("div", { className: "detail" });
  const details = element("details", {}, summary, detail);
  const node = element("li", { className: "row request" }, details);
  let shown;
  const fill = async () => {
    if (!details.open || shown === request.status) return;
    const wanted = request.status;
    try {
      const whole = await control("GET", `overview/requests/${request.number}`);
      shown = wanted;
      detail.replaceChildren(...requestDetail(whole));
    } catch (error) {
      detail.replaceChildren(element("p", { className: "quiet", textContent: error.message }));
    }
  };
  details.addEventListener("toggle", fill);
  const update = now => {
    request = now;
    status.set(now.status === null ? "none" : String(now.status), toneOfStatus(now.status));
    setText(query, now.query.length ? `?${encodedQuery(now.query)}` : "");
    fill();
  };
  return { node, update, is_open: () => details.open, request: () => request };
}

function requestDetail(request) {
  const parts = [];
  const part = (title, ...content) => parts.push(element("h3", { textContent: title }), ...content);
  const table = pairs => element("dl", {}, ...pairs.flatMap(([name, value]) =>
    [element("dt", { textContent: name }), element("dd", { textContent: value })]));
  part("Status", element("p", { textContent: request.status === null ? "No answer was sent." : String(request.status) }));
  if (request.query.length) part("Query", table(request.query));
  part("Headers", table(Object.entries(request.headers)));
  if (request.body !== null) {
    const text = typeof request.body === "string" ? request.body : JSON.stringify(request.body, null, 2);
    part("Body", element("pre", { textContent: text, tabIndex: 0 }));
  } else if (request.body_bytes > 4) {
    part("Body", element("p", { textContent: `${counted(request.body_bytes)} bytes: too long for this page; GET /__sim/requests has it.` }));
  }
  return parts;
}

/** Those that are open stay, even if later ones have taken their places; not if the log was cleared. */
function syncRequests(list, requests) {
  // The numbers begin anew with a reset.
  const key = request => `${request.number} ${request.at}`;
  const keys = new Set(requests.shown.map(key));
  const rows = list.made ? [...list.made.values()] : [];
  const open = rows.filter(row => row.is_open()).map(row => row.request());
  const kept = open.filter(request => !keys.has(key(request)) && request.number >= requests.first && requests.total > 0);
  const all = [...requests.shown, ...kept].sort((a, b) => b.number - a.number);
  sync(list, all, key, requestRow);
}
