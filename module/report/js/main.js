// Which page is shown, by the address.

const PAGES = {
  overview: ['Overview', () => overviewPage()],
  findings: ['Findings', findingsPage],
  benchmarks: ['Benchmarks', (params, parts) => parts.length > 0 ? benchmarkPage(data.benchmarksById.get(parts[0]), params) : benchmarksPage(params)],
  accounts: ['Accounts', () => accountsPage()],
  changes: ['Changes', changesPage],
  unread: ['Not assessed', () => unreadPage()],
  exceptions: ['Exceptions', () => exceptionsPage()],
  paths: ['Paths', () => pathsPage()],
  inventory: ['Inventory', params => inventoryPage(params)],
  about: ['About', () => aboutPage()],
  print: ['Print version', () => printPage()],
};

const main = document.getElementById('main');
let shown = {};

function route() {
  const { page, parts, params } = readAddress();
  const name = PAGES[page] ? page : 'overview';
  const place = [name, ...parts].join('/');
  const drawn = place + '?' + pageParams(params);
  if (drawn !== shown.drawn) {
    const isNewPlace = place !== shown.place;
    const focused = isNewPlace ? null : document.activeElement?.dataset?.key;
    const open = [...main.querySelectorAll('details.facet[open]')].map(facet => facet.dataset.key);
    const [before, after] = [document.activeElement?.selectionStart, document.activeElement?.selectionEnd];
    shownTable = null;
    main.className = 'page-' + name;
    main.replaceChildren();
    fill(main, [PAGES[name][1](params, parts)]);
    markNav(name);
    document.title = seen(`${main.querySelector('h1')?.textContent ?? PAGES[name][0]} – ${data.title}`);
    main.querySelectorAll('details.facet').forEach(facet => { facet.open = !isNewPlace && open.includes(facet.dataset.key); });
    restoreFocus(isNewPlace, focused, before, after);
    shown = { place, drawn };
  }
  openSheet(name, parts, params);
}

// What is open over a page does not change the page.
function pageParams(params) {
  const own = new URLSearchParams(params);
  ['finding', 'change-of', 'open'].forEach(name => own.delete(name));
  return own.toString();
}

function openSheet(name, parts, params) {
  const requirement = name === 'benchmarks' && params.has('open') ? requirementOf(parts[0] + '/' + params.get('open')) : null;
  if (name === 'findings' && params.has('finding')) {
    openFinding(params);
  } else if (name === 'changes' && params.has('change-of')) {
    openChange(params);
  } else if (requirement) {
    showRequirement(requirement);
  } else {
    closeSheet();
  }
}

// Filters are drawn anew with each choice; who works with the keyboard stays where they were.
function restoreFocus(isNewPlace, key, before, after) {
  if (isNewPlace) {
    window.scrollTo(0, 0);
    if (shown.place !== undefined) {
      main.querySelector('h1')?.focus({ preventScroll: true });
    }
    return;
  }
  const element = key && [...main.querySelectorAll('[data-key]')].find(one => one.dataset.key === key);
  if (element) {
    element.focus({ preventScroll: true });
    if (element.type === 'search' && before !== undefined) {
      element.setSelectionRange(before, after);
    }
  }
}

function drawNav() {
  const total = sumOf(all(data.rules), all(data.accounts)).byStatus;
  const entries = [
    ['overview', {}, null],
    ['findings', { status: 'Fail' }, total[FAIL]],
    ['benchmarks', {}, data.benchmarks.length],
    ['accounts', {}, data.accounts.length],
    data.hasChanges ? ['changes', {}, data.changeCounts.reduce((sum, count) => sum + count, 0)] : null,
    ['unread', {}, total[NOT_ASSESSED]],
    ['exceptions', {}, Math.max(total[EXCEPTED], data.exceptions.length)],
    pathCount() > 0 ? ['paths', {}, pathCount()] : null,
    ['inventory', {}, null],
    ['about', {}, null],
  ].filter(Boolean);
  const nav = document.getElementById('nav');
  nav.replaceChildren(h('ul', {}, entries.map(([page, params, count]) =>
    h('li', {}, h('a', { href: link(page, params), 'data-page': page }, PAGES[page][0], count ? h('span', { class: 'count' }, number(count)) : null)))));
}

function markNav(page) {
  for (const anchor of document.querySelectorAll('#nav a')) {
    if (anchor.dataset.page === page) {
      anchor.setAttribute('aria-current', 'page');
    } else {
      anchor.removeAttribute('aria-current');
    }
  }
}

function startTheme() {
  const button = document.getElementById('theme');
  const kept = () => { try { return localStorage.getItem('theme'); } catch { return null; } };
  const isDark = () => (document.documentElement.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark';
  const word = () => { button.textContent = isDark() ? 'Light colours' : 'Dark colours'; };
  if (['dark', 'light'].includes(kept())) {
    document.documentElement.dataset.theme = kept();
  }
  button.addEventListener('click', () => {
    const theme = isDark() ? 'light' : 'dark';
    document.documentElement.dataset.theme = theme;
    try { localStorage.setItem('theme', theme); } catch { /* A browser may keep nothing for files. */ }
    word();
  });
  matchMedia('(prefers-color-scheme: dark)').addEventListener('change', word);
  word();
}

document.addEventListener('keydown', event => {
  if (event.key === '/' && !event.target.closest('input, textarea, dialog') && !event.ctrlKey && !event.metaKey) {
    const search = main.querySelector('input.search');
    if (search) {
      event.preventDefault();
      search.focus();
    }
  }
});
document.querySelector('.skip').addEventListener('click', event => {
  event.preventDefault();
  main.focus();
});

startTheme();
open().then(() => {
  buildSums();
  document.getElementById('title').textContent = seen(data.title);
  document.getElementById('subtitle').textContent = minute(data.createdAt);
  drawNav();
  addEventListener('hashchange', route);
  route();
  document.documentElement.dataset.ready = 'true';
}).catch(error => {
  main.replaceChildren(h('div', { class: 'waiting' }, h('h1', {}, 'The report cannot be opened'), h('p', {}, 'The file is cut short, or the browser is older than 2023. '), h('p', { class: 'faint' }, error)));
  throw error;
});
