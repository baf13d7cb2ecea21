// The wire: a list that does not move while it is read, filters in the address, and one article.
import { api, element, trouble, dayOf, clockOf, marked, number, plural, ApiError } from "./dom.js";
import { article, withdrawn } from "./article.js";

const FILTERS = ["topic", "entity", "provider", "language", "story", "since", "until"];
const FACETS = [["topic", "Topics"], ["entity", "People, organisations, places"], ["provider", "Providers"]];
let view = null;

/** Shows the wire; gives what is to be done when it is left. */
export async function show(content, go) {
  const parameters = new URLSearchParams(location.search);
  const id = parameters.get("id");
  if (view && view.content === content && content.contains(view.root) && view.sameSearch(parameters)) {
    view.open(id);
  } else {
    view = new Wire(content, go, parameters);
    await view.load();
    view.open(id);
  }
  const shown = view;
  return () => { if (location.pathname !== "/" && view === shown) { shown.close(); view = null; } };
}

export function key(event) {
  if (view && location.pathname === "/") view.key(event);
}

function searchOf(parameters) {
  const search = new URLSearchParams(parameters);
  search.delete("id");
  return search;
}

/** The desk's own topics first; the provider's where there is room. */
function chosenTopics(row) {
  const own = row.topics.filter(topic => topic.origin !== "provider");
  return [...own, ...row.topics.filter(topic => topic.origin === "provider")].slice(0, 4);
}

class Wire {
  constructor(content, go, parameters) {
    this.content = content;
    this.go = go;
    this.search = searchOf(parameters);
    this.rows = new Map();
    this.fresh = [];
    this.id = null;
    this.filters = element("aside", { class: "filters", "aria-label": "Filters" });
    this.list = element("section", { class: "list", "aria-label": "Articles" });
    this.reader = element("article", { class: "article", "aria-label": "Article", tabindex: "-1" });
    this.root = element("div", { class: "wire" }, this.filters, this.list, this.reader);
    this.new = element("button", { class: "new", hidden: true, on: { click: () => this.takeNew() } });
    this.listeners = {
      "wire-hello": () => this.check(),
      "wire-article": event => this.arrived(event.detail),
      "wire-withdrawn": event => this.gone(event.detail),
      "wire-reset": () => this.missed(),
    };
    for (const [name, listener] of Object.entries(this.listeners)) document.addEventListener(name, listener);
  }

  close() {
    for (const [name, listener] of Object.entries(this.listeners)) document.removeEventListener(name, listener);
  }

  sameSearch(parameters) {
    return searchOf(parameters).toString() === this.search.toString();
  }

  /** The search as the API takes it: copies folded unless the address says otherwise. */
  asked() {
    const asked = new URLSearchParams(this.search);
    if (!asked.has("copies")) asked.set("copies", "folded");
    return asked;
  }

  address(changes) {
    const parameters = new URLSearchParams(this.search);
    for (const [name, value] of Object.entries(changes)) {
      if (value === null) parameters.delete(name);
      else parameters.set(name, value);
    }
    return "/?" + parameters;
  }

  async load() {
    document.title = (this.search.get("q") ? this.search.get("q") + " · " : "") + "Wire · Newswire";
    this.content.replaceChildren(this.root);
    try {
      const page = await api("articles", this.asked());
      this.total = page.total;
      this.list.replaceChildren(this.new, element("h1", { class: "unseen" }, "Wire"), element("p", { class: "summary" }, this.summary(page.total)));
      this.add(page);
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      this.list.replaceChildren(trouble(failure.message));
      if (failure.status === 0 || failure.status === 503) setTimeout(() => view === this && this.load(), 3000);
      return;
    }
    this.loadFilters();
  }

  summary(total) {
    return plural(total, "article");
  }

  add(page) {
    if (page.articles.length === 0 && this.rows.size === 0) {
      this.list.append(element("p", { class: "empty" }, this.search.toString() ? "Nothing found." : "No article is stored yet. What comes in appears here."));
    }
    for (const row of page.articles) this.list.append(...this.withDay(row));
    if (page.next) {
      const more = element("button", { class: "more", on: { click: async () => {
        const next = this.asked();
        next.set("cursor", page.next);
        const following = await api("articles", next);
        more.remove();
        this.add(following);
      } } }, "More");
      this.list.append(more);
    }
  }

  withDay(row) {
    const day = dayOf(row.published);
    const made = [];
    if (day !== this.lastDay) made.push(element("h2", { class: "day" }, day));
    this.lastDay = day;
    made.push(this.row(row));
    return made;
  }

  row(row) {
    const flags = row.signals.map(signal => element("span", { class: "flag warn" }, signal.toLowerCase()));
    const made = element("a", { class: "item", href: this.address({ id: row.id }), "data-id": row.id },
      element("time", { datetime: row.published }, clockOf(row.published)),
      element("h3", { lang: row.language, dir: "auto" }, row.headlineMarks.join("") ? marked(row.headlineMarks) : row.excerpt.join("").slice(0, 120)),
      element("span", { class: "meta" }, element("span", {}, row.provider), flags,
        row.copies ? element("span", {}, "+" + number(row.copies) + (row.copies === 1 ? " copy" : " copies")) : null,
        chosenTopics(row).map(topic => element("b", {}, topic.label))));
    this.rows.set(row.id, made);
    return made;
  }

