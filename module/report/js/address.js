// The address behind # holds the page, its filters and what is open, so that a link or a bookmark leads back.

function readAddress() {
  const [path, query] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  let parts;
  try {
    parts = path.split('/').map(decodeURIComponent);
  } catch {
    parts = [''];
  }
  return { page: parts[0] || 'overview', parts: parts.slice(1), params: new URLSearchParams(query ?? '') };
}

// link('findings', { status: 'Fail', severity: ['High', 'Critical'] })
function link(page, params = {}) {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries(params)) {
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') {
        query.append(name, one);
      }
    }
  }
  const path = '#/' + page.split('/').map(encodeURIComponent).join('/');
  return query.size > 0 ? path + '?' + query : path;
}

// The same place with other parameters.
function linkWith(changes) {
  const { page, parts, params } = readAddress();
  for (const [name, value] of Object.entries(changes)) {
    params.delete(name);
    for (const one of [value].flat()) {
      if (one !== undefined && one !== null && one !== '') {
        params.append(name, one);
      }
    }
  }
  return link([page, ...parts].join('/')) + (params.size > 0 ? '?' + params : '');
}

function go(address, isStep = true) {
  if (isStep) {
    location.hash = address;
  } else {
    history.replaceState(null, '', address);
    route();
  }
}
