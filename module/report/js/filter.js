// Which findings are asked for, and how many there would be of each choice.

const DIMENSIONS = ['status', 'severity', 'account', 'service', 'rule', 'type', 'region', 'benchmark', 'requirement'];

function readFilter(params) {
  const filter = { q: params.get('q') ?? '', change: params.getAll('change'), sort: params.get('sort') ?? '' };
  for (const dimension of DIMENSIONS) {
    filter[dimension] = params.getAll(dimension);
  }
  return filter;
}

// Gives a row of a table its value in a dimension, as text.
const VALUES = {
  status: (table, row) => STATUSES[table.status[row]],
  severity: (table, row) => SEVERITIES[data.rules[table.rule[row]].severity],
  account: (table, row) => data.accounts[data.resources.account[table.resource[row]]].id,
  service: (table, row) => data.rules[table.rule[row]].service,
  rule: (table, row) => data.rules[table.rule[row]].id,
  type: (table, row) => data.texts[data.resources.type[table.resource[row]]],
  region: (table, row) => data.texts[data.resources.region[table.resource[row]]],
  benchmark: (table, row) => table.rule[row],
  requirement: (table, row) => table.rule[row],
};

// Which rules answer what is chosen of these; a rule may answer several.
const ANSWERED = {
  benchmark: id => data.benchmarksById.get(id)?.requirements.flatMap(requirement => requirement.answers) ?? [],
  requirement: name => requirementOf(name)?.answers ?? [],
};

let lowered;

// For each word which texts hold it; a word that is no text's is looked for in rules and accounts too.
function searchOf(table, q) {
  const words = q.toLowerCase().split(/\s+/).filter(word => word !== '');
  if (words.length === 0) {
    return () => true;
  }
  lowered ??= data.texts.map(text => text.toLowerCase());
  const tests = words.map(word => {
    const holds = text => text.toLowerCase().includes(word);
    const texts = Uint8Array.from(lowered, text => text.includes(word) ? 1 : 0);
    const rules = data.rules.map(rule => holds(rule.id) || holds(rule.title) || holds(requirementText(rule)));
    const accounts = data.accounts.map(account => holds(account.id) || holds(account.name));
    const { account, region, arn, type, resourceId, name } = data.resources;
    const resources = Uint8Array.from(account, (owner, i) =>
      accounts[owner] || texts[name[i]] || texts[arn[i]] || texts[resourceId[i]] || texts[type[i]] || texts[region[i]] ? 1 : 0);
    return row => rules[table.rule[row]] || resources[table.resource[row]] || texts[table.evidence[row]] || (word.length > 7 && table.id[row].startsWith(word));
  });
  return row => tests.every(test => test(row));
}

// The rows that are wanted, and the counts of each dimension's choices among rows that all other filters let through.
function select(table, filter) {
  const wanted = DIMENSIONS.map(dimension => filter[dimension].length === 0 ? null : new Set(ANSWERED[dimension] ? filter[dimension].flatMap(ANSWERED[dimension]) : filter[dimension]));
  const isFound = searchOf(table, filter.q);
  const changes = filter.change.length > 0 ? new Set(filter.change.map(change => CHANGES.indexOf(change))) : null;
  const tallies = DIMENSIONS.map(() => new Map());
  const values = new Array(DIMENSIONS.length);
  const rows = [];
  for (let row = 0; row < table.id.length; row++) {
    let missed = 0;
    for (let i = 0; i < DIMENSIONS.length; i++) {
      values[i] = VALUES[DIMENSIONS[i]](table, row);
      if (wanted[i] && !wanted[i].has(values[i])) {
        missed |= 1 << i;
      }
    }
    if ((missed & (missed - 1)) !== 0) {
      continue;
    }
    if (changes && !changes.has(table.change[row]) || !isFound(row)) {
      continue;
    }
    if (missed === 0) {
      rows.push(row);
    }
    for (let i = 0; i < DIMENSIONS.length; i++) {
      if (missed === 0 || missed === 1 << i) {
        tallies[i].set(values[i], (tallies[i].get(values[i]) ?? 0) + 1);
      }
    }
  }
  const told = Object.fromEntries(DIMENSIONS.map((dimension, i) => [dimension, tallies[i]]));
  Object.assign(told, answeredTallies(told, filter));
  return { rows: sortRows(table, rows, filter.sort), tallies: told };
}

// What was counted by rule, by what the rules answer. Where benchmarks are chosen, theirs alone are offered.
function answeredTallies(told, filter) {
  const benchmarks = new Map(), requirements = new Map();
  const sum = (tally, rules) => rules.reduce((total, rule) => total + (tally.get(rule) ?? 0), 0);
  const put = (map, name, count) => { if (count > 0) { map.set(name, count); } };
  for (const benchmark of data.benchmarks) {
    put(benchmarks, benchmark.id, sum(told.benchmark, [...new Set(ANSWERED.benchmark(benchmark.id))]));
    if (filter.benchmark.length === 0 || filter.benchmark.includes(benchmark.id)) {
      benchmark.requirements.forEach(requirement => put(requirements, requirementName(requirement), sum(told.requirement, requirement.answers)));
    }
  }
  return { benchmark: benchmarks, requirement: requirements };
}

const SORTS = {
  severity: table => row => -data.rules[table.rule[row]].severity * STATUSES.length + [4, 0, 3, 1, 2][table.status[row]],
  status: table => row => [4, 0, 3, 1, 2][table.status[row]],
  title: table => rankOf(table, row => data.rules[table.rule[row]].title),
  resource: table => rankOf(table, row => data.texts[data.resources.name[table.resource[row]]]),
  account: table => rankOf(table, row => accountLabel(data.accounts[data.resources.account[table.resource[row]]])),
  region: table => rankOf(table, row => data.texts[data.resources.region[table.resource[row]]]),
  since: table => row => -table.since[row],
};

const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });

// Texts are compared once each, not once a row.
function rankOf(table, textOf) {
  const ranks = new Map();
  for (let row = 0; row < table.id.length; row++) {
    ranks.set(textOf(row), 0);
  }
  [...ranks.keys()].sort(collator.compare).forEach((text, rank) => ranks.set(text, rank));
  return row => ranks.get(textOf(row));
}

// '-title' is the other way round; without a sort rows keep the file's order, worst first.
function sortRows(table, rows, sort) {
  const key = sort.replace(/^-/, '');
  if (!SORTS[key]) {
    return rows;
  }
  const rank = SORTS[key](table);
  const keys = new Float64Array(table.id.length);
  for (const row of rows) {
    keys[row] = rank(row);
  }
  const sign = sort.startsWith('-') ? -1 : 1;
  return rows.sort((one, other) => sign * (keys[one] - keys[other]) || one - other);
}
