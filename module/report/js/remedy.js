// Commands that put a finding right, filled in with its own names.

// What may stand in a command as it is, and what may stand there in single quotes, in every shell. Names with anything else could
// make a shell do more than is written here, so they are left for a person to put in.
const PLAIN = /^[A-Za-z0-9_./:@+=,][A-Za-z0-9_./:@+=,-]*$/;
const QUOTABLE = /^[A-Za-z0-9_./:@+=,(#][A-Za-z0-9_./:@+=,()# -]*$/;

function filledIn(template, row) {
  const values = { resourceId: row.resourceId, resourceArn: row.arn, resourceName: row.name, region: row.region, accountId: row.account.id };
  const left = new Map();
  const text = template.replace(/(^|\s)?\{(resourceId|resourceArn|resourceName|region|accountId)\}(?=(\s|$)?)/g, (whole, before, name, after) => {
    const value = values[name];
    const space = before ?? '';
    if (PLAIN.test(value)) {
      return space + value;
    }
    if (QUOTABLE.test(value) && before !== undefined && after !== undefined) {
      return space + `'${value}'`;
    }
    left.set(name, value);
    return whole;
  });
  return { text, left };
}

function remedies(row) {
  const blocks = [['PowerShell', row.rule.powershell], ['AWS CLI', row.rule.cli]].filter(([, template]) => template !== '');
  if (blocks.length === 0) {
    return nothing('No command puts this right; see why it matters, and the references.');
  }
  return blocks.map(([title, template]) => {
    const { text, left } = filledIn(template, row);
    return h('div', { class: 'code' },
      h('div', { class: 'code-head' }, h('h4', {}, title), copyButton(text)),
      h('pre', { tabindex: 0 }, h('code', {}, text)),
      [...left].map(([name, value]) => note('warn', 'Put in ', h('code', {}, `{${name}}`), ' by hand: ', h('code', {}, value), ' holds characters that a shell may take for its own.')));
  });
}
