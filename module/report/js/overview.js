// The first page: how things stand, on one sheet of paper.

const HEADLINES = ['cloudposture-baseline', 'cis-aws-foundations', 'aws-foundational-security', 'nist-csf', 'iso-27001', 'pci-dss', 'soc-2', 'nis2', 'dora'];

function failing(params) {
  return link('findings', { status: 'Fail', ...params });
}

function overviewPage() {
  const total = sumOf(all(data.rules), all(data.accounts));
  return [
    heading(data.title, [plural(data.accounts.length, 'account'), ' · ', plural(data.total, 'finding'), ' · ', plural(data.inventory.reduce((sum, entry) => sum + entry[2], 0), 'resource'), ' · made ', minute(data.createdAt)]),
    notices(),
    h('div', { class: 'summary' }, scoreCard(total), severityTiles(total), statusTiles(total)),
    data.hasChanges ? changesCard() : null,
    data.trend.length > 1 ? card('Failures over time', trendChart(data.trend), legend()) : null,
    h('div', { class: 'columns' }, worstAccountsCard(), worstRulesCard()),
    h('div', { class: 'columns' }, benchmarksCard(), servicesCard()),
  ];
}

function notices() {
  const told = [];
  if (data.isSelection) {
    told.push(note('info', h('strong', {}, 'A selection. '), 'This report is made of findings that somebody selected. Score, counts and answers are of these alone: a requirement may read as met because what fails was left out.'));
  }
  const denied = data.gaps.filter(gap => gap.reason === 'AccessDenied');
  const lost = data.gaps.filter(gap => gap.operation === '*');
  const expired = data.exceptions.filter(exception => exceptionState(exception) === 'Expired');
  if (lost.length > 0) {
    told.push(note('warn', h('strong', {}, 'Not everything was read. '), `${list([...new Set(lost.map(gap => accountLabel(data.accounts[gap.account])))])} could not be read to the end. `, h('a', { href: link('unread') }, 'What is missing')));
  }
  if (denied.length > 0) {
    const actions = new Set(denied.map(gap => gap.action || gap.operation));
    told.push(note('warn', h('strong', {}, `${plural(actions.size, 'permission')} ${actions.size === 1 ? 'is' : 'are'} missing. `), `What ${actions.size === 1 ? 'it' : 'they'} would show is not assessed, which is not the same as passed. `, h('a', { href: link('unread') }, 'Which ones')));
  }
  const failed = data.gaps.filter(gap => ['Throttled', 'Unreachable', 'Failed'].includes(gap.reason) && gap.operation !== '*');
  if (failed.length > 0) {
    told.push(note('warn', h('strong', {}, `${plural(new Set(failed.map(gap => gap.service)).size, 'service')} could not be read to the end. `), `${list([...new Set(failed.map(gap => `${gap.service}:${gap.operation}`))])} failed. `, h('a', { href: link('unread') }, 'Where, and why')));
  }
  if (expired.length > 0) {
    told.push(note('warn', h('strong', {}, `${plural(expired.length, 'exception')} ${expired.length === 1 ? 'has' : 'have'} expired. `), 'What they covered fails again. ', h('a', { href: link('exceptions') }, 'Look at them')));
  }
  return told.length > 0 ? h('div', { class: 'notes' }, told) : null;
}

function scoreCard(total) {
  const score = scoreOf(total);
  const label = score === null ? 'No score: nothing was assessed' : `Score ${score} of 100`;
  return h('section', { class: 'card score' }, h('h2', {}, 'Score'), ring(score, label),
    h('p', { class: 'faint' }, 'Of what was assessed, by severity. ', h('a', { href: link('about') }, 'How it is made')));
}

function severityTiles(total) {
  return h('section', { class: 'card' }, h('h2', {}, `${plural(total.byStatus[FAIL], 'failed finding')}`),
    h('div', { class: 'tiles' }, [4, 3, 2, 1].map(severity =>
      tile(SEVERITIES[severity], total.failed[severity], failing({ severity: SEVERITIES[severity] }), 'severity-' + SEVERITIES[severity]))),
    severityBar(total),
    total.failed[0] > 0 ? h('p', { class: 'faint' }, 'and ', h('a', { href: failing({ severity: 'Informational' }) }, plural(total.failed[0], 'informational one'))) : null);
}

