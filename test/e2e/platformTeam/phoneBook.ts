import type { FrameLocator, Page } from 'playwright-core';

/** Finds a contact in the phone book, gives it another number, and reads it anew. */
export async function changeNumber(page: Page, name: string, number: string): Promise<string> {
  const book: FrameLocator = page.frameLocator('iframe[title="Phone book"]');
  const find = async (): Promise<void> => {
    await book.getByLabel('Name', { exact: true }).fill(name);
    await book.getByRole('button', { name: 'Find' }).click();
    await book.getByText('1 found').waitFor();
  };
  await find();
  await book.getByLabel(name).fill(number);
  await book.getByRole('button', { name: 'Save' }).click();
  await book.getByText(`Saved ${name}`).waitFor();
  await find();
  return book.getByLabel(name).inputValue();
}
