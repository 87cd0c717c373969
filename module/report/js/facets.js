// The filters above a list. Each change is a change of the address.

const FACETS = [['account', 'Account'], ['service', 'Service'], ['rule', 'Rule'], ['type', 'Resource type'], ['region', 'Region'], ['benchmark', 'Benchmark'], ['requirement', 'Requirement']];
const MOST_CHOICES = 300;

function toggled(filter, dimension, value) {
  const chosen = filter[dimension];
  return chosen.includes(value) ? chosen.filter(one => one !== value) : [...chosen, value];
}

function chips(filter, tallies, dimension, values, words) {
  return h('div', { class: 'chips', role: 'group', 'aria-label': dimension === 'status' ? 'Status' : 'Severity' }, values.map(value => {
    const count = tallies[dimension].get(value) ?? 0;
    const isOn = filter[dimension].includes(value);
    return h('button', {
      type: 'button', class: `chip ${dimension}-${value}`, 'aria-pressed': String(isOn), 'data-key': dimension + value,
      onclick: () => go(linkWith({ [dimension]: toggled(filter, dimension, value) }), false),
    }, words?.[value] ?? value, h('span', { class: 'count' }, number(count)));
  }));
}

function choiceLabel(dimension, value) {
  if (dimension === 'account') {
    const account = data.accounts[data.accountsById.get(value)];
    return account && account.name !== value ? `${account.name} (${value})` : value;
  }
  if (dimension === 'benchmark') {
    return data.benchmarksById.get(value)?.title ?? value;
  }
  if (dimension === 'requirement') {
    const requirement = requirementOf(value);
    return requirement ? `${requirement.benchmark.label} ${requirement.id} ${requirement.title}` : value;
  }
  return dimension === 'type' ? shortType(value) : value;
}

function facet(filter, tallies, dimension, title) {
  const chosen = filter[dimension];
  const choices = [...new Set([...chosen, ...[...tallies[dimension]].sort((one, other) => other[1] - one[1]).map(([value]) => value)])];
  const items = h('ul');
  const showChoices = word => {
    const wanted = choices.filter(value => choiceLabel(dimension, value).toLowerCase().includes(word));
    items.replaceChildren(...wanted.slice(0, MOST_CHOICES).map(value => h('li', {}, h('label', {},
      h('input', {
        type: 'checkbox', name: dimension, checked: chosen.includes(value), 'data-key': dimension + value,
        onchange: () => go(linkWith({ [dimension]: toggled(filter, dimension, value) }), false),
      }),
      h('span', { class: 'choice' }, choiceLabel(dimension, value)),
      h('span', { class: 'count' }, number(tallies[dimension].get(value) ?? 0))))));
    if (wanted.length > MOST_CHOICES) {
      items.append(h('li', { class: 'faint' }, `${number(wanted.length - MOST_CHOICES)} more: type to narrow down`));
    }
  };
  const search = choices.length > 8
    ? h('input', { type: 'search', name: 'narrow', placeholder: 'Narrow down', 'aria-label': `Narrow down ${title.toLowerCase()}s`, oninput: event => showChoices(event.target.value.toLowerCase()) })
    : null;
  // A list may have hundreds of choices: it is made when it is looked at.
  const onOpen = event => { if (event.target.open && items.childElementCount === 0) { showChoices(''); } };
  return h('details', { class: 'facet' + (chosen.length > 0 ? ' on' : ''), name: 'facet', 'data-key': 'facet-' + dimension, ontoggle: onOpen },
    h('summary', {}, title, chosen.length > 0 ? h('span', { class: 'count' }, chosen.length) : null),
    h('div', { class: 'choices' }, search, items));
}

// What is filtered by, each to be taken away.
function tags(filter) {
  const tagged = [];
  for (const [dimension, title] of FACETS) {
    for (const value of filter[dimension]) {
      tagged.push([title, choiceLabel(dimension, value), { [dimension]: filter[dimension].filter(one => one !== value) }]);
    }
  }
  for (const change of filter.change) {
    tagged.push(['Change', CHANGE_WORDS[change] ?? change, { change: filter.change.filter(one => one !== change) }]);
  }
  const isAny = tagged.length > 0 || filter.q !== '' || filter.status.length + filter.severity.length > 0;
  return h('div', { class: 'tags' },
    tagged.map(([title, label, change]) => h('button', { type: 'button', class: 'tag', 'aria-label': `Remove the filter ${title}: ${label}`, onclick: () => go(linkWith(change), false) },
      h('span', { class: 'faint' }, title), ' ', label, h('span', { class: 'cross', 'aria-hidden': 'true' }, '×'))),
    isAny ? h('button', { type: 'button', class: 'small quiet', onclick: () => go(link(readAddress().page, { view: readAddress().params.get('view') }), false) }, 'Clear all filters') : null);
}

let typing;

function searchBox(filter, label) {
  return h('input', {
    type: 'search', name: 'search', class: 'search', placeholder: label, 'aria-label': label, value: filter.q, 'data-key': 'search', autocomplete: 'off', spellcheck: 'false',
    oninput: event => {
      clearTimeout(typing);
      const text = event.target.value;
      typing = setTimeout(() => go(linkWith({ q: text.trim() }), false), 180);
    },
  });
}

// One open list at a time, and none once the focus is elsewhere.
document.addEventListener('click', event => {
  for (const open of document.querySelectorAll('details.facet[open]')) {
    if (!open.contains(event.target)) {
      open.open = false;
    }
  }
});
document.addEventListener('keydown', event => {
  const open = event.key === 'Escape' && document.querySelector('details.facet[open]');
  if (open) {
    open.open = false;
    open.querySelector('summary').focus();
  }
});
