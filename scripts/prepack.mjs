// What apps install is the client, which depends on nothing; this repository is the provider and all it needs.
console.error('This repository is not a package. The one that apps install is made by: npm run pack:client');
process.exit(1);
