// One article: its text with what was found in it, and why.
import { api, element, exactly, number, plural, ApiError } from "./dom.js";
import { map } from "./map.js";
import { address } from "./stories.js";

/** The parts of the page of an article. */
export function article(whole, back) {
  const marks = element("button", { type: "button", "aria-pressed": "true", on: { click: toggle } }, "marks off");
  const text = element("div", { class: "marked" },
    element("h1", { lang: whole.language, dir: "auto" }, spans(whole.headline, marksOf(whole, "headline"))),
    element("div", { class: "line" },
      element("span", {}, whole.provider),
      whole.byline ? element("span", {}, whole.byline) : null,
      element("time", { datetime: whole.published }, exactly(whole.published)),
      whole.signals.map(signal => element("span", { class: "flag warn" }, signal.toLowerCase())),
      whole.url ? element("a", { href: whole.url, target: "_blank", rel: "noopener noreferrer nofollow" }, "original") : null,
      marks,
      element("a", { href: back }, "close")),
    whole.editorNotes.map(note => element("p", { class: "line" }, note)),
    element("div", { class: "body", lang: whole.language, dir: "auto" }, paragraphs(whole)));
  function toggle() {
    const on = text.classList.toggle("marked");
    marks.setAttribute("aria-pressed", String(on));
    marks.textContent = on ? "marks off" : "marks on";
  }
  return [text, why(whole), way(whole)];
}

/** What is shown of an article that was taken from view: who, when and why, never its text. */
export function withdrawn(gone) {
  return [element("h1", {}, gone.status === "canceled" ? "This article was killed" : "This article is withheld"),
    element("div", { class: "line" }, element("span", {}, gone.provider || ""), element("span", {}, exactly(gone.at)),
      gone.canceledBy ? element("span", {}, "by " + gone.canceledBy) : null),
    element("p", {}, gone.reason || "No reason was given.")];
}

/** Where a field is marked, in code points: topics' evidence lies over entities. */
function marksOf(whole, field) {
  const entities = whole.entities.flatMap(entity => entity.mentions.filter(mention => mention.field === field)
    .map(mention => ({ start: mention.start, end: mention.end, kind: entity.kind, title: entity.name + (entity.wikidataId ? " (" + entity.wikidataId + ")" : "") })));
  const topics = whole.topics.flatMap(topic => topic.evidence.filter(mention => mention.field === field)
    .map(mention => ({ start: mention.start, end: mention.end, kind: "topic", title: topic.label })));
  return [...entities, ...topics];
}

/** Cuts a text at the ends of its marks; where two marks lie over each other, both are nested. */
function spans(text, marks) {
  const points = Array.from(text);
  const cuts = [...new Set([0, points.length, ...marks.flatMap(mark => [mark.start, mark.end])])]
    .filter(cut => cut >= 0 && cut <= points.length).sort((a, b) => a - b);
  const made = [];
  for (let i = 0; i + 1 < cuts.length; i++) {
    let piece = points.slice(cuts[i], cuts[i + 1]).join("");
    const over = marks.filter(mark => mark.start <= cuts[i] && mark.end >= cuts[i + 1]);
    for (const mark of over.slice(0, 3)) piece = element("mark", { class: mark.kind, title: mark.title }, piece);
    made.push(piece);
  }
  return made;
}

function paragraphs(whole) {
  const marks = marksOf(whole, "body");
  const made = [];
  let at = 0;
  for (const paragraph of whole.body.split(/(\n\s*\n)/)) {
    const length = Array.from(paragraph).length;
    if (paragraph.trim()) {
      const inside = marks.filter(mark => mark.end > at && mark.start < at + length)
        .map(mark => ({ ...mark, start: Math.max(0, mark.start - at), end: Math.min(length, mark.end - at) }));
      made.push(element("p", {}, spans(paragraph, inside)));
    }
    at += length;
  }
  return made;
}

