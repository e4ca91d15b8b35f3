"use strict";
// The page of the report and of the review: it shows the documents in the data element, and keeps its place in the address.
const data = JSON.parse(document.getElementById("data").textContent);
const say = (text, values = {}) => (data.words?.[text] ?? text).replace(/\{(\w+)\}/g, (_, name) => values[name]);
const MODES = [["side", say("Side by side")], ["slider", say("Slider")], ["onion", say("Onion skin")], ["blink", say("Blink")], ["difference", say("Difference")]];
const LAYERS = { structure: say("Structure"), breaks: say("Break map"), picture: say("Picture"), bytes: say("Bytes") };
const ZOOMS = [1, 1.5, 2, 3, 4];
const here = { document: 0, page: 1, mode: "side", zoom: 1, pan: [0, 0], change: null, held: matchMedia("(prefers-reduced-motion: reduce)").matches };
const find = (id) => document.getElementById(id);

function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element && key !== "style") element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children);
  return element;
}

const current = () => data.documents[here.document];
const changedPages = (doc) => doc.pages.filter((page) => page.changed).map((page) => page.number);

function count(documents) {
  const states = {};
  for (const doc of documents) states[doc.state] = (states[doc.state] || 0) + 1;
  return Object.entries(states).map(([state, number]) => `${number} ${say(state)}`).join(", ");
}

function known(doc) {
  const changes = doc.differences.flatMap((each) => [each.message, each.words, each.change]);
  doc.known ??= [doc.document, ...changes].join(" ").toLowerCase();
  return doc.known;
}

function wanted(index) {
  const doc = data.documents[index], only = find("only").value, words = find("search").value.trim().toLowerCase();
  return (!only || doc.state === only) && (!words || known(doc).includes(words));
}

