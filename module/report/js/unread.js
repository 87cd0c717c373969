// What could not be assessed: which permission is missing where, and what else went wrong.

const REASONS = {
  AccessDenied: 'AWS refused the call for lack of a permission, or by a policy of the organization.',
  RegionDisabled: 'The Region is not enabled in the account.',
  ServiceUnavailable: 'The service has no endpoint in the Region.',
  Throttled: 'AWS kept throttling. Another harvest may come through.',
  Unreachable: 'The endpoint could not be reached, or hung.',
  Failed: 'AWS answered with another error, or the account could not be read to the end.',
};

function unreadPage(most = 500) {
  const denied = data.gaps.filter(gap => gap.reason === 'AccessDenied');
  const others = data.gaps.filter(gap => gap.reason !== 'AccessDenied');
  const total = sumOf(all(data.rules), all(data.accounts)).byStatus[NOT_ASSESSED];
  return [
    heading('Not assessed', 'What could not be read is neither passed nor failed. It is told here with what it takes to read it.'),
    data.gaps.length === 0 && total === 0 ? nothing('Everything was read.') : null,
    total > 0 ? h('p', {}, h('a', { href: link('findings', { status: 'NotAssessed' }) }, plural(total, 'finding')), total === 1 ? ' is not assessed.' : ' are not assessed.') : null,
    denied.length > 0 ? missingCard(denied) : null,
    total > 0 ? findingsUnread(most) : null,
    others.length > 0 ? card('Other reasons', plainTable('What else could not be read', GAP_COLUMNS, others)) : null,
  ];
}

function byAction(gaps) {
  const actions = new Map();
  for (const gap of gaps) {
    const name = gap.action || `${gap.service}:${gap.operation}`;
    const entry = actions.get(name) ?? { name, isAction: gap.action !== '', accounts: new Set(), types: new Set(), count: 0, message: gap.message };
    entry.accounts.add(gap.account);
    gap.types.forEach(type => entry.types.add(type));
    entry.count += gap.count;
    actions.set(name, entry);
  }
  return [...actions.values()].sort((one, other) => other.accounts.size - one.accounts.size || other.count - one.count);
}

function missingCard(denied) {
  const actions = byAction(denied);
  const allowed = actions.filter(entry => entry.isAction).map(entry => entry.name).sort();
  const policy = JSON.stringify({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: allowed, Resource: '*' }] }, null, 2);
  return card('Missing permissions',
    plainTable('Missing permissions', [
      { title: 'Permission', class: 'fixed', cell: entry => h('code', {}, entry.name) },
      { title: 'Accounts', cell: entry => list([...entry.accounts].map(index => accountLabel(data.accounts[index])), 4) },
      { title: 'What it would show', cell: entry => list([...entry.types].map(shortType), 4) },
      { title: 'Refused', class: 'number', cell: entry => number(entry.count) },
      { title: 'AWS said', class: 'wide', cell: entry => h('span', { class: 'faint' }, entry.message) },
    ], actions),
    h('p', { class: 'faint' }, 'Where the role has a permission already, a policy of the organization, a boundary or a key’s or bucket’s own policy refuses it.'),
    allowed.length > 0 ? h('details', { class: 'more' }, h('summary', {}, h('h3', {}, 'A policy that allows them')),
      h('div', { class: 'code' }, h('div', { class: 'code-head' }, h('h4', {}, 'IAM policy'), copyButton(policy)), h('pre', { tabindex: 0 }, h('code', {}, policy)))) : null);
}

function findingsUnread(most) {
  const groups = new Map();
  for (let row = 0; row < data.count; row++) {
    if (data.findings.status[row] === NOT_ASSESSED) {
      const rule = data.findings.rule[row];
      const group = groups.get(rule) ?? { rule: data.rules[rule], count: 0, evidence: data.texts[data.findings.evidence[row]] };
      group.count++;
      groups.set(rule, group);
    }
  }
  const sorted = [...groups.values()].sort((one, other) => other.rule.severity - one.rule.severity || other.count - one.count);
  return sorted.length === 0 ? null : card('Rules that could not be answered', plainTable('Rules that could not be answered', [
    { title: 'Severity', cell: group => severityBadge(SEVERITIES[group.rule.severity]) },
    { title: 'Rule', cell: group => [h('a', { href: link('findings', { status: 'NotAssessed', rule: group.rule.id }) }, group.rule.title), h('span', { class: 'faint block' }, group.rule.id)] },
    { title: 'Findings', class: 'number', cell: group => number(group.count) },
    { title: 'Because, for one', class: 'wide', cell: group => h('span', { class: 'faint' }, group.evidence.slice(0, 300)) },
  ], sorted, most));
}

const GAP_COLUMNS = [
  { title: 'Account', cell: gap => accountName(data.accounts[gap.account]) },
  { title: 'What', cell: gap => gap.operation === '*' ? `${gap.service}: all of it` : [h('code', {}, `${gap.service}:${gap.operation}`), h('span', { class: 'faint block' }, list(gap.types.map(shortType)))] },
  { title: 'Where', cell: gap => list(gap.regions.map(region => region === '*' ? 'everywhere' : region)) },
  { title: 'Why', class: 'wide', cell: gap => [REASONS[gap.reason] ?? gap.reason, h('span', { class: 'faint block' }, `${gap.code}: ${gap.message}`)] },
  { title: 'Times', class: 'number', cell: gap => number(gap.count) },
];
