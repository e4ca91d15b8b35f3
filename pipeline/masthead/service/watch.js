"use strict";
// Shows each edition as it comes. Pages change in place, so the view stays at the same place of the same page.
const dpi = JSON.parse(document.getElementById("data").textContent).dpi;
const find = (id) => document.getElementById(id);
const make = (name, properties = {}, ...children) => {
  const element = Object.assign(document.createElement(name), properties);
  element.append(...children);
  return element;
};
let version = 0;

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
  shown.findings.forEach((finding) => {
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

function showFindings(shown) {
  find("name").replaceChildren(make("bdi", { textContent: shown.name || "Nothing published yet" }));
  document.title = `${shown.error ? "✗ " : ""}${shown.name || "Watch"} · Masthead`;
  find("state").textContent = shown.error ? "The pages are those of the last good save." : `Edition ${shown.version}: ${shown.pages} pages, ${shown.findings.length || "no"} findings`;
  find("findings").replaceChildren(...shown.findings.map((finding) => {
    const text = [make("b", { className: finding.severity, textContent: finding.severity }), " ", make("bdi", { textContent: finding.message })];
    return make("li", {}, ...(finding.page ? [make("a", { href: `#page-${finding.page}` }, `page ${finding.page}: `, ...text)] : text));
  }));
}

function showError(error) {
  find("error").replaceChildren(...(error ? [
    make("p", { className: "message" }, make("bdi", { textContent: error.where ? `${error.where}: ${error.message}` : error.message })),
    ...(error.hint ? [make("p", {}, make("bdi", { textContent: error.hint }))] : []),
  ] : []));
}

new EventSource("events").onmessage = async (event) => {
  const shown = JSON.parse(event.data);
  if (shown.version !== version && shown.version) {
    version = shown.version;
    await showPages(shown);
  }
  showFindings(shown);
  showError(shown.error);
};
