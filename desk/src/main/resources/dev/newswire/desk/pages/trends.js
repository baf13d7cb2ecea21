// What rises: a day beside the days before it, and the days themselves.
import { api, element, exactly, number, page, plural, table } from "./dom.js";
import { map } from "./map.js";

const DAYS = 60;

export async function show(content) {
  const [topics, entities, providers] = await Promise.all(["topic", "entity", "provider"].map(by => api("trends", new URLSearchParams({ by, limit: "15" }))));
  const window = { since: topics.since, until: topics.until };
  const days = (await api("facets", new URLSearchParams({ by: "day", limit: String(DAYS) }))).facets;
  page(content, "Trends", "The day until " + exactly(window.until) + ", beside the mean day of the week before it.",
    days.length === 0 ? null : bars(days.slice().reverse()),
    element("div", { class: "columns" },
      rising("Topics", topics, trend => trend.detail || trend.value, trend => ({ topic: trend.value }), window),
      rising("People, organisations, places", entities, trend => trend.value, trend => ({ entity: id(trend) || trend.value }), window),
      rising("Providers", providers, trend => trend.value, trend => ({ provider: trend.value }), window)),
    element("h2", {}, "Where"), await where(window));
}

const id = trend => (trend.detail || "").split(" ").find(word => /^Q\d+$/.test(word));

const wire = filters => "/?" + new URLSearchParams(filters);

function rising(title, found, name, filter, window) {
  return element("section", {}, element("h2", {}, title),
    found.trends.length === 0 ? element("p", { class: "hint" }, "Nothing.") : table(title, [["Name"], ["Now", "number"], ["Before", "number"], ["Times", "number"]], found.trends.map(trend => [
      element("a", { href: wire({ ...filter(trend), ...window }) }, name(trend)),
      number(trend.articles), trend.before.toFixed(1), trend.before === 0 ? "new" : trend.rise.toFixed(1)])));
}

/** A bar for each day that has an article; each leads to the articles of its day. */
function bars(days) {
  const most = Math.max(...days.map(day => day.articles));
  return element("ol", { class: "bars", "aria-label": "Articles by day" }, days.map(day => {
    const after = new Date(new Date(day.value).getTime() + 86400000).toISOString().slice(0, 10);
    const label = day.value + ": " + plural(day.articles, "article");
    return element("li", {}, element("a", { href: wire({ since: day.value, until: after }), title: label, "aria-label": label },
      element("progress", { max: most, value: day.articles, "aria-hidden": "true" })));
  }));
}

async function where(window) {
  const { features } = await api("places", new URLSearchParams(window));
  const places = features.map(feature => ({
    name: feature.properties.name, articles: feature.properties.articles,
    longitude: feature.geometry.coordinates[0], latitude: feature.geometry.coordinates[1],
    href: wire({ entity: feature.properties.wikidataId || feature.properties.name, ...window }),
  }));
  return places.length === 0 ? element("p", { class: "hint" }, "No place is named.") : map(places);
}
