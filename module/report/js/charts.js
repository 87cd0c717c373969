// Pictures as SVG, each with its figures in words.

function ring(value, label) {
  const level = value === null ? 'none' : value >= 90 ? 'good' : value >= 75 ? 'fair' : value >= 50 ? 'weak' : 'poor';
  return s('svg', { viewBox: '0 0 140 140', class: 'ring ' + level, role: 'img', 'aria-label': label },
    s('circle', { class: 'ring-back', cx: 70, cy: 70, r: 58 }),
    value ? s('circle', { class: 'ring-front', cx: 70, cy: 70, r: 58, pathLength: 100, 'stroke-dasharray': value + ' 100', transform: 'rotate(-90 70 70)' }) : null,
    s('text', { class: 'ring-value', x: 70, y: 76, 'text-anchor': 'middle' }, value === null ? '–' : value),
    s('text', { class: 'ring-unit', x: 70, y: 98, 'text-anchor': 'middle' }, 'of 100'));
}

// One bar of several parts: [{ class, value, label }]. The largest may be given so that bars compare.
function bar(parts, whole) {
  const sum = parts.reduce((total, part) => total + part.value, 0);
  const scale = whole ?? sum;
  const label = parts.filter(part => part.value > 0).map(part => number(part.value) + ' ' + part.label).join(', ') || 'nothing';
  const drawing = s('svg', { class: 'bar', role: 'img', 'aria-label': label }, s('title', {}, label), s('rect', { class: 'bar-back', width: '100%', height: '100%', rx: 4 }));
  let x = 0;
  for (const part of parts) {
    if (part.value > 0 && scale > 0) {
      const width = Math.max(100 * part.value / scale, 0.6);
      drawing.append(s('rect', { class: part.class, x: x + '%', width: width + '%', height: '100%' }));
      x += width;
    }
  }
  return drawing;
}

function severityBar(sum, whole) {
  return bar([4, 3, 2, 1, 0].map(severity => ({
    class: 'fill-' + SEVERITIES[severity],
    value: sum.failed[severity],
    label: SEVERITIES[severity].toLowerCase(),
  })), whole);
}

function answerBar(standing) {
  const order = ['Pass', 'Excepted', 'Fail', 'NotAssessed', 'Manual', 'NoFinding'];
  return bar(order.map(answer => ({ class: 'fill-' + answer, value: standing.counts[answer], label: ANSWER_WORDS[answer].toLowerCase() })));
}

// Failures over time, one band a severity.
function trendChart(points) {
  const width = 1040, height = 200, left = 52, bottom = 24, top = 8;
  const totals = points.map(point => point.failed.reduce((sum, count) => sum + count, 0));
  const most = Math.max(1, ...totals);
  const from = points[0].at, span = Math.max(1, points[points.length - 1].at - from);
  const x = point => left + (width - left - 8) * (point.at - from) / span;
  const y = value => top + (height - top - bottom) * (1 - value / most);
  const label = 'Failed findings: ' + points.map((point, i) => day(point.at) + ' ' + number(totals[i])).join(', ');
  const drawing = s('svg', { viewBox: `0 0 ${width} ${height}`, class: 'trend', role: 'img', 'aria-label': label });
  for (const value of [0, most / 2, most]) {
    drawing.append(
      s('line', { class: 'gridline', x1: left, x2: width - 8, y1: y(value), y2: y(value) }),
      s('text', { class: 'axis', x: left - 6, y: y(value) + 4, 'text-anchor': 'end' }, number(Math.round(value))));
  }
  const floor = points.map(() => 0);
  for (let severity = 0; severity < SEVERITIES.length; severity++) {
    const below = points.map((point, i) => x(point).toFixed(1) + ',' + y(floor[i]).toFixed(1)).reverse();
    points.forEach((point, i) => { floor[i] += point.failed[severity]; });
    const above = points.map((point, i) => x(point).toFixed(1) + ',' + y(floor[i]).toFixed(1));
    drawing.append(s('polygon', { class: 'fill-' + SEVERITIES[severity], points: [...above, ...below].join(' ') }));
  }
  points.forEach((point, i) => {
    if (i === 0 || i === points.length - 1) {
      drawing.append(s('text', { class: 'axis', x: x(point), y: height - 6, 'text-anchor': i === 0 ? 'start' : 'end' }, day(point.at)));
    }
  });
  return drawing;
}
