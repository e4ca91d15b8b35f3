"use strict";
// The page of the desk: a grid of documents by symbol and language, and the document that is chosen beside it.
const { words, languages, language } = JSON.parse(document.getElementById("data").textContent);
const find = (id) => document.getElementById(id);
const say = (key, values = {}) => words[key].replace(/\{(\w+)\}/g, (_, name) => values[name]);
const sources = new Map(); // by id, as the API gives them
const here = { me: { roles: [] }, chosen: null, turn: 0, asking: false, place: null, stream: null };
const rtl = document.documentElement.dir === "rtl";

function make(name, properties = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(properties)) {
    if (key in element) element[key] = value;
    else element.setAttribute(key, value);
  }
  element.append(...children.filter((child) => child !== null));
  return element;
}

const text = (value, dir = "auto") => make("bdi", { textContent: value, dir });
// A symbol in Arabic letters goes from right to left, part by part (masthead.document.symbols.ordered).
const named = (value) => (/^[\u0590-\u06ff]/.test(value) ? text(value.replace(/[/.-]/g, "\u200f$&\u200f"), "rtl") : text(value, "ltr"));
const time = (value) => make("time", { dateTime: value, dir: "ltr", textContent: `${value.slice(0, 10)} ${value.slice(11, 16)} UTC` });
const may = (role) => here.me.roles.includes(role);

async function ask(method, path, body, type = "application/json") {
  const options = { method, headers: body === undefined ? {} : { "Content-Type": type }, body };
  let answer;
  for (let tries = 0; tries < 60; tries += 1) {
    answer = await fetch(path, options);
    if (answer.status !== 429 && answer.status !== 503) break;
    await new Promise((done) => setTimeout(done, 1000 * (Number(answer.headers.get("Retry-After")) || 2)));
  }
  const values = await answer.json();
  if (answer.status === 401 && path !== "/api/session") enter();
  if (!answer.ok && !values.refused) throw new Error([values.message, values.hint].filter(Boolean).join(": "));
  return values;
}

function tell(message) {
  find("said").textContent = message;
  clearTimeout(tell.timer);
  tell.timer = setTimeout(() => { find("said").textContent = ""; }, 8000);
}

async function attempt(work) {
  try {
    return await work();
  } catch (error) {
    tell(error.message);
    return null;
  }
}

// --- what there is ------------------------------------------------------------------------------------------------------

const made = () => [...sources.values()].filter((each) => each.state === "made" && each.symbol);

function documents() {
  const rows = new Map();
  for (const each of made()) {
    const row = rows.get(each.symbol) || rows.set(each.symbol, {}).get(each.symbol);
    if (!row[each.language] || row[each.language].number < each.number) row[each.language] = each;
  }
  return rows;
}

function chips(each) {
  const findings = each.findings.error + each.findings.warning + each.findings.note;
  const shown = [];
  if (each.approved) shown.push(["good", `✓ ${words.state_approved}`]);
  else if (each.rejected) shown.push(["bad", `✗ ${words.state_rejected}`]);
  else shown.push(["soft", each.has_baseline ? words.state_changed : words.state_made]);
  if (findings) shown.push([each.findings.error ? "bad" : "soft", `${each.findings.error ? "!" : "·"} ${say("findings_count", { n: findings })}`]);
  if (each.print_error) shown.push(["bad", `! ${words.not_printed}`]);
  else if (each.printed) shown.push(["good", say("state_printed", { state: each.printed })]);
  return shown;
}

const ONLY = {
  all: () => true,
  open: (each) => !each.approved,
  found: (each) => each.findings.error + each.findings.warning > 0,
  approved: (each) => each.approved && !each.printed,
  printed: (each) => Boolean(each.printed),
};

function wanted(symbol, cells) {
  const query = find("search").value.trim().toLowerCase(), only = ONLY[find("only").value];
  const known = [symbol, ...cells.map((each) => each.name)].join(" ").toLowerCase();
  return known.includes(query) && cells.some(only);
}

