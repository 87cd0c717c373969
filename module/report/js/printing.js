// The version for paper: the pages that matter one after the other, lists as long as paper bears.

const MOST_RULES = 60;
const MOST_RESOURCES = 25;
const MOST_LINES = 100;

function printPage() {
  const rows = select(data.findings, readFilter(new URLSearchParams({ status: 'Fail' }))).rows;
  return h('div', { class: 'paper' },
    h('p', { class: 'no-print note info' }, 'This version is made for paper and PDF. ', h('button', { type: 'button', onclick: () => print() }, 'Print')),
    overviewPage(),
    data.accounts.length > 1 ? h('div', { class: 'new-page' }, accountsPage()) : null,
    data.benchmarks.length > 0 ? h('div', { class: 'new-page' }, benchmarksPage(new URLSearchParams())) : null,
    h('div', { class: 'new-page' }, failuresOnPaper(rows)),
    data.hasChanges ? h('div', { class: 'new-page' }, changesOnPaper()) : null,
    h('div', { class: 'new-page' }, exceptionsPage(MOST_LINES)),
    h('div', { class: 'new-page' }, unreadPage(MOST_LINES)),
    h('div', { class: 'new-page' }, inventoryPage(new URLSearchParams(), MOST_LINES)),
    h('div', { class: 'new-page' }, aboutPage()));
}

function failuresOnPaper(rows) {
  const groups = new Map();
  for (const row of rows) {
    const rule = data.findings.rule[row];
    const members = groups.get(rule);
    if (members) {
      members.push(row);
    } else {
      groups.set(rule, [row]);
    }
  }
  const shown = [...groups].slice(0, MOST_RULES);
  return [
    heading('What failed', 'By rule, worst first, with why it matters and how to put it right.'),
    shown.length === 0 ? nothing('Nothing failed.') : null,
    shown.map(([index, members]) => ruleOnPaper(data.rules[index], members)),
    groups.size > shown.length ? note('info', `${plural(groups.size - shown.length, 'more rule')} of lesser severity are on the page of findings.`) : null,
  ];
}

function ruleOnPaper(rule, members) {
  return h('section', { class: 'card paper-rule' },
    h('h2', {}, severityBadge(SEVERITIES[rule.severity]), ' ', rule.title),
    h('p', { class: 'faint' }, `${rule.id} · ${plural(members.length, 'failure')}`),
    rule.rationale ? h('p', {}, rule.rationale) : null,
    h('ul', { class: 'paper-resources' }, members.slice(0, MOST_RESOURCES).map(member => {
      const row = rowOf(data.findings, member);
      return h('li', {}, h('strong', { class: 'name' }, row.name), ` ${accountLabel(row.account)}, ${row.region}`);
    })),
    members.length > MOST_RESOURCES ? h('p', { class: 'faint' }, `and ${number(members.length - MOST_RESOURCES)} more`) : null,
    rule.powershell ? h('pre', {}, h('code', {}, rule.powershell)) : rule.cli ? h('pre', {}, h('code', {}, rule.cli)) : null);
}

function changesOnPaper() {
  const rows = all(data.changes.id).map(row => rowOf(data.changes, row));
  return [heading('Changes', `Since ${minute(data.changesSince)}.`), plainTable('Changes', [
    { title: 'Change', cell: row => changeBadge(row.change) },
    { title: 'Severity', cell: row => severityBadge(SEVERITIES[row.rule.severity]) },
    { title: 'Finding', cell: row => [row.rule.title, h('span', { class: 'faint block name' }, row.name)] },
    { title: 'Account', cell: row => accountName(row.account) },
  ], rows, MOST_LINES)];
}

addEventListener('beforeprint', () => { shownTable?.element.isConnected && shownTable.print(true); });
addEventListener('afterprint', () => { shownTable?.element.isConnected && shownTable.print(false); });