  async loadFilters() {
    const chosen = [];
    for (const name of FILTERS) {
      for (const value of this.search.getAll(name)) {
        const rest = new URLSearchParams(this.search);
        rest.delete(name, value);
        chosen.push(element("a", { href: "/?" + rest, "aria-current": "true", title: "Remove this filter" }, name === "since" || name === "until" ? name + " " + value : value, element("span", {}, "×")));
      }
    }
    const sections = await Promise.all(FACETS.map(async ([by, title]) => {
      const asked = this.asked();
      asked.set("by", by);
      asked.set("limit", by === "provider" ? 8 : 12);
      const facets = (await api("facets", asked)).facets.filter(facet => !this.search.getAll(by).includes(facet.value));
      return facets.length === 0 ? [] : [element("h2", {}, title), facets.map(facet => {
        const more = new URLSearchParams(this.search);
        more.append(by, facet.value);
        return element("a", { href: "/?" + more }, by === "topic" && facet.detail ? facet.detail : facet.value, element("span", {}, number(facet.articles)));
      })];
    }));
    const folded = this.search.get("copies") !== "all";
    const show = [element("h2", {}, "Show"), element("a", { href: this.address({ copies: folded ? "all" : null }), "aria-current": folded ? "true" : null }, "Copies folded")];
    this.filters.replaceChildren(...(chosen.length ? [element("h2", {}, "Chosen"), ...chosen] : []), ...sections.flat(3), ...show);
  }

  /** Opens an article beside the list; none where there is no id. */
  async open(id) {
    this.id = id;
    this.root.classList.toggle("reading", Boolean(id));
    for (const [known, row] of this.rows) {
      if (known === id) row.setAttribute("aria-current", "true");
      else row.removeAttribute("aria-current");
    }
    if (!id) {
      this.reader.replaceChildren(element("p", { class: "empty" }, "Choose an article, or press j."));
      return;
    }
    this.rows.get(id)?.scrollIntoView({ block: "nearest" });
    try {
      const whole = await api("article", new URLSearchParams({ id }));
      if (this.id === id) this.reader.replaceChildren(...article(whole, this.address({ id: null })));
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      if (this.id !== id) return;
      this.reader.replaceChildren(...(failure.status === 410 ? withdrawn(failure.body) : [trouble(failure.message)]));
    }
    this.reader.scrollTop = 0;
  }

  // What arrives waits behind a button, so that the list does not move under the reader's eyes.
  arrived(row) {
    if (this.rows.has(row.id)) {
      const before = this.rows.get(row.id);
      const after = this.row(row);
      if (before.hasAttribute("aria-current")) after.setAttribute("aria-current", "true");
      before.replaceWith(after);
      if (this.id === row.id) this.open(row.id);
      return;
    }
    this.fresh = this.fresh.filter(waiting => waiting !== row.id);
    this.fresh.push(row.id);
    this.tellNew();
  }

  tellNew() {
    this.new.hidden = this.fresh.length === 0;
    this.new.textContent = this.search.toString() ? "New articles" : number(this.fresh.length) + " new";
  }

  /** The stream begins after the list was read: something may have come in between. */
  async check() {
    const asked = this.asked();
    asked.set("limit", "1");
    const [newest] = (await api("articles", asked)).articles;
    if (newest && this.total !== undefined && !this.rows.has(newest.id)) this.arrived(newest);
  }

  missed() {
    this.new.hidden = false;
    this.new.textContent = "Load anew";
  }

  async takeNew() {
    this.fresh = [];
    this.rows.clear();
    this.lastDay = undefined;
    this.new.hidden = true;
    await this.load();
    this.list.scrollTop = 0;
    if (this.id) this.rows.get(this.id)?.setAttribute("aria-current", "true");
  }

  gone(withdrawal) {
    this.fresh = this.fresh.filter(waiting => waiting !== withdrawal.id);
    this.tellNew();
    const row = this.rows.get(withdrawal.id);
    if (row) {
      row.classList.add("gone");
      row.querySelector("h3").textContent = "Withdrawn";
      row.querySelector(".meta").replaceChildren(element("span", { class: "flag bad" }, withdrawal.status === "canceled" ? "killed" : "withdrawn"), withdrawal.reason || "");
    }
    if (this.id === withdrawal.id) this.open(withdrawal.id);
  }

  key(event) {
    const ids = [...this.list.querySelectorAll("[data-id]")].map(row => row.dataset.id);
    const at = ids.indexOf(this.id);
    if (event.key === "j" && at + 1 < ids.length) this.go(this.address({ id: ids[at + 1] }));
    else if (event.key === "k" && at > 0) this.go(this.address({ id: ids[at - 1] }));
    else if (event.key === "n" && !this.new.hidden) this.takeNew();
    else if (event.key === "m") this.reader.querySelector("button[aria-pressed]")?.click();
    else if (event.key === "Enter" && this.id && event.target === document.body) this.reader.focus();
    else if (event.key === "Escape" && this.id) this.go(this.address({ id: null }));
  }
}