function agreement(cells) {
  const [first] = cells;
  if (cells.length < 2) return text("–");
  if (first.disagreements === null) return make("span", { className: "soft", textContent: words.agreement_pending });
  const label = first.disagreements < 0 ? "?" : first.disagreements ? say("disagreements", { n: first.disagreements }) : `✓ ${words.agreed}`;
  return make("a", { href: `/api/concordance?symbol=${encodeURIComponent(first.symbol)}`, target: "_blank", rel: "noopener", className: first.disagreements ? "bad" : "good", textContent: label });
}

function whole(symbol, cells) {
  // What of a row may be approved at once, if it is more than one document.
  const open = cells.filter((each) => !each.approved);
  if (!may("approver") || open.length < 2) return "";
  const label = say("approve_row", { n: open.length });
  return make("button", { type: "button", className: "row", textContent: label, ariaLabel: `${label}: ${symbol}`, onclick: () => decideRow(symbol, open) });
}

function cell(each, symbol, code) {
  if (!each) return make("td", {}, make("span", { className: "soft", textContent: "–" }));
  const lines = chips(each).map(([kind, label]) => make("span", { className: kind, textContent: label }));
  const button = make("button", { type: "button", onclick: () => choose(each.id) }, make("span", { className: "skip", textContent: `${symbol} ${code}: ` }), ...lines);
  button.dataset.place = `${symbol} ${code}`;
  if (here.place === button.dataset.place && here.chosen) button.setAttribute("aria-current", "true");
  return make("td", {}, button);
}

function show() {
  const rows = documents(), codes = columns(rows), held = document.activeElement?.dataset?.place;
  find("heads").replaceChildren(make("th", { scope: "col", textContent: words.symbol }),
    ...codes.map((code) => make("th", { scope: "col", lang: code, textContent: languages[code] || code })), make("th", { scope: "col", textContent: words.agreement }));
  const shown = [...rows].filter(([symbol, cells]) => wanted(symbol, Object.values(cells)));
  shown.sort(([one], [other]) => one.localeCompare(other, "en", { numeric: true }));
  document.querySelector("tbody").replaceChildren(...shown.map(([symbol, cells]) => make("tr", {},
    make("th", { scope: "row" }, named(symbol)),
    ...codes.map((code) => cell(cells[code], symbol, code)),
    make("td", {}, agreement(Object.values(cells)), " ", whole(symbol, Object.values(cells))))));
  if (held) document.querySelector(`[data-place="${CSS.escape(held)}"]`)?.focus();
  showTroubles();
  const current = [...rows.values()].flatMap(Object.values);
  const waiting = [...sources.values()].filter((each) => each.state === "waiting").length;
  find("counts").textContent = say("counts", {
    made: current.length, approved: current.filter((each) => each.approved).length, failed: troubles().length, waiting,
  });
}

function columns(rows) {
  const found = new Set([...rows.values()].flatMap(Object.keys));
  return [...Object.keys(languages), ...[...found].filter((code) => !(code in languages)).sort()];
}

function troubles() {
  const newest = new Map();
  for (const each of made()) newest.set(each.name, Math.max(newest.get(each.name) || 0, each.number));
  return [...sources.values()].filter((each) => each.state === "failed" && !(newest.get(each.name) > each.number));
}

function showTroubles() {
  const failed = troubles();
  find("troubles").hidden = !failed.length;
  find("failed").replaceChildren(...failed.map((each) => {
    const remove = () => attempt(() => ask("DELETE", `/api/sources/${each.id}`));
    const button = may("editor") ? make("button", { type: "button", textContent: words.remove, ariaLabel: `${words.remove}: ${each.name}`, onclick: remove }) : "";
    const lines = [each.error, ...each.error.others].map((error) => make("div", { lang: "en", dir: "ltr" },
      text([error.where, error.message].filter(Boolean).join(": "), "ltr"), " ",
      error.hint ? make("bdi", { className: "hint", textContent: `(${error.hint})` }) : ""));
    return make("li", {}, make("strong", {}, text(each.name)), " ", button, ...lines);
  }));
}

