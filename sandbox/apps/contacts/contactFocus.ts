/** Where the focus goes when what had it is gone. */

/** Goes to a row of the list, or where there is none to the search. */
export function focusInList(index: number): void {
  const rows = document.querySelectorAll<HTMLElement>('#contacts .list-item');
  (rows[index] ?? document.getElementById('words'))?.focus();
}

/** Goes back from what was closed: to the contact that is shown, or to its row. */
export function focusBack(row: number): void {
  const name = document.getElementById('contact-name');
  if (name) name.focus();
  else focusInList(row);
}
