"use strict";
// Shows the documents of a run: those that the page contains, and those that come while the run goes on.
const data = JSON.parse(document.getElementById("data").textContent);
const find = (id) => document.getElementById(id);
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
const body = document.querySelector("tbody"), begun = performance.now(), rows = [];
const found = (each) => (each.findings || []).length > 0;
const trouble = (each) => (each.error ? 0 : each.failed ? 1 : found(each) ? 2 : 3);
const columns = [
  { title: "Source", key: (each) => each.source },
  { title: "State", key: (each) => `${trouble(each)} ${each.state}` },
  { title: "File", key: (each) => each.pdf || "" },
  { title: "Reasons and findings", key: (each) => -(each.findings || []).length },
  { title: "Seconds", key: (each) => -each.seconds },
];
let column = 1, ascending = true, waiting = false;

const linked = (text, address) => (address ? make("a", { href: address, textContent: text }) : text);

function line(finding, link) {
  const place = finding.page ? [linked(`page ${finding.page}`, link && `${link}#page=${finding.page}`), ", "] : [];
  return make("li", {}, `${finding.severity}: `, ...place, `${finding.rule}: `, make("bdi", { textContent: finding.message }));
}

function row(each) {
  const notes = make("td");
  if (each.error) {
    for (const error of [each.error, ...each.error.others]) {
      const place = error.where ? `${error.where}: ` : "";
      if (notes.hasChildNodes()) notes.append(make("br"));
      notes.append(place, make("bdi", { textContent: error.message }));
      if (error.hint) notes.append(make("br"), error.hint);
    }
  }
  const lines = [...each.reasons, ...(each.notes || [])].map((text) => make("li", { textContent: text }));
  lines.push(...(each.findings || []).map((finding) => line(finding, each.link)));
  if (lines.length) notes.append(make("ul", {}, ...lines));
  const file = make("td");
  if (each.pdf) file.append(linked(each.pdf, each.link));
  return make(
    "tr", { className: `${each.state}${found(each) ? " found" : ""}` },
    make("th", { scope: "row", textContent: each.source }),
    make("td", { className: "state", textContent: each.state }), file, notes,
    make("td", { className: "number", textContent: each.seconds.toFixed(2) }),
  );
}

function add(documents) {
  for (const each of documents) {
    const words = JSON.stringify([each.source, each.pdf, each.facts && each.facts.title, each.error, each.findings]);
    rows.push({ each, element: row(each), words: words.toLowerCase() });
  }
}

function count(remaining) {
  const counts = {};
  for (const { each } of rows) counts[each.state] = (counts[each.state] || 0) + 1;
  const parts = data.states.filter((state) => counts[state]).map((state) => `${counts[state].toLocaleString("en")} ${state}`);
  const findings = rows.reduce((sum, { each }) => sum + (each.findings || []).length, 0);
  const work = rows.reduce((sum, { each }) => sum + each.seconds, 0);
  let text = `${parts.join(", ") || "Nothing to do"}; ${findings.toLocaleString("en")} findings; ${work.toFixed(1)} seconds of work.`;
  if (remaining > 0) {
    const seconds = (performance.now() - begun) / 1000, rate = (rows.length - data.documents.length) / seconds;
    text += ` ${remaining.toLocaleString("en")} to do`;
    if (rate > 0) text += `, ${rate.toFixed(1)} per second, about ${Math.ceil(remaining / rate / 60)} min left`;
    text += ".";
  }
  find("counts").textContent = text;
  const shown = document.querySelector("input[name=show]:checked");
  const wanted = ["all", ...data.states.filter((state) => counts[state]), "found"];
  for (const state of wanted) {
    if (find(`show-${state}`)) continue;
    const button = make("input", { type: "radio", name: "show", id: `show-${state}`, checked: !shown && state === "all" });
    const label = make("label", {}, button, ` ${state === "found" ? "with findings" : state}`);
    find("states").insertBefore(label, state === "found" ? null : find("show-found")?.parentElement || null);
  }
}

function arrange() {
  const shown = document.querySelector("input[name=show]:checked").id.slice("show-".length);
  const words = find("search").value.toLowerCase(), { key } = columns[column], sign = ascending ? 1 : -1;
  const order = (a, b) => (key(a.each) < key(b.each) ? -sign : key(a.each) > key(b.each) ? sign : 0);
  for (const { each, element, words: known } of rows)
    element.hidden = !(shown === "all" || shown === each.state || (shown === "found" && found(each))) || !known.includes(words);
  body.replaceChildren(...rows.toSorted(order).map(({ element }) => element));
  document.querySelectorAll("#heads th").forEach((head, index) => {
    if (index === column) head.setAttribute("aria-sort", ascending ? "ascending" : "descending");
    else head.removeAttribute("aria-sort");
  });
}

function update(remaining) {
  count(remaining);
  if (waiting) return; // what comes quickly is arranged at once
  waiting = true;
  setTimeout(() => { waiting = false; arrange(); }, data.live ? 250 : 0);
}

columns.forEach(({ title }, index) => {
  const button = make("button", { type: "button", textContent: title });
  button.addEventListener("click", () => {
    ascending = index === column ? !ascending : true;
    column = index;
    arrange();
  });
  find("heads").append(make("th", { scope: "col" }, button));
});
find("states").addEventListener("change", arrange);
find("search").addEventListener("input", arrange);
document.querySelector("form").addEventListener("submit", (event) => event.preventDefault());
add(data.documents);
count(0);
arrange();
if (data.live) {
  const bar = Object.assign(find("done"), { hidden: false, max: Math.max(data.total, 1), value: rows.length });
  const events = new EventSource("events");
  events.addEventListener("message", (event) => {
    const { documents, left } = JSON.parse(event.data);
    add(documents);
    bar.value = rows.length;
    update(left);
  });
  events.addEventListener("end", () => { events.close(); bar.hidden = true; update(0); });
}
