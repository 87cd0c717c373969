// What the report tells: unpacked once, then kept as columns of small numbers.

const STATUSES = ['Pass', 'Fail', 'Manual', 'NotAssessed', 'Excepted'];
const STATUS_WORDS = { Pass: 'Passed', Fail: 'Failed', Manual: 'Manual', NotAssessed: 'Not assessed', Excepted: 'Excepted' };
const SEVERITIES = ['Informational', 'Low', 'Medium', 'High', 'Critical'];
const CHANGES = ['New', 'Regressed', 'Resolved', 'Gone'];
const PASS = 0, FAIL = 1, MANUAL = 2, NOT_ASSESSED = 3, EXCEPTED = 4;

let data;

async function unpack() {
  const letters = document.getElementById('data').textContent.trim();
  const binary = atob(letters);
  const bytes = new Uint8Array(binary.length);
  for (let i = 0; i < binary.length; i++) {
    bytes[i] = binary.charCodeAt(i);
  }
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'));
  return JSON.parse(await new Response(stream).text());
}

async function open() {
  data = await unpack();
  document.getElementById('data').remove();
  for (const table of [data.findings, data.changes, data.resources]) {
    for (const column of Object.keys(table).filter(name => name !== 'id')) {
      table[column] = Int32Array.from(table[column]);
    }
  }
  data.count = data.findings.id.length;
  data.isCut = data.count < data.total;
  data.rulesById = new Map();
  data.rules.forEach((rule, index) => {
    const id = rule.id.toLowerCase();
    data.rulesById.set(id, [...data.rulesById.get(id) ?? [], index]);
  });
  data.accountsById = new Map(data.accounts.map((account, index) => [account.id, index]));
  data.benchmarksById = new Map(data.benchmarks.map(benchmark => [benchmark.id, benchmark]));
  data.exceptionsById = new Map(data.exceptions.map(exception => [exception.id, exception]));
  data.rules.forEach(rule => { rule.requirements = []; });
  for (const benchmark of data.benchmarks) {
    for (const requirement of benchmark.requirements) {
      requirement.benchmark = benchmark;
      // A requirement without rules may have findings that a person answers.
      requirement.answers = [...new Set([...requirement.rules, benchmark.id + '/' + requirement.id].flatMap(id => data.rulesById.get(id.toLowerCase()) ?? []))];
      requirement.answers.forEach(index => data.rules[index].requirements.push(requirement));
    }
  }
}

function requirementOf(name) {
  const cut = name.indexOf('/');
  return data.benchmarksById.get(name.slice(0, cut))?.requirements.find(requirement => requirement.id === name.slice(cut + 1));
}

function requirementName(requirement) {
  return requirement.benchmark.id + '/' + requirement.id;
}

// As people name them: 'CIS 7.0 2.4, 2.5; PCI DSS 4.0.1 8.3.6'. Of the benchmarks that are asked for, or of all, those that most ask for first.
function requirementText(rule, ids = []) {
  const groups = new Map();
  for (const { benchmark, id } of rule.requirements) {
    if (ids.length === 0 || ids.includes(benchmark.id)) {
      groups.set(benchmark, [...groups.get(benchmark) ?? [], id]);
    }
  }
  data.headlines ??= headlineBenchmarks(HEADLINES.length);
  const place = benchmark => (data.headlines.indexOf(benchmark) + 1) || data.headlines.length + 1;
  return [...groups].sort(([one], [other]) => place(one) - place(other)).map(([benchmark, answered]) => `${benchmark.label} ${[...new Set(answered)].join(', ')}`).join('; ');
}

// A finding, or a change, as an object, for what shows a few of them.
function rowOf(table, index) {
  const resource = table.resource[index];
  const { resources, texts } = data;
  return {
    index,
    resourceIndex: resource,
    id: table.id[index],
    rule: data.rules[table.rule[index]],
    ruleIndex: table.rule[index],
    status: STATUSES[table.status[index]],
    change: CHANGES[table.change[index]],
    account: data.accounts[resources.account[resource]],
    region: texts[resources.region[resource]],
    arn: texts[resources.arn[resource]],
    type: texts[resources.type[resource]],
    resourceId: texts[resources.resourceId[resource]],
    name: texts[resources.name[resource]],
    evidence: texts[table.evidence[index]],
    exception: data.exceptionsById.get(texts[table.exception[index]]),
    since: table.since[index],
    seen: table.seen[index],
  };
}

function accountLabel(account) {
  return account.name === account.id ? account.id : account.name;
}

// A type may be broken between its parts, and nowhere else.
function wholeType(type) {
  return type.split('::').flatMap((part, i) => i === 0 ? part : ['::', h('wbr'), part]);
}

function shortType(type) {
  return type.replace(/^AWS::/, '').replaceAll('::', ' ');
}
