/** What stands in the way of a goal, where it is missed: for the page, by the work's name. */
export const explanations: Readonly<Record<string, string>> = {
  "a second app's connect":
    "Nothing is asked of the org, and no page is loaded. What is left are five questions that rest on each other (the steps are below): for the channel, `hello`, for the ticket, `identify`, `connect`. Each but that for the ticket, which the app's page asks the provider's directly, takes 2 to 3 ms in HERE's shared worker and in core-web, which write and parse JSON at each of four hops.",
  '20 apps × the same 50 contacts':
    "The org is asked for two composite requests, and the others wait for their answers. What takes the time are 1,000 requests and 1,000 answers on two cores. All pages of this desk are of one site, so that they and the provider share one process and its one thread. A trace of a round (processor time of that thread, 0 ms): about 150 ms, of which 45 in the apps to ask, 10 to take the answers, 25 to write 1,000 audit lines to the console, and 65 in the browser to receive 1,000 messages; in the token worker's thread beside it 65 ms. In the browser's own process come some 50 ms and more, as it sends each console line on where a test is attached. Records for the audit trail go to the page together by now (before, they were 1,000 messages more, each with an answer of comlink); what is left to do is one message for several answers to a page, which clients have to know. The peer's time is that of 2,000 requests at the org.",
  '10 MB up':
    'Five samples of some 400 ms each, which scatter. Twelve of each, by turns, gave 0.86 at 0 ms and 1.00 at 20 ms. Both copy the bytes once, into a Blob; what crosses the lane is that Blob, by reference, and the rest is the same request.',
  '20 apps × 50 different contacts':
    'Forty composite requests of 25 records each. At 0 ms it is the same as above: 1,000 answers on two cores, which the org shares.',
  ViewContact:
    'A person is looked for once a minute and shown once a minute: the lookup is a composite request, that of intents raised together the same one, and record and related lists are another, as they can be asked for only when the lookup has said of whom. So 100 people are 100 requests for what is shown and 25 to 35 for who it is, and that again for each minute that the work takes, here nearly two. It was 3,278 when each view read anew. Layout and object info are read once in five minutes. A view that is open for longer than a round of live data, five seconds, is looked after, which is a request or two for all that are open. Fewer would be views whose records are read by the provider when the lookup is answered, for several intents in one, with the related lists as one query; or older copies, of which a lookup, unlike a view, is told nothing afterwards.',
  'a first connect, the person logged in':
    'Most of the time goes to the browser, which opens the sign-in window and leads it to the org and back to a page of the provider, whose script then runs (the steps are below). Both need such a window; what ours asks the org less decides from 20 ms on, and is worth little at 0 ms.',
  '50,000 rows by the iterator':
    'The rows come as bytes and are parsed in the app, as with bare `fetch`, and the next page is fetched meanwhile. Beyond that, each row is a step of an asynchronous iterator.',
  'one read after another, each another record':
    'At 0 ms nothing is saved by saving a preflight, and a port, two schemas, the pipeline and an audit line are paid for.',
  'an edit in one app until the others show it':
    'The look after a write begins when the write has ended, and is a query; the read that it is compared with is of one row.',
};
