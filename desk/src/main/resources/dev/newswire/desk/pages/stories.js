// Stories: what several articles tell of one event, and one of them whole.
import { api, element, trouble, exactly, dayOf, clockOf, number, page, table, plural, ApiError } from "./dom.js";

export async function show(content) {
  const parameters = new URLSearchParams(location.search);
  const id = parameters.get("id");
  if (id) await one(content, id);
  else await list(content, parameters.get("sort") === "size" ? "size" : "time");
}

async function list(content, sort) {
  const { stories } = await api("stories", new URLSearchParams({ sort }));
  const other = sort === "size" ? "time" : "size";
  page(content, "Stories", stories.length === 0 ? "No story has two articles yet." : [
    "What at least two articles tell of one event, " + (sort === "size" ? "the largest first. " : "the one that was told last first. "),
    element("a", { class: "link", href: "/stories" + (other === "size" ? "?sort=size" : "") }, other === "size" ? "Largest first" : "Last told first")],
    stories.map(story => element("a", { class: "story", href: address(story.id) },
      element("h2", { lang: story.language, dir: "auto" }, story.headline),
      element("span", { class: "meta" },
        element("span", {}, plural(story.articles, "article")),
        story.originals < story.articles ? element("span", {}, plural(story.originals, "original")) : null,
        element("span", {}, plural(story.providers, "provider")),
        element("time", { datetime: story.first }, exactly(story.first)), "to", element("time", { datetime: story.last }, exactly(story.last))))));
}

export const address = id => "/stories?id=" + encodeURIComponent(id);

async function one(content, id) {
  let story;
  try {
    story = await api("story", new URLSearchParams({ id }));
  } catch (failure) {
    if (!(failure instanceof ApiError) || failure.status !== 404) throw failure;
    content.replaceChildren(trouble("This story is not to be seen: it has no published article any more, or never was."));
    return;
  }
  let day;
  const timeline = story.tellings.flatMap(telling => {
    const heading = dayOf(telling.published) === day ? [] : [element("h3", { class: "day" }, day = dayOf(telling.published))];
    return [...heading, element("a", { class: "item", href: "/?id=" + encodeURIComponent(telling.id) },
      element("time", { datetime: telling.published }, clockOf(telling.published)),
      element("h3", { dir: "auto" }, telling.headline || telling.id),
      element("span", { class: "meta" }, element("span", {}, telling.provider),
        telling.copyOf ? element("span", {}, "copy of " + telling.copyOf) : null,
        telling.outdated ? element("span", { class: "flag warn" }, "not corrected since") : null))];
  });
  const providers = new Map();
  for (const telling of story.tellings) {
    const known = providers.get(telling.provider) || { articles: 0, first: telling.published };
    providers.set(telling.provider, { ...known, articles: known.articles + 1 });
  }
  page(content, story.headline,
    plural(story.articles, "article") + ", " + plural(story.originals, "original") + ", " + plural(story.providers, "provider")
    + ". From " + exactly(story.first) + " to " + exactly(story.last) + ".",
    element("p", {}, element("a", { class: "link", href: "/?story=" + encodeURIComponent(story.id) }, "Its articles on the wire")),
    element("div", { class: "timeline" }, timeline),
    element("h2", {}, "Who told it first"),
    table("Providers", [["Provider"], ["First"], ["Articles", "number"]], [...providers].map(([name, known]) => [name, exactly(known.first), number(known.articles)])),
    element("h2", {}, "Who and where"),
    story.entities.length === 0 ? element("p", { class: "hint" }, "Nobody is named.") : element("ul", { class: "names" }, story.entities.map(entity =>
      element("li", {}, element("a", { href: "/?entity=" + encodeURIComponent(entity.wikidataId || entity.name) }, element("i", { class: "dot " + entity.kind, "aria-hidden": "true" }), entity.name), " ", element("span", { class: "soft" }, number(entity.articles))))));
}
