function serverRow({ id }) {
  const name = element("strong"), state = badge(), place = element("span", { className: "quiet" });
  const marks = element("span", { className: "marks" }), volumes = element("ul", { className: "volumes" });
  const node = element("li", { className: "row server" },
    element("div", { className: "title" }, name, id_of(id)),
    element("div", { className: "state" }, state.node, marks),
    place, volumes);
  const update = server => {
    setText(name, server.name);
    state.set(server.vm_state);
    setText(place, placeOf(server));
    const said = [server.task_state, server.locked && "locked", server.compute_down && "compute down"].filter(Boolean);
    setText(marks, said.join(", "));
    sync(volumes, server.volumes, volume => volume.id, volumeRow);
  };
  return { node, update };
}

const placeOf = it => [it.region_name, it.project?.name, it.project?.domain].filter(Boolean).join(" · ");

/** A volume that no server has had yet. */
function freeVolumeRow({ id }) {
  const name = element("strong"), status = badge(), place = element("span", { className: "quiet" });
  const node = element("li", { className: "row server" },
    element("div", { className: "title" }, name, id_of(id)),
    element("div", { className: "state" }, status.node),
    place);
  const update = volume => {
    setText(name, `${volume.name || "volume"}, ${counted(volume.size_in_gb)} GB`);
    status.set(volume.status);
    setText(place, placeOf(volume));
  };
  return { node, update };
}

function volumeRow({ id }) {
  const device = element("span", { className: "device" }), status = badge();
  const toggle = action("Detach", () => {
    const attached = toggle.dataset.to === "attached";
    return order(`The volume is ${toggle.dataset.to}`, "POST", `volumes/${encodeURIComponent(id)}`, { attached });
  });
  const node = element("li", {}, device, id_of(id), status.node, toggle);
  const update = volume => {
    setText(device, `${volume.device}, ${counted(volume.size_in_gb)} GB${volume.is_root ? ", root" : ""}`);
    status.set(volume.status);
    toggle.dataset.to = volume.attached ? "detached" : "attached";
    setText(toggle, volume.attached ? "Detach" : "Attach");
    toggle.setAttribute("aria-label", `${volume.attached ? "Detach" : "Attach"} volume ${id}`);
  };
  return { node, update };
}
