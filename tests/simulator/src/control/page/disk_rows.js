function diskRow({ id }) {
  const name = element("strong"), state = badge(), size = element("span", { className: "number" });
  const where = element("span", { className: "where" }), attachment = badge(), created = element("span", { className: "quiet" });
  const organization = element("span", { className: "quiet" });
  const boot = element("span", { className: "quiet", textContent: "boot" });
  const trash = action("Trash", () =>
    order(`${name.textContent} is in the trash`, "POST", `disks/${encodeURIComponent(id)}`, { in_trash: true }));
  const node = element("li", { className: "row disk" },
    element("div", { className: "title" }, element("span", {}, name, " ", organization), id_of(id)),
    element("div", { className: "state" }, state.node),
    size,
    element("div", { className: "relation" }, element("span", { className: "marks" }, attachment.node, boot), where),
    created,
    element("div", { className: "actions" }, trash));
  const update = (disk, now) => {
    setText(name, disk.name || "(no name)");
    setText(organization, disk.other_organization ?? "");
    state.set(disk.state);
    setText(size, `${counted(disk.size_in_gb)} GB`);
    const machine = disk.virtual_machine;
    if (machine) attachment.set(machine.state);
    else attachment.set("unassigned");
    setText(where, machine ? machine.fqdn || machine.id : "");
    show(boot, Boolean(machine?.boot));
    setText(created, `${span(now - disk.created_at)} ago`);
    const title = `${disk.data_center}, ${disk.io_profile ?? "no I/O profile"}, ${disk.storage_speed}`;
    if (node.title !== title) node.title = title;
    trash.setAttribute("aria-label", `Put ${disk.name} into the trash`);
  };
  return { node, update };
}

function machineRow({ id }) {
  const name = element("strong"), state = badge(), fqdn = element("span", { className: "quiet" });
  const disks = element("span", { className: "number" }), organization = element("span", { className: "quiet" });
  const set = to => order(`${name.textContent} is ${to}`, "POST", `virtual_machines/${encodeURIComponent(id)}`, { state: to });
  const power = action("Stop", () => set(power.dataset.to));
  const fail = action("Fail", () => set("failed"));
  const node = element("li", { className: "row machine" },
    element("div", { className: "title" }, element("span", {}, name, " ", organization), id_of(id)),
    element("div", { className: "state" }, state.node),
    disks, fqdn,
    element("div", { className: "actions" }, power, fail));
  const update = machine => {
    setText(name, machine.name);
    setText(organization, machine.other_organization ?? "");
    if (machine.in_trash) state.set("in trash");
    else state.set(machine.state);
    setText(fqdn, machine.fqdn);
    setText(disks, machine.disks === 1 ? "1 disk" : `${counted(machine.disks)} disks`);
    const is_started = machine.state === "started";
    power.dataset.to = is_started ? "stopped" : "started";
    setText(power, is_started ? "Stop" : "Start");
    power.setAttribute("aria-label", `${is_started ? "Stop" : "Start"} ${machine.name}`);
    fail.setAttribute("aria-label", `Let ${machine.name} fail`);
    show(fail, machine.state !== "failed");
  };
  return { node, update };
}

function taskRow({ id }) {
  const name = element("strong"), object = element("span", { className: "quiet" }), status = badge();
  const bar = element("progress", { max: 100, "aria-label": "Progress" }), percent = element("span", { className: "number" });
  const node = element("li", { className: "row task" },
    element("div", { className: "title" }, name, object),
    element("div", { className: "state" }, status.node),
    element("div", { className: "progress" }, bar, percent),
    id_of(id));
  const update = task => {
    setText(name, task.name);
    setText(object, task.object_name ?? task.object_id ?? "");
    status.set(task.status);
    if (bar.value !== task.progress) bar.value = task.progress;
    if (bar.dataset.status !== task.status) bar.dataset.status = task.status;
    setText(percent, `${task.progress} %`);
  };
  return { node, update };
}

function trashRow({ id, object_id }) {
  const name = element("strong"), type = element("span", { className: "badge" }), left = element("span", { className: "quiet" });
  const kinds = { Disk: "disks", VirtualMachine: "virtual_machines" };
  const restore = action("Restore", () =>
    order(`${name.textContent} is restored`, "POST", `${restore.dataset.kind}/${encodeURIComponent(object_id)}`, { in_trash: false }));
  const node = element("li", { className: "row trash" },
    element("div", { className: "title" }, name, id_of(object_id ?? id)),
    element("div", { className: "state" }, type),
    left,
    element("div", { className: "actions" }, restore));
  const update = (it, now) => {
    setText(name, it.name ?? it.object_type);
    setText(type, it.object_type);
    setText(left, `${span(it.keep_until - now)} left`);
    // The simulator knows nothing else about other objects.
    show(restore, it.object_type in kinds && Boolean(object_id));
    restore.dataset.kind = kinds[it.object_type];
    restore.setAttribute("aria-label", `Restore ${it.name ?? object_id}`);
  };
  return { node, update };
}
