import { emailsIn, mailboxOf } from '../../src/matching/emailAddress.ts';

describe('emailsIn', () => {
  it.each([
    [' Jane.Doe@Mail.com ', ['jane.doe@mail.com']],
    ['Jane Doe <jane@mail.com>', ['jane@mail.com']],
    ['"Doe, Jane" <jane@mail.com>', ['jane@mail.com']],
    ['Doe, Jane <jane@mail.com>', ['jane@mail.com']],
    ['mailto:jane@mail.com', ['jane@mail.com']],
    ['jane@mail.com; jim@mail.com', ['jane@mail.com', 'jim@mail.com']],
    ["siobhan.o'brien@bank.example", ["siobhan.o'brien@bank.example"]],
    ['Team: jane@mail.com, jim@mail.com;', ['jane@mail.com', 'jim@mail.com']],
    ['jane@bücher.example', ['jane@bücher.example']],
    ['not an address', []],
    ['', []],
  ])('reads %p', (text, addresses) => {
    expect(emailsIn(text)).toEqual(addresses);
  });
});

it.each([
  ['jane+crm@mail.com', 'jane@mail.com'],
  ['jane@mail.com', 'jane@mail.com'],
  ['+jane@mail.com', '+jane@mail.com'],
  ['jane@ma+il.com', 'jane@ma+il.com'],
])('the mailbox of %s is %s', (address, mailbox) => {
  expect(mailboxOf(address)).toBe(mailbox);
});