function statusTiles(total) {
  const [passed, failed, manual, unread, excepted] = total.byStatus;
  const whole = passed + failed + manual + unread + excepted;
  return h('section', { class: 'card' }, h('h2', {}, 'All findings'),
    h('div', { class: 'tiles' },
      tile('Passed', passed, link('findings', { status: 'Pass' }), 'status-Pass', percent(passed, whole)),
      tile('Not assessed', unread, link('findings', { status: 'NotAssessed' }), 'status-NotAssessed', percent(unread, whole)),
      tile('Excepted', excepted, link('findings', { status: 'Excepted' }), 'status-Excepted', percent(excepted, whole)),
      tile('Manual', manual, link('findings', { status: 'Manual' }), 'status-Manual', 'to look at')),
    bar([[PASS, 'Pass'], [FAIL, 'Fail'], [EXCEPTED, 'Excepted'], [NOT_ASSESSED, 'NotAssessed'], [MANUAL, 'Manual']].map(([status, name]) =>
      ({ class: 'fill-' + name, value: total.byStatus[status], label: STATUS_WORDS[name].toLowerCase() }))));
}

function changesCard() {
  return card(`Since ${minute(data.changesSince)}`,
    h('div', { class: 'tiles four' }, CHANGES.map((change, index) =>
      tile(CHANGE_WORDS[change], data.changeCounts[index], link('changes', { change }), 'change-' + change))));
}

function worstAccountsCard() {
  const sums = sumsByAccount().filter(entry => entry.sum.byStatus[FAIL] > 0);
  const most = Math.max(...sums.map(entry => entry.sum.byStatus[FAIL]), 1);
  return card('Accounts with the worst failures', sums.length === 0 ? nothing('No account has a failure.') : [
    h('ol', { class: 'ranking' }, sums.slice(0, 8).map(({ account, sum }) => h('li', {},
      h('a', { href: failing({ account: account.id }), class: 'name' }, accountLabel(account)),
      h('span', { class: 'figures' }, worstFigures(sum)),
      severityBar(sum, most)))),
    h('p', {}, h('a', { href: link('accounts') }, `All ${plural(data.accounts.length, 'account')}`))]);
}

function worstFigures(sum) {
  return [4, 3].filter(severity => sum.failed[severity] > 0)
    .map(severity => h('span', { class: 'figure severity-' + SEVERITIES[severity] }, `${number(sum.failed[severity])} ${SEVERITIES[severity].toLowerCase()}`))
    .concat(h('span', { class: 'faint' }, `${number(sum.byStatus[FAIL])} in all`));
}

function worstRulesCard() {
  const sums = sumsByRule().filter(entry => entry.sum.byStatus[FAIL] > 0);
  return card('Rules that fail worst', sums.length === 0 ? nothing('No rule fails.') : [
    h('ol', { class: 'ranking' }, sums.slice(0, 8).map(({ rule, sum, accounts }) => h('li', { class: 'rule-rank' },
      severityBadge(SEVERITIES[rule.severity]),
      h('a', { href: failing({ rule: rule.id }) }, rule.title),
      h('span', { class: 'faint' }, `${number(sum.byStatus[FAIL])} in ${plural(accounts, 'account')}`)))),
    h('p', {}, h('a', { href: failing({ view: 'rules' }) }, `All ${plural(sums.length, 'rule')} that ${sums.length === 1 ? 'fails' : 'fail'}`))]);
}

function benchmarksCard() {
  if (data.benchmarks.length === 0) {
    return null;
  }
  const shown = headlineBenchmarks(7);
  return card('Benchmarks',
    h('ul', { class: 'ranking' }, shown.map(benchmark => {
      const standing = standingOf(benchmark);
      return h('li', {},
        h('a', { href: link('benchmarks/' + benchmark.id) }, benchmark.title),
        h('span', { class: 'figures' }, h('span', { class: 'faint' }, `${number(standing.counts.Pass)} of ${number(benchmark.requirements.length)} met`)),
        answerBar(standing));
    })),
    h('p', {}, h('a', { href: link('benchmarks') }, `All ${plural(data.benchmarks.length, 'benchmark')}`)), answerLegend());
}

// The newest of the families that people ask for first, then the others in their order.
function headlineBenchmarks(most) {
  const newest = HEADLINES.map(prefix => data.benchmarks.filter(benchmark => benchmark.id.startsWith(prefix)).sort((one, other) => collator.compare(other.version, one.version))[0]);
  return [...new Set([...newest.filter(Boolean), ...data.benchmarks])].slice(0, most);
}

function servicesCard() {
  const sums = sumsByService().filter(entry => entry.sum.byStatus[FAIL] > 0);
  const most = Math.max(...sums.map(entry => entry.sum.byStatus[FAIL]), 1);
  return card('Services', sums.length === 0 ? nothing('No service has a failure.') :
    h('ul', { class: 'ranking' }, sums.slice(0, 8).map(({ service, sum }) => h('li', {},
      h('a', { href: failing({ service }) }, service),
      h('span', { class: 'figures' }, worstFigures(sum)),
      severityBar(sum, most)))), legend());
}

function legend() {
  return h('p', { class: 'legend', 'aria-hidden': 'true' }, [4, 3, 2, 1, 0].map(severity => h('span', {}, h('i', { class: 'dot back-' + SEVERITIES[severity] }), SEVERITIES[severity])));
}
