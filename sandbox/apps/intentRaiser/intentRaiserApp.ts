/** Entry of the Messages app: an FDC3 app that knows nothing of Salesforce. */
import type { DesktopAgent } from '@finos/fdc3';
import { changeChannel, showChannel } from '../channelPicker.ts';
import { joinDesktop } from '../joinDesktop.ts';
import { showPage } from '../../pages/page.ts';
import { conversations } from './conversations.ts';
import { intentRaiserView, type IntentRaiserActions, type IntentRaiserState } from './intentRaiserView.ts';
import { inWords, raiseForMention, type Outcome } from './raiseForMention.ts';

let fdc3: DesktopAgent | undefined;
/** Only the newest question's answer is shown. */
let newest: symbol | undefined;

const actions: IntentRaiserActions = {
  choose: (conversation) => page.update({ conversation }),
  raise(intent, context) {
    const mine = (newest = Symbol(intent));
    const tell = (outcome: Outcome) => mine === newest && page.update({ outcome });
    if (fdc3) void raiseForMention(fdc3, intent, context, tell);
  },
  share(context) {
    fdc3
      ?.broadcast(context)
      .catch((error: unknown) =>
        page.update({
          outcome: { kind: 'failed', intent: 'Sharing', about: context.name ?? 'this', why: inWords(error) },
        }),
      );
  },
  type: (field, value) => page.update(field === 'name' ? { name: value } : { email: value }),
  dismiss: () => page.update({ outcome: undefined }),
  pickChannel: (id) => void changeChannel(fdc3, page, id),
};

const page = showPage<IntentRaiserState>(
  { desktop: 'joining', conversation: conversations[0]?.id ?? '', name: '', email: '' },
  intentRaiserView(actions),
);

try {
  fdc3 = await joinDesktop();
  page.update({ desktop: 'joined' });
  await showChannel(fdc3, page);
} catch (error) {
  page.update({ desktop: { failure: inWords(error) } });
}