function showList() {
  const left = data.left ? say("{n} to compare", { n: data.left }) : "";
  find("summary").textContent = [count(data.documents), left].filter(Boolean).join(", ") || say("no documents");
  const states = [...new Set(data.documents.map((doc) => doc.state))], chosen = find("only").value;
  find("only").replaceChildren(make("option", { value: "", textContent: say("all") }), ...states.map((state) => make("option", { value: state, textContent: say(state) })));
  find("only").value = states.includes(chosen) ? chosen : "";
  const shown = [...data.documents.keys()].filter(wanted);
  find("documents").replaceChildren(...shown.map((index) => {
    const doc = data.documents[index];
    const button = make("button", { type: "button", onclick: () => go(index) },
      make("bdi", { textContent: doc.document }),
      make("small", {}, make("span", { className: `state ${doc.state}`, textContent: say(doc.state) }), doc.extent ? ` · ${doc.extent}` : ""));
    if (index === here.document) button.setAttribute("aria-current", "true");
    return make("li", {}, button);
  }));
  find("documents").querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function showGroups() {
  find("groups-title").hidden = !data.groups.length;
  find("groups").replaceChildren(...data.groups.map((group) => {
    const open = group.documents.filter((index) => possible("approve", data.documents[index]));
    const item = make("li", {}, make("bdi", { textContent: group.change }),
      make("small", { textContent: ` ${group.count} documents${group.odd.length ? `, ${group.odd.length} with other changes too` : ""}${open.length ? "" : ", decided"}` }));
    const made = group.documents.filter((index) => ["approved", "rejected"].includes(data.documents[index].state));
    for (const [act, label, members] of [["approve", "Approve", open], ["reject", "Reject", open], ["undo", "Undo", made]]) {
      if (!data.token || !members.length) continue;
      item.append(" ", make("button", { type: "button", textContent: `${label} ${members.length}`, ariaLabel: `${label} ${members.length} documents: ${group.change}`, onclick: () => decide(act, members) }));
    }
    return item;
  }));
}

function showTools(doc) {
  find("pages").replaceChildren(...doc.pages.map((page) => {
    const accepted = doc.accepted.includes(page.number);
    const label = say(accepted ? "Page {n}, approved" : page.changed ? "Page {n}, changed" : "Page {n}", { n: page.number });
    return make("button", {
      type: "button", textContent: `${page.number}${accepted ? " ✓" : page.changed ? " •" : ""}`, ariaLabel: label,
      ariaPressed: String(page.number === here.page), onclick: () => turn(page.number),
    });
  }));
  find("modes").replaceChildren(...MODES.map(([mode, label]) => make("button", {
    type: "button", textContent: label, ariaPressed: String(mode === here.mode), onclick: () => compareBy(mode),
  })));
  find("amount").hidden = !["slider", "onion"].includes(here.mode);
}

function regions(doc) {
  return doc.differences.filter((each) => each.page === here.page && each.box && !each.tolerated);
}

function changes(doc) {
  const shown = doc.differences.filter((each) => each.page && each.box && !each.tolerated && !each.follows);
  return shown.sort((a, b) => a.page - b.page || a.box[1] - b.box[1]);
}

function jump(by) {
  const found = changes(current()), place = found.indexOf(here.change);
  const next = place < 0 ? found[by > 0 ? 0 : found.length - 1] : found[place + by];
  if (next) look(next);
}

function look(change) {
  here.change = change;
  here.zoom = Math.max(here.zoom, 2);
  turn(change.page);
}

function zoom(by) {
  here.zoom = by ? ZOOMS[Math.min(Math.max(ZOOMS.indexOf(here.zoom) + by, 0), ZOOMS.length - 1)] : 1;
  here.change = null;
  showStage(current());
}

function pan(from) {
  here.pan = [from.scrollLeft, from.scrollTop];
  for (const other of document.querySelectorAll(".window")) other.scrollTo(...here.pan);
}

function centre(around, region) {
  const outer = around.getBoundingClientRect(), inner = region.getBoundingClientRect();
  around.scrollBy(inner.x + inner.width / 2 - outer.x - outer.width / 2, inner.y + inner.height / 2 - outer.y - outer.height / 2);
}

function sheet(doc, sources, label) {
  const box = make("div", { className: "sheet" });
  for (const [side, source] of sources) box.append(make("img", { src: source, alt: say(`Page {n} of the ${side}`, { n: here.page }) }));
  const image = box.querySelector("img:last-of-type");
  const draw = () => {
    // Regions are in points; pictures have 110 dots to the inch.
    const width = image.naturalWidth * 72 / 110, height = image.naturalHeight * 72 / 110;
    for (const each of regions(doc)) {
      const [left, top, right, bottom] = each.box;
      const region = make("span", { className: `region ${each.layer}${each === here.change ? " here" : ""}` });
      Object.assign(region.style, {
        left: `${100 * left / width}%`, top: `${100 * top / height}%`,
        width: `${100 * (right - left) / width}%`, height: `${100 * (bottom - top) / height}%`,
      });
      if (here.mode !== "difference") box.append(region);
      if (each === here.change && around.isConnected) centre(around, region);
    }
    if (!here.change) around.scrollTo(...here.pan);
  };
  const around = make("div", { className: "window", onscroll: () => pan(around) }, box);
  if (here.zoom > 1) for (const [name, value] of [["tabindex", "0"], ["role", "group"], ["aria-label", label]]) around.setAttribute(name, value);
  image.complete && image.naturalWidth ? requestAnimationFrame(draw) : image.addEventListener("load", draw);
  return make("figure", {}, make("figcaption", { textContent: label }), around);
}

function showStage(doc) {
  const stage = find("stage");
  const page = doc.pages.find((each) => each.number === here.page);
  const both = page && page.baseline && page.candidate;
  const over = both && here.mode !== "side";
  stage.dir = doc.direction;
  stage.className = `${over ? "over" : ""}${here.zoom > 1 ? " zoomed" : ""}`;
  stage.style.setProperty("--zoom", here.zoom);
  find("fit").textContent = `${100 * here.zoom} %`;
  stage.dataset.mode = here.mode;
  if (!page || !(page.baseline || page.candidate)) {
    stage.replaceChildren(make("p", { className: "none", textContent: say(doc.state === "passed" ? "Nothing has changed." : "This page is the same.") }));
  } else if (over) {
    stage.replaceChildren(sheet(doc, [["baseline", page.baseline], ["candidate", page.candidate]], say("Baseline under candidate")));
  } else {
    stage.replaceChildren(...["baseline", "candidate"].map((side) => page[side]
      ? sheet(doc, [[side, page[side]]], say(side === "baseline" ? "Baseline" : "Candidate"))
      : make("p", { className: "none", textContent: say(`The ${side} has no such page.`) })));
  }
}

function showAbout(doc) {
  const parts = [];
  const list = (title, items) => items.length && parts.push(make("h3", { textContent: title }), make("ul", {}, ...items));
  const item = (each) => {
    const line = make("li", { className: each.tolerated || each.follows ? "tolerated" : "" }, make("bdi", { textContent: each.message }));
    if (each.words) line.append(" ", make("bdi", { textContent: `“${each.words}”` }));
    if (each.place) line.append(" ", make("span", { className: "place", textContent: each.place }));
    if (each.tolerated) line.append(` (${say("tolerated")})`);
    if (each.follows) line.append(` (${say("follows from another change")})`);
    if (each.box && each.page && !each.tolerated) line.append(" ", make("button", { type: "button", textContent: say("Show"), ariaLabel: `${say("Show on page {n}", { n: each.page })}: ${each.message}`, onclick: () => look(each) }));
    else if (each.page && each.page !== here.page && !each.tolerated) line.append(" ", make("button", { type: "button", textContent: say("Page {n}", { n: each.page }), onclick: () => turn(each.page) }));
    return line;
  };
  const texts = doc.differences.filter((each) => each.layer === "text");
  if (texts.length) parts.push(make("h3", { textContent: say("Text") }));
  for (const each of texts) {
    const diff = make("p", { className: "diff", dir: doc.direction, lang: doc.language });
    for (const edit of each.edits) {
      const name = { kept: "span", removed: "del", added: "ins" }[edit.operation];
      diff.append(make(name, { textContent: edit.text }));
    }
    parts.push(make("p", {}, make("bdi", { textContent: each.message }), " ", make("span", { className: "place", textContent: each.place })), diff);
  }
  for (const layer of ["breaks", "structure", "picture", "bytes"]) {
    list(LAYERS[layer], doc.differences.filter((each) => each.layer === layer).map(item));
  }
  list(say("New findings of preflight"), doc.findings.map((each) => make("li", {}, make("bdi", { textContent: each.page ? `page ${each.page}: ${each.message}` : each.message }))));
  list(say("Decisions"), (doc.history || []).map((each) => make("li", {}, make("bdi", {
    textContent: `${each.when.slice(0, 10)}, ${each.by}: ${each.act}${each.pages.length ? ` page ${each.pages.join(", ")}` : ""}: ${each.why}`,
  }))));
  list(say("Ignored regions"), doc.ignored.map((name) => make("li", { textContent: name })));
  find("about").replaceChildren(...parts);
}

function show() {
  showList();
  showGroups();
  const doc = current();
  if (!doc) return;
  find("name").replaceChildren(make("bdi", { textContent: doc.document }));
  find("state").replaceChildren(make("span", { className: `state ${doc.state}`, textContent: say(doc.state) }),
    doc.rejected ? `: ${doc.rejected}` : doc.extent ? ` · ${doc.extent}` : "");
  showTools(doc);
  showStage(doc);
  showAbout(doc);
  for (const button of document.querySelectorAll("[data-act]")) button.disabled = !possible(button.dataset.act, doc);
  history.replaceState(null, "", `#${encodeURIComponent(doc.document)}.${here.page}.${here.mode}`);
}

function possible(act, doc) {
  if (act === "undo") return Boolean(doc.decided);
  const decided = ["passed", "approved", "rejected"].includes(doc.state);
  if (act === "page") return doc.state === "changed" && doc.pages.some((page) => page.number === here.page && page.changed) && !doc.accepted.includes(here.page);
  return act === "approve" ? !["passed", "approved"].includes(doc.state) : !decided;
}

function go(index) {
  if (index < 0 || index >= data.documents.length) return;
  here.document = index;
  here.change = null;
  here.pan = [0, 0];
  here.page = changedPages(current())[0] || 1;
  show();
  find("name").focus();
}

function turn(page) {
  here.page = page;
  show();
}

function walk(by) {
  for (let index = here.document + by; data.documents[index]; index += by) if (wanted(index)) return go(index);
}

function step(by) {
  const pages = changedPages(current());
  const next = by > 0 ? pages.find((page) => page > here.page) : pages.filter((page) => page < here.page).pop();
  if (next) { here.change = null; turn(next); }
}

function compareBy(mode) {
  here.mode = mode;
  show();
}

function amount(value) {
  find("at").value = value;
  find("stage").style.setProperty("--at", find("at").value);
}

function tell(text) {
  find("said").textContent = text;
}

async function decide(act, group = null) {
  const doc = current();
  if (!data.token || !(group || possible(act, doc))) return;
  const dialog = find("decision");
  const what = { approve: "Approve", page: `Approve page ${here.page} of`, reject: "Reject", undo: "Undo the last decision on" }[act];
  find("decision-title").replaceChildren(`${what} `, group ? `${group.length} documents` : make("bdi", { textContent: doc.document }));
  find("why").value = "";
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  if (dialog.returnValue !== "go") return;
  const answer = await fetch("decisions", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Masthead-Token": data.token },
    body: JSON.stringify({ documents: group || [here.document], act, page: here.page, why: find("why").value }),
  });
  const reply = await answer.json();
  if (!answer.ok) return tell(`Not recorded: ${reply.message}`);
  const changed = Object.entries(reply.documents);
  for (const [index, each] of changed) data.documents[index] = each;
  show();
  const [, first] = changed[0];
  tell(changed.length > 1 ? `Recorded: ${changed.length} documents are ${first.state}.` : `Recorded: ${first.document} is ${first.state}.`);
}

