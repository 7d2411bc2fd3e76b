import { createRoot } from 'react-dom/client';
import { configure } from 'salesforce-interop-client';
import { connectDesktop } from 'salesforce-interop/core-web';
import { Accounts } from './Accounts.tsx';

interface Joins {
  brokerUrl: string;
  platformId: string;
  providerOrigin: string;
}

// The server of this page says where the desktop is.
const { brokerUrl, platformId, providerOrigin } = (await (await fetch('/config.json')).json()) as Joins;
configure({ provider: { origin: providerOrigin } });
await connectDesktop({ brokerUrl, platformId });
createRoot(document.querySelector('#root')!).render(<Accounts />);