// --- the document that is chosen ----------------------------------------------------------------------------------------

async function choose(id, focus = true) {
  // What somebody chooses is shown, whatever comes later of what was shown before: a decision is about what they see.
  if (focus) here.turn += 1;
  const turn = here.turn;
  here.asking = focus || here.asking;
  const source = await attempt(() => ask("GET", `/api/sources/${id}`));
  if (turn !== here.turn) return;
  if (focus) here.asking = false;
  if (!source) return;
  here.chosen = source;
  here.place = `${source.symbol} ${source.language}`;
  find("work").className = "open";
  find("panel").hidden = false;
  showPanel(source);
  show();
  if (focus) find("name").focus();
}

function close() {
  here.chosen = null;
  here.turn += 1;
  here.asking = false;
  find("work").className = "";
  find("panel").hidden = true;
  show();
  document.querySelector(`[data-place="${CSS.escape(here.place || "")}"]`)?.focus();
}

function showPanel(source) {
  const base = `/api/sources/${source.id}`, before = source.versions.length > 1 || (source.has_baseline && !source.approved);
  find("name").replaceChildren(named(source.symbol), " · ", text(languages[source.language] || source.language));
  find("state").replaceChildren(...chips(source).map(([kind, label]) => make("span", { className: `chip ${kind}`, textContent: label })),
    make("span", { className: "chip soft" }, text(source.name), " · ", text(source.sender), " · ", time(source.sent)));
  const act = (name, label, on, run) => on && make("button", { type: "button", id: name, textContent: label, onclick: run });
  const link = (name, label, on, href) => on && make("a", { id: name, href, target: "_blank", rel: "noopener", textContent: label });
  find("actions").replaceChildren(...[
    act("approve", words.approve, may("approver") && !source.approved, () => decide("approve")),
    act("reject", words.reject, may("approver") && !source.approved && !source.rejected, () => decide("reject")),
    act("undo", words.undo, may("approver") && source.undoable, () => decide("undo")),
    act("print", words.print, may("printer") && here.me.printer && source.approved && (!source.printed || source.print_error), print),
    link("compare", words.compare, before, `${base}/comparison?lang=${language}`),
    link("concord", words.concord, source.languages > 1, `/api/concordance?symbol=${encodeURIComponent(source.symbol)}`),
    link("pdf", "PDF", true, `${base}/edition.pdf`),
    link("word", "Word", true, `${base}/edition.docx`),
    link("original", words.original, true, `${base}/original`),
  ].filter(Boolean));
  if (source.print_error) find("state").append(make("span", { className: "chip", lang: "en" }, text(source.print_error)));
  const findings = source.report.findings;
  find("findings").replaceChildren(make("h3", { textContent: say("findings_count", { n: findings.length }) }), make("ul", {}, ...findings.map((each) => make("li", { lang: "en" },
    make("strong", { className: each.severity === "error" ? "bad" : "soft", textContent: words[`severity_${each.severity}`], lang: language }), " ",
    each.page ? make("a", { href: `#page-${each.page}`, lang: language, textContent: say("page", { n: each.page }) }) : "", each.page ? " " : "", text(each.message)))));
  const alt = (n) => say("page_of", { n, total: source.pages });
  find("pages").replaceChildren(...Array.from({ length: source.pages }, (_, at) => make("img", {
    id: `page-${at + 1}`, loading: "lazy", alt: alt(at + 1), src: `/api/editions/${source.pdf}/pages/${at + 1}.png`,
  })));
  find("history").replaceChildren(
    ...(source.decisions.length ? [make("h3", { textContent: words.decisions }), make("ul", {}, ...source.decisions.map((each) => make("li", {}, time(each.when), ` · ${words[`act_${each.act}`] || each.act} · `, text(each.by), ": ", text(each.why))))] : []),
    ...(source.versions.length > 1 ? [make("h3", { textContent: words.versions }), make("ul", {}, ...source.versions.map((each) => make("li", {}, make("a", { href: `/api/sources/${each.id}/edition.pdf`, target: "_blank", rel: "noopener", }, time(each.sent)), " ", text(each.name))))] : []));
}

