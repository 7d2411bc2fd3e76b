export { openHosts as default } from './hosts.mjs';
