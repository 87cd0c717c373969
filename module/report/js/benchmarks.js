// The benchmarks, and how each stands.

function benchmarksPage(params) {
  const q = (params.get('q') ?? '').toLowerCase();
  const shown = data.benchmarks.filter(benchmark => (benchmark.title + ' ' + benchmark.id).toLowerCase().includes(q));
  return [
    heading('Benchmarks', 'A requirement is met when every finding that answers it passed, in every account.'),
    h('div', { class: 'filters no-print' }, h('div', { class: 'filter-line' }, searchBox({ q: params.get('q') ?? '' }, 'Search benchmarks'))),
    shown.length === 0 ? nothing('There is no such benchmark.') : plainTable('Benchmarks', [
      { title: 'Benchmark', cell: ({ benchmark }) => h('a', { href: link('benchmarks/' + benchmark.id) }, benchmark.title) },
      { title: 'Requirements', class: 'number', cell: ({ benchmark }) => number(benchmark.requirements.length) },
      { title: 'Met', class: 'number', cell: ({ counts }) => number(counts.Pass) },
      { title: 'Not met', class: 'number', cell: ({ counts }) => number(counts.Fail) },
      { title: 'Not assessed', class: 'number', cell: ({ counts }) => number(counts.NotAssessed) },
      { title: 'Manual', class: 'number', cell: ({ counts }) => number(counts.Manual) },
      { title: 'Standing', class: 'wide', cell: standing => answerBar(standing) },
    ], shown.map(standingOf)),
    answerLegend(),
  ];
}

function answerLegend() {
  return h('p', { class: 'legend', 'aria-hidden': 'true' }, ['Pass', 'Excepted', 'Fail', 'NotAssessed', 'Manual', 'NoFinding'].map(answer => h('span', {}, h('i', { class: 'dot back-' + answer }), ANSWER_WORDS[answer])));
}

function benchmarkPage(benchmark, params) {
  if (!benchmark) {
    return [heading('There is no such benchmark'), h('p', {}, h('a', { href: link('benchmarks') }, 'All benchmarks'))];
  }
  const standing = standingOf(benchmark);
  const wanted = params.getAll('answer');
  const q = (params.get('q') ?? '').toLowerCase();
  const accounts = all(data.accounts);
  const rows = benchmark.requirements
    .map(requirement => ({ requirement, ...answerOf(requirement, accounts) }))
    .filter(row => wanted.length === 0 || wanted.includes(row.answer))
    .filter(row => `${row.requirement.id} ${row.requirement.title} ${row.requirement.section}`.toLowerCase().includes(q));
  say(plural(rows.length, 'requirement'));
  return [
    heading(benchmark.title, [
      h('a', { href: link('benchmarks') }, 'Benchmarks'), ' · ', plural(benchmark.requirements.length, 'requirement'),
      ` · ${sharesMet(benchmark)}`,
      benchmark.source ? [' · ', outside(benchmark.source, 'Source')] : null]),
    answerBar(standing),
    h('div', { class: 'filters no-print' }, h('div', { class: 'filter-line' },
      searchBox({ q: params.get('q') ?? '' }, 'Search requirements'),
      h('div', { class: 'chips', role: 'group', 'aria-label': 'Answer' }, ANSWERS.map(answer => h('button', {
        type: 'button', class: 'chip status-' + answer, 'aria-pressed': String(wanted.includes(answer)), 'data-key': answer,
        onclick: () => go(linkWith({ answer: wanted.includes(answer) ? wanted.filter(one => one !== answer) : [...wanted, answer] }), false),
      }, ANSWER_WORDS[answer], h('span', { class: 'count' }, number(standing.counts[answer]))))))),
    rows.length === 0 ? nothing('No requirement is like this. Take a filter away.') : matrix(benchmark, rows, Number(params.get('from') ?? 0) || 0),
  ];
}

// One account that fails leaves a requirement unmet; how many accounts do meet it is another figure.
function sharesMet(benchmark) {
  const answers = benchmark.requirements.flatMap(requirement => all(data.accounts).map(account => answerOf(requirement, [account]).answer));
  const decided = answers.filter(answer => ['Pass', 'Fail', 'Excepted'].includes(answer));
  return `account by account ${percent(decided.filter(answer => answer === 'Pass').length, decided.length)} of what is decided is met`;
}

function showRequirement(requirement) {
  const accounts = all(data.accounts);
  const { answer, sum } = answerOf(requirement, accounts);
  const name = requirementName(requirement);
  const silent = requirement.rules.filter(id => !data.rulesById.has(id.toLowerCase()));
  showSheet(
    sheetHead([answerBadge(answer)], `${requirement.id} ${requirement.title}`, [requirement.benchmark.title, requirement.section, requirement.level ? 'level ' + requirement.level : ''].filter(Boolean).join(' · ')),
    facts(STATUSES.map((status, index) => [STATUS_WORDS[status], sum.byStatus[index] > 0 ? h('a', { href: link('findings', { requirement: name, status }) }, plural(sum.byStatus[index], 'finding')) : null])),
    requirement.manual ? [h('h3', {}, 'What a person should look at'), h('p', {}, requirement.manual)] : null,
    requirement.answers.length > 0 ? [h('h3', {}, 'Rules that answer it'), h('ul', { class: 'links' }, requirement.answers.map(index => {
      const rule = data.rules[index], counted = sumOf([index], accounts);
      return h('li', {}, severityBadge(SEVERITIES[rule.severity]), ' ', h('a', { href: link('findings', { rule: rule.id }) }, rule.title), ' ', h('span', { class: 'faint' }, `${number(counted.byStatus[FAIL])} failed, ${number(counted.byStatus[PASS])} passed`));
    }))] : null,
    silent.length > 0 ? [h('h3', {}, 'Rules without a finding'), h('p', { class: 'faint' }, silent.join(', '), '. There is nothing here that they apply to, or their service was not read.')] : null,
    data.accounts.length > 1 ? [h('h3', {}, 'By account'), plainTable('Answers by account', [
      { title: 'Account', cell: row => accountName(row.account) },
      { title: 'Answer', cell: row => answerBadge(row.answer) },
      { title: 'Failed', class: 'number', cell: row => row.sum.byStatus[FAIL] > 0 ? h('a', { href: link('findings', { requirement: name, account: row.account.id, status: 'Fail' }) }, number(row.sum.byStatus[FAIL])) : '0' },
    ], data.accounts.map((account, index) => ({ account, ...answerOf(requirement, [index]) })).sort((one, other) => worse(one.sum, other.sum)), 100)] : null);
}
