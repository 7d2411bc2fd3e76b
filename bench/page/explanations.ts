/** What stands in the way of a goal, where it is missed: for the page, by the work's name. */
export const explanations: Readonly<Record<string, string>> = {};
