// Counts of all findings, also of those that the file does not list.

const WEIGHTS = [0, 1, 3, 6, 10];
let grid;

function buildSums() {
  const accounts = data.accounts.length;
  grid = new Int32Array(data.rules.length * accounts * STATUSES.length);
  for (const [rule, account, ...byStatus] of data.sums) {
    grid.set(byStatus, (rule * accounts + account) * STATUSES.length);
  }
}

function emptySum() {
  return { byStatus: [0, 0, 0, 0, 0], failed: [0, 0, 0, 0, 0], good: 0, weighed: 0 };
}

function addSum(sum, rule, account) {
  const at = (rule * data.accounts.length + account) * STATUSES.length;
  const severity = data.rules[rule].severity;
  for (let status = 0; status < STATUSES.length; status++) {
    sum.byStatus[status] += grid[at + status];
  }
  sum.failed[severity] += grid[at + FAIL];
  sum.good += grid[at + PASS] * WEIGHTS[severity];
  sum.weighed += (grid[at + PASS] + grid[at + FAIL]) * WEIGHTS[severity];
}

function sumOf(rules, accounts) {
  const sum = emptySum();
  for (const rule of rules) {
    for (const account of accounts) {
      addSum(sum, rule, account);
    }
  }
  return sum;
}

const all = list => list.map((_, index) => index);

// Of a hundred, by severity: a critical finding weighs as much as ten low ones. Null where nothing was assessed.
function scoreOf(sum) {
  return sum.weighed === 0 ? null : Math.floor(100 * sum.good / sum.weighed);
}

function worse(one, other) {
  for (let severity = SEVERITIES.length - 1; severity >= 0; severity--) {
    if (one.failed[severity] !== other.failed[severity]) {
      return other.failed[severity] - one.failed[severity];
    }
  }
  return 0;
}

function sumsByAccount() {
  const rules = all(data.rules);
  return data.accounts.map((account, index) => ({ account, index, sum: sumOf(rules, [index]) })).sort((one, other) => worse(one.sum, other.sum));
}

function sumsByRule() {
  const accounts = all(data.accounts);
  return data.rules.map((rule, index) => ({
    rule,
    index,
    sum: sumOf([index], accounts),
    accounts: accounts.filter(account => grid[(index * accounts.length + account) * STATUSES.length + FAIL] > 0).length,
  })).sort((one, other) => worse(one.sum, other.sum));
}

function sumsByService() {
  const accounts = all(data.accounts);
  const services = new Map();
  data.rules.forEach((rule, index) => services.set(rule.service, [...services.get(rule.service) ?? [], index]));
  return [...services].map(([service, rules]) => ({ service, sum: sumOf(rules, accounts) })).sort((one, other) => worse(one.sum, other.sum));
}

const ANSWERS = ['Fail', 'NotAssessed', 'Manual', 'Excepted', 'Pass', 'NoFinding'];
const ANSWER_WORDS = { Fail: 'Not met', NotAssessed: 'Not assessed', Manual: 'Manual', Excepted: 'Excepted', Pass: 'Met', NoFinding: 'No finding' };

// What findings say of a requirement: what weighs more comes first.
function answerOf(requirement, accounts) {
  const sum = sumOf(requirement.answers, accounts);
  const [passed, failed, manual, unread, excepted] = sum.byStatus;
  const answer = failed > 0 ? 'Fail'
    : unread > 0 ? 'NotAssessed'
      : requirement.manual || manual > 0 ? 'Manual'
        : excepted > 0 ? 'Excepted'
          : passed > 0 ? 'Pass' : 'NoFinding';
  return { answer, sum };
}

function standingOf(benchmark) {
  const accounts = all(data.accounts);
  const standing = { benchmark, counts: Object.fromEntries(ANSWERS.map(answer => [answer, 0])) };
  for (const requirement of benchmark.requirements) {
    standing.counts[answerOf(requirement, accounts).answer]++;
  }
  return standing;
}
