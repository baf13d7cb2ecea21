// The frame of all pages: which one is shown, the search, the keys, the stream of what is new.
import { api, element, trouble, ApiError } from "./dom.js";
import * as wire from "./wire.js";
import * as stories from "./stories.js";
import * as tables from "./tables.js";
import * as trends from "./trends.js";

const content = document.getElementById("content");
const search = document.getElementById("search");
const box = document.getElementById("q");
const health = document.getElementById("health");
const keys = document.getElementById("keys");
const pages = { "/": wire.show, "/stories": stories.show, "/trends": trends.show, "/topics": tables.topics, "/feeds": tables.feeds, "/pipeline": tables.pipeline };
let leave = () => {};

/** Shows the page of the address. */
async function show() {
  leave();
  leave = () => {};
  const at = location.pathname;
  for (const link of document.querySelectorAll("nav a")) {
    if (link.getAttribute("href") === at) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
  box.value = at === "/" ? new URLSearchParams(location.search).get("q") || "" : "";
  try {
    leave = (await (pages[at] || pages["/"])(content, go)) || (() => {});
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    content.replaceChildren(trouble(failure.message));
  }
}

/** Goes to an address of the desk without loading it anew. */
export function go(address) {
  history.pushState(null, "", address);
  return show();
}

document.addEventListener("click", event => {
  const link = event.target.closest("a[href]");
  if (!link || event.defaultPrevented || event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey) return;
  const address = new URL(link.href);
  if (address.origin !== location.origin || !(address.pathname in pages) || link.hash) return;
  event.preventDefault();
  go(address.pathname + address.search);
});
addEventListener("popstate", show);

search.addEventListener("submit", event => {
  event.preventDefault();
  const parameters = location.pathname === "/" ? new URLSearchParams(location.search) : new URLSearchParams();
  parameters.delete("id");
  if (box.value.trim()) parameters.set("q", box.value.trim());
  else parameters.delete("q");
  go("/?" + parameters);
  box.blur();
});

document.addEventListener("keydown", event => {
  if (event.metaKey || event.ctrlKey || event.altKey) return;
  const typing = event.target.matches("input, textarea, select");
  if (event.key === "Escape" && typing) event.target.blur();
  else if (typing || keys.open) return;
  else if (event.key === "/") { event.preventDefault(); box.focus(); box.select(); }
  else if (event.key === "?") keys.showModal();
  else wire.key(event);
});

/** How the stages are, in a word, from the same figures as the page on them. */
async function look() {
  try {
    const pipeline = await api("pipeline");
    const [tone, word] = tables.verdict(pipeline);
    health.className = "health " + tone;
    health.lastChild.textContent = word;
  } catch (failure) {
    if (!(failure instanceof ApiError)) throw failure;
    health.className = "health bad";
    health.lastChild.textContent = failure.status === 401 ? "this desk was closed" : "no answer";
  }
}
look();
setInterval(look, 5000);

// One stream for all pages; the browser comes back by itself and says what it had last.
const stream = new EventSource("/api/v1/live");
for (const name of ["hello", "article", "withdrawn", "reset"]) {
  stream.addEventListener(name, event => document.dispatchEvent(new CustomEvent("wire-" + name, { detail: JSON.parse(event.data) })));
}

show();
