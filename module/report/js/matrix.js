// Requirement by account: each cell says how the account answers, and leads to the findings behind it.

const ACCOUNTS_AT_ONCE = 14;

function matrix(benchmark, rows, from) {
  const order = accountsByTrouble(benchmark);
  const first = Math.max(0, Math.min(from, order.length - 1));
  const shown = order.slice(first, first + ACCOUNTS_AT_ONCE);
  return [
    order.length > ACCOUNTS_AT_ONCE ? pager(first, order.length) : null,
    h('div', { class: 'matrix-frame', tabindex: 0, role: 'region', 'aria-label': 'Requirements by account' },
      h('table', { class: 'matrix' },
        h('caption', { class: 'unseen' }, `${benchmark.title}: requirements by account`),
        h('thead', {}, h('tr', {},
          h('th', { scope: 'col', class: 'requirement' }, 'Requirement'),
          h('th', { scope: 'col' }, 'All'),
          shown.map(index => h('th', { scope: 'col', class: 'account' }, h('span', { class: 'slant', title: seen(data.accounts[index].name + ' ' + data.accounts[index].id) }, shortened(accountLabel(data.accounts[index]))))))),
        sections(rows).map(([section, members]) => h('tbody', {},
          section ? h('tr', { class: 'section' }, h('th', { scope: 'rowgroup', colspan: shown.length + 2 }, section)) : null,
          members.map(row => matrixRow(row, shown)))))),
    answerLegend(),
  ];
}

// Names of accounts often begin alike, and differ at their ends.
function shortened(name) {
  const letters = [...name];
  return letters.length <= 22 ? name : letters.slice(0, 10).join('') + '…' + letters.slice(-11).join('');
}

function accountsByTrouble(benchmark) {
  const rules = [...new Set(benchmark.requirements.flatMap(requirement => requirement.answers))];
  const sums = data.accounts.map((_, index) => sumOf(rules, [index]));
  return all(data.accounts).sort((one, other) => worse(sums[one], sums[other]) || one - other);
}

function sections(rows) {
  const groups = new Map();
  for (const row of rows) {
    const section = row.requirement.section;
    groups.set(section, [...groups.get(section) ?? [], row]);
  }
  return [...groups];
}

function matrixRow({ requirement, answer, sum }, shown) {
  return h('tr', {},
    h('th', { scope: 'row', class: 'requirement' },
      h('a', { href: linkWith({ open: requirement.id }) }, h('span', { class: 'requirement-id' }, requirement.id), ' ', requirement.title)),
    h('td', {}, matrixCell(requirement, answer, sum, null)),
    shown.map(index => {
      const one = answerOf(requirement, [index]);
      return h('td', {}, matrixCell(requirement, one.answer, one.sum, data.accounts[index]));
    }));
}

function matrixCell(requirement, answer, sum, account) {
  const status = { Fail: 'Fail', NotAssessed: 'NotAssessed', Excepted: 'Excepted' }[answer];
  const count = answer === 'Fail' ? sum.byStatus[FAIL] : answer === 'NotAssessed' ? sum.byStatus[NOT_ASSESSED] : 0;
  const label = `${ANSWER_WORDS[answer]}${count > 0 ? ', ' + plural(count, 'finding') : ''}: ${requirement.id}${account ? ', ' + account.name : ', all accounts'}`;
  const inner = h('span', { 'aria-hidden': 'true' }, count > 0 ? short(count) : SIGNS[answer]);
  const look = { class: 'cell cell-' + answer, title: seen(label), 'aria-label': seen(label) };
  return answer === 'NoFinding'
    ? h('span', { ...look, role: 'img' }, inner)
    : h('a', { ...look, href: link('findings', { requirement: requirementName(requirement), account: account?.id, status }) }, inner);
}

function short(count) {
  return count < 1000 ? String(count) : count < 1e6 ? Math.floor(count / 1000) + 'k' : Math.floor(count / 1e6) + 'M';
}

function pager(first, total) {
  const step = (text, to, isEnd) => h('button', { type: 'button', class: 'small quiet', disabled: isEnd, 'data-key': text, onclick: () => go(linkWith({ from: String(to) }), false) }, text);
  return h('div', { class: 'pager no-print' },
    step('← Accounts before', Math.max(0, first - ACCOUNTS_AT_ONCE), first === 0),
    h('span', { class: 'faint' }, `Accounts ${number(first + 1)} to ${number(Math.min(total, first + ACCOUNTS_AT_ONCE))} of ${number(total)}, worst first`),
    step('Next accounts →', first + ACCOUNTS_AT_ONCE, first + ACCOUNTS_AT_ONCE >= total));
}
