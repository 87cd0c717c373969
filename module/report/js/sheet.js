// The panel that shows one finding, or one requirement, over the page it was opened from.

const sheet = document.getElementById('sheet');
let neighbours = [];

sheet.addEventListener('close', () => {
  const { params } = readAddress();
  if (params.has('finding') || params.has('change-of') || params.has('open')) {
    go(linkWith({ finding: [], 'change-of': [], open: [] }), false);
  }
});
sheet.addEventListener('click', event => {
  if (event.target === sheet) {
    sheet.close();
  }
});
sheet.addEventListener('keydown', event => {
  const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
  if (step && !event.target.closest('input, pre')) {
    stepTo(step);
  }
});

function stepTo(step) {
  const { params } = readAddress();
  const name = params.has('finding') ? 'finding' : 'change-of';
  const at = neighbours.indexOf(params.get(name));
  const next = neighbours[at + step];
  if (at >= 0 && next !== undefined) {
    go(linkWith({ [name]: next }), false);
  }
}

function showSheet(...children) {
  sheet.replaceChildren(h('div', { class: 'sheet-inner' }, children));
  if (!sheet.open) {
    sheet.showModal();
  }
  sheet.scrollTop = 0;
  sheet.querySelector('h2').focus();
}

function closeSheet() {
  if (sheet.open) {
    sheet.close();
  }
}

function sheetHead(badges, title, subtitle, place) {
  return h('div', { class: 'sheet-head' },
    h('div', { class: 'sheet-bar' },
      h('div', { class: 'badges' }, badges),
      h('div', { class: 'sheet-tools' },
        place ? [
          h('button', { type: 'button', class: 'quiet small', 'aria-label': 'Previous (left arrow)', disabled: place.at <= 0, onclick: () => stepTo(-1) }, '←'),
          h('span', { class: 'faint' }, `${number(place.at + 1)} of ${number(place.of)}`),
          h('button', { type: 'button', class: 'quiet small', 'aria-label': 'Next (right arrow)', disabled: place.at >= place.of - 1, onclick: () => stepTo(1) }, '→')] : null,
        h('button', { type: 'button', class: 'quiet small', 'aria-label': 'Close', onclick: () => sheet.close() }, '×'))),
    h('h2', { id: 'sheet-title', tabindex: -1 }, title),
    subtitle ? h('p', { class: 'faint' }, subtitle) : null);
}

function facts(pairs) {
  return h('dl', { class: 'facts' }, pairs.filter(([, value]) => value).map(([term, value]) => [h('dt', {}, term), h('dd', {}, value)]));
}

function showFinding(table, id, order) {
  const at = table.id.indexOf(id);
  if (at < 0) {
    showSheet(sheetHead([], 'This finding is not in the file', id), data.isCut ? cutNote() : nothing('It may have passed away with the harvest that this report was made of.'));
    return;
  }
  const row = rowOf(table, at);
  neighbours = order;
  const place = order.indexOf(id);
  showSheet(
    sheetHead([severityBadge(SEVERITIES[row.rule.severity]), statusBadge(row.status), changeBadge(row.change)], row.rule.title, row.rule.id, place < 0 ? null : { at: place, of: order.length }),
    findingBody(row));
}

function findingBody(row) {
  const { rule } = row;
  return [
    facts([
      ['Resource', h('span', { class: 'name strong' }, row.name)],
      ['Type', row.type],
      ['ARN', h('span', {}, h('code', { class: 'name' }, row.arn), ' ', copyButton(row.arn))],
      ['Account', h('span', {}, accountName(row.account))],
      ['Region', row.region],
      [row.status === 'Fail' ? 'Failing since' : 'So since', minute(row.since)],
      ['Last read', minute(row.seen)],
      ['Requirements', requirementText(rule)],
      ['Finding', h('code', { class: 'faint' }, row.id)],
    ]),
    row.status === 'Excepted' && row.exception ? acceptance(row.exception) : null,
    h('h3', {}, row.status === 'NotAssessed' ? 'What could not be read' : row.status === 'Manual' ? 'What to look at' : 'Evidence'),
    row.evidence ? h('pre', { class: 'evidence', tabindex: 0 }, row.evidence) : nothing('No evidence is kept.'),
    rule.rationale ? [h('h3', {}, 'Why it matters'), h('p', {}, rule.rationale)] : null,
    row.status === 'Fail' || row.status === 'Excepted' ? [h('h3', {}, 'How to put it right'), remedies(row)] : null,
    requirementsOf(row),
    rule.references.length > 0 ? [h('h3', {}, 'References'), h('ul', { class: 'links' }, rule.references.map(reference => h('li', {}, outside(reference))))] : null,
    alike(row),
  ];
}

function acceptance(exception) {
  return [h('h3', {}, 'Why it is accepted'), h('p', {}, exception.reason), h('p', { class: 'faint' }, acceptedBy(exception))];
}

function acceptedBy(exception) {
  return [exception.by, exception.ticket, exception.until ? 'until ' + day(exception.until) : 'without an end'].filter(Boolean).join(' · ');
}

function requirementsOf(row) {
  const answered = row.rule.requirements;
  if (answered.length === 0) {
    return null;
  }
  return h('details', { class: 'more', open: answered.length <= 4 },
    h('summary', {}, h('h3', {}, `Answers ${plural(answered.length, 'requirement')}`)),
    h('ul', { class: 'links' }, answered.map(requirement => h('li', {},
      h('a', { href: link('benchmarks/' + requirement.benchmark.id, { open: requirement.id }) }, `${requirement.benchmark.title} · ${requirement.id}`), ' ', h('span', { class: 'faint' }, requirement.title)))));
}

// The resource's other failures: who mends one looks at the others too.
function alike(row) {
  const others = [];
  for (let index = 0; index < data.count && others.length < 12; index++) {
    if (data.findings.resource[index] === row.resourceIndex && data.findings.status[index] === FAIL && data.findings.id[index] !== row.id) {
      others.push(rowOf(data.findings, index));
    }
  }
  return others.length === 0 ? null : [
    h('h3', {}, 'Also failing on this resource'),
    h('ul', { class: 'links' }, others.map(other => h('li', {}, severityBadge(SEVERITIES[other.rule.severity]), ' ', h('a', { href: link('findings', { q: row.arn, status: 'Fail', finding: other.id }) }, other.rule.title))))];
}
