// What every page needs: elements made of text (never of markup), calls of the API, times.

/** Makes an element. Text becomes a text node, so that nothing of an article is ever markup. */
export function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (key === "on") for (const [event, listener] of Object.entries(value)) made.addEventListener(event, listener);
    else made.setAttribute(key, value === true ? "" : value);
  }
  made.append(...children.flat(Infinity).filter(child => child !== null && child !== undefined && child !== false));
  return made;
}

/** What went wrong with a call, in words for people. */
export class ApiError extends Error {
  constructor(status, message, body) {
    super(message);
    this.status = status;
    this.body = body;
  }
}

/** Calls the API. Fails with an ApiError. */
export async function api(path, parameters = new URLSearchParams(), signal = undefined) {
  const query = parameters.toString();
  let response;
  try {
    response = await fetch("/api/v1/" + path + (query ? "?" + query : ""), { signal, headers: { Accept: "application/json" } });
  } catch (failure) {
    if (failure.name === "AbortError") throw failure;
    throw new ApiError(0, "Newswire does not answer. The desk goes on once it is back.");
  }
  const body = await response.json().catch(() => ({}));
  if (!response.ok) throw new ApiError(response.status, body.detail || body.title || "HTTP " + response.status, body);
  return body;
}

/** The one element that trouble is told in. */
export function trouble(message) {
  return element("p", { class: "trouble", role: "alert" }, message);
}

const day = new Intl.DateTimeFormat("en-GB", { weekday: "long", day: "numeric", month: "long", year: "numeric" });
const clock = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit" });
const exact = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "medium" });

export const dayOf = moment => day.format(new Date(moment));
export const clockOf = moment => clock.format(new Date(moment));
export const exactly = moment => (moment ? exact.format(new Date(moment)) : "?");

/** How long ago or ahead, in one word or two. */
export function ago(moment) {
  if (!moment) return "?";
  const seconds = (Date.now() - new Date(moment)) / 1000;
  const length = duration(Math.abs(seconds));
  return seconds < 0 ? "in " + length : length + " ago";
}

export function duration(seconds) {
  if (seconds === null || seconds === undefined) return "?";
  if (seconds < 90) return Math.round(seconds) + " s";
  if (seconds < 5400) return Math.round(seconds / 60) + " min";
  if (seconds < 129600) return Math.round(seconds / 3600) + " h";
  return Math.round(seconds / 86400) + " days";
}

export const number = value => (value === null || value === undefined ? "?" : Number(value).toLocaleString("en-GB"));

/** Pieces of which every second was found become text and marks. */
export function marked(pieces) {
  return pieces.map((piece, index) => (index % 2 === 0 ? piece : element("mark", {}, piece)));
}

export const plural = (count, word) => number(count) + " " + word + (count === 1 ? "" : "s");

/** A table with a name; a heading is its text and the class of its cells. */
export function table(label, headings, rows) {
  return element("div", { class: "scroll", tabindex: "0", role: "region", "aria-label": label },
    element("table", {}, element("thead", {}, element("tr", {}, headings.map(([text, kind]) => element("th", { scope: "col", class: kind }, text)))),
      element("tbody", {}, rows.map(cells => element("tr", {}, cells.map((cell, i) => element("td", { class: headings[i][1] }, cell)))))));
}

/** Makes the content a page with a title and a sentence on what it shows. */
export function page(content, title, hint, ...parts) {
  document.title = title + " · Newswire";
  content.replaceChildren(element("div", { class: "page" }, element("h1", {}, title), element("p", { class: "hint" }, hint), ...parts.flat().filter(Boolean)));
}
