import { failure, success, type Outcome } from '../outcomes/failure.ts';
import { apiPaths } from '../salesforce/apiPaths.ts';
import { soqlId, soqlName, soqlNames, soql } from '../salesforce/soqlQuoting.ts';
import { escapeSoslTerm } from '../salesforce/soslQuoting.ts';
import { urlSegment } from '../salesforce/urlSegment.ts';
import { createHiddenFields } from './hiddenFields.ts';
import type { HomeServices, HomeSession } from './homeServices.ts';
import type { SearchedObject } from './mappings.ts';
import { feedAnswer, fieldsOf, queryAnswer, recentAnswer, searchAnswer, type FoundRow, type Row } from './rows.ts';

/** As many as one look at what was viewed of late asks for. */
const recentlyViewed = 50;

/** What was found in one org in one session: it knows which fields and objects the person may not see. */
export interface OrgSearch {
  /** Rows of all objects that are searched, in the org's own order within each. */
  find(query: string, objects: readonly SearchedObject[], signal: AbortSignal): Promise<Outcome<FoundRow[]>>;
  /** What the person has viewed of late, the latest first. */
  recent(objects: readonly SearchedObject[], most: number, signal: AbortSignal): Promise<Outcome<FoundRow[]>>;
  /** Rows of an object by their ids, with these fields. */
  rowsById(type: string, fields: readonly string[], ids: readonly string[], signal: AbortSignal): Promise<Row[]>;
}

/**
 * Searches an org by SOSL, all objects in one statement. To a statement, a field that field-level security hides is
 * like one that does not exist, and so is an object for whoever has no access (`INVALID_TYPE`): such a field is left
 * out from then on. Where the org does not name it, each object is searched by itself, and one that is refused costs
 * that object only.
 *
 * @see SOQL and SOSL Reference, "SOSL Syntax", "RETURNING FieldSpec"; REST API Developer Guide, "Search"
 */
