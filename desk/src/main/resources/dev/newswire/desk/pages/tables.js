// The pages on the house itself: topics, feeds, and the pipeline.
import { api, element, ago, duration, exactly, number, page, plural, table } from "./dom.js";

export async function topics(content) {
  const known = await api("topics");
  const counts = new Map((await api("facets", new URLSearchParams({ by: "topic", limit: "200" }))).facets.map(facet => [facet.value, facet.articles]));
  page(content, "Topics",
    (known.version ? "Taxonomy " + known.version : "The bundled taxonomy") + ": " + number(known.topics.length) + " topics"
    + (known.faults ? ", and " + number(known.faults) + " skipped as faulty" : "") + ". 'newswire topics' checks and publishes them.",
    table("Topics", [["Topic"], ["Articles", "number"], ["Queries"]], known.topics.map(topic => [
      element("a", { href: "/?topic=" + encodeURIComponent(topic.id) }, topic.label, element("div", { class: "soft" }, topic.id + (topic.experimental ? ", experimental" : ""))),
      number(counts.get(topic.id) || 0),
      element("details", {}, element("summary", {}, number(topic.queries.length) + (topic.queries.length === 1 ? " query" : " queries")), topic.queries.map(query => element("p", {}, element("code", {}, query))))])));
}

export async function feeds(content) {
  const { feeds } = await api("feeds");
  page(content, "Feeds", feeds.length === 0 ? "No feed yet. 'newswire feeds add' adds one." : number(feeds.length) + (feeds.length === 1 ? " feed" : " feeds"),
    table("Feeds", [["Feed"], ["Provider"], ["State"], ["Last success"], ["Last new item"], ["Next poll"]], feeds.map(feed => [
      [feed.name, element("div", { class: "soft" }, feed.host)], feed.provider,
      feed.paused ? "paused" : feed.failures ? element("span", { class: "flag bad" }, "failing, " + number(feed.failures) + " times") : feed.lastAttempt ? "ok" : "not polled yet",
      element("span", { title: exactly(feed.lastSuccess) }, ago(feed.lastSuccess)), element("span", { title: exactly(feed.lastNewItem) }, ago(feed.lastNewItem)), ago(feed.nextPoll)])));
  const again = setTimeout(() => location.pathname === "/feeds" && feeds && feedsAgain(content), 5000);
  return () => clearTimeout(again);
}

async function feedsAgain(content) {
  if (!content.querySelector(":focus")) await feeds(content);
}

const isWell = stage => !stage.outage && stage.state !== "missing" && stage.state !== "?" && stage.state !== "empty";

/** A tone and a word for all stages together. */
export function verdict(pipeline) {
  if (pipeline.trouble) return ["bad", pipeline.trouble.split(":")[0]];
  const stages = pipeline.stages.filter(stage => stage.readsTopic && stage.stage !== "replay");
  const out = stages.find(stage => stage.outage);
  if (out) return ["bad", out.stage + " waits"];
  const away = stages.find(stage => !isWell(stage));
  if (away) return ["warn", away.stage + " does not run"];
  const slowest = Math.max(0, ...stages.map(stage => stage.lagSeconds || 0));
  return [slowest > 60 ? "warn" : "good", slowest < 1 ? "all stages keep up" : "up to " + duration(slowest) + " behind"];
}

export async function pipeline(content) {
  const now = await api("pipeline");
  const dead = (await api("dead-letters")).deadLetters;
  page(content, "Pipeline", now.trouble || "Seen " + exactly(now.at) + ".",
    element("div", { class: "flow" }, now.stages.map(card)),
    element("h2", {}, "Groups"),
    table("Groups", [["Group"], ["State"], ["Members", "number"], ["Partitions", "number"], ["Lag", "number"], ["Behind", "number"], ["Records/s", "number"], ["Catches up", "number"]],
      now.stages.filter(stage => stage.readsTopic).map(stage => [stage.group, stage.state || "?", number(stage.members), number(stage.partitions), number(stage.lag), duration(stage.lagSeconds), number(stage.ratePerSecond), stage.catchUpSeconds === null ? "-" : duration(stage.catchUpSeconds)])),
    element("h2", {}, "Dead letters"),
    dead.length === 0 ? element("p", { class: "hint" }, "None.") : table("Dead letters", [["When"], ["Stage"], ["Reason"], ["Bytes", "number"]],
      dead.map(letter => [element("span", { title: exactly(letter.at) }, ago(letter.at)), letter.stage, [letter.reason, element("div", { class: "soft" }, [letter.source, letter.id].filter(Boolean).join(" · "))], number(letter.bytes)])));
  const again = setTimeout(async () => { if (location.pathname === "/pipeline") await pipeline(content); }, 5000);
  return () => clearTimeout(again);
}

function card(stage) {
  return element("section", { class: "stage" + (isWell(stage) || !stage.readsTopic ? "" : " bad"), "aria-label": stage.stage },
    element("h2", {}, stage.stage, element("span", {}, stage.outage ? "waits" : stage.readsTopic ? stage.state || "?" : "")),
    stage.outage ? element("p", { class: "flag bad" }, stage.outage) : null,
    stage.readsTopic ? [element("div", { class: "figure" }, number(stage.lag)), element("div", { class: "soft" }, "records behind, " + number(stage.ratePerSecond) + " a second"), curve(stage.lagHistory)]
      : element("div", { class: "soft" }, "reads feeds"),
    stage.dead ? element("div", { class: "flag warn" }, number(stage.dead) + (stage.dead === 1 ? " dead letter" : " dead letters")) : null);
}

/** An hour of lag as a line, from zero to its highest. */
function curve(points) {
  const space = "http://www.w3.org/2000/svg";
  const svg = document.createElementNS(space, "svg");
  svg.setAttribute("viewBox", "0 0 100 30");
  svg.setAttribute("preserveAspectRatio", "none");
  svg.setAttribute("role", "img");
  const most = Math.max(1, ...points.map(point => point[1]));
  svg.setAttribute("aria-label", "Lag of the last hour, at most " + number(most === 1 && !points.some(point => point[1]) ? 0 : most));
  if (points.length > 1) {
    const first = points[0][0];
    const length = Math.max(1, points[points.length - 1][0] - first);
    const line = document.createElementNS(space, "polyline");
    line.setAttribute("points", points.map(([at, lag]) => ((at - first) / length) * 100 + "," + (29 - (lag / most) * 28)).join(" "));
    svg.append(line);
  }
  return svg;
}
