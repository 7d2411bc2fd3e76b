export { closeHosts as default } from './hosts.mjs';
