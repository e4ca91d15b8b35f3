"use strict";
// Shows each edition as it comes. Pages change in place, so the view stays at the same place of the same page.
const { dpi, token } = JSON.parse(document.getElementById("data").textContent);
const find = (id) => document.getElementById(id);
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
let version = 0;
let places = []; // lines of text on the pages: the line of the source, the page, the box in points

function place() {
  // The page at the top of the window, and how far it is scrolled, as a share of its height.
  for (const [index, figure] of [...find("pages").children].entries()) {
    const box = figure.getBoundingClientRect();
    if (box.bottom > 0 && box.height) return { index, share: -box.top / box.height };
  }
  return null;
}

function keep(at) {
  const figure = at && (find("pages").children[at.index] || find("pages").lastElementChild);
  if (!figure) return;
  const box = figure.getBoundingClientRect();
  scrollTo({ top: scrollY + box.top + at.share * box.height, behavior: "instant" });
}

function boxes(figure, picture, shown, page) {
  figure.querySelectorAll(".box").forEach((box) => box.remove());
  const width = picture.naturalWidth * 72 / dpi, height = picture.naturalHeight * 72 / dpi;
  const loose = shown.loose.map(([, on, box]) => ({ page: on, box, severity: "loose" }));
  [...shown.findings, ...loose].forEach((finding) => {
    if (finding.page !== page || !finding.box) return;
    const [left, top, right, bottom] = finding.box;
    const box = make("span", { className: `box ${finding.severity}` });
    Object.assign(box.style, {
      left: `${100 * left / width}%`, top: `${100 * top / height}%`,
      width: `${100 * (right - left) / width}%`, height: `${100 * (bottom - top) / height}%`,
    });
    figure.append(box);
  });
}

async function showPages(shown) {
  const pictures = await Promise.all(Array.from({ length: shown.pages }, async (_, index) => {
    const picture = make("img", { alt: `Page ${index + 1}`, src: `sheets/${shown.version}/${index + 1}.png` });
    await picture.decode().catch(() => null);
    return picture;
  }));
  if (version > shown.version || pictures.some((picture) => !picture.naturalWidth)) return; // a later edition has come
  const at = place(), pages = find("pages");
  pictures.forEach((picture, index) => {
    const figure = pages.children[index] || pages.appendChild(make("figure", { id: `page-${index + 1}` }));
    figure.replaceChildren(picture);
    boxes(figure, picture, shown, index + 1);
  });
  while (pages.children.length > pictures.length) pages.lastElementChild.remove();
  keep(at);
}

// --- from a page to the source, and back -----------------------------------------------------------------------------

function within(figure, event) {
  // The place of a click on a page, in points.
  const box = figure.getBoundingClientRect(), scale = figure.querySelector("img").naturalWidth * 72 / dpi / box.width;
  return [(event.clientX - box.left) * scale, (event.clientY - box.top) * scale];
}

function lineAt(page, x, y) {
  // The source's line of the text that is nearest to a place.
  const outside = (low, value, high) => Math.max(low - value, 0, value - high);
  let best = null, least = Infinity;
  for (const [line, on, [left, top, right, bottom]] of places) {
    const distance = outside(left, x, right) + 4 * outside(top, y, bottom);
    if (on === page && distance < least) [best, least] = [line, distance];
  }
  return best;
}

async function choose(line) {
  const headers = { "content-type": "application/json", "x-masthead-token": token };
  await fetch("places", { method: "POST", headers, body: JSON.stringify({ line }) });
  find("state").textContent = `Line ${line}`;
}

find("pages").addEventListener("click", (event) => {
  const figure = event.target.closest("figure");
  if (!figure || getSelection().toString()) return;
  const line = lineAt([...find("pages").children].indexOf(figure) + 1, ...within(figure, event));
  if (line) choose(line);
});

function showLine(wanted) {
  // Mark what the last line up to the wanted one has become, and scroll there unless it is in view.
  const line = Math.max(0, ...places.map(([each]) => each).filter((each) => each <= wanted));
  document.querySelectorAll(".cursor").forEach((mark) => mark.remove());
  places.filter(([each]) => each === line).forEach(([, page, [left, top, right, bottom]], index) => {
    const figure = find("pages").children[page - 1], picture = figure.querySelector("img");
    const width = picture.naturalWidth * 72 / dpi, height = picture.naturalHeight * 72 / dpi;
    const mark = make("span", { className: "cursor" });
    Object.assign(mark.style, {
      left: `${100 * left / width}%`, top: `${100 * top / height}%`,
      width: `${100 * (right - left) / width}%`, height: `${100 * (bottom - top) / height}%`,
    });
    figure.append(mark);
    const box = mark.getBoundingClientRect();
    if (!index && (box.top < 0 || box.bottom > innerHeight)) mark.scrollIntoView({ block: "center" });
  });
}

function showFindings(shown) {
  find("name").replaceChildren(make("bdi", { textContent: shown.name || "Nothing published yet" }));
  document.title = `${shown.errors.length ? "✗ " : ""}${shown.name || "Watch"} · Masthead`;
  find("state").textContent = shown.errors.length ? "The pages are those of the last good save." : `Edition ${shown.version}: ${shown.pages} pages, ${shown.findings.length || "no"} findings, ${shown.loose.length || "no"} loose lines`;
  const loose = shown.loose.map(([times, page]) => ({ page, severity: "loose", message: `a line with spaces ${times} times as wide as a space` }));
  find("findings").replaceChildren(...[...shown.findings, ...loose].map((finding) => {
    const text = [make("b", { className: finding.severity, textContent: finding.severity }), " ", make("bdi", { textContent: finding.message })];
    if (finding.page) return make("li", {}, make("a", { href: `#page-${finding.page}` }, `page ${finding.page}: `, ...text));
    return make("li", {}, ...sourceLink(finding.where), ...text);
  }));
}

function sourceLink(where) {
  // A place in the source as a button that shows it in the editor; a place in words as it is.
  const line = /:(\d+)(:\d+)?$/.exec(where || "");
  if (!line) return where ? [make("bdi", { textContent: where }), ": "] : [];
  const button = make("button", { type: "button", textContent: `line ${line[1]}` });
  button.addEventListener("click", () => choose(Number(line[1])));
  return [button, " "];
}

function showErrors(errors) {
  find("error").replaceChildren(...(errors.length ? [make("ol", {}, ...errors.map((error) => make("li", {},
    make("p", { className: "message" }, ...sourceLink(error.where), make("bdi", { textContent: error.message })),
    ...(error.hint ? [make("p", {}, make("bdi", { textContent: error.hint }))] : []),
  )))] : []));
}

const events = new EventSource("events");
events.addEventListener("cursor", (event) => showLine(Number(event.data)));
events.onmessage = async (event) => {
  const shown = JSON.parse(event.data);
  if (shown.version !== version && shown.version) {
    version = shown.version;
    places = shown.places;
    await showPages(shown);
  }
  showFindings(shown);
  showErrors(shown.errors);
};
