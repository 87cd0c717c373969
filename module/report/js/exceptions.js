// Failures that somebody decided to live with.

const STATE_WORDS = { Active: 'In force', Soon: 'Ends soon', Expired: 'Expired', Unused: 'Covers nothing' };
const DAY = 86400;

function exceptionState(exception) {
  const end = exception.until + DAY;
  return exception.until !== 0 && data.createdAt >= end ? 'Expired'
    : exception.findings === 0 ? 'Unused'
      : exception.until !== 0 && data.createdAt >= end - 14 * DAY ? 'Soon' : 'Active';
}

function exceptionsPage(most = 500) {
  const total = sumOf(all(data.rules), all(data.accounts)).byStatus[EXCEPTED];
  const order = ['Expired', 'Soon', 'Unused', 'Active'];
  const sorted = [...data.exceptions].sort((one, other) => order.indexOf(exceptionState(one)) - order.indexOf(exceptionState(other)));
  return [
    heading('Exceptions', 'An accepted failure is still a failure. It is counted by itself, neither passed nor failed, until its last day.'),
    total > 0 ? h('p', {}, h('a', { href: link('findings', { status: 'Excepted' }) }, plural(total, 'finding')), total === 1 ? ' is excepted.' : ' are excepted.') : null,
    sorted.length > 0 ? card('What is accepted', plainTable('Exceptions', [
      { title: 'State', cell: exception => h('span', { class: 'badge exception-' + exceptionState(exception) }, STATE_WORDS[exceptionState(exception)]) },
      { title: 'Covers', cell: exception => [h('span', { class: 'name' }, exception.rule || 'any rule'), h('span', { class: 'faint block' }, [exception.account, exception.region, exception.resource].filter(Boolean).join(' · ') || 'everywhere')] },
      { title: 'Reason', class: 'wide', cell: exception => exception.reason },
      { title: 'Who', cell: exception => [exception.by || '–', exception.ticket ? h('span', { class: 'faint block' }, exception.ticket) : null] },
      { title: 'Until', class: 'fixed', cell: exception => exception.until ? day(exception.until) : 'no end' },
      { title: 'Findings', class: 'number', cell: exception => number(exception.findings) },
    ], sorted)) : null,
    total > 0 ? exceptedCard(most) : sorted.length === 0 ? nothing('Nothing is excepted.') : null,
  ];
}

function exceptedCard(most) {
  const rows = [];
  for (let row = 0; row < data.count && rows.length <= most; row++) {
    if (data.findings.status[row] === EXCEPTED) {
      rows.push(rowOf(data.findings, row));
    }
  }
  return card('Findings that are excepted', plainTable('Excepted findings', [
    { title: 'Severity', cell: row => severityBadge(SEVERITIES[row.rule.severity]) },
    { title: 'Finding', cell: row => [h('a', { href: link('findings', { status: 'Excepted', finding: row.id }) }, row.rule.title), h('span', { class: 'faint block name' }, row.name)] },
    { title: 'Account', cell: row => accountName(row.account) },
    { title: 'Accepted because', class: 'wide', cell: row => row.exception ? [row.exception.reason, h('span', { class: 'faint block' }, acceptedBy(row.exception))] : row.evidence },
  ], rows, most));
}
