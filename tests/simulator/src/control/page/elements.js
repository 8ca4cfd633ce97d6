const byId = id => document.getElementById(id);

/** An element with properties, attributes (those with a dash) and children. Texts never become markup. */
function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name.includes("-")) made.setAttribute(name, value);
    else made[name] = value;
  }
  made.append(...children);
  return made;
}

function setText(node, text) {
  if (node.textContent !== text) node.textContent = text;
}

function show(node, is_shown) {
  if (node.hidden === is_shown) node.hidden = !is_shown;
}

/** The row that has to stay where it is in the window while others come and go, if there is one. */
function anchor(list) {
  const box = list.getBoundingClientRect();
  const rows = [...list.children].filter(row => {
    const { top, bottom } = row.getBoundingClientRect();
    return bottom > box.top && top < box.bottom;
  });
  const read = rows.find(row => row.contains(document.activeElement)) ?? rows.find(row => row.querySelector("[open]"));
  const row = read ?? (list.scrollTop > 0 ? rows[0] : undefined);
  return row && { row, top: row.getBoundingClientRect().top };
}

/**
 * Makes the rows of a list those of the items. Rows that stay are the same elements as before, so that they keep what
 * is expanded, selected or scrolled in them.
 */
function sync(list, items, key, make) {
  const rows = list.made ??= new Map();
  const still = anchor(list);
  const focused = document.activeElement;
  const wanted = new Set(items.map(key));
  for (const [key, row] of rows) {
    if (wanted.has(key)) continue;
    // The keyboard stays in the section when the row under it goes.
    if (row.node.contains(focused)) list.closest("section").querySelector("h2").focus({ preventScroll: true });
    row.node.remove();
    rows.delete(key);
  }
  let next = list.firstElementChild;
  for (const item of items) {
    let row = rows.get(key(item));
    if (!row) {
      row = make(item);
      rows.set(key(item), row);
    }
    row.update(item);
    if (row.node === next) next = next.nextElementSibling;
    else list.insertBefore(row.node, next);
  }
  // A row that moves loses the focus.
  if (list.contains(focused) && document.activeElement !== focused) focused.focus({ preventScroll: true });
  if (still?.row.isConnected) list.scrollTop += still.row.getBoundingClientRect().top - still.top;
}

const TONES = {
  good: ["active", "attached", "built", "completed", "in-use", "started"],
  busy: ["attaching", "building", "creating", "deleting", "detaching", "migrating", "pending", "resetting", "resizing", "running", "shutting_down", "starting", "stopping"],
  bad: ["error", "failed"],
};
const TONE_OF = new Map(Object.entries(TONES).flatMap(([tone, states]) => states.map(state => [state, tone])));

function badge() {
  const node = element("span", { className: "badge" });
  const set = (text, tone = TONE_OF.get(text) ?? "idle") => {
    setText(node, text);
    if (node.dataset.tone !== tone) node.dataset.tone = tone;
  };
  return { node, set };
}

/** A button that gives an order about its row. */
function action(text, order) {
  const node = element("button", { type: "button", className: "small", textContent: text });
  node.addEventListener("click", () => order());
  return node;
}

const id_of = text => element("code", { className: "id", textContent: text, title: "A click selects it" });

/** "3 min" of a number of seconds. */
function span(seconds) {
  const whole = Math.max(0, Math.round(seconds));
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return `${Math.floor(whole / 60)} min`;
  const hours = Math.floor(whole / 3600), minutes = Math.floor(whole % 3600 / 60);
  if (hours < 72) return minutes && hours < 10 ? `${hours} h ${minutes} min` : `${hours} h`;
  return `${Math.floor(hours / 24)} days`;
}

/** The time of day of a second since the Unix epoch, UTC. */
const timeOfDay = seconds => new Date(seconds * 1000).toISOString().slice(11, 19);

const counted = number => number.toLocaleString("en");