async function askWhy(act, what) {
  // The reason for a decision, or null if nobody gives one.
  if (!may("approver") || document.querySelector("dialog[open]")) return null;
  find("decision-title").replaceChildren(words[act], " ", ...what);
  find("decision-role").textContent = say("in_role", { name: here.me.name });
  find("why").value = "";
  const dialog = find("decision");
  dialog.returnValue = "";
  dialog.showModal();
  await new Promise((done) => dialog.addEventListener("close", done, { once: true }));
  return dialog.returnValue === "go" ? find("why").value : null;
}

const recordDecision = (source, act, why) => attempt(() => ask("POST", `/api/sources/${source.id}/decisions`, JSON.stringify({ act, why })));

async function decideRow(symbol, open) {
  const why = await askWhy("approve", [named(symbol), " ", text(open.map((each) => each.language).join(", "), "ltr")]);
  if (why === null) return;
  let done = 0;
  for (const each of open) {
    const decided = await recordDecision(each, "approve", why);
    if (!decided) break; // the message says why; those before it are recorded
    sources.set(decided.id, decided);
    done += 1;
  }
  show();
  if (done === open.length) tell(`${words.recorded}: ${symbol} (${done})`);
}

async function decide(act) {
  const source = here.chosen;
  const why = source && await askWhy(act, [named(source.symbol), " ", text(source.language, "ltr")]);
  if (!source || why === null) return;
  const decided = await recordDecision(source, act, why);
  if (!decided) return;
  sources.set(decided.id, decided);
  tell(`${words.recorded}: ${decided.symbol} ${decided.language}`);
  await choose(decided.id, false);
}

async function print() {
  tell(words.printing);
  if (await attempt(() => ask("POST", `/api/sources/${here.chosen.id}/prints`, "{}"))) await choose(here.chosen.id, false);
}

// --- what comes in ------------------------------------------------------------------------------------------------------

async function send(list) {
  const refused = [];
  let taken = 0;
  for (const file of list) {
    tell(say("sending", { name: file.name }));
    try {
      const answer = await ask("POST", `/api/sources?name=${encodeURIComponent(file.name)}`, file, "application/octet-stream");
      taken += answer.sources.length;
      refused.push(...answer.refused.map((each) => `${each.name}: ${each.message}`));
    } catch (error) {
      refused.push(`${file.name}: ${error.message}`);
    }
  }
  find("files").value = "";
  tell([say("sent", { n: taken }), ...refused].join(" · "));
}

function receive(source) {
  if (source.state === "removed") sources.delete(source.id);
  else sources.set(source.id, source);
  clearTimeout(receive.timer);
  receive.timer = setTimeout(show, 60); // many come at once
  if (here.chosen && here.place === `${source.symbol} ${source.language}`) {
    clearTimeout(receive.other);
    receive.other = setTimeout(follow, 120);
  }
}

function follow() {
  // The panel shows the current version of its document, whatever has come since.
  if (!here.chosen || here.asking) return;
  const cells = documents().get(here.chosen.symbol) || {};
  choose((cells[here.chosen.language] || here.chosen).id, false);
}

async function load() {
  let after = 0, revision = null;
  do {
    const answer = await ask("GET", `/api/sources?after=${after}`);
    answer.sources.forEach((each) => sources.set(each.id, each));
    revision ??= answer.revision;
    after = answer.next;
  } while (after);
  here.stream?.close();
  here.stream = new EventSource(`/api/events?after=${revision}`);
  here.stream.onmessage = (event) => receive(JSON.parse(event.data));
  here.stream.onerror = () => { if (here.stream.readyState === EventSource.CLOSED) setTimeout(begin, 3000); };
  show();
}