function why(whole) {
  const topics = whole.topics.map(topic => element("li", {},
    element("a", { href: "/?topic=" + encodeURIComponent(topic.id) }, topic.label),
    element("span", {}, topic.origin === "provider" ? "the provider sent it" : [...new Set(topic.evidence.map(mention => mention.text.toLowerCase()))].slice(0, 5).join(", ") || "its provider, subjects or entities")));
  const entities = whole.entities.map(entity => element("li", {},
    element("a", { href: "/?entity=" + encodeURIComponent(entity.wikidataId || entity.name) }, element("i", { class: "dot " + entity.kind, "aria-hidden": "true" }), entity.name),
    element("span", {}, [entity.kind, entity.wikidataId, entity.country, entity.mentions.length > 1 ? number(entity.mentions.length) + " times" : "once"].filter(Boolean).join(", "))));
  return element("div", { class: "why" },
    element("div", {}, element("h2", {}, "Why these topics"), topics.length ? element("ul", {}, topics) : "No topic.", whyNot(whole), story(whole), copies(whole)),
    element("div", {}, element("h2", {}, "Who and where"), entities.length ? element("ul", {}, entities) : "Nobody is named.", places(whole)));
}

/** Asks for a topic and says why the article does not have it. */
function whyNot(whole) {
  const topic = element("input", { "aria-label": "Topic that is missing", placeholder: "another topic?", list: "topics", maxlength: "100" });
  const answer = element("div", { "aria-live": "polite" });
  const form = element("form", { class: "why-not", on: { submit: async event => {
    event.preventDefault();
    try {
      const found = await api("why-not", new URLSearchParams({ id: whole.id, topic: topic.value.trim() }));
      answer.replaceChildren(element("p", {}, found.topic + ": " + found.verdict + (found.score ? ", score " + found.score.toFixed(2) + " of " + found.threshold.toFixed(2) : "")),
        element("ul", {}, found.queries.slice(0, 12).map(query => element("li", {}, element("code", {}, query.query), element("span", {}, query.matches ? "matches" : query.reasons.join(" "))))));
    } catch (failure) {
      if (!(failure instanceof ApiError)) throw failure;
      answer.replaceChildren(failure.message);
    }
  } } }, topic, element("button", {}, "Why not?"));
  return [form, answer];
}

function story(whole) {
  if (!whole.story || whole.story.articles < 2) return null;
  return [element("h2", {}, "Story"), element("ul", {}, element("li", {}, element("a", { href: address(whole.story.id) }, whole.story.headline),
    element("span", {}, plural(whole.story.articles, "article") + ", " + plural(whole.story.providers, "provider"))))];
}

function copies(whole) {
  if (whole.copies.length === 0) return null;
  return [element("h2", {}, "Copies"), element("ul", {}, whole.copies.map(copy => element("li", {},
    element("a", { href: "/?id=" + encodeURIComponent(copy.id) }, copy.provider), element("span", {}, exactly(copy.published), copy.outdated ? element("b", { class: "flag warn" }, " not corrected since") : null))))];
}

/** Filled once the land is there. */
function places(whole) {
  const known = whole.entities.filter(entity => entity.kind === "place" && entity.latitude !== undefined);
  const figure = element("div");
  if (known.length) {
    map(known.map(place => ({ ...place, articles: undefined, href: "/?entity=" + encodeURIComponent(place.wikidataId || place.name) })))
      .then(drawn => figure.replaceChildren(drawn));
  }
  return figure;
}

function way(whole) {
  const failures = whole.enrichment.failures;
  return element("div", { class: "way" },
    whole.id, element("br"), "received " + exactly(whole.revision.received)
    + (whole.revision.version ? " · version " + whole.revision.version : "")
    + " · taxonomy " + (whole.enrichment.taxonomy || "bundled") + " · model " + whole.enrichment.model,
    failures.map(failure => element("p", { class: "flag warn" }, "missing: " + failure)));
}
