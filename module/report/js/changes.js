// What became of findings since last time.

const CHANGE_WORDS = { New: 'New', Regressed: 'Fails again', Resolved: 'Put right', Gone: 'Gone' };

const CHANGE_COLUMNS = [
  { title: 'Change', class: 'c-status', cell: row => changeBadge(CHANGES[data.changes.change[row]]) },
  { title: 'Severity', class: 'c-severity', sort: 'severity', cell: row => severityBadge(SEVERITIES[data.rules[data.changes.rule[row]].severity]) },
  { title: 'Finding', class: 'c-title', sort: 'title', cell: row => titleCell(data.changes, row, 'change-of') },
  { title: 'Resource', class: 'c-resource', sort: 'resource', cell: row => resourceCell(data.changes, row) },
  { title: 'Account', class: 'c-account', sort: 'account', cell: row => accountName(data.accounts[data.resources.account[data.changes.resource[row]]]) },
  { title: 'Region', class: 'c-region', sort: 'region', cell: row => data.texts[data.resources.region[data.changes.resource[row]]] },
];

function changesPage(params) {
  if (!data.hasChanges) {
    return [heading('Changes'), nothing('There is no earlier assessment to compare with.')];
  }
  const filter = readFilter(params);
  const { rows } = select(data.changes, filter);
  const total = data.changeCounts.reduce((sum, count) => sum + count, 0);
  say(plural(rows.length, 'change'));
  return [
    heading('Changes', `Since ${minute(data.changesSince)}. What could not be read in between changes nothing.`),
    h('div', { class: 'tiles four' }, CHANGES.map((change, index) => h('button', {
      type: 'button', class: 'tile change-' + change, 'aria-pressed': String(filter.change.includes(change)), 'data-key': change,
      onclick: () => go(linkWith({ change: toggled(filter, 'change', change) }), false),
    }, h('span', { class: 'tile-label' }, CHANGE_WORDS[change]), h('span', { class: 'tile-value' }, number(data.changeCounts[index]))))),
    total > data.changes.id.length ? note('info', h('strong', {}, 'This list is cut. '), `It holds ${number(data.changes.id.length)} of ${number(total)} changes.`) : null,
    h('div', { class: 'filters no-print' }, h('div', { class: 'filter-line' }, searchBox(filter, 'Search changes'), tags(filter))),
    rows.length === 0 ? nothing('No change is like this.') : rowTable({
      caption: 'Changes', columns: CHANGE_COLUMNS, rows, sort: filter.sort,
      rowClass: row => 'edge-' + CHANGES[data.changes.change[row]],
      onsort: next => go(linkWith({ sort: next }), false),
    }),
  ];
}

function openChange(params) {
  const { rows } = select(data.changes, readFilter(params));
  showFinding(data.changes, params.get('change-of'), rows.map(row => data.changes.id[row]));
}