export function createOrgSearch(services: Pick<HomeServices, 'request'>, session: HomeSession): OrgSearch {
  const refused = new Set<string>();
  const { visible, leaveOut } = createHiddenFields();

  async function searchTogether(
    term: string,
    objects: readonly SearchedObject[],
    signal: AbortSignal,
  ): Promise<Outcome<FoundRow[]>> {
    for (;;) {
      const asked = objects.map((object) => ({
        type: object.sourceType,
        fields: visible(object.sourceType, fieldsOf(object)),
      }));
      const returning = objects.map(({ sourceType, maxItems, lookup }, at) => {
        const where = lookup.kind === 'search' && lookup.condition !== undefined ? ` WHERE (${lookup.condition})` : '';
        return `${soqlName(sourceType).toString()}(${soqlNames(asked[at]!.fields).toString()}${where} LIMIT ${maxItems})`;
      });
      const statement = `FIND {${term}} IN ALL FIELDS RETURNING ${returning.join(', ')}`;
      const answer = await services.request(session, apiPaths.search(statement), signal);
      if (answer.ok) return rowsIn(answer.data, objects);
      if (answer.error.status !== 400) return answer;
      if (!leaveOut(asked, answer.error)) return answer;
    }
  }

  async function searchObjects(
    term: string,
    objects: readonly SearchedObject[],
    signal: AbortSignal,
  ): Promise<Outcome<FoundRow[]>> {
    const open = objects.filter(({ sourceType }) => !refused.has(sourceType));
    if (open.length === 0) return success([]);
    const together = await searchTogether(term, open, signal);
    if (together.ok || together.error.status !== 400 || open.length === 1) return together;
    const each = await Promise.all(open.map((object) => searchTogether(term, [object], signal)));
    if (each.every(({ ok }) => !ok)) return together;
    each.forEach((one, at) => {
      if (!one.ok && one.error.status === 400) refused.add(open[at]!.sourceType);
    });
    return success(each.flatMap((one) => (one.ok ? one.data : [])));
  }

  async function searchFeed(query: string, object: SearchedObject, signal: AbortSignal): Promise<Outcome<FoundRow[]>> {
    if (object.lookup.kind !== 'feed') return success([]);
    const path = feedPath(query, object.lookup.feedType, object.maxItems);
    const answer = await services.request(session, path, signal);
    if (!answer.ok) return answer;
    const rows = feedAnswer.safeParse(answer.data);
    return rows.success ? success(rows.data.map((row) => ({ object, row }))) : unknownForm;
  }

  async function rowsById(
    type: string,
    fields: readonly string[],
    ids: readonly string[],
    signal: AbortSignal,
  ): Promise<Row[]> {
    for (;;) {
      const asked = visible(type, fields);
      const statement = soql`SELECT ${soqlNames(asked)} FROM ${soqlName(type)} WHERE Id IN ${ids.map(soqlId)}`;
      const answer = await services.request(session, apiPaths.query(statement), signal);
      if (answer.ok) return queryAnswer.safeParse(answer.data).data?.records ?? [];
      if (answer.error.status !== 400 || !leaveOut([{ type, fields: asked }], answer.error)) return [];
    }
  }

  return {
    rowsById,

    async find(query, objects, signal) {
      const term = escapeSoslTerm(query);
      // A word that is not finished finds what begins with it.
      const beginning = /[\p{L}\p{N}]$/u.test(term) ? `${term}*` : term;
      const feeds = objects.filter(({ lookup }) => lookup.kind === 'feed');
      const searched = objects.filter(({ lookup }) => lookup.kind === 'search');
      const answers = await Promise.all([
        ...(searched.length > 0 ? [searchObjects(beginning, searched, signal)] : []),
        ...feeds.map((feed) => searchFeed(query, feed, signal)),
      ]);
      // What one part finds is worth showing; an org without Chatter has no feeds at all.
      const failed = answers.find(({ ok }) => !ok);
      if (failed && !failed.ok && !answers.some(({ ok }) => ok)) return failed;
      return success(answers.flatMap((one) => (one.ok ? one.data : [])));
    },

    async recent(objects, most, signal) {
      const answer = await services.request(session, `/services/data/vXX.X/recent?limit=${recentlyViewed}`, signal);
      if (!answer.ok) return answer;
      const viewed = recentAnswer.safeParse(answer.data);
      if (!viewed.success) return unknownForm;
      const wanted = viewed.data
        .flatMap(({ Id, attributes: { type } }) => {
          const object = objects.find(({ sourceType, lookup }) => lookup.kind === 'search' && sourceType === type);
          return object ? [{ id: Id, object }] : [];
        })
        .slice(0, most);
      const rows = await Promise.all(
        [...new Set(wanted.map(({ object }) => object))].map(async (object) => {
          const ids = wanted.filter((one) => one.object === object).map(({ id }) => id);
          const read = await rowsById(object.sourceType, fieldsOf(object), ids, signal);
          return read.map((row) => ({ object, row }));
        }),
      );
      const found = rows.flat();
      return success(wanted.flatMap(({ id }) => found.find(({ row }) => row.Id === id) ?? []));
    },
  };
}

/** @see Connect REST API Developer Guide, "Feed Elements, Search" */
const feedPath = (query: string, feedType: string, most: number): string =>
  `/services/data/vXX.X/${feedType}/feed-elements?q=${urlSegment(query)}&pageSize=${most}&sort=LastModifiedDateDesc`;

const unknownForm = failure('REQUEST_FAILED', 'Salesforce answered a search in an unknown form.');

function rowsIn(data: unknown, objects: readonly SearchedObject[]): Outcome<FoundRow[]> {
  const answer = searchAnswer.safeParse(data);
  if (!answer.success) return unknownForm;
  return success(
    answer.data.searchRecords.flatMap((row) => {
      const object = objects.find(({ sourceType }) => sourceType.toLowerCase() === row.attributes.type.toLowerCase());
      return object ? [{ object, row }] : [];
    }),
  );
}
