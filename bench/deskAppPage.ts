/** An app of the desk that does nothing of its own: it joins, and what is measured is all it does. */
import { joinDesktop } from '../sandbox/apps/joinDesktop.ts';

await joinDesktop();