const KEYS = {
  j: () => walk(1), k: () => walk(-1), d: () => jump(1), D: () => jump(-1), n: () => step(1), p: () => step(-1),
  "[": () => amount(Number(find("at").value) - 5), "]": () => amount(Number(find("at").value) + 5),
  b: () => { here.held = !here.held; }, a: () => decide("approve"), A: () => decide("page"),
  r: () => decide("reject"), u: () => decide("undo"), "?": () => find("keys").showModal(), "/": () => find("search").focus(),
  "+": () => zoom(1), "-": () => zoom(-1), 0: () => zoom(0),
};
MODES.forEach(([mode], index) => { KEYS[index + 1] = () => compareBy(mode); });

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input:not([type=range]), textarea, select")) return;
  if (KEYS[event.key]) {
    event.preventDefault();
    KEYS[event.key]();
  }
});
find("at").addEventListener("input", () => amount(find("at").value));
for (const [id, by] of [["out", -1], ["fit", 0], ["in", 1]]) find(id).addEventListener("click", () => zoom(by));
find("search").addEventListener("input", showList);
find("only").addEventListener("change", showList);
find("help").addEventListener("click", () => find("keys").showModal());
for (const button of document.querySelectorAll("[data-act]")) button.addEventListener("click", () => decide(button.dataset.act));
setInterval(() => { if (!here.held) find("stage").classList.toggle("off"); }, 700);

// The address names the document, so the link from one report opens the same in another, and in the review.
const asked = location.hash.slice(1).split("."), mode = asked.pop(), page = Number(asked.pop()), name = decodeURIComponent(asked.join("."));
if (MODES.some(([each]) => each === mode)) here.mode = mode;

function open() {
  here.document = Math.max(data.documents.findIndex((doc) => doc.document === name), 0);
  here.page = (current()?.document === name && page) || (current() && changedPages(current())[0]) || 1;
  show();
}

function receive({ documents, left }) {
  const first = !data.documents.length, late = documents.some((doc) => doc.document === name) && here.document === 0;
  data.documents.push(...documents);
  data.left = left;
  if (first || late) open();
  else showList();
}

amount(50);
open();
if (data.token) { // the review, whose documents come while they are compared
  const source = new EventSource("events");
  source.onmessage = (event) => receive(JSON.parse(event.data));
  source.onerror = () => source.close();
  source.addEventListener("end", (event) => {
    source.close();
    const { groups, error } = JSON.parse(event.data);
    Object.assign(data, { groups, left: 0 });
    if (error) tell(`Not all are compared: ${error}`);
    showList();
    showGroups();
  });
}
