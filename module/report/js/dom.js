// Elements are made here alone, and every text of theirs is text: nothing that comes from AWS can become markup.

// Characters that are not seen, or that turn the order of others around, are shown by their number.
const HIDDEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]/gu;

function seen(text) {
  return String(text).replace(HIDDEN, mark => '⟨U+' + mark.codePointAt(0).toString(16).toUpperCase().padStart(4, '0') + '⟩');
}

function make(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes ?? {})) {
    if (value === undefined || value === null || value === false) {
      continue;
    }
    if (name.startsWith('on')) {
      element.addEventListener(name.slice(2), value);
    } else if (name === 'href' && !/^(#|https:\/\/)/.test(value)) {
      continue;
    } else {
      element.setAttribute(name, value === true ? '' : value);
    }
  }
  fill(element, children);
  return element;
}

function fill(element, children) {
  for (const child of children.flat(Infinity)) {
    if (child !== undefined && child !== null && child !== false) {
      element.append(child instanceof Node ? child : seen(child));
    }
  }
}

// h('a', { class: 'x', href: '#/' }, 'text', otherElement)
function h(name, attributes, ...children) {
  return make(document.createElement(name), attributes, children);
}

// The same for SVG.
function s(name, attributes, ...children) {
  return make(document.createElementNS('http://www.w3.org/2000/svg', name), attributes, children);
}

// A link out of the report. Nothing tells the other side where it was followed from.
function outside(address, text) {
  return /^https:\/\//.test(address)
    ? h('a', { href: address, target: '_blank', rel: 'noopener noreferrer', class: 'outside' }, text ?? address)
    : h('span', {}, text ?? address);
}

function say(text) {
  document.getElementById('live').textContent = seen(text);
}

const counts = new Intl.NumberFormat('en');

function number(value) {
  return counts.format(value);
}

function plural(count, one, many) {
  return number(count) + ' ' + (count === 1 ? one : many ?? one + 's');
}

function day(seconds) {
  return seconds ? new Date(seconds * 1000).toISOString().slice(0, 10) : '–';
}

function minute(seconds) {
  return seconds ? new Date(seconds * 1000).toISOString().slice(0, 16).replace('T', ' ') + ' UTC' : '–';
}

function percent(part, whole) {
  return whole === 0 ? '–' : (Math.floor(part * 1000 / whole) / 10).toFixed(part === whole || part === 0 ? 0 : 1) + ' %';
}

async function copy(text, button) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    const area = h('textarea', { class: 'unseen' });
    area.value = text;
    (button.closest('dialog') ?? document.body).append(area);
    area.select();
    document.execCommand('copy');
    area.remove();
    button.focus();
  }
  const before = button.textContent;
  button.textContent = 'Copied';
  say('Copied');
  setTimeout(() => { button.textContent = before; }, 1500);
}

function copyButton(text, label = 'Copy') {
  return h('button', { type: 'button', class: 'small quiet copy', onclick: event => copy(text, event.currentTarget) }, label);
}
