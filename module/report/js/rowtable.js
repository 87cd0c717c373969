// A table of any length, of which the rows in sight are in the page alone.

const ROW_HEIGHT = 52;
const AROUND = 12;
const MOST_PRINTED = 1500;
let shownTable;

// columns: [{ key, title, class, sort, cell(row) }]; the first cell with a link is where the keyboard stands.
function rowTable({ caption, columns, rows, sort, rowClass, onsort }) {
  const body = h('tbody');
  const head = h('tr', {}, columns.map(column => headCell(column, sort, onsort)));
  const table = h('table', { class: 'rows', 'aria-rowcount': rows.length + 1 }, h('caption', { class: 'unseen' }, caption), h('thead', {}, head), body);
  const scroller = h('div', { class: 'scroller', tabindex: -1 }, table);
  let active = 0, first = -1, last = -1;

  function rowElement(at) {
    const element = h('tr', { 'aria-rowindex': at + 2, class: (at % 2 === 0 ? 'even ' : '') + (rowClass?.(rows[at]) ?? '') },
      columns.map(column => h('td', { class: column.class }, column.cell(rows[at]))));
    element.at = at;
    const anchor = element.querySelector('a');
    if (anchor) {
      anchor.tabIndex = at === active ? 0 : -1;
      element.classList.add('opens');
    }
    return element;
  }

  function space(count) {
    const filler = h('tr', { class: 'filler', 'aria-hidden': 'true' }, h('td'));
    filler.firstChild.style.height = count * ROW_HEIGHT + 'px';
    return count > 0 ? [filler] : [];
  }

  function draw(isForced) {
    const height = scroller.clientHeight || 600;
    const from = Math.max(0, Math.floor(scroller.scrollTop / ROW_HEIGHT) - AROUND);
    const to = Math.min(rows.length, Math.ceil((scroller.scrollTop + height) / ROW_HEIGHT) + AROUND);
    if (!isForced && from === first && to === last) {
      return;
    }
    const hadFocus = body.contains(document.activeElement);
    [first, last] = [from, to];
    if (active < from || active >= to) {
      active = Math.min(rows.length - 1, Math.max(0, Math.ceil(scroller.scrollTop / ROW_HEIGHT)));
    }
    const elements = [];
    for (let at = from; at < to; at++) {
      elements.push(rowElement(at));
    }
    body.replaceChildren(...space(from), ...elements, ...space(rows.length - to));
    if (hadFocus) {
      anchorAt(active)?.focus({ preventScroll: true });
    }
  }

  function anchorAt(at) {
    return [...body.children].find(element => element.at === at)?.querySelector('a');
  }

  function stand(at) {
    active = Math.max(0, Math.min(rows.length - 1, at));
    const top = active * ROW_HEIGHT, headHeight = head.offsetHeight;
    if (top < scroller.scrollTop) {
      scroller.scrollTop = top;
    } else if (top + ROW_HEIGHT + headHeight > scroller.scrollTop + scroller.clientHeight) {
      scroller.scrollTop = top + ROW_HEIGHT + headHeight - scroller.clientHeight;
    }
    draw(true);
    anchorAt(active)?.focus({ preventScroll: true });
  }

  scroller.addEventListener('scroll', () => requestAnimationFrame(() => draw(false)), { passive: true });
  scroller.addEventListener('keydown', event => {
    const page = Math.max(1, Math.floor(scroller.clientHeight / ROW_HEIGHT) - 1);
    const steps = { ArrowDown: active + 1, ArrowUp: active - 1, PageDown: active + page, PageUp: active - page, Home: 0, End: rows.length - 1 };
    if (event.key in steps && !event.ctrlKey && !event.altKey && !event.metaKey && body.contains(event.target)) {
      event.preventDefault();
      stand(steps[event.key]);
    }
  });
  body.addEventListener('click', event => {
    const element = event.target.closest('tr');
    if (element?.at !== undefined && !event.target.closest('a, button') && String(getSelection()) === '') {
      active = element.at;
      element.querySelector('a')?.click();
    }
  });
  new ResizeObserver(() => draw(false)).observe(scroller);

  // Paper has no scroll bar.
  function print(isPrinting) {
    if (!isPrinting) {
      draw(true);
      return;
    }
    const printed = rows.slice(0, MOST_PRINTED);
    body.replaceChildren(...printed.map((_, at) => rowElement(at)));
    if (rows.length > printed.length) {
      body.append(h('tr', { class: 'left-out' }, h('td', { colspan: columns.length }, `${number(rows.length - printed.length)} more rows are not printed. Filter, or export them.`)));
    }
  }

  shownTable = { element: scroller, print };
  draw(true);
  return scroller;
}

function headCell(column, sort, onsort) {
  if (!column.sort) {
    return h('th', { scope: 'col', class: column.class }, column.title);
  }
  const order = sort === column.sort ? 'ascending' : sort === '-' + column.sort ? 'descending' : null;
  return h('th', { scope: 'col', class: column.class, 'aria-sort': order },
    h('button', { type: 'button', class: 'sorter ' + (order ?? ''), onclick: () => onsort(order === 'ascending' ? '-' + column.sort : column.sort) }, column.title));
}
