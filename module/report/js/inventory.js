// What there is, by type, and the accounts.

function inventoryPage(params, most = 1000) {
  const q = (params.get('q') ?? '').toLowerCase();
  const types = new Map();
  for (const [type, account, count] of data.inventory) {
    const entry = types.get(type) ?? { type, count: 0, accounts: new Map() };
    entry.count += count;
    entry.accounts.set(account, (entry.accounts.get(account) ?? 0) + count);
    types.set(type, entry);
  }
  const failed = failuresByType();
  const sorted = [...types.values()].filter(entry => entry.count > 0 && entry.type.toLowerCase().includes(q)).sort((one, other) => other.count - one.count || collator.compare(one.type, other.type));
  const largest = Math.max(...sorted.map(entry => entry.count), 1);
  const total = sorted.reduce((sum, entry) => sum + entry.count, 0);
  return [
    heading('Inventory', `${plural(total, 'resource')} of ${plural(sorted.length, 'type')} in ${plural(data.accounts.length, 'account')}, settings that have no name of their own included.`),
    h('div', { class: 'filters no-print' }, h('div', { class: 'filter-line' }, searchBox({ q: params.get('q') ?? '' }, 'Search types'))),
    sorted.length === 0 ? nothing(data.inventory.length === 0 ? 'The report was made without an inventory.' : 'There is no such type.') : plainTable('Resources by type', [
      { title: 'Type', cell: entry => wholeType(entry.type) },
      { title: 'Resources', class: 'number', cell: entry => number(entry.count) },
      { title: 'Compared', class: 'wide', cell: entry => bar([{ class: 'fill-accent', value: entry.count, label: 'resources' }], largest) },
      { title: 'Accounts', class: 'number', cell: entry => number(entry.accounts.size) },
      { title: 'Most in', class: 'fixed', cell: entry => mostIn(entry) },
      { title: 'Failures', class: 'number', cell: entry => failed.has(entry.type) ? h('a', { href: link('findings', { status: 'Fail', type: entry.type }) }, number(failed.get(entry.type))) : '–' },
    ], sorted, most),
  ];
}

function mostIn(entry) {
  const [account, count] = [...entry.accounts].sort((one, other) => other[1] - one[1])[0];
  return [h('span', { class: 'name' }, accountLabel(data.accounts[account])), ' ', h('span', { class: 'faint' }, number(count))];
}

function failuresByType() {
  const failed = new Map();
  for (let row = 0; row < data.count; row++) {
    if (data.findings.status[row] === FAIL) {
      const type = data.texts[data.resources.type[data.findings.resource[row]]];
      failed.set(type, (failed.get(type) ?? 0) + 1);
    }
  }
  return failed;
}

function accountsPage() {
  const sums = sumsByAccount();
  const most = Math.max(...sums.map(entry => entry.sum.byStatus[FAIL]), 1);
  return [
    heading('Accounts', 'Those with the worst failures first.'),
    plainTable('Accounts', [
      { title: 'Account', cell: entry => [accountName(entry.account), entry.account.manages ? h('span', { class: 'badge' }, 'management account') : null] },
      { title: 'Score', class: 'number', cell: entry => scoreOf(entry.sum) ?? '–' },
      ...[4, 3, 2, 1].map(severity => ({
        title: SEVERITIES[severity], class: 'number',
        cell: entry => entry.sum.failed[severity] > 0 ? h('a', { href: failing({ account: entry.account.id, severity: SEVERITIES[severity] }) }, number(entry.sum.failed[severity])) : h('span', { class: 'faint' }, '0'),
      })),
      { title: 'Failed', class: 'wide', cell: entry => severityBar(entry.sum, most) },
      { title: 'Not assessed', class: 'number', cell: entry => number(entry.sum.byStatus[NOT_ASSESSED]) },
      { title: 'Regions', class: 'number', cell: entry => number(entry.account.regions.length) },
      { title: 'Last read', class: 'fixed', cell: entry => minute(entry.account.at) },
    ], sums, 2000),
  ];
}