function enter() {
  here.stream?.close();
  find("enter").hidden = false;
  find("work").hidden = true;
  find("leave").hidden = true;
  find("who").textContent = "";
  find("token").focus();
}

async function begin() {
  const answer = await fetch("/api/me").catch(() => null);
  if (!answer) return setTimeout(begin, 3000);
  if (!answer.ok) return enter();
  here.me = await answer.json();
  find("who").replaceChildren(text(here.me.name));
  find("enter").hidden = true;
  find("work").hidden = false;
  find("leave").hidden = false;
  find("add").hidden = !may("editor");
  find("hint").hidden = !may("editor");
  return attempt(load);
}

async function signIn(token) {
  find("denied").textContent = "";
  try {
    await ask("POST", "/api/session", JSON.stringify({ token }));
    await begin();
  } catch {
    find("denied").textContent = words.denied;
  }
}

// --- keys and drops -----------------------------------------------------------------------------------------------------

function move(from, across, down) {
  const cells = [...document.querySelectorAll("tbody tr")].map((row) => [...row.children].slice(1).map((each) => each.querySelector("button, a")));
  let row = cells.findIndex((each) => each.includes(from)), column = cells[row]?.indexOf(from);
  if (row < 0) return;
  do {
    row += down;
    column += across;
  } while (cells[row] && column >= 0 && column < cells[row].length && !cells[row][column]);
  cells[row]?.[column]?.focus();
}

const press = (id) => () => here.chosen && find(id)?.click();
const KEYS = {
  a: press("approve"), r: press("reject"), u: press("undo"), p: press("print"), c: press("compare"), l: press("concord"),
  n: () => may("editor") && find("files").click(), "/": () => find("search").focus(), "?": () => find("keys").showModal(),
  Escape: () => here.chosen && close(),
};
const ARROWS = { ArrowUp: [0, -1], ArrowDown: [0, 1], ArrowLeft: [rtl ? 1 : -1, 0], ArrowRight: [rtl ? -1 : 1, 0] };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector("dialog[open]")) return;
  if (event.target.matches("input, textarea, select")) return;
  const arrow = ARROWS[event.key];
  if (arrow && event.target.closest("tbody")) {
    event.preventDefault();
    move(event.target, ...arrow);
  } else if (arrow && event.target === document.body && !find("work").hidden) {
    event.preventDefault();
    document.querySelector("tbody button")?.focus();
  } else if (KEYS[event.key] && !find("work").hidden) {
    event.preventDefault();
    KEYS[event.key]();
  }
});
document.addEventListener("dragover", (event) => { event.preventDefault(); document.body.classList.add("dropping"); });
document.addEventListener("dragleave", (event) => { if (!event.relatedTarget) document.body.classList.remove("dropping"); });
document.addEventListener("drop", (event) => {
  event.preventDefault();
  document.body.classList.remove("dropping");
  if (may("editor")) send([...event.dataTransfer.files]);
});
find("files").addEventListener("change", () => send([...find("files").files]));
find("search").addEventListener("input", show);
find("only").addEventListener("change", show);
find("close").addEventListener("click", close);
find("help").addEventListener("click", () => find("keys").showModal());
find("leave").addEventListener("click", () => attempt(async () => { await ask("DELETE", "/api/session"); sources.clear(); enter(); }));
find("enter").addEventListener("submit", (event) => { event.preventDefault(); signIn(find("token").value); });

const given = new URLSearchParams(location.hash.slice(1)).get("token"); // as the command prints it, for one person
if (given) {
  history.replaceState(null, "", location.pathname + location.search);
  signIn(given);
} else {
  begin();
}
