// All findings, filtered, as a list or by rule.

const COLUMNS = [
  { key: 'severity', title: 'Severity', class: 'c-severity', sort: 'severity', cell: row => severityBadge(SEVERITIES[data.rules[data.findings.rule[row]].severity]) },
  { key: 'status', title: 'Status', class: 'c-status', sort: 'status', cell: row => [statusBadge(STATUSES[data.findings.status[row]]), changeBadge(CHANGES[data.findings.change[row]])] },
  { key: 'title', title: 'Finding', class: 'c-title', sort: 'title', cell: row => titleCell(data.findings, row, 'finding', found.filter?.benchmark) },
  { key: 'resource', title: 'Resource', class: 'c-resource', sort: 'resource', cell: row => resourceCell(data.findings, row) },
  { key: 'account', title: 'Account', class: 'c-account', sort: 'account', cell: row => accountName(data.accounts[data.resources.account[data.findings.resource[row]]]) },
  { key: 'region', title: 'Region', class: 'c-region', sort: 'region', cell: row => data.texts[data.resources.region[data.findings.resource[row]]] },
  { key: 'since', title: 'Since', class: 'c-since', sort: 'since', cell: row => day(data.findings.since[row]) },
];

function titleCell(table, row, parameter, benchmarks) {
  const rule = data.rules[table.rule[row]];
  return [h('a', { href: linkWith({ [parameter]: table.id[row] }), class: 'line', title: rule.title }, rule.title), ruleLine(rule, benchmarks)];
}

// The rule's id, and the requirements that it answers: as many as there is room for, all of them where the pointer rests.
function ruleLine(rule, benchmarks) {
  const answers = requirementText(rule, benchmarks);
  return h('span', { class: 'faint line', title: answers ? `${rule.id}: ${answers}` : null }, rule.id, answers ? h('span', { class: 'answers' }, ' · ', answers) : null);
}

function resourceCell(table, row) {
  const resource = table.resource[row];
  const name = data.texts[data.resources.name[resource]];
  return [h('span', { class: 'name line', title: seen(data.texts[data.resources.arn[resource]]) }, name), h('span', { class: 'faint line' }, shortType(data.texts[data.resources.type[resource]]))];
}

let found = { key: null };

// Steps through findings must not filter a hundred thousand of them again.
function findingsFound(filter) {
  const key = JSON.stringify(filter);
  if (found.key !== key) {
    found = { key, filter, ...select(data.findings, filter) };
  }
  return found;
}

function findingsPage(params) {
  const filter = readFilter(params);
  const { rows, tallies } = findingsFound(filter);
  const byRule = params.get('view') === 'rules';
  say(plural(rows.length, 'finding'));
  return [
    heading('Findings'),
    cutNote(),
    h('div', { class: 'filters no-print' },
      h('div', { class: 'filter-line' },
        searchBox(filter, 'Search names, ARNs, rules, evidence'),
        viewSwitch(byRule)),
      h('div', { class: 'filter-line' },
        chips(filter, tallies, 'severity', [...SEVERITIES].reverse()),
        chips(filter, tallies, 'status', ['Fail', 'NotAssessed', 'Excepted', 'Manual', 'Pass'], STATUS_WORDS)),
      h('div', { class: 'filter-line' }, FACETS.map(([dimension, title]) => facet(filter, tallies, dimension, title)), tags(filter))),
    h('p', { class: 'print-only' }, filterInWords(filter)),
    h('p', { class: 'result-count' }, h('strong', {}, number(rows.length)), rows.length === 1 ? ' finding' : ' findings', data.count === rows.length ? '' : ` of ${number(data.count)}`),
    ruleNote(filter),
    rows.length === 0 ? nothing('No finding is like this. Take a filter away.') : byRule ? rulesTable(rows) : findingsTable(rows, filter.sort),
  ];
}

function findingsTable(rows, sort) {
  return rowTable({
    caption: 'Findings', columns: COLUMNS, rows, sort,
    rowClass: row => 'edge-' + (data.findings.status[row] === FAIL ? SEVERITIES[data.rules[data.findings.rule[row]].severity] : STATUSES[data.findings.status[row]]),
    onsort: next => go(linkWith({ sort: next }), false),
  });
}

function viewSwitch(byRule) {
  return h('div', { class: 'switch', role: 'group', 'aria-label': 'View' },
    h('button', { type: 'button', 'aria-pressed': String(!byRule), 'data-key': 'view-list', onclick: () => go(linkWith({ view: [] }), false) }, 'One by one'),
    h('button', { type: 'button', 'aria-pressed': String(byRule), 'data-key': 'view-rules', onclick: () => go(linkWith({ view: 'rules' }), false) }, 'By rule'));
}

function filterInWords(filter) {
  const words = [...DIMENSIONS.filter(dimension => filter[dimension].length > 0).map(dimension => `${dimension}: ${filter[dimension].map(value => choiceLabel(dimension, value)).join(', ')}`),
    filter.q ? `text: ${filter.q}` : null, filter.change.length > 0 ? `change: ${filter.change.join(', ')}` : null].filter(Boolean);
  return words.length > 0 ? 'Filtered by ' + words.join('; ') : '';
}

// Who looks at one rule wants to know why.
function ruleNote(filter) {
  const rule = filter.rule.length === 1 ? data.rules[data.rulesById.get(filter.rule[0].toLowerCase())?.[0]] : null;
  return rule?.rationale ? h('p', { class: 'note info' }, h('strong', {}, rule.title + '. '), rule.rationale) : null;
}

const RULE_COLUMNS = [
  { title: 'Severity', class: 'c-severity', cell: group => severityBadge(SEVERITIES[group.rule.severity]) },
  { title: 'Rule', class: 'c-title', cell: group => [h('a', { href: linkWith({ view: [], rule: group.rule.id }), class: 'line' }, group.rule.title), ruleLine(group.rule, found.filter?.benchmark)] },
  { title: 'Service', class: 'c-region', cell: group => group.rule.service },
  { title: 'Findings', class: 'c-number', cell: group => number(group.count) },
  { title: 'Accounts', class: 'c-number', cell: group => number(group.accounts.size) },
];

function rulesTable(rows) {
  const groups = new Map();
  for (const row of rows) {
    const rule = data.findings.rule[row];
    let group = groups.get(rule);
    if (!group) {
      groups.set(rule, group = { rule: data.rules[rule], count: 0, accounts: new Set() });
    }
    group.count++;
    group.accounts.add(data.resources.account[data.findings.resource[row]]);
  }
  const sorted = [...groups.values()].sort((one, other) => other.rule.severity - one.rule.severity || other.count - one.count);
  return rowTable({ caption: 'Findings by rule', columns: RULE_COLUMNS, rows: sorted, rowClass: group => 'edge-' + SEVERITIES[group.rule.severity] });
}

function openFinding(params) {
  const { rows } = findingsFound(readFilter(params));
  showFinding(data.findings, params.get('finding'), rows.map(row => data.findings.id[row]));
}
