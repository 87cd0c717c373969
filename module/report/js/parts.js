// Small pieces that several pages show.

const SIGNS = { Pass: '✓', Fail: '✕', Manual: '○', NotAssessed: '?', Excepted: '–', NoFinding: '·' };

function severityBadge(severity) {
  return h('span', { class: 'badge severity-' + severity }, severity);
}

function statusBadge(status) {
  return h('span', { class: 'badge status-' + status }, h('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[status]), STATUS_WORDS[status]);
}

function answerBadge(answer) {
  return h('span', { class: 'badge status-' + answer }, h('span', { class: 'sign', 'aria-hidden': 'true' }, SIGNS[answer]), ANSWER_WORDS[answer]);
}

function changeBadge(change) {
  return change ? h('span', { class: 'badge change-' + change }, CHANGE_WORDS[change]) : null;
}

function heading(title, lead) {
  return h('div', { class: 'heading' }, h('h1', { tabindex: -1 }, title), lead ? h('p', { class: 'lead' }, lead) : null);
}

function card(title, ...children) {
  return h('section', { class: 'card' }, h('h2', {}, title), children);
}

function tile(label, value, address, kind, note) {
  const inner = [h('span', { class: 'tile-label' }, label), h('span', { class: 'tile-value' }, typeof value === 'number' ? number(value) : value), note ? h('span', { class: 'tile-note' }, note) : null];
  return address ? h('a', { class: 'tile ' + kind, href: address }, inner) : h('div', { class: 'tile ' + kind }, inner);
}

function note(kind, ...children) {
  return h('p', { class: 'note ' + kind, role: 'note' }, children);
}

function nothing(text) {
  return h('p', { class: 'nothing' }, text);
}

// A plain table for lists that are short. columns: [{ title, class, cell(item) }]
function plainTable(caption, columns, items, most = 500) {
  const shown = items.slice(0, most);
  return h('div', { class: 'plain-frame', tabindex: 0, role: 'region', 'aria-label': caption },
    h('table', { class: 'plain' },
      h('caption', { class: 'unseen' }, caption),
      h('thead', {}, h('tr', {}, columns.map(column => h('th', { scope: 'col', class: column.class }, column.title)))),
      h('tbody', {}, shown.map(item => h('tr', {}, columns.map((column, i) =>
        i === 0 ? h('th', { scope: 'row', class: column.class }, column.cell(item)) : h('td', { class: column.class }, column.cell(item)))))),
      items.length > most ? h('tfoot', {}, h('tr', {}, h('td', { colspan: columns.length }, `${number(items.length - most)} more are not shown.`))) : null));
}

function accountName(account) {
  return [h('span', { class: 'name' }, accountLabel(account)), account.name === account.id ? null : h('span', { class: 'faint block' }, account.id)];
}

function cutNote() {
  return data.isCut
    ? note('info', h('strong', {}, 'This list is cut. '),
      `The file holds ${number(data.count)} of ${number(data.total)} findings, those that matter most first: failures by severity, then what was not assessed, excepted or manual, then what passed. `,
      'Counts on all other pages are of all findings. For the rest, export as CSV or JSON.')
    : null;
}

function list(texts, most = 3) {
  return texts.length <= most ? texts.join(', ') : texts.slice(0, most).join(', ') + ` and ${number(texts.length - most)} more`;
}
