// How the report was made and how to read it.

function aboutPage() {
  const harvests = [...new Set(data.accounts.map(account => account.harvest).filter(Boolean))];
  const times = data.accounts.map(account => account.at).filter(Boolean);
  return [
    heading('About this report'),
    card('How it was made', facts([
      ['Made', minute(data.createdAt)],
      ['By', 'CloudPosture ' + data.version],
      ['Read', times.length > 0 ? `${minute(Math.min(...times))} to ${minute(Math.max(...times))}` : null],
      ['Harvests', harvests.length > 0 ? list(harvests, 5) : null],
      ['Accounts', plural(data.accounts.length, 'account')],
      ['Findings', data.isCut ? `${number(data.count)} of ${number(data.total)} are listed, all are counted` : number(data.total)],
    ])),
    card('How the score is made',
      h('p', {}, 'Each finding that passed or failed weighs by the severity of its rule: critical 10, high 6, medium 3, low 1, informational 0. The score is the weight that passed, of a hundred, rounded down.'),
      h('p', {}, 'What is not assessed, manual or excepted does not count. So look at these figures too: an account that could not be read has no failures.')),
    card('What the words mean', facts([
      ['Passed', 'As it should be.'],
      ['Failed', 'Not as it should be.'],
      ['Not assessed', 'Something that the rule needs could not be read, so nobody knows.'],
      ['Manual', 'No API answers it; a person must look.'],
      ['Excepted', 'Fails, and somebody decided to live with it until a day.'],
      ['No finding', 'Nothing here that a requirement’s rules apply to, or the service was not read.'],
    ])),
    card('Keyboard', facts([
      ['/', 'Search on this page'],
      ['Tab, Enter', 'Go to what can be opened, open it'],
      ['↑ ↓ Page Home End', 'Move through a list'],
      ['← →', 'The finding before, the next one'],
      ['Esc', 'Close'],
    ])),
    card('This file', h('p', {}, 'All of the report is in this one file. It makes no request to anywhere: the policy at its top forbids it to, and allows no script but its own. Links to documentation open only when you follow them. It holds names and settings of your accounts; keep it as you keep those.')),
  ];
}
