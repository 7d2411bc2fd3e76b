/** An app that joins the desktop and does nothing else, so that only what is measured takes time. */
import { joinDesktop } from '../sandbox/apps/joinDesktop.ts';

await joinDesktop();
