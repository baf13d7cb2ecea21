// A map of the world with places on it. The land is Natural Earth's, at 1:110 million, as TopoJSON.
import { element, number } from "./dom.js";

const SPACE = "http://www.w3.org/2000/svg";
let land = null;

/** The land as the path of an SVG whose unit is a degree, west and north being negative. */
async function landPath() {
  if (!land) land = fetch("/land.json").then(response => response.json()).then(path);
  return land;
}

/** TopoJSON's arcs hold differences between points, in steps of its grid. */
function path(topology) {
  const { scale, translate } = topology.transform;
  const arcs = topology.arcs.map(arc => {
    let x = 0, y = 0;
    return arc.map(([dx, dy]) => {
      x += dx; y += dy;
      return [x * scale[0] + translate[0], -(y * scale[1] + translate[1])];
    });
  });
  const ring = indexes => pieces(indexes.flatMap(index => index < 0 ? [...arcs[~index]].reverse() : arcs[index]))
    .map(piece => "M" + piece.map(([x, y]) => x.toFixed(1) + " " + y.toFixed(1)).join("L") + "Z").join("");
  return topology.objects.land.geometries.flatMap(geometry => geometry.type === "Polygon" ? [geometry.arcs] : geometry.arcs)
    .flatMap(polygon => polygon.map(ring)).join("");
}

/** What reaches over the 180th meridian is cut there, or it would be drawn across the whole world. */
function pieces(points) {
  const cut = [[points[0]]];
  for (let i = 1; i < points.length; i++) {
    if (Math.abs(points[i][0] - points[i - 1][0]) > 180) cut.push([]);
    cut[cut.length - 1].push(points[i]);
  }
  if (cut.length > 1) cut[0] = [...cut.pop(), ...cut[0]];
  return cut;
}

function svg(name, attributes) {
  const made = document.createElementNS(SPACE, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  return made;
}

/**
 * A map that shows all its places: the whole world, or the part of it that they lie in.
 * A place is { name, latitude, longitude, articles, href }.
 */
export async function map(places) {
  const [left, top, width, height] = frame(places);
  const drawn = svg("svg", { viewBox: [left, top, width, height].join(" "), class: "map", role: "group", "aria-label": "Map of " + places.map(place => place.name).slice(0, 8).join(", ") });
  drawn.append(svg("path", { d: await landPath(), class: "land" }));
  const most = Math.max(1, ...places.map(place => place.articles || 1));
  for (const place of [...places].sort((a, b) => (b.articles || 1) - (a.articles || 1))) {
    const label = place.name + (place.articles ? ", " + number(place.articles) : "");
    const link = svg("a", { href: place.href, "aria-label": label });
    const title = svg("title", {});
    title.textContent = label;
    const radius = width / 150 * (1 + 2 * Math.sqrt((place.articles || 1) / most));
    link.append(svg("circle", { cx: place.longitude, cy: -place.latitude, r: radius }), title);
    drawn.append(link);
  }
  return element("figure", { class: "map" }, drawn);
}

/** At least 40 degrees wide, twice as wide as high, within the world. */
function frame(places) {
  const xs = places.map(place => place.longitude), ys = places.map(place => -place.latitude);
  const middle = [(Math.min(...xs) + Math.max(...xs)) / 2, (Math.min(...ys) + Math.max(...ys)) / 2];
  const span = Math.max(40, (Math.max(...xs) - Math.min(...xs)) * 1.3, (Math.max(...ys) - Math.min(...ys)) * 2.6);
  const width = Math.min(360, span), height = width / 2;
  const left = Math.max(-180, Math.min(180 - width, middle[0] - width / 2));
  const top = Math.max(-90, Math.min(90 - height, middle[1] - height / 2));
  return [left, top, width, height].map(value => Number(value.toFixed(2)));
}
